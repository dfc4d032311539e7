"""How well two words go together, by their classes.

Bigrams of words need more text than any package ships in French or Spanish, and more memory than
everything else here. Classes need little of both: a function word is its own class, and any
other word is of a class by its grammar where the lexicon knows it (a feminine plural noun), else
by its ending, in either case with the kind of its first letter (French elides before a vowel).
What is stored is the pointwise mutual information of every two classes, one byte each.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

GRAMMAR = 31
"""Grammar classes at most: what five bits of a form's flags hold, 0 being none."""

ENDINGS = 60
"""Endings that make a class; more gave nothing on held-out sentences."""

LONGEST_ENDING = 3
INITIALS = 3
"""Kinds of first letter: a vowel, a consonant, one that may be either (h, y)."""

STEP = 0.05
"""Natural-log units per level; a byte holds -6.4 to 6.35."""

LOGS = tuple(STEP * (level - 128) for level in range(256))
"""What each level stands for."""

SWING = LOGS[-1] - LOGS[0]
"""How much better than another a word may go with a neighbour, at the most."""

SMOOTHING = 1.0
"""Meetings added to what was seen and to what chance gives, which pulls rare pairs to 0."""

COMMON = 20
"""Meetings of one pair of words that count when endings are chosen: no word is to choose alone."""


def initial(word: str) -> int:
    """The kind of a word's first letter."""
    letter = unicodedata.normalize("NFD", word[:1])[:1]
    return 2 if letter in "hy" else int(letter not in "aeiouœæ")


@dataclass(frozen=True)
class Classes:
    """The classes of a language: function words, then grammar, then endings, then the rest."""

    functions: Mapping[str, int]
    endings: Mapping[str, int]

    @classmethod
    def of(cls, functions: Collection[str], endings: Collection[str]) -> Classes:
        return cls(
            {word: i for i, word in enumerate(functions)},
            {ending: i for i, ending in enumerate(endings)},
        )

    def __len__(self) -> int:
        return len(self.functions) + INITIALS * (GRAMMAR + len(self.endings) + 1)

    def __call__(self, word: str, grammar: int) -> int:
        """The class of a word whose grammar class is ``grammar`` (0 where unknown)."""
        function = self.functions.get(word)
        if function is not None:
            return function
        return len(self.functions) + INITIALS * self._kind(word, grammar) + initial(word)

    def _kind(self, word: str, grammar: int) -> int:
        if grammar:
            return grammar - 1
        for length in range(LONGEST_ENDING, 0, -1):
            ending = self.endings.get(word[-length:])
            if ending is not None and len(word) > length + 1:
                return GRAMMAR + ending
        return GRAMMAR + len(self.endings)


def choose_endings(pairs: Mapping[tuple[str, str], float], functions: Collection[str]) -> list[str]:
    """The most frequent endings of words other than function words."""
    counts = Counter[str]()
    for (_, word), n in pairs.items():
        if word not in functions:
            for length in range(1, LONGEST_ENDING + 1):
                if len(word) > length + 1:
                    counts[word[-length:]] += int(min(n, COMMON))
    return sorted(counts, key=lambda ending: (-counts[ending], ending))[:ENDINGS]


def train(
    pairs: Mapping[tuple[str, str], float], classes: Classes, grammar: Callable[[str], int]
) -> bytes:
    """The levels of all pairs of classes, row by row, from counts of neighbouring words."""
    size = len(classes)
    meetings = Counter[int]()
    for (first, second), n in pairs.items():
        row, column = classes(first, grammar(first)), classes(second, grammar(second))
        meetings[row * size + column] += n  # type: ignore[assignment]
    rows, columns = [0.0] * size, [0.0] * size
    for at, n in sorted(meetings.items()):
        rows[at // size] += n
        columns[at % size] += n
    total = sum(rows)
    levels = bytearray()
    for row in range(size):
        for column in range(size):
            chance = rows[row] * columns[column] / total + SMOOTHING
            seen = meetings.get(row * size + column, 0) + SMOOTHING
            levels.append(min(255, max(0, 128 + round(math.log(seen / chance) / STEP))))
    return bytes(levels)


class Context:
    """The model at work, over levels that stay in the mapped file."""

    __slots__ = ("_classes", "_levels", "_size", "rows")

    def __init__(self, header: str, levels: memoryview) -> None:
        functions, _, endings = header.partition("\n")
        self._classes = Classes.of(functions.split(), endings.split())
        self._size = len(self._classes)
        self._levels = levels
        self.rows = _Rows(levels, self._size)

    def of(self, word: str, grammar: int) -> int:
        """The class of a word."""
        return self._classes(word, grammar)

    def between(self, first: int, second: int) -> float:
        """Pointwise mutual information of two classes, in natural-log units; 0 without a model."""
        return LOGS[self._levels[first * self._size + second]] if self._levels else 0.0


class _Rows(dict[int, list[float]]):
    """``Context.between`` of a class and each class behind it, worked out when first asked for."""

    def __init__(self, levels: memoryview, size: int) -> None:
        super().__init__()
        self._levels, self._size = levels, size

    def __missing__(self, first: int) -> list[float]:
        size = self._size
        levels = self._levels[first * size : (first + 1) * size]
        row = self[first] = [*map(LOGS.__getitem__, levels)] or [0.0] * size
        return row


def header(functions: Collection[str], endings: Collection[str]) -> str:
    """What ``Context`` reads the classes from."""
    return f"{' '.join(functions)}\n{' '.join(endings)}"
