"""What stands around the lines of a document: titles, dates, furniture and prose near them.

Most of it is the same for a whole stretch of lines, so a document is measured stretch by stretch.
``NAMES`` gives the order of all features of a line, those of ``features`` first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, count, pairwise, repeat
from operator import add, contains, mul, not_, sub

from .features import COMMENT, MARKER, NEAR, OWN, Shapes, bins_of
from .lines import Line

AROUND = (
    "break above", "break below", "repeated", "title words", "first", "is title",
    "since title", "since date", "since byline", "since furniture", "to title", "to furniture",
    "prose 3 above", "prose 3 below", "prose 8 above", "prose 8 below",
    "prose share above", "prose share below", "place", "prose total", "lines",
    "run", "run above", "run below", "runs around",
)  # fmt: skip
IS_TITLE = "is title"
NEIGHBOURS = (-1, 1, -2, 2, -3, 3)
"""Of the neighbours three lines away only the first ``FAR`` values count, of the others also
whether they are the title."""
FAR = 2
NAMES = (
    *OWN,
    *AROUND,
    *(
        f"{name} at {by:+}"
        for by in NEIGHBOURS
        for name in ((*NEAR, IS_TITLE) if abs(by) < 3 else NEAR[:FAR])
    ),
)
"""The features of a row, in order."""

WORDS_OF_DATED, WORDS_OF_NOTICE = 20, 30
"""Words up to which the date of a line, and a notice, count for the lines around."""
TITLE_WORDS, TITLE_LETTERS = 3, 4
"""Words of a copy of the title at least, and letters of a word that lines share with it."""

_MASS = (1, 10, 25, 50, 100, 200, 400)
_SHARE = (0.001, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.999)
_PLACE = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
_TOTAL = (50, 150, 300, 600, 1200)
_LINES = (20, 50, 100, 200, 300)
_DISTANCE = (1, 2, 3, 5, 8, 12, 20, 40)
_RUN = (1, 2, 3, 5, 9)
_NEXT_RUN = (1, 2, 3, 5)
_NEXT_RUNS = len(_NEXT_RUN) + 1
_TITLE = (0.01, 0.2, 0.4, 0.7, 0.95)
_FEW = (1, 2, 3)

_LOOKED_UP = 2048
"""Numbers that are looked up by themselves; those above mean what the last one does."""

Table = Sequence[int]
"""What stands for each bin of a feature."""
_BINS: Table = range(32)
"""The bins themselves."""


def rows(lines: Sequence[Line], shapes: Shapes) -> list[tuple[int, ...]]:
    """The features of each line of a document, as bins in the order of ``NAMES``."""
    outside = [bytes(len(NEAR) + 1)] * 3
    titles = title_lines(shapes)
    beside = outside + [s.near + bytes([1 + (i in titles)]) for i, s in enumerate(shapes)] + outside
    columns = around(lines, shapes, titles, [_BINS] * len(AROUND))
    out: list[tuple[int, ...]] = []
    for i, place in enumerate(zip(*columns, strict=True)):
        row = (*shapes[i].bins, *place)
        for by in NEIGHBOURS:
            values = beside[i + 3 + by]
            row += (*(values if abs(by) < 3 else values[:FAR]),)
        out.append(row)
    return out


def around(
    lines: Sequence[Line], shapes: Shapes, titles: Sequence[int], tables: Sequence[Table]
) -> list[list[int]]:
    """What stands around the lines: for each name of ``AROUND`` a number for each line.

    It is what the table of the name has for the line's bin. ``titles`` are the ``title_lines``.
    """
    n = len(lines)
    of = dict(zip(AROUND, tables, strict=True))
    folded, columns = shapes.folded, shapes.columns
    counts, words = Counter(folded), columns.words
    dates = [
        i
        for i in compress(count(), columns.date)
        if columns.date[i] in (2, 3, 4) and words[i] <= WORDS_OF_DATED
    ]
    bylines = [*compress(count(), columns.byline)]
    named = (i for i in compress(count(), columns.kind) if columns.kind[i] in (MARKER, COMMENT))
    noticed = (i for i in compress(count(), columns.notice) if words[i] < WORDS_OF_NOTICE)
    furniture = sorted({*named, *noticed})
    sums = [0, *accumulate(columns.prose)]
    total = sums[-1]
    last = [total] * 8
    # Below one line of prose, to the next and with it, the same stands above; likewise from below.
    at = [*compress(count(), columns.prose)]
    down = [*map(sub, [*at, n - 1], [-1, *at])]
    up = [*map(sub, [*at, n], [0, *at])]
    runs = _runs(at)
    next_runs = [bisect_right(_NEXT_RUN, run) for run in (0, *runs, 0)]
    run_above, run_below = _stretched(next_runs[:-1], down), _stretched(next_runs[1:], up)
    runs_around = map(add, map(mul, run_above, repeat(_NEXT_RUNS)), run_below)
    above = [bisect_right(_SHARE, sums[i + 1] / (total or 1)) for i in (-1, *at)]
    below = [bisect_right(_SHARE, ((total or 1) - sums[i + 1]) / (total or 1)) for i in (-1, *at)]
    first = of["first"]
    found = {
        "break above": _of_numbers(
            of["break above"], _FEW, [_FEW[-1], *[line.above for line in lines[1:]]]
        ),
        "break below": _of_numbers(
            of["break below"], _FEW, [*[line.below for line in lines[:-1]], _FEW[-1]]
        ),
        "repeated": _of_numbers(of["repeated"], _FEW, [*map(counts.__getitem__, folded)]),
        "title words": _shared_with_first(of["title words"], shapes),
        "first": [*first[:3][:n], *[first[3]] * (n - 3)],
        "is title": _placed(of["is title"], titles, [1] * len(titles), n),
        "since title": _since(of["since title"], titles, n),
        "since date": _since(of["since date"], dates, n),
        "since byline": _since(of["since byline"], bylines, n),
        "since furniture": _since(of["since furniture"], furniture, n),
        "to title": _until(of["to title"], titles, n),
        "to furniture": _until(of["to furniture"], furniture, n),
        "prose 3 above": _masses(of["prose 3 above"], sums[:-1], [0] * 3 + sums),
        "prose 3 below": _masses(of["prose 3 below"], sums[4:] + last[:3], sums[1:]),
        "prose 8 above": _masses(of["prose 8 above"], sums[:-1], [0] * 8 + sums),
        "prose 8 below": _masses(of["prose 8 below"], sums[9:] + last, sums[1:]),
        "prose share above": _stretched([of["prose share above"][value] for value in above], down),
        "prose share below": _stretched([of["prose share below"][value] for value in below], up),
        "place": _looked_up(of["place"], _places(n)),
        "prose total": [of["prose total"][bisect_right(_TOTAL, total or 1)]] * n,
        "lines": [of["lines"][bisect_right(_LINES, n)]] * n,
        "run": _placed(of["run"], at, [bisect_right(_RUN, run) for run in runs], n),
        "run above": _looked_up(of["run above"], run_above),
        "run below": _looked_up(of["run below"], run_below),
        "runs around": _looked_up(of["runs around"], runs_around),
    }
    return [found[name] for name in AROUND]


def title_lines(shapes: Shapes) -> list[int]:
    """The lines that repeat the first one, or all of it but the site's name, as headlines do."""
    folded = shapes.folded
    first = folded[0]
    least = 0.5 * len(first)
    return [
        i
        for i in compress(count(), map(contains, repeat(first), folded))
        if shapes[i].words >= TITLE_WORDS
        and (first.startswith(folded[i]) or len(folded[i]) > least)
        and i
    ]


def _shared_with_first(table: Table, shapes: Shapes) -> list[int]:
    """For each line what stands for the share of the first line's longer words that it has."""
    folded, words = shapes.folded, shapes.columns.words
    wanted = {w for w in folded[0].split() if len(w) >= TITLE_LETTERS}
    out = [table[0]] * len(folded)
    for i in compress(count(), map(not_, map(wanted.isdisjoint, map(str.split, folded)))):
        if words[i] > 1:
            share = len(wanted.intersection(folded[i].split())) / len(wanted)
            out[i] = table[bisect_right(_TITLE, share)]
    out[0] = table[6]
    return out


def _placed(table: Table, places: Iterable[int], bins: Iterable[int], n: int) -> list[int]:
    """What stands for ``bins`` at their places among ``n``, and for 0 elsewhere."""
    out = [table[0]] * n
    for place, value in zip(places, bins, strict=True):
        out[place] = table[value]
    return out


def _stretched(values: Iterable[int], lengths: Iterable[int]) -> list[int]:
    """Each value as often as its length says."""
    return [*chain.from_iterable(map(repeat, values, lengths))]


def _looked_up(table: Table, bins: Iterable[int]) -> list[int]:
    return [*map([*table].__getitem__, bins)]


def _of_numbers(table: Table, limits: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """What stands for the bins of numbers."""
    by_number = _by_number(table, limits)
    if max(numbers) >= _LOOKED_UP:
        numbers = [min(number, _LOOKED_UP - 1) for number in numbers]
    return [*map(by_number.__getitem__, numbers)]


@lru_cache
def _by_number(table: Table, limits: Sequence[int]) -> list[int]:
    """What stands for the bin of each number from 0 on."""
    bins = bins_of(limits)
    return [*map(table.__getitem__, bins), *[table[bins[-1]]] * (_LOOKED_UP - len(bins))]


def _masses(table: Table, behind: Iterable[int], before: Iterable[int]) -> list[int]:
    """What stands for the words of prose between two sums of them."""
    return _of_numbers(table, _MASS, [*map(sub, behind, before)])


def _runs(prose: Sequence[int]) -> list[int]:
    """For each line of prose, how many follow each other there: summaries stand alone."""
    out: list[int] = []
    start = 0
    for i, place in enumerate(prose, 1):
        if i == len(prose) or prose[i] != place + 1:
            out += [i - start] * (i - start)
            start = i
    return out


def _since(table: Table, marks: Sequence[int], n: int) -> list[int]:
    """For each place what stands for its distance from the last mark before it.

    The bin 0 is that of no mark at all.
    """
    if not marks:
        return [table[0]] * n
    distances = _distances(table)
    out = [table[0]] * (marks[0] + 1)
    for mark, following in pairwise((*marks, n - 1)):
        length = following - mark
        out += distances[:length]
        out += distances[-1:] * (length - len(distances))
    return out


@lru_cache
def _distances(table: Table) -> list[int]:
    """What stands for the distances from 0 on, up to the last one that is told from others."""
    return [table[1 + value] for value in bins_of(_DISTANCE)]


def _until(table: Table, marks: Sequence[int], n: int) -> list[int]:
    """The same for the next mark behind each place."""
    return _since(table, [n - 1 - mark for mark in reversed(marks)], n)[::-1]


@lru_cache(maxsize=1024)
def _places(n: int) -> bytes:
    """The bins of the places of ``n`` lines."""
    return bytes(bisect_right(_PLACE, i / n) for i in range(n))
