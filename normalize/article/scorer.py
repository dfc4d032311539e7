"""How likely each line is to be of the article: a sum of weights, read from ``weights.json``.

``python -m tests.bench train_article`` fits the weights (logistic regression over bins); here they
are plain numbers. The choice of lines maximises the expected F1 over words, so the threshold of a
page follows from how sure its lines are; what stands apart from its main part goes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from operator import getitem

from .around import AROUND, FAR, NAMES, NEAR, NEIGHBOURS, around, near, title_lines
from .features import OWN, Shape, folded_lines
from .lines import Line

BINS = 32
"""No feature has more; bins that training never saw weigh nothing."""
UNIT = 1000
"""Weights are whole thousandths, so that they add up to the same in any order."""


@lru_cache
def weights() -> tuple[int, tuple[tuple[int, ...], ...]]:
    """The bias, and for each feature its weights by bin, in thousandths."""
    data = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return round(data["bias"] * UNIT), tuple(
        tuple(round(w * UNIT) for w in data["weights"][name]) + (0,) * BINS for name in NAMES
    )


def probabilities(
    lines: Sequence[Line], shapes: Sequence[Shape], against: Sequence[float]
) -> list[float]:
    """For each line, the probability that it is of the article.

    ``against`` is taken off the log-odds of each.
    """
    smooth = smoothed(log_odds(lines, shapes), [s.words for s in shapes])
    return [
        1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z - less))))
        for z, less in zip(smooth, against, strict=True)
    ]


def log_odds(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[float]:
    """What the weights say of each line's row (see ``around.rows``), summed up."""
    n = len(lines)
    bias, tables = weights()
    tables_around = tables[len(OWN) : len(OWN) + len(AROUND)]
    titles = title_lines(shapes, folded_lines(shapes))
    own = near(shapes)
    says = [_to_neighbours(of, 0) for of in own]
    for i in titles:
        says[i] = _to_neighbours(own[i], 1)
    outside = [_to_neighbours((-1,) * len(NEAR), -1)] * 3
    beside = zip(*outside, *says, *outside, strict=True)
    columns: list[Sequence[int]] = [
        [sum(map(getitem, tables, s.bins)) for s in shapes],
        *[column[3 + by : 3 + by + n] for by, column in zip(NEIGHBOURS, beside, strict=True)],
        *[
            [table[value] for value in bins]
            for table, bins in zip(tables_around, around(lines, shapes), strict=True)
        ],
    ]
    return [(bias + sum(row)) / UNIT for row in zip(*columns, strict=True)]


OWN_SHARE, SHARE_OF_NEIGHBOURS = 0.9, 0.2
"""What a line's own log-odds count, and those of the lines around it."""
BY_DISTANCE = (1.0, 0.6, 0.3)
"""What the neighbours one, two and three lines away count among each other."""
CLEAREST = 4.0
"""Log-odds beyond which a neighbour says no more."""
LONGEST = 40
"""Words beyond which a longer neighbour says no more; shorter ones say less, by the root."""
_SAYS = tuple(math.sqrt(n) for n in range(LONGEST + 1))


def smoothed(log_odds: Sequence[float], words: Sequence[int]) -> list[float]:
    """Log-odds drawn to those of the lines around: articles and furniture come in runs.

    It is what a second pass would learn from the judgement of the first. The constants are the
    best of a handful that were tried on pages of sites held out from training.
    """
    n = len(log_odds)
    says = [_SAYS[w if w < LONGEST else LONGEST] for w in words]
    clear = [(z if z < CLEAREST else CLEAREST) if z > -CLEAREST else -CLEAREST for z in log_odds]
    weights = [0.0] * 3 + says + [0.0] * 3
    values = [0.0] * 3 + [w * z for w, z in zip(says, clear, strict=True)] + [0.0] * 3
    near, far, farther = BY_DISTANCE
    out = []
    for i in range(n):
        weight = (
            near * (weights[i + 2] + weights[i + 4])
            + far * (weights[i + 1] + weights[i + 5])
            + farther * (weights[i] + weights[i + 6])
        )
        value = (
            near * (values[i + 2] + values[i + 4])
            + far * (values[i + 1] + values[i + 5])
            + farther * (values[i] + values[i + 6])
        )
        drawn = SHARE_OF_NEIGHBOURS * value / weight if weight else 0.0
        out.append(OWN_SHARE * clear[i] + drawn)
    return out


@lru_cache(maxsize=4096)
def _to_neighbours(bins: tuple[int, ...], title: int) -> tuple[int, ...]:
    """What the values of a line weigh for the lines beside it, in the order of ``NEIGHBOURS``."""
    tables = weights()[1][len(OWN) + len(AROUND) :]
    out = []
    for by in NEIGHBOURS:
        values = (*bins, title) if abs(by) < 3 else bins[:FAR]
        out.append(sum(table[value + 1] for table, value in zip(tables, values, strict=False)))
        tables = tables[len(values) :]
    return tuple(out)


SMALLEST_PART = 0.15
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
    order = sorted(range(len(shapes)), key=probability.__getitem__, reverse=True)
    expected = sum([p * s.words for p, s in zip(probability, shapes, strict=True)])
    words = [shapes[i].words for i in order]
    hits = accumulate([probability[i] * shapes[i].words for i in order])
    f1 = [2 * hit / (n + expected) for hit, n in zip(hits, accumulate(words), strict=True)]
    best = max(f1, default=0.0)
    kept = [False] * len(shapes)
    if best > 0:
        for i in order[: f1.index(best) + 1]:
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
