"""How likely each line is to be of the article: a sum of weights, read from ``weights.json``.

``tests/bench/train_article.py`` fits the weights (logistic regression over bins); here they are
plain numbers. The choice of lines maximises the expected F1 over words, so the threshold of a page
follows from how sure its lines are; what stands apart from the article's main part goes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from operator import getitem

from .features import NAMES, Shape

BINS = 32
"""No feature has more; bins that training never saw weigh nothing."""


@lru_cache
def weights() -> tuple[float, tuple[tuple[float, ...], ...]]:
    """The bias, and for each feature its weights by bin."""
    data = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return float(data["bias"]), tuple(
        tuple(data["weights"][name]) + (0.0,) * BINS for name in NAMES
    )


def probabilities(rows: Sequence[tuple[int, ...]], against: Sequence[float]) -> list[float]:
    """For each row (see ``features.rows``), the probability that its line is of the article.

    ``against`` is taken off the log-odds of each.
    """
    bias, tables = weights()
    out = []
    for row, weight in zip(rows, against, strict=True):
        z = bias - weight + sum(map(getitem, tables, row))
        out.append(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z)))))
    return out


SMALLEST_PART = 0.25
"""Mass of a part of the article, as a share of its largest part, below which it is none."""
WIDEST_GAP = 10.0
"""What may stand between two lines of one part: the summed log-odds against the lines between."""
_MOST_AGAINST = 3.0
"""One line counts no more than this against a gap."""


def choose(probability: Sequence[float], shapes: Sequence[Shape]) -> list[bool]:
    """The lines to keep: the likely ones, less those that stand apart from the article."""
    return _without_islands(probability, shapes, _likely(probability, shapes))


def _likely(probability: Sequence[float], shapes: Sequence[Shape]) -> list[bool]:
    """The set of lines with the highest expected F1 over words."""
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


def _without_islands(
    probability: Sequence[float], shapes: Sequence[Shape], kept: list[bool]
) -> list[bool]:
    """``kept`` without small parts that a gap of unlikely lines separates from the largest."""
    parts: list[list[int]] = []
    gap = math.inf
    for i, keep in enumerate(kept):
        if keep:
            if gap > WIDEST_GAP:
                parts.append([])
            parts[-1].append(i)
            gap = 0.0
        else:
            p = probability[i]
            against = math.log((1.0 - p) / p) if p > 0 else _MOST_AGAINST
            gap += min(max(against, 0.0), _MOST_AGAINST)
    masses = [sum(probability[i] * shapes[i].words for i in part) for part in parts]
    least = SMALLEST_PART * max(masses, default=0.0)
    out = [False] * len(kept)
    for part, mass in zip(parts, masses, strict=True):
        if mass >= least:
            for i in part:
                out[i] = True
    return out
