"""The engine of one machine: this process, or several, with results in input order."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from . import EngineError, R, T, as_tree

if TYPE_CHECKING:
    from concurrent.futures import Future

ITEMS = 16
"""Items sent to a process at once by ``map_ordered``: enough to hide the cost of sending."""
AHEAD = 3
"""Batches in flight for each process; what bounds memory when results are written slowly."""


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


@dataclass(frozen=True)
class Engine:
    """``jobs`` processes; 1 is this one."""

    jobs: int = 1

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        """See ``engines.Engine``. Raises ``EngineError`` when a process dies."""
        if self.jobs <= 1:
            yield from map(function, batches)
            return
        # Loaded here, because one process needs none of it.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        # Forked workers would inherit locks and threads of whoever calls us as a library. The
        # function, with all evidence in it, goes to each process once.
        with ProcessPoolExecutor(
            self.jobs, multiprocessing.get_context("spawn"), _start, (pickle.dumps(function),)
        ) as pool:
            left = iter(batches)
            running: deque[Future[Any]] = deque()
            try:
                for batch in left:
                    running.append(pool.submit(_run, batch))
                    if len(running) >= AHEAD * self.jobs:
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

    def fold(
        self, function: Callable[[T], R], merge: Callable[[R, R], R], batches: Iterable[T]
    ) -> R | None:
        """See ``engines.Engine``."""
        return as_tree(self.map(function, batches), merge)


_function: Callable[[Any], Any]


def _start(function: bytes) -> None:
    """Make ready a process: Ctrl-C is its parent's to handle, whose end is its own."""
    import multiprocessing
    import signal
    import threading

    global _function  # noqa: PLW0603 - a process of the pool does one thing
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _function = pickle.loads(function)  # noqa: S301 - our own parent made it


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _run(batch: Any) -> Any:
    return _function(batch)
