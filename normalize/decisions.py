"""What people said about single edits, and how an edit is known again when the file changes.

A mark is made of rule, text before and after, and the text around, so it survives edits elsewhere
in the file and holds for every copy of the same sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from .edits import Edit

Verdict = Literal["accept", "reject"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject")

FORMAT = 1
"""Version of the file that the report page exports."""

CONTEXT = 24
"""Code points on each side that make an edit known again: about four words."""


def mark(raw: str, edit: Edit) -> str:
    """The mark of an edit (raw offsets): 16 hexadecimal digits.

    White space counts as one space each, so a paragraph may be wrapped anew.
    """
    left = raw[max(0, edit.start - CONTEXT) : edit.start]
    right = raw[edit.end : edit.end + CONTEXT]
    parts = (edit.rule, edit.before, "\0" if edit.after is None else edit.after, left, right)
    joined = "\x1f".join(" ".join(part.split()) if part != " " else part for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, order=True)
class Decision:
    """One verdict. The texts are for the people who review the lock; ``mark`` is what counts."""

    mark: str
    verdict: Verdict
    rule: str
    before: str
    after: str | None = field(compare=False)


class DecisionError(ValueError):
    """A decisions file that cannot be used; the message names the file and the entry."""


def decided_documents(file: Path) -> frozenset[str]:
    """The ids of the documents that a decisions file speaks of. Raises ``DecisionError``."""
    return frozenset(
        row["document"]
        for row in _rows(file)
        if isinstance(row, dict) and isinstance(row.get("document"), str)
    )


def read_decisions(file: Path, raw_of: Callable[[str], str | None]) -> list[Decision]:
    """The decisions that the report page exported.

    ``raw_of`` gives the raw text of a document by id. Raises ``DecisionError`` for a file of
    another form, and for an entry whose text no longer stands where it says.
    """
    return [_read_row(row, f"{file}: decision {n}", raw_of) for n, row in enumerate(_rows(file), 1)]


def _rows(file: Path) -> list[Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        rows = data["decisions"] if data["version"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DecisionError(f"{file}: not a decisions file: {error}") from None
    if not isinstance(rows, list):
        raise DecisionError(f"{file}: not a decisions file of this version")
    return rows


def _read_row(row: Any, where: str, raw_of: Callable[[str], str | None]) -> Decision:
    try:
        edit = Edit(row["start"], row["end"], row["before"], row["after"], row["rule"], 1.0, "")
        document, verdict = row["document"], row["decision"]
    except (KeyError, TypeError) as error:
        raise DecisionError(f"{where}: {error} is missing") from None
    if verdict not in VERDICTS:
        raise DecisionError(f"{where}: {verdict!r} is neither accept nor reject")
    raw = raw_of(document)
    if raw is None:
        raise DecisionError(f"{where}: there is no document {document!r} in these paths")
    if raw[edit.start : edit.end] != edit.before:
        raise DecisionError(
            f"{where}: {edit.before!r} no longer stands in {document!r}; build again and decide"
        )
    return Decision(mark(raw, edit), verdict, edit.rule, edit.before, edit.after)


@dataclass(frozen=True)
class Decisions:
    """Verdicts by mark."""

    all: tuple[Decision, ...] = ()

    @cached_property
    def verdicts(self) -> Mapping[str, Verdict]:
        return {d.mark: d.verdict for d in self.all}

    def merge(self, other: Decisions) -> Decisions:
        """Both together; where they disagree the edit is rejected."""
        best: dict[str, Decision] = {}
        for decision in sorted((*self.all, *other.all)):
            best[decision.mark] = max(best.get(decision.mark, decision), decision)
        return Decisions(tuple(best[m] for m in sorted(best)))

    def updated(self, newer: Iterable[Decision]) -> Decisions:
        """These, with ``newer`` in the place of what they said of the same edits."""
        best = {d.mark: d for d in (*self.all, *newer)}
        return Decisions(tuple(best[m] for m in sorted(best)))

    def to_lock(self) -> dict[str, Any]:
        return {
            d.mark: {"rule": d.rule, "before": d.before, "after": d.after, "verdict": d.verdict}
            for d in sorted(self.all)
        }

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> Decisions:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        found = []
        for key, row in data.items():
            if not isinstance(row, Mapping) or row.get("verdict") not in VERDICTS:
                raise ValueError(f"decisions: {key}: the verdict is neither accept nor reject")
            found.append(
                Decision(key, row["verdict"], str(row["rule"]), str(row["before"]), row["after"])
            )
        return cls(tuple(sorted(found)))
