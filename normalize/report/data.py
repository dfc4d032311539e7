"""A build as its reports see it: the three tables and what validation found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..tables import DocumentRow, EditRow, Failure, NameRow
from .codes import is_layout, rule_of
from .diff import Segment, segments
from .formats import by_frequency


@dataclass(frozen=True)
class RuleTotal:
    """What one rule did in a build; ``layout`` marks edits that mend no defect."""

    code: str
    name: str
    summary: str
    applied: int
    reported: int
    documents: int
    layout: bool


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
        """Totals by rule, most frequent first, those of layout last."""
        total: Counter[str] = Counter()
        applied: Counter[str] = Counter()
        documents: dict[str, set[str]] = defaultdict(set)
        for edit in self.edits:
            total[edit.rule] += 1
            applied[edit.rule] += edit.status == "applied"
            documents[edit.rule].add(edit.document)
        found = []
        for code in sorted(by_frequency(total), key=is_layout):
            rule = rule_of(code)
            name, summary = (rule.name.replace("-", " "), rule.summary) if rule else ("", "")
            count, left = applied[code], total[code] - applied[code]
            found.append(
                RuleTotal(code, name, summary, count, left, len(documents[code]), is_layout(code))
            )
        return found

    @cached_property
    def counts_of(self) -> dict[str, tuple[int, int]]:
        """Edits applied, layout aside, and findings left alone, by document id."""
        return {
            name: (
                sum(e.status == "applied" and not is_layout(e.rule) for e in edits),
                sum(e.status != "applied" for e in edits),
            )
            for name, edits in self.edits_of.items()
        }

    @property
    def n_applied(self) -> int:
        """Edits applied, layout aside."""
        return sum(rule.applied for rule in self.rules if not rule.layout)

    @property
    def n_layout(self) -> int:
        """Edits that only bring text into the form of the corpus."""
        return sum(rule.applied for rule in self.rules if rule.layout)

    @property
    def n_reported(self) -> int:
        """Findings left alone."""
        return sum(rule.reported for rule in self.rules)
