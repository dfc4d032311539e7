"""A build as its reports see it: totals, what is shown of documents and names, schema failures."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..tables import EditRow, Failure, NameRow
from .codes import is_layout, rule_of
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
    """Counts of a build, document by document.

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


BINS = 10
"""Bins of the certainty histogram, each a tenth wide."""


@dataclass
class Certainties:
    """How many edits, layout aside, were applied and left alone in each bin of certainty."""

    applied: list[int] = field(default_factory=lambda: [0] * BINS)
    left: list[int] = field(default_factory=lambda: [0] * BINS)

    def add(self, edits: Sequence[EditRow]) -> None:
        """Count one document."""
        for edit in edits:
            if not is_layout(edit.rule):
                at = min(BINS - 1, max(0, int(edit.certainty * BINS)))
                (self.applied if edit.status == "applied" else self.left)[at] += 1


@dataclass(frozen=True, slots=True)
class Shown:
    """One document as reports show it.

    ``applied`` counts edits, layout aside, ``left`` findings left alone, ``dropped`` code points
    of dropped blocks. ``packed`` is what its element in the page holds, ``size`` bytes of it
    unpacked. ``changes`` are lines of Markdown; ``None`` where there was no room for them.
    """

    id: str
    lang: str
    title: str | None
    heading: str
    n_words: int
    n_chars_raw: int
    n_dropped_blocks: int
    has_edits: bool
    applied: int
    left: int
    dropped: int
    packed: bytes
    size: int
    changes: Sequence[str] | None

    @property
    def payload(self) -> str:
        """The JSON of its element in the page."""
        return zlib.decompress(self.packed).decode()

    @property
    def is_changed(self) -> bool:
        """Whether there is an edit or a finding, layout aside."""
        return self.applied + self.left > 0


SHOWN_NAMES = 3_000
"""Names in the names table of the page; the build's own table has all."""

MARKDOWN_ROWS = 300
"""Rows of one Markdown table; ``report.html`` and the tables of the build have all of them."""

SHOWN_IDS = 12
"""Documents listed for a spelling."""


@dataclass(frozen=True, slots=True)
class ShownName:
    """One spelling as reports show it, with the first of its documents."""

    canonical: str
    spelling: str
    kind: str
    count: int
    status: str
    reason: str
    documents: tuple[str, ...]
    n_documents: int

    @classmethod
    def of(cls, row: NameRow) -> ShownName:
        """What is shown of a row of the names table."""
        shown = (row.canonical, row.spelling, row.kind, row.count, row.status, row.reason)
        return cls(*shown, row.documents[:SHOWN_IDS], len(row.documents))


@dataclass(frozen=True)
class Names:
    """What reports show of the names table; ``count`` counts its names.

    ``shown`` are those that the page has room for. ``several`` are the first of the
    ``n_several`` that have several spellings, each with the number of its documents.
    """

    count: int = 0
    shown: Sequence[Sequence[ShownName]] = ()
    several: Sequence[tuple[Sequence[ShownName], int]] = ()
    n_several: int = 0

    @classmethod
    def of(cls, rows: Sequence[NameRow]) -> Names:
        """What is shown of all rows, which stand in the table's order."""
        found: dict[tuple[str, str], list[NameRow]] = {}
        for row in rows:
            found.setdefault((row.canonical, row.kind), []).append(row)
        names = list(found.values())

        def rank(at: int) -> tuple[bool, int, int]:
            return len(names[at]) == 1, -sum(row.count for row in names[at]), at

        best = sorted(range(len(names)), key=rank)[:SHOWN_NAMES]
        several = [those for those in names if len(those) > 1]
        return cls(
            len(names),
            [list(map(ShownName.of, names[at])) for at in sorted(best)],
            [
                (list(map(ShownName.of, those)), len({d for row in those for d in row.documents}))
                for those in several[:MARKDOWN_ROWS]
            ],
            len(several),
        )


@dataclass(frozen=True)
class ReportData:
    """The input of every report. ``totals`` count the whole build; ``documents`` may be a part."""

    title: str
    documents: Sequence[Shown]
    names: Names
    failures: Sequence[Failure]
    totals: Totals
    certainties: Certainties

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

    @property
    def dropped(self) -> int:
        """Code points of the dropped blocks of the documents shown."""
        return sum(document.dropped for document in self.documents)
