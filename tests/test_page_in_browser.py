"""The report page in headless Chromium; skipped where Playwright or a Chromium is missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normalize.report.page import render_html
from normalize.tables import Failure

from .test_report import EVIL, edit, evil, report
from .test_validation import NAME

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

RAW = "Le généralde corps (ADMM ) est\nà Brest.\n\nVoir plus\nUn autre article\n"
TWO = "Le port ,lesdeux quais.\n"
ROWS = [
    edit(RAW, 10, 10, " ", certainty=0.6),
    edit(RAW, 19, 26, None, rule="SUS001", reason="a character is lost", certainty=0.8),
    edit(RAW, 41, 68, "", rule="TSR001", reason="follows a marker", certainty=0.9),
]
ROWS_TWO = [
    edit(TWO, 7, 8, "", rule="SPC001", reason="a space before a comma", certainty=0.95),
    edit(TWO, 12, 12, " ", certainty=0.99),
]


class Tab:
    """A page from disk, with everything it complained of or asked the network for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, file: Path, place: str = "") -> Any:
        self.page.goto(f"{file.as_uri()}{place}")
        return self.page

    def at(self, place: str) -> None:
        """Wait until this place of the page is open."""
        self.page.wait_for_url(f"**{place}")

    def left(self, count: int) -> None:
        """Wait until the filters leave so many documents."""
        left = self.page.locator("#list li:not([hidden])")
        playwright.expect(left).to_have_count(count)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    tab = Tab(context.new_page())
    yield tab
    assert tab.complaints == []
    assert {url for url in tab.requests if not url.startswith(("file:", "blob:", "data:"))} == set()
    context.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    build = report(
        (RAW, ROWS),
        (TWO, ROWS_TWO),
        ("Rien à changer.", []),
        names=[
            NAME,
            *(NAME.__class__("Hoàng Chiên", s, "person", 1, (), None, "variant", "fewer marks")
              for s in ("Hoang Chien", "Hoàng Chien")),
        ],
        failures=[Failure("001_abc", "text", "nfc", "e\u0301", 1, "documents")],
    )  # fmt: skip
    file = tmp_path / "report.html"
    file.write_text(render_html(build), encoding="utf-8")
    return file


def shown(page: Any) -> list[str]:
    """The documents of the list that the filters leave."""
    items = page.locator("#list li:not([hidden]) small bdi")
    return [str(text) for text in items.all_inner_texts()]


def test_the_overview_opens_first_and_leads_to_documents(tab: Tab, page: Path) -> None:
    view = tab.open(page)
    assert view.locator("#overview").is_visible()
    assert not view.locator("#documents").is_visible()
    assert view.locator("svg[role=img]").count() == 3
    view.click("a[data-rule=SPC001]")
    tab.at("#doc/1")
    assert shown(view) == ["001_abc"]
    view.click("text=Failures")
    assert "nfc" in view.inner_text("#failures")


def test_deletions_insertions_and_dropped_blocks(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/0")
    reader = view.locator("#reader")
    assert reader.locator("del").first.inner_text() == "généralde"
    assert reader.locator("ins").first.inner_text() == "général de"
    assert reader.locator("mark").inner_text() == "(ADMM )"
    drops = reader.locator("details.drops")
    assert drops.get_attribute("open") is None
    assert "1 dropped block, 26 characters: TSR001" in drops.inner_text()
    drops.locator("summary").click()
    assert "follows a marker" in drops.inner_text()
    assert "certainty 0.60" in (reader.locator(".edit").first.get_attribute("title") or "")
    assert "10–10" in (reader.locator(".edit").first.get_attribute("title") or "")


def test_filters(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#documents")
    assert shown(view) == ["000_abc", "001_abc", "002_abc"]
    view.fill("#f-text", "generalde")
    tab.left(1)
    assert shown(view) == ["000_abc"]
    view.fill("#f-text", "")
    tab.left(3)
    view.fill("#f-low", "0.94")
    tab.left(1)
    assert "2 edits" in view.inner_text("#list-count")
    assert shown(view) == ["001_abc"]
    view.click("#filters button[type=reset]")
    tab.left(3)
    view.select_option("#f-state", "reported")
    tab.left(1)
    assert view.locator("#reader .edit.off").count() == 2
    view.click("#filters button[type=reset]")
    tab.left(3)
    view.fill("#f-document", "002")
    tab.left(1)
    assert shown(view) == ["002_abc"]
    view.goto(f"{page.as_uri()}#names")
    view.fill("#f-name", "hoang chien")
    assert view.locator("#names-table tbody:not([hidden])").count() == 1


def test_keys_decisions_and_export(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/0")
    view.keyboard.press("j")
    view.keyboard.press("r")
    view.keyboard.press("j")
    view.keyboard.press("a")
    view.keyboard.press("n")
    tab.at("#doc/1")
    view.keyboard.press("j")
    view.keyboard.press("a")
    view.keyboard.press("u")
    assert view.inner_text("#decided") == "2"
    with view.expect_download() as download:
        view.keyboard.press("e")
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    place = {"document": "000_abc", "before": "", "after": " ", "start": 10, "end": 10}
    assert exported == {
        "version": 1,
        "decisions": [
            place | {"rule": "RUN001", "decision": "reject"},
            {
                "document": "000_abc",
                "rule": "SUS001",
                "start": 19,
                "end": 26,
                "before": "(ADMM )",
                "after": None,
                "decision": "accept",
            },
        ],
    }
    view.keyboard.press("p")
    tab.at("#doc/0")
    assert view.locator("#reader .edit.reject").count() == 1
    view.keyboard.press("?")
    assert view.locator("#help").is_visible()
    view.keyboard.press("Escape")


def test_side_by_side_and_both_themes(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/1")
    view.keyboard.press("s")
    left, right = view.locator("#reader .two > p").all_inner_texts()
    assert left == "Le port ,lesdeux quais."
    assert right == "Le port,les deux quais."
    assert "places" in view.inner_text("#where")
    view.click("#theme")
    assert view.get_attribute("html", "data-theme") == "dark"


def test_a_phone_has_no_sideways_scroll(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700})
    view = context.new_page()
    for place in ("", "#doc/0", "#names", "#failures"):
        view.goto(f"{page.as_uri()}{place}")
        assert view.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_hostile_text_is_only_text(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "evil.html"
    file.write_text(render_html(evil()), encoding="utf-8")
    for place in ("", "#doc/0", "#names", "#failures"):
        view = tab.open(file, place)
    view = tab.open(file, "#doc/0")
    assert view.inner_text("#reader h2").startswith("</script><script>alert(1)</script>")
    assert "U+202E" in view.inner_text("#reader h2")
    assert view.locator("#reader img, #reader script, #reader a").count() == 0
    for key in "jaskdjr":
        view.keyboard.press(key)


def test_a_megabyte_of_text_opens(tab: Tab, tmp_path: Path) -> None:
    text = EVIL.replace("\x00", "") + "\n" + "mot lesdeux " * 90_000
    build = report((text, [edit(text, 300_000, 300_001, "")]))
    file = tmp_path / "long.html"
    file.write_text(render_html(build), encoding="utf-8")
    view = tab.open(file, "#doc/0")
    assert len(view.inner_text("#reader .diff")) > 1_000_000
