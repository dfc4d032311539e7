"""Names in a corpus of several languages: each has its own forms of places; people keep theirs."""

from __future__ import annotations

import json
from functools import reduce

import pytest

from normalize.names.authority import parse_authority
from normalize.names.evidence import NameEvidence

from .names import canonical, unified, view

FRENCH = "Il vit à {0}. Le ministre revient de {0}, où il a vu la foire de {0}."
SPANISH = "Vive en {0}. El ministro vuelve de {0}, donde vio la feria de {0}."
ENGLISH = "He lives in {0}. The minister is back from {0}, where he saw the fair of {0}."


def corpus(*texts: tuple[str, str]) -> NameEvidence:
    """The evidence of texts, each with its language."""
    parts = [
        NameEvidence.collect(view(text, lang), f"d{n}") for n, (lang, text) in enumerate(texts)
    ]
    return reduce(NameEvidence.merge, parts, NameEvidence())


def locked(names: NameEvidence) -> NameEvidence:
    """What the lock keeps of it."""
    return NameEvidence.from_lock(json.loads(json.dumps(names.to_lock())))


@pytest.mark.parametrize("lock", [False, True])
@pytest.mark.parametrize(
    ("french", "spanish", "english"),
    [
        ("Japon", "Japón", "Japan"),
        ("Iran", "Irán", "Iran"),
        ("Hanoï", "Hanói", "Hanoi"),
        ("Los Angeles", "Los Ángeles", "Los Angeles"),
        ("Haïti", "Haití", "Haiti"),
        ("Pérou", "Perú", "Peru"),
    ],
)
def test_a_place_keeps_the_form_of_the_language(
    lock: bool, french: str, spanish: str, english: str
) -> None:
    texts = {
        "fr": FRENCH.format(french), "es": SPANISH.format(spanish), "en": ENGLISH.format(english)
    }  # fmt: skip
    names = locked(corpus(*texts.items())) if lock else corpus(*texts.items())
    for lang, text in texts.items():
        assert unified(text, lang, names) == text


def test_a_form_that_a_language_has_now_and_then_is_not_its_own() -> None:
    english = " ".join([ENGLISH.format("Mexico")] * 5)
    visitor = "She wrote to us from México."
    spanish = " ".join([SPANISH.format("México")] * 5)
    names = corpus(("es", spanish), ("en", english), ("en", visitor))
    assert canonical(names)["Mexico"] == "México"
    assert unified(english, "en", names) == english
    assert unified(english, "en", locked(names)) == english
    assert "Mexico" not in locked(names).rulings.decisions
    assert unified(spanish, "es", names) == spanish


def test_a_form_that_most_texts_in_other_languages_have_is_borrowed() -> None:
    english = ENGLISH.format("Mexico")
    spanish = " ".join([SPANISH.format("México")] * 5)
    names = corpus(
        ("es", spanish), ("en", english), ("en", "She wrote to us from México."),
        ("en", "In São Paulo, in São Paulo and in Sao Paulo."), ("es", "En São Paulo, São Paulo."),
    )  # fmt: skip
    assert canonical(names)["Mexico"] == "México"
    for evidence in (names, locked(names)):
        assert unified(english, "en", evidence) == english
        assert unified("He lives in Sao Paulo.", "en", evidence) == "He lives in São Paulo."


def test_within_a_language_a_place_gets_its_marks() -> None:
    names = corpus(
        ("fr", FRENCH.format("Hanoï")), ("fr", FRENCH.format("Hanoi")),
        ("en", ENGLISH.format("Hanoi")),
    )  # fmt: skip
    assert canonical(names)["Hanoi"] == "Hanoï"
    for evidence in (names, locked(names)):
        assert unified(FRENCH.format("Hanoi"), "fr", evidence) == FRENCH.format("Hanoï")
        assert unified(ENGLISH.format("Hanoi"), "en", evidence) == ENGLISH.format("Hanoi")


def test_the_lock_of_one_language_says_nothing_of_places_in_another() -> None:
    names = corpus(("fr", FRENCH.format("Hanoï")), ("fr", FRENCH.format("Hanoi")))
    assert locked(names).rulings.decisions["Hanoi"] == "Hanoï"
    text = ENGLISH.format("Hanoi")
    assert unified(text, "en", locked(names)) == text


def test_people_have_one_name_in_all_languages() -> None:
    names = corpus(
        ("fr", "Le général Phan Văn Giang est arrivé."),
        ("es", "El general Phan Van Giang ha llegado."),
    )
    for evidence in (names, locked(names)):
        after = unified("El general Phan Van Giang ha llegado.", "es", evidence)
        assert after == "El general Phan Văn Giang ha llegado."


def test_the_authority_file_serves_all_languages() -> None:
    authority = parse_authority('[[name]]\ncanonical = "Hà Nội"\naliases = ["Hanoi"]')
    names = corpus(("fr", FRENCH.format("Hanoï"))).with_authority(authority)
    assert unified(ENGLISH.format("Hanoi"), "en", names) == ENGLISH.format("Hà Nội")


def test_headings_take_no_marks_of_another_language() -> None:
    text = "VISITE A LOS ANGELES\nLe ministre est parti."
    names = corpus(("es", SPANISH.format("Los Ángeles")))
    assert unified(text, "fr", names) == text


def test_the_lock_tells_the_languages() -> None:
    names = corpus(("fr", FRENCH.format("Hanoï")), ("en", ENGLISH.format("Hanoi")))
    lock = names.to_lock()
    assert lock["language"] == "en"
    assert lock["decided"]["Hanoï"]["spellings"]["Hanoï"]["languages"] == {"fr": 3}
    assert "languages" not in lock["decided"]["Hanoi"]["spellings"]["Hanoi"]
    for spelling, languages in (("Hanoi", (("en", 3),)), ("Hanoï", (("fr", 3),))):
        assert names.tallies[spelling].languages == languages
        assert locked(names).tallies[spelling].languages == languages


def test_a_lock_without_languages_holds_for_all() -> None:
    data = {"decided": {"Hanoï": {"kind": "place", "spellings": {"Hanoi": {}, "Hanoï": {}}}}}
    names = NameEvidence.from_lock(data)
    assert unified(ENGLISH.format("Hanoi"), "en", names) == ENGLISH.format("Hanoï")


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        (["fr"], r"languages: expected a table"),
        ({"fr": -1}, r"\.fr: expected a count"),
        ({"fr": True}, r"\.fr: expected a count"),
    ],
)
def test_a_broken_lock_says_where(languages: object, message: str) -> None:
    data = {"undecided": {"Hanoi": {"mentions": 3, "languages": languages}}}
    with pytest.raises(ValueError, match=message):
        NameEvidence.from_lock(data)
    with pytest.raises(ValueError, match=r"names\.language: expected the code"):
        NameEvidence.from_lock({"language": 3})
