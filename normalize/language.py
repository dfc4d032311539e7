"""Languages as data: ``languages/XX.toml``, one file for each, read when first needed.

A file has a table for each part of the tool (``[words]``, ``[article]``, ``[names]``). Parts read
their own table and compile it as they like; nothing here knows what is in it. Adding a language
is adding a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


class UnknownLanguage(ValueError):
    """No ``languages/XX.toml`` for this code."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language file, loaded once: its code (ISO 639-1), its own name, and its tables."""

    code: str
    name: str
    tables: Mapping[str, Mapping[str, Any]]

    def table(self, part: str) -> Mapping[str, Any]:
        """The table of one part; empty when the file has none."""
        return self.tables.get(part, {})


@lru_cache
def available() -> tuple[str, ...]:
    """Codes of all language files, sorted."""
    folder = files("normalize") / "languages"
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


@lru_cache
def load(code: str) -> Language:
    """Read one language file. Raises ``UnknownLanguage``."""
    if code not in available():
        raise UnknownLanguage(f"no language file for {code!r}; there are {', '.join(available())}")
    text = (files("normalize") / "languages" / f"{code}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Language(code, str(tables.pop("name")), tables)
