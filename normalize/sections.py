"""Where a text that is too long to be read at once is cut.

Cuts are chosen by what stands at them, not by counting, so that a change before one moves it along
with the text: what was clean in one reading is the same section in the next.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from zlib import crc32

_MARKS = ("\n", " ")
"""A section ends behind one of these, the first of them that there is."""

_LOOK = 24
"""Characters behind a cut that choose it."""


def sections(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Spans of at most ``most`` characters, end to end, that cover ``text``.

    Each but the last has at least half of that, and ends at a line end, else at a space, else
    where no character combines with the one before.
    """
    start = 0
    while len(text) - start > most:
        end = _cut(text, start + most // 2, start + most)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, low: int, high: int) -> int:
    for mark in _MARKS:
        places = list(_behind(text, mark, low, high))
        if places:
            return min(places, key=lambda place: (_digest(text, place), place))
    for place in range(high, low, -1):
        if not _continues(text[place]):
            return place
    return high


def _behind(text: str, mark: str, low: int, high: int) -> Iterator[int]:
    at = text.find(mark, low, high - 1)
    while at >= 0:
        yield at + 1
        at = text.find(mark, at + 1, high - 1)


def _digest(text: str, place: int) -> int:
    return crc32(text[place : place + _LOOK].encode("utf-8", "surrogatepass"))


def _continues(character: str) -> bool:
    """Whether a character may be one with the one before it: marks, controls, Hangul vowels."""
    return unicodedata.category(character)[0] in "MC" or "\u1160" <= character <= "\u11ff"
