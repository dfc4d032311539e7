"""A corpus on disk: write a build, all of it or none, and give its raw files back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from .corpus import Corpus, Problem, build, manifest, restore_document
from .document import Image
from .edits import undo
from .findings import FileFindings, Finding
from .pipeline import LAYOUT_FAMILY
from .project import Project
from .readers import InputError, Source
from .report.data import ReportData
from .tables import TABLES, DocumentRow, EditRow, Failure, NameRow, Row
from .writers import (
    MADE_BY,
    MANIFEST,
    OutputError,
    file_digests,
    frame,
    in_document_order,
    json_line,
    portable_name,
    read_manifest,
    staged_folder,
    write_atomic,
    write_jsonl,
    write_parquet,
)

REJECTED = "rejected.jsonl"


@dataclass(frozen=True)
class BuildResult:
    """What a build came to: counts of documents and applied edits, and what is wrong."""

    documents: int
    edits: int
    problems: tuple[Problem, ...]
    failures: tuple[Failure, ...]


def write_build(
    sources: Sequence[Source],
    project: Project,
    folder: Path,
    out: Path,
    *,
    jobs: int = 1,
    strict: bool = False,
) -> BuildResult:
    """Build a corpus of ``sources`` into ``out``, with the settings of ``folder``.

    A document that cannot be read goes to ``rejected.jsonl``, and the rest goes on; when all are
    such, or ``strict`` asks, nothing is written. Raises ``InputError`` for that and ``OutputError``
    where ``out`` cannot be written.
    """
    with staged_folder(out) as place:
        corpus = build(sources, project, folder, jobs=jobs)
        if corpus.problems and (strict or not corpus.documents):
            raise InputError(corpus.problems[0].message)
        tables = _tables(corpus)
        failures = _validated(tables)
        _write_tables(place, tables)
        _write_texts(place, corpus)
        if corpus.problems:
            lines = (json_line({"source": p.source, "error": p.message}) for p in corpus.problems)
            (place / REJECTED).write_bytes(b"".join(lines))
        _write_reports(place, tables, failures)
        state = manifest(corpus, failures) | {"made_by": MADE_BY, "files": file_digests(place)}
        text = json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True)
        (place / MANIFEST).write_text(text + "\n", encoding="utf-8")
    edits = sum(b.document.n_edits for b in corpus.documents)
    return BuildResult(len(corpus.documents), edits, corpus.problems, tuple(failures))


def _tables(corpus: Corpus) -> dict[str, list[Any]]:
    documents = [b.document for b in corpus.documents]
    edits = [e for b in corpus.documents for e in b.edits]
    return {
        "documents": documents,
        "edits": in_document_order([d.id for d in documents], edits),
        "names": list(corpus.names),
    }


def _validated(tables: dict[str, list[Row]]) -> list[Failure]:
    from .validation import validate_build

    return validate_build(*(frame(name, tables[name]) for name in TABLES))


def _write_tables(place: Path, tables: dict[str, list[Row]]) -> None:
    for name in TABLES:
        write_parquet(place / f"{name}.parquet", name, tables[name])
        write_jsonl(place / f"{name}.jsonl", tables[name])


def _write_texts(place: Path, corpus: Corpus) -> None:
    folder = place / "text"
    folder.mkdir()
    for built in corpus.documents:
        text = f"{built.document.text}\n" if built.document.text else ""
        file = folder / f"{portable_name(built.document.id)}.txt"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))


def _write_reports(place: Path, tables: dict[str, list[Any]], failures: list[Failure]) -> None:
    data = ReportData("corpus", tables["documents"], tables["edits"], tables["names"], failures)
    _render(place, data)


def _render(place: Path, data: ReportData) -> None:
    from .report.page import render_pages
    from .report.summary import render_markdown

    for name, page in {"report.md": render_markdown(data), **render_pages(data)}.items():
        (place / name).write_text(page, encoding="utf-8", newline="\n")


def read_build(folder: Path) -> ReportData:
    """A build on disk, for rendering it again. Raises ``InputError``."""
    if read_manifest(folder) is None:
        raise InputError(f"{folder}: not a build of normalize (no {MANIFEST} of ours)")
    documents = [
        DocumentRow(**row | {"images": tuple(Image(**image) for image in row["images"])})
        for row in _rows(folder / "documents.jsonl")
    ]
    edits = [EditRow(**row) for row in _rows(folder / "edits.jsonl")]
    names = [
        NameRow(**row | {"documents": tuple(row["documents"])})
        for row in _rows(folder / "names.jsonl")
    ]
    tables: dict[str, list[Any]] = {"documents": documents, "edits": edits, "names": names}
    return ReportData("corpus", documents, edits, names, _validated(tables))


def build_findings(built: ReportData) -> Iterator[FileFindings]:
    """The findings of a build, file by file, as ``check`` gives them."""
    for document in built.documents:
        rows = built.edits_of[document.id]
        applied = [row.edit() for row in rows if row.status == "applied"]
        found = (
            Finding(row.edit(), row.line, row.column, row.repair, row.status)
            for row in rows
            if not row.rule.startswith(LAYOUT_FAMILY)
        )
        yield FileFindings(document.source, undo(document.text, applied), tuple(found))


def restore_build(folder: Path, out: Path) -> int:
    """Write the raw files of a build below ``out``; how many there are.

    Nothing is written unless every document comes out with the digest that the build recorded.
    Raises ``InputError`` where ``folder`` is no sound build, and ``OutputError`` where a file
    stands in the way or cannot be written.
    """
    if read_manifest(folder) is None:
        raise InputError(f"{folder}: not a build of normalize (no {MANIFEST} of ours)")
    edits = defaultdict(list)
    for row in _rows(folder / "edits.jsonl"):
        edits[row["document"]].append(row)
    files: dict[Path, bytes] = {}
    for row in _rows(folder / "documents.jsonl"):
        files[_inside(out, row["source"])] = restore_document(row, edits[row["id"]])
    for file, data in files.items():
        if file.exists() and (not file.is_file() or file.read_bytes() != data):
            raise OutputError(f"{file} exists and is different; choose another folder")
    for file, data in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, data)
    return len(files)


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        return [json.loads(line) for line in lines if line]
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from None


def _inside(out: Path, source: str) -> Path:
    """The place of a raw file, never outside ``out`` whatever the table says."""
    parts = PurePosixPath(source).parts
    if not parts or source.startswith("/") or ".." in parts:
        raise InputError(f"{source!r} is not a path below the output folder")
    return out.joinpath(*parts)
