"""The three tables of a build, row by row; ``schemas/*.yaml`` state what each column promises.

Nothing heavy is imported here: the rows are made by the pipeline, in any process, and become
Parquet, JSON lines or a data frame in :mod:`normalize.writers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from .document import Image
from .edits import Edit
from .findings import Finding, Status
from .names.rows import NameRow as NameRow
from .rules import Repair


class TableError(ValueError):
    """A file that is not a table, or a schema that is not one, in one line for a person."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One article. ``text`` is the clean text that the applied edits make of the raw text.

    ``source`` is the path below the input folder, with ``/``; ``sha256`` the digest of the raw
    bytes; ``n_chars_raw`` counts code points; ``n_edits`` counts applied edits.
    """

    id: str
    source: str
    sha256: str
    encoding: str
    lang: str
    title: str | None
    lede: str | None
    text: str
    dateline: str | None
    agency: str | None
    published: str | None
    url: str | None
    author: str | None
    images: tuple[Image, ...]
    n_words: int
    n_chars_raw: int
    n_edits: int
    n_dropped_blocks: int


@dataclass(frozen=True, slots=True)
class EditRow:
    """One edit or finding, in raw offsets. ``after`` is null where there is no repair."""

    document: str
    rule: str
    start: int
    end: int
    line: int
    column: int
    before: str
    after: str | None
    certainty: float
    repair: Repair
    status: Status
    reason: str

    def edit(self) -> Edit:
        """The edit of the row."""
        return Edit(
            self.start, self.end, self.before, self.after, self.rule, self.certainty, self.reason
        )

    @classmethod
    def of(cls, document: str, finding: Finding) -> EditRow:
        """The row of a finding in the document with this id."""
        edit = finding.edit
        return cls(
            document,
            edit.rule,
            edit.start,
            edit.end,
            finding.line,
            finding.column,
            edit.before,
            edit.after,
            edit.certainty,
            finding.repair,
            finding.status,
            edit.reason,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """One value that breaks a schema. ``row`` counts from 0; empty where the whole table fails."""

    document: str
    column: str
    check: str
    value: str
    row: int | None = None
    table: str = ""


Row = DocumentRow | EditRow | NameRow

TABLES: dict[str, type[Row]] = {"documents": DocumentRow, "edits": EditRow, "names": NameRow}
"""Row types by table name; a table's columns are the row's fields, in their order."""


_FIELDS = {row: tuple(field.name for field in fields(row)) for row in TABLES.values()}


def columns(table: str) -> tuple[str, ...]:
    """The column names of a table, in order."""
    return _FIELDS[TABLES[table]]


def from_plain(table: str, data: Mapping[str, Any]) -> Row:
    """The row that ``plain`` made this data of. Raises ``ValueError`` for data of no such row."""
    values = dict(data)
    if isinstance(values.get("documents"), list):
        values["documents"] = tuple(values["documents"])
    try:
        if isinstance(values.get("images"), list):
            values["images"] = tuple(Image(**image) for image in values["images"])
        return TABLES[table](**values)
    except TypeError as error:
        raise ValueError(f"not a row of {table}: {error}") from error


def plain(row: Row) -> dict[str, Any]:
    """A row as plain data: dicts, lists, strings and numbers."""
    data = {name: getattr(row, name) for name in _FIELDS[type(row)]}
    for name, value in data.items():
        if isinstance(value, tuple):
            data[name] = [asdict(v) if isinstance(v, Image) else v for v in value]
    return data
