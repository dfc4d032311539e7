"""Findings as a Markdown comment on a pull request, below the length that GitHub takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...findings import FileFindings, Finding
from ..codes import rule_of
from ..escape import code_span, markdown, shorten
from . import DEFAULT, Style, by_frequency, message

MOST = 60_000
"""Characters of the whole comment; GitHub takes 65,536."""

_FILE_ROWS = 50
"""Findings listed of one file."""

_TAIL = 200
"""Room kept for the line that says what was left out."""


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """Totals by rule, then the findings of each file, folded, as long as there is room."""
    found = [file for file in files if file.findings]
    size = 0
    for line in _totals(found):
        size += len(line) + 1
        yield line
    for at, file in enumerate(found):
        section = list(_section(file))
        length = sum(len(line) + 1 for line in section)
        if size + length > MOST - _TAIL:
            findings = sum(len(left.findings) for left in found[at:])
            yield ""
            yield f"…and {findings:,} findings in {len(found) - at:,} more files."
            return
        size += length
        yield from section


def _totals(found: list[FileFindings]) -> Iterator[str]:
    total: Counter[str] = Counter()
    fixable: Counter[str] = Counter()
    for file in found:
        for finding in file.findings:
            total[finding.edit.rule] += 1
            fixable[finding.edit.rule] += finding.fixable
    yield "### normalize"
    yield ""
    if not total:
        yield "No findings."
        return
    repaired = fixable.total()
    yield (
        f"{total.total():,} findings in {len(found):,} files; `normalize fix` repairs {repaired:,},"
        f" **{total.total() - repaired:,} need a person**."
    )
    yield ""
    yield "| Rule | | Findings | Need a person |"
    yield "|---|---|---:|---:|"
    for code in by_frequency(total):
        rule = rule_of(code)
        summary = markdown(rule.summary) if rule else ""
        yield f"| {markdown(code)} | {summary} | {total[code]} | {total[code] - fixable[code]} |"


def _section(file: FileFindings) -> Iterator[str]:
    """One file, what needs a person first."""
    ordered = sorted(file.findings, key=lambda finding: finding.fixable)
    review = sum(not finding.fixable for finding in ordered)
    yield ""
    yield (
        f"<details><summary>{markdown(shorten(file.path, 200))}: {len(ordered):,} findings,"
        f" {review:,} need a person</summary>"
    )
    yield ""
    yield "| Line | Rule | Finding | |"
    yield "|---:|---|---|---|"
    for finding in ordered[:_FILE_ROWS]:
        yield _row(finding, file.text)
    if len(ordered) > _FILE_ROWS:
        yield f"| | | …and {len(ordered) - _FILE_ROWS:,} more | |"
    yield ""
    yield "</details>"


def _row(finding: Finding, text: str) -> str:
    edit = finding.edit
    state = "repairable" if finding.fixable else f"certainty {edit.certainty:.2f}"
    if edit.after is None:
        said = f"{code_span(shorten(edit.before.strip() or ' ', 80))} {markdown(edit.reason)}"
    else:
        said = code_span(message(finding, text))
    return f"| {finding.line} | {markdown(edit.rule)} | {said} | {state} |"
