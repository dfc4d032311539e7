"""Engines move documents to functions and results back; they know nothing of either."""
