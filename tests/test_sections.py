"""Documents that are too long to be read as one article are read in sections."""

from __future__ import annotations

import unicodedata

import pytest

from normalize import pipeline
from normalize.config import Config
from normalize.edits import undo
from normalize.evidence import Evidence
from normalize.pipeline import clean, encoding_clean_view
from normalize.sections import sections

from .hostile import HOSTILE

FRENCH = Config(lang="fr")
LINE = "Le généralde brigade arrive lundi à Tokyo avec sa délégation ; il repart jeudi soir.\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "LONGEST_WHOLE", 3_000)
    monkeypatch.setattr(pipeline, "SECTION", 1_000)


def numbered(count: int) -> str:
    return "".join(f"{number} {LINE}" for number in range(count))


TEXTS = {
    "lines": numbered(80),
    "one line": numbered(80).replace("\n", " "),
    "no space": numbered(80).replace("\n", "").replace(" ", ""),
    "one letter": "a" * 5_000,
    "spaces": " " * 5_000,
    "newlines": "\n" * 5_000,
    "decomposed": "e\u0301" * 3_000,
    "marks": "e" + "\u0301" * 5_000,
    "carriage returns": numbered(80).replace("\n", "\r"),
    "windows line ends": numbered(80).replace("\n", "\r\n"),
    "spaces and newlines": " \n" * 3_000,
    **{name: HOSTILE[name](6_000) for name in (
        "mojibake", "entities", "names", "surrogates and letters", "emoji with joiners",
        "random characters in words", "every line end", "words cut in two", "Voir plus",
    )},
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_read_in_sections_is_undone_and_has_nothing_left(name: str) -> None:
    text = TEXTS[name]
    cleaned = clean(text, FRENCH, Evidence())
    assert undo(cleaned.text, cleaned.edits) == text
    assert clean(cleaned.text, FRENCH, Evidence()).text == cleaned.text
    for edit in cleaned.reported:
        assert text[edit.start : edit.end] == edit.before


def test_words_are_repaired_in_each_section() -> None:
    cleaned = clean(TEXTS["lines"], FRENCH, Evidence())
    assert cleaned.text == TEXTS["lines"].replace("généralde", "général de")
    assert [edit.rule for edit in cleaned.edits] == ["RUN001"] * 80


def test_nothing_is_taken_for_furniture() -> None:
    text = numbered(40) + "Lire aussi : le dossier de la semaine\n-VNA\n" + numbered(40)
    cleaned = clean(text, FRENCH, Evidence())
    assert "Lire aussi" in cleaned.text
    assert "-VNA" in cleaned.text
    assert [(block.start, block.end) for block in cleaned.blocks] == [(0, len(text))]
    assert (cleaned.title, cleaned.lede, cleaned.n_dropped_blocks) == (None, None, 0)


def test_a_text_that_becomes_short_enough_is_read_as_an_article() -> None:
    text = "d&eacute;part " * 250
    cleaned = clean(text, FRENCH, Evidence())
    assert len(cleaned.text) < pipeline.LONGEST_WHOLE
    assert clean(cleaned.text, FRENCH, Evidence()).text == cleaned.text


def test_layout_takes_the_white_space_around_the_text() -> None:
    cleaned = clean("\n\n" + TEXTS["lines"], FRENCH, Evidence(), layout=True)
    assert cleaned.text == TEXTS["lines"].replace("généralde", "général de").strip()
    assert undo(cleaned.text, cleaned.edits) == "\n\n" + TEXTS["lines"]


def test_a_long_document_teaches_by_its_beginning() -> None:
    view = encoding_clean_view(TEXTS["lines"], FRENCH)
    assert 1_500 <= len(view.text) <= 3_000
    assert TEXTS["lines"].startswith(view.text)


@pytest.mark.parametrize("name", TEXTS)
def test_sections_cover_a_text(name: str) -> None:
    text = TEXTS[name]
    spans = list(sections(text, 1_000))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= 1_000 for start, end in spans)
    assert all(end - start >= 500 for start, end in spans[:-1])


def test_no_section_begins_with_a_mark() -> None:
    spans = list(sections(TEXTS["decomposed"], 999))
    assert not any(unicodedata.combining(TEXTS["decomposed"][start]) for start, _ in spans)


def test_cuts_move_along_with_the_text() -> None:
    text = TEXTS["lines"]
    ends = {text[end : end + 20] for _, end in sections(text, 1_000)}
    longer = {("x" * 40 + text)[end + 0 : end + 20] for _, end in sections("x" * 40 + text, 1_000)}
    assert len(ends & longer) > len(ends) // 2
