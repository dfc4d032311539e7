"""Findings for a person at a terminal: ``path:line:column: CODE message [*]`` and the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ...findings import FileFindings, Finding, LineIndex
from ..escape import visible
from . import DEFAULT, Style, message

_BOLD, _RED, _CYAN, _DIM, _PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[36m", "\x1b[2m", "\x1b[0m"

_AROUND = 40
"""Code points of the line shown on each side of a finding."""

_WIDE = 60
"""The longest part of a finding that is shown."""


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """``[*]`` marks what ``fix`` repairs; the line under it shows the place, with a caret."""
    for file in files:
        lines = LineIndex(file.text)
        path = visible(file.path)
        for finding in file.findings:
            yield _head(path, finding, file.text, style)
            if style.context:
                yield from _context(file.text, lines, finding, style)


def _head(path: str, finding: Finding, text: str, style: Style) -> str:
    mark = " [*]" if finding.fixable else ""
    code, said = visible(finding.edit.rule), visible(message(finding, text))
    if not style.color:
        return f"{path}:{finding.line}:{finding.column}: {code} {said}{mark}"
    place = f"{_CYAN}:{_PLAIN}{finding.line}{_CYAN}:{_PLAIN}{finding.column}{_CYAN}:{_PLAIN}"
    return f"{_BOLD}{path}{_PLAIN}{place} {_RED}{code}{_PLAIN} {said}{_CYAN}{mark}{_PLAIN}"


def _context(text: str, lines: LineIndex, finding: Finding, style: Style) -> Iterator[str]:
    edit = finding.edit
    first, last = lines.line_span(finding.line)
    start = min(edit.start, last)
    stop = max(start, min(edit.end, last))
    left, right = max(first, start - _AROUND), min(last, stop + _AROUND)
    before = ("…" if left > first else "") + visible(text[left:start])
    inside = visible(text[start : min(stop, start + _WIDE)])
    after = visible(text[stop:right]) if stop <= start + _WIDE else "…"
    end = "…" if right < last else ""
    carets = "^" * max(1, _columns(inside))
    dim, red, plain = (_DIM, _RED, _PLAIN) if style.color else ("", "", "")
    yield f"{dim}    |{plain} {before}{red}{inside}{plain}{after}{end}"
    yield f"{dim}    |{plain} {' ' * _columns(before)}{red}{carets}{plain} {edit.certainty:.2f}"


def _columns(text: str) -> int:
    """Terminal columns of a text: none for a mark, two for a wide letter."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
