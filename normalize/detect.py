"""The language of a document, for ``lang = "auto"``.

Function words decide: in running text of any language they are a third to a half of all words, and
few are shared. Most texts are told by those that stand between white space alone; where these do
not tell plainly, words are taken out of what surrounds them. Only a text with hardly any function
words, such as a title, is looked up in the lexicons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import lexicon
from .language import available, load
from .view import Tokens

DEFAULT = "en"

SAMPLE = 20_000
"""Code points that are read; the share of function words is settled long before."""

LEAST_SHARE = 0.15
"""The share of function words at which a language is believed on them alone: running text has
twice as many, lists and titles fewer."""

PLAIN_SHARE, PLAIN_LEAD = 0.25, 2.0
"""The share of function words among tokens at which a language is told plainly, and how many times
more they have to say for it than for the next."""

WHOLE = 720_720
"""What a function word counts, shared by the languages that have it: without a remainder for up to
sixteen, so that the sums are exact in any order."""

UNSEEN = -20.0
"""Natural-log probability of a word that a lexicon does not have: below its rarest word."""

_WORD = re.compile(r"[^\W\d_]+")


def detect(
    text: str,
    among: Sequence[str] | None = None,
    default: str = DEFAULT,
    words: Tokens | None = None,
) -> str:
    """The code of the language in ``among`` that ``text`` is most likely in.

    ``among`` is by default every language whose function words are known, with or without a
    lexicon, so that a Portuguese text is not read as Spanish. ``default`` is for texts that say
    nothing, such as an empty one. The same text gives the same code. ``words`` are the tokens of
    the text, where somebody needs them anyway.
    """
    codes = tuple(sorted(among)) if among is not None else _told_apart()
    table = _table(codes)
    sample = _sample(text)
    if words is None or words.text != sample:
        words = Tokens(sample)
    scores, hits = table.tally(words.all)
    best = _best(scores)
    if best is not None and hits[best] >= PLAIN_SHARE * len(words.all):
        others = (score for code, score in scores.items() if code != best)
        if PLAIN_LEAD * max(others, default=0) <= scores[best]:
            return best
    found = _WORD.findall(sample.lower())
    if not found:
        return default
    scores, hits = table.tally(found)
    best = _best(scores)
    if best is not None and hits[best] >= LEAST_SHARE * len(found):
        return best
    return _by_lexicon(Counter(found), codes) or default


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


@dataclass(frozen=True, slots=True)
class _Table:
    """Function words by the languages that have them: ``groups``, and the number of the group of
    each word, which is there in small letters, in capitals, and with a first capital."""

    codes: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    group_of: Mapping[str, int]

    def tally(self, words: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
        """For each language what the words say for it, a word in equal shares for all that have
        it, and how many they are."""
        scores, hits = dict.fromkeys(self.codes, 0), dict.fromkeys(self.codes, 0)
        for group, count in Counter(map(self.group_of.get, words)).items():
            if group is not None:
                having = self.groups[group]
                for code in having:
                    scores[code] += count * WHOLE // len(having)
                    hits[code] += count
        return scores, hits


@lru_cache
def _table(codes: tuple[str, ...]) -> _Table:
    having: dict[str, tuple[str, ...]] = {}
    for code in codes:
        for word in set(load(code).table("words").get("function_words", ())):
            having[word] = (*having.get(word, ()), code)
    groups = tuple(sorted(set(having.values())))
    number = {group: n for n, group in enumerate(groups)}
    group_of = {
        form: number[codes]
        for word, codes in having.items()
        for form in (word, word.upper(), word.capitalize())
        if form.lower() == word
    }
    return _Table(codes, groups, group_of)
