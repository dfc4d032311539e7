"""Which files are documents, and their bytes.

A folder gives its ``.txt`` and ``.md`` files, at any depth, in path order; hidden files and
folders are passed over, and links that lead out of the folder are not followed. A file that is
named is read whatever its suffix.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".md")


class InputError(ValueError):
    """Input that cannot be read; the message says which, why, and what to try."""


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

    def read(self) -> bytes:
        """The file's bytes. Raises ``InputError``."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read: {error.strerror or error}") from None


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """All documents in ``paths``, without repetition, in name order.

    Raises ``InputError`` for a path that does not exist and for folders without a document.
    """
    several = len(paths) > 1
    found: dict[Path, Source] = {}
    for path in paths:
        if path.is_dir():
            prefix = f"{path.resolve().name}/" if several else ""
            inside = [Source(prefix + name, file) for name, file in _walk(path)]
            if not inside:
                kinds = ", ".join(SUFFIXES)
                raise InputError(f"{path}: no documents in this folder (looked for {kinds})")
        elif path.exists():
            inside = [Source(path.name, path)]
        else:
            raise InputError(f"{path}: no such file or folder")
        for source in inside:
            found.setdefault(source.path.resolve(), source)
    return sorted(found.values())


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    top = folder.resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            file = Path(place, name)
            if name.startswith(".") or not name.endswith(SUFFIXES):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(top):
                continue
            yield file.relative_to(folder).as_posix(), file


def document_ids(sources: Iterable[Source]) -> dict[Source, str]:
    """An id for each source: its name without the suffix, folders joined by ``__``.

    Where two would share one (or differ only in case, as some file systems cannot), each keeps its
    suffix in its id, so that an id never depends on the order of files.
    """
    sources = list(sources)
    plain = {source: _id(source.name, with_suffix=False) for source in sources}
    shared: dict[str, int] = {}
    for name in plain.values():
        shared[name.casefold()] = shared.get(name.casefold(), 0) + 1
    return {
        source: name if shared[name.casefold()] == 1 else _id(source.name, with_suffix=True)
        for source, name in plain.items()
    }


def _id(name: str, *, with_suffix: bool) -> str:
    stem, _, suffix = name.rpartition(".")
    if not stem:
        return name.replace("/", "__")
    return (stem + (f"_{suffix}" if with_suffix else "")).replace("/", "__")
