"""The first reading of a long run keeps the words of all good readings, and no others."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from normalize.lexicon import load
from normalize.words import likely
from normalize.words.likely import SPELT, likely_words

LONGEST = 5


def drawn(
    source: random.Random, size: int
) -> tuple[list[list[tuple[int, int, float]]], list[float]]:
    """Known words by where they start, and what starting at each place costs."""
    known = [
        [
            (end, 0, source.uniform(-12, -2))
            for end in range(start + 1, min(size, start + LONGEST) + 1)
            if source.random() < 0.3
        ]
        for start in range(size)
    ]
    return known, [0.0] + [source.uniform(-6, 0) for _ in range(size - 1)]


def readings(size: int) -> list[list[int]]:
    """All ways to cut ``size`` letters, as the places of the cuts with both ends."""
    cuts = range(1 << (size - 1))
    return [[0, *(p for p in range(1, size) if cut >> (p - 1) & 1), size] for cut in cuts]


@pytest.mark.parametrize("seed", range(20))
def test_words_of_good_readings_are_kept(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source, size = random.Random(seed), 9
    monkeypatch.setattr(likely, "HOPELESS", -1e9)
    monkeypatch.setattr(likely, "BEHIND", 4.0)
    known, entries = drawn(source, size)
    first, on, last = ([source.uniform(-9, -1) for _ in range(size + 1)] for _ in range(3))

    def worth(start: int, end: int) -> float:
        spelt = (
            first[start] + on[end] - on[start + SPELT] + last[end] if end - start >= SPELT else None
        )
        of_word = [w for e, _, w in known[start] if e == end]
        of_word += [spelt] if spelt is not None and end - start <= LONGEST else []
        return entries[start] + max(of_word, default=float("-inf"))

    best: dict[tuple[int, int], float] = {}
    for places in readings(size):
        words = list(pairwise(places))
        total = sum(worth(*word) for word in words)
        for word in words:
            best[word] = max(best.get(word, float("-inf")), total)
    least = max(best.values()) - 4.0
    expected = {word for word, total in best.items() if total >= least}
    good, strange = likely_words(known, entries, (first, on, last), LONGEST)
    of_known = {(start, word[0]) for start, words in enumerate(good) for word in words}
    of_strange = {(start, end) for start, ends in enumerate(strange) for end in ends}
    assert of_known | of_strange == expected
    assert not of_strange & {(start, e) for start, words in enumerate(known) for e, _, _ in words}


def test_what_is_no_text_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likely, "HOPELESS", -1.0)
    nothing = [0.0] * 10
    found = likely_words([[] for _ in range(9)], [-9.0] * 9, (nothing,) * 3, 5)
    assert found == ([[]] * 9, [[]] * 9)


@pytest.mark.parametrize("word", ["con", "conseil", "xqzt", "généralde"])
def test_steps_add_up_to_the_worth_of_a_word(word: str) -> None:
    spell = load("fr").spell
    letters = "abc" + word + "def"
    first, on, last = spell.steps(letters)
    start, end = 3, 3 + len(word)
    total = first[start] + on[end] - on[start + SPELT] + last[end]
    assert total == pytest.approx(spell(word))
