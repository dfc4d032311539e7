"""The authority file ``names.toml``: what people decided about names.

::

    [[name]]
    canonical = "Hanoï"                   # required: the form to use
    aliases = ["Hà Nội", "Ha Noi"]        # spellings that are this name, whatever they look like
    kind = "place"                        # person, place, organisation, acronym
    id = "Q1858"                          # a Wikidata item

    [[never-merge]]
    names = ["Nguyễn Văn Hùng", "Nguyễn Văn Hưng"]

A canonical form also takes in the spellings compatible with it that fit no other name. An alias
belongs to one name. Names under ``never-merge`` stay apart, however compatible they are.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from .find import KINDS
from .spelling import skeleton

_KEYS = ("canonical", "aliases", "kind", "id")
_TABLES = ("name", "never-merge")
_ITEM = re.compile(r"Q[1-9][0-9]*")


class AuthorityError(ValueError):
    """An authority file that cannot be used: file, line, what was found, and what to try."""


@dataclass(frozen=True)
class Entry:
    """One name; ``kind`` and ``item`` (a Wikidata Q-number) are ``None`` where nothing is said."""

    canonical: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    item: str | None = None


@dataclass(frozen=True)
class Authority:
    """All entries, and the pairs that are never one name."""

    entries: tuple[Entry, ...] = ()
    apart: frozenset[frozenset[str]] = field(default_factory=frozenset)

    @cached_property
    def _by_spelling(self) -> Mapping[str, Entry]:
        return {key(s): e for e in self.entries for s in (*e.aliases, e.canonical)}

    @cached_property
    def _by_skeleton(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(skeleton(entry.canonical), []).append(entry)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """Of every canonical form and alias."""
        return frozenset(skeleton(s) for e in self.entries for s in (e.canonical, *e.aliases))

    def entry(self, spelling: str) -> Entry | None:
        """The entry that states this very spelling (case and apostrophe's form aside)."""
        return self._by_spelling.get(key(spelling))

    def near(self, bare: str) -> tuple[Entry, ...]:
        """The entries whose canonical form has this skeleton."""
        return self._by_skeleton.get(bare, ())

    def are_apart(self, a: str, b: str) -> bool:
        """Whether the two stand under ``never-merge``."""
        return frozenset((key(a), key(b))) in self.apart


def key(spelling: str) -> str:
    """What makes two strings the same spelling: NFC, case, white space and apostrophe aside."""
    plain = unicodedata.normalize("NFC", spelling).replace("’", "'").casefold()
    return " ".join(plain.split())


def read_authority(file: Path) -> Authority:
    """The authority file at this path. Raises ``AuthorityError``."""
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorityError(f"{file}: cannot be read: {error}") from None
    return parse_authority(source, str(file))


def parse_authority(source: str, name: str = "names.toml") -> Authority:
    """An authority file's text; ``name`` is the file's in messages. Raises ``AuthorityError``."""
    return _Reader(source, name).read()


class _Reader:
    """Reads one file and knows the line of each table for its messages."""

    def __init__(self, source: str, name: str) -> None:
        self._name = name
        self._lines = source.splitlines()
        try:
            self._data: dict[str, Any] = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            raise AuthorityError(f"{name}: not valid TOML: {error}") from None
        self._owners: dict[str, str] = {}

    def read(self) -> Authority:
        for table in self._data:
            if table not in _TABLES:
                raise self._error(
                    rf"\[*\s*[\"']?{re.escape(table)}\b",
                    0,
                    f"unknown table {table!r}",
                    f"use {_nearest(table, _TABLES)!r}",
                )
        entries = tuple(self._entry(i, row) for i, row in enumerate(self._rows("name")))
        apart: set[frozenset[str]] = set()
        for i, row in enumerate(self._rows("never-merge")):
            apart.update(self._apart(i, row))
        return Authority(entries, frozenset(apart))

    def _rows(self, table: str) -> list[dict[str, Any]]:
        rows = self._data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise self._error(
                rf"\[*\s*{table}\b", 0, f"{table!r} is no list of tables", f"write [[{table}]]"
            )
        return rows

    def _entry(self, number: int, row: Mapping[str, Any]) -> Entry:
        for name in row:
            if name not in _KEYS:
                raise self._at("name", number, name, f"unknown key {name!r}",
                               f"use {_nearest(name, _KEYS)!r}")  # fmt: skip
        canonical = row.get("canonical")
        if canonical is None:
            raise self._at("name", number, None, "a name without 'canonical'",
                           'add canonical = "…"')  # fmt: skip
        self._string(number, "canonical", canonical)
        aliases = row.get("aliases", [])
        if not isinstance(aliases, list):
            raise self._at("name", number, "aliases", f"aliases = {aliases!r}",
                           'a list: aliases = ["…"]')  # fmt: skip
        for alias in aliases:
            self._string(number, "aliases", alias)
        kind, item = row.get("kind"), row.get("id")
        if kind is not None and kind not in KINDS:
            raise self._at("name", number, "kind", f"unknown kind {kind!r}",
                           f"one of {', '.join(KINDS)}")  # fmt: skip
        if item is not None and not (isinstance(item, str) and _ITEM.fullmatch(item)):
            raise self._at("name", number, "id", f"id = {item!r}",
                           'a Wikidata item: id = "Q36014"')  # fmt: skip
        for spelling in (canonical, *aliases):
            owner = self._owners.setdefault(key(spelling), canonical)
            if key(owner) != key(canonical) or (
                spelling is canonical and any(key(e) == key(canonical) for e in self._seen)
            ):
                raise self._at("name", number, None, f"{spelling!r} is already {owner!r}",
                               "give each spelling to one name")  # fmt: skip
        self._seen.append(canonical)
        return Entry(_nfc(canonical), tuple(map(_nfc, aliases)), kind, item)

    @cached_property
    def _seen(self) -> list[str]:
        return []

    def _string(self, number: int, name: str, value: object) -> None:
        if not isinstance(value, str) or not skeleton(value) or "\n" in value:
            raise self._at("name", number, name, f"{name} holds {value!r}",
                           "a name in quotes, on one line")  # fmt: skip

    def _apart(self, number: int, row: Mapping[str, Any]) -> Iterable[frozenset[str]]:
        names = row.get("names")
        if (
            set(row) != {"names"}
            or not isinstance(names, list)
            or len({key(n) for n in names if isinstance(n, str)}) != len(names)
            or len(names) < 2
        ):
            raise self._at("never-merge", number, None, f"never-merge holds {dict(row)!r}",
                           'names = ["…", "…"], all different')  # fmt: skip
        owners = [self._owners.get(key(n)) for n in names]
        if len([o for o in owners if o]) != len({o for o in owners if o}):
            raise self._at("never-merge", number, None, f"{names!r} share an entry of [[name]]",
                           "take the alias out of that entry")  # fmt: skip
        keys = sorted(map(key, names))
        return [frozenset((a, b)) for i, a in enumerate(keys) for b in keys[i + 1 :]]

    def _at(
        self, table: str, number: int, name: str | None, found: str, hint: str
    ) -> AuthorityError:
        inside = rf"\s*[\"']?{re.escape(name)}[\"']?\s*=" if name else None
        return self._error(rf"\s*\[\[\s*{table}\s*\]\]", number, found, hint, inside)

    def _error(
        self, head: str, number: int, found: str, hint: str, inside: str | None = None
    ) -> AuthorityError:
        """The message, with the line of the ``number``-th match of ``head``, or of ``inside``."""
        heads = [i for i, line in enumerate(self._lines) if re.match(head, line)]
        line = heads[number] if number < len(heads) else 0
        if inside:
            for i in range(line, len(self._lines)):
                if re.match(inside, self._lines[i]):
                    line = i
                    break
        return AuthorityError(f"{self._name}:{line + 1}: {found}; try {hint}")


def _nearest(word: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(word, known, 1, 0.0)
    return close[0] if close else known[0]


def _nfc(spelling: str) -> str:
    return unicodedata.normalize("NFC", " ".join(spelling.split()))
