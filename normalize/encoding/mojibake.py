"""Mojibake: text that was written in one encoding and read in another.

ftfy knows how to mend it. What is added here: a test that lets nearly every line through without
loading ftfy, and the mending as the smallest spans instead of a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .repair import Repair, trimmed

LONGEST_SEGMENT = 1_000_000
"""Code points given to ftfy at once, as in ``ftfy.fix_text``; a longer line goes in pieces."""

REACH = 8
"""Code points that ftfy's expression matches at most, and one more."""

FEW = 8
"""Places of a line that are looked at one by one; from there on the whole line costs less."""

_CERTAINTY = 0.98

# ftfy's ``common``: characters that sound text puts beside anything. They are mojibake only after
# one of _BEFORE_NEUTRAL.
_NEUTRAL = "\xa0\xad\xb4\xb7\u2013-\u2015\u2019\u2026"
_BEFORE_NEUTRAL = "ÂÃÎÐØÙ√"
_LOWER = "à-öø-ÿ"
_LETTER = "À-ÖØ-öø-ÿ"
_OPENING = "«“‘¿¡"

# The blocks that hold ftfy's four hundred characters, without the neutral ones.
_SIGN = (
    "\x80-\x9f\xa1-\xac\xae-\xb3\xb5\xb6\xb8-\u0491"
    "\u2010-\u2012\u2016-\u2018\u201a-\u2025\u2027-\u25ca\uf8ff\ufb01\ufb02\ufffd"
)

_SUSPECT = re.compile(
    rf"""
    [{_SIGN}]                             # one character class first: the search stays in C
    (?: (?<=[\x80-\x9f])                  # C1 controls
      | (?![A-Za-z])                      # which nearly always follow: one look, not seven
        (?: (?<=[Œœ]) [^A-Za-z]
          | (?<=[ÂÃ]) [ ]
          | (?<=[{_BEFORE_NEUTRAL}]) [{_NEUTRAL}]
          | (?<![{_LOWER}{_OPENING}]) [{_SIGN}]
          | (?<![{_OPENING}]) (?![{_LOWER}»”]) [{_SIGN}]
          | (?<=[{_LOWER}]) [»”] (?=[\w{_SIGN}])
          | (?![{_LETTER}»”]) [{_SIGN}]
        )
    )
    """,
    re.VERBOSE,
)

# What every repair of ftfy leaves in place: encodings differ above ASCII only. Spaces and question
# marks are left out: ftfy may take them for a lost byte.
_ANCHOR = re.compile(r"[!-/:-@\[-~0-9A-Za-z]+")


def may_be_mojibake(text: str) -> bool:
    """Whether ftfy could find anything in ``text``; never ``False`` where it does.

    ``ftfy.fix_encoding`` changes nothing unless its badness expression matches. Each alternative of
    that expression needs, at adjacent places, two of about four hundred characters above ASCII
    (all in ``_SIGN`` or ``_NEUTRAL``), with four exceptions: a C1 control, "Œ" before anything
    but a Latin letter, "Â" or "Ã" before a space. So those, and pairs, are what is searched. Of
    the pairs, those are left out that no alternative contains and sound text does: two small
    Latin letters; an opening quotation mark and a letter; a small letter and a closing mark
    unless a word character or another sign follows; and a neutral character first, or second
    unless after one of seven signs. The tests check the claim against every string that any
    alternative can match.
    """
    return not text.isascii() and _SUSPECT.search(text) is not None


def mojibake(text: str) -> Iterator[Repair]:
    """The smallest repairs that make of each line what ``ftfy.fix_encoding`` makes of it."""
    if text.isascii():
        return
    at = 0
    while suspect := _SUSPECT.search(text, at):
        start = max(at, text.rfind("\n", 0, suspect.start()) + 1)
        end = text.find("\n", suspect.start())
        end = len(text) if end < 0 else end
        at = end
        if not _may_be_bad(text, start, end, suspect.start()):
            continue
        for piece in range(start, end, LONGEST_SEGMENT):
            yield from _line(text[piece : min(piece + LONGEST_SEGMENT, end)], piece)


def _may_be_bad(text: str, start: int, end: int, suspect: int) -> bool:
    """Whether ftfy's own expression may match in ``[start, end)``, asked at each suspect place.

    ``suspect`` is the first one. What matches holds such a place, so nothing farther from one than
    ``REACH`` has to be read. A line with many, as one in another script, is not asked about.
    """
    from ftfy.badness import is_bad  # 80 ms to load, and most runs need none of it

    for _ in range(FEW):
        if is_bad(text[max(start, suspect - REACH) : min(end, suspect + REACH)]):
            return True
        following = _SUSPECT.search(text, suspect + 1, end)
        if following is None:
            return False
        suspect = following.start()
    return True


def _line(line: str, offset: int) -> Iterator[Repair]:
    import ftfy

    fixed, plan = ftfy.fix_encoding_and_explain(line)
    if fixed == line:
        return
    reason = _reason(*plan[0]) if plan else "mojibake"
    for start, before, after in _aligned(line, fixed):
        if before != after:
            begin, end, new = trimmed(offset + start, before, after)
            yield Repair(begin, end, new, reason, _CERTAINTY)


def _reason(action: str, parameter: str) -> str:
    """The first step of ftfy's plan, for a person."""
    if action == "encode":
        return f"mojibake: read as {parameter.removeprefix('sloppy-')}"
    return "mojibake inside sound text"


def _aligned(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """Cut both texts at the ASCII that they share: ``(start in before, piece, piece)``."""
    mine = [m.span() for m in _ANCHOR.finditer(before)]
    theirs = [m.span() for m in _ANCHOR.finditer(after)]
    if [before[a:b] for a, b in mine] != [after[a:b] for a, b in theirs]:
        yield 0, before, after
        return
    mine = [(0, 0), *mine, (len(before), len(before))]
    theirs = [(0, 0), *theirs, (len(after), len(after))]
    for ((_, a), (b, _)), ((_, c), (d, _)) in zip(pairwise(mine), pairwise(theirs), strict=True):
        yield a, before[a:b], after[c:d]
