"""The engine of one machine: this process, or several, with results in input order."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from ..collecting import collect_rarely
from . import EngineError, R, T, as_tree

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

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

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._kept is not None:
            self._kept.close(at_once=kind is not None)
            self._kept = None

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        """See ``engines.Engine``. Raises ``EngineError`` when a process dies."""
        if self.jobs <= 1:
            yield from map(function, batches)
        elif self._kept is not None:
            yield from self._kept.map(function, batches)
        else:
            with Engine(self.jobs) as engine:
                yield from engine.map(function, batches)

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
        context = multiprocessing.get_context("spawn")
        self._ending, self._end = context.Pipe(duplex=False)
        with _whole():
            self._pool = ProcessPoolExecutor(jobs, context, _start, (self._ending,))

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        from concurrent.futures.process import BrokenProcessPool

        file = self._filed(function)
        running: deque[Future[Any]] = deque()
        try:
            for batch in batches:
                running.append(self._submit(file, batch))
                if len(running) >= AHEAD * self._jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool:
            raise _died() from None

    def _submit(self, file: str, batch: object) -> Future[Any]:
        """Give a batch to a process, which is started if there are too few."""
        try:
            with _whole():
                return self._pool.submit(_run, file, batch)
        except (OSError, ValueError):
            # One of the first processes died: its pipes, which the next one shares, are closed.
            raise _died() from None

    def _filed(self, function: Callable[[T], R]) -> str:
        file = os.path.join(self._folder.name, str(next(self._functions)))
        try:
            with open(file, "wb") as data:
                pickle.dump(function, data, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise _no_room(error) from None
        return file

    def close(self, *, at_once: bool) -> None:
        """End the processes; ``at_once``: whatever they have in hand, nobody waits for it."""
        if at_once:
            self._end.close()
            # One of them may end in the midst of sending a result. Its reader waits for the rest
            # for as long as anybody could write it, and so could we.
            results = getattr(self._pool, "_result_queue", None)
            if writer := getattr(results, "_writer", None):
                writer.close()
        self._pool.shutdown()
        self._end.close()
        self._ending.close()
        self._folder.cleanup()


def _died() -> EngineError:
    return EngineError(
        "a process died; the usual cause is memory that ran out:"
        " try fewer --jobs, and --resume to go on from where it stopped"
    )


def _no_room(error: OSError) -> EngineError:
    return EngineError(f"no temporary file: {error.strerror or error}; TMPDIR names the place")


@contextmanager
def _whole() -> Iterator[None]:
    """Start processes: a signal that comes meanwhile is ours alone, and waits until they stand.

    Half of a start would be a process that nobody knows, or one that says how it was cut off.
    """
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handlers = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if callable(handler := signal.getsignal(number))
    }
    for number in handlers:
        signal.signal(number, lambda number, _: came.append(number))
    # What is blocked here is blocked in a new process from its first moment.
    blocks = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if blocks else set()
    try:
        yield
    finally:
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for missed in came:
            signal.raise_signal(missed)


_function: tuple[str, Callable[[Any], Any]] = "", repr


def _start(ending: Connection) -> None:
    """Make ready a process: Ctrl-C is its parent's to handle, whose end is its own."""
    import signal
    import threading

    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(ending,), daemon=True).start()


def _end_with(ending: Connection) -> None:
    """Wait for the other end to be closed, by our parent or by its death."""
    ending.poll(None)
    os._exit(1)


def _run(file: str, batch: Any) -> Any:
    """The function in ``file`` of a batch; it is remembered until there is another."""
    global _function  # noqa: PLW0603 - a process of the pool does one thing at a time
    if _function[0] != file:
        with open(file, "rb") as data:
            _function = file, pickle.load(data)  # nosec B301  # noqa: S301 - our own parent made it
    return _function[1](batch)
