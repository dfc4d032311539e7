"""How likely a run of letters is as a word nobody has seen: a model of four letters.

The probability of each letter given the three before it, interpolated down to single letters
(Witten and Bell's estimate), is written out in full for an alphabet of 32 symbols: 32^4 levels,
1 MiB, so that a letter costs one look-up and nothing is parsed at load.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

SYMBOLS = 32
"""Size of the alphabet: the word's edge, any rare letter, and the 30 most frequent letters."""

EDGE, RARE = 0, 1
ORDER = 4
MASK = SYMBOLS ** (ORDER - 1) - 1
STEP = 0.05
"""Natural-log units per level: 256 levels reach a probability of 2.9e-6."""

UNSEEN = math.log(0.01)
"""Log share of running words that are outside a lexicon of some 300,000 forms: about one in a
hundred in edited news, most of them names."""


def alphabet(words: Iterable[str]) -> str:
    """The letters that get a symbol of their own, most frequent first."""
    counts = Counter(letter for word in words for letter in word)
    ranked = sorted(counts, key=lambda letter: (-counts[letter], letter))
    return "".join(ranked[: SYMBOLS - 2])


def train(words: Iterable[str], letters: str) -> bytes:
    """The levels of all four-letter sequences, from word types (each counts once)."""
    codes = {letter: i for i, letter in enumerate(letters, start=2)}
    counts = [Counter[int]() for _ in range(ORDER)]
    for word in words:
        symbols = [EDGE] * (ORDER - 1) + [codes.get(letter, RARE) for letter in word] + [EDGE]
        for end in range(ORDER, len(symbols) + 1):
            for order in range(ORDER):
                key = 0
                for symbol in symbols[end - 1 - order : end]:
                    key = key * SYMBOLS + symbol
                counts[order][key] += 1
    shares = [1 / SYMBOLS] * SYMBOLS
    for order in range(ORDER):
        shares = _interpolate(counts[order], shares, SYMBOLS**order)
    return bytes(min(255, round(-math.log(share) / STEP)) for share in shares)


def _interpolate(counts: Counter[int], lower: list[float], contexts: int) -> list[float]:
    """Shares of every symbol after every context, mixed with those of the shorter context."""
    shorter = max(1, contexts // SYMBOLS)
    shares: list[float] = []
    for context in range(contexts):
        row = [counts.get(context * SYMBOLS + symbol, 0) for symbol in range(SYMBOLS)]
        base = (context % shorter) * SYMBOLS
        seen, kinds = sum(row), sum(map(bool, row))
        if not seen:
            shares += lower[base : base + SYMBOLS]
            continue
        total = seen + kinds
        shares += [
            (n + kinds * below) / total
            for n, below in zip(row, lower[base : base + SYMBOLS], strict=True)
        ]
    return shares


class _Codes(dict[str, int]):
    """The symbol of each letter."""

    def __missing__(self, letter: str) -> int:
        return RARE


class Speller:
    """The model at work, over levels that stay in the mapped file."""

    __slots__ = ("_codes", "_levels")

    def __init__(self, letters: str, levels: memoryview) -> None:
        self._codes = _Codes((letter, i) for i, letter in enumerate(letters, start=2))
        self._levels = levels

    def __call__(self, word: str) -> float:
        """Natural-log probability of the word among all running words, given it is unknown."""
        codes, levels, context, total = self._codes, self._levels, 0, 0
        for letter in word:
            at = context * SYMBOLS + codes[letter]
            total += levels[at]
            context = at & MASK
        return UNSEEN - STEP * (total + levels[context * SYMBOLS])

    def steps(self, letters: str) -> tuple[list[float], list[float], list[float]]:
        """What a word that starts, goes on, or ends at each place of ``letters`` adds.

        ``first[i]`` is for letters i to i+2 at the start of a word (to the end, where fewer are
        left), ``on[i]`` for all letters before i inside words, ``last[i]`` for a word that ends
        there: a word of three letters or more, from i to j, has the probability
        ``first[i] + on[j] - on[i + 3] + last[j]``.
        """
        codes, levels = self._codes, self._levels
        size, context, total = len(letters), 0, 0
        symbols = [codes[letter] for letter in letters]
        first, on, last = (
            [UNSEEN] * (size + 1),
            [0.0] * (size + 1),
            [-STEP * levels[0]] * (size + 1),
        )
        for place, symbol in enumerate(symbols, 1):
            at = context * SYMBOLS + symbol
            total += levels[at]
            context = at & MASK
            on[place] = -STEP * total
            last[place] = -STEP * levels[context * SYMBOLS]
        triples = zip(symbols, symbols[1:], symbols[2:], strict=False)
        for place, (one, two, three) in enumerate(triples):
            pair = one * SYMBOLS + two
            spent = levels[one] + levels[pair] + levels[pair * SYMBOLS + three]
            first[place] = UNSEEN - STEP * spent
        return first, on, last
