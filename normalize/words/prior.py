"""How likely a document is to have lost a space at a place, and to have gained one.

The defect has a cause: soft-wrapped source whose line breaks were dropped together with their
space. So lost spaces are many in a damaged document and none in a sound one, and where the line
width is regular they stand where the lines ended.

The share of lost spaces has a beta prior (``channel.*_mean``, worth ``channel.*_weight`` tokens)
and is updated by the joins that the document shows. The line width is the one that explains most
of the confident joins: lines are filled greedily, so with the width given, each line end follows
from the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from .weights import Weights

WIDTHS = range(40, 141)
"""Line widths that are tried, in characters."""

NOTABLE = 0.7
"""A change of log-odds (a factor of two) that is worth another pass."""

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Counts:
    """What one pass over the document found: expected numbers."""

    tokens: int = 0
    lost: float = 0.0
    stray: float = 0.0


class Prior:
    """Log-odds of a lost and of a stray space in one document."""

    def __init__(self, weights: Weights, counts: Counts, ends: LineEnds | None = None) -> None:
        self._channel = weights.channel
        self.counts = counts
        self.ends = ends
        self.stray = self._odds("split", counts.stray, counts.tokens)
        self._lost = self._odds("join", counts.lost, counts.tokens)
        self._lost_but_own = self._odds("join", counts.lost - 1.0, counts.tokens)

    def _odds(self, kind: str, found: float, tokens: int) -> float:
        mean, weight = self._channel[f"{kind}_mean"], self._channel[f"{kind}_weight"]
        rate = (mean * weight + max(0.0, found)) / (weight + tokens)
        rate = min(rate, self._channel["most"])
        return log(rate) - log(1.0 - rate)

    def differs(self, counts: Counts) -> bool:
        """Whether these counts give a notably different prior."""
        lost = self._odds("join", counts.lost - 1.0, counts.tokens)
        stray = self._odds("split", counts.stray, counts.tokens)
        return abs(lost - self._lost_but_own) > NOTABLE or abs(stray - self.stray) > NOTABLE

    @property
    def base(self) -> float:
        """The log-odds of a lost space, whatever the place."""
        return self._lost_but_own

    def lost(self, place: int) -> float:
        """The log-odds of a lost space at a text offset; a join does not vouch for itself."""
        if self.ends is None:
            return self._lost_but_own
        return self.ends.odds(place, self._lost_but_own)

    def losses(self, places: Sequence[int]) -> list[float]:
        """The log-odds of a lost space at each of some text offsets."""
        if self.ends is None:
            return [self._lost_but_own] * len(places)
        return [self.ends.odds(place, self._lost_but_own) for place in places]

    def expects(self, place: int) -> bool:
        """Whether a line of the source probably ended at a text offset."""
        return self.ends is not None and self.ends.span(place) >= 0

    def most(self, start: int, end: int) -> float:
        """The highest log-odds of a lost space between two text offsets."""
        if self.ends is None:
            return self._lost_but_own
        return max(
            self.ends.odds(p, self._lost_but_own) for p in (start, self.ends.near(start, end))
        )


class LineEnds:
    """Where the lines of the source ended, if its width was ``width``.

    ``expected`` are spans of text offsets, ordered: a line end lies in each. ``share`` is how
    often an expected end is a join, ``inside`` the share of all joins that were expected.
    """

    def __init__(
        self, width: int, expected: Sequence[tuple[int, int]], share: float, inside: float
    ) -> None:
        self.width = width
        self._starts = [start for start, _ in expected]
        self._stops = [stop for _, stop in expected]
        self._at = log(share) - log(1.0 - share)
        self._off = log(max(0.02, 1.0 - inside))

    def span(self, place: int) -> int:
        """The number of the expected line end that a place lies in, or -1."""
        at = bisect_right(self._starts, place) - 1
        return at if at >= 0 and place <= self._stops[at] else -1

    def odds(self, place: int, base: float) -> float:
        """The log-odds of a lost space at a place; ``base`` is what they are at any place."""
        return base + self._off if self.span(place) < 0 else self._at

    def gain(self, base: float) -> float:
        """How much likelier a lost space is at an expected line end than elsewhere."""
        return self._at - base - self._off

    def near(self, start: int, end: int) -> int:
        """An expected place between two offsets, or ``start``."""
        at = bisect_left(self._stops, start)
        if at < len(self._starts) and self._starts[at] <= end:
            return max(start, self._starts[at])
        return start


def fit(text: str, joins: Sequence[int], weights: Weights) -> LineEnds | None:
    """The line width that explains the joins (text offsets, ordered), if one does."""
    least = weights.channel["wrap_least"]
    if len(joins) < least:
        return None
    paragraphs = [
        _Paragraph.of(text, m, joins)
        for m in _LINE.finditer(text)
        if m.end() - m.start() > WIDTHS[0]
    ]
    votes = [0.0] * (WIDTHS[-1] + 2)
    for paragraph in paragraphs:
        paragraph.vote(votes)
    width = max(WIDTHS, key=lambda w: (votes[w], -w))
    if votes[width] < least:
        return None
    expected: list[tuple[int, int]] = []
    hits = joined = 0
    for paragraph in paragraphs:
        spans, h, j = paragraph.expected(width)
        expected += spans
        hits += h
        joined += j
    if hits < least or hits * 2 < joined:
        return None
    share = min(weights.channel["wrap_most"], (hits + 0.5) / (len(expected) - joined + hits + 1.0))
    return LineEnds(width, expected, share, (hits + 0.5) / (joined + 1.0))


_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The words of a paragraph: start, end, and whether the word before is glued to it."""

    words: list[tuple[int, int, bool]]

    @classmethod
    def of(cls, text: str, match: re.Match[str], joins: Sequence[int]) -> _Paragraph:
        words: list[tuple[int, int, bool]] = []
        at = bisect_left(joins, match.start())
        for token in _TOKEN.finditer(text, match.start(), match.end()):
            start, end = token.span()
            glued = False
            while at < len(joins) and joins[at] < end:
                if joins[at] > start:
                    words.append((start, joins[at], glued))
                    start, glued = joins[at], True
                at += 1
            words.append((start, end, glued))
        return cls(words)

    def vote(self, votes: list[float]) -> None:
        """One vote for each width that puts a line end at a join, counted from the one before."""
        used = 0
        for start, end, glued in self.words:
            size = end - start
            if glued:
                for width in range(max(used, WIDTHS[0]), min(used + size, WIDTHS[-1]) + 1):
                    votes[width] += 1.0
                used = size
            else:
                used += size + (1 if used else 0)

    def expected(self, width: int) -> tuple[list[tuple[int, int]], int, int]:
        """Where the line ends lie, as spans of offsets; how many joins are among them, and all.

        A line that is full in the middle of a word ended inside that word, if a space is lost
        there, or before it.
        """
        spans: list[tuple[int, int]] = []
        hits = joined = used = 0
        for start, end, glued in self.words:
            size = end - start
            gap = 1 if used else 0
            if glued:
                joined += 1
                hits += used <= width < used + 1 + size
                spans.append((start, start))
                used = size
            elif used + gap + size > width:
                room = width - used - gap
                if room > 0:
                    spans.append((start + 1, start + room))
                    used = size - room
                else:
                    used = size
            else:
                used += gap + size
        return spans, hits, joined
