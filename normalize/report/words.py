"""The words that an edit touches: an edit is as small as it can be, a person reads whole words."""

from __future__ import annotations

REACH = 40
"""Code points that a span grows on each side at the most; longer "words" are not words."""


def widen(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """``[start, end)`` grown to whole words, inside ``[low, high)``.

    Where white space comes in or goes, the words on both sides are meant, up to their own white
    space. Another span grows only where it cuts a word.
    """
    low, high = max(low, start - REACH), min(high, end + REACH)
    if text[start:end].strip():
        while start > low and _in_word(text[start]) and _in_word(text[start - 1]):
            start -= 1
        while end < high and _in_word(text[end - 1]) and _in_word(text[end]):
            end += 1
    else:
        while start > low and not text[start - 1].isspace():
            start -= 1
        while end < high and not text[end].isspace():
            end += 1
    return start, end


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "-'’"
