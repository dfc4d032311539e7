"""How often Python looks for garbage in cycles."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50
"""Allocations before the youngest objects are searched, and how many searches of one generation
come before one of the next. Python's own 700, 10 and 10 search all that is remembered of words
again and again, which takes about a tenth of the time; documents leave few cycles."""


def collect_rarely() -> None:
    """Set the collector of a process that is all ours: a command, or a worker of one."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
