"""Documents out of files, one after another: a file is never in memory as a whole.

Where a file holds many documents, each line of JSON, row of CSV or Parquet, or page of a web
archive is a record. What a record must have, and what becomes of one that has not:

- the text column must hold text: without it, with null, a number or nested data in its place,
  the record is rejected;
- the id column must hold a text that is not empty, or a whole number; a column ``id`` that nobody
  asked for and no record has is made up of the file's name and the record's number. An id that is
  no portable file name, or that differs from an earlier one in capitals alone, gets eight digits
  of its digest behind it; the second record with one id is rejected;
- a line that is not JSON, a row with too few or too many values, and anything over
  ``LONGEST_DOCUMENT`` bytes is rejected; what follows is read;
- a file that breaks off (a cut gzip) gives the records before the break, and one rejection.

All other columns are carried through, under their name with ``x_`` before it (see ``columns``).
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import math
import re
import zlib
from array import array
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from heapq import merge
from importlib.util import find_spec
from itertools import count
from typing import IO, TYPE_CHECKING, Any, cast

from .readers import (
    LONGEST_DOCUMENT,
    PAGE_SUFFIXES,
    WEB_SUFFIXES,
    InputError,
    Problem,
    Record,
    Source,
    document_ids,
    is_below,
)
from .writers import portable_name

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
Numbered = tuple[int, Row | str, str | None]
"""Number of a record in its file; its columns, or what is wrong with it; and how it begins."""

DEFAULT_TEXT, DEFAULT_ID = "text", "id"

ROWS = 64
"""Rows of Parquet held at once."""

SHOWN = 500
"""Characters of a rejected record that are kept."""


@dataclass(frozen=True)
class Records:
    """The documents of ``sources``, in order; can be read any number of times.

    Raises ``InputError`` where a library that one of the files needs is not installed.
    """

    sources: tuple[Source, ...]
    text_column: str | None = None
    id_column: str | None = None

    def __post_init__(self) -> None:
        for source in self.sources:
            web = source.suffix in WEB_SUFFIXES
            if web or source.suffix in PAGE_SUFFIXES:
                for library in ("trafilatura", *(["warcio"] if web else ())):
                    if find_spec(library) is None:
                        raise InputError(
                            f"{source.path}: reading web pages needs {library}:"
                            " pip install 'corpus-normalize[html]'"
                        )

    def __iter__(self) -> Iterator[Record | Problem]:
        ids = Ids()
        names = document_ids(self.sources)
        for source in self.sources:
            for record in self._of(source, names[source]):
                if isinstance(record, Problem):
                    yield record
                    continue
                try:
                    yield ids.given(record)
                except InputError as error:
                    yield record.problem(f"{record.shown}: {error}")

    def _of(self, source: Source, name: str) -> Iterator[Record | Problem]:
        """The records of one file, each with the id that it states."""
        suffix, folder, shown = source.suffix, source.path.parent, source.shown
        if name != _sound(name):
            yield Problem(source.name, f"{_sound(source.shown)}: its name is not UTF-8 text")
            return
        if not is_below(source.name):
            yield Problem(source.name, f"{source.shown}: its name leads elsewhere on Windows")
            return
        if source.path.exists() and not source.path.is_file():
            message = "not a regular file, and a build reads its input twice"
            yield Problem(source.name, f"{source.shown}: {message}")
            return
        read = _READERS.get(suffix.removesuffix(".gz").removesuffix(".zst"))
        if read is None or suffix in PAGE_SUFFIXES:
            page = suffix in PAGE_SUFFIXES
            place = f"{source.name}.txt" if page else source.name
            yield Record(name, place, source.shown, source.name, folder, source, page=page)
            return
        last = 0
        try:
            for number, row, start in read(source):
                last = number
                place = f"{shown}:{number}"
                try:
                    if isinstance(row, str):
                        raise InputError(row)
                    yield self._record(source, name, place, number, row)
                except InputError as error:
                    yield Problem(source.name, f"{place}: {error}", number, start)
        except _CannotBeRead as error:
            yield Problem(source.name, f"{source.shown}: {error}")
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or error
            after = f" after record {last}" if last else ""
            yield Problem(source.name, f"{source.shown}: cannot be read{after}: {reason}", last + 1)

    def _record(self, source: Source, name: str, shown: str, number: int, row: Row) -> Record:
        """The record of a row. Raises ``InputError`` that says what is wrong with it."""
        page = source.suffix in WEB_SUFFIXES
        text_column = DEFAULT_TEXT if page or self.text_column is None else self.text_column
        content = _text(row, text_column)
        if len(content) > LONGEST_DOCUMENT:
            raise InputError(f"longer than {LONGEST_DOCUMENT:,} characters")
        id_column = self.id_column or DEFAULT_ID
        stated = id_column in row or (self.id_column is not None and not page)
        return Record(
            id=_identity(row, id_column) if stated else f"{name}-{number}",
            source=f"{source.name}/{number}.txt",
            shown=shown,
            file=source.name,
            folder=source.path.parent,
            content=content,
            line=number,
            page=page,
            extra={_sound(f"x_{key}"): value for key, value in row.items() if key != text_column},
        )


def _text(row: Row, column: str) -> str | bytes:
    if column not in row:
        present = ", ".join(list(map(str, row))[:20]) or "none"
        raise InputError(f"no column {column!r} (there are: {present}); --text-column names it")
    value = row[column]
    if not isinstance(value, str | bytes):
        raise InputError(f"column {column!r} holds {_kind(value)}, not text")
    return value


def _identity(row: Row, column: str) -> str:
    if column not in row:
        raise InputError(f"no column {column!r}")
    value = row[column]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise InputError(f"column {column!r} holds {_kind(value)}, which is no id")
    if not value.strip():
        raise InputError(f"column {column!r} holds an empty id")
    return value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", float: "a number", dict: "an object"}
    return kinds.get(type(value), "a list" if isinstance(value, list | tuple) else "other data")


# --- ids ----------------------------------------------------------------------------------------


class Ids:
    """Gives each record an id that is a portable name and no other's, case aside.

    Keeps two digests of eight bytes for each id, so that millions cost little.
    """

    def __init__(self) -> None:
        self._stated, self._forms = Digests(), Digests()

    def given(self, record: Record) -> Record:
        """The record with its id in the corpus. Raises ``InputError`` for one that was there."""
        if not self._stated.add(digest_of(record.id)):
            raise InputError(f"a document before it has the id {record.id!r}")
        form = portable_name(record.id)
        if not self._forms.add(digest_of(form.casefold())):
            apart = hashlib.sha256(record.id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            form = portable_name(f"{form}-{apart}")
            if not self._forms.add(digest_of(form.casefold())):
                raise InputError(f"a document before it has the id {form!r}")
        return replace(record, id=form)


class Digests:
    """A set of 64-bit numbers that takes eight bytes for each: sorted runs, merged as they grow."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._runs: list[array[int]] = []

    def add(self, number: int) -> bool:
        """Take in a number; whether it was new."""
        if number in self._recent or any(_holds(run, number) for run in self._runs):
            return False
        self._recent.add(number)
        if len(self._recent) == RUN:
            run = array("Q", sorted(self._recent))
            self._recent = set()
            while self._runs and len(self._runs[-1]) <= len(run):
                run = array("Q", merge(self._runs.pop(), run))
            self._runs.append(run)
        return True


RUN = 1 << 14
"""Numbers of the shortest run."""


def _holds(run: array[int], number: int) -> bool:
    at = bisect_left(run, number)
    return at < len(run) and run[at] == number


def digest_of(name: str) -> int:
    """A number for a name, for ``Digests``; any text has one."""
    data = name.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


# --- files of many documents --------------------------------------------------------------------


class _CannotBeRead(Exception):
    """A whole file that is not what its name says."""


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked."""
    name = source.suffix
    if name.endswith(".gz"):
        with gzip.open(source.path, "rb") as file:
            yield cast(IO[bytes], file)
    elif name.endswith(".zst"):
        import pyarrow as pa

        with pa.CompressedInputStream(pa.OSFile(str(source.path)), "zstd") as stream:
            yield io.BufferedReader(stream, 1 << 16)
    else:
        with source.path.open("rb") as file:
            yield file


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines by number; ``None`` in the place of one that is too long to be held."""
    for number in count(1):
        line = file.readline(LONGEST_DOCUMENT)
        if not line:
            return
        whole = line.endswith(b"\n") or len(line) < LONGEST_DOCUMENT
        while not (line.endswith(b"\n") or len(line) < LONGEST_DOCUMENT):
            line = file.readline(LONGEST_DOCUMENT)
        yield number, line if whole else None


def _json_lines(source: Source) -> Iterator[Numbered]:
    with _opened(source) as file:
        for number, line in _lines(file):
            if line is None:
                yield number, f"longer than {LONGEST_DOCUMENT:,} bytes", None
                continue
            text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            if text.isspace():
                continue
            start = text[:SHOWN].decode("utf-8", "replace").rstrip("\n")
            try:
                row = json.loads(text.decode(), parse_constant=_no_number)
            except UnicodeDecodeError as error:
                yield number, f"not UTF-8 text at byte {error.start + 1} of the line", start
            except (ValueError, RecursionError) as error:
                yield number, f"not JSON: {error}", start
            else:
                yield number, row if isinstance(row, dict) else "not a JSON object", start


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _separated(separator: str) -> Callable[[Source], Iterator[Numbered]]:
    def read(source: Source) -> Iterator[Numbered]:
        with _opened(source) as binary:
            # A byte that is no UTF-8 spoils its own row, not the file.
            file = io.TextIOWrapper(
                cast(Any, binary), "utf-8-sig", errors="surrogateescape", newline=""
            )
            csv.field_size_limit(LONGEST_DOCUMENT)
            lines = _BoundedLines(file)
            rows = csv.reader(lines, delimiter=separator, strict=True)
            try:
                names = next(rows, [])
            except (csv.Error, _TooLong) as error:
                raise _CannotBeRead(f"not a separated-values file: {error}") from None
            if not names or len(set(names)) < len(names):
                raise _CannotBeRead("the first line does not name each column once")
            while True:
                number = lines.number + 1
                try:
                    row = next(rows, None)
                except _TooLong as error:
                    yield number, str(error), None
                    continue
                except csv.Error as error:
                    yield number, f"not a row of separated values: {error}", None
                    continue
                if row is None:
                    return
                if row:
                    yield number, _row(names, row), separator.join(row)[:SHOWN]

    return read


class _TooLong(Exception):
    """A line that is too long to be held."""


class _BoundedLines:
    """Lines of text. Raises ``_TooLong`` in the place of a long one, and goes on behind it."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self.number = 0
        self._file = file

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number += 1
        line = self._file.readline(LONGEST_DOCUMENT)
        if not line:
            raise StopIteration
        if len(line) < LONGEST_DOCUMENT or line.endswith(("\n", "\r")):
            return line
        while len(line) == LONGEST_DOCUMENT and not line.endswith(("\n", "\r")):
            line = self._file.readline(LONGEST_DOCUMENT)
        raise _TooLong(f"longer than {LONGEST_DOCUMENT:,} characters")


def _row(names: list[str], row: list[str]) -> Row | str:
    if len(row) != len(names):
        return f"{len(row)} values for {len(names)} columns"
    if any(not value.isascii() and _ESCAPED.search(value) for value in row):
        return "not UTF-8 text"
    return dict(zip(names, row, strict=True))


_ESCAPED = re.compile("[\udc80-\udcff]")


def _parquet(source: Source) -> Iterator[Numbered]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source.path) as file:
            names = file.schema_arrow.names
            if len(set(names)) < len(names):
                raise _CannotBeRead("two columns have one name")
            numbers = count(1)
            for batch in file.iter_batches(ROWS):
                for row in _rows_of(batch):
                    yield next(numbers), row, None
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _CannotBeRead(f"not a readable Parquet file: {error}") from None


_NO_VALUE = (ValueError, OverflowError, KeyError)
"""What comes of a value that Python cannot hold; the last is an unknown time zone."""


def _rows_of(batch: pa.RecordBatch) -> Iterator[Row | str]:
    """The rows of a batch; what is wrong, in the place of one that Python cannot hold.

    That is text that is not UTF-8, which Parquet does not check, or a time beyond the year 9999.
    """
    try:
        yield from batch.to_pylist()
    except _NO_VALUE:
        for at in range(len(batch)):
            try:
                (row,) = batch.slice(at, 1).to_pylist()
            except UnicodeDecodeError:
                yield "not UTF-8 text"
            except _NO_VALUE as error:
                yield f"cannot be read: {error}"
            else:
                yield row


def _web_archive(source: Source) -> Iterator[Numbered]:
    """Pages that were answered with success, as HTML."""
    from warcio.archiveiterator import ArchiveIterator

    with source.path.open("rb") as file:
        try:
            for number, entry in enumerate(ArchiveIterator(file), 1):
                http = entry.http_headers
                if entry.rec_type != "response" or http is None or http.get_statuscode() != "200":
                    continue
                if "html" not in (http.get_header("Content-Type") or ""):
                    continue
                data = entry.content_stream().read(LONGEST_DOCUMENT + 1)
                headers = entry.rec_headers
                yield (
                    number,
                    {
                        DEFAULT_TEXT: data,
                        "url": headers.get_header("WARC-Target-URI"),
                        "fetched": headers.get_header("WARC-Date"),
                    },
                    None,
                )
        except Exception as error:
            # Damaged headers end in errors of any kind within the library.
            raise _CannotBeRead(f"not a readable web archive: {error}") from None


_READERS: Mapping[str, Callable[[Source], Iterator[Numbered]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _separated(","),
    ".tsv": _separated("\t"),
    ".parquet": _parquet,
    ".warc": _web_archive,
}


# --- further columns ----------------------------------------------------------------------------

MOST_COLUMNS = 500
"""Further columns of one corpus; records that each bring names of their own are no table."""


@dataclass(frozen=True)
class Columns:
    """Name and kind of each further column of a corpus; two merge exactly, in any order.

    Kinds: ``boolean``, ``integer``, ``number``, ``text`` and ``json``. A column of whole numbers
    and others is one of numbers; any other mixture, and nested data, is kept as JSON text. Dates
    are ISO text, bytes base64.
    """

    kinds: Mapping[str, str | None] = field(default_factory=dict)

    def with_row(self, row: Mapping[str, Any]) -> Columns:
        """These and the columns of one more record. Raises ``InputError`` for too many."""
        kinds: dict[str, str | None] | None = None
        for name, value in row.items():
            known = self.kinds.get(name, "")
            kind = _both(known or None, _kind_of(value))
            if kind != known:
                kinds = dict(self.kinds) if kinds is None else kinds
                kinds[name] = kind
        if kinds is None:
            return self
        if len(kinds) > MOST_COLUMNS:
            raise InputError(f"more than {MOST_COLUMNS} columns, such as {name!r}")
        return Columns(kinds)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Names in order, with their kinds; a column that is always null is one of text."""
        for name in sorted(self.kinds):
            yield name, self.kinds[name] or "text"

    def fitted(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a record, in order and of their kinds."""
        return {name: _fitted(row.get(name), kind) for name, kind in self}


def _kind_of(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -(2**63) <= value < 2**63 else "json"
    if isinstance(value, float):
        return "number" if math.isfinite(value) else "json"
    return "json" if isinstance(value, dict | list | tuple) else "text"


def _both(one: str | None, other: str | None) -> str | None:
    if one is None or other is None or one == other:
        return one or other
    return "number" if {one, other} == {"integer", "number"} else "json"


def _fitted(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "number":
        return float(value)
    if kind == "json":
        return _sound(json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain))
    if isinstance(value, str):
        return _sound(value)
    return value if isinstance(value, bool | int) else _plain(value)


def _sound(text: str) -> str:
    """``text`` with half characters, which no table can hold, written out as ``\\ud83d``."""
    return text.encode("utf-8", "backslashreplace").decode()


def _plain(value: Any) -> str:
    """A value that JSON does not have, as text."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
