"""A linter and a build tool for text corpora."""
