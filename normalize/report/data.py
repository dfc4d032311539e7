"""A build as its reports see it: the three tables and what validation found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..tables import DocumentRow, EditRow, Failure, NameRow
from .diff import Segment, segments
from .formats import by_frequency, rule_of


@dataclass(frozen=True)
class RuleTotal:
    """What one rule did in a build."""

    code: str
    name: str
    summary: str
    applied: int
    reported: int
    documents: int


@dataclass(frozen=True)
class ReportData:
    """The input of every report. Edits stand in document order, then in text order."""

    title: str
    documents: Sequence[DocumentRow]
    edits: Sequence[EditRow]
    names: Sequence[NameRow]
    failures: Sequence[Failure] = ()

    @cached_property
    def edits_of(self) -> dict[str, list[EditRow]]:
        """The edits of each document, by id, in text order; every document has its list."""
        found: dict[str, list[EditRow]] = {row.id: [] for row in self.documents}
        for edit in self.edits:
            if edit.document in found:
                found[edit.document].append(edit)
        return found

    @cached_property
    def diff_of(self) -> dict[str, list[Segment]]:
        """The word diff of each document, by id."""
        return {row.id: segments(row.text, self.edits_of[row.id]) for row in self.documents}

    @cached_property
    def dropped_of(self) -> dict[str, int]:
        """Code points of the blocks dropped from each document, by id."""
        return {
            name: sum(len(s.before) for s in diff if s.kind == "drop")
            for name, diff in self.diff_of.items()
        }

    @cached_property
    def rules(self) -> list[RuleTotal]:
        """Totals by rule, most frequent first."""
        total: Counter[str] = Counter()
        applied: Counter[str] = Counter()
        documents: dict[str, set[str]] = defaultdict(set)
        for edit in self.edits:
            total[edit.rule] += 1
            applied[edit.rule] += edit.status == "applied"
            documents[edit.rule].add(edit.document)
        found = []
        for code in by_frequency(total):
            rule = rule_of(code)
            name, summary = (rule.name.replace("-", " "), rule.summary) if rule else ("", "")
            count = applied[code]
            found.append(
                RuleTotal(code, name, summary, count, total[code] - count, len(documents[code]))
            )
        return found

    @property
    def n_applied(self) -> int:
        return sum(rule.applied for rule in self.rules)

    @property
    def n_reported(self) -> int:
        return sum(rule.reported for rule in self.rules)
