"""What stands around the lines of a document: titles, dates, furniture and prose near them.

Most of it is the same for a whole stretch of lines, so a document is measured stretch by stretch.
``NAMES`` gives the order of all features of a line, those of ``features`` first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, starmap
from operator import add, mul, sub

from .features import COMMENT, MARKER, OWN, Shape, bins_of, folded_lines
from .lines import Line

AROUND = (
    "break above", "break below", "repeated", "title words", "first", "is title",
    "since title", "since date", "since byline", "since furniture", "to title", "to furniture",
    "prose 3 above", "prose 3 below", "prose 8 above", "prose 8 below",
    "prose share above", "prose share below", "place", "prose total", "lines",
    "run", "run above", "run below", "runs around",
)  # fmt: skip
IS_TITLE = "is title"
NEAR = ("words", "prose", "end", "kind", "date", "byline", "notice", "credit")
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


_MASSES, _MOST_MASS = bins_of(_MASS), _MASS[-1]
_DISTANCES = bytes(n + 1 for n in bins_of(_DISTANCE))
"""By distance; 0 stands for no mark at all."""
_FAR_AWAY = _DISTANCES[-1:]
_NEAR_WORDS = bins_of((1, 3, 6, 10, 20, 40))
_NEAR_PROSE = bins_of((1, 15, 40))


def rows(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[tuple[int, ...]]:
    """The features of each line of a document, as bins in the order of ``NAMES``."""
    outside = [bytes(len(NEAR) + 1)] * 3
    titles = {*title_lines(shapes, folded_lines(shapes))}
    own = [bytes([n + 1 for n in (*of, i in titles)]) for i, of in enumerate(near(shapes))]
    beside = outside + own + outside
    out: list[tuple[int, ...]] = []
    for i, place in enumerate(zip(*around(lines, shapes), strict=True)):
        row = (*shapes[i].bins, *place)
        for by in NEIGHBOURS:
            values = beside[i + 3 + by]
            row += (*(values if abs(by) < 3 else values[:FAR]),)
        out.append(row)
    return out


def near(shapes: Sequence[Shape]) -> list[tuple[int, ...]]:
    """What lines are for those beside them, in bins in the order of ``NEAR``.

    In a row they are one more, for nothing is outside of the text.
    """
    most_words, most_prose = len(_NEAR_WORDS) - 1, len(_NEAR_PROSE) - 1
    return [
        (
            _NEAR_WORDS[s.words if s.words < most_words else most_words],
            _NEAR_PROSE[s.prose if s.prose < most_prose else most_prose],
            s.end,
            s.kind,
            s.date,
            s.byline,
            s.notice,
            s.credit,
        )
        for s in shapes
    ]


def around(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[bytes]:
    """What stands around the lines, in bins: for each name of ``AROUND`` a byte for each line."""
    n = len(lines)
    folded = folded_lines(shapes)
    counts = Counter(folded)
    titles = title_lines(shapes, folded)
    dates = [i for i, s in enumerate(shapes) if s.date in (2, 3, 4) and s.words <= WORDS_OF_DATED]
    bylines = [i for i, s in enumerate(shapes) if s.byline]
    furniture = [
        i
        for i, s in enumerate(shapes)
        if s.kind in (MARKER, COMMENT) or (s.notice and s.words < WORDS_OF_NOTICE)
    ]
    prose = [s.prose for s in shapes]
    sums = [0, *accumulate(prose)]
    total = sums[-1]
    last = [total] * 8
    # Below one line of prose, to the next and with it, the same stands above; likewise from below.
    at = [i for i, words in enumerate(prose) if words]
    down = [*map(sub, [*at, n - 1], [-1, *at])]
    up = [*map(sub, [*at, n], [0, *at])]
    runs = _runs(at)
    next_runs = [bisect_right(_NEXT_RUN, run) for run in (0, *runs, 0)]
    run_above, run_below = _stretched(next_runs[:-1], down), _stretched(next_runs[1:], up)
    above = [sums[i + 1] / (total or 1) for i in (-1, *at)]
    below = [((total or 1) - sums[i + 1]) / (total or 1) for i in (-1, *at)]
    return [
        bytes([3, *[line.above if line.above < 3 else 3 for line in lines[1:]]]),
        bytes([*[line.below if line.below < 3 else 3 for line in lines[:-1]], 3]),
        bytes([count if count < 3 else 3 for count in map(counts.__getitem__, folded)]),
        _shared_with_first(shapes, folded),
        b"\0\1\2"[:n] + b"\3" * (n - 3),
        _placed(titles, [1] * len(titles), n),
        _since(titles, n),
        _since(dates, n),
        _since(bylines, n),
        _since(furniture, n),
        _until(titles, n),
        _until(furniture, n),
        _masses(sums[:-1], [0] * 3 + sums),
        _masses(sums[4:] + last[:3], sums[1:]),
        _masses(sums[:-1], [0] * 8 + sums),
        _masses(sums[9:] + last, sums[1:]),
        _stretched([bisect_right(_SHARE, share) for share in above], down),
        _stretched([bisect_right(_SHARE, share) for share in below], up),
        _places(n),
        bytes([bisect_right(_TOTAL, total or 1)]) * n,
        bytes([bisect_right(_LINES, n)]) * n,
        _placed(at, [bisect_right(_RUN, run) for run in runs], n),
        run_above,
        run_below,
        bytes(map(add, map(_NEXT_RUNS.__mul__, run_above), run_below)),
    ]


def title_lines(shapes: Sequence[Shape], folded: Sequence[str]) -> list[int]:
    """The lines that repeat the first one, or all of it but the site's name, as headlines do."""
    first = folded[0]
    least = 0.5 * len(first)
    return [
        i
        for i, (s, line) in enumerate(zip(shapes, folded, strict=True))
        if s.words >= TITLE_WORDS
        and (first.startswith(line) or (len(line) > least and line in first))
        and i
    ]


def _shared_with_first(shapes: Sequence[Shape], folded: Sequence[str]) -> bytes:
    """For each line, the bin of the share of the first line's longer words that it has."""
    wanted = {w for w in folded[0].split() if len(w) >= TITLE_LETTERS}
    out = bytearray(len(folded))
    if wanted:
        for i, (s, line) in enumerate(zip(shapes, folded, strict=True)):
            if s.words > 1 and not wanted.isdisjoint(words := line.split()):
                out[i] = bisect_right(_TITLE, len(wanted.intersection(words)) / len(wanted))
    out[0] = 6
    return bytes(out)


def _placed(places: Iterable[int], values: Iterable[int], n: int) -> bytes:
    """``values`` at their places among ``n``, and 0 elsewhere."""
    out = bytearray(n)
    for place, value in zip(places, values, strict=True):
        out[place] = value
    return bytes(out)


def _stretched(values: Sequence[int], lengths: Iterable[int]) -> bytes:
    """Each value as often as its length says."""
    return b"".join(starmap(mul, zip(map(_ONE.__getitem__, values), lengths, strict=True)))


_ONE = [bytes([value]) for value in range(256)]


def _masses(behind: Iterable[int], before: Iterable[int]) -> bytes:
    """The bins of the words of prose between two sums of them."""
    masses = map(sub, behind, before)
    return bytes([_MASSES[mass if mass < _MOST_MASS else _MOST_MASS] for mass in masses])


def _runs(prose: Sequence[int]) -> list[int]:
    """For each line of prose, how many follow each other there: summaries stand alone."""
    out: list[int] = []
    start = 0
    for i, place in enumerate(prose, 1):
        if i == len(prose) or prose[i] != place + 1:
            out += [i - start] * (i - start)
            start = i
    return out


def _since(marks: Sequence[int], n: int) -> bytes:
    """For each place, the bin of its distance from the last mark before it; 0 where none is."""
    if not marks:
        return bytes(n)
    parts = [bytes(marks[0] + 1)]
    for mark, following in pairwise((*marks, n - 1)):
        length = following - mark
        parts.append(_DISTANCES[:length] + _FAR_AWAY * (length - len(_DISTANCES)))
    return b"".join(parts)


def _until(marks: Sequence[int], n: int) -> bytes:
    """The same for the next mark behind each place."""
    return _since([n - 1 - mark for mark in reversed(marks)], n)[::-1]


@lru_cache(maxsize=1024)
def _places(n: int) -> bytes:
    """The bins of the places of ``n`` lines."""
    return bytes(bisect_right(_PLACE, i / n) for i in range(n))
