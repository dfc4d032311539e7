"""The cases of the rules: ``tests/cases/*.json``, one file for each family.

A case: ``name``, ``kind`` (real, synthetic, negative, known failure), ``lang``, ``text``, and

- ``clean``: the text after all safe repairs of the selected rules (by default ``text``),
- ``finds``: the codes of all rules that must fire, sorted, each once,
- ``silent``: in negatives, the rules that the case guards,
- ``select``: the codes or prefixes that run (by default the families of the file),
- ``lock``: corpus evidence, as ``Evidence.to_lock`` gives it.

A known failure states what should happen, and is expected not to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import normalize
from normalize.evidence import Evidence

FOLDER = Path(__file__).parent / "cases"

FAMILIES = {
    "encoding": ("ENC",),
    "spacing": ("SPC",),
    "run_together": ("RUN",),
    "split_words": ("SPL",),
    "boilerplate": ("BOI",),
    "teasers": ("TSR",),
    "duplicates": ("DUP",),
    "names": ("NAM",),
    "suspects": ("SUS",),
    "layout": ("LAY",),
}
"""File of cases -> the families whose cases it holds."""

KINDS = ("real", "synthetic", "negative", "known failure")


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    kind: str
    lang: str
    text: str
    clean: str
    finds: tuple[str, ...]
    silent: tuple[str, ...]
    select: tuple[str, ...]
    lock: dict[str, Any] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    def run(self) -> normalize.pipeline.Cleaned:  # type: ignore[name-defined]
        return normalize.clean(
            self.text,
            self.lang,
            select=self.select,
            evidence=Evidence.from_lock(self.lock),
            layout=self.file == "layout",
        )


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of every file, in order."""
    return tuple(case for file in sorted(FOLDER.glob("*.json")) for case in _read(file))


def _read(file: Path) -> list[Case]:
    data = json.loads(file.read_text(encoding="utf-8"))
    return [
        Case(
            file.stem,
            d["name"],
            d["kind"],
            d["lang"],
            d["text"],
            d.get("clean", d["text"]),
            tuple(d["finds"]),
            tuple(d.get("silent", ())),
            tuple(d.get("select", FAMILIES[file.stem])),
            d.get("lock", {}),
        )
        for d in data
    ]
