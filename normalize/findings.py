"""What ``check`` found in a file: edits in raw offsets, with line and column for a person."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from .edits import Edit
from .rules import Repair

Status = Literal["applied", "reported"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One edit and where it stands.

    ``line`` and ``column`` count from 1, in the raw file, ``column`` in code points. ``status``
    is ``applied`` for what ``fix`` applies (or has applied) and ``reported`` for the rest.
    """

    edit: Edit
    line: int
    column: int
    repair: Repair
    status: Status

    @property
    def fixable(self) -> bool:
        """Whether ``fix`` repairs it with no further option."""
        return self.status == "applied"


@dataclass(frozen=True, slots=True)
class FileFindings:
    """The findings of one file, in text order; ``text`` is the raw text they point into."""

    path: str
    text: str
    findings: tuple[Finding, ...]


_LINE_END = re.compile(r"\r\n?|\n")


def _line_ends(text: str) -> list[tuple[int, int]]:
    """Where each line ends, and where the next one starts."""
    if "\r" in text:
        return [match.span() for match in _LINE_END.finditer(text)]
    starts = accumulate(len(line) + 1 for line in text.split("\n"))
    return [(start - 1, start) for start in starts][:-1]


class LineIndex:
    """Lines of a text by offset. A line ends with ``\\n``, ``\\r\\n`` or ``\\r``, as in editors."""

    __slots__ = ("_length", "_starts", "_stops")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        ends = _line_ends(text)
        self._starts = [0, *(after for _, after in ends)]
        self._stops = [*(before for before, _ in ends), len(text)]

    def position(self, offset: int) -> tuple[int, int]:
        """``(line, column)`` of an offset, both from 1. Raises ``IndexError`` outside the text."""
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside a text of {self._length} code points")
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int) -> tuple[int, int]:
        """The span of line number ``line``, without its line end."""
        return self._starts[line - 1], self._stops[line - 1]
