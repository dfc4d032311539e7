"""Findings for a program: one JSON object a line, offsets in code points of the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...findings import FileFindings, LineIndex
from ..escape import json_text, visible
from . import DEFAULT, Style, message


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """Keys: path, rule, message, reason, line, column, end_line, end_column, start, end, before,
    after (null where there is no repair), certainty, repair, fixable.

    Lines and columns count from 1, offsets from 0; ends are exclusive.
    """
    for file in files:
        lines = LineIndex(file.text)
        for finding in file.findings:
            edit = finding.edit
            end_line, end_column = lines.position(edit.end)
            yield json_text(
                {
                    "path": file.path,
                    "rule": edit.rule,
                    "message": visible(message(finding, file.text)),
                    "reason": edit.reason,
                    "line": finding.line,
                    "column": finding.column,
                    "end_line": end_line,
                    "end_column": end_column,
                    "start": edit.start,
                    "end": edit.end,
                    "before": edit.before,
                    "after": edit.after,
                    "certainty": edit.certainty,
                    "repair": finding.repair,
                    "fixable": finding.fixable,
                }
            )
