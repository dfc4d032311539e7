"""The ``[words]`` table of a language file, compiled: closed classes and typography."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..language import Language

APOSTROPHES = "'’ʼ"
HYPHENS = "-‐‑"
LETTER = "[A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ]"
"""Pattern of a letter that is read as part of a word: Latin script, no raised digits or signs."""


def lowered(surface: str) -> str:
    """Lower case, letter by letter: as long as ``surface``, whatever its letters."""
    lower = surface.lower()
    if len(lower) != len(surface):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in surface)
    return lower


def case_changes(surface: str) -> list[int]:
    """The places where a capital stands behind a small letter."""
    if surface.islower():
        return []
    return [
        place
        for place in range(1, len(surface))
        if surface[place].isupper() and surface[place - 1].islower()
    ]


@dataclass(frozen=True)
class Forms:
    """Closed classes of one language, lower case, without apostrophes or full stops."""

    function_words: frozenset[str]
    letters: frozenset[str]
    """Words of one letter."""
    capital_letters: frozenset[str]
    """Those of them that are always written as capitals: English ``I``."""
    elisions: frozenset[str]
    """Forms that stand before an apostrophe: ``l``, ``qu``, ``jusqu``."""
    clitics: frozenset[str]
    """Forms that stand behind one: ``s``, ``ll``, ``t``."""
    months: frozenset[str]
    units: frozenset[str]
    ordinals: frozenset[str]
    """What makes an ordinal of a number: ``e``, ``er``, ``th``."""
    abbreviations: frozenset[str]
    titles: frozenset[str]
    addresses: frozenset[str]
    """Abbreviated titles, in their own case: ``M``, ``Mme``, ``Sr``."""
    number_words: frozenset[str]
    particles: frozenset[str]
    """Little words inside names: ``de``, ``van``, ``mc``."""
    agencies: frozenset[str]
    prefixes: frozenset[str]
    suffixes: frozenset[str]
    longest_affix: int
    thousands: str
    """The mark that groups the digits of a number, where the language has one."""
    set_off: frozenset[str]
    """Marks that the language sets off from a number: ``%``."""
    spaced: frozenset[str]
    """Closing marks that the language sets off with a space: French ``;:!?»``."""


@lru_cache
def forms(language: Language) -> Forms:
    """The closed classes of a language; a missing list is empty."""
    table: Mapping[str, Any] = language.table("words")

    def words(key: str) -> frozenset[str]:
        return frozenset(w.lower().strip(APOSTROPHES + ".") for w in table.get(key, ()))

    prefixes, suffixes = words("prefixes"), words("suffixes")
    typography = table.get("typography", {})
    return Forms(
        function_words=words("function_words"),
        letters=words("one_letter_words"),
        capital_letters=frozenset(
            w.lower() for w in table.get("one_letter_words", ()) if w.isupper()
        ),
        elisions=words("elisions"),
        clitics=words("clitics"),
        months=words("months"),
        units=frozenset(table.get("units", ())),
        ordinals=words("ordinals"),
        abbreviations=words("abbreviations"),
        titles=words("titles"),
        addresses=frozenset(table.get("addresses", ())),
        number_words=words("number_words"),
        particles=words("particles"),
        agencies=words("agencies"),
        prefixes=prefixes,
        suffixes=suffixes,
        longest_affix=max(map(len, prefixes | suffixes), default=0),
        thousands=typography.get("thousands", ""),
        set_off=frozenset(typography.get("space_after_number", ())),
        spaced=frozenset("".join(typography.get("space_before", ()))),
    )
