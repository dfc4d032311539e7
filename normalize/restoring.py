"""A build on disk, read again: its tables, its findings, its raw files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from .corpus import restore_document
from .edits import undo
from .filing import CHUNK_DOCUMENTS
from .findings import FileFindings, Finding
from .manifests import MANIFEST, read_manifest
from .pipeline import LAYOUT_FAMILY
from .readers import InputError, is_below
from .records import Digests, digest_of
from .report.data import Names, ReportData, Totals
from .report.sample import Sample
from .tables import DocumentRow, EditRow, Failure, NameRow, columns, from_plain
from .validation import validate_documents, validate_names
from .writers import OutputError, frame, write_atomic


def read_build(folder: Path) -> ReportData:
    """A build on disk, for rendering it again. Raises ``InputError``."""
    totals, sample = Totals(), Sample()
    failures: list[Failure] = []
    names: list[NameRow] = [_row("names", row, folder) for row in _rows(folder, "names")]
    lacking = {name for row in names for name in row.documents}
    documents = _documents(folder)
    while chunk := list(islice(documents, CHUNK_DOCUMENTS)):
        first = totals.n_documents, totals.edits.total()
        for document, edits in chunk:
            totals.add(edits)
            sample.add(document, tuple(edits))
            lacking.discard(document.id)
        failures += validate_documents(
            frame("documents", [document for document, _ in chunk]),
            frame("edits", [edit for _, edits in chunk for edit in edits]),
            first,
        )
    failures += validate_names(frame("names", names), lambda name: name not in lacking)
    return sample.report(Names.of(names), failures, totals)


def build_findings(folder: Path) -> Iterator[FileFindings]:
    """The findings of a build, document by document, as ``check`` gives them.

    Raises ``InputError``.
    """
    for document, rows in _documents(folder):
        applied = [row.edit() for row in rows if row.status == "applied"]
        found = (
            Finding(row.edit(), row.line, row.column, row.repair, row.status)
            for row in rows
            if not row.rule.startswith(LAYOUT_FAMILY)
        )
        try:
            raw = undo(document.text, applied)
        except ValueError as error:
            raise InputError(f"{folder}: {document.id}: {error}") from None
        yield FileFindings(document.source, raw, tuple(found))


def restore_build(folder: Path, out: Path) -> int:
    """Write the raw texts of a build below ``out``; how many there are.

    Nothing is written unless every document comes out with the digest that the build recorded.
    Raises ``InputError`` where ``folder`` is no sound build, and ``OutputError`` where a file
    stands in the way or cannot be written.
    """
    count, places = 0, Digests()
    for file, data in _raw_files(folder, out):
        count += 1
        if not places.add(digest_of(str(file))):
            raise InputError(f"{folder}: two documents come from {file}")
        if file.exists() and (not file.is_file() or file.read_bytes() != data):
            raise OutputError(f"{file} exists and is different; choose another folder")
    for file, data in _raw_files(folder, out):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot write {file}: {error.strerror or error}") from error
        write_atomic(file, data)
    return count


def _raw_files(folder: Path, out: Path) -> Iterator[tuple[Path, bytes]]:
    for document, edits in _documents(folder):
        yield _inside(out, document.source), restore_document(document, edits)


def _documents(folder: Path) -> Iterator[tuple[DocumentRow, list[EditRow]]]:
    """The documents of a build with their edits, one by one. Raises ``InputError``."""
    if read_manifest(folder) is None:
        raise InputError(f"{folder}: not a build of normalize (no {MANIFEST} of ours)")
    ours = frozenset(columns("documents"))
    groups = groupby(_rows(folder, "edits"), lambda row: row["document"])
    following = next(groups, None)
    for data in _rows(folder, "documents"):
        row = _row("documents", {k: v for k, v in data.items() if k in ours}, folder)
        edits: list[EditRow] = []
        if following is not None and following[0] == row.id:
            edits = [_edit_row(edit, folder) for edit in following[1]]
            following = next(groups, None)
        yield row, edits
    if following is not None:
        raise InputError(f"{folder}: edits of {following[0]!r} stand at another place than it")


_MOST = 2**31
"""No text is longer."""


def _edit_row(data: dict[str, Any], folder: Path) -> EditRow:
    row: EditRow = _row("edits", data, folder)
    places = (row.start, row.end, row.line, row.column)
    if not all(isinstance(at, int) and 0 <= at < _MOST for at in places):
        raise InputError(f"{folder}: an edit of {row.document!r} has no place")
    if not (isinstance(row.certainty, int | float) and 0 <= row.certainty <= 1):
        raise InputError(f"{folder}: an edit of {row.document!r} has no certainty")
    return row


def _row(table: str, data: dict[str, Any], folder: Path) -> Any:
    try:
        return from_plain(table, data)
    except ValueError as error:
        raise InputError(f"{folder}: {error}") from None


def _rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    file = folder / f"{table}.jsonl"
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from None


def _inside(out: Path, source: str) -> Path:
    """The place of a raw file, never outside ``out`` whatever the table says."""
    place = out / source
    if not (is_below(source) and place.parent.resolve().is_relative_to(out.resolve())):
        raise InputError(f"{source!r} is not a path below the output folder")
    return place
