"""A build as Markdown, for a code host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..tables import EditRow
from .data import MARKDOWN_ROWS, ReportData, Shown, ShownName
from .diff import Segment
from .escape import code_span, markdown, shorten

CHARACTERS = 300_000
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
    yield from _section("Names with several spellings", _names(build))
    yield from _section("Changes", _changes(build))


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ("", f"## {title}", "", *body)


def _table(
    head: str, rows: Sequence[Sequence[object]], noun: str = "row", count: int | None = None
) -> Iterator[str]:
    """A Markdown table of the first rows, and how many more there are; nothing for no rows.

    A head that ends in ``:`` is aligned right. ``count`` says how many rows there are where not
    all are given.
    """
    if not rows:
        return
    names = [name.strip() for name in head.split("|")]
    yield "| " + " | ".join(name.rstrip(":") for name in names) + " |"
    yield "|" + "|".join("---:" if name.endswith(":") else "---" for name in names) + "|"
    for row in rows[:MARKDOWN_ROWS]:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    left = (len(rows) if count is None else count) - MARKDOWN_ROWS
    if left > 0:
        yield from ("", f"{_number(left, f'more {noun}')}: see `report.html`.")


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
    def row(document: Shown) -> tuple[object, ...]:
        title = markdown(shorten(document.title or "", _SHOWN))
        dropped = f"{document.n_dropped_blocks} ({document.dropped:,})"
        return (
            *(code_span(document.id), markdown(document.lang), title, f"{document.n_words:,}"),
            *(document.applied, document.left, dropped),
        )

    return _table(
        "Document | Language | Title | Words: | Edits: | Left alone: | Dropped (characters):",
        [row(document) for document in build.documents[:MARKDOWN_ROWS]],
        "document",
        len(build.documents),
    )


def _names(build: ReportData) -> Iterator[str]:
    def row(spellings: Sequence[ShownName], documents: int) -> tuple[object, ...]:
        first = spellings[0]
        shown = (f"{markdown(s.spelling)} ({_status(s)}{s.count})" for s in spellings)
        return markdown(first.canonical), markdown(first.kind), ", ".join(shown), documents

    return _table(
        "Name | Kind | Spellings (occurrences) | Documents:",
        [row(*name) for name in build.names.several[:MARKDOWN_ROWS]],
        "name",
        build.names.n_several,
    )


def _status(name: ShownName) -> str:
    return f"{name.status}, " if name.status in ("ambiguous", "probable") else ""


def _changes(build: ReportData) -> Iterator[str]:
    changed = [document for document in build.documents if document.is_changed]
    for at, document in enumerate(changed):
        if document.changes is None:
            left = _number(len(changed) - at, "more document")
            yield f"{left} with changes: see `report.html` and `edits.jsonl`."
            return
        yield from (f"### {code_span(document.id)}", "")
        if document.title:
            yield from (markdown(document.title), "")
        yield from (*document.changes, "")


def changes(diff: Sequence[Segment], edits: Sequence[EditRow]) -> Iterator[str]:
    """Lines on one document: the changed words, then what was dropped, then what was left alone."""
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
