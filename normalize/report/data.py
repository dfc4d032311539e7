"""A build as its reports see it: the three tables and what validation found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass
class Totals:
    """Counts of a build, document by document, for one that is too large to be shown whole.

    Each counter is by rule; ``documents`` are those that have an edit of it.
    """

    n_documents: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    applied: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)

    def add(self, edits: Sequence[EditRow]) -> None:
        """Count one document."""
        self.n_documents += 1
        self.edits.update(e.rule for e in edits)
        self.applied.update(e.rule for e in edits if e.status == "applied")
        self.documents.update({e.rule for e in edits})


@dataclass(frozen=True)
class ReportData:
    """The input of every report. Edits stand in document order, then in text order.

    Where ``whole`` is given, ``documents`` and ``edits`` are a part of the build, and ``whole``
    counts all of it.
    """

    title: str
    documents: Sequence[DocumentRow]
    edits: Sequence[EditRow]
    names: Sequence[NameRow]
    failures: Sequence[Failure] = ()
    whole: Totals | None = None

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
        found = []
        whole = self.totals
        for code in sorted(by_frequency(whole.edits), key=is_layout):
            rule = rule_of(code)
            name, summary = (rule.name.replace("-", " "), rule.summary) if rule else ("", "")
            count, left = whole.applied[code], whole.edits[code] - whole.applied[code]
            documents = whole.documents[code]
            found.append(RuleTotal(code, name, summary, count, left, documents, is_layout(code)))
        return found

    @cached_property
    def totals(self) -> Totals:
        """Counts of the whole build."""
        if self.whole is not None:
            return self.whole
        totals = Totals()
        for edits in self.edits_of.values():
            totals.add(edits)
        return totals

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
