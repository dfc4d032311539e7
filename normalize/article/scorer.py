"""How likely each line is to be of the article: a sum of weights, read from ``weights.json``.

``python -m tests.bench train_article`` fits the weights (logistic regression over bins); here they
are plain numbers. The choice of lines maximises the expected F1 over words, so the threshold of a
page follows from how sure its lines are; what stands apart from its main part goes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, compress, count, islice, repeat
from math import exp, log, sqrt
from operator import add, getitem, mul, sub, truediv
from typing import NamedTuple

from ..memory import Remembered
from .around import AROUND, FAR, NAMES, NEIGHBOURS, Around, title_lines
from .features import NEAR, OWN, Shapes
from .lanes import LANE, added, lanes_of, numbers_of
from .lines import Line

BINS = 32
"""No feature has more; bins that training never saw weigh nothing."""
UNIT = 1000
"""Weights are whole thousandths, so that they add up to the same in any order."""
_REACH = max(NEIGHBOURS)
_REACHED = 2 * _REACH + 1
"""Lines up and down that a line is a neighbour of, and all of these with itself."""
_NO_TITLE, _TITLE = b"\1", b"\2"
"""The bins of whether a neighbour is the title."""


@lru_cache
def weights() -> tuple[int, tuple[tuple[int, ...], ...]]:
    """The bias, and for each feature its weights by bin, in thousandths."""
    data = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return round(data["bias"] * UNIT), tuple(
        tuple(round(w * UNIT) for w in data["weights"][name]) + (0,) * BINS for name in NAMES
    )


def probabilities(lines: Sequence[Line], shapes: Shapes, against: Sequence[float]) -> list[float]:
    """For each line, the probability that it is of the article.

    ``against`` is taken off the log-odds of each.
    """
    smooth = smoothed(log_odds(lines, shapes), shapes.columns.words)
    odds_against = map(exp, map(sub, against, smooth))
    return [*map(truediv, repeat(1.0), map(add, repeat(1.0), odds_against))]


def log_odds(lines: Sequence[Line], shapes: Shapes) -> list[float]:
    """What the weights say of each line's row (see ``around.rows``), summed up."""
    columns, titles, parts = shapes.columns, title_lines(shapes), _parts()
    column = added(parts.around.of(lines, shapes, titles), _beside(columns.near, titles))
    sums = zip(numbers_of(column), map(_by_itself.__getitem__, columns.bins), strict=True)
    return [(parts.bias + around + by_itself) / UNIT for around, by_itself in sums]


class _Parts(NamedTuple):
    """The weights as they are added up: those of what stands beside a line and around it have
    nothing less than zero, which the ``bias`` makes up for."""

    bias: int
    around: Around
    beside: dict[int, tuple[tuple[int, ...], ...]]


@lru_cache
def _parts() -> _Parts:
    bias, tables = weights()
    around = Around(dict(zip(AROUND, tables[len(OWN) :], strict=False)))
    bias += around.least
    left = iter(tables[len(OWN) + len(AROUND) :])
    beside: dict[int, tuple[tuple[int, ...], ...]] = {}
    for by in NEIGHBOURS:
        some = [*islice(left, len(NEAR) + 1 if abs(by) < 3 else FAR)]
        bias += sum(map(min, some))
        beside[by] = tuple(tuple(weight - min(table) for weight in table) for table in some)
    return _Parts(bias, around, beside)


def _of_bins(bins: bytes) -> int:
    """What the line's own values weigh."""
    return sum(map(getitem, weights()[1], bins))


def _beside(near: Sequence[bytes], titles: Sequence[int]) -> bytes:
    """For each line, in lanes, what the values of its neighbours weigh."""
    outside = [_to_neighbours[bytes(len(NEAR) + 1)]] * _REACH
    says = [*outside, *map(_to_neighbours.__getitem__, near), *outside]
    for i in titles:
        says[_REACH + i] = _to_neighbours[near[i] + _TITLE]
    # What every seventh line says stands side by side.
    size = (len(says) + _REACHED - 1) * LANE
    columns = [
        (bytes(first * LANE) + b"".join(says[first::_REACHED])).ljust(size, b"\0")
        for first in range(_REACHED)
    ]
    start = 2 * _REACH * LANE
    return added(*columns)[start : start + len(near) * LANE]


def _of_near(near: bytes) -> bytes:
    """What the values of a line weigh for the lines around it, in lanes: from the one as far above
    as it reaches to the one as far below, and nothing for itself. It is no title without a bin."""
    is_title = near[len(NEAR) :] or _NO_TITLE
    out = [0] * _REACHED
    for by, tables in _parts().beside.items():
        values = near[: len(tables)] if len(tables) == FAR else near[: len(NEAR)] + is_title
        out[_REACH - by] = sum(map(getitem, tables, values))
    return lanes_of(out)


_by_itself, _to_neighbours = Remembered(_of_bins, 4096), Remembered(_of_near, 4096)


OWN_SHARE, SHARE_OF_NEIGHBOURS = 0.9, 0.2
"""What a line's own log-odds count, and those of the lines around it."""
TWO_AWAY, THREE_AWAY = 0.6, 0.3
"""What the neighbours two and three lines away count, of those beside a line."""
CLEAREST = 4.0
"""Log-odds beyond which a neighbour says no more."""
LONGEST = 40
"""Words beyond which a longer neighbour says no more; shorter ones say less, by the root."""
_SAYS, _MOST = tuple(sqrt(n) for n in range(LONGEST)), sqrt(LONGEST)


def smoothed(log_odds: Sequence[float], words: Sequence[int]) -> list[float]:
    """Log-odds drawn to those of the lines around: articles and furniture come in runs.

    It is what a second pass would learn from the judgement of the first. The constants are the
    best of a handful that were tried on pages of sites held out from training.
    """
    outside = [0.0] * 3
    says = [_SAYS[w] if w < LONGEST else _MOST for w in words]
    clear = [CLEAREST if z > CLEAREST else -CLEAREST if z < -CLEAREST else z for z in log_odds]
    values = [*outside, *map(mul, says, clear), *outside]
    counts = [*outside, *says, *outside]
    # From the third line above to the third below, without the line itself.
    beside = [column[3 + by :] for column in (values, counts) for by in (-3, -2, -1, 1, 2, 3)]
    out = []
    for z, v1, v2, v3, v4, v5, v6, c1, c2, c3, c4, c5, c6 in zip(clear, *beside, strict=False):
        value = v3 + v4 + TWO_AWAY * (v2 + v5) + THREE_AWAY * (v1 + v6)
        count = c3 + c4 + TWO_AWAY * (c2 + c5) + THREE_AWAY * (c1 + c6)
        out.append(OWN_SHARE * z + (SHARE_OF_NEIGHBOURS * value / count if count else 0.0))
    return out


SMALLEST_PART = 0.15
"""Mass of a part of the article, as a share of its largest part, below which it is none."""
WIDEST_GAP = 10.0
"""What may stand between two lines of one part: the summed log-odds against the lines between."""
_MOST_AGAINST = 3.0
"""One line counts no more than this against a gap."""


def choose(probability: Sequence[float], shapes: Shapes) -> list[bool]:
    """The lines to keep: the likely ones, less those that stand apart from the article."""
    return _without_islands(probability, shapes, _likely(probability, shapes))


def _likely(probability: Sequence[float], shapes: Shapes) -> list[bool]:
    """The set of lines with the highest expected F1 over words."""
    words = [*shapes.columns.words]
    masses = [*map(mul, probability, words)]
    expected = sum(masses)
    order = sorted(range(len(shapes)), key=probability.__getitem__, reverse=True)
    hits = accumulate(map(masses.__getitem__, order))
    taken = accumulate(map(words.__getitem__, order))
    f1 = [*map(truediv, map(mul, repeat(2), hits), map(add, taken, repeat(expected)))]
    best = max(f1, default=0.0)
    kept = [False] * len(shapes)
    if best > 0:
        for i in order[: f1.index(best) + 1]:
            kept[i] = True
    return kept


def _without_islands(probability: Sequence[float], shapes: Shapes, kept: list[bool]) -> list[bool]:
    """``kept`` without small parts that a gap of unlikely lines separates from the largest."""
    parts: list[list[int]] = []
    last = None
    for i in compress(count(), kept):
        if last is None or (i > last + 1 and _is_gap(probability[last + 1 : i])):
            parts.append([])
        parts[-1].append(i)
        last = i
    masses = [sum(probability[i] * shapes[i].words for i in part) for part in parts]
    least = SMALLEST_PART * max(masses, default=0.0)
    out = [False] * len(kept)
    for part, mass in zip(parts, masses, strict=True):
        if mass >= least:
            for i in part:
                out[i] = True
    return out


def _is_gap(probability: Sequence[float]) -> bool:
    """Whether lines with these probabilities separate what stands above them and below."""
    against = 0.0
    for p in probability:
        against += min(max(log((1.0 - p) / p), 0.0), _MOST_AGAINST) if p > 0 else _MOST_AGAINST
        if against > WIDEST_GAP:
            return True
    return False
