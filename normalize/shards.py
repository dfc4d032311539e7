"""Finished parts of a long build, kept beside its output so that a killed one can go on.

A part is known by a digest of all that made it: the version, the settings, the documents and what
was learned. So a build that is resumed gives the bytes of one that was not, whatever changed in
between, and a part that no longer fits is simply not found.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from .corpus import Item
from .packing import pack, unpack
from .project import Project
from .readers import Problem, Source
from .version import __version__
from .writers import write_atomic

R = TypeVar("R")

LONG_BYTES = 4_000_000
"""Input above which parts are kept: about ten seconds of work."""


@dataclass(frozen=True)
class Shards:
    """The folder of the parts; ``None`` keeps nothing."""

    folder: Path | None

    @classmethod
    @contextmanager
    def beside(cls, out: Path, size: int, resume: bool) -> Iterator[Shards]:
        """Parts of a build of ``size`` bytes into ``out``; earlier ones count if ``resume``."""
        target = Path(os.path.realpath(out))
        folder = target.with_name(f".{target.name}.shards")
        if not resume:
            shutil.rmtree(folder, ignore_errors=True)
        if size <= LONG_BYTES:
            yield cls(None)
        else:
            folder.mkdir(exist_ok=True)
            yield cls(folder)
        shutil.rmtree(folder, ignore_errors=True)

    def keeper(
        self, project: Project, *made_of: str | None
    ) -> Callable[[Callable[[list[Item]], R]], Callable[[list[Item]], R]]:
        """Makes of a function of batches one whose results are kept.

        ``made_of`` says what they depend on besides the documents and their settings.
        """
        folder = self.folder
        if folder is None:
            return lambda function: function
        return lambda function: _Kept(function, folder, project, made_of)


DIGEST = 16
"""Bytes of the digest before a part."""


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


@dataclass(frozen=True)
class _Kept:
    """A function of batches that looks for its result before it works."""

    function: Callable[[list[Item]], Any]
    folder: Path
    project: Project
    made_of: Sequence[str | None]

    def __call__(self, batch: list[Item]) -> Any:
        file = self.folder / self._name(batch)
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            part = file.read_bytes()
            if part[:DIGEST] == _digest(part[DIGEST:]):
                return unpack(part[DIGEST:])
        result = self.function(batch)
        data = pack(result)
        # Nobody waits for the disk: what it lost is known by its digest, and made anew.
        write_atomic(file, _digest(data) + data, lasting=False)
        return result

    def _name(self, batch: Sequence[Item]) -> str:
        digest = hashlib.sha256(repr((__version__, self.made_of)).encode())
        for item in batch:
            if isinstance(item, Problem):
                parts: tuple[Any, ...] = (item,)
            else:
                content: Any = item.content
                if isinstance(content, Source):
                    content = (content, content.state)
                settings = self.project.config(item.folder).as_dict()
                fields = (item.id, item.source, item.file, item.line, item.page)
                parts = (*fields, content, dict(item.extra), settings)
            digest.update(repr(parts).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]
