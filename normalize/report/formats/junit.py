"""Findings as JUnit XML, which most CI systems show as failed tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from ...findings import FileFindings
from ..escape import visible
from . import DEFAULT, Style, message


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """A suite for each file; a case for each finding, or one that passes where there is none."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<testsuites name="normalize">'
    for file in files:
        yield from _suite(file)
    yield "</testsuites>"


def _suite(file: FileFindings) -> Iterator[str]:
    path, count = _attribute(file.path), len(file.findings)
    yield f'  <testsuite name={path} tests="{max(1, count)}" failures="{count}" errors="0">'
    used: Counter[str] = Counter()
    for finding in file.findings:
        code = _attribute(finding.edit.rule)
        place = f"line {finding.line}, column {finding.column}"
        name = _attribute(_unique(f"{finding.edit.rule} {place}", used))
        said = _attribute(f"{place}: {message(finding, file.text)}")
        yield (
            f'    <testcase name={name} classname={path} file={path} line="{finding.line}">'
            f"<failure type={code} message={said}/></testcase>"
        )
    if not file.findings:
        yield f'    <testcase name="no findings" classname={path} file={path}/>'
    yield "  </testsuite>"


def _unique(name: str, used: Counter[str]) -> str:
    """CI systems know a case by its name, and show one of those that share it."""
    used[name] += 1
    return name if used[name] == 1 else f"{name} ({used[name]})"


def _attribute(text: str) -> str:
    """Text as a quoted attribute; what XML 1.0 cannot hold is shown escaped."""
    return quoteattr(visible(text))
