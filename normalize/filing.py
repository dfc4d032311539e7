"""The files of a build, filled as documents come."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from .corpus import Built
from .manifests import MANIFEST
from .readers import Problem
from .records import Columns, digest_of
from .report.data import Names, Totals
from .report.page import render_pages
from .report.sample import Sample
from .report.summary import render_markdown
from .tables import DocumentRow, Failure, NameRow, plain
from .validation import unknown_documents, validate, validate_documents
from .writers import (
    GROUP_ROWS,
    TableFile,
    file_digests,
    json_line,
    portable_name,
    typed_frame,
)

CHUNK_DOCUMENTS, CHUNK_CHARACTERS = 2048, 4_000_000
"""Documents held before they go to the tables, whichever is reached first. They make the row
groups of the Parquet files, so the bytes of a build depend on them."""

SHOWN_PROBLEMS = 100
"""Problems, and schema failures, that are kept for people; all are counted."""

REJECTED, TEXTS, TXT = "rejected.jsonl", "text", ".txt"
DIGEST = hashlib.sha256().digest_size


class Filed:
    """Tables, texts, counts and reports of one build, in a folder.

    Use it as a context: its tables are closed when the block ends.
    """

    def __init__(self, place: Path, columns: Columns) -> None:
        self.place = place
        self.totals = Totals()
        self.size = self.words = self.dropped = self.n_names = 0
        self.inputs: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.failures: list[Failure] = []
        self.n_problems = self.n_failures = self._edit_rows = 0
        self._columns = columns
        self._documents = TableFile(place, "documents", columns)
        self._edits = TableFile(place, "edits")
        self._names = TableFile(place, "names")
        self._chunk: list[Built] = []
        self._held = 0
        self._texts: list[bytes] = []  # the name of each and its digest, in one for their number
        self._sample = Sample()
        self._shown_names = Names()
        self._named = array("Q")  # digests of the ids that names have
        (place / TEXTS).mkdir()

    def __enter__(self) -> Filed:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._chunk:
            self._flush()
        for table in (self._documents, self._edits, self._names):
            table.close()
        if kind is None:
            self._check_documents_of_names()

    def add(self, built: Built | Problem) -> None:
        """File one document, or what stands in its place."""
        if isinstance(built, Problem):
            self._reject(built)
            return
        row = built.document
        self.size += built.size
        self.words += row.n_words
        self.dropped += row.n_dropped_blocks
        self.totals.add(built.edits)
        self._sample.add(row, built.edits)
        if built.whole_file:
            self.inputs[row.source] = row.sha256
        self._write_text(row)
        self._chunk.append(built)
        self._held += len(row.text) + row.n_chars_raw
        if len(self._chunk) == CHUNK_DOCUMENTS or self._held >= CHUNK_CHARACTERS:
            self._flush()

    def _reject(self, problem: Problem) -> None:
        self.n_problems += 1
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(problem)
        row = {"source": problem.source, "line": problem.line, "error": problem.message}
        if problem.record is not None:
            row["record"] = problem.record
        with (self.place / REJECTED).open("ab") as file:
            file.write(json_line(row))

    def _write_text(self, row: DocumentRow) -> None:
        data = f"{row.text}\n".encode("utf-8", "surrogatepass") if row.text else b""
        name = f"{portable_name(row.id)}{TXT}"
        (self.place / TEXTS / name).write_bytes(data)
        self._texts.append(name.encode() + hashlib.sha256(data).digest())

    def _flush(self) -> None:
        """Write and validate the documents held."""
        first = self.totals.n_documents - len(self._chunk)
        documents = self._documents.write(
            [plain(b.document) | self._columns.fitted(b.extra) for b in self._chunk]
        )
        edits = self._edits.write([plain(e) for b in self._chunk for e in b.edits])
        self._fail(
            validate_documents(typed_frame(documents), typed_frame(edits), (first, self._edit_rows))
        )
        self._edit_rows += len(edits)
        self._chunk, self._held = [], 0

    def names(self, rows: Sequence[NameRow]) -> None:
        """File the names table. Its documents may come later."""
        for first in range(0, len(rows), GROUP_ROWS):
            part = self._names.write([plain(row) for row in rows[first : first + GROUP_ROWS]])
            found = validate(typed_frame(part), "names")
            self._fail([f if f.row is None else replace(f, row=f.row + first) for f in found])
        self.n_names = len({row.canonical for row in rows})
        self._shown_names = Names.of(rows)
        named = {name for row in rows for name in row.documents}
        self._named = array("Q", map(digest_of, named))

    def _check_documents_of_names(self) -> None:
        lacking = set(self._named)
        for text in self._texts:
            lacking.discard(digest_of(text[: -DIGEST - len(TXT)].decode()))
        if lacking:
            with (self.place / "names.jsonl").open("rb") as lines:
                ids = (json.loads(line)["documents"] for line in lines)
                self._fail(unknown_documents(ids, lambda name: digest_of(name) not in lacking))

    def _fail(self, found: Sequence[Failure]) -> None:
        self.n_failures += len(found)
        self.failures += found[: max(0, SHOWN_PROBLEMS - len(self.failures))]

    def report(self) -> None:
        """Write the reports."""
        data = self._sample.report(self._shown_names, self.failures, self.totals)
        pages = {"report.md": [render_markdown(data)], **render_pages(data)}
        for name, parts in pages.items():
            with (self.place / name).open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(parts)

    def counts(self) -> dict[str, Any]:
        """Counts for the manifest."""
        left = self.totals.edits - self.totals.applied
        return {
            "documents": self.totals.n_documents,
            "rejected": self.n_problems,
            "words": self.words,
            "dropped blocks": self.dropped,
            "names": self.n_names,
            "applied": dict(sorted((+self.totals.applied).items())),
            "reported": dict(sorted(left.items())),
            "schema failures": self.n_failures,
        }

    def manifest(self, state: Mapping[str, Any]) -> None:
        """Write the manifest: ``state``, and the digests of all files of the build."""
        self._texts.sort()
        texts = ((f"{TEXTS}/{t[:-DIGEST].decode()}", t[-DIGEST:].hex()) for t in self._texts)
        files = chain(file_digests(self.place, but=TEXTS).items(), texts)
        text = json.dumps({**state, "files": {}}, ensure_ascii=False, indent=1, sort_keys=True)
        before, here, after = text.partition('\n "files": {')
        with (self.place / MANIFEST).open("wb") as file:
            file.write(_utf8(before + here))
            for at, (name, digest) in enumerate(files):
                entry = f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(digest)}"
                file.write(_utf8(f"{',' if at else ''}\n  {entry}"))
            file.write(_utf8(f"\n {after}\n"))


def _utf8(text: str) -> bytes:
    """JSON as bytes; half a character, as the name of a file may have, stands as its escape."""
    return text.encode("utf-8", "backslashreplace")
