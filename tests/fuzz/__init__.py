"""Fuzzing: ``python -m tests.fuzz TARGET``; see CONTRIBUTING.md."""
