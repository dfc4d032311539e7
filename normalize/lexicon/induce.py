"""Word classes from text alone, for a language without grammar tags: words in like company.

Each word starts in the class of its ending and moves to the class whose neighbours, left and
right, make its own neighbours likeliest (hard expectation-maximisation of two multinomials),
until the passes are over. Neighbours count by class, function words each for themselves.

All sums are of integers, so that every machine gets the same classes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .context import GRAMMAR

PASSES = 15
"""Passes over all words; in the last, about one English word in a hundred still moves."""

SEEN = 20
"""Meetings that a word needs, with anything, to have a class: fewer say little of it."""

DAMPING = 50.0
"""Meetings with one neighbour beyond which more of them add only as their logarithm."""

UNIT = 1000
"""Integer units of a meeting and of a natural log."""


def classes(pairs: Mapping[tuple[str, str], float], functions: Collection[str]) -> dict[str, str]:
    """A label for each word that is seen often enough, as ``grammar`` wants it."""
    import numpy as np

    seen = Counter[str]()
    for (first, second), n in pairs.items():
        seen[first] += n  # type: ignore[assignment]
        seen[second] += n  # type: ignore[assignment]
    known = {word: i for i, word in enumerate(sorted(functions))}
    words = [w for w in sorted(seen) if seen[w] >= SEEN and w not in known and len(w) > 1]
    numbers = {word: i for i, word in enumerate(words)}
    labels = _by_ending(words)

    # A neighbour's column: its own for a function word, else its class's, else the last.
    outside = len(known) + GRAMMAR
    columns = outside + 1
    sides = []
    for mine, other in ((0, 1), (1, 0)):
        met = [(pair, n) for pair, n in sorted(pairs.items()) if pair[mine] in numbers]
        rows = _integers(numbers[pair[mine]] for pair, _ in met)
        fixed = _integers(known.get(pair[other], outside) for pair, _ in met)
        moving = _integers(numbers.get(pair[other], -1) for pair, _ in met)
        sides.append((rows, fixed, moving, _integers(round(UNIT * n) for _, n in met)))
    for _ in range(PASSES):
        scores = np.zeros((len(words), GRAMMAR), dtype=np.int64)
        for rows, fixed, moving, counts in sides:
            column = np.where(moving >= 0, len(known) + labels[moving], fixed)
            company = np.zeros((len(words), columns), dtype=np.int64)
            np.add.at(company, (rows, column), counts)
            company = _damped(company)
            together = np.zeros((GRAMMAR, columns), dtype=np.int64)
            np.add.at(together, labels, company)
            scores += company @ _log_shares(together).T
        labels = scores.argmax(axis=1)
    return {word: str(label) for word, label in zip(words, labels.tolist(), strict=True)}


def _by_ending(words: list[str]) -> Any:
    """The first labels: the most frequent endings of two letters, and one for the rest."""
    counts = Counter(word[-2:] for word in words)
    ranked = sorted(counts, key=lambda ending: (-counts[ending], ending))[: GRAMMAR - 1]
    labels = {ending: i for i, ending in enumerate(ranked)}
    return _integers(labels.get(word[-2:], GRAMMAR - 1) for word in words)


def _integers(numbers: Iterable[int]) -> Any:
    """An array of integers, also where there are none."""
    import numpy as np

    return np.fromiter(numbers, dtype=np.int64)


def _damped(counts: Any) -> Any:
    import numpy as np

    limit = DAMPING * UNIT
    return np.rint(np.minimum(counts, limit * np.log1p(counts / limit)) / UNIT).astype(np.int64)


def _log_shares(counts: Any) -> Any:
    """Smoothed natural logs of each row's shares, in integer units."""
    import numpy as np

    rows = []
    for row in counts.tolist():
        total = sum(row) + 0.5 * len(row)
        rows.append([round(UNIT * math.log((n + 0.5) / total)) for n in row])
    return np.array(rows, dtype=np.int64)
