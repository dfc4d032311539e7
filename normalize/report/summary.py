"""A build as Markdown, for a code host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..tables import DocumentRow, EditRow, NameRow
from .data import ReportData
from .diff import Segment
from .escape import code_span, markdown, shorten

_ROWS = 300
"""Rows of one table; ``report.html`` and the tables of the build have all of them."""

_CHARACTERS = 300_000
"""Characters for the changes of all documents; code hosts show files up to about 500,000."""

_SHOWN = 90
"""Code points shown of a text."""


def render_markdown(build: ReportData) -> str:
    """The whole report; equal builds give equal text."""
    lines = list(_lines(build))
    kept = (line for at, line in enumerate(lines) if line or (at and lines[at - 1]))
    return "\n".join(kept).rstrip() + "\n"


def _lines(build: ReportData) -> Iterator[str]:
    yield f"# {markdown(build.title)}"
    yield ""
    layout = f" (and {build.n_layout:,} of layout)" if build.n_layout else ""
    count = build.totals.n_documents
    yield (
        f"{_number(count, 'document')}, {_number(build.n_applied, 'edit')} applied"
        f"{layout}, {_number(build.n_reported, 'finding')} left alone,"
        f" {_number(len(build.failures), 'schema failure')}."
    )
    if count > len(build.documents):
        yield ""
        yield (
            f"Documents and changes below are of the first {len(build.documents):,} documents that"
            " have any; the tables of the build have all of them."
        )
    yield from _section("Schema failures", _failures(build))
    yield from _section("Edits by rule", _rules(build))
    yield from _section("Documents", _documents(build))
    yield from _section("Names with several spellings", _names(build.names))
    yield from _section("Changes", _changes(build))


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", f"## {title}", "", *body)


def _table(head: str, rows: Sequence[Sequence[object]], noun: str = "row") -> Iterator[str]:
    """A Markdown table of the first rows, and how many more there are; nothing for no rows.

    A head that ends in ``:`` is aligned right.
    """
    if not rows:
        return
    names = [name.strip() for name in head.split("|")]
    yield "| " + " | ".join(name.rstrip(":") for name in names) + " |"
    yield "|" + "|".join("---:" if name.endswith(":") else "---" for name in names) + "|"
    for row in rows[:_ROWS]:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    if len(rows) > _ROWS:
        yield from ("", f"{_number(len(rows) - _ROWS, f'more {noun}')}: see `report.html`.")


def _failures(build: ReportData) -> Iterator[str]:
    return _table(
        "Table | Document | Row: | Column | Check | Value",
        [
            (
                markdown(f.table),
                code_span(f.document) if f.document else "",
                "" if f.row is None else f.row,
                markdown(f.column),
                code_span(f.check),
                code_span(shorten(f.value, _SHOWN)),
            )
            for f in build.failures
        ],
        "failure",
    )


def _rules(build: ReportData) -> Iterator[str]:
    return _table(
        "Rule | Name | Applied: | Left alone: | Documents: | What it finds",
        [
            (
                *(markdown(rule.code), markdown(rule.name)),
                *(rule.applied, rule.reported, rule.documents),
                markdown(rule.summary),
            )
            for rule in build.rules
        ],
        "rule",
    )


def _documents(build: ReportData) -> Iterator[str]:
    def row(document: DocumentRow) -> tuple[object, ...]:
        applied, left = build.counts_of[document.id]
        title = markdown(shorten(document.title or "", _SHOWN))
        dropped = f"{document.n_dropped_blocks} ({build.dropped_of[document.id]:,})"
        return (
            *(code_span(document.id), markdown(document.lang), title, f"{document.n_words:,}"),
            *(applied, left, dropped),
        )

    return _table(
        "Document | Language | Title | Words: | Edits: | Left alone: | Dropped (characters):",
        [row(document) for document in build.documents],
        "document",
    )


def _names(names: Sequence[NameRow]) -> Iterator[str]:
    by_name: dict[tuple[str, str], list[NameRow]] = {}
    for name in names:
        by_name.setdefault((name.canonical, name.kind), []).append(name)
    return _table(
        "Name | Kind | Spellings (occurrences) | Documents:",
        [
            (
                *(markdown(canonical), markdown(kind)),
                ", ".join(f"{markdown(r.spelling)} ({_status(r)}{r.count})" for r in rows),
                len({document for r in rows for document in r.documents}),
            )
            for (canonical, kind), rows in by_name.items()
            if len(rows) > 1
        ],
        "name",
    )


def _status(row: NameRow) -> str:
    return f"{row.status}, " if row.status in ("ambiguous", "probable") else ""


def _changes(build: ReportData) -> Iterator[str]:
    changed = [document for document in build.documents if sum(build.counts_of[document.id])]
    size = 0
    for at, document in enumerate(changed):
        lines = list(_document(build.diff_of[document.id], build.edits_of[document.id]))
        size += sum(map(len, lines))
        if size > _CHARACTERS:
            left = _number(len(changed) - at, "more document")
            yield f"{left} with changes: see `report.html` and `edits.jsonl`."
            return
        yield from (f"### {code_span(document.id)}", "")
        if document.title:
            yield from (markdown(document.title), "")
        yield from (*lines, "")


def _document(diff: Sequence[Segment], edits: Sequence[EditRow]) -> Iterator[str]:
    """The changed words, then what was dropped, then what was left alone."""
    yield from _table(
        "Line: | Rule | Change | Certainty:",
        [_change(s, edits) for s in diff if s.kind == "change"],
        "change",
    )
    rows = (edits[i] for segment in diff if segment.kind == "drop" for i in segment.edits)
    dropped = [
        f"- line {row.line}, {markdown(row.rule)}: {code_span(shorten(row.before.strip(), _SHOWN))}"
        f" — {markdown(row.reason)}"
        for row in rows
        if row.status == "applied" and row.before.strip()
    ]
    if dropped:
        yield from ("", f"<details><summary>{_number(len(dropped), 'dropped block')}</summary>", "")
        yield from dropped
        yield from ("", "</details>", "")
    left = [
        (
            *(row.line, markdown(row.rule), code_span(shorten(row.before or "␣", _SHOWN))),
            *("" if row.after is None else code_span(shorten(row.after, _SHOWN)),),
            *(f"{row.certainty:.2f}", markdown(row.reason)),
        )
        for row in edits
        if row.status != "applied"
    ]
    yield from ("", *_table("Line: | Rule | Left alone | Proposed | Certainty: | Reason", left))


def _change(segment: Segment, edits: Sequence[EditRow]) -> tuple[object, ...]:
    rows = [edits[i] for i in segment.edits if edits[i].status == "applied"]
    rules = ", ".join(dict.fromkeys(markdown(row.rule) for row in rows))
    before, after = (shorten(s, _SHOWN) for s in (segment.before, segment.after))
    change = f"{code_span(before) if before else ''} → {code_span(after) if after else '(removed)'}"
    return rows[0].line, rules, change, f"{min(row.certainty for row in rows):.2f}"
