"""Findings and builds as people and other tools read them.

``formats`` holds one module for each output format of ``check``; ``page`` and ``summary`` render a
build as HTML and Markdown.
"""
