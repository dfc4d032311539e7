"""Write a name in its canonical form with the smallest changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .spelling import is_glued, letters, marks, skeleton

_WORD = re.compile(r"[^\s\u2010\u2011-]+")
_HYPHENS = re.compile("[\u2010\u2011]")

MARKS, HYPHENS, WHOLE = "marks", "hyphens", "whole"
"""What follows the canonical form: marks alone; also a place's spaces and hyphens, but that none is
taken away; or all hyphens and spaces. A lost space (``TruongTan``) comes back in any case."""


def respelled(source: str, canonical: str, follow: str = WHOLE) -> list[tuple[int, int, str]]:
    """The spans of ``source`` that differ from the canonical form, with what to write there.

    One span for each word or separator. The source's apostrophes and kinds of white space stay,
    and its case, but for a word beside a hyphen or space that changes: Kim Jong Un is Kim Jong-un
    or stays. A heading in capitals stays in capitals.
    """
    if source == canonical:
        return []
    if skeleton(source) != skeleton(canonical):  # an alias
        after = canonical.upper() if source.isupper() else canonical
        return [] if source == after else [(0, len(source), after)]
    return list(_differences(source, canonical, follow))


def _differences(source: str, canonical: str, follow: str) -> Iterator[tuple[int, int, str]]:
    """Go through both from one common word end to the next."""
    ends, others = _word_ends(source), _word_ends(canonical)
    at = to = 0
    for letter in sorted(ends.keys() & others.keys()):
        start, begin = _past_separator(source, at), _past_separator(canonical, to)
        own, theirs = _plain(source[at:start]), _plain(canonical[to:begin])
        joined = own != theirs and (follow == WHOLE or (follow == HYPHENS and theirs == "-"))
        if joined:
            yield at, start, canonical[to:begin]
        old, fuller = source[start : ends[letter]], canonical[begin : others[letter]]
        recut = _word_ends(old).keys() != _word_ends(fuller).keys()
        freely = follow == WHOLE or (follow == HYPHENS and "-" not in old)
        if recut and (freely or is_glued(old)):
            new = _in_the_manner_of(old, fuller)
        elif joined and not source.isupper():
            new = fuller
        else:
            new = marked_like(old, fuller)
        if new != old and not ("." in old and marks(new) == marks(old)):  # J.K. stays
            yield start, ends[letter], new
        at, to = ends[letter], others[letter]


def marked_like(spelling: str, fuller: str) -> str:
    """``spelling`` with the marks of ``fuller``, which has the same skeleton; all else stays."""
    signs: dict[int, str] = {}  # letters before a character -> the character
    at = 0
    for character in unicodedata.normalize("NFC", fuller):
        if size := len(letters(character)):
            signs[at] = character
            at += size
    out: list[str] = []
    at = 0
    for character in unicodedata.normalize("NFC", spelling):
        size = len(letters(character))
        if size:
            sign = "".join(signs.get(i, "") for i in range(at, at + size))
            if not character.isupper():
                out.append(sign.lower())
            else:
                out.append(sign.upper() if spelling.isupper() else sign.capitalize())
            at += size
        elif not unicodedata.combining(character):
            out.append(character)
    return "".join(out)


def slice_of(spelling: str, start: int, end: int) -> str:
    """The characters of letters ``start`` to ``end`` of the skeleton, and nothing between them."""
    out: list[str] = []
    at = 0
    for character in unicodedata.normalize("NFC", spelling):
        size = len(letters(character))
        if size and start <= at < end:
            out.append(character)
        at += size
    return "".join(out)


def _word_ends(spelling: str) -> dict[int, int]:
    """Where each word ends, by the number of letters up to there."""
    found: dict[int, int] = {}
    total = 0
    for word in _WORD.finditer(spelling):
        total += len(letters(word[0]))
        found[total] = word.end()
    return found


def _past_separator(spelling: str, at: int) -> int:
    word = _WORD.search(spelling, at)
    return word.start() if word else len(spelling)


def _plain(separator: str) -> str:
    return _HYPHENS.sub("-", " " if separator.isspace() else separator)


def _in_the_manner_of(old: str, new: str) -> str:
    """``new`` with the case and the apostrophes of ``old``; a word new in it has its own case."""
    cases = [c.isupper() for c in old for _ in letters(c)]
    own = set() if old.isupper() else _word_ends(old).keys() ^ _word_ends(new).keys()
    out: list[str] = []
    at = 0
    for character in new:
        upper = character.isupper() if at in own or at >= len(cases) else cases[at]
        size = len(letters(character))
        if size:
            out.append(character.upper() if upper else character.lower())
            at += size
        else:
            out.append(character)
    result = "".join(out)
    sign = next((c for c in old if c in "'’"), "")
    return re.sub("['’]", sign, result) if sign else result
