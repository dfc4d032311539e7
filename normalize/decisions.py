"""What people said about single edits, and how an edit is known again when the file changes.

A mark is made of rule, text before and after, and the text around, so it survives edits elsewhere
in the file and holds for every copy of the same sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from .edits import Edit

Verdict = Literal["accept", "reject"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject")

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
    """A decisions file that cannot be used."""


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
