"""Names with a capital inside, as data: ``brands.toml``, read when the first such token is met."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..language import load


@dataclass(frozen=True, slots=True)
class Brands:
    """``names`` are exact spellings, ``parts`` lower-case pieces that brands are made with."""

    names: frozenset[str]
    parts: frozenset[str]


@lru_cache
def brands() -> Brands:
    """The names that the package ships."""
    text = (files(__package__) / "brands.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Brands(frozenset(tables["names"].split()), frozenset(tables["parts"].split()))


def pieces(surface: str) -> list[str]:
    """The parts of a run of letters that its capitals mark: ``JP|Morgan|Chase``, ``Chat|GPT``."""
    size = len(surface)
    cuts = [
        at
        for at in range(1, size)
        if surface[at].isupper()
        and (
            surface[at - 1].islower()
            or (surface[at - 1].isupper() and surface[at + 1 : at + 2].islower())
        )
    ]
    ends = [*cuts, size]
    return [surface[start:end] for start, end in zip([0, *cuts], ends, strict=True)]


def are_syllables(words: list[str]) -> bool:
    """Whether lower-case words all read as Vietnamese syllables, or all as Japanese ones."""
    folded = [_bare(word) for word in words]
    return any(all(map(pattern.fullmatch, folded)) for pattern in _syllables())


def _bare(word: str) -> str:
    marked = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@lru_cache
def _syllables() -> tuple[re.Pattern[str], ...]:
    tables = (load(code).table("words") for code in ROMANISED)
    return tuple(re.compile(table["name_syllables"], re.VERBOSE) for table in tables)


ROMANISED = ("vi", "ja")
"""Languages whose names other languages' news is full of, syllable by syllable."""
