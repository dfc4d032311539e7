"""Which files hold documents, and their bytes.

A folder gives its files at any depth, in path order; hidden files and folders and the folders of
earlier builds are passed over, as are pipes and devices, and links that lead out of the folder are
not followed. A file that is named is read whatever its suffix. A pattern such as ``crawl/*.jsonl``
that the shell left alone is filled in here.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path
from typing import Any

from .manifests import MANIFEST, read_manifest

SUFFIXES = (".txt", ".md")
"""Files that are one document, as it stands."""

PACKED = ("", ".gz", ".zst")
"""What may come after the suffix of a file of lines."""

PAGE_SUFFIXES = (".html", ".htm", ".html.gz", ".htm.gz")
"""Files that are one web page."""

LINE_SUFFIXES = tuple(
    f".{kind}{packed}" for kind in ("jsonl", "ndjson", "csv", "tsv") for packed in PACKED
)
WEB_SUFFIXES = (".warc", ".warc.gz")
RECORD_SUFFIXES = (*LINE_SUFFIXES, ".parquet", *WEB_SUFFIXES)
"""Files of many documents."""

ALL_SUFFIXES = SUFFIXES + PAGE_SUFFIXES + RECORD_SUFFIXES


LONGEST_DOCUMENT = 256_000_000
"""Bytes of the longest document that a build takes, so that one record cannot fill the memory."""


class InputError(ValueError):
    """Input that cannot be read; the message says which, why, and what to try."""


@dataclass(frozen=True)
class Problem:
    """A document that could not be read.

    ``message`` is one line for a person; ``line`` counts lines, rows or records of ``source``
    from 1, and ``record`` is the beginning of what stands there.
    """

    source: str
    message: str
    line: int | None = None
    record: str | None = None


@dataclass(frozen=True, order=True)
class Source:
    """One file to read. ``name`` is its path below the input it came from, with slashes."""

    name: str
    path: Path

    @property
    def shown(self) -> str:
        """The path for people and diffs: relative where it lies below the working directory."""
        here = Path.cwd()
        path = self.path
        if path.is_absolute() and path.is_relative_to(here):
            path = path.relative_to(here)
        return path.as_posix()

    @property
    def suffix(self) -> str:
        """The ending that says what the file holds, in small letters; empty for none we know."""
        name = self.name.lower()
        return max((s for s in ALL_SUFFIXES if name.endswith(s)), key=len, default="")

    @property
    def state(self) -> tuple[int, int]:
        """Bytes and time of last change, in nanoseconds; 0 where they cannot be looked at."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_size, found.st_mtime_ns

    @property
    def size(self) -> int:
        """Bytes of the file; 0 where it cannot be looked at."""
        return self.state[0]

    def read(self, most: int | None = None) -> bytes:
        """The file's bytes. Raises ``InputError``, for more than ``most`` bytes too."""
        try:
            if most is not None and self.path.stat().st_size > most:
                raise InputError(f"{self.path}: longer than {most:,} bytes; split it")
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read: {error.strerror or error}") from None


@dataclass(frozen=True, slots=True)
class Record:
    """One document to build from, wherever it came from.

    Attributes:
        id: its name in the corpus, portable and unlike that of any other.
        source: where ``restore`` puts its raw text, below the output folder.
        shown: the place for people: a path, and the line in it.
        file, line: the input file, and the line, row or record in it where it holds many.
        folder: the folder whose settings count.
        content: the text, its bytes, or the file that holds them.
        page: whether the bytes are a web page, whose article is to be taken out.
        extra: further columns of the record, by name.
    """

    id: str
    source: str
    shown: str
    file: str
    folder: Path
    content: str | bytes | Source
    line: int | None = None
    page: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    def data(self) -> bytes:
        """The bytes of the raw text. Raises ``InputError``."""
        content = self.content
        if isinstance(content, str):
            try:
                return content.encode()
            except UnicodeEncodeError:
                raise InputError(
                    f"{self.shown}: the text holds half a character (a lone surrogate)"
                ) from None
        if isinstance(content, Source):
            data = content.read(most=LONGEST_DOCUMENT)
        else:
            data = content
        if self.page:
            from .pages import article_of

            return article_of(data, self.shown).encode()
        return data

    def problem(self, message: str) -> Problem:
        """This record as one that could not be read."""
        return Problem(self.file, message, self.line)

    @property
    def is_file(self) -> bool:
        """Whether the raw text is a file as it stands."""
        return isinstance(self.content, Source) and not self.page

    @property
    def size(self) -> int:
        """About how many bytes there are to read."""
        return self.content.size if isinstance(self.content, Source) else len(self.content)


_DRIVE = re.compile("[A-Za-z]:")


def is_below(path: str) -> bool:
    """Whether a path with slashes stays in the folder it starts from, here and on Windows."""
    parts = path.replace("\\", "/").split("/")
    return not ("\0" in path or _DRIVE.match(path) or {"", ".", ".."} & set(parts))


def find_sources(paths: Sequence[Path], *, records: bool = False) -> list[Source]:
    """All files in ``paths``, without repetition, in name order.

    ``records`` takes in files that hold many documents, and web pages; without it such a file is
    an error, because no command can repair it in place. Raises ``InputError`` for that, for a path
    that does not exist and for folders without a document.
    """
    suffixes = ALL_SUFFIXES if records else SUFFIXES
    paths = [path for pattern in paths for path in _filled_in(pattern)]
    several = len(paths) > 1
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            prefix = f"{path.resolve().name}/" if several else ""
            inside = [Source(prefix + name, file) for name, file in _walk(path, suffixes)]
            if not inside:
                kinds = ", ".join(suffixes)
                raise InputError(f"{path}: no documents in this folder (looked for {kinds})")
        elif path.exists():
            inside = [Source(path.name, path)]
        else:
            raise InputError(f"{path}: no such file or folder")
        for source in inside:
            if not records and source.suffix not in ("", *SUFFIXES):
                raise InputError(
                    f"{source.path}: {source.suffix} holds documents inside it, which cannot be"
                    " repaired in place; `normalize build` reads it"
                )
            found.setdefault(source.path.resolve(), source)
    return sorted(found.values())


def _filled_in(path: Path) -> list[Path]:
    if path.exists() or not has_magic(str(path)):
        return [path]
    return [Path(name) for name in sorted(glob(str(path), recursive=True))] or [path]


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    top = folder.resolve()
    for place, folders, files in os.walk(folder):
        if MANIFEST in files and read_manifest(Path(place)) is not None:
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            file = Path(place, name)
            if name.startswith(".") or not name.lower().endswith(suffixes):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(top):
                continue
            if file.exists() and not file.is_file():
                continue  # a pipe would be waited for, and a device may have no end
            yield file.relative_to(folder).as_posix(), file


def document_ids(sources: Iterable[Source]) -> dict[Source, str]:
    """An id for each source: its name without the suffix, folders joined by ``__``.

    Where two would share one (or differ only in case, as some file systems cannot), each keeps its
    suffix in its id, so that an id never depends on the order of files.
    """
    sources = list(sources)
    plain = {source: _id(source, with_suffix=False) for source in sources}
    shared = Counter(name.casefold() for name in plain.values())
    return {
        source: name if shared[name.casefold()] == 1 else _id(source, with_suffix=True)
        for source, name in plain.items()
    }


def _id(source: Source, *, with_suffix: bool) -> str:
    stem = source.name[: -len(source.suffix)] if source.suffix else ""
    if not stem:
        stem = source.name.rpartition(".")[0] or source.name
    end = source.name[len(stem) :].replace(".", "_") if with_suffix else ""
    return (stem + end).replace("/", "__")
