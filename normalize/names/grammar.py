"""How names look: the ``[names]`` tables of the language files, compiled once for each language.

What says how Vietnamese and Japanese names are built, and the lists of places, serve every
language; titles, particles and the words that open a sentence are those of the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..language import available, load
from .spelling import CAPITAL, LETTER, skeleton

TITLE, BEFORE_PLACE, OF, OTHER = "title", "before a place", "of", "other"
_REST = f"[{LETTER}]*(?:['’][{LETTER}]+)*(?:[-‐‑][{LETTER}]+(?:['’][{LETTER}]+)*)*"
_DOTS = f"\\.(?:[{CAPITAL}]\\.){{0,3}}(?=[ \u00a0]?[{CAPITAL}])"
WORD = f"[{CAPITAL}](?:{_DOTS}|{_REST})"
"""A capitalised word, or initials before one."""
SMALL_WORD = f"[ \u00a0]([{LETTER}]{{2,12}})"
"""Behind a name, when it is in small letters, it may be the rest of it: Xi Jin ping."""
_SPACE = "[ \u00a0\u202f]"
_ARABIC = "(?:al|el|ad|ar|as|an|ash|at)-"
_ALONE = f"(?<![{LETTER}\\d_@#/\\\\&=].)(?<![{LETTER}][-‐‑].)"
_UNGLUED = "(?<=[a-zà-ÿ][a-zà-ÿ][a-zà-ÿ].)"
"""Looked for after the first capital, so that the search can run from capital to capital. A name
starts after no letter (nor "vice-"), or after three small ones that were glued to it."""


@dataclass(frozen=True, eq=False)
class Structure:
    """What serves every language: how Vietnamese and Japanese names are built, and places."""

    given_names: frozenset[str]
    known_places: frozenset[str]
    organisation_words: frozenset[str]
    family_names: frozenset[str]
    vietnamese: re.Pattern[str]
    japanese: re.Pattern[str]

    def is_vietnamese(self, words: list[str]) -> bool:
        """Whether words (skeletons) are two to five syllables that start with a family name."""
        return (
            1 < len(words) < 6
            and words[0] in self.family_names
            and all(map(self.vietnamese.fullmatch, words))
        )

    def is_japanese(self, words: list[str]) -> bool:
        """Whether words (skeletons) are a family and a given name of Japanese syllables."""
        return (
            len(words) == 2
            and all(len(w) > 2 for w in words)
            and all(map(self.japanese.fullmatch, words))
        )


@lru_cache
def structure() -> Structure:
    """Gathered from all language files."""
    tables = [load(code).table("names") for code in available()]

    def gathered(key: str) -> frozenset[str]:
        return frozenset(skeleton(i) for table in tables for i in _items(table.get(key, "")))

    onset, rime = _either(gathered("onsets")), _either(gathered("rimes"))
    return Structure(
        given_names=gathered("given_names"),
        known_places=gathered("known_places"),
        organisation_words=gathered("organisation_words"),
        family_names=gathered("family_names"),
        vietnamese=re.compile(f"(?:{onset})?(?:{rime})"),
        japanese=re.compile(f"(?:{_either(gathered('syllables'))})+"),
    )


@dataclass(frozen=True, eq=False)
class Grammar:
    """Word lists are sets of skeletons unless said otherwise.

    ``run`` matches a row of capitalised words with the particles between them, which is its first
    group; the second is a word behind it that may be its rest. ``piece`` matches one word of a row.
    ``fronts`` tells what a word in front of a name, in small letters, says of it: ``TITLE``,
    ``BEFORE_PLACE``, ``OF``, or ``OTHER`` for a word that no title reaches over. ``calendar``:
    months and days of the week. ``function_words`` are as written. ``joined`` matches what stands
    between two people named together: Martin Muller, de Bâle, et Martin Müller.
    """

    run: re.Pattern[str]
    piece: re.Pattern[str]
    starters: frozenset[str]
    elisions: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    weak_particles: frozenset[str]
    fronts: dict[str, str]
    place_nouns: frozenset[str]
    place_heads: frozenset[str]
    place_words: frozenset[str]
    places: frozenset[str]
    calendar: frozenset[str]
    function_words: frozenset[str]
    joined: re.Pattern[str] | None
    structure: Structure


@lru_cache
def grammar_of(code: str) -> Grammar:
    """The grammar of names for texts in one language."""
    own, common = load(code).table("names"), load(code).table("words")

    def listed(key: str) -> frozenset[str]:
        return frozenset(map(skeleton, _items(own.get(key, ""))))

    particles, weak = _items(own.get("particles", "")), _items(own.get("weak_particles", ""))
    joiner = "|".join(sorted({*particles, *weak}, key=lambda p: (-len(p), p)))
    between = f"(?:(?:{joiner}){_SPACE}){{0,3}}" if joiner else ""
    word = f"(?:{_ARABIC}|d['’])?{WORD}"
    first = f"[{CAPITAL}](?:{_ALONE}|{_UNGLUED})(?:{_DOTS}|{_REST})"
    run = f"{first}(?:(?:{_SPACE}{{1,2}}{between}|(?<=\\.)){word})*(?![\\d_@])"
    return Grammar(
        run=re.compile(f"({run})(?:(?={SMALL_WORD})|)"),
        piece=re.compile(f"{word}|[^{_SPACE[1:-1]}]+"),
        starters=listed("starters"),
        elisions=listed("elisions"),
        titles=listed("titles"),
        particles=frozenset(map(skeleton, particles)),
        weak_particles=frozenset(map(skeleton, weak)),
        fronts=_fronts(own),
        place_nouns=listed("place_nouns"),
        place_heads=listed("place_heads"),
        place_words=listed("place_words"),
        places=listed("places") | structure().known_places,
        joined=_joined(_items(own.get("joiners", ""))),
        function_words=frozenset(common.get("function_words", ())),
        calendar=frozenset(
            skeleton(word) for key in ("months", "weekdays") for word in common.get(key, ())
        ),
        structure=structure(),
    )


def _joined(joiners: list[str]) -> re.Pattern[str] | None:
    if not joiners:
        return None
    aside = r"(?:,[^,.;:!?\n]{1,60},|[ \u00a0]\([^()\n]{1,60}\),?)?"
    return re.compile(
        f"{aside}{_SPACE}(?:{_either(joiners)}){_SPACE}(?:[^\\W\\d_]+\\.?{_SPACE}){{0,2}}"
    )


def _fronts(own: Mapping[str, Any]) -> dict[str, str]:
    fronts: dict[str, str] = {}
    for role, key in ((OTHER, "starters"), (TITLE, "titles"), (BEFORE_PLACE, "before_places")):
        for word in _items(own.get(key, "")):
            fronts[word] = role
            if role == TITLE:
                fronts[f"{word}."] = fronts[skeleton(word)] = role
    return fronts | dict.fromkeys(("de", "of"), OF)


def _items(words: object) -> list[str]:
    """A list kept as one string; ``_`` stands for a space inside an item."""
    return [word.replace("_", " ") for word in str(words).split()]


def _either(choices: Iterable[str]) -> str:
    return "|".join(sorted(choices, key=lambda c: (-len(c), c)))
