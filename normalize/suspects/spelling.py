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
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from .. import lexicon
from ..language import Language
from .suspect import Suspect

SHORTEST = 6
"""Letters of a word that is judged; shorter ones are one slip away from too many words."""

LONGEST = 30
"""Letters of a word that is judged; longer runs are no words, and their slips are beyond number."""

LONGEST_TOKEN = 80
"""Code points between two spaces; longer ones are addresses and data."""

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

MOST_UNKNOWN = 0.05
"""Unknown words among all beyond which the text is in another language, or noise: what
is one slip away from a word is then so by chance."""

FEW_UNKNOWN = 200
"""Unknown words that any text may have, and the most that a short one is searched for."""

MOST_SUSPECT = 0.02
"""Suspects among all words beyond which the text has another orthography (no accents)."""

FEW_SUSPECT = 3
"""Suspects that any text may have."""

CACHE = 1 << 17
"""Tokens remembered before the memory is emptied: some 15 MB."""

NEAR = 60
"""Code points on either side in which two strange words make a foreign phrase."""

_KNOWN = lexicon.VALID | lexicon.NAME
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_LETTERS = "abcdefghijklmnopqrstuvwxyzàáâäçèéêëìíîïñòóôöùúûüœæ"
_MARKED = {"a": "áà", "c": "ç", "e": "éè", "i": "í", "n": "ñ", "o": "ó", "u": "ú"}
_TIED = re.compile(r"(?:[\w@#./&‑-]|[«“\"‘]\s?)\Z")
_TIES = frozenset("-‑/@_")


def typing_errors(
    text: str,
    types: AbstractSet[str],
    n_tokens: int,
    language: Language,
    accepted: Callable[[str], bool] = lambda word: False,
) -> list[Suspect]:
    """Probable errors of ``text``; none where its language has no lexicon.

    ``types`` are the token types of the text, which has ``n_tokens`` tokens; those may be left out
    that are one word of a dictionary. ``accepted`` says of a word in small letters whether the
    corpus is known to use it.
    """
    if language.code not in lexicon.available():
        return []
    unknown = _unknown_in(language.code).among(types)
    if len(unknown) > max(FEW_UNKNOWN, MOST_UNKNOWN * n_tokens):
        return []
    meant = {word: other for word in unknown if (other := _meant(word, language)) is not None}
    if not meant or len(meant) > max(FEW_SUSPECT, MOST_SUSPECT * n_tokens):
        return []
    counts = Counter(_LONG_WORD.findall(text))
    judged = {
        word: other
        for word, other in meant.items()
        if counts[word] <= MOST_REPEATED and not counts[word.capitalize()] and not accepted(word)
    }
    return list(_places(text, judged, language))


def _places(text: str, meant: Mapping[str, str], language: Language) -> Iterator[Suspect]:
    """Where the words of ``meant`` stand free, among words of the language."""
    for found in _LONG_WORD.finditer(text):
        word, (start, end) = found[0], found.span()
        if (
            word not in meant
            or _TIED.search(text[max(0, start - 2) : start])
            or text[end : end + 1].isalnum()
            or text[end : end + 1] in _TIES
        ):
            continue
        around = _WORD.findall(text[max(0, start - NEAR) : end + NEAR])[1:-1]
        if sum(_is_strange(neighbour, language) for neighbour in around) < 2:
            yield Suspect(start, end, f"typing error? “{meant[word]}” is one slip away", 0.85)


@cache
def _unknown_in(code: str) -> _Unknown:
    return _Unknown(lexicon.load(code))


class _Unknown:
    """The first test, which nearly every token passes at the cost of one look-up."""

    def __init__(self, words: lexicon.Lexicon) -> None:
        self._words = words
        self._sound: set[str] = set()

    def among(self, types: AbstractSet[str]) -> set[str]:
        """The long words of token types, in small letters, that the language lacks."""
        found: set[str] = set()
        sound: list[str] = []
        entry = self._words.entry
        for token in types - self._sound:
            if len(token) < SHORTEST:
                words = []
            elif token.isalpha():  # one word, as most tokens that are new
                words = [token]
            elif len(token) <= LONGEST_TOKEN:
                words = _LONG_WORD.findall(token)
            else:
                continue
            unknown = False
            for word in words:
                if len(word) <= LONGEST and word.islower():
                    known = entry(word)
                    if known is None or not known[1] & _KNOWN:
                        unknown = True
                        found.add(word)
            if not unknown:
                sound.append(token)
        if len(self._sound) + len(sound) > CACHE:
            self._sound.clear()
        self._sound.update(sound[:CACHE])
        return found


def _is_strange(word: str, language: Language) -> bool:
    """Whether a word in small letters is neither known nor a slip in a known one."""
    return (
        len(word) > 3
        and word.islower()
        and word not in lexicon.load(language.code)
        and (len(word) < SHORTEST or len(word) > LONGEST or _meant(word, language) is None)
    )


@lru_cache(maxsize=65536)
def _meant(word: str, language: Language) -> str | None:
    """The one frequent word that is a slip away from ``word``, which the language lacks."""
    words = lexicon.load(language.code)
    if _is_derived(word, language) or _is_known_elsewhere(word, language):
        return None
    slips = _slips(word) if words.frequency(word) < KNOWN else _missing_marks(word)
    known = filter(words.words.__contains__, slips)
    ranked = sorted(
        ((words.frequency(slip), slip) for slip in known if words.is_valid(slip)), reverse=True
    )
    if not ranked or ranked[0][0] < max(FREQUENT, MARGIN + max(words.frequency(word), UNSEEN)):
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - LEAD:
        return None
    return ranked[0][1]


def _is_known_elsewhere(word: str, language: Language) -> bool:
    """Whether the word is valid or used in another language."""
    return any(
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


def _slips(word: str) -> set[str]:
    """Every string one slip away, with the first letter and the ending as they are."""
    end = len(word) - ENDING
    found: set[str] = set()
    for i in range(1, end + 1):
        head, tail, beyond = word[:i], word[i:], word[i + 1 :]
        found.update([head + letter + tail for letter in _LETTERS])
        if i < end:
            found.update([head + letter + beyond for letter in _LETTERS], [head + beyond])
        if i + 1 < end:
            found.add(head + tail[1] + tail[0] + tail[2:])
    return found


def _missing_marks(word: str) -> set[str]:
    """Every string with one mark more; circumflexes, which a reform made optional, left out."""
    return {
        word[:i] + marked + word[i + 1 :]
        for i, letter in enumerate(word)
        for marked in _MARKED.get(letter, "")
    }
