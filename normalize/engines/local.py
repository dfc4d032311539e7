"""The engine of one machine: this process, or several, with results in input order."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from . import EngineError, R, T, as_tree

if TYPE_CHECKING:
    from concurrent.futures import Future

ITEMS = 16
"""Items sent to a process at once by ``map_ordered``: enough to hide the cost of sending."""
AHEAD = 8
"""Batches in flight for each process: work for it while this one writes a part of the tables, and
what bounds memory when results are written slowly."""


def process_count(jobs: int) -> int:
    """How many processes ``jobs`` means; 0 is one for each core this process may use."""
    if jobs:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_ordered(function: Callable[[T], R], items: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """``function`` of each item, in the items' order, in ``jobs`` processes."""
    if jobs <= 1:
        return map(function, items)
    left = iter(items)
    batches = iter(lambda: list(islice(left, ITEMS)), [])
    return chain.from_iterable(Engine(jobs).map(partial(_each, function), batches))


def _each(function: Callable[[T], R], items: list[T]) -> list[R]:
    return [function(item) for item in items]


class Engine:
    """``jobs`` processes; 1 is this one.

    As a context it keeps its processes, with all that they have loaded, from one call to the next.
    """

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._kept: _Pool | None = None

    def __enter__(self) -> Engine:
        if self.jobs > 1:
            self._kept = _Pool(self.jobs)
        return self

    def __exit__(self, *_: object) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        """See ``engines.Engine``. Raises ``EngineError`` when a process dies."""
        if self.jobs <= 1:
            yield from map(function, batches)
        elif self._kept is not None:
            yield from self._kept.map(function, batches)
        else:
            pool = _Pool(self.jobs)
            try:
                yield from pool.map(function, batches)
            finally:
                pool.close()

    def fold(
        self, function: Callable[[T], R], merge: Callable[[R, R], R], batches: Iterable[T]
    ) -> R | None:
        """See ``engines.Engine``."""
        return as_tree(self.map(function, batches), merge)


class _Pool:
    """Processes that wait for work. Functions reach them through files, each process once."""

    def __init__(self, jobs: int) -> None:
        # Loaded here, because one process needs none of it.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        self._jobs = jobs
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="normalize-")
        except OSError as error:
            raise _no_room(error) from None
        self._functions = count()
        # Forked workers would inherit locks and threads of whoever calls us as a library.
        self._pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start)

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        from concurrent.futures.process import BrokenProcessPool

        file = self._filed(function)
        running: deque[Future[Any]] = deque()
        try:
            for batch in batches:
                running.append(self._pool.submit(_run, file, batch))
                if len(running) >= AHEAD * self._jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool:
            raise EngineError(
                "a process died; the usual cause is memory that ran out:"
                " try fewer --jobs, and --resume to go on from where it stopped"
            ) from None
        finally:
            for future in running:
                future.cancel()

    def _filed(self, function: Callable[[T], R]) -> str:
        file = os.path.join(self._folder.name, str(next(self._functions)))
        try:
            with open(file, "wb") as data:
                pickle.dump(function, data, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise _no_room(error) from None
        return file

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()


def _no_room(error: OSError) -> EngineError:
    return EngineError(f"no temporary file: {error.strerror or error}; TMPDIR names the place")


_function: tuple[str, Callable[[Any], Any]] = "", repr


def _start() -> None:
    """Make ready a process: Ctrl-C is its parent's to handle, whose end is its own."""
    import multiprocessing
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _run(file: str, batch: Any) -> Any:
    """The function in ``file`` of a batch; it is remembered until there is another."""
    global _function  # noqa: PLW0603 - a process of the pool does one thing at a time
    if _function[0] != file:
        with open(file, "rb") as data:
            _function = file, pickle.load(data)  # noqa: S301 - our own parent made it
    return _function[1](batch)
