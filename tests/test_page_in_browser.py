"""The report page in headless Chromium; skipped where Playwright or a Chromium is missing."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normalize.tables import Failure

from .test_cli import run as command
from .test_report import EVIL, edit, evil, report, whole_page
from .test_validation import NAME

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect
expect.set_options(timeout=30_000)
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

    def open(self, file: Path, place: str = "#overview") -> Any:
        self.page.goto(f"{file.as_uri()}{place}")
        self.at(place)
        return self.page

    def at(self, place: str) -> None:
        """Wait until this place of the page is drawn."""
        view = "#documents" if place.startswith("#doc/") else place
        expect(self.page.locator(".top nav a[aria-current]")).to_have_attribute("href", view)
        if place != view:
            current = self.page.locator("#list a[aria-current]")
            expect(current).to_have_attribute("href", place)

    def left(self, *names: str) -> None:
        """Wait until the filters leave these documents."""
        expect(self.page.locator("#list li:not([hidden]) small bdi")).to_have_text(list(names))


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
    file.write_text(whole_page(build), encoding="utf-8")
    return file


def test_the_overview_opens_first_and_leads_to_documents(tab: Tab, page: Path) -> None:
    view = tab.page
    view.goto(page.as_uri())
    tab.at("#overview")
    expect(view.locator("#overview")).to_be_visible()
    expect(view.locator("#documents")).to_be_hidden()
    expect(view.locator("svg[role=img]")).to_have_count(3)
    view.click("a[data-rule=SPC001]")
    tab.at("#doc/1")
    tab.left("001_abc")
    view.click("text=Failures")
    tab.at("#failures")
    expect(view.locator("#failures")).to_contain_text("nfc")


def test_deletions_insertions_and_dropped_blocks(tab: Tab, page: Path) -> None:
    reader = tab.open(page, "#doc/0").locator("#reader")
    expect(reader.locator("del").first).to_have_text("généralde")
    expect(reader.locator("ins").first).to_have_text("général de")
    expect(reader.locator("mark")).to_have_text("(ADMM )")
    drops = reader.locator("details.drops")
    expect(drops).not_to_have_attribute("open", "")
    expect(drops).to_contain_text("1 dropped block, 26 characters: TSR001")
    drops.locator("summary").click()
    expect(drops.locator(".why")).to_be_visible()
    expect(drops.locator(".why")).to_contain_text("follows a marker")
    title = re.compile(r"certainty 0\.60 · 10–10")
    expect(reader.locator(".edit").first).to_have_attribute("title", title)


def test_filters(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#documents")
    everything = ("000_abc", "001_abc", "002_abc")
    tab.left(*everything)
    view.fill("#f-text", "generalde")
    tab.left("000_abc")
    view.fill("#f-text", "")
    tab.left(*everything)
    view.fill("#f-low", "0.94")
    tab.left("001_abc")
    expect(view.locator("#list-count")).to_contain_text("2 edits")
    view.click("#filters button[type=reset]")
    tab.left(*everything)
    view.select_option("#f-state", "reported")
    tab.left("000_abc")
    expect(view.locator("#reader .edit.off")).to_have_count(2)
    view.click("#filters button[type=reset]")
    tab.left(*everything)
    view.fill("#f-document", "002")
    tab.left("002_abc")
    tab.open(page, "#names")
    view.fill("#f-name", "hoang chien")
    expect(view.locator("#names-table tbody:not([hidden])")).to_have_count(1)


def test_keys_decisions_and_export(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/0")
    decided = view.locator("#decided")
    for key in "jrja":
        view.keyboard.press(key)
    expect(decided).to_have_text("2")
    view.keyboard.press("n")
    tab.at("#doc/1")
    view.keyboard.press("j")
    view.keyboard.press("a")
    expect(decided).to_have_text("4")
    view.keyboard.press("u")
    expect(decided).to_have_text("2")
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
    expect(view.locator("#reader .edit.reject")).to_have_count(1)
    view.keyboard.press("?")
    expect(view.locator("#help")).to_be_visible()
    view.keyboard.press("Escape")
    expect(view.locator("#help")).to_be_hidden()


def test_keys_are_heard_by_the_document_that_they_opened(tab: Tab, page: Path) -> None:
    """As fast as a page can hear them: nobody waits between two presses."""
    view = tab.open(page, "#doc/0")
    view.evaluate(
        """() => { for (const key of "njapnjr")
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })); }"""
    )
    tab.at("#doc/1")
    expect(view.locator("#decided")).to_have_text("2")
    expect(view.locator("#reader .edit.reject")).to_have_count(1)


def test_side_by_side_and_both_themes(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/1")
    view.keyboard.press("s")
    sides = view.locator("#reader .two > p")
    expect(sides).to_have_text(["Le port ,lesdeux quais.", "Le port,les deux quais."])
    expect(view.locator("#where")).to_contain_text("places")
    view.click("#theme")
    expect(view.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_document_is_drawn_anew_at_the_same_edit(tab: Tab, page: Path) -> None:
    view = tab.open(page, "#doc/0")
    for key in "jj":
        view.keyboard.press(key)
    expect(view.locator("#where")).to_have_text("2 of 3")
    view.keyboard.press("s")
    expect(view.locator("#where")).to_have_text("2 of 3")
    expect(view.locator("#inspector h3")).to_contain_text("SUS001")
    sides = view.get_by_role("button", name="Side by side")
    expect(sides).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(browser: Any, page: Path, scheme: str) -> None:
    """By the rules of axe: names, roles, contrast, keyboard."""
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).parent / "axe.min.js"
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    tab = Tab(context.new_page())
    for place in ("#overview", "#doc/0", "#names", "#failures"):
        view = tab.open(page, place)
        if place == "#doc/0":
            for key in "djja":
                view.keyboard.press(key)
        view.evaluate(axe.read_text(encoding="utf-8"))
        found = view.evaluate("axe.run()")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    context.close()


def test_decisions_of_the_page_are_followed(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a build to the page, from the page to the lock, from there to the next build."""
    monkeypatch.chdir(tmp_path)
    glued = "Le ministre a salué lacoopération entre les deux pays.\n"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(glued, encoding="utf-8")
    build = ("build", "raw", "-o", "out", "--lang", "fr", "--quiet")

    def text() -> str:
        assert command(*build).exit_code == 0
        return (tmp_path / "out" / "text" / "a.txt").read_text(encoding="utf-8")

    assert text() == "Le ministre a salué la coopération entre les deux pays.\n"
    view = tab.open(tmp_path / "out" / "report.html", "#doc/0")
    view.click("#reader .edit:has(ins)")
    view.get_by_role("button", name="Reject").click()
    expect(view.locator("#decided")).to_have_text("1")
    with view.expect_download() as download:
        view.click("#export")
    download.value.save_as(tmp_path / "decisions.json")
    learned = command("learn", "raw", "--lang", "fr", "--decisions", "decisions.json")
    assert learned.exit_code == 0, learned.stderr
    assert text() == "Le ministre a salué lacoopération entre les deux pays.\n"
    assert "RUN001" not in command("check", "raw", "--lang", "fr").stdout
    assert command("fix", "raw", "--lang", "fr").exit_code == 0
    assert "lacoopération" in (tmp_path / "raw" / "a.txt").read_text(encoding="utf-8")


def test_a_phone_has_no_sideways_scroll(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700})
    tab = Tab(context.new_page())
    for place in ("#overview", "#doc/0", "#names", "#failures"):
        view = tab.open(page, place)
        assert view.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_hostile_text_is_only_text(tab: Tab, tmp_path: Path) -> None:
    file = tmp_path / "evil.html"
    file.write_text(whole_page(evil()), encoding="utf-8")
    for place in ("#overview", "#names", "#failures", "#doc/0"):
        view = tab.open(file, place)
    title = re.compile(r"^</script><script>alert\(1\)</script>.*U\+202E")
    expect(view.locator("#reader h2")).to_have_text(title)
    expect(view.locator("#reader img, #reader script, #reader a")).to_have_count(0)
    for key in "jaskdjr":
        view.keyboard.press(key)


def test_a_megabyte_of_text_opens(tab: Tab, tmp_path: Path) -> None:
    text = EVIL.replace("\x00", "") + "\n" + "mot lesdeux " * 90_000
    build = report((text, [edit(text, 300_000, 300_001, "")]))
    file = tmp_path / "long.html"
    file.write_text(whole_page(build), encoding="utf-8")
    view = tab.open(file, "#doc/0")
    assert len(view.inner_text("#reader .diff")) > 1_000_000
