"""The language of a document, for ``lang = "auto"``.

Function words decide: in running text of any language they are a third to a half of all words, and
few are shared. It costs one pass over a few thousand letters. Only a text with hardly any, such as
a title, is looked up in the lexicons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from . import lexicon
from .language import available, load

DEFAULT = "en"

SAMPLE = 20_000
"""Code points that are read; the share of function words is settled long before."""

LEAST_SHARE = 0.15
"""The share of function words at which a language is believed on them alone: running text has
twice as many, lists and titles fewer."""

WHOLE = 720_720
"""What a function word counts, shared by the languages that have it: without a remainder for up to
sixteen, so that the sums are exact in any order."""

UNSEEN = -20.0
"""Natural-log probability of a word that a lexicon does not have: below its rarest word."""

_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str, among: Sequence[str] | None = None, default: str = DEFAULT) -> str:
    """The code of the language in ``among`` that ``text`` is most likely in.

    ``among`` is by default every language whose function words are known, with or without a
    lexicon, so that a Portuguese text is not read as Spanish. ``default`` is for texts that say
    nothing, such as an empty one. The same text gives the same code.
    """
    codes = tuple(sorted(among)) if among is not None else _told_apart()
    words = Counter(_WORD.findall(_sample(text).lower()))
    if not words:
        return default
    scores = dict.fromkeys(codes, 0)
    hits = dict.fromkeys(codes, 0)
    shares = _shares(codes)
    for word in shares.keys() & words.keys():
        count, having = words[word], shares[word]
        for code in having:
            scores[code] += count * WHOLE // len(having)
            hits[code] += count
    best = _best(scores)
    if best is not None and hits[best] >= LEAST_SHARE * words.total():
        return best
    return _by_lexicon(words, codes) or default


@lru_cache
def _told_apart() -> tuple[str, ...]:
    return tuple(c for c in available() if load(c).table("words").get("function_words"))


def _sample(text: str) -> str:
    """The middle of a long text: pages begin with menus and end with other articles."""
    start = max(0, (len(text) - SAMPLE) // 2)
    return text[start : start + SAMPLE]


def _best(scores: Mapping[str, float]) -> str | None:
    """The one code with the highest score; ``None`` where two share it."""
    ranked = sorted(scores, key=lambda code: -scores[code])
    if not ranked or (len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]):
        return None
    return ranked[0]


def _by_lexicon(words: Counter[str], codes: tuple[str, ...]) -> str | None:
    """The language in which the words of a short text, such as a title, are most frequent."""
    scores = {}
    for code in set(codes) & set(lexicon.available()):
        frequency = lexicon.load(code).frequency
        scores[code] = sum(n * max(frequency(word), UNSEEN) for word, n in words.items())
    return _best(scores)


@lru_cache
def _shares(codes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Each function word with the languages that have it; it counts in equal shares for each."""
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        for word in sorted(set(load(code).table("words").get("function_words", ()))):
            found[word] = (*found.get(word, ()), code)
    return found
