"""The language of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.detect import DEFAULT, SAMPLE, detect

SENTENCES = {
    "fr": "Le ministre a déclaré que les deux pays vont signer un accord ce mois.",
    "es": "El ministro declaró que los dos países iban a firmar un acuerdo en los próximos días.",
    "en": "The minister said that the two countries would sign an agreement in the coming days.",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_tells_its_language(code: str) -> None:
    assert detect(SENTENCES[code]) == code
    assert detect(SENTENCES[code].upper()) == code


def test_a_text_in_vietnamese_is_none_of_a_language_with_a_lexicon() -> None:
    text = "Bộ trưởng cho biết hai nước sẽ ký một thỏa thuận mới trong những ngày tới tại Hà Nội."
    assert detect(text) == "vi"
    names = "Phan Văn Giang, Nguyễn Xuân Phúc et Lê Hoài Trung ont parlé de la mer à Hà Nội."
    assert detect(names) == "fr"


def test_the_article_outweighs_a_foreign_quotation() -> None:
    assert detect(SENTENCES["fr"] * 3 + SENTENCES["en"]) == "fr"


def test_a_title_is_told_by_its_words() -> None:
    assert detect("Banquet solennel") == "fr"
    assert detect("Mantenimiento agotador") == "es"
    assert detect("Defence cooperation strengthened", default="fr") == "en"


@pytest.mark.parametrize("text", ["", " \n", "123 456", "…", "\ud83d\x00"])
def test_a_text_that_says_nothing_has_the_default(text: str) -> None:
    assert detect(text) == DEFAULT
    assert detect(text, default="es") == "es"


def test_only_the_languages_asked_for_are_given() -> None:
    assert detect(SENTENCES["fr"], ["es", "en"]) in {"es", "en"}
    assert detect(SENTENCES["fr"], [], default="vi") == "vi"


def test_a_long_menu_does_not_decide() -> None:
    menu = "About us and the team\n" * 100
    assert detect(menu + SENTENCES["es"] * (SAMPLE // 50) + menu) == "es"


@given(st.text(), st.permutations(["fr", "es", "en"]))
def test_the_order_of_languages_does_not_matter(text: str, among: list[str]) -> None:
    assert detect(text, among) == detect(text, ["fr", "es", "en"])
