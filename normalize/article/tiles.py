"""From lines to blocks that lie end to end, so that dropping some leaves clean white space.

White space between two kept lines stays as it is. Of the gaps around a run of dropped lines one is
left: the one behind the run where only that is a blank line, else the one in front, and of either
no more than a blank line. Each dropped line takes one gap along, so that the white space is clean
too where some lines of a run stay after all (rules left out, roles kept, edits turned down).
Nothing is left in front of the first kept line, and behind the last one no more than the text's
own final line break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .lines import Line


def tiles(text: str, lines: Sequence[Line], kept: Sequence[bool]) -> list[tuple[int, int]]:
    """The span of each line's block: in order, end to end, covering ``text``."""
    if not lines:
        return []
    cuts = [0, *(line.start for line in lines[1:]), len(text)]
    for first, last in _dropped_runs(kept):
        if first == 0:
            continue  # each takes the gap behind it
        if last == len(lines) - 1:
            breaks = text.endswith("\n")
            for i in range(first, last + 1):  # behind the line break of the one before, or it
                end = lines[i - 1].end
                cuts[i] = text.index("\n", end) + 1 if breaks else end
        elif lines[first - 1].below < 2 <= lines[last].below:
            for i in range(first, last + 1):
                cuts[i] = lines[i - 1].end
            cuts[last + 1] = _before_blank_line(text, lines[last].end, lines[last + 1].start)
        else:
            cuts[first] = _behind_breaks(text, lines[first - 1].end, lines[first].start, 2)
    return list(pairwise(cuts))


def _dropped_runs(kept: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last line of each run of lines that go."""
    first = None
    for i, keep in enumerate(kept):
        if keep and first is not None:
            yield first, i - 1
            first = None
        elif not keep and first is None:
            first = i
    if first is not None:
        yield first, len(kept) - 1


def _before_blank_line(text: str, end: int, start: int) -> int:
    """The place before the last two line breaks of ``text[end:start]``."""
    at = start
    for _ in range(2):
        at = text.rfind("\n", end, at)
    return at


def _behind_breaks(text: str, at: int, stop: int, count: int) -> int:
    """The place behind the first ``count`` line breaks of ``text[at:stop]``, or ``stop``."""
    for _ in range(count):
        found = text.find("\n", at, stop)
        if found < 0:
            return stop
        at = found + 1
    return at
