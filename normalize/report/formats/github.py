"""Findings as GitHub workflow commands, which become annotations on the pull request.

Escaping as in the toolkit of the runner: ``%``, CR and LF in messages, also ``:`` and ``,`` in
properties. Every other control character is shown escaped, so text cannot begin a command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...findings import FileFindings, Finding, LineIndex
from ..codes import rule_of
from ..escape import visible
from . import DEFAULT, Style, message


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """``notice`` for what a safe repair covers, ``warning`` for what a person has to see."""
    for file in files:
        lines = LineIndex(file.text)
        for finding in file.findings:
            yield _command(file, finding, lines)


def _command(file: FileFindings, finding: Finding, lines: LineIndex) -> str:
    edit = finding.edit
    end_line, end_column = lines.position(edit.end)
    rule = rule_of(edit.rule)
    properties = {
        "file": file.path,
        "line": str(finding.line),
        "endLine": str(end_line),
        "title": f"{edit.rule} {rule.name}" if rule else edit.rule,
    }
    if end_line == finding.line:  # columns of several lines are refused
        properties["col"] = str(finding.column)
        properties["endColumn"] = str(max(end_column, finding.column + 1))
    level = "notice" if finding.fixable else "warning"
    joined = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {joined}::{_data(visible(message(finding, file.text)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
