"""Spellings as letters with marks: when two of them can be one name, and which says more.

A spelling is read as a row of base letters, each with a set of marks. White space, hyphens,
apostrophes, periods and case carry nothing. The base letters alone are the *skeleton*; spellings of
different skeletons never meet. Within one skeleton the sets of marks are compared letter by letter:

>>> below("Chien", "Chiên"), below("Chiên", "Chiến")
(True, True)
>>> compatible("Hanoï", "Hà Nội")
True
>>> compatible("Hùng", "Hưng"), compatible("Chiên", "Chiền")
(False, False)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

Letter = tuple[str, frozenset[str]]
"""A base letter in lower case, and its marks (combining characters, or a name for a stroke)."""

_LATIN = [chr(c) for c in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
CAPITAL = "".join(c for c in _LATIN if c.isupper())
"""Inside a character class: the capitals of the Latin script."""
_SMALL = "".join(c for c in _LATIN if c.islower())
LETTER = "A-Za-zªµºÀ-ÖØ-öø-ɏ\u0300-\u036fͰ-ԯḀ-ỿ"
"""Inside a character class: letters, and combining marks."""

STROKE, LIGATURE, DOTLESS = "stroke", "ligature", "dotless"

_SPECIAL: dict[str, tuple[Letter, ...]] = {
    **{c: ((base, frozenset({STROKE})),) for c, base in zip("đðøłħŧƶɨ", "ddolhtzi", strict=True)},
    "ı": (("i", frozenset({DOTLESS})),),
    **{
        c: tuple((base, frozenset({LIGATURE})) for base in pair)
        for c, pair in (("æ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"), ("ĳ", "ij"))
    },
}
"""Letters that Unicode does not take apart. No letter has two readings, so ü is never "ue"."""

_SAME_MARK = {"\u0304": "\u0302", "\u0326": "\u0327"}
"""Macron is circumflex (ō, ô: Japanese long vowels); comma below is cedilla (ș, ş)."""

SEPARATORS = "-\u2010\u2011\u00ad'’‘ʼʹ`´.·\u200b"
"""Besides white space: what may stand between the letters of a name and separates no spellings."""

_BETWEEN_WORDS = re.compile(f"\\s+|[\u2010\u2011-](?=[{CAPITAL}])")
GLUED = re.compile(f"(?<=[{_SMALL}])(?=[{CAPITAL}])")
_PREFIX = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|Von)$")
_PLAIN_CAPITALS, _ACCENTED_CAPITALS = "AEIOUC", "ÀÂÁÇÉÈÊËÎÏÍÔÓÙÛÚ"
_GRAVE_OVER_CIRCUMFLEX = frozenset("\u0302\u0300")
_KEPT_GRAVE = {frozenset("\u0302"), _GRAVE_OVER_CIRCUMFLEX}
_VOWEL_MARKS = frozenset("\u0302\u0306\u031b")
"""Circumflex, breve and horn: part of a Vietnamese vowel."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_RARE_TONES = frozenset("\u0309\u0323")
_VOWELS = frozenset("aeiouy")
_PRESS = frozenset("\u0300\u0301\u0302\u0303\u0308\u030a\u0327")
"""Marks that western type has: grave, acute, circumflex, tilde, diaeresis, ring, cedilla."""


@lru_cache(maxsize=4096)
def _letters_of(character: str) -> tuple[Letter, ...]:
    """The letters of one character, case put away; nothing for a separator or a lone mark."""
    if character.isspace() or character in SEPARATORS:
        return ()
    lower = character.lower()
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    base, *signs = list(unicodedata.normalize("NFD", lower))
    if unicodedata.combining(base):
        return ()
    found = {_SAME_MARK.get(s, s) for s in signs if unicodedata.combining(s)}
    if character == "İ":  # the Turkish capital; lower() leaves its dot as a mark
        found = {"\u0307"}
    *first, (last, own) = _SPECIAL.get(base, ((base, frozenset()),))  # ǿ, ǽ: accents besides
    return (*first, (last, own | found))


class _Skeletons(dict[int, str | None]):
    """A translation table that fills itself: a character to its base letters, or to nothing."""

    def __missing__(self, code: int) -> str | None:
        letters = _letters_of(chr(code))
        self[code] = "".join(base for base, _ in letters) or None
        return self[code]


_SKELETONS = _Skeletons()


@lru_cache(maxsize=32768)
def skeleton(spelling: str) -> str:
    """The base letters of a spelling, in lower case, with nothing between them."""
    if spelling.isascii() and spelling.isalpha():
        return spelling.lower()
    return spelling.translate(_SKELETONS)


@lru_cache(maxsize=16384)
def letters(spelling: str) -> tuple[Letter, ...]:
    """The letters of a spelling with their marks, whether composed or not."""
    found: list[Letter] = []
    for character in spelling:
        if unicodedata.combining(character) and found:
            base, marks_ = found[-1]
            found[-1] = (base, marks_ | {_SAME_MARK.get(character, character)})
        else:
            found.extend(_letters_of(character))
    return tuple(found)


def marks(spelling: str) -> tuple[frozenset[str], ...]:
    """The marks of each letter of the skeleton, in order."""
    return tuple(own for _, own in letters(spelling))


def richness(spelling: str) -> int:
    """How many marks a spelling has."""
    return sum(map(len, marks(spelling)))


def below(a: str, b: str) -> bool:
    """Whether ``b`` is ``a``, or ``a`` with more marks. A partial order, up to equal marks."""
    return skeleton(a) == skeleton(b) and all(
        x <= y for x, y in zip(marks(a), marks(b), strict=True)
    )


def compatible(a: str, b: str) -> bool:
    """Whether the two can be one name: at each letter the marks of one contain the other's.

    Two exceptions, where one letter has its vowel mark in both and a tone in one alone:

    - the only difference is a grave over a circumflex (Chiên, Chiền). The press abroad keeps just
      these two marks, so who kept all else would not have lost that one;
    - the spelling without this tone writes other tones that the press has no type for (Trần Thị
      Hương, Trần Thị Hường): its writer leaves none out.

    Reflexive and symmetric, not transitive: Chiến and Chiền are both compatible with Chien.
    """
    if skeleton(a) != skeleton(b):
        return False
    mine, theirs = marks(a), marks(b)
    unlike = [(x, y) for x, y in zip(mine, theirs, strict=True) if x != y]
    if not all(x <= y or y <= x for x, y in unlike):
        return False
    if len(unlike) == 1 and set(unlike[0]) == _KEPT_GRAVE:
        return False
    return not (
        (any(_lacks_tone(x, y) for x, y in unlike) and any(map(_is_tonal, mine)))
        or (any(_lacks_tone(y, x) for x, y in unlike) and any(map(_is_tonal, theirs)))
    )


def crosses_between_words(a: str, b: str) -> bool:
    """Whether each word of one skeleton's two spellings is fuller in one of them throughout.

    Hoàng Xuan and Hoang Xuân were written by two people who each left out a mark; Lacôte and
    Lacoté are two names.
    """
    one, other = word_ends(a), word_ends(b)
    mine, theirs = marks(a), marks(b)
    at = 0
    for end in sorted(one & other):
        pairs = list(zip(mine[at:end], theirs[at:end], strict=True))
        if any(x < y for x, y in pairs) and any(y < x for x, y in pairs):
            return False
        at = end
    return True


def word_ends(spelling: str) -> set[int]:
    """Where words end, counted in letters of the skeleton."""
    return set(accumulate(len(letters(word)) for word in words(spelling)))


def _lacks_tone(own: frozenset[str], fuller: frozenset[str]) -> bool:
    """Whether a letter has its vowel mark and lacks the tone that ``fuller`` has."""
    return bool(own & _VOWEL_MARKS) and own < fuller and not own & _TONES


def _is_tonal(own: frozenset[str]) -> bool:
    """Whether a letter has a tone that western type cannot set there."""
    return bool(own & _RARE_TONES) or (
        bool(own & _VOWEL_MARKS) and bool(own & _TONES) and own != _GRAVE_OVER_CIRCUMFLEX
    )


def words(spelling: str) -> list[str]:
    """The parts of a spelling between white space and hyphens, particles included.

    What follows a hyphen in small letters is no word of its own: it may be a broken line.
    """
    return [part for part in _BETWEEN_WORDS.split(spelling) if part]


def is_glued(spelling: str) -> bool:
    """Whether a space is lost inside: ``TruongTan Sang``, but not ``MacDonald`` or ``LeBlanc``."""
    return any(
        not _PREFIX.match(spelling[: at.start()].rpartition(" ")[2].rpartition("-")[2])
        for at in GLUED.finditer(spelling)
    )


def is_capitals(spelling: str) -> bool:
    """Whether a spelling of two letters or more has no small letter."""
    return spelling.isupper() and len(skeleton(spelling)) > 1


def differ_in_style(a: str, b: str) -> bool:
    """Whether only hyphens, apostrophes, or accents that western type leaves out on capitals
    (Egypte) are different."""
    return all(
        x == y or (x in _PLAIN_CAPITALS and y in _ACCENTED_CAPITALS)
        for x, y in zip(_cased_letters(a, b), _cased_letters(b, a), strict=False)
    )


def _cased_letters(spelling: str, other: str) -> list[str]:
    """The letters of a spelling; in capitals where one of the two is a heading."""
    found = [c for c in unicodedata.normalize("NFC", spelling) if skeleton(c)]
    if spelling.isupper() or other.isupper():
        return [c.upper() for c in found]
    return found


def is_exotic(spelling: str) -> bool:
    """Whether it has a mark that a western newspaper would not put there by its own habits.

    Such a mark (ğ, ł, ơ, ẽ with a second mark, ń, ş) is the writer's care for a foreign name, where
    é, ñ or ü may tell two names of one language apart (Pérez and Perez, Côté and Cote).
    """
    return any(
        own - _PRESS
        or ("\u0301" in own and base not in _VOWELS)
        or ("\u0327" in own and base != "c")
        for base, own in letters(spelling)
    )
