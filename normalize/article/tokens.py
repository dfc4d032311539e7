"""What each token says by itself, looked up once for all its occurrences.

A line is searched for credits, dates, labels and the like only where one of its tokens says that
there may be one: what is named here is never missed, though it may turn out to be nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .headers import ZONES
from .vocabulary import Vocabulary

(
    FIGURE, YEAR, CLOCK, MONTH, TIME, NOTICE, NOTICE_PHRASE, SYMBOL, COLON, CREDIT, AGENCY,
    SHARE_WORD, SEPARATOR, EDITING, NUMBERED, QUOTE, COMMA, STOP, BYLINE, DATE_LABEL, UNSPACED,
) = (1 << n for n in range(21))  # fmt: skip
COUNTED, COUNT = 40, 63
"""Tokens whose numbers are added up at most: so the numbers below count them, each in six bits,
above the sums of those before."""
FIRST_AT, SMALL_AT, LOWER_AT, CAPITALS_AT = 27, 33, 39, 45
FIRST = 1 << FIRST_AT
SMALL, LOWER, CAPITALS = 1 << SMALL_AT, 1 << LOWER_AT, 1 << CAPITALS_AT
"""How a token is written: a small word, another in lower case, or capitals."""
ANYTHING = FIRST - 1
"""What a sum of numbers has where any of the first ones is in it."""
HEADER = YEAR | DATE_LABEL | BYLINE
"""A date header or a byline has one of these."""

SMALL_WORD = 3
"""Letters of a small word at most ("de", "the")."""
REMEMBERED_TOKENS, REMEMBERED_LETTERS = 50_000, 24
"""Tokens that are remembered for each language, about 5 MB, and their letters at most."""

_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:h]\d\d(?!\d)")
UNSPACED_LETTER = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that set no space between words: kana, Han, Hangul, Thai."""
BYTES_OF_SPACED = bytes({*range(256)} - {0xE0, *range(0xE3, 0xEE)})
"""Bytes of UTF-8; in a text of these alone is no such letter."""
_LETTERS = re.compile(r"[^\W\d_]+")
PHOTO_WORDS = ("photo", "photos", "foto", "fotos")
_SCHEME = "http"
_BARS = re.compile(r"[|•·/]")
BETWEEN_LABELS = frozenset("|>»→–-")
_OF_MARK = {
    ":": COLON | SEPARATOR, "]": SEPARATOR, "/": CREDIT, "©": CREDIT | SYMBOL,
    "@": SYMBOL, "|": SYMBOL, "›": SYMBOL, "•": SYMBOL, "·": SYMBOL, "»": SYMBOL,
    "«": QUOTE, "“": QUOTE, '"': QUOTE, ",": COMMA, ".": STOP, "!": STOP, "?": STOP,
}  # fmt: skip
_MARKS = frozenset(_OF_MARK)
_AROUND = "()[]“”«»\"'’.,;:!?…"
_TRAILING = {mark: _OF_MARK.get(mark, 0) for mark in ".,;:!?…)»”\"'’"}
"""Marks that stand behind words more often than others."""


class Says(dict[str, int]):
    """What the tokens of one language say, as a sum of the numbers above, by token.

    A token is looked at when it is asked for, and remembered where it is not long.

    The cases, FIGURE, YEAR, CLOCK, MONTH, TIME, NOTICE, QUOTE, COMMA and UNSPACED are exact; the
    others stand wherever there may be what they name.
    """

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        labels = [part for label in words.numbered_labels for part in label.split()]
        self._foreign = re.compile("|".join([UNSPACED_LETTER.pattern, *map(re.escape, labels)]))
        self._whole: dict[str, int] = {}
        """By whole tokens in lower case."""
        for says, tokens in (
            (MONTH, words.month_words),
            (TIME, words.time_words),
            (NOTICE, words.notices),
            (NOTICE_PHRASE, words.notice_firsts),
            (BYLINE, {label.split()[0] for label in words.bylines}),
            (SEPARATOR, BETWEEN_LABELS),
        ):
            _add(self._whole, says, tokens)
        self._parts: dict[str, int] = {}
        """By what they have in letters, in lower case."""
        forms_of_lines = (*words.lines, *words.inserts, *words.image_labels)
        firsts = {form.split()[0].rstrip(",") for form in forms_of_lines if form}
        for says, forms in (
            (FIRST, firsts | words.line_firsts),
            (SHARE_WORD, words.share),
            (EDITING, {label.split()[0] for label in words.editing}),
            (DATE_LABEL, words.date_words | words.time_words | words.months.keys() | ZONES),
            (AGENCY, {word.casefold() for word in words.agency_words}),
            (CREDIT, {"via", *PHOTO_WORDS}),
        ):
            _add(self._parts, says, (part for form in forms for part in _LETTERS.findall(form)))
        self._letters = {
            form: self._whole.get(form, 0) | self._parts.get(form, 0)
            for form in self._whole.keys() | self._parts.keys()
        }

    def __missing__(self, token: str) -> int:
        """What a token says that is not known yet."""
        low = token.casefold()
        if token.isalpha():
            says = self._letters.get(low, 0)
        else:
            last = token[-1]
            if last in _TRAILING and token[:-1].isalpha():
                of_letters = self._parts.get(low[:-1], 0)
                says = self._whole.get(low, 0) | of_letters | _TRAILING[last]
            else:
                says = self._whole.get(low, 0) | self._marked(token, low)
            if "www." in low or ".com" in low:
                says |= SYMBOL
        if _SCHEME in low:
            says |= SYMBOL
        if not token.isascii() and self._foreign.search(token):
            says |= NUMBERED | UNSPACED if UNSPACED_LETTER.search(token) else NUMBERED
        if token[0].islower():
            says |= SMALL if len(token) <= SMALL_WORD else LOWER
        elif len(token) > 1 and token.isupper():
            says |= CAPITALS
        if len(token) <= REMEMBERED_LETTERS:
            if len(self) >= REMEMBERED_TOKENS:
                self.clear()
            self[token] = says
        return says

    def _marked(self, token: str, low: str) -> int:
        """What marks, figures and letters say that make a token together."""
        first, _, rest = low.partition("'")
        if rest.isalpha() and first.isalpha():  # an elided article, above all
            return self._parts.get(first, 0) | self._parts.get(rest, 0)
        core = low.strip(_AROUND)
        if core.isalpha():
            return self._parts.get(core, 0) | _of_marks(low.replace(core, ""))
        says = _of_marks(token)
        parts = () if core.isdecimal() else _LETTERS.findall(low)
        for part in parts:
            says |= self._parts.get(part, 0)
        if not parts:
            says |= FIRST  # it may be stripped off
        if _FIGURE.search(token):
            says |= FIGURE
            if ("19" in token or "20" in token) and _YEAR.search(token):
                says |= YEAR
            if (":" in token or "h" in token) and _CLOCK.search(token):
                says |= CLOCK
        if says & (CREDIT | SYMBOL):
            says |= self._whole.get(_BARS.split(low)[-1], 0) & BYLINE
        return says


def _of_marks(text: str) -> int:
    """What the marks in a text say."""
    says = 0
    for mark in _MARKS.intersection(text):
        says |= _OF_MARK[mark]
    return says


def _add(to: dict[str, int], says: int, forms: Iterable[str]) -> None:
    for form in forms:
        to[form] = to.get(form, 0) | says
