"""The SUS rules: few false alarms, right places, and no work on known words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edits import Edit
from normalize.evidence import Evidence
from normalize.language import Language, load
from normalize.rules import all_rules
from normalize.suspects import spelling
from normalize.suspects.gaps import doubled_words, lost_characters, unfinished_paragraphs
from normalize.suspects.numbers import cut_numbers
from normalize.suspects.spelling import MOST_REPEATED, typing_errors
from normalize.view import View
from normalize.words.boundaries import doubtful, find_boundaries

from .strategies import TEXTS

FRENCH, SPANISH, ENGLISH = load("fr"), load("es"), load("en")
SEEDS = Path(__file__).parent.parent / "seeds"


def findings(text: str, language: Language = FRENCH) -> list[Edit]:
    view = View(text, language, Evidence())
    return [
        e for code, rule in all_rules().items() if code.startswith("SUS") for e in rule.find(view)
    ]


def words(text: str, language: Language = FRENCH) -> list[str]:
    return [
        text[s.start : s.end]
        for s in typing_errors(text, set(text.split()), len(text.split()), language)
    ]


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("001_dcf7ecf10253aad8.txt", {("SUS001", "022")}),
        ("002_3c31d5126e857c5e.txt", {("SUS002", "(ADMM )"), ("SUS003", "terreste")}),
        ("003_b7e8500126670014.txt", set()),
        ("004_d0f74750951a895b.txt", set()),
    ],
)
def test_seeds(seed: str, expected: set[tuple[str, str]]) -> None:
    text = (SEEDS / seed).read_text(encoding="utf-8")
    assert {(e.rule, e.before) for e in findings(text)} == expected


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("à  partir de 022.", FRENCH, "022"),
        ("Jusqu’en 019, dit-il", FRENCH, "019"),
        ("(période 2019-022)", FRENCH, "022"),
        ("the 2019 – 023 season", ENGLISH, "023"),
        ("en octubre de 2019 y en marzo 023", SPANISH, "023"),
    ],
)
def test_years_cut_short(text: str, language: Language, number: str) -> None:
    found = list(cut_numbers(text, language))
    assert [text[s.start : s.end] for s in found] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "depuis 022 345 67 89", "depuis 022.5", "en 0223", "en 02", "en 022/3", "du 2019-022",
        "le plan n° 2019-022", "mandat 2022-019", "période 2001-022", "12 022", "en 022e place",
        "mandat 2019-022-1", "la fréquence de 022",
    ],
)  # fmt: skip
def test_other_numbers(text: str) -> None:
    assert list(cut_numbers(text, FRENCH)) == []


@pytest.mark.parametrize(
    "text", ["(ONU )", "(G7\xa0)", "Kamo (  )", "« »", "“”", "Petrov (; né en", "(, dit"]
)
def test_lost_characters(text: str) -> None:
    assert len(list(lost_characters(text))) == 1


@pytest.mark.parametrize(
    "text", ["f()", "f( )", "(ok )", "(Paris )", "(ONU)", "( a )", "«a»", ":( ,", "f(, x)", "(;"]
)
def test_sound_brackets(text: str) -> None:
    assert list(lost_characters(text)) == []


@pytest.mark.parametrize("slip", ["terreste", "terretsre", "terrrestre", "terrestze"])
def test_each_kind_of_slip(slip: str) -> None:
    assert words(f"la Force {slip} du pays") == [slip]


@pytest.mark.parametrize(
    "text",
    ["Terreste", "TERRESTE", "auto-terreste", "terreste-mer",
     "« terreste »", "@terreste", "terreste_1",
     "zerrestre", "terrestra", "terrestres", "terrest"],
)  # fmt: skip
def test_words_that_are_not_judged(text: str) -> None:
    assert words(f"la Force {text} du pays") == []


def test_a_repeated_word_is_the_authors() -> None:
    assert len(words("la terreste. " * MOST_REPEATED)) == MOST_REPEATED
    assert words("la terreste. " * (MOST_REPEATED + 1)) == []
    assert words("la terreste. Terreste est un nom.") == []


def test_a_word_the_corpus_uses_is_accepted() -> None:
    text = "la terreste"
    assert typing_errors(text, {*text.split()}, 99, FRENCH, lambda word: word == "terreste") == []


def test_a_foreign_phrase_and_a_foreign_text_are_left_alone() -> None:
    assert words("la terreste mirabundi aquatorum du pays") == []
    slips = ["terreste", "partenaraiat", "hélicoptere", "strategique", "negociation"]
    assert words(" et ".join([*slips, *["coopération"] * 400])) == slips
    assert words(" et ".join(slips)) == []


def test_noise_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "FEW_UNKNOWN", 2)
    noise = ["terreste", "mirabundi", "aquatorum"]
    sound = ["coopération"] * 40
    assert words(" et ".join(noise)) == []
    assert words(" et ".join([*noise[:1], *sound, *noise[1:]])) == ["terreste"]


def test_only_a_missing_accent_is_frequent_and_an_error() -> None:
    assert words("le developpement du pays") == ["developpement"]
    assert words("il faut connaitre le maitre et paraitre") == []


def test_a_language_without_lexicon_or_table_has_no_suspects() -> None:
    unknown = Language("xx", "Unbekannt", {})
    assert findings("la la terreste à partir de 022 " * 5 + "de", unknown) == []


def test_known_words_cost_no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    spelling._meant.cache_clear()
    asked: list[str] = []
    monkeypatch.setattr(spelling, "_slips", lambda word: asked.append(word) or iter(()))
    words(
        "Le ministre a signé hier un accord de coopération avec ses homologues du Japon, terreste."
    )
    spelling._meant.cache_clear()
    assert asked == ["terreste"]


@given(TEXTS, st.sampled_from([FRENCH, SPANISH, ENGLISH]))
def test_what_the_word_analysis_vouches_for_is_no_typing_error(
    text: str, language: Language
) -> None:
    view = View(text, language, Evidence())
    find_boundaries(view)
    assert doubtful(view) <= view.types
    rest = (len(view.tokens), language)
    spelling._unknown_in.cache_clear()
    expected = typing_errors(text, view.types, *rest)
    spelling._unknown_in.cache_clear()
    assert typing_errors(text, doubtful(view), *rest) == expected


def test_unfinished_paragraph() -> None:
    text = "Le ministre a reçu mardi à Hanoï une importante délégation conduite par le\n\nFin."
    (found,) = unfinished_paragraphs(text, FRENCH)
    assert (text[found.start : found.end], text[found.end]) == ("le", "\n")


def test_doubled_words() -> None:
    text = "dans le le cadre de de Gaulle, la la la, et pour pour deux"
    assert [s.start for s in doubled_words(text, text.split(), FRENCH)] == [8, 49]


pieces = st.sampled_from(
    ["terreste", " ", "\n", "à partir de ", "022", "2019-", "(", ")", "ADMM", "«", "»", "le ",
    "de ", ";", ",",     "\xa0", "Mandat", "é", "x" * 30]
)  # fmt: skip


@given(
    st.lists(pieces | st.text(max_size=5), max_size=30).map("".join),
    st.sampled_from(["fr", "es", "en", "vi"]),
)
def test_suspects_lie_in_the_text_and_repair_nothing(text: str, code: str) -> None:
    for edit in findings(text, load(code)):
        assert edit.after is None
        assert edit.before == text[edit.start : edit.end] != ""
        assert 0.5 <= edit.certainty <= 1
