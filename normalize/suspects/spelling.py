"""Probable typing errors: a word that no lexicon knows, one slip away from one that is frequent.

A slip is a letter too many, too few, wrong, or in the neighbour's place (Damerau 1964: four out of
five spelling errors are one of these). Precision comes first. Not judged are: short words, names,
parts of hyphenated words and addresses, quoted words, words that another language knows, words the
document repeats, and slips in the first letter or the ending, where an unknown word is more likely
an inflected form that the lexicon lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from .. import lexicon
from ..language import Language
from .suspect import Suspect

SHORTEST = 6
"""Letters of a word that is judged; shorter ones are one slip away from too many words."""

KNOWN = -15.0
"""Natural-log probability from which a form that no morphological lexicon has is used on purpose.
Only a missing accent is as frequent as that and an error all the same."""

FREQUENT = -15.0
"""Natural-log probability that the word meant needs: a slip in a rare word is taken for a term."""

MARGIN = 4.0
"""How much more frequent, in natural-log units, the word meant is than the form that stands."""

UNSEEN = -19.0
"""Natural-log probability taken for a form that the frequency list lacks."""

LEAD = 2.0
"""How much more frequent the word meant is than the next candidate."""

ENDING = 1
"""Letters at the end of both words in which no slip is looked for."""

LEAST_STEM = 4
"""Letters that a known word needs to count as the stem behind a prefix."""

MOST_REPEATED = 3
"""Times a document uses a form that is still an error; beyond it is the author's word."""

MOST_SHARE = 0.02
"""Suspects among all words beyond which the text is in another language or orthography."""

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyzàáâäçèéêëìíîïñòóôöùúûüœæ"
_MARKED = {"a": "áà", "c": "ç", "e": "éè", "i": "í", "n": "ñ", "o": "ó", "u": "ú"}
_OPENING = frozenset('«“"‘')
_TIED_BEFORE = frozenset("-‑/@#._&")
_TIED_AFTER = frozenset("-‑/@_")


def typing_errors(
    text: str, language: Language, accepted: Callable[[str], bool] = lambda word: False
) -> list[Suspect]:
    """Probable errors of ``text``; none where its language has no lexicon.

    ``accepted`` says of a word in small letters whether the corpus is known to use it.
    """
    if language.code not in lexicon.available():
        return []
    counts = Counter(_WORD.findall(text))
    meant = {
        word: other
        for word, count in counts.items()
        if count <= MOST_REPEATED
        and (other := _meant(word, language)) is not None
        and not counts[word.capitalize()]
        and not accepted(word)
    }
    if not meant:
        return []
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]
    found = [
        Suspect(start, end, f"typing error? “{meant[word]}” is one slip away", 0.85)
        for at, (word, start, end) in enumerate(words)
        if word in meant
        and not _is_tied(text, start, end)
        and not _in_foreign_words([word for word, _, _ in words[max(0, at - 5) : at + 6]], language)
    ]
    return found if len(found) <= max(MOST_REPEATED, MOST_SHARE * len(words)) else []


def _is_tied(text: str, start: int, end: int) -> bool:
    """Whether the word is quoted, or part of a compound, an address or a file name."""
    return (
        text[start - 1 : start] in _TIED_BEFORE
        or text[end : end + 1] in _TIED_AFTER
        or text[max(0, start - 2) : start].strip() in _OPENING
    )


def _in_foreign_words(words: list[str], language: Language) -> bool:
    """Whether two of these neighbours are strange: a foreign phrase, or noise."""
    return sum(_is_strange(word, language) for word in words) > 1


@lru_cache(maxsize=65536)
def _is_strange(word: str, language: Language) -> bool:
    """Whether a word in small letters is neither known nor a slip in a known one."""
    return (
        len(word) > 3
        and word.islower()
        and word not in lexicon.load(language.code)
        and _meant(word, language) is None
    )


@lru_cache(maxsize=65536)
def _meant(word: str, language: Language) -> str | None:
    """The one frequent word that is a slip away from ``word``, if ``word`` is unknown."""
    if len(word) < SHORTEST or not word.islower():
        return None
    words = lexicon.load(language.code)
    if words.is_name(word) or _is_derived(word, language) or _is_known_elsewhere(word, language):
        return None
    slips = _slips if words.frequency(word) < KNOWN else _missing_marks
    ranked = sorted(
        ((words.frequency(slip), slip) for slip in set(slips(word)) if words.is_valid(slip)),
        reverse=True,
    )
    if not ranked or ranked[0][0] < max(FREQUENT, MARGIN + max(words.frequency(word), UNSEEN)):
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - LEAD:
        return None
    return ranked[0][1]


def _is_known_elsewhere(word: str, language: Language) -> bool:
    """Whether the word is valid in this language, or valid or used in another one."""
    return lexicon.load(language.code).is_valid(word) or any(
        words.is_valid(word) or words.frequency(word) > KNOWN
        for words in map(lexicon.load, lexicon.available())
        if words.code != language.code
    )


def _is_derived(word: str, language: Language) -> bool:
    """Whether the word is a known one with a productive prefix ("re-", "anti-")."""
    words = lexicon.load(language.code)
    return any(
        len(word) >= len(prefix) + LEAST_STEM
        and word.startswith(prefix)
        and words.is_valid(word[len(prefix) :])
        for prefix in language.table("words").get("prefixes", ())
    )


def _slips(word: str) -> Iterator[str]:
    """Every string one slip away, with the first letter and the ending as they are."""
    end = len(word) - ENDING
    for i in range(1, end + 1):
        head, tail = word[:i], word[i:]
        for letter in _LETTERS:
            yield head + letter + tail
            if i < end:
                yield head + letter + tail[1:]
        if i < end:
            yield head + tail[1:]
        if i + 1 < end:
            yield head + tail[1] + tail[0] + tail[2:]


def _missing_marks(word: str) -> Iterator[str]:
    """Every string with one mark more; circumflexes, which a reform made optional, left out."""
    for i, letter in enumerate(word):
        for marked in _MARKED.get(letter, ""):
            yield word[:i] + marked + word[i + 1 :]
