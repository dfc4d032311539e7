"""What the analyses of this package find: spans, what belongs there, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Repair(NamedTuple):
    """``text[start:end]`` should be ``after`` (``None``: nobody can tell)."""

    start: int
    end: int
    after: str | None
    reason: str
    certainty: float

    def moved(self, by: int) -> Repair:
        """The same repair, ``by`` code points further on."""
        return self._replace(start=self.start + by, end=self.end + by)


def merged(repairs: Iterable[Repair]) -> Iterator[Repair]:
    """The same repairs, with neighbours of one reason that stand end to end made one."""
    run: list[Repair] = []
    for repair in repairs:
        if run and not _continues(run[-1], repair):
            yield _one(run)
            run = []
        run.append(repair)
    if run:
        yield _one(run)


def _continues(last: Repair, repair: Repair) -> bool:
    return (
        last.end == repair.start
        and last.reason == repair.reason
        and (last.after is None) == (repair.after is None)
    )


def _one(run: list[Repair]) -> Repair:
    first = run[0]
    after = None if first.after is None else "".join(repair.after or "" for repair in run)
    certainty = min(repair.certainty for repair in run)
    return Repair(first.start, run[-1].end, after, first.reason, certainty)


def trimmed(start: int, before: str, after: str) -> tuple[int, int, str]:
    """The smallest ``(start, end, after)`` that turns ``before``, which stands at ``start``."""
    head, most = 0, min(len(before), len(after))
    while head < most and before[head] == after[head]:
        head += 1
    tail, most = 0, most - head
    while tail < most and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start + head, start + len(before) - tail, after[head : len(after) - tail]
