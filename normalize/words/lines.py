"""The lines that are looked at: those with a token that is not settled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress, count

from .scan import Look

_TOKEN = re.compile(r"\S+")

ENOUGH = 12
"""Words of a line from which its language can be told."""

FOREIGN = 0.1
"""Share of function words under which a line of mostly strange words is in another language."""

GLANCE = 6.0
"""Evidence from which a glance at a token is taken for a join, to find the line width."""


class Line:
    """A line with at least one token that is not settled."""

    __slots__ = (
        "_spans",
        "end",
        "is_foreign",
        "looks",
        "pieces",
        "start",
        "telling",
        "text",
        "words",
    )

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        words: list[str],
        looks: dict[str, Look],
        function_words: frozenset[str],
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.words = words
        known = [*map(looks.get, words)]
        self.looks = [*zip(compress(count(), known), filter(None, known), strict=True)]
        self.pieces = [(i, look) for i, look in self.looks if look.fragment]
        self.telling = [(i, look) for i, look in self.looks if look.tells]
        self.is_foreign = self._reads_foreign(function_words)
        self._spans: list[tuple[int, int]] | None = None

    def _reads_foreign(self, function_words: frozenset[str]) -> bool:
        """Whether the line is prose of another language: strange words, no function words.

        What may well be two words that have lost their space is not strange.
        """
        size = len(self.words)
        if size < ENOUGH or 2 * len(self.pieces) < size:
            return False
        if 2 * sum([look.cut < GLANCE for _, look in self.pieces]) < size:
            return False
        return sum(word.lower() in function_words for word in self.words) < FOREIGN * size

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Text offsets of the tokens."""
        if self._spans is None:
            self._spans = [m.span() for m in _TOKEN.finditer(self.text, self.start, self.end)]
        return self._spans


def groups(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of neighbouring places."""
    start = last = -1
    for place in sorted(places):
        if start < 0:
            start = place
        elif place > last + 1:
            yield start, last
            start = place
        last = place
    if start >= 0:
        yield start, last
