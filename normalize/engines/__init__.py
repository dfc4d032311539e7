"""Engines move batches to functions and results back; they know nothing of either.

A module here is an engine. Its class ``Engine`` takes the number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

ENGINES = ("local", "ray")


class EngineError(RuntimeError):
    """An engine that cannot start or lost a process, in one line for a person."""


class Engine(Protocol):
    """What moves batches. Functions, batches and results can be pickled.

    As a context it may keep from one call to the next what is costly to start.
    """

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None: ...

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        """``function`` of each batch, in the order of the batches, as they are asked for."""
        ...

    def fold(
        self, function: Callable[[T], R], merge: Callable[[R, R], R], batches: Iterable[T]
    ) -> R | None:
        """``function`` of each batch, merged to one; ``None`` where there is no batch.

        ``merge`` is associative, and is called as on the branches of a tree, so that each result
        is merged a logarithm of times.
        """
        ...


def load(name: str, jobs: int = 1) -> Engine:
    """The engine of this name. Raises ``EngineError`` where its library is missing."""
    module = import_module(f"{__name__}.{name}")
    return cast(Engine, module.Engine(jobs))


WIDE = 512
"""Results in a branch from which it is merged with all before it. Evidence of so many batches is
near its bounds, so that two such branches would hold the same as one, twice."""


def as_tree(results: Iterable[R], merge: Callable[[R, R], R]) -> R | None:
    """All results merged pairwise, as they come; few are held at once."""
    branches: list[tuple[int, R]] = []
    for result in results:
        size, branch = 1, result
        while branches and (branches[-1][0] == size or size >= WIDE):
            before, first = branches.pop()
            branch = merge(first, branch)
            size += before
        branches.append((size, branch))
    whole = None
    while branches:
        part = branches.pop()[1]
        whole = part if whole is None else merge(part, whole)
    return whole
