"""Files that appear whole or not at all: text, tables, and the folder of a build.

pyarrow and pandas are imported only by the functions that make tables.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from .manifests import MADE_BY as MADE_BY
from .manifests import MANIFEST, read_manifest
from .tables import Row, plain

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

GROUP_ROWS = 4096
"""Rows of a Parquet row group: a fixed number, so that the bytes depend on the rows alone."""


class OutputError(OSError):
    """An output that cannot be written, in one line for a person."""


# --- one file -----------------------------------------------------------------------------------


def write_atomic(
    path: str | Path,
    data: bytes | Iterable[bytes],
    *,
    expected: bytes | None = None,
    lasting: bool = True,
) -> None:
    """Write a file so that any reader sees the old bytes or the new, never a part.

    The bytes go to a temporary file beside the target, which then takes its name. An existing
    file keeps its mode, and its owner where the system allows; behind a symbolic link, the file
    that it names is written. ``expected`` is what the file must hold until then. Unless it is
    ``lasting``, a machine that loses its power may leave it empty or torn. Raises ``OutputError``
    and leaves nothing behind on failure.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise OutputError(f"cannot write {path}: it is not a regular file")
    # Named before it exists, so that an interrupt at any moment finds it to remove.
    temporary = target.with_name(f".normalize-{secrets.token_hex(8)}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            _keep_mode(target, file)
            if lasting:
                os.fsync(file.fileno())
        if expected is not None and target.read_bytes() != expected:
            raise OutputError(f"{path}: changed while it was read; it is left as it is now")
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
        raise


_BINARY = getattr(os, "O_BINARY", 0)
"""On Windows, bytes as they are."""


def _keep_mode(target: Path, file: BinaryIO) -> None:
    """Give the new file the mode and owner of the old one, or what a plain ``open`` gives."""
    if sys.platform == "win32":
        return
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(file.fileno(), 0o666 & ~mask)
        return
    with suppress(OSError):
        os.fchown(file.fileno(), old.st_uid, old.st_gid)
    os.fchmod(file.fileno(), old.st_mode & 0o7777)


# --- names --------------------------------------------------------------------------------------

_NAME_BYTES = 120
"""Room for an ending, a temporary prefix, and a file system that takes 143 bytes (eCryptfs)."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_USUAL_NAME = re.compile(r"\w[-.\w]{0,80}[-\w]", re.ASCII)
"""Names that are portable without a closer look, unless they are reserved."""

_PLAIN_MARKS = frozenset("-_.+=@,()[]!#$%&' ")


def portable_name(name: str) -> str:
    """``name`` as a file name (without ending) that Windows, macOS and Linux all take.

    A name that has to be changed ends in eight digits of its digest, so that two names stay two.
    A portable name is returned as it is.
    """
    if _USUAL_NAME.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    kept = "".join(c if _is_portable(c) else "_" for c in unicodedata.normalize("NFC", name))
    kept = kept.strip(" .")
    fits = 0 < len(kept.encode()) <= _NAME_BYTES and not kept.startswith("-")
    if kept == name and fits and not _RESERVED.fullmatch(kept):
        return kept
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem = kept.encode()[: _NAME_BYTES - 9].decode(errors="ignore").strip(" .-") or "_"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}-{digest}"


def _is_portable(character: str) -> bool:
    return character in _PLAIN_MARKS or unicodedata.category(character)[0] in "LNM"


# --- tables -------------------------------------------------------------------------------------


Extra = Iterable[tuple[str, str]]
"""Name and kind (see ``records.Columns``) of each column that stands after a table's own."""


def arrow_schema(table: str, extra: Extra = ()) -> pa.Schema:
    """The Arrow types of a table's columns; ``schemas/*.yaml`` state the rest."""
    import pyarrow as pa

    text, count = pa.string(), pa.int64()
    images = pa.list_(pa.struct([("caption", text), ("credit", text)]))
    types: dict[str, dict[str, pa.DataType]] = {
        "documents": {
            **dict.fromkeys(("id", "source", "sha256", "encoding", "lang"), text),
            **dict.fromkeys(("title", "lede", "text", "dateline", "agency"), text),
            **dict.fromkeys(("published", "url", "author"), text),
            "images": images,
            **dict.fromkeys(("n_words", "n_chars_raw", "n_edits", "n_dropped_blocks"), count),
        },
        "edits": {
            **dict.fromkeys(("document", "rule"), text),
            **dict.fromkeys(("start", "end", "line", "column"), count),
            **dict.fromkeys(("before", "after"), text),
            "certainty": pa.float64(),
            **dict.fromkeys(("repair", "status", "reason"), text),
        },
        "names": {
            **dict.fromkeys(("canonical", "spelling", "kind"), text),
            "count": count,
            "documents": pa.list_(text),
            "first_offset": count,
            **dict.fromkeys(("status", "reason"), text),
        },
    }
    kinds = {"boolean": pa.bool_(), "integer": count, "number": pa.float64()}
    further = [(name, kinds.get(kind, text)) for name, kind in extra]
    return pa.schema([*types[table].items(), *further])


def arrow_table(table: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table. Raises ``ValueError`` for text that UTF-8 cannot hold."""
    return plain_table(table, map(plain, rows))


def plain_table(table: str, rows: Iterable[Mapping[str, Any]], extra: Extra = ()) -> pa.Table:
    """Rows that are plain data as an Arrow table; see ``arrow_table``."""
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(list(rows), schema=arrow_schema(table, extra))
    except UnicodeEncodeError as error:
        raise ValueError(f"{table}: a text holds a lone surrogate: {error}") from error


def frame(table: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as a data frame, with the types that reading the Parquet file gives."""
    return typed_frame(arrow_table(table, rows))


def typed_frame(data: pa.Table) -> pd.DataFrame:
    """An Arrow table as a data frame: text as ``string``, counts with nulls as ``Int64``."""
    import pandas as pd
    import pyarrow as pa

    strings: dict[pa.DataType, Any] = {pa.string(): pd.StringDtype()}
    result: pd.DataFrame = data.to_pandas(types_mapper=strings.get)
    for name in data.column_names:
        column = data.column(name)
        if pa.types.is_integer(column.type) and column.null_count:
            result[name] = pd.array(column.to_pylist(), dtype="Int64")
    return result


class TableFile:
    """One table as Parquet and as JSON lines, written as its rows come.

    Each call of ``write`` makes row groups of its own, so equal calls give equal bytes.
    """

    def __init__(self, folder: Path, table: str, extra: Extra = ()) -> None:
        import pyarrow.parquet as pq

        self.table, self.extra = table, tuple(extra)
        self._lines = (folder / f"{table}.jsonl").open("wb")
        self._parquet = pq.ParquetWriter(
            folder / f"{table}.parquet",
            arrow_schema(table, self.extra),
            compression="zstd",
            version="2.6",
        )

    def write(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """Write plain rows; what they are as an Arrow table."""
        written = plain_table(self.table, rows, self.extra)
        if rows:
            self._lines.writelines(map(json_line, rows))
            self._parquet.write_table(written, row_group_size=GROUP_ROWS)
        return written

    def close(self) -> None:
        self._lines.close()
        self._parquet.close()


_LINE_BREAKS = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


_on_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_line(data: Any) -> bytes:
    """One line of JSON in UTF-8; what some readers take for a line end is escaped."""
    text = _on_one_line(data)
    return _LINE_BREAKS.sub(lambda m: f"\\u{ord(m[0]):04x}", text).encode() + b"\n"


# --- the folder of a build ----------------------------------------------------------------------


@contextmanager
def staged_folder(out: str | Path) -> Iterator[Path]:
    """A folder to build in, which takes the place of ``out`` when the block ends well.

    The folder is a hidden sibling of ``out``, on the same file system. On any exception it is
    removed and ``out`` is as it was. A build that was killed left its folder behind; the next one
    removes it, and puts back a previous build that stood aside. Raises ``OutputError`` where
    ``out`` exists and is not a build of ours, holds files that no build wrote, or is being built.
    """
    target = Path(os.path.realpath(out))
    building = target.with_name(f".{target.name}.building")
    previous = target.with_name(f".{target.name}.previous")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target.with_name(f".{target.name}.lock"), out):
            _recover(target, building, previous)
            check_is_ours(target, shown=out)
            try:
                building.mkdir()
                yield building
                _swap(target, building, previous)
            finally:
                shutil.rmtree(building, ignore_errors=True)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror or error}") from error


def _recover(target: Path, building: Path, previous: Path) -> None:
    """Clear away what a killed build left."""
    if previous.exists() and not target.exists():
        previous.rename(target)
    for left in (building, previous):
        if left.is_symlink() or left.is_file():
            left.unlink()
        elif left.exists():
            shutil.rmtree(left)


def _swap(target: Path, building: Path, previous: Path) -> None:
    """Put the new build in place; the previous one is removed only after."""
    if not target.exists():
        building.rename(target)
        return
    if _exchange(building, target):
        return  # the previous build stands where the new one was made, and is removed there
    try:
        target.rename(previous)
        building.rename(target)
    except BaseException:
        if not target.exists():
            previous.rename(target)
        raise
    shutil.rmtree(previous, ignore_errors=True)


_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; whether the system and its disk can."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def check_is_ours(folder: Path, *, shown: str | Path | None = None) -> None:
    """Raise ``OutputError`` unless ``folder`` is absent, empty, or a build with nothing added.

    The manifest's ``files`` (paths below the folder), when it has them, say what a build wrote.
    """
    name = folder if shown is None else shown
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{name} exists and is not a folder")
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    if not present:
        return
    manifest = read_manifest(folder)
    if manifest is None:
        raise OutputError(f"{name} exists and is not a build of normalize (no {MANIFEST} of ours)")
    files = manifest.get("files")
    if isinstance(files, dict | list):
        foreign = sorted(present - set(files) - {MANIFEST})
        if foreign:
            raise OutputError(f"{name} holds files that no build wrote, such as {foreign[0]!r}")


def file_digests(folder: Path, *, but: str = "") -> dict[str, str]:
    """SHA-256 of every file below ``folder`` by its path with ``/``, sorted; for the manifest.

    ``but`` names a folder in it that is passed over.
    """
    found: dict[str, str] = {}
    for path in sorted(p for top in folder.iterdir() if top.name != but for p in _inside(top)):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return dict(sorted(found.items()))


def _inside(path: Path) -> Iterator[Path]:
    yield path
    yield from path.rglob("*")


@contextmanager
def _lock(path: Path, out: str | Path) -> Iterator[None]:
    """Hold a lock file; the system drops it with the process, so a kill leaves none held."""
    handle, held = -1, False
    try:
        while not held:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _lock_handle(handle)
            except OSError as error:
                raise OutputError(f"{out} is being built by another process") from error
            with suppress(FileNotFoundError):
                held = os.path.samestat(os.fstat(handle), os.stat(path))
            if not held:  # its holder removed the file before we had the lock
                os.close(handle)
                handle = -1
        yield
    finally:
        if held:
            with suppress(OSError):
                os.unlink(path)
        if handle >= 0:
            os.close(handle)


def _lock_handle(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
