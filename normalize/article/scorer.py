"""How likely each line is to be of the article: a sum of weights, read from ``weights.json``.

``tests/bench/train_article.py`` fits the weights (logistic regression over bins); here they are
plain numbers. The choice of lines maximises the expected F1 over words, so the threshold of a page
follows from how sure its lines are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from .features import NAMES, Shape

BINS = 16
"""No feature has more; bins that training never saw weigh nothing."""


@lru_cache
def weights() -> tuple[float, tuple[tuple[float, ...], ...]]:
    """The bias, and for each feature its weights by bin."""
    data = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return float(data["bias"]), tuple(
        tuple(data["weights"][name]) + (0.0,) * BINS for name in NAMES
    )


def probabilities(rows: Sequence[tuple[int, ...]]) -> list[float]:
    """For each row (see ``features.rows``), the probability that its line is of the article."""
    bias, tables = weights()
    out = []
    for row in rows:
        z = bias
        for table, value in zip(tables, row, strict=True):
            z += table[value]
        out.append(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))))
    return out


def choose(probability: Sequence[float], shapes: Sequence[Shape]) -> list[bool]:
    """The lines to keep: the set with the highest expected F1 over words."""
    order = sorted(range(len(shapes)), key=lambda i: (-probability[i], i))
    expected = sum(p * s.words for p, s in zip(probability, shapes, strict=True))
    hits = words = best = 0.0
    count = 0
    for n, i in enumerate(order, 1):
        hits += probability[i] * shapes[i].words
        words += shapes[i].words
        f1 = 2 * hits / (words + expected)
        if f1 > best:
            best, count = f1, n
    kept = [False] * len(shapes)
    for i in order[:count]:
        kept[i] = True
    return kept
