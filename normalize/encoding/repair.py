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
    """The same repairs, with neighbours of one reason that end to end make one."""
    last: Repair | None = None
    for repair in repairs:
        if last is not None and _continues(last, repair):
            after = None if last.after is None else last.after + (repair.after or "")
            certainty = min(last.certainty, repair.certainty)
            last = Repair(last.start, repair.end, after, last.reason, certainty)
            continue
        if last is not None:
            yield last
        last = repair
    if last is not None:
        yield last


def _continues(last: Repair, repair: Repair) -> bool:
    return (
        last.end == repair.start
        and last.reason == repair.reason
        and (last.after is None) == (repair.after is None)
    )


def trimmed(start: int, before: str, after: str) -> tuple[int, int, str]:
    """The smallest ``(start, end, after)`` that turns ``before``, which stands at ``start``."""
    head, most = 0, min(len(before), len(after))
    while head < most and before[head] == after[head]:
        head += 1
    tail, most = 0, most - head
    while tail < most and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start + head, start + len(before) - tail, after[head : len(after) - tail]
