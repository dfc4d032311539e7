"""What a line looks like, in a few small numbers that hold in any language.

``shape`` measures one line by itself; ``around`` adds what stands around each. Every value is
a bin: a small whole number that indexes a table of weights (see ``scorer``), so that a long tail
has no say of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import compress
from operator import itemgetter, or_
from typing import NamedTuple

from .lines import OUTSIDE, folded, split_label
from .pieces import (
    Credit,
    SignOff,
    find_credit,
    find_sign_off,
    find_source,
    is_sign_off_line,
    may_name_agency,
    may_name_photographer,
)
from .tokens import (
    AGENCY,
    ANYTHING,
    BETWEEN_LABELS,
    BYLINE,
    BYTES_OF_SPACED,
    CAPITALS_AT,
    CLOCK,
    COLON,
    COMMA,
    COUNT,
    COUNTED,
    CREDIT,
    EDITING,
    FIGURE,
    FIRST,
    HEADER,
    LOWER_AT,
    MONTH,
    NOTICE,
    NOTICE_PHRASE,
    NUMBERED,
    PHOTO_WORDS,
    QUOTE,
    SEPARATOR,
    SHARE_WORD,
    SMALL_AT,
    STOP,
    SYMBOL,
    TIME,
    UNSPACED,
    UNSPACED_LETTER,
    YEAR,
    Says,
)
from .vocabulary import BEGINNING, Vocabulary

KINDS = ("none", "menu", "comment", "source", "marker", "share", "label")
NONE, MENU, COMMENT, SOURCE, MARKER, SHARE, LABEL = range(7)

ADDRESS, COPYRIGHT = 2, 3
"""The symbol bins of a line with a web address, and with a copyright sign."""

_SEARCHED = AGENCY | COLON | CREDIT | NOTICE | NOTICE_PHRASE | SYMBOL | BYLINE
"""What a line is searched for; without any of it there is nothing to find."""
_DATED = MONTH | YEAR | CLOCK | TIME
_LOUD = NUMBERED | COLON | SYMBOL | HEADER | AGENCY | EDITING
_PHOTOS = [form for word in PHOTO_WORDS[::2] for form in (word, word.capitalize())]
_FIGURES, _NOT_ASCII = b"0123456789", re.compile(r"[^\x00-\x7f]")
_UNSPACED_WORD = 2
"""Characters to a word in scripts that set no space between words."""

_ENDS = {
    c: n for n, cs in enumerate((".。", "!?！？", "\"”»」'’", ":：", "…", ",;", ")]")) for c in cs
}
END_STOP, END_MARK, END_QUOTE, END_COLON, END_DOTS, END_COMMA, END_BRACKET = range(7)
END_LOWER, END_UPPER, END_DIGIT, END_OTHER = range(7, 11)

HEADLINE_WORDS = (3, 32)
_REMEMBERED_LINES, _REMEMBERED_LOOKS = 4096, 4096
"""Lines that are remembered for each language, about 5 MB, and what is remembered of lines that
look the same, about 2 MB."""
HEAD = 80
"""Code points in which digits are counted and a dateline's bracket is sought."""
WORDS_OF_CAPTIONED, COLON_OF_CAPTION = 12, 400
"""Words from which a caption may run into a sentence, and where its label's colon stands then."""
_WORDS_OF_KEY = 12
"""Words of a line in the word lists at most."""
_WORDS_OF_GLANCE = 25
"""Words of a line beyond which it is no header, and its date does not count."""
_WORDS_OF_SHARE, _WORDS_OF_BYLINE, _WORDS_OF_DATE = 8, 12, 25
WORDS_OF_HEADER = 20
WORDS_OF_SIGN_OFF = 5
_PROSE_WORDS = 8
_PROSE_LOWER = 0.5

_LOWER = (0.01, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
_SHORT = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5)
_DIGITS = (0.01, 0.05, 0.1, 0.25, 0.5)
_CAPITALS = (0.01, 0.3, 0.99)


def bins_of(limits: Sequence[int]) -> bytes:
    """The bin of each whole number up to the last limit, which stands for all above it."""
    return bytes(bisect_right(limits, n) for n in range(limits[-1] + 1))


def share_bins(limits: Sequence[float]) -> list[bytes]:
    """For each number of tokens that count, by how many of them are of a kind, the bin of their
    share."""
    return [
        bytes(bisect_right(limits, k / (n or 1)) for k in range(n + 1)) for n in range(COUNTED + 1)
    ]


_LOWER_BINS, _SHORT_BINS, _CAPITALS_BINS = map(share_bins, (_LOWER, _SHORT, _CAPITALS))
_WORDS = bins_of((1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70, 120))
_WORD_LENGTH = bins_of((3, 4, 5, 6, 7, 9))
_NEAR_WORDS = bins_of((1, 3, 6, 10, 20, 40))
_NEAR_PROSE = bins_of((1, 15, 40))
_MOST_WORDS, _LONGEST_WORD = len(_WORDS) - 1, len(_WORD_LENGTH) - 1
_MOST_NEAR = len(_NEAR_WORDS) - 1  # of prose, too


class Shape(NamedTuple):
    """One line, measured.

    Attributes:
        line: the line itself.
        key: its folded form, where it was needed.
        says: what its tokens say (see ``tokens``).
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
        bins: its own values in a row, in the order of ``OWN``.
        near: its values in the rows of its neighbours, in the order of ``NEAR``.
    """

    line: str
    key: str | None
    says: int
    quiet: bool
    sign: SignOff | None
    source: Credit | None
    words: int
    prose: int
    end: int
    kind: int
    notice: int
    date: int
    symbol: int
    byline: bool
    credit: bool
    bins: bytes
    near: bytes

    @property
    def folded(self) -> str:
        """The line as the word lists have it."""
        return self.key if self.key is not None else _folded(self.line)


_folded = lru_cache(maxsize=1024)(folded)


class Columns(NamedTuple):
    """The shapes of many lines by their fields (see ``Shape``)."""

    line: tuple[str, ...]
    key: tuple[str | None, ...]
    says: tuple[int, ...]
    quiet: tuple[bool, ...]
    sign: tuple[SignOff | None, ...]
    source: tuple[Credit | None, ...]
    words: tuple[int, ...]
    prose: tuple[int, ...]
    end: tuple[int, ...]
    kind: tuple[int, ...]
    notice: tuple[int, ...]
    date: tuple[int, ...]
    symbol: tuple[int, ...]
    byline: tuple[bool, ...]
    credit: tuple[bool, ...]
    bins: tuple[bytes, ...]
    near: tuple[bytes, ...]


class Shapes(list[Shape]):
    """The shapes of the lines of a text, of which there is one at least."""

    @cached_property
    def columns(self) -> Columns:
        """Their fields."""
        return Columns(*zip(*self, strict=True))

    @cached_property
    def folded(self) -> list[str]:
        """The lines as the word lists have them."""
        return [s.key if s.key is not None else s.folded for s in self]


def is_paragraph(s: Shape) -> bool:
    """Whether a line is a paragraph of prose, and no headline that ends in a quotation."""
    return bool(s.prose) and (s.end == END_STOP or s.words > HEADLINE_WORDS[1])


OWN = (
    "words", "word length", "end", "start", "stops", "lower", "short", "commas", "digits",
    "capitals", "kind", "notice", "date", "symbol", "credit", "byline", "quote",
)  # fmt: skip
NEAR = ("words", "prose", "end", "kind", "date", "byline", "notice", "credit")


def shape(line: str, words: Vocabulary) -> Shape:
    """Measure one line, which is not empty and has no white space around it."""
    return shapes_of([line], [line.split()], words)[0]


def shapes_of(lines: Sequence[str], rows: Sequence[list[str]], words: Vocabulary) -> Shapes:
    """Measure the lines of a document, which are not empty and have no white space around them.

    ``rows`` are their tokens.
    """
    return _remembered(words).of(lines, rows)


def shapes_of_text(lines: Sequence[str], rows: Sequence[list[str]], words: Vocabulary) -> Shapes:
    """The same, but where no line looks like furniture, long lines are only glanced at.

    These have neither notices nor bins, which only tell something of a page with furniture. A clean
    article is hardly more than long lines.
    """
    return _remembered(words).of_text(lines, rows)


class _Remembered(dict[str, Shape]):
    """The shapes of lines of one language, remembered for a while.

    A site has its furniture on every page, and what is left of a page is analysed again: the
    glances at the lines of the text before are kept for it.
    """

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._says = Says(words)
        self._glances: dict[str, Shape] = {}

    def of(self, lines: Sequence[str], rows: Sequence[list[str]]) -> Shapes:
        """The shapes of the lines of a document."""
        new = self._new(lines, rows)
        self._measure(new, new.values())
        return Shapes(map(self.__getitem__, lines))

    def of_text(self, lines: Sequence[str], rows: Sequence[list[str]]) -> Shapes:
        """The same, with long lines only glanced at where none looks like furniture."""
        new = self._new(lines, rows)
        long = {line: row for line, row in new.items() if len(row) > _WORDS_OF_GLANCE}
        for line in long:
            del new[line]
        self._measure(new, new.values())
        known = map(self.get, lines)
        if not _any_furniture(filter(None, known)):
            before, words = self._glances, self._words
            self._glances = glances = {
                line: before.get(line) or glance_at(line, row, words)
                for line, row in dict(zip(lines, rows, strict=True)).items()
                if len(row) > _WORDS_OF_GLANCE
            }
            if not _any_furniture(glances.values()):
                return Shapes(glances[line] if line in glances else self[line] for line in lines)
        self._measure(long, long.values())
        return Shapes(map(self.__getitem__, lines))

    def _new(self, lines: Sequence[str], rows: Sequence[list[str]]) -> dict[str, list[str]]:
        """The tokens of the lines that are not remembered; all are forgotten once too many are."""
        if len(self) > _REMEMBERED_LINES:
            self.clear()
        return {line: row for line, row in zip(lines, rows, strict=True) if line not in self}

    def _measure(self, lines: Collection[str], rows: Collection[Sequence[str]]) -> None:
        """Measure new lines, given with their tokens, and remember them."""
        if not lines:
            return
        words = self._words
        look_up = self._says.__getitem__
        values = [[*map(look_up, row)] for row in rows]
        starts, ends = map(_start, map(_FIRST, lines)), map(_end_of, map(_LAST, lines))
        for line, tokens, by_token, start, last in zip(
            lines, rows, values, starts, ends, strict=True
        ):
            count = len(tokens)
            total = sum(by_token) if count <= COUNTED else sum(by_token[:COUNTED])
            end = END_DOTS if last == END_STOP and line.endswith("...") else last
            if total & ANYTHING or count > COUNTED or end == END_BRACKET:
                self[line] = _searched(line, tokens, by_token, total, start, end, words)
                continue
            key, kind, known = None, NONE, False
            if count <= _WORDS_OF_KEY or (by_token[0] & FIRST and _has_marks_around(tokens)):
                key = folded(line)
                if key in words.lines:
                    kind, known = KINDS.index(words.lines[key]), True
                else:
                    known = key in words.inserts
            look = _look if count <= _WORDS_OF_KEY else _looked
            length = len(line) // count
            if length > _LONGEST_WORD:
                length = _LONGEST_WORD
            of = look(count, count, length, total >> SMALL_AT, start, end, kind)
            self[line] = _new(Shape, (line, key, 0, not known, None, None, *of))


_new = tuple.__new__
_FIRST, _LAST = itemgetter(0), itemgetter(-1)


def _searched(
    line: str,
    tokens: Sequence[str],
    by_token: Sequence[int],
    total: int,
    start: int,
    end: int,
    words: Vocabulary,
) -> Shape:
    """Measure a line some of whose tokens say something; ``total`` is the sum of what they say.

    ``start`` and ``end`` are what its first and last characters are.
    """
    says = reduce(or_, by_token)
    n_chars, n_words = len(line), len(tokens)
    unspaced = says & UNSPACED > 0 and n_chars > 3 * n_words
    key, kind, loud = None, NONE, False
    if n_words <= _WORDS_OF_KEY or (
        by_token[0] & FIRST and (says & SEPARATOR or _has_marks_around(tokens))
    ):
        key = folded(line)
        if key in words.lines or says & (SHARE_WORD | SEPARATOR):
            kind = _kind(key, n_words, says, words)
        loud = kind != NONE or key in words.inserts
    loud = loud or (by_token[0] & FIRST > 0 and _begins_loud(line, words))
    if unspaced:
        n_words = max(n_words, n_chars // _UNSPACED_WORD)
    notice = symbol = date = stops = commas = digits = 0
    byline = credit = False
    sign = source = ending = None
    if says & _SEARCHED or line[-1] == ")" or may_name_photographer(line, n_words):
        if says & AGENCY or line.endswith((")", "/.")):
            sign = find_sign_off(line, words)
        if says & COLON and not sign:
            source = find_source(line, words)
        if says & (COLON | CREDIT) or may_name_photographer(line, n_words):
            credit = find_credit(line, words) is not None
        if says & (NOTICE | NOTICE_PHRASE):
            notice = _notice(line, tokens, by_token, says, words)
        if says & SYMBOL:
            symbol = _symbol(line, line.encode("utf-8", "surrogatepass"))
        if by_token[0] & BYLINE and n_words <= _WORDS_OF_BYLINE:
            byline = line.casefold().startswith(words.bylines)
        ending = sign or source
        loud = loud or credit or ending is not None
    if says & _DATED and n_words <= _WORDS_OF_DATE:
        date = _date(says)
    if says & STOP:
        stops = _stops(line)
    if says & COMMA:
        commas = min(line.count(","), 4)
    if says & FIGURE:
        digits = bisect_right(_DIGITS, _digits(line))
    if says & _LOUD and not loud:
        headed = (
            says & HEADER
            and n_words <= WORDS_OF_HEADER
            and (date or byline or says & FIGURE or tokens[0].casefold() in words.date_words)
        )
        loud = bool(headed) or _is_loud(line, says, n_words, symbol, words)
    look = _look if n_words <= _WORDS_OF_KEY else _looked
    return _new(
        Shape,
        (
            line, key, says, not loud, sign, source,
            *look(
                n_words, len(tokens), min(n_chars // n_words, _LONGEST_WORD), total >> SMALL_AT,
                start, _end(line[: ending.start]) if ending else end, kind, notice, date, symbol,
                byline, credit, says & QUOTE > 0, stops, commas, digits, unspaced,
            ),
        ),
    )  # fmt: skip


def _looked(
    n_words: int,
    n_tokens: int,
    length: int,
    cases: int,
    start: int,
    end: int,
    kind: int,
    notice: int = 0,
    date: int = 0,
    symbol: int = 0,
    byline: bool = False,
    credit: bool = False,
    quote: bool = False,
    stops: int = 0,
    commas: int = 0,
    digits: int = 0,
    unspaced: bool = False,
) -> tuple[int | bytes, ...]:
    """What the numbers of a line say of its look: the fields of its shape from ``words`` on.

    ``cases`` counts what its tokens say of how they are written, from small words on.
    """
    n_some = n_tokens if n_tokens < COUNTED else COUNTED
    n_short, n_capitals = cases & COUNT, cases >> CAPITALS_AT - SMALL_AT & COUNT
    n_lower = n_short + (cases >> LOWER_AT - SMALL_AT & COUNT)
    prose = 0
    if n_words >= _PROSE_WORDS and end in (0, 1, 2, 4) and symbol not in (1, COPYRIGHT):
        prose = n_words if unspaced or n_lower > _PROSE_LOWER * n_some else 0
    bins = (
        _WORDS[n_words if n_words < _MOST_WORDS else _MOST_WORDS],
        _WORD_LENGTH[length],
        end,
        start,
        stops,
        9 if unspaced else _LOWER_BINS[n_some][n_lower],
        9 if unspaced else _SHORT_BINS[n_some][n_short],
        commas,
        digits,
        _CAPITALS_BINS[n_some][n_capitals],
        kind, notice, date, symbol, credit, byline, quote,
    )  # fmt: skip
    near = (
        _NEAR_WORDS[n_words if n_words < _MOST_NEAR else _MOST_NEAR] + 1,
        _NEAR_PROSE[prose if prose < _MOST_NEAR else _MOST_NEAR] + 1,
        end + 1, kind + 1, date + 1, byline + 1, notice + 1, credit + 1,
    )  # fmt: skip
    return (
        n_words, prose, end, kind, notice, date, symbol, byline, credit, bytes(bins), bytes(near)
    )  # fmt: skip


_look = lru_cache(maxsize=_REMEMBERED_LOOKS)(_looked)


def _any_furniture(shapes: Iterable[Shape]) -> bool:
    return any(s.kind or s.symbol == COPYRIGHT for s in shapes)


@lru_cache
def _remembered(words: Vocabulary) -> _Remembered:
    return _Remembered(words)


def glance_at(line: str, tokens: Sequence[str], words: Vocabulary) -> Shape:
    """A long line, which has neither a date nor a byline, without notice and bins."""
    n_chars, n_words = len(line), len(tokens)
    encoded = line.encode("utf-8", "surrogatepass")
    unspaced = (
        n_chars > 3 * n_words
        and encoded.translate(None, BYTES_OF_SPACED)
        and UNSPACED_LETTER.search(line)
    )
    if unspaced:
        n_words = max(n_words, n_chars // _UNSPACED_WORD)
    says = 0
    if ":" in line:
        says |= COLON
    if "/" in line or "©" in line or "via " in line or any(map(line.__contains__, _PHOTOS)):
        says |= CREDIT
    if "(" in line[:HEAD] and may_name_agency(line[: 2 * HEAD], words):
        says |= AGENCY
    if any(map(line.__contains__, words.numbered_labels)):
        says |= NUMBERED
    key, kind, loud = None, NONE, False
    first = tokens[0].casefold().strip(OUTSIDE)
    if _has_marks_around(tokens) or (first in words.line_cores and _may_have_label(line, tokens)):
        key = folded(line)
        kind = _kind(key, len(tokens), SEPARATOR, words)
        loud = kind != NONE or key in words.inserts
    sign = find_sign_off(line, words)
    source = find_source(line, words) if says & COLON and not sign else None
    credit = bool(says & (COLON | CREDIT)) and find_credit(line, words) is not None
    symbol = _symbol(line, encoded)
    ending = sign or source
    end = _end(line[: ending.start] if ending else line)
    some = tokens[:COUNTED]
    lower = sum(map(str.islower, map(_FIRST, some))) / len(some)
    prose = 0
    if end in (0, 1, 2, 4) and symbol not in (1, COPYRIGHT):
        prose = n_words if unspaced or lower > _PROSE_LOWER else 0
    loud = (
        loud
        or credit
        or ending is not None
        or bool(says & (AGENCY | NUMBERED))
        or (bool(says & COLON) and ":" in line[:COLON_OF_CAPTION])
        or _tells_editing(line, words)
        or _begins_loud(line, words)
    )
    return Shape(
        line, key, says, not loud, sign, source, n_words, prose, end, kind, 0, 0, symbol, False,
        credit, b"", b"",
    )  # fmt: skip


def _may_have_label(line: str, tokens: Sequence[str]) -> bool:
    return ":" in line or "]" in line or not BETWEEN_LABELS.isdisjoint(tokens)


def _has_marks_around(tokens: Sequence[str]) -> bool:
    """Whether nothing but marks makes the first or the last token of a line."""
    return not (tokens[0].strip(OUTSIDE) and tokens[-1].strip(OUTSIDE))


def _is_loud(line: str, says: int, n_words: int, symbol: int, words: Vocabulary) -> bool:
    """Whether ``furniture`` may find something in a line that no list knows and that has not the
    words of a date header or a byline."""
    if n_words == 1 and symbol == ADDRESS:
        return True
    if n_words > WORDS_OF_CAPTIONED and ":" in line[:COLON_OF_CAPTION]:
        return True
    if says & NUMBERED and any(label in line for label in words.numbered_labels):
        return True
    if says & EDITING and _tells_editing(line, words):
        return True
    if not says & AGENCY:
        return False
    short = n_words <= WORDS_OF_SIGN_OFF
    return "(" in line[:HEAD] or (short and is_sign_off_line(line, words) is not None)


def _tells_editing(line: str, words: Vocabulary) -> bool:
    """Whether a line begins like one that says who wrote it; no such label is as long as HEAD."""
    return line.lstrip("([ ")[:HEAD].casefold().startswith(words.editing)


def _begins_loud(line: str, words: Vocabulary) -> bool:
    """Whether a line begins with the label of an image ("Image caption, …") or a marker."""
    low = line[:HEAD].casefold()
    return low.startswith(words.beginnings.get(low[:BEGINNING], ()))


def _stops(line: str) -> int:
    """Ends of sentences inside a line; more than four are four."""
    count = line.count(". ")
    if "?" in line or "!" in line:
        count += line.count("? ") + line.count("! ")
    return min(count, 4)


def _digits(line: str) -> float:
    """The share of digits at the beginning of a line."""
    head = line[:HEAD]
    encoded = head.encode("utf-8", "surrogatepass")
    count = len(encoded) - len(encoded.translate(None, _FIGURES))
    if len(encoded) > len(head):
        count += sum(map(str.isdigit, _NOT_ASCII.findall(head)))
    return count / len(head)


def _notice(
    line: str, tokens: Sequence[str], by_token: Sequence[int], says: int, words: Vocabulary
) -> int:
    """1 for a word of notices, 2 for a phrase."""
    if says & NOTICE_PHRASE:
        low = line.casefold()
        for first in compress(tokens, map(NOTICE_PHRASE.__and__, by_token)):
            if any(map(low.__contains__, words.notice_phrases[first.casefold()])):
                return 2
    return 1 if says & NOTICE else 0


def _end(line: str) -> int:
    """What the last character of a line is."""
    return END_DOTS if line.endswith("...") else _end_of(line[-1])


@lru_cache(maxsize=1024)
def _end_of(last: str) -> int:
    known = _ENDS.get(last)
    if known is not None:
        return known
    if last.islower():
        return END_LOWER
    if last.isupper():
        return END_UPPER
    return END_DIGIT if last.isdigit() else END_OTHER


@lru_cache(maxsize=1024)
def _start(first: str) -> int:
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isdigit():
        return 2
    return 3 if first in "\"“«‘'—–-" else 4


def _kind(key: str, n_tokens: int, says: int, words: Vocabulary) -> int:
    known = words.lines.get(key)
    if known is not None:
        return KINDS.index(known)
    if says & SHARE_WORD and n_tokens <= _WORDS_OF_SHARE:
        strong = {*key.split()} - words.fillers
        if strong and strong <= words.share:
            return SHARE
    if says & SEPARATOR:
        first = key.partition(" ")[0]
        if first.strip(":]") in words.line_firsts:
            label, _ = split_label(key)
            if label and label in words.lines:
                return LABEL
    return NONE


def _symbol(line: str, encoded: bytes) -> int:
    if "©" in line:
        return COPYRIGHT
    low = encoded.lower()  # of ASCII alone, at half the cost
    if b"http" in low or b"www." in low or b".com" in low:
        return ADDRESS
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


def _date(says: int) -> int:
    if says & MONTH and says & YEAR:
        return 3
    if says & CLOCK:
        return 4
    if says & YEAR:
        return 2
    if says & TIME:
        return 1
    return 5 if says & MONTH else 0
