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
from operator import getitem

from .features import (
    AROUND,
    FAR,
    NAMES,
    NEAR,
    NEIGHBOURS,
    OWN,
    Shape,
    around,
    title_lines,
)
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
    """What the weights say of each line's row (see ``features.rows``), summed up."""
    bias, tables = weights()
    tables_around = tables[len(OWN) : len(OWN) + len(AROUND)]
    own = [_by_itself(s.bins) for s in shapes]
    near = [_OUTSIDE] * 3 + [s.near for s in shapes] + [_OUTSIDE] * 3
    titles = [0] * 3 + [title + 1 for title in title_lines(shapes)] + [0] * 3
    says = [_to_neighbours(bins, title) for bins, title in zip(near, titles, strict=True)]
    out = []
    for i, row in enumerate(around(lines, shapes)):
        z = (
            bias + own[i] + sum(map(getitem, tables_around, row))
            + says[i + 2][0] + says[i + 4][1] + says[i + 1][2] + says[i + 5][3]
            + says[i][4] + says[i + 6][5]
        )  # fmt: skip
        out.append(z / UNIT)
    return out


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


_OUTSIDE = (0,) * len(NEAR)


@lru_cache(maxsize=4096)
def _by_itself(bins: tuple[int, ...]) -> int:
    """What the line's own values weigh."""
    return sum(map(getitem, weights()[1], bins))


@lru_cache(maxsize=4096)
def _to_neighbours(bins: tuple[int, ...], title: int) -> tuple[int, ...]:
    """What the values of a line weigh for the lines beside it, in the order of ``NEIGHBOURS``."""
    tables = weights()[1][len(OWN) + len(AROUND) :]
    out = []
    for by in NEIGHBOURS:
        values = (*bins, title) if abs(by) < 3 else bins[:FAR]
        out.append(sum(map(getitem, tables, values)))
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
