"""What stands around the lines of a document: titles, dates, furniture and prose near them.

Most of it is the same for a whole stretch of lines, so a document is measured stretch by stretch,
and only the sum over the features is made, in lanes (see ``lanes``). ``NAMES`` gives the order of
all features of a line, those of ``features`` first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, count, repeat
from operator import add, contains, mul, sub

from .features import COMMENT, MARKER, NEAR, OWN, Shapes, bins_of
from .lanes import LANE, added, lane, lanes_of, numbers_of
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
_WORDS_SOUGHT = 64
"""Words of the first line up to which each is sought in the whole text; no headline has more."""

Table = Sequence[int]
"""What stands for each bin of a feature."""
_BINS: Table = range(32)
"""The bins themselves."""
_NOTHING: Table = (0,) * len(_BINS)


def rows(lines: Sequence[Line], shapes: Shapes) -> list[tuple[int, ...]]:
    """The features of each line of a document, as bins in the order of ``NAMES``."""
    outside = [bytes(len(NEAR) + 1)] * 3
    titles = title_lines(shapes)
    beside = outside + [s.near + bytes([1 + (i in titles)]) for i, s in enumerate(shapes)] + outside
    columns = [numbers_of(_bins_alone(name).of(lines, shapes, titles)) for name in AROUND]
    out: list[tuple[int, ...]] = []
    for i, place in enumerate(zip(*columns, strict=True)):
        row = (*shapes[i].bins, *place)
        for by in NEIGHBOURS:
            values = beside[i + 3 + by]
            row += (*(values if abs(by) < 3 else values[:FAR]),)
        out.append(row)
    return out


@lru_cache
def _bins_alone(name: str) -> Around:
    """The bins of one feature."""
    return Around({name: _BINS})


class Around:
    """What stands around the lines of a document, in numbers.

    ``tables`` has for a name of ``AROUND`` what stands for each bin of it. Their least numbers are
    taken off, for there is no lane for less than nothing: ``least`` is the sum of these.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        of = {name: [*tables.get(name, _NOTHING)] for name in AROUND}
        self.least = sum(map(min, of.values()))
        self._of = of = {name: [n - min(table) for n in table] for name, table in of.items()}
        few = [(name, _FEW) for name in ("break above", "break below", "repeated")]
        masses = [(f"prose {by} {side}", _MASS) for by in (3, 8) for side in ("above", "below")]
        self._numbers = {name: _by_number(of[name], limits) for name, limits in few + masses}
        distances = ("title", "date", "byline", "furniture")
        self._since = [_Distances(of[f"since {name}"]) for name in distances]
        self._until = {name: _Distances(of[f"to {name}"]) for name in ("title", "furniture")}
        self._places = [*map(lane, of["place"])]

    def of(self, lines: Sequence[Line], shapes: Shapes, titles: Sequence[int]) -> bytes:
        """For each line, in lanes, the sum of what the tables have for its bins, less ``least``.

        ``titles`` are the ``title_lines``.
        """
        n = len(lines)
        columns = shapes.columns
        words = columns.words
        dates = [
            i
            for i in compress(count(), columns.date)
            if columns.date[i] in (2, 3, 4) and words[i] <= WORDS_OF_DATED
        ]
        bylines = [*compress(count(), columns.byline)]
        named = (i for i in compress(count(), columns.kind) if columns.kind[i] in (MARKER, COMMENT))
        noticed = (i for i in compress(count(), columns.notice) if words[i] < WORDS_OF_NOTICE)
        furniture = sorted({*named, *noticed})
        marks = (titles, dates, bylines, furniture)
        return added(
            lanes_of(self._here_and_there(shapes, titles)),
            *self._breaks(lines),
            self._repeated(shapes.folded),
            *self._masses(columns.prose),
            b"".join(map(mul, self._places, _places(n))),
            *[distances.since(of, n) for distances, of in zip(self._since, marks, strict=True)],
            self._until["title"].until(titles, n),
            self._until["furniture"].until(furniture, n),
        )

    def _here_and_there(self, shapes: Shapes, titles: Sequence[int]) -> list[int]:
        """What is the same for all lines between two of prose, and what few lines have."""
        of, n = self._of, len(shapes)
        first, title, title_words = of["first"], of["is title"], of["title words"]
        usual = first[3] + title[0] + title_words[0] + of["lines"][bisect_right(_LINES, n)]
        out = self._around_prose(shapes.columns.prose, usual)
        for i in range(min(n, 3)):
            out[i] += first[i] - first[3]
        for i in titles:
            out[i] += title[1] - title[0]
        for i, value in _shared_with_first(shapes):
            out[i] += title_words[value] - title_words[0]
        return out

    def _around_prose(self, prose: Sequence[int], usual: int) -> list[int]:
        """What the prose of the whole text and its runs mean for each line, and ``usual``.

        It is the same for all lines between two of prose, which have other runs around them.
        """
        of = self._of
        at = [*compress(count(), prose)]
        sums = [0, *accumulate(compress(prose, prose))]
        total = sums[-1] or 1
        usual += of["prose total"][bisect_right(_TOTAL, total)]
        runs = _runs(at)
        next_runs = [bisect_right(_NEXT_RUN, run) for run in (0, *runs, 0)]
        rows = [*map(mul, next_runs, repeat(_NEXT_RUNS))]
        shares = [bisect_right(_SHARE, mass / total) for mass in sums]
        shares_below = [bisect_right(_SHARE, (total - mass) / total) for mass in sums]
        look_up = {name: table.__getitem__ for name, table in of.items()}
        above = [
            *map(
                add,
                map(look_up["prose share above"], shares),
                map(look_up["run above"], next_runs[:-1]),
            )
        ]
        below = [
            *map(
                add,
                map(look_up["prose share below"], shares_below),
                map(look_up["run below"], next_runs[1:]),
            )
        ]
        between = map(look_up["runs around"], map(add, rows, next_runs[1:]))
        beside = map(look_up["runs around"], map(add, rows, next_runs[2:]))
        run = [usual + of["run"][0]]
        out = [
            *chain.from_iterable(
                map(
                    repeat,
                    map(sum, zip(above, below, between, run * len(above), strict=False)),
                    map(sub, [*at, len(prose)], [0, *at]),
                )
            )
        ]
        run = [usual + of["run"][bisect_right(_RUN, run)] for run in runs]
        for place, values in zip(at, zip(above, below[1:], beside, run, strict=False), strict=True):
            out[place] = sum(values)
        return out

    def _breaks(self, lines: Sequence[Line]) -> Iterator[bytes]:
        """For the line breaks up to the neighbours."""
        _, _, _, above, below = zip(*lines, strict=True)
        ends = _FEW[-1:]
        yield _looked_up(self._numbers["break above"], (*ends, *above[1:]))
        yield _looked_up(self._numbers["break below"], (*below[:-1], *ends))

    def _repeated(self, folded: Sequence[str]) -> bytes:
        """For how often each line stands in the text."""
        counts = Counter(folded)
        return _looked_up(self._numbers["repeated"], [*map(counts.__getitem__, folded)])

    def _masses(self, prose: Sequence[int]) -> Iterator[bytes]:
        """For the words of prose in the three and in the eight lines above and below."""
        n = len(prose)
        for by in (3, 8):
            sums = [0] * (by + 1) + [*accumulate(prose)]
            sums += sums[-1:] * by
            windows = [*map(sub, sums[by:], sums)]
            yield _looked_up(self._numbers[f"prose {by} above"], windows[:n])
            yield _looked_up(self._numbers[f"prose {by} below"], windows[by + 1 :])


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


def _shared_with_first(shapes: Shapes) -> Iterator[tuple[int, int]]:
    """The lines that have some of the first line's longer words, with the bin of their share.

    The first line itself has a bin of its own.
    """
    first, *others = shapes.folded
    words = shapes.columns.words
    yield 0, len(_TITLE) + 1
    wanted = {w for w in first.split() if len(w) >= TITLE_LETTERS}
    for i, shared in _counted(wanted, others).items():
        if words[i + 1] > 1:
            yield i + 1, bisect_right(_TITLE, shared / len(wanted))


def _counted(wanted: Collection[str], lines: Sequence[str]) -> Mapping[int, int]:
    """How many of the words stand in each folded line that has one at least."""
    if len(wanted) > _WORDS_SOUGHT:
        counts = map(len, map({*wanted}.intersection, map(str.split, lines)))
        return {i: count for i, count in enumerate(counts) if count}
    text = " \n ".join(["", *lines, ""])[2:]
    ends = [*accumulate(map(len, lines), lambda end, length: end + length + 3, initial=0)]
    found = Counter[int]()
    for word in wanted:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if text[at - 1] == " " == text[end]:  # it is no part of a longer one
                line = bisect_right(ends, at)
                found[line - 1] += 1
                end = ends[line]
            at = text.find(word, end)
    return found


def _by_number(table: Table, limits: Sequence[int]) -> list[bytes]:
    """What stands for the bin of each number from 0 on, as lanes."""
    bins = [*map(lane, map(table.__getitem__, bins_of(limits)))]
    return bins + bins[-1:] * (_LOOKED_UP - len(bins))


def _looked_up(by_number: Sequence[bytes], numbers: Sequence[int]) -> bytes:
    """What stands for the bins of numbers."""
    try:
        return b"".join(map(by_number.__getitem__, numbers))
    except IndexError:
        most = _LOOKED_UP - 1
        return b"".join([by_number[min(number, most)] for number in numbers])


def _runs(prose: Sequence[int]) -> list[int]:
    """For each line of prose, how many follow each other there: summaries stand alone."""
    out: list[int] = []
    start = 0
    for i, place in enumerate(prose, 1):
        if i == len(prose) or prose[i] != place + 1:
            out += [i - start] * (i - start)
            start = i
    return out


class _Distances:
    """What stands for the distance of each place from a mark; the bin 0 is that of no mark."""

    def __init__(self, table: Table) -> None:
        bins = bins_of(_DISTANCE)
        told = [lane(table[1 + value]) for value in bins]
        self._behind, self._before = b"".join(told), b"".join(reversed(told))
        """Those that are told from others, behind a mark and before one."""
        self._far, self._none = told[-1], lane(table[0])

    def since(self, marks: Sequence[int], n: int) -> bytes:
        """For each of ``n`` places, in lanes, from the last mark before it."""
        if not marks:
            return self._none * n
        told, far = self._behind, self._far
        out = [self._none * (marks[0] + 1)]
        for length in map(sub, (*marks[1:], n - 1), marks):
            out += told[: length * LANE], far * (length - len(told) // LANE)
        return b"".join(out)

    def until(self, marks: Sequence[int], n: int) -> bytes:
        """The same from the next mark behind it."""
        if not marks:
            return self._none * n
        told, far = self._before, self._far
        out: list[bytes] = []
        for length in map(sub, marks, (0, *marks)):
            out += far * (length - len(told) // LANE), told[max(0, len(told) - length * LANE) :]
        return b"".join([*out, self._none * (n - marks[-1])])


@lru_cache(maxsize=1024)
def _places(n: int) -> tuple[int, ...]:
    """How many of ``n`` lines have each bin of their place."""
    bins = Counter(bisect_right(_PLACE, i / n) for i in range(n))
    return tuple(map(bins.__getitem__, range(len(_PLACE) + 1)))
