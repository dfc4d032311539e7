"""A build as one HTML page that needs no network and no server.

The overview is plain HTML. Each document stands in the page as JSON and is drawn when it is
opened, so thousands stay usable; beyond ``PAGE_BYTES`` the documents go on in sibling pages.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..tables import DocumentRow, EditRow, columns
from .charts import charts
from .codes import is_layout, rule_of
from .data import ReportData, Shown
from .diff import Segment
from .escape import json_text, marked

PAGE_BYTES = 9_500_000
"""Bytes of one page in UTF-8: under 10 MB, with room for what is not counted to the byte."""

_AROUND = 100
"""Bytes around the data of a document: its element, and its link where pages are many."""

_FARTHER = len("report-99.html")
"""Bytes by which a link into a sibling page is longer than one within the page."""

_TEMPLATES = Path(__file__).parent / "templates"


def render_pages(build: ReportData, limit: int = PAGE_BYTES) -> dict[str, Iterator[str]]:
    """The report by file name: ``report.html``, and ``report-2.html`` and on where it is long.

    A page comes in parts, so that it is never in memory as a whole. ``limit`` is in bytes of a
    page; a page has one document at least. Equal builds give equal text.
    """
    digest = hashlib.sha256()
    for at, document in enumerate(build.documents):
        digest.update(b"\n" if at else b"")
        digest.update(document.payload.encode())
    shown = digest.hexdigest()[:16]
    groups = [range(len(build.documents))]
    page = "".join(_rendered(build, shown, groups, payloads=False)["report.html"])
    payloads = [document.size for document in build.documents]
    length = len(page.encode()) + sum(payloads)
    if length > limit:
        sizes = [
            size + len(_embedded(_index_entry(document)).encode()) + _AROUND
            for size, document in zip(payloads, build.documents, strict=True)
        ]
        first = length - sum(sizes) + _FARTHER * page.count('href="#doc/')
        groups = _groups(sizes, limit - first, limit - _shared())
    return _rendered(build, shown, groups)


def _rendered(
    build: ReportData, digest: str, groups: Sequence[range], *, payloads: bool = True
) -> dict[str, Iterator[str]]:
    """The pages by file name, each with its group of documents; empty ones without payloads."""
    names = ["report.html", *(f"report-{n}.html" for n in range(2, len(groups) + 1))]
    where = {
        build.documents[at].id: f"{'' if number == 0 else names[number]}#doc/{at - group.start}"
        for number, group in enumerate(groups)
        for at in group
    }
    pages = {}
    for number, (name, group) in enumerate(zip(names, groups, strict=True)):
        pages[name] = _template().generate(
            build=build,
            first=number == 0,
            pages=list(zip(names, groups, strict=True)),
            current=name,
            group=group,
            digest=digest,
            where=where,
            charts=charts(build) if number == 0 else (),
            clusters=build.names.shown if number == 0 else (),
            index=_embedded([_index_entry(build.documents[at]) for at in group]),
            rules=_embedded(_rule_texts(build)),
            payloads=_payloads(build, group) if payloads else [""] * len(group),
            **_assets(),
        )
    return pages


def _payloads(build: ReportData, group: range) -> Iterator[Markup]:
    for at in group:
        yield Markup(build.documents[at].payload)  # nosec B704  # noqa: S704 - see ``payload``


def _shared() -> int:
    """Bytes of what every page has, roughly: style and script, and as much again for the rest."""
    return 2 * sum(len(text.encode()) for text in _assets().values())


def _groups(sizes: Sequence[int], first: int, limit: int) -> list[range]:
    """Consecutive documents for each page, ``first`` bytes of them in the first, then ``limit``."""
    groups, start, size, room = [], 0, 0, first
    for at, length in enumerate(sizes):
        if at > start and size + length > room:
            groups.append(range(start, at))
            start, size, room = at, 0, limit
        size += length
    return [*groups, range(start, len(sizes))]


def _embedded(data: Any) -> Markup:
    """JSON for a ``<script type="application/json">``: nothing in it can end the element."""
    text = json_text(data)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # nosec B704  # noqa: S704 - no character of HTML is left


def payload(row: DocumentRow, edits: Sequence[EditRow], diff: Sequence[Segment]) -> str:
    """What the page's script draws a document from, as JSON without a character of HTML."""
    listed = [
        [
            *(e.rule, e.start, e.end, e.line, e.column, e.before, e.after),
            *(e.certainty, e.repair, e.status, e.reason),
        ]
        for e in edits
    ]
    facts = {name: getattr(row, name) for name in _FACTS}
    facts["images"] = [[image.caption, image.credit] for image in row.images]
    return str(_embedded({"facts": facts, "edits": listed, "segments": list(_packed(diff))}))


_FACTS = tuple(name for name in columns("documents") if name not in ("text", "images"))


_KINDS = {"change": 0, "mark": 1, "drop": 2, "space": 3, "move": 4}


def _packed(diff: Sequence[Segment]) -> Iterator[Any]:
    """Segments in little room: text that was kept as a string, others as a list."""
    for segment in diff:
        if segment.kind == "keep":
            yield segment.before
        else:
            yield [_KINDS[segment.kind], segment.before, segment.after, *segment.edits]


def _index_entry(document: Shown) -> list[Any]:
    counts = document.applied, document.left, document.n_dropped_blocks
    return [document.id, document.heading, *counts]


def _rule_texts(build: ReportData) -> dict[str, list[str | bool]]:
    """Name and explanation of each rule of the build, and whether it is of layout."""
    found: dict[str, list[str | bool]] = {}
    for total in build.rules:
        rule = rule_of(total.code)
        found[total.code] = [total.name, rule.explanation if rule else "", is_layout(total.code)]
    return found


def _shown(value: object) -> object:
    """What the templates show of a value: text without anything that a reader cannot see."""
    return marked(value) if type(value) is str else value


@lru_cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    return environment.get_template("page.html")


@lru_cache
def _assets() -> dict[str, Markup | str]:
    """Style and script of our own, and the digests by which the page allows nothing else."""
    found: dict[str, Markup | str] = {}
    for kind in ("css", "js"):
        text = (_TEMPLATES / f"page.{kind}").read_text(encoding="utf-8")
        found[kind] = Markup(text)  # nosec B704  # noqa: S704 - our own file
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        found[f"{kind}_digest"] = f"sha256-{digest}"
    return found
