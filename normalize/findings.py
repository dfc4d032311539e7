"""What ``check`` found in a file: edits in raw offsets, with line and column for a person."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
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


class LineIndex:
    """Lines of a text by offset. A line ends with ``\\n``, ``\\r\\n`` or ``\\r``, as in editors."""

    __slots__ = ("_length", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = len(text)
        starts, at = [0], 0
        if "\r" in text:
            while (stop := _line_stop(text, at)) < len(text):
                at = stop + (2 if text.startswith("\r\n", stop) else 1)
                starts.append(at)
        else:
            while (stop := text.find("\n", at)) >= 0:
                at = stop + 1
                starts.append(at)
        self._starts = starts

    def position(self, offset: int) -> tuple[int, int]:
        """``(line, column)`` of an offset, both from 1. Raises ``IndexError`` outside the text."""
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside a text of {self._length} code points")
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int) -> tuple[int, int]:
        """The span of line number ``line``, without its line end."""
        start = self._starts[line - 1]
        return start, _line_stop(self._text, start)


def _line_stop(text: str, start: int) -> int:
    """Where the line that starts at ``start`` ends: at its line end, or the end of the text."""
    feed = text.find("\n", start)
    feed = len(text) if feed < 0 else feed
    carriage = text.find("\r", start, feed)
    return feed if carriage < 0 else carriage
