"""A corpus on disk: write a build, all of it or none.

A build reads its input twice: to learn what the documents teach together, and to clean each with
that. Documents go to the tables as they come, so a crawl takes no more memory than a few thousand
articles, but for what it teaches and some digests for each document.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from .corpus import Item, build, learn, relearn
from .engines import load
from .manifests import MADE_BY
from .project import Project, lock_parts
from .readers import InputError, Problem, Record, Source
from .records import Columns, Records
from .shards import Shards
from .tables import Failure
from .version import __version__
from .writers import staged_folder

X = TypeVar("X")

AT_WORK = 200
"""Documents taken in before the names are filed, lest processes run out of work meanwhile."""


@dataclass(frozen=True)
class BuildResult:
    """What a build came to.

    ``problems`` and ``failures`` are the first of their kind; ``n_problems`` and ``n_failures``
    count them all. ``size`` is in bytes of raw text, ``seconds`` by stage, ``memory`` in bytes (see
    ``peak_memory``).
    """

    documents: int
    edits: int
    problems: tuple[Problem, ...]
    n_problems: int
    failures: tuple[Failure, ...]
    n_failures: int
    size: int
    seconds: dict[str, float]
    memory: int


@dataclass
class Read:
    """What the first reading says of the input besides its evidence."""

    columns: Columns = field(default_factory=Columns)
    documents: int = 0
    size: int = 0

    def watched(self, items: Iterable[Item], *, strict: bool) -> Iterator[Item]:
        """The same items, counted. Raises ``InputError`` at a problem when ``strict``."""
        for item in items:
            if isinstance(item, Record):
                self.columns = self.columns.with_row(item.extra)
                self.documents += 1
                self.size += item.size
            elif strict:
                raise InputError(item.message)
            yield item


Watch = Callable[[str, Iterable[X], int], Iterable[X]]
"""Shows the progress of a stage: its name, its documents, and how many there are (0: not known)."""


def write_build(
    sources: Sequence[Source],
    project: Project,
    folder: Path,
    out: Path,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    jobs: int = 1,
    engine: str = "local",
    strict: bool = False,
    resume: bool = False,
    watch: Watch[Any] = lambda _, items, __: items,
) -> BuildResult:
    """Build a corpus of ``sources`` into ``out``, with the settings of ``folder``.

    A document that cannot be read goes to ``rejected.jsonl``, and the rest goes on; when all are
    such, or ``strict`` asks, nothing is written. A long build keeps its finished parts beside
    ``out`` until it ends well; ``resume`` takes them up. Its manifest says what it took, and is the
    one file of two equal builds that may differ. Raises ``InputError`` for input and
    ``OutputError`` where ``out`` cannot be written.
    """
    records = Records(tuple(sources), text_column, id_column)
    size = sum(source.size for source in sources)
    clock = _Clock()
    with staged_folder(out) as place, Shards.beside(out, size, resume) as shards:
        read = Read()
        states = [source.state for source in sources]
        setting = project.at(folder)
        with load(engine, jobs) as runner:
            if jobs > 1:
                _load_meanwhile()
            items = watch("learning", read.watched(records, strict=strict), 0)
            learned = learn(items, project, runner, shards.keeper(project, "learn"))
            if learned.problems and (strict or not learned.documents):
                raise InputError(learned.problems[0].message)
            evidence = relearn(learned.evidence, project, folder)
            from .filing import Filed

            clock.lap("learn")
            with Filed(place, read.columns) as filed:
                digested = evidence.digested()
                made_of = ("clean", digested.digest(), _digest(setting.authority))
                kept = shards.keeper(project, *made_of)
                items = watch("cleaning", records, read.documents)
                results = begun(build(items, project, digested, runner, kept))
                lock = hashlib.sha256()
                for part in lock_parts(evidence):
                    lock.update(part)
                results = begun(results, AT_WORK)
                filed.names(evidence.names.rows())
                del digested, evidence, learned
                clock.lap("names")
                for built in results:
                    filed.add(built)
        for source, before in zip(sources, states, strict=True):
            if source.state != before:
                raise InputError(f"{source.path}: changed while it was read; build again")
        clock.lap("clean")
        filed.report()
        clock.lap("report")
        state = {
            "made_by": MADE_BY,
            "version": __version__,
            "configuration": setting.config.as_dict(),
            "lock": _digest(setting.lock),
            "authority": _digest(setting.authority),
            "evidence": lock.hexdigest(),
            "inputs": {s.name: filed.inputs.get(s.name) or _digest(s.path) for s in sources},
            "counts": filed.counts(),
        }
        if shards.folder is not None:
            seconds = {stage: round(spent, 1) for stage, spent in clock.seconds.items()}
            run = {"engine": engine, "jobs": jobs, "seconds": seconds, "memory": peak_memory()}
            state["run"] = run
        filed.manifest(state)
        clock.lap("manifest")
    return BuildResult(
        documents=filed.totals.n_documents,
        edits=filed.totals.applied.total(),
        problems=tuple(filed.problems),
        n_problems=filed.n_problems,
        failures=tuple(filed.failures),
        n_failures=filed.n_failures,
        size=filed.size,
        seconds=clock.seconds,
        memory=peak_memory(),
    )


def _load_meanwhile() -> None:
    """Load what tables need while other processes learn."""
    Thread(target=import_module, args=(f"{__package__}.filing",), daemon=True).start()


def begun(items: Iterable[X], count: int = 1) -> Iterator[X]:
    """The same items; the first are there, so that processes are at work on those that follow."""
    left = iter(items)
    return chain(list(islice(left, count)), left)


def peak_memory() -> int:
    """Bytes of memory that this process, or one that it started and that ended, held at most.

    0 where the system does not tell.
    """
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    which = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return unit * max(resource.getrusage(who).ru_maxrss for who in which)


def _digest(file: Path | None) -> str | None:
    """SHA-256 of a file; ``None`` for no file, and for one that cannot be read."""
    if file is None:
        return None
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return None


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Count the time since the last lap to ``stage``."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
