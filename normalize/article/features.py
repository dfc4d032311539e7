"""What a line looks like, in a few small numbers that hold in any language.

``shape`` measures one line by itself; ``rows`` adds what stands around each. Every value is a bin:
a small whole number that indexes a table of weights (see ``scorer``), so that a long tail has no
say of its own. ``NAMES`` gives the order of a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from .lines import Line, folded_again, split_label
from .pieces import (
    Credit,
    SignOff,
    find_credit,
    find_sign_off,
    find_source,
    is_sign_off_line,
)
from .vocabulary import Vocabulary

KINDS = ("none", "menu", "comment", "source", "marker", "share", "label")
NONE, MENU, COMMENT, SOURCE, MARKER, SHARE, LABEL = range(7)

COPYRIGHT = 3
"""The symbol bin of a line with a copyright sign."""

_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:h]\d\d(?!\d)")
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that set no space between words: kana, Han, Hangul, Thai."""
_UNSPACED_WORD = 2
"""Characters to a word there."""

_ENDS = {
    c: n for n, cs in enumerate((".。", "!?！？", "\"”»」'’", ":：", "…", ",;", ")]")) for c in cs
}
END_STOP, END_MARK, END_QUOTE, END_COLON, END_DOTS, END_COMMA, END_BRACKET = range(7)
END_LOWER, END_UPPER, END_DIGIT, END_OTHER = range(7, 11)

HEADLINE_WORDS = (3, 32)
_SHORT_LINE = 60
_TOKENS = 40
"""Words of a line whose case is looked at; more change nothing."""
_SMALL_WORD = 3
"""Letters of a small word at most ("de", "the")."""
_REMEMBERED_WORDS, _REMEMBERED_LETTERS = 50_000, 24
"""Words whose case is remembered, about 5 MB, and their letters at most."""
WORDS_OF_HEADER = 20
WORDS_OF_SIGN_OFF = 5
_PROSE_WORDS = 8
_PROSE_LOWER = 0.5

_WORDS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 120)
_NEAR_WORDS = (1, 3, 6, 10, 20, 40)
_NEAR_PROSE = (1, 15, 40)
_WORD_LENGTH = (3, 4, 5, 6, 7, 9)
_LOWER = (0.01, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
_SHORT = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5)
_DIGITS = (0.01, 0.05, 0.1, 0.25, 0.5)
_CAPITALS = (0.01, 0.3, 0.99)
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


class Shape(NamedTuple):
    """One line, measured.

    Attributes:
        quiet: whether nothing in its words could say that it is furniture (see ``furniture``).
        sign, source: the sign-off or the source that ends it.
        words: how many words it has.
        prose: the same where it reads like prose, else 0.
        end: what its last character is.
        kind: what the word lists call the whole line (see ``KINDS``).
        notice: 1 for a word of notices, 2 for a phrase.
        date: 0 none, 1 a word of time, 2 a year, 3 month and year, 4 a clock, 5 a month.
        byline: whether it begins like a byline.
        credit: whether it ends in an image credit.
        folded: the line as the word lists have it.
        bins: its own values in a row, in the order of ``OWN``.
        near: its values in the rows of its neighbours, in the order of ``NEAR``.
    """

    words: int
    prose: int
    end: int
    kind: int
    notice: int
    date: int
    symbol: int
    byline: bool
    credit: bool
    folded: str
    quiet: bool
    sign: SignOff | None
    source: Credit | None
    bins: tuple[int, ...]
    near: tuple[int, ...]


def is_paragraph(s: Shape) -> bool:
    """Whether a line is a paragraph of prose, and no headline that ends in a quotation."""
    return bool(s.prose) and (s.end == END_STOP or s.words > HEADLINE_WORDS[1])


OWN = (
    "words", "word length", "end", "start", "stops", "lower", "short", "commas", "digits",
    "capitals", "kind", "notice", "date", "symbol", "credit", "byline", "quote",
)  # fmt: skip


def shape(line: str, vocabulary: Vocabulary) -> Shape:
    """Measure one line, which is not empty and has no white space around it."""
    if len(line) <= _SHORT_LINE:
        return _remembered(line, vocabulary)
    return _lately(line, vocabulary)


@lru_cache(maxsize=8192)
def _remembered(line: str, vocabulary: Vocabulary) -> Shape:
    """Short lines are furniture for the most part, and a site has them on every page."""
    return _measured(line, vocabulary)


@lru_cache(maxsize=1024)
def _lately(line: str, vocabulary: Vocabulary) -> Shape:
    """Paragraphs come again when what is left of their document is analysed."""
    return _measured(line, vocabulary)


class _Cases(dict[str, int]):
    """How words are written: 1 a small word, 2 another in lower case, 4 capitals, 0 else."""

    def __missing__(self, token: str) -> int:
        case = 0
        if token[0].islower():
            case = 1 if len(token) <= _SMALL_WORD else 2
        elif token.isupper() and len(token) > 1:
            case = 4
        if len(token) <= _REMEMBERED_LETTERS:
            if len(self) >= _REMEMBERED_WORDS:
                self.clear()
            self[token] = case
        return case


_case_of = _Cases()


def _counted(line: str) -> tuple[int, int]:
    """Ends of sentences inside a line, and commas; more than four are four."""
    stops = line.count(". ") + line.count("? ") + line.count("! ")
    commas = line.count(",")
    return stops if stops < 4 else 4, commas if commas < 4 else 4


def _measured(line: str, vocabulary: Vocabulary) -> Shape:
    tokens = line.split()
    n_chars, n_words = len(line), len(tokens)
    is_ascii = line.isascii()
    unspaced = n_chars > 3 * n_words and not is_ascii and _UNSPACED.search(line) is not None
    if unspaced:
        n_words = max(n_words, n_chars // _UNSPACED_WORD)
    low = line.casefold()
    low_tokens = low.split()
    cases = [_case_of[token] for token in tokens[:_TOKENS]]
    n_some, n_short = len(cases), cases.count(1)
    n_lower, n_capitals = n_short + cases.count(2), cases.count(4)
    sign = find_sign_off(line, vocabulary)
    source = None if sign else find_source(line, vocabulary)
    ending = sign or source
    end = _end(line[: ending.start] if ending else line)
    key = folded_again(low)
    kind = _kind(key, low_tokens, vocabulary)
    notice = 0
    if not vocabulary.notices.isdisjoint(low_tokens):
        notice = 1
    if not vocabulary.notice_firsts.isdisjoint(low_tokens):
        for first in vocabulary.notice_phrases.keys() & low_tokens:
            if any(phrase in low for phrase in vocabulary.notice_phrases[first]):
                notice = 2
    symbol = _symbol(line, low)
    figures = _FIGURE.search(line) is not None
    date = _date(line, low_tokens, vocabulary, figures=figures) if n_words <= 25 else 0
    byline = n_words <= 12 and low.startswith(vocabulary.bylines)
    credit = find_credit(line, vocabulary) is not None
    lower = n_lower / n_some
    prose = 0
    if n_words >= _PROSE_WORDS and end in (0, 1, 2, 4) and symbol not in (1, COPYRIGHT):
        prose = n_words if unspaced or lower > _PROSE_LOWER else 0
    stops, commas = _counted(line) if n_words > 1 else (0, min(line.count(","), 4))
    head = line[:80]
    quiet = (
        kind == NONE
        and not (credit or ending or byline or date)
        and "(" not in head
        and (n_words > WORDS_OF_HEADER or not (figures or low_tokens[0] in vocabulary.date_words))
        and (n_words <= 12 or ":" not in line[:400])
        and not (n_words == 1 and symbol == 2)
        and key not in vocabulary.inserts
        and not low.lstrip("([ ").startswith(vocabulary.editing)
        and (is_ascii or not any(label in line for label in vocabulary.numbered_labels))
        and (n_words > WORDS_OF_SIGN_OFF or is_sign_off_line(line, vocabulary) is None)
    )
    return Shape(
        n_words, prose, end, kind, notice, date, symbol, byline, credit, key, quiet, sign, source,
        (
            bisect_right(_WORDS, n_words),
            bisect_right(_WORD_LENGTH, n_chars / n_words),
            end,
            _start(line[0]),
            stops,
            9 if unspaced else bisect_right(_LOWER, lower),
            9 if unspaced else bisect_right(_SHORT, n_short / n_some),
            commas,
            bisect_right(_DIGITS, sum(map(str.isdigit, head)) / len(head)) if figures else 0,
            bisect_right(_CAPITALS, n_capitals / n_some),
            kind, notice, date, symbol, int(credit), int(byline),
            int("“" in line or '"' in line or "«" in line),
        ),
        (
            bisect_right(_NEAR_WORDS, n_words) + 1, bisect_right(_NEAR_PROSE, prose) + 1,
            end + 1, kind + 1, date + 1, byline + 1, notice + 1, credit + 1,
        ),
    )  # fmt: skip


def _end(line: str) -> int:
    last = line[-1]
    if line.endswith("..."):
        return END_DOTS
    known = _ENDS.get(last)
    if known is not None:
        return known
    if last.islower():
        return END_LOWER
    if last.isupper():
        return END_UPPER
    return END_DIGIT if last.isdigit() else END_OTHER


def _start(first: str) -> int:
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isdigit():
        return 2
    return 3 if first in "\"“«‘'—–-" else 4


def _kind(key: str, tokens: Sequence[str], vocabulary: Vocabulary) -> int:
    known = vocabulary.lines.get(key)
    if known is not None:
        return KINDS.index(known)
    words = key.split()
    if len(tokens) <= 8 and not vocabulary.share.isdisjoint(words):
        strong = set(words) - vocabulary.fillers
        if strong and strong <= vocabulary.share:
            return SHARE
    if words and words[0].strip(":]") in vocabulary.line_firsts:
        label, _ = split_label(key)
        if label and label in vocabulary.lines:
            return LABEL
    return NONE


def _symbol(line: str, low: str) -> int:
    if "©" in line:
        return COPYRIGHT
    if "http" in low or "www." in low or ".com" in low:
        return 2
    if "@" in line:
        return 4
    if (
        "|" in line
        or "›" in line
        or "•" in line
        or "·" in line
        or ("»" in line and "«" not in line)
    ):
        return 1
    return 0


def _date(line: str, tokens: Sequence[str], vocabulary: Vocabulary, *, figures: bool) -> int:
    month = not vocabulary.month_words.isdisjoint(tokens)
    year = figures and _YEAR.search(line) is not None
    if month and year:
        return 3
    if figures and _CLOCK.search(line):
        return 4
    if year:
        return 2
    if not vocabulary.time_words.isdisjoint(tokens):
        return 1
    return 5 if month else 0


AROUND = (
    "break above", "break below", "repeated", "title words", "first", "is title",
    "since title", "since date", "since byline", "since furniture", "to title", "to furniture",
    "prose 3 above", "prose 3 below", "prose 8 above", "prose 8 below",
    "prose share above", "prose share below", "place", "prose total", "lines",
    "run", "run above", "run below", "runs around",
)  # fmt: skip
NEAR = ("words", "prose", "end", "kind", "date", "byline", "notice", "credit")
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


def _bins(limits: Sequence[int]) -> tuple[int, ...]:
    """The bin of each whole number up to the last limit, which stands for all above it."""
    return tuple(bisect_right(limits, n) for n in range(limits[-1] + 1))


_MASS_BINS, _MOST_MASS = _bins(_MASS), _MASS[-1]
_RUN_BINS, _MOST_RUN = _bins(_RUN), _RUN[-1]


def rows(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[tuple[int, ...]]:
    """The features of each line of a document, as bins in the order of ``NAMES``."""
    near = [(0,) * len(NEAR)] * 3 + [s.near for s in shapes] + [(0,) * len(NEAR)] * 3
    titles = [0] * 3 + [title + 1 for title in title_lines(shapes)] + [0] * 3
    out: list[tuple[int, ...]] = []
    for i, (s, place) in enumerate(zip(shapes, around(lines, shapes), strict=True), 3):
        row = s.bins + place
        for by in NEIGHBOURS:
            row += (*near[i + by], titles[i + by]) if abs(by) < 3 else near[i + by][:FAR]
        out.append(row)
    return out


def around(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[tuple[int, ...]]:
    """What stands around each line of a document, as bins in the order of ``AROUND``."""
    n = len(lines)
    prose = [s.prose for s in shapes]
    sums = [0, *accumulate(prose)]
    total = sums[-1] or 1
    padded = [0] * 8 + sums + [sums[-1]] * 8
    run = _runs(prose)
    run_above, run_below = _last_run(run), _last_run(run[::-1])[::-1]
    counts = Counter([s.folded for s in shapes])
    titles = title_lines(shapes)
    since_title, to_title = _since(titles), _since(titles[::-1])[::-1]
    since_date = _since([s.date in (2, 3, 4) and s.words <= 20 for s in shapes])
    since_byline = _since([s.byline for s in shapes])
    furniture = [s.kind in (MARKER, COMMENT) or (s.notice > 0 and s.words < 30) for s in shapes]
    since_furniture, to_furniture = _since(furniture), _since(furniture[::-1])[::-1]
    shared = _shared_with_first(shapes)
    whole = bisect_right(_TOTAL, total), bisect_right(_LINES, n)
    mass, most = _MASS_BINS, _MOST_MASS
    out: list[tuple[int, ...]] = []
    for i, (line, s) in enumerate(zip(lines, shapes, strict=True)):
        above, below = sums[i], sums[i + 1]
        above_3, below_3 = above - padded[i + 5], padded[i + 12] - below
        above_8, below_8 = above - padded[i], padded[i + 17] - below
        before, behind = run_above[i], run_below[i]
        count = counts[s.folded]
        out.append(
            (
                (line.above if line.above < 3 else 3) if i else 3,
                (line.below if line.below < 3 else 3) if i + 1 < n else 3,
                count if count < 3 else 3,
                shared[i],
                i if i < 3 else 3,
                titles[i],
                since_title[i], since_date[i], since_byline[i], since_furniture[i],
                to_title[i], to_furniture[i],
                mass[above_3 if above_3 < most else most],
                mass[below_3 if below_3 < most else most],
                mass[above_8 if above_8 < most else most],
                mass[below_8 if below_8 < most else most],
                bisect_right(_SHARE, above / total),
                bisect_right(_SHARE, (total - below) / total),
                bisect_right(_PLACE, i / n),
                *whole,
                _RUN_BINS[run[i] if run[i] < _MOST_RUN else _MOST_RUN],
                before,
                behind,
                before * _NEXT_RUNS + behind,
            )
        )  # fmt: skip
    return out


def _shared_with_first(shapes: Sequence[Shape]) -> list[int]:
    """For each line, the bin of the share of the first line's longer words that it has."""
    wanted = {w for w in shapes[0].folded.split() if len(w) > 3}
    out = [0] * len(shapes)
    if wanted:
        for i, s in enumerate(shapes):
            if s.words > 1 and (both := wanted.intersection(s.folded.split())):
                out[i] = bisect_right(_TITLE, len(both) / len(wanted))
    out[0] = 6
    return out


def title_lines(shapes: Sequence[Shape]) -> list[bool]:
    """Which lines repeat the first one, or all of it but the site's name, as headlines do."""
    first = shapes[0].folded
    least = 0.5 * len(first)
    return [
        i > 0
        and s.words >= 3
        and (first.startswith(s.folded) or (len(s.folded) > least and s.folded in first))
        for i, s in enumerate(shapes)
    ]


def _runs(prose: Sequence[int]) -> list[int]:
    """For each line, how many lines of prose follow each other there: summaries stand alone."""
    out = [0] * len(prose)
    start = 0
    for i in range(len(prose) + 1):
        if i == len(prose) or not prose[i]:
            out[start:i] = [i - start] * (i - start)
            start = i + 1
    return out


def _last_run(run: Sequence[int]) -> list[int]:
    """For each line, the bin of the length of the last run that began before it."""
    out = []
    last = 0
    for length in run:
        out.append(bisect_right(_NEXT_RUN, last))
        last = length or last
    return out


def _since(marks: Sequence[bool]) -> list[int]:
    """For each place, the bin of its distance from the last mark before it; 0 where none is."""
    out = []
    distance: int | None = None
    for mark in marks:
        out.append(0 if distance is None else bisect_right(_DISTANCE, distance) + 1)
        if mark:
            distance = 0
        elif distance is not None:
            distance += 1
    return out
