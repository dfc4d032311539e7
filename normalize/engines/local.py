"""The engine of one machine: this process, or several, with results in input order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH = 16
"""Documents sent to a process at once: enough to hide the cost of sending."""
AHEAD = 4
"""Batches in flight for each process; what bounds memory when results are written slowly."""


def process_count(jobs: int) -> int:
    """How many processes ``jobs`` means; 0 is one for each core."""
    return jobs or os.cpu_count() or 1


def map_ordered(function: Callable[[T], R], items: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """``function`` of each item, in the items' order.

    With ``jobs`` over 1 the function and items are pickled to that many processes.
    """
    if jobs <= 1:
        yield from map(function, items)
        return
    # Forked workers would inherit locks and threads of whoever calls us as a library.
    context = multiprocessing.get_context("spawn")
    items = iter(items)
    with ProcessPoolExecutor(jobs, context) as pool:
        running: list[Future[list[R]]] = []
        try:
            while True:
                while len(running) < AHEAD * jobs and (batch := list(islice(items, BATCH))):
                    running.append(pool.submit(_run, function, batch))
                if not running:
                    return
                yield from running.pop(0).result()
        finally:
            for future in running:
                future.cancel()


def _run(function: Callable[[T], R], batch: list[T]) -> list[R]:
    return [function(item) for item in batch]
