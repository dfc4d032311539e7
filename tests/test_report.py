"""Reports of a build: every change is there, and no text is anything but text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edits import Edit, apply
from normalize.report.data import Names, ReportData, Totals
from normalize.report.diff import Segment, segments
from normalize.report.page import render_pages
from normalize.report.sample import Sample
from normalize.report.summary import render_markdown
from normalize.tables import DocumentRow, EditRow, Failure, NameRow

from .test_validation import DOCUMENT, EDIT, NAME


def edit(raw: str, start: int, end: int, after: str | None, **changes: Any) -> EditRow:
    """An edit row of ``raw``; applied unless it has no repair."""
    status = "reported" if after is None else "applied"
    row = replace(EDIT, start=start, end=end, before=raw[start:end], after=after, status=status)
    return replace(row, **changes)


def document(raw: str, *rows: EditRow, name: str = "000_abc") -> DocumentRow:
    applied = [
        Edit(r.start, r.end, r.before, r.after, r.rule, r.certainty, r.reason)
        for r in rows
        if r.status == "applied"
    ]
    return replace(
        DOCUMENT,
        id=name,
        text=apply(raw, applied),
        n_chars_raw=len(raw),
        n_edits=len(applied),
    )


def report(*texts: tuple[str, list[EditRow]], **parts: Any) -> ReportData:
    rows = []
    for number, (raw, edits) in enumerate(texts):
        name = f"{number:03}_abc"
        row = document(raw, *edits, name=name)
        rows.append((row, [replace(edit, document=name) for edit in edits]))
    return report_of(rows, **parts)


def report_of(
    rows: Sequence[tuple[DocumentRow, list[EditRow]]],
    names: Sequence[NameRow] = (),
    failures: Sequence[Failure] = (),
    title: str = "Report",
) -> ReportData:
    sample, totals = Sample(), Totals()
    for row, edits in rows:
        sample.add(row, edits)
        totals.add(edits)
    return sample.report(Names.of(names), failures, totals, title=title)


def whole_page(build: ReportData) -> str:
    """The only page of a report that is not long."""
    (page,) = pages_of(build).values()
    return page


def pages_of(build: ReportData, **limit: int) -> dict[str, str]:
    return {name: "".join(parts) for name, parts in render_pages(build, **limit).items()}


RAW = "Le généralde corps (ADMM ) est\n\nVoir plus\nUn autre article\n"
ROWS = [
    edit(RAW, 10, 10, " "),
    edit(RAW, 19, 26, None, rule="SUS001", reason="a character is lost", certainty=0.8),
    edit(RAW, 32, 59, "", rule="TSR001", reason="a teaser after a marker", certainty=0.9),
]


# --- the diff -----------------------------------------------------------------------------------


def shapes(raw: str, *rows: EditRow) -> list[tuple[str, str, str]]:
    return [(s.kind, s.before, s.after) for s in segments(document(raw, *rows).text, rows)]


def test_a_diff_is_in_whole_words() -> None:
    assert shapes(RAW, *ROWS) == [
        ("keep", "Le ", "Le "),
        ("change", "généralde", "général de"),
        ("keep", " corps ", " corps "),
        ("mark", "(ADMM )", "(ADMM )"),
        ("keep", " est\n\n", " est\n\n"),
        ("drop", "Voir plus\nUn autre article\n", ""),
    ]


def test_edits_of_one_word_are_one_change() -> None:
    raw = "Selon l'arméeHoang Xuan, dit"
    rows = (
        edit(raw, 13, 13, " "),
        edit(raw, 13, 23, "Hoàng Xuân", rule="NAM001"),
    )
    assert shapes(raw, *rows) == [
        ("keep", "Selon ", "Selon "),
        ("change", "l'arméeHoang Xuan", "l'armée Hoàng Xuân"),
        ("keep", ", dit", ", dit"),
    ]
    assert segments(document(raw, *rows).text, rows)[1].edits == (0, 1)


def test_words_of_one_name_are_one_change() -> None:
    raw = "Selon Hoang Xuan Chien, àla fin"
    reason = "the corpus writes Hoàng Xuân Chiên"
    rows = [
        edit(raw, start, start + len(after), after, rule="NAM001", reason=reason)
        for start, after in ((6, "Hoàng"), (12, "Xuân"), (17, "Chiên"))
    ]
    assert ("change", "Hoang Xuan Chien", "Hoàng Xuân Chiên") in shapes(raw, *rows)
    rows[1] = replace(rows[1], reason="another")
    assert ("change", "Xuan", "Xuân") in shapes(raw, *rows)


def test_the_title_is_moved_not_dropped() -> None:
    raw = "Un titre\n\nUn texte.\n"
    rows = [
        edit(raw, 0, 10, "", rule="LAY001", reason="its own column"),
        edit(raw, 19, 20, "", rule="LAY002", reason="no line end"),
    ]
    build = report((raw, rows))
    assert [s.kind for s in segments(document(raw, *rows).text, rows)] == ["move", "keep", "space"]
    assert (build.n_applied, build.n_layout, build.dropped) == (0, 2, 0)
    assert "0 edits applied (and 2 of layout)" in render_markdown(build)


@pytest.mark.parametrize(
    ("raw", "start", "end", "after", "expected"),
    [
        ("à  la", 1, 2, "", ("space", " ", "")),
        ("un\ndeux", 2, 3, "\n\n", ("space", "\n", "\n\n")),
        ("japon ais", 5, 6, "", ("change", "japon ais", "japonais")),
        ("Hanoi (VNA) - Le port", 0, 14, "", ("change", "Hanoi (VNA) - ", "")),
        ("Fin. -VNA\n", 4, 9, "", ("change", " -VNA", "")),
        ("Hoang, dit", 0, 5, "Hoàng", ("change", "Hoang", "Hoàng")),
        ("le 2 mai", 3, 4, "deux", ("change", "2", "deux")),
        ("Un.\nVoir plus", 4, 13, "", ("drop", "Voir plus", "")),
        ("Un.\n\nVoir plus\n\nx", 3, 14, "", ("drop", "\n\nVoir plus", "")),
    ],
)
def test_kinds_of_change(
    raw: str, start: int, end: int, after: str, expected: tuple[str, str, str]
) -> None:
    assert expected in shapes(raw, edit(raw, start, end, after))


def test_words_do_not_grow_into_a_dropped_block_nor_without_end() -> None:
    raw = "Voir plus\n" + "a" * 300
    rows = (edit(raw, 0, 10, ""), edit(raw, 160, 160, " "))
    drop, before, change, after = segments(document(raw, *rows).text, rows)
    assert (drop.kind, change.kind, len(change.before)) == ("drop", "change", 80)
    assert before.kind == after.kind == "keep"


def test_edits_that_do_not_fit_leave_the_text_alone() -> None:
    row = replace(EDIT, start=1, end=2, before="x", after="not there")
    assert segments("abc", [row]) == [Segment("keep", 0, "abc", "abc")]


@given(st.data())
def test_segments_lie_end_to_end_and_make_both_texts(data: st.DataObject) -> None:
    raw = data.draw(st.text(st.sampled_from("ab \n.é"), max_size=60))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=12)))
    rows: list[EditRow] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = data.draw(st.one_of(st.none(), st.text(st.sampled_from("xy \n"), max_size=4)))
        clash = rows and after is not None and start == end and (start, end) == _span(rows[-1])
        if not clash:
            rows.append(edit(raw, start, end, after))
    text = document(raw, *rows).text
    found = segments(text, rows)
    assert "".join(s.before for s in found) == raw
    assert "".join(s.after for s in found) == text
    assert [s.start for s in found] == [
        sum(len(s.before) for s in found[:at]) for at in range(len(found))
    ]
    assert sorted(n for s in found for n in s.edits) == list(range(len(rows)))


def _span(row: EditRow) -> tuple[int, int]:
    return row.start, row.end


# --- hostile text -------------------------------------------------------------------------------

EVIL = (
    "</script><script>alert(1)</script><!-- --> ]]> <img src=x onerror=alert(1)> "
    "\"'`${x}{{ 7*7 }}{% raw %}&lt;&amp; \u202egnp\u2028\u2029\x00\x1b[2J | a [b](javascript:c)"
)


def evil() -> ReportData:
    rows = [
        edit(EVIL, 0, 9, EVIL, rule="ZZZ001", reason=EVIL),
        edit(EVIL, 20, 30, None, rule="Z|<b>", reason=EVIL),
    ]
    row = replace(
        document(EVIL, *rows),
        title=EVIL,
        lede=EVIL,
        source=EVIL,
        lang="<b>",
        author=EVIL,
        url="javascript:alert(1)",
        dateline=EVIL,
    )
    return report_of(
        [(row, rows)],
        title=EVIL,
        names=[
            replace(NAME, canonical=EVIL, spelling=EVIL, kind=EVIL, reason=EVIL, documents=(EVIL,))
        ],
        failures=[Failure(EVIL, EVIL, EVIL, EVIL, 3, EVIL)],
    )


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, and the text of each script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs).get("id") or "code"
            self.scripts[self._script] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.scripts[self._script] += data
        else:
            self.texts.append(data)


def test_text_cannot_break_out_of_the_page() -> None:
    tame, page = Page(whole_page(report((RAW, ROWS)))), Page(whole_page(evil()))
    assert set(page.scripts) == {"index", "rules", "doc-0", "code"} == set(tame.scripts)
    assert page.scripts["code"] == tame.scripts["code"]
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in tame.tags} | TABLE_TAGS
    assert not {name for _, found in page.tags for name in found if name.startswith("on")}
    links = [found.get("href") or "" for tag, found in page.tags if tag in ("a", "link")]
    assert all(re.match(r"#|data:,$", link) for link in links)
    data = json.loads(page.scripts["doc-0"])
    assert data["edits"][0][6] == EVIL
    assert data["facts"]["title"] == EVIL
    texts = "".join(page.texts)
    assert "[U+202E]gnp[U+2028][U+2029][U+0000][U+001B]" in texts
    assert not set(texts) & set("\x00\x1b\u202e\u2028")


TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td", "bdi", "span"}


def test_the_page_allows_only_its_own_script_and_style_and_no_request() -> None:
    import hashlib
    from base64 import b64encode

    page = whole_page(report((RAW, ROWS)))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    for kind in ("script", "style"):
        inline = re.search(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        assert inline is not None
        digest = b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)
    assert " style=" not in page


def test_text_cannot_break_out_of_markdown() -> None:
    text = render_markdown(evil())
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert "<script" not in outside
    assert "<img" not in outside
    assert "](" not in outside
    assert not set(text) & set("\x00\x1b\u202e\u2028")
    for line in outside.split("\n"):
        if line.startswith("|"):
            assert re.sub(r"\\[\\|]", "", line).count("|") in (5, 6, 7, 8), line


# --- what stands in them ------------------------------------------------------------------------


def test_markdown_lists_every_change() -> None:
    text = render_markdown(
        report(
            (RAW, ROWS),
            ("Rien.", []),
            names=[NAME, replace(NAME, spelling="Brést", status="variant", count=3)],
            failures=[Failure("000_abc", "text", "nfc", "e\u0301", 0, "documents")],
        )
    )
    assert text.startswith(
        "# Report\n\n2 documents, 2 edits applied, 1 finding left alone, 1 schema failure.\n"
    )
    assert "| 1 | RUN001 | `généralde` → `général de` | 0.97 |" in text
    assert "<details><summary>1 dropped block</summary>" in text
    assert r"`Voir plus\nUn autre article` — a teaser after a marker" in text
    assert "| 1 | SUS001 | `(ADMM )` |  | 0.80 | a character is lost |" in text
    assert "| Brest | place | Brest (1), Brést (3) | 1 |" in text
    assert "| documents | `000_abc` | 0 | text | `nfc` |" in text
    assert "### `001_abc`" not in text
    assert "\n\n\n" not in text


def test_long_markdown_says_what_it_leaves_out() -> None:
    raw = "lesdeux " * 310
    rows = [edit(raw, at * 8 + 3, at * 8 + 3, " ") for at in range(310)]
    text = render_markdown(report(*[(raw, rows)] * 30, *[("Rien.", [])] * 275))
    assert "10 more changes: see `report.html`." in text
    assert "5 more documents: see `report.html`." in text
    assert re.search(r"\n\d+ more documents with changes: see `report\.html`", text)
    assert len(text) < 400_000


def test_page_has_totals_pictures_with_words_and_every_edit() -> None:
    build = report((RAW, ROWS), names=[NAME, replace(NAME, spelling="Brést", status="variant")])
    page = Page(whole_page(build))
    pictures = [found for tag, found in page.tags if tag == "svg"]
    assert len(pictures) == 3
    ids = {found.get("id") for _, found in page.tags}
    for picture in pictures:
        assert picture["role"] == "img"
        assert set((picture["aria-labelledby"] or "").split()) <= ids
    data = json.loads(page.scripts["doc-0"])
    assert [row[0] for row in data["edits"]] == ["RUN001", "SUS001", "TSR001"]
    assert data["segments"][1] == [0, "généralde", "général de", 0]
    assert "".join(s if isinstance(s, str) else s[1] for s in data["segments"]) == RAW
    assert "Every table is valid." in page.texts


def test_an_empty_build_has_reports() -> None:
    build = report()
    assert render_markdown(build).startswith("# Report\n\n0 documents,")
    assert json.loads(Page(whole_page(build)).scripts["index"]) == []


def test_reports_are_the_same_every_time() -> None:
    one, other = (report((RAW, ROWS), ("Rien.", []), names=[NAME]) for _ in range(2))
    assert whole_page(one) == whole_page(other)
    assert render_markdown(one) == render_markdown(other)


def test_a_long_report_goes_on_in_sibling_pages() -> None:
    build = report(*[(RAW, ROWS)] * 10, names=[NAME])
    whole = whole_page(build)
    assert list(pages_of(build)) == ["report.html"]
    pages = pages_of(build, limit=2_000)
    assert list(pages) == ["report.html", *(f"report-{n}.html" for n in range(2, len(pages) + 1))]
    assert len(pages) > 2
    seen = []
    for name, text in pages.items():
        page = Page(text)
        rows = json.loads(page.scripts["index"])
        assert set(page.scripts) == {
            "index",
            "rules",
            "code",
            *(f"doc-{n}" for n in range(len(rows))),
        }
        seen += [row[0] for row in rows]
        assert f'href="{name}#documents" aria-current=page' in text
        assert ('id="overview"' in text) == ('id="names"' in text) == (name == "report.html")
    assert seen == [row.id for row in build.documents]
    assert 'href="report-2.html#doc/0"' in pages["report.html"]
    assert len(pages["report.html"]) < len(whole)


def test_no_page_is_longer_than_its_limit() -> None:
    names = [replace(NAME, canonical=f"Brest{n}", spelling=f"Brest{n}") for n in range(300)]
    raw = f"{RAW}Un texte é «à part». " * 150
    build = report(*[(raw, ROWS)] * 60, names=names)
    pages = pages_of(build, limit=300_000)
    lengths = [len(text.encode()) for text in pages.values()]
    assert len(pages) > 2
    assert max(lengths) <= 300_000
    assert all(length > 200_000 for length in lengths[:-1])


def test_a_long_table_of_names_shows_what_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.report.data.SHOWN_NAMES", 3)
    rows = [
        *(replace(NAME, canonical=f"N{n}", spelling=f"N{n}", count=n) for n in range(9)),
        replace(NAME, canonical="Two", spelling="Two", count=1),
        replace(NAME, canonical="Two", spelling="Twó", count=1, status="variant"),
    ]
    page = whole_page(report((RAW, ROWS), names=rows))
    assert "Shown are 3 of 10 names" in page
    assert re.findall(r'rowspan="\d"><bdi>(\w+)</bdi>', page) == ["N7", "N8", "Two"]
