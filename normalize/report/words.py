"""The words that an edit touches: an edit is as small as it can be, a person reads whole words."""

from __future__ import annotations

REACH = 40
"""Code points that a span grows on each side at the most; longer "words" are not words."""


def widen(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """``[start, end)`` grown to white space on both sides, inside ``[low, high)``."""
    low, high = max(low, start - REACH), min(high, end + REACH)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end
