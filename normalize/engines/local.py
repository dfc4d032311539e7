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
from queue import Empty, SimpleQueue
from traceback import format_exc
from typing import TYPE_CHECKING, Any

from ..collecting import collect_rarely
from . import EngineError, R, T, as_tree

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from threading import Thread

    _Work = tuple[Future[Any], bytes]

ITEMS = 16
"""Items sent to a process at once by ``map_ordered``: enough to hide the cost of sending."""
AHEAD = 8
"""Batches in flight for each process: work for it while this one writes a part of the tables, and
what bounds memory when results are written slowly."""
SENT = 2
"""Batches that a process has at once: the one that it works on and the next."""


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
    """Processes that wait for work. Functions reach them through files, each process once.

    Each has a pipe of its own and a thread here that serves it. What is shared between processes,
    a queue or a lock, is left in an unknown state by one that is killed; a pipe just ends.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="normalize-")
        except OSError as error:
            raise _no_room(error) from None
        self._functions = count()
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._processes: list[BaseProcess] = []
        self._servers: list[Thread] = []
        self._is_broken = False

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        file = self._filed(function)
        running: deque[Future[Any]] = deque()
        for batch in batches:
            running.append(self._submit(file, batch, len(running)))
            if len(running) >= AHEAD * self._jobs:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()

    def _submit(self, file: str, batch: object, before: int = 0) -> Future[Any]:
        """Give a batch to a process, which is started if those that are there have ``before``."""
        from concurrent.futures import Future

        if self._is_broken:
            raise _died()
        if len(self._processes) <= min(before, self._jobs - 1):
            with _whole():
                self._start()
        result: Future[Any] = Future()
        self._work.put((result, pickle.dumps((file, batch), pickle.HIGHEST_PROTOCOL)))
        return result

    def _filed(self, function: Callable[[T], R]) -> str:
        file = os.path.join(self._folder.name, str(next(self._functions)))
        try:
            with open(file, "wb") as data:
                pickle.dump(function, data, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise _no_room(error) from None
        return file

    def _start(self) -> None:
        # Loaded here, because one process needs none of it.
        import multiprocessing
        from threading import Thread

        # Forked workers would inherit locks and threads of whoever calls us as a library.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        server = Thread(target=self._serve, args=(ours,), daemon=True)
        self._processes.append(process)
        self._servers.append(server)
        server.start()

    def _serve(self, link: Connection) -> None:
        """Send batches to a process and take its results, until there is no more work."""
        underway: deque[Future[Any]] = deque()
        try:
            while True:
                while len(underway) < SENT and (work := self._next(wait=not underway)):
                    underway.append(work[0])
                    link.send_bytes(work[1])
                if not underway:
                    return
                result = link.recv_bytes()
                _settle(underway.popleft(), result)
        except (EOFError, OSError):
            self._is_broken = True
            for one in underway:
                one.set_exception(_died())
        finally:
            link.close()

    def _next(self, *, wait: bool) -> _Work | None:
        """The next work; ``None`` where there is none yet, or where there will be no more."""
        try:
            work = self._work.get(block=wait)
        except Empty:
            return None
        if work is None:
            self._work.put(None)  # for the others
        return work

    def close(self, *, at_once: bool) -> None:
        """End the processes; ``at_once``: whatever they have in hand, nobody waits for it."""
        if at_once:
            for process in self._processes:
                process.kill()
        self._work.put(None)
        for server in self._servers:
            server.join()
        for process in self._processes:
            process.join()
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
    before = signal.pthread_sigmask(signal.SIG_BLOCK, []) if blocks else set()
    try:
        if blocks:
            from multiprocessing.resource_tracker import ensure_running

            # The first new process would start it, and that unblocks.
            ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        yield
    finally:
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for missed in came:
            signal.raise_signal(missed)


_function: tuple[str, Callable[[Any], Any]] = "", repr


def _settle(result: Future[Any], sent: bytes) -> None:
    """Give a result the value or the error that a process sent."""
    try:
        is_value, value = pickle.loads(sent)  # nosec B301  # noqa: S301 - our own process made it
    except Exception as error:
        is_value, value = False, error
    if is_value:
        result.set_result(value)
    else:
        result.set_exception(value)


def _work(link: Connection) -> None:
    """What a process does: batches come, results go. Ctrl-C is its parent's to handle."""
    import signal
    from threading import Thread

    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batches: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_receive, args=(link, batches), daemon=True).start()
    while True:
        batch = batches.get()
        try:
            file, items = pickle.loads(batch)  # nosec B301  # noqa: S301 - our own parent made it
            result = pickle.dumps((True, _run(file, items)), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            error.add_note(f"In a process of the pool:\n{format_exc()}")
            result = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        try:
            link.send_bytes(result)
        except OSError:
            os._exit(1)


def _receive(link: Connection, batches: SimpleQueue[bytes]) -> None:
    """Take batches as they come: who sends them need not wait until the one before is done.

    At their end this process ends at once: either it has nothing in hand, or its parent is gone,
    and nobody wants what it has.
    """
    try:
        while True:
            batches.put(link.recv_bytes())
    except (EOFError, OSError):
        os._exit(1)


def _run(file: str, batch: Any) -> Any:
    """The function in ``file`` of a batch; it is remembered until there is another."""
    global _function  # noqa: PLW0603 - a process of the pool does one thing at a time
    if _function[0] != file:
        with open(file, "rb") as data:
            _function = file, pickle.load(data)  # nosec B301  # noqa: S301 - our own parent made it
    return _function[1](batch)
