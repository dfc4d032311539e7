"""Places where something is missing: a sign in brackets, the end of a sentence, the right word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from operator import eq

from ..language import Language
from .suspect import Suspect, any_of

# An acronym, a space, the bracket: "(ADMM )" was "(ADMM+)". Then brackets and quotation marks that
# hold nothing, or begin with the comma after what they held. "f()" and "[ ]" are code and forms.
_LOST = re.compile(
    r"""
    [(«“]
    (?: (?<=\() (?P<acronym> [^\W\d_][A-Z0-9À-ÞĐŒ&-]{1,15} ) [ \xa0\u202f]{1,2} \)
      | (?P<empty> (?<![\w)]\() (?<=\() [ \xa0\u202f]{0,3} \)
                 | (?<=«) [ \xa0\u202f]{0,3} » | (?<=“) [ ]{0,3} ” )
      | (?<=\() (?<![\w:;=]\() [ \xa0\u202f]{0,2} [,;] (?=\s)
    )
    """,
    re.VERBOSE,
)

_DOUBLED = re.compile(
    r"[ \xa0](?P<word>[^\W\d_]{1,6})[ \xa0](?P<again>(?P=word))(?![\w'’-])"
    r"(?![ \xa0](?:[A-ZÀ-Þ]|(?P=word)(?!\w)))"
)

LEAST_UNFINISHED = 60
"""Code points of a paragraph that may be a sentence; shorter ones are titles and labels."""


def lost_characters(text: str) -> Iterator[Suspect]:
    """Brackets and quotation marks that lost what they held, in part or whole."""
    for found in _openings(text):
        if found["acronym"]:
            if found["acronym"].isupper():
                yield Suspect(*found.span(), "a character is missing after the acronym", 0.7)
        elif found["empty"]:
            yield Suspect(*found.span(), "nothing stands between the signs", 0.8)
        else:
            yield Suspect(*found.span(), "the start of the brackets is missing", 0.8)


def _openings(text: str) -> Iterator[re.Match[str]]:
    """What ``_LOST`` finds, in text order, looked for at its first characters alone."""
    places = []
    for sign in "(«“":
        at = text.find(sign)
        while at >= 0:
            places.append(at)
            at = text.find(sign, at + 1)
    places.sort()
    return filter(None, map(partial(_LOST.match, text), places))


def unfinished_paragraphs(text: str, language: Language) -> Iterator[Suspect]:
    """The last word of each paragraph that stops in the middle of a sentence.

    A line that the next one goes on, in small letters, is a wrapped line and no end.
    """
    last, letters = _last_words(language)
    if last is None:
        return
    lines = text.split("\n")
    start = 0
    for number, line in enumerate(lines):
        end = start + len(line.rstrip())
        if end - start >= LEAST_UNFINISHED and text[end - 1] in letters:
            found = last.search(text, max(start, end - 20), end)
            if found and not _goes_on(lines, number):
                yield Suspect(*found.span(1), "the paragraph stops in mid-sentence", 0.85)
        start += len(line) + 1


def _goes_on(lines: list[str], number: int) -> bool:
    following = next((line.strip() for line in lines[number + 1 : number + 3] if line.strip()), "")
    return following[:1].islower() or following[:1].isdigit()


def doubled_words(text: str, tokens: Sequence[str], language: Language) -> Iterator[Suspect]:
    """A small word twice in a row; ``tokens`` is ``text.split()``.

    A name that begins with the word ("de de Gaulle") is no such place.
    """
    if not any(map(eq, tokens, islice(tokens, 1, None))):
        return
    words = _never_doubled(language)
    for found in _DOUBLED.finditer(text):
        word = found["word"]
        before = text[max(0, found.start() - len(word)) : found.start()]
        if word in words and before != word:  # "la la la" is a refrain
            yield Suspect(*found.span("again"), f"“{word}” stands twice", 0.9)


@lru_cache
def _last_words(language: Language) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    """Finds a word that no sentence ends with; and the last letters of those words."""
    words = language.table("suspects").get("never_last")
    if not words:
        return None, frozenset()
    letters = "".join(word[-1] for word in words).replace("'", "'’")
    return re.compile(rf"(?<![\w'’-])({any_of(words)})\Z"), frozenset(letters)


@lru_cache
def _never_doubled(language: Language) -> frozenset[str]:
    return frozenset(language.table("suspects").get("never_doubled", ()))
