"""Stretches of letters as they stand in a text, and what their margins mean."""

from __future__ import annotations

import re
from bisect import bisect_left

from .forms import APOSTROPHES, HYPHENS, LETTER, lowered
from .lattice import SURE, Stretch
from .prior import Prior
from .scan import FIRST_RUN, LAST_RUN

LETTERS = re.compile(rf"{LETTER}+(?: {LETTER}+)*")
"""What is read at once: letters, and single spaces between them."""

CONTEXT = 30
"""Letters of a neighbouring word that are looked at."""

LONG_RUN = 40
"""Letters without a space from which they are a line, not a word or two."""

SAME = 0.05
"""Difference of two margins that belong to the same pair of readings."""


def stretch_of(text: str, match: re.Match[str], first: int, last: int) -> Stretch:
    """A match of ``LETTERS``, to be read; what lies outside ``[first, last)`` is a neighbour's."""
    start, end = match.span()
    at: list[int] = []
    spaces: set[int] = set()
    pieces = match.group().split(" ")
    offset, count = start, 0
    for size in map(len, pieces):
        at += range(offset, offset + size)
        offset += size + 1
        count += size
        spaces.add(count)
    spaces.discard(count)
    surface = "".join(pieces)
    outside = (*range(bisect_left(at, first)), *range(bisect_left(at, last), len(at)))
    closed = {place for place in outside if place and place not in spaces}
    before = text[start - 1 : start].strip() if start else ""
    after = text[end : end + 1].strip()
    return Stretch(
        surface,
        lowered(surface),
        at,
        frozenset(spaces),
        before,
        after,
        not before and _opens(text, start),
        frozenset(closed),
        lowered(word_before(text, start - 1)) if not before or before in APOSTROPHES else "",
        lowered(word_behind(text, end + 1)) if not after or after in APOSTROPHES else "",
    )


def word_before(text: str, end: int) -> str:
    """The letters that end at an offset."""
    found = LAST_RUN.search(text, max(0, end - CONTEXT), max(0, end))
    return found.group() if found else ""


def word_behind(text: str, start: int) -> str:
    """The letters that start at an offset."""
    found = FIRST_RUN.match(text, start, start + CONTEXT)
    return found.group() if found else ""


def _opens(text: str, start: int) -> bool:
    """Whether a sentence may start at an offset, by what stands before it."""
    while start and text[start - 1] in " \u00a0\u202f«“\"'‘(":
        start -= 1
    return not start or text[start - 1] in "\n.!?…:»”–—"


def kind_of(stretch: Stretch, place: int) -> str:
    """Which kind of join a cut at a place repairs."""
    surface, size = stretch.surface, len(stretch.surface)
    if surface[place].isupper() and surface[place - 1].islower():
        return "case"
    start, end = place - 1, place + 1  # of the letters between spaces, or enough of them
    while start and start not in stretch.spaces and place - start <= LONG_RUN:
        start -= 1
    while end < size and end not in stretch.spaces and end - place <= LONG_RUN:
        end += 1
    if end - start > LONG_RUN:
        return "long"
    if end == size and stretch.after and stretch.after in APOSTROPHES:
        return "elision"
    touching = (stretch.before if start == 0 else "") + (stretch.after if end == size else "")
    return "hyphen" if any(mark in HYPHENS for mark in touching) else "words"


def lone_line_ends(stretch: Stretch, margins: list[float], prior: Prior) -> list[float]:
    """The margins; of the cuts at one expected line end, only the best keeps its own.

    A line ends once: the other cuts near it have no more reason than anywhere else.
    """
    ends = prior.ends
    if ends is None:
        return margins
    margins = list(margins)
    best: dict[int, int] = {}
    for place in range(1, len(margins)):
        if place in stretch.spaces or margins[place] <= 0.0:
            continue
        span = ends.span(stretch.at[place])
        other = best.setdefault(span, place) if span >= 0 else place
        if other != place:
            best[span] = place if margins[place] > margins[other] else other
            margins[place + other - best[span]] -= ends.gain(prior.base)
    return margins


def cut_margins(stretch: Stretch, margins: list[float]) -> list[float]:
    """The margins of the places where no space stands, lowest first, for ``has_rival``."""
    return sorted([margins[p] for p in range(1, len(margins)) if p not in stretch.spaces])


def has_rival(ordered: list[float], margin: float) -> bool:
    """Whether the next best reading does not leave the word whole but cuts it elsewhere.

    Then that other cut is as much worse as this one, of a positive margin, is better.
    """
    if margin >= SURE:
        return False
    at = bisect_left(ordered, -margin)
    nearest = ordered[max(0, at - 1) : at + 2]
    if margin in nearest:
        nearest.remove(margin)  # the cut itself
    return any(abs(other + margin) < SAME for other in nearest)
