"""What reports show of a build, taken in as documents come, so that little is left for its end."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from ..tables import DocumentRow, EditRow, Failure
from .codes import is_layout
from .data import Certainties, Names, ReportData, Shown, Totals
from .diff import Segment, segments
from .page import payload
from .summary import CHARACTERS, changes

SHOWN_DOCUMENTS, SHOWN_CHARACTERS = 2000, 20_000_000
"""Documents of the report; of a larger build, the first that have changes are shown."""


class Sample:
    """The documents that a report shows: all, or the first that have changes, to a bound."""

    def __init__(self) -> None:
        self._documents: list[Shown] = []
        self._certainties = Certainties()
        self._characters = 0
        self._whole = True
        self._room = CHARACTERS

    def add(self, row: DocumentRow, edits: Sequence[EditRow]) -> None:
        """Take in a document while there is room for it."""
        if self._whole and self._is_full(row):
            self._whole = False
            self._documents = [d for d in self._documents if d.has_edits]
            self._characters = sum(d.n_chars_raw for d in self._documents)
        if not self._is_full(row) and (self._whole or edits):
            self._documents.append(self._shown(row, edits))
            self._certainties.add(edits)
            self._characters += row.n_chars_raw

    def _is_full(self, row: DocumentRow) -> bool:
        return (
            len(self._documents) >= SHOWN_DOCUMENTS
            or self._characters + row.n_chars_raw > SHOWN_CHARACTERS
        )

    def _shown(self, row: DocumentRow, edits: Sequence[EditRow]) -> Shown:
        diff = segments(row.text, edits)
        data = payload(row, edits, diff).encode()
        left = sum(e.status != "applied" for e in edits)
        applied = sum(e.status == "applied" and not is_layout(e.rule) for e in edits)
        return Shown(
            id=row.id,
            lang=row.lang,
            title=row.title,
            heading=row.title or row.lede or "",
            n_words=row.n_words,
            n_chars_raw=row.n_chars_raw,
            n_dropped_blocks=row.n_dropped_blocks,
            has_edits=bool(edits),
            applied=applied,
            left=left,
            dropped=sum(len(s.before) for s in diff if s.kind == "drop"),
            packed=zlib.compress(data, 1),
            size=len(data),
            changes=self._changes(diff, edits) if applied or left else (),
        )

    def _changes(self, diff: Sequence[Segment], edits: Sequence[EditRow]) -> Sequence[str] | None:
        """The lines of a document, as long as there is room for all of them."""
        if self._room < 0:
            return None
        lines = list(changes(diff, edits))
        self._room -= sum(map(len, lines))
        return lines if self._room >= 0 else None

    def report(
        self, names: Names, failures: Sequence[Failure], totals: Totals, *, title: str = "corpus"
    ) -> ReportData:
        """What the reports say of the build, which ``totals`` count."""
        return ReportData(title, self._documents, names, failures, totals, self._certainties)
