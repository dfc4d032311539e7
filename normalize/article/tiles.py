"""From lines to blocks that lie end to end, so that dropping some leaves clean white space.

White space between two kept lines stays as it is. Around dropped lines one gap is left: a blank
line where the page had one on either side, else a line break. Nothing is left in front of the
first kept line, and behind the last one no more than the text's own final line break.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .lines import Line


def tiles(text: str, lines: Sequence[Line], kept: Sequence[bool]) -> list[tuple[int, int]]:
    """The span of each line's block: in order, end to end, covering ``text``."""
    if not lines:
        return []
    cuts = [0]
    for i in range(1, len(lines)):
        end, start = lines[i - 1].end, lines[i].start
        if kept[i - 1] == kept[i]:
            cuts.append(start)
        elif kept[i - 1]:
            cuts.append(_behind_kept(text, lines, kept, i))
        else:
            cuts.append(_before_kept(text, lines, kept, i, end))
    cuts.append(len(text))
    return list(pairwise(cuts))


def _behind_kept(text: str, lines: Sequence[Line], kept: Sequence[bool], i: int) -> int:
    """Where dropped line ``i`` begins: behind the gap that the kept line before it keeps."""
    end, start = lines[i - 1].end, lines[i].start
    following = next((j for j in range(i, len(lines)) if kept[j]), None)
    if following is None:
        return end + 1 if text.endswith("\n") else end
    if lines[i - 1].below < 2 <= lines[following].above:
        return end
    return _behind_breaks(text, end, start, 2)


def _before_kept(text: str, lines: Sequence[Line], kept: Sequence[bool], i: int, end: int) -> int:
    """Where kept line ``i`` begins: at its own text, or before the blank line that it keeps."""
    start = lines[i].start
    before = next((j for j in range(i - 1, -1, -1) if kept[j]), None)
    if before is None:
        return start
    if lines[before].below < 2 <= lines[i].above:
        at = start
        for _ in range(2):
            at = text.rfind("\n", end, at)
        return at
    return start


def _behind_breaks(text: str, at: int, stop: int, count: int) -> int:
    """The place behind the first ``count`` line breaks of ``text[at:stop]``, or ``stop``."""
    for _ in range(count):
        found = text.find("\n", at, stop)
        if found < 0:
            return stop
        at = found + 1
    return at
