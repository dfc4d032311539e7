"""The shipped lexicons, and each part of the build on small data made here."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import lexicon
from normalize.lexicon import (
    NAME,
    OPEN,
    UNKNOWN,
    VALID,
    WHOLES,
    context,
    hunspell,
    induce,
    letters,
    noise,
    store,
)
from normalize.lexicon.build import wholes

LANGUAGES = ("en", "es", "fr")

FIRST_WORDS = {"fr": "le paix général union", "es": "el paz general unión", "en": "the peace union"}

GLUED = {
    "fr": "lapaix etle surla labase dansla avecles lesautres pourune".split(),
    "es": "queles labase enel quelos delos porel conla yel sobrela losde".split(),
    "en": "ofthe inthe onthe forthe withthe andthe itis thatthe tobe".split(),
}

NAMES = """delacroix lemaire leclerc dumas laval lavrov dupont lacoste madrid lesotho mali toulouse
macron ourense thaïlande hanoi vietnam youtube facebook""".split()


def is_settled(words: lexicon.Lexicon, form: str) -> bool:
    """Is the form known, and never two words?"""
    return form in words and not words.flags(form) & OPEN


def pair(words: lexicon.Lexicon, first: str, second: str) -> float:
    """Pointwise mutual information of two neighbouring words, in natural-log units."""
    return words.between(words.word_class(first), words.word_class(second))


@pytest.fixture(params=LANGUAGES)
def shipped(request: pytest.FixtureRequest) -> lexicon.Lexicon:
    return lexicon.load(request.param)


def test_all_shipped_languages_load(shipped: lexicon.Lexicon) -> None:
    assert shipped.code in lexicon.available()
    assert len(shipped) > 200_000
    for word in FIRST_WORDS[shipped.code].split():
        assert word in shipped
        assert shipped.is_valid(word)
        assert is_settled(shipped, word)
        assert -20 < shipped.frequency(word) < 0


def test_a_missing_language_says_how_to_make_one() -> None:
    with pytest.raises(lexicon.MissingLexicon, match="normalize lexicon build xx"):
        lexicon.load("xx")


def test_unknown_words(shipped: lexicon.Lexicon) -> None:
    assert "xqzt" not in shipped
    assert shipped.frequency("xqzt") == UNKNOWN
    assert shipped.flags("xqzt") == -1
    assert not shipped.is_valid("xqzt")
    assert not is_settled(shipped, "xqzt")


@pytest.mark.parametrize(("code", "form"), [(c, f) for c, fs in GLUED.items() for f in fs])
def test_glued_forms_settle_nothing(code: str, form: str) -> None:
    assert not is_settled(lexicon.load(code), form)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_happen_to_split_are_settled(shipped: lexicon.Lexicon, name: str) -> None:
    assert is_settled(shipped, name)


def test_names_are_told_from_words() -> None:
    french = lexicon.load("fr")
    assert french.is_name("vietnam")
    assert not french.is_name("vietnamien")
    assert not french.is_name("paix")


def test_a_known_word_may_be_open() -> None:
    french = lexicon.load("fr")
    assert french.flags("parla") & (VALID | OPEN) == VALID | OPEN
    assert not french.flags("paris") & OPEN


def test_prefixes_come_shortest_first() -> None:
    found = lexicon.load("fr").prefixes("lapaix")
    assert {"la", "lap"} & set(found)
    assert found == sorted(found, key=len)


def test_letters_prefer_what_looks_like_a_word(shipped: lexicon.Lexicon) -> None:
    assert shipped.spell("tanération") > shipped.spell("tnrgxqwkbz")
    assert shipped.spell("") < 0


def test_context_knows_gender_and_elision() -> None:
    french = lexicon.load("fr")
    assert pair(french, "la", "paix") > 1 > pair(french, "le", "paix")
    assert pair(french, "de", "union") < -2 < pair(french, "l", "union")
    assert pair(french, "relations", "bilatérales") > pair(french, "relations", "bilatéral")
    spanish = lexicon.load("es")
    assert pair(spanish, "la", "casa") > pair(spanish, "el", "casa")
    english = lexicon.load("en")
    assert pair(english, "of", "the") > pair(english, "the", "of")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_asked_about(first: str, second: str) -> None:
    french = lexicon.load("fr")
    assert french.frequency(first) <= 0
    assert french.spell(first) < 0
    assert -7 < pair(french, first, second) < 7
    assert french.flags(first) >= -1


# The file


def sections_of(words: list[str]) -> dict[str, bytes]:
    trie = store.Trie(words)
    levels = bytes(10 * trie[word] for word in sorted(words, key=trie.get))
    return {
        "words": trie.tobytes(),
        "levels": levels,
        "flags": bytes(len(words)),
        "wholes": wholes(trie, levels),
        "alphabet": b"abc",
        "letters": letters.train(words, "abc"),
    }


def test_a_written_lexicon_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "xx.lexicon"
    size = store.write(path, sections_of(["ab", "abc", "b"]))
    assert size == path.stat().st_size
    assert [file.name for file in tmp_path.iterdir()] == ["xx.lexicon"]
    small = lexicon.Lexicon("xx", path)
    assert len(small) == 3
    assert small.prefixes("abcd") == ["ab", "abc"]
    assert small.frequency("ab") <= 0
    assert pair(small, "ab", "b") == 0


def test_wholes_are_the_most_frequent_longer_forms(tmp_path: Path) -> None:
    words = ["ab", "abc", "b", "bcd", "cab", "d", "e"]
    store.write(tmp_path / "xx.lexicon", sections_of(words))
    small = lexicon.Lexicon("xx", tmp_path / "xx.lexicon")
    for part in words:
        entry = small.entry(part)
        assert entry is not None
        longer = [word for word in words if len(word) > len(part)]
        for bound, found in (
            (WHOLES[entry[2] >> 4], [word for word in longer if word.startswith(part)]),
            (WHOLES[entry[2] & 15], [word for word in longer if word.endswith(part)]),
        ):
            best = max(map(small.frequency, found), default=UNKNOWN)
            assert best <= bound
            assert bound < best + store.COARSE * store.STEP or best == bound
    assert small.entry("bc") is None


@pytest.mark.parametrize("level", range(256))
def test_every_level_has_a_step(level: int) -> None:
    words = store.Trie(["ab", "abc"])
    (step,) = {byte >> 4 for byte in wholes(words, [level, level])} - {0}
    assert WHOLES[step] >= store.LOGS[level]


def test_shipped_forms_know_their_wholes(shipped: lexicon.Lexicon) -> None:
    for whole in "million union international original".split():
        for place in range(1, len(whole)):
            worth = shipped.frequency(whole)
            if start := shipped.entry(whole[:place]):
                assert WHOLES[start[2] >> 4] >= worth
            if end := shipped.entry(whole[place:]):
                assert WHOLES[end[2] & 15] >= worth


@pytest.mark.parametrize("kept", [0, 4, 8, 40, 200])
def test_a_cut_file_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "xx.lexicon"
    store.write(path, sections_of(["ab", "abc", "b"]))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(lexicon.BadLexicon, match="build it again"):
        lexicon.Lexicon("xx", path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "xx.lexicon"
    path.write_text("a page of HTML that somebody saved under the wrong name")
    with pytest.raises(lexicon.BadLexicon, match="not a lexicon"):
        lexicon.Lexicon("xx", path)


@given(st.floats(-20, 0))
def test_quantised_logs_are_near(log: float) -> None:
    assert math.isclose(store.LOGS[store.quantise(log)], log, abs_tol=store.STEP / 2 + 1e-9)


# Noise


LOGS = {form: math.log(share) for form, share in {"la": 0.03, "de": 0.04, "paix": 9e-5}.items()}


def split_of(form: str, share: float) -> tuple[noise.Split, noise.Parts]:
    parts = noise.Parts.of(LOGS)
    split = parts.best(form, math.log(share), three=True)
    assert split is not None
    return split, parts


def test_a_rare_form_of_frequent_parts_is_glued() -> None:
    split, parts = split_of("lapaix", 1e-8)
    assert split.parts == ("la", "paix")
    assert noise.is_glued("lapaix", math.log(1e-8), split, parts, [])


def test_a_frequent_form_of_the_same_parts_is_not() -> None:
    split, parts = split_of("lapaix", 1e-6)
    assert not noise.is_glued("lapaix", math.log(1e-6), split, parts, [])


def test_a_form_that_other_languages_have_is_a_name() -> None:
    split, parts = split_of("lapaix", 1e-8)
    abroad = [{"lapaix": 1e-8}, {"lapaix": 2e-8}]
    assert not noise.is_glued("lapaix", math.log(1e-8), split, parts, abroad)
    assert noise.is_glued("lapaix", math.log(1e-8), split, parts, abroad[:1])


def test_a_form_may_be_three_words() -> None:
    split, _ = split_of("delapaix", 1e-9)
    assert split.parts == ("de", "la", "paix")
    assert split.ratio == pytest.approx(math.log(1e-9) - sum(LOGS.values()))


def test_a_form_far_more_frequent_in_another_language_is_a_word_of_it() -> None:
    split, parts = split_of("lapaix", 1e-8)
    assert noise.is_glued("lapaix", math.log(1e-8), split, parts, [{"lapaix": 0.9e-7}])
    assert not noise.is_glued("lapaix", math.log(1e-8), split, parts, [{"lapaix": 1.1e-7}])


def test_two_little_words_are_glued_wherever_else_they_stand() -> None:
    split, parts = split_of("dela", 1e-6)
    abroad = [{"dela": 1e-6}, {"dela": 1e-6}]
    assert noise.is_glued("dela", math.log(1e-6), split, parts, abroad)
    split, parts = split_of("dela", 1e-5)
    assert not noise.is_glued("dela", math.log(1e-5), split, parts, [])


def test_the_likeliest_cut_wins() -> None:
    logs = {"le": -3.0, "sa": -4.0, "lesa": -20.0, "xe": -9.0, "les": -4.0, "axe": -11.0}
    parts = noise.Parts.of(logs)
    assert parts.best("lesaxe", -20.0, three=True) == noise.Split(("les", "axe"), -5.0)
    assert parts.best("lesaxe", -20.0, three=False) == noise.Split(("les", "axe"), -5.0)
    without = noise.Parts.of({k: v for k, v in logs.items() if k != "axe"})
    assert without.best("lesaxe", -20.0, three=True) == noise.Split(("le", "sa", "xe"), -4.0)
    assert without.best("lesaxe", -20.0, three=False) == noise.Split(("lesa", "xe"), 9.0)


def test_a_form_without_parts_has_no_split() -> None:
    assert noise.Parts.of(LOGS).best("bonjour", -10.0, three=True) is None


# Hunspell


@pytest.fixture
def dictionary(tmp_path: Path) -> tuple[Path, Path]:
    aff, dic = tmp_path / "xx.aff", tmp_path / "xx.dic"
    aff.write_text(
        "SET UTF-8\nFLAG long\nNEEDAFFIX ()\nFORBIDDENWORD {}\n"
        "SFX S. Y 2\nSFX S. 0 s/L' [^sxz] is:pl\nSFX S. al aux al is:pl\n"
        "SFX F. Y 1\nSFX F. 0 e/S. [^e] is:fem\n"
        "PFX L' Y 1\nPFX L' 0 l' [aeiou]\n"
        "PFX R. Y 1\nPFX R. 0 re .\n",
        encoding="utf-8",
    )
    dic.write_text(
        "7\nami/F.S.L' po:nom\ncheval/S. po:nom\nnez po:nom\nParis\nfaire/R.\n"
        "racin/F.()\nfaux/S.{}\nporte-clé po:nom\n",
        encoding="utf-8",
    )
    return aff, dic


def test_hunspell_forms_are_all_and_only_those_accepted(dictionary: tuple[Path, Path]) -> None:
    found = dict(hunspell.forms(*dictionary))
    assert sorted(found) == sorted(
        "Paris ami amie amies amis cheval chevals chevaux faire nez racine racines refaire".split()
    )
    assert found["amies"] == ("nom", "fem", "pl")


@pytest.mark.parametrize(
    ("kind", "field", "flags"),
    [("short", "AB", {"A", "B"}), ("long", "AABB", {"AA", "BB"}), ("num", "1,22", {"1", "22"})],
)
def test_hunspell_flag_notations(kind: str, field: str, flags: set[str]) -> None:
    assert hunspell.Affixes(flag_kind=kind).flags(field) == flags


def test_hunspell_affixes_by_number(tmp_path: Path) -> None:
    aff, dic = tmp_path / "xx.aff", tmp_path / "xx.dic"
    aff.write_text(
        "AF 2\nAF A\nAF AB\nSFX A Y 1\nSFX A 0 s .\nPFX B Y 1\nPFX B e dé e\n", encoding="latin-1"
    )
    dic.write_text("3\nnez/1\nencre/2\nmine/2\n")
    found = {form for form, _ in hunspell.forms(aff, dic)}
    assert found == {"nez", "nezs", "encre", "encres", "déncre", "déncres", "mine", "mines"}


def test_hunspell_flag_aliases() -> None:
    assert hunspell.Affixes(aliases=["AB", "C"]).flags("2") == {"C"}


# Letters and context


def test_letter_shares_after_any_context_add_up_to_one() -> None:
    levels = letters.train(["abba", "baba", "cab"], "abc")
    assert len(levels) == letters.SYMBOLS**letters.ORDER
    for first in range(0, len(levels), letters.SYMBOLS * 777):
        row = levels[first : first + letters.SYMBOLS]
        assert sum(math.exp(-letters.STEP * level) for level in row) == pytest.approx(1, abs=0.03)


def test_letter_model_has_seen_what_it_likes() -> None:
    levels = letters.train(["abba", "baba", "cab"], "abc")
    spell = letters.Speller("abc", memoryview(levels))
    assert spell("abba") > spell("aabb") > spell("zzzz")


def test_words_that_meet_more_than_by_chance() -> None:
    pairs = {("la", "maison"): 9, ("la", "saison"): 9, ("le", "jardin"): 9, ("le", "matin"): 9}
    functions = ["la", "le"]
    classes = context.Classes.of(functions, context.choose_endings(pairs, functions))
    levels = context.train(pairs, classes, lambda _: 0)
    model = context.Context(context.header(functions, list(classes.endings)), memoryview(levels))
    la, le = model.of("la", 0), model.of("le", 0)
    assert model.between(la, model.of("raison", 0)) > 0 > model.between(le, model.of("raison", 0))


def test_endings_are_those_that_most_words_have() -> None:
    pairs = {("la", "maison"): 30, ("la", "saison"): 3, ("à", "on"): 90, ("à", "la"): 99}
    # No pair counts more than COMMON; a function word and a word that is all ending have none.
    assert context.choose_endings(pairs, ["la"]) == ["n", "on", "son"]


def test_grammar_comes_before_the_ending() -> None:
    classes = context.Classes.of(["la"], ["on"])
    assert classes("maison", 0) != classes("maison", 1) != classes("maison", 2)
    assert classes("la", 1) == 0
    assert max(classes("xxxx", 0), classes("", 0)) < len(classes)


@pytest.mark.parametrize(("word", "kind"), [("été", 0), ("œuvre", 0), ("paix", 1), ("haut", 2)])
def test_kinds_of_first_letter(word: str, kind: int) -> None:
    assert context.initial(word) == kind


def test_flags_do_not_overlap() -> None:
    assert VALID | NAME | OPEN == (1 << lexicon.GRAMMAR_SHIFT) - 1
    assert context.GRAMMAR << lexicon.GRAMMAR_SHIFT < 256


def test_words_in_like_company_get_one_class() -> None:
    nouns, verbs = ["cat", "dog", "hen", "pig"], ["sat", "ran", "ate", "hid"]
    pairs = {("the", noun): 30 for noun in nouns} | {("they", verb): 30 for verb in verbs}
    pairs |= {(noun, verb): 30 for noun in nouns for verb in verbs}
    labels = induce.classes(pairs, ["the", "they"])
    assert sorted(labels) == sorted(nouns + verbs)
    assert not {labels[noun] for noun in nouns} & {labels[verb] for verb in verbs}
    assert labels == induce.classes(dict(reversed(pairs.items())), ["they", "the"])
