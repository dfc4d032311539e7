"""Findings as SARIF 2.1.0, for code-scanning services and editors.

Offsets and columns count code points, as ``columnKind`` says. The log is written as it comes, one
result a line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from ...findings import FileFindings, Finding, LineIndex
from ...rules import Rule, all_rules
from ..escape import json_text, visible
from . import DEFAULT, Style, message

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_NO_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that do not stand for a byte of a file name."""

_LINK = re.compile(r"\[([^][]*)\]\(")
"""What begins a link in a message: text in brackets, then its destination."""

_CONTEXT = 30
"""Code points on each side of a finding that its fingerprint is made of."""


def render(files: Iterable[FileFindings], style: Style = DEFAULT) -> Iterator[str]:
    """One run with every rule; a result for each finding, with a fix where there is one."""
    rules = all_rules()
    places = {code: at for at, code in enumerate(rules)}
    driver = {
        "name": "normalize",
        "semanticVersion": _version(),
        "rules": [_rule(rule) for rule in rules.values()],
    }
    yield f'{{"$schema": {json_text(_SCHEMA)}, "version": "2.1.0", "runs": [{{'
    yield f'"tool": {json_text({"driver": driver})},'
    yield '"columnKind": "unicodeCodePoints",'
    yield '"results": ['
    pending = ""
    for file in files:
        lines = LineIndex(file.text)
        for finding in file.findings:
            if pending:
                yield f"{pending},"
            pending = json_text(_result(file, finding, lines, places))
    if pending:
        yield pending
    yield "]}]}"


def _version() -> str:
    try:
        return version("corpus-normalize")
    except PackageNotFoundError:
        return "0.0.0"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.explanation},
        "defaultConfiguration": {"level": "note" if rule.repair == "safe" else "warning"},
        "properties": {"tags": [rule.family], "precision": "high", "repair": rule.repair},
    }


def _result(
    file: FileFindings, finding: Finding, lines: LineIndex, places: dict[str, int]
) -> dict[str, Any]:
    edit = finding.edit
    said = {"text": _plain(visible(message(finding, file.text)))}
    location = {"uri": _uri(file.path), "uriBaseId": "%SRCROOT%"}
    region = _region(finding, lines)
    result: dict[str, Any] = {
        "ruleId": edit.rule,
        "level": "note" if finding.fixable else "warning",
        "message": said,
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
        "partialFingerprints": {"context/v1": _fingerprint(file.text, finding)},
        "rank": round(100 * edit.certainty, 1),
        "properties": {
            "certainty": edit.certainty,
            "repair": finding.repair,
            "fixable": finding.fixable,
        },
    }
    if edit.rule in places:
        result["ruleIndex"] = places[edit.rule]
    if edit.after is not None:
        deleted = {"charOffset": edit.start, "charLength": edit.end - edit.start}
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": edit.after}}
        change = {"artifactLocation": location, "replacements": [replacement]}
        fix = {"description": said, "artifactChanges": [change]}
        result["fixes"] = [fix]
    return result


def _plain(text: str) -> str:
    """A message that is only text: no embedded link, no placeholder (SARIF 3.11.5 and 3.11.6)."""
    for brace in "{}":
        text = text.replace(brace, 2 * brace)
    return _LINK.sub(r"\\[\1\\](", text)


def _region(finding: Finding, lines: LineIndex) -> dict[str, Any]:
    edit = finding.edit
    end_line, end_column = lines.position(edit.end)
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": edit.start,
        "charLength": edit.end - edit.start,
    }


def _uri(path: str) -> str:
    """A relative path as a URI reference: the file name's bytes, percent-encoded."""
    named = _NO_BYTES.sub("\ufffd", path)
    return quote(named.encode("utf-8", "surrogateescape"), safe="/-_.~")


def _fingerprint(text: str, finding: Finding) -> str:
    """Rule, text and context: the same after the lines above have moved."""
    edit = finding.edit
    around = text[max(0, edit.start - _CONTEXT) : edit.end + _CONTEXT]
    told = f"{edit.rule}\0{edit.before}\0{edit.after}\0{around}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
