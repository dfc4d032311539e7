"""Marks and lines: where the line or the document has its say on a space beside a mark."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.language import load
from normalize.words.forms import forms
from normalize.words.found import Found
from normalize.words.gaps import Gap
from normalize.words.lines import ENOUGH, GLANCE, Line, groups
from normalize.words.marks import Marks
from normalize.words.prior import Counts, LineEnds, Prior
from normalize.words.scan import Look
from normalize.words.weights import weights

SOUND = Prior(weights(), Counts(500))
GAP = weights().gap


def marks(text: str, lang: str = "fr") -> Marks:
    return Marks(text, forms(load(lang)), weights())


def repaired(text: str, repairs: list[Found]) -> str:
    for f in sorted(repairs, key=lambda f: f.start, reverse=True):
        text = text[: f.start] + f.after + text[f.end :]
    return text


def look(*gaps: Gap, cut: float = 0.0, fragment: bool = False) -> Look:
    return Look(cut, (), gaps, fragment, (), (), bool(gaps))


def line(text: str, looks: dict[str, Look], words: frozenset[str] = frozenset()) -> Line:
    return Line(text, 0, len(text), text.split(), looks, words)


# --- doubled spaces -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "after"),
    [
        ("fr", "Il est  venu  hier.", "Il est venu hier."),
        ("es", "Vino    ayer.", "Vino ayer."),
        ("en", "It was\u00a0\u00a0late.", "It was\u00a0late."),
        ("en", "It was\u202f\u202flate.", "It was\u202flate."),
        ("en", "It was \u00a0late.", "It was late."),
        ("en", "It was\u00a0 late.", "It was late."),
        ("en", "It was\u00a0 \u00a0late.", "It was\u00a0late."),
        ("fr", "Est-il venu \u00a0?", "Est-il venu\u00a0?"),
        ("fr", "Est-il venu\u202f ?", "Est-il venu\u202f?"),
        ("fr", "Est-il venu  \u00a0?", "Est-il venu\u00a0?"),
        ("fr", "Il dit «\u00a0 oui.", "Il dit «\u00a0oui."),
        ("fr", "Il dit « \u202foui.", "Il dit «\u202foui."),
        ("en", "Is it late \u00a0?", "Is it late ?"),
        ("fr", "  Un retrait  reste\n   ici  aussi.", "  Un retrait reste\n   ici aussi."),
        ("fr", "Le code `a  b` reste  tel quel.", "Le code `a  b` reste tel quel."),
        ("fr", "un | deux  trois\nquatre  cinq", "un | deux  trois\nquatre cinq"),
        ("fr", "quatre  cinq\nun | deux  trois", "quatre cinq\nun | deux  trois"),
        (
            "fr",
            "un\nsix  sept\nun | deux  trois\nsix  sept",
            "un\nsix sept\nun | deux  trois\nsix sept",
        ),
        ("fr", "|un  deux\n|un  deux\nun  deux|", "|un  deux\n|un  deux\nun  deux|"),
        ("fr", "un\tdeux  trois", "un\tdeux  trois"),
        ("fr", "un   deux   trois  quatre", "un   deux   trois  quatre"),
        ("fr", "un   deux  trois", "un deux trois"),
    ],
)
def test_one_space_of_a_run_stays(lang: str, text: str, after: str) -> None:
    """The plain one; a no-break space where the language sets a mark off; none in a table."""
    repairs = list(marks(text, lang).doubled())
    assert repaired(text, repairs) == after
    assert {(f.kind, f.margin, f.after) for f in repairs} <= {("doubled", GAP["doubled"], "")}
    assert {f.reason for f in repairs} <= {"more than one space"}


# --- what the line or the document confirms -------------------------------------------------------


def confirmed(text: str, needs: str, place: int, *ends: tuple[int, int], lang: str = "fr") -> bool:
    line_ends = LineEnds(60, ends, share=0.9, inside=0.8) if ends else None
    prior = Prior(weights(), Counts(500), line_ends)
    return marks(text, lang)._confirms(needs, place, prior)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('Il dit "non" puis se tait.', "oc"),
        ('Il dit"non"puis"oui"encore.', "ococ"),
        ('"Non"dit-il.', "oc"),
        ('Un "mot" ici.\nIl dit"non" puis se tait.', "ococ"),
        ('""Non"" dit-il.', "ococ"),
        ('Un " seul.\nIl dit"non"puis se tait.\nUn " seul.', "?oc?"),
        ('Un seul."\n"Il dit.\n"Un" seul', "??oc"),
    ],
)
def test_a_straight_quotation_mark_opens_or_closes(text: str, kinds: str) -> None:
    """By its rank on its line, whatever those of other lines; an odd one does neither."""
    of = marks(text)
    places = [place for place, sign in enumerate(text) if sign == '"']
    for place, kind in zip(places, kinds, strict=True):
        assert of._confirms("opening", place, SOUND) is (kind == "o")
        assert of._confirms("closing", place + 1, SOUND) is (kind == "c")


def test_a_line_end_is_where_the_width_puts_it() -> None:
    text = "Il est venu–puis reparti."
    place = text.index("–")
    assert confirmed(text, "line end", place, (place, place))
    assert not confirmed(text, "line end", place, (place + 1, place + 1))
    assert not confirmed(text, "line end", place)


@pytest.mark.parametrize(
    ("text", "sets_off"),
    [
        ("Oui! Non ! Si !", True),
        ("Oui! Non !", False),  # one in two is no habit
        ("Oui! Non! Si !", False),
        ("Oui! Non", False),
        ("Oui ! Non", False),  # nor is one
        ("«Oui» « Non » « Si »", True),
        ("Il dit «oui» ou « non» ou « si».", True),
        ("«Oui» «Non» « Si »", False),
    ],
)
def test_a_document_that_sets_marks_off_has_lost_the_space(text: str, sets_off: bool) -> None:
    place = text.index("!") if "!" in text else text.index("«") + 1
    assert confirmed(text, "spaced", place, (place, place)) is sets_off
    assert not confirmed(text, "spaced", place)
    assert not confirmed(text, "spaced", place, (place + 1, place + 1))


@pytest.mark.parametrize("code", ["fr", "es"])
def test_the_habit_is_that_of_the_mark_and_not_of_the_letter_beside_it(code: str) -> None:
    text = "Dijo « sí» y « no » y « quizá »."
    place = text.index("»")
    assert confirmed(text, "spaced", place, (place, place), lang=code)
    assert not confirmed(text.replace(" »", "»"), "spaced", place, (place, place), lang=code)


def test_each_mark_has_a_habit_of_its_own() -> None:
    of = marks("Oui ! Non ! Si! Quoi? Qui? Que ?")
    assert of._sets_off("!")
    assert not of._sets_off("?")
    assert of._sets_off("!")


# --- spaces beside marks --------------------------------------------------------------------------


def test_a_space_before_a_comma_is_stray() -> None:
    text = "Il vient , puis part"
    (f,) = marks(text).gaps(line(text, {",": look()}), 2, look(), SOUND)
    assert (f.start, f.end, f.after, f.kind) == (8, 9, "", "before mark")
    assert f.margin == pytest.approx(GAP["before_mark"] + SOUND.base)
    assert f.reason == "no space stands before this mark"


@pytest.mark.parametrize("blank", ["\n", "\t", "\u2003"])
def test_what_else_stands_before_a_mark_is_no_stray_space(blank: str) -> None:
    text = f"Il vient{blank}, puis part"
    assert not list(marks(text).gaps(line(text, {",": look()}), 2, look(), SOUND))


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_a_no_break_space_before_a_mark_is_as_stray(blank: str) -> None:
    text = f"Il vient{blank}, puis part"
    (f,) = marks(text).gaps(line(text, {",": look()}), 2, look(), SOUND)
    assert (f.start, f.end, f.after) == (8, 9, "")


def test_a_mark_at_the_start_has_no_space_before_it() -> None:
    text = ", puis part "
    assert not list(marks(text).gaps(line(text, {",": look()}), 0, look(), SOUND))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("mark", "a space is missing beside a mark"),
        ("digit", "a number and a word are written together"),
    ],
)
def test_a_gap_of_a_token_is_a_place_of_the_text(kind: str, reason: str) -> None:
    text = "Il vient le matin,12ou le soir"
    gap = look(Gap(2, "mark", 9.0, "line end"), Gap(6, kind, 12.0))
    (f,) = marks(text).gaps(line(text, {"matin,12ou": gap}), 3, gap, SOUND)
    assert (f.start, f.end, f.after, f.kind, f.reason) == (18, 18, " ", kind, reason)
    assert f.margin == pytest.approx(12.0 + SOUND.lost(18))


def test_a_gap_that_stands_where_a_line_ended() -> None:
    text = "Il vient–puis repart–et revient"
    gap = look(Gap(5, "mark", 4.5, "line end"), Gap(17, "mark", 4.5, "line end"))
    prior = Prior(weights(), Counts(500), LineEnds(60, [(20, 20)], share=0.9, inside=0.8))
    (f,) = marks(text).gaps(line(text, {"vient–puis": gap}), 1, gap, prior)
    assert f.start == 20
    assert f.margin == pytest.approx(4.5 + prior.lost(20))


def test_nothing_is_missing_in_what_is_protected() -> None:
    text = "Voir `matin,puis` et matin,puis"
    gap = look(Gap(7, "mark", 12.0))
    of, its = marks(text), line(text, {"`matin,puis`": gap, "matin,puis": gap})
    assert not list(of.gaps(its, 1, gap, SOUND))
    assert len(list(of.gaps(its, 3, gap, SOUND))) == 1


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Voir `f` , puis", "Voir `f` , puis"),
        ("Voir ( `f` puis", "Voir ( `f` puis"),
        ("Voir (`f`) , puis", "Voir (`f`), puis"),
        ("Voir (vu )`f`", "Voir (vu)`f`"),
    ],
)
def test_a_space_that_touches_what_is_protected_stays(text: str, after: str) -> None:
    assert repaired(text, list(marks(text).strays(line(text, {}), SOUND))) == after


def test_stray_spaces_of_a_line() -> None:
    text = "Il paie ( 12 euros ) et `f( x )` ici"
    many = Prior(weights(), Counts(100, stray=20.0))
    strays = list(marks(text).strays(line(text, {}), many))
    assert repaired(text, strays) == "Il paie (12 euros) et `f( x )` ici"
    assert [f.kind for f in strays] == ["stray", "stray"]
    assert strays[0].margin == pytest.approx(GAP["stray_mark"] + many.stray)
    assert strays[0].reason == "no space stands here in such a number or beside such a mark"


# --- lines ----------------------------------------------------------------------------------------


@given(st.frozensets(st.integers(0, 12)))
def test_groups_are_rows_of_neighbours(places: frozenset[int]) -> None:
    rows = list(groups(places))
    assert sorted(places) == [n for first, last in rows for n in range(first, last + 1)]
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(rows))


def test_a_line_knows_its_tokens_that_are_not_settled() -> None:
    text = "le chat\n  dort  bien,ou mal\nici"
    piece, gap = look(fragment=True), look(Gap(5, "mark", 12.0))
    words = ["dort", "bien,ou", "mal"]
    of = Line(text, 8, 27, words, {"dort": piece, "bien,ou": gap, "ici": piece}, frozenset())
    assert [text[start:end] for start, end in of.spans] == words
    assert of.looks == [(0, piece), (1, gap)]
    assert of.pieces == [(0, piece)]
    assert of.telling == [(1, gap)]


@pytest.mark.parametrize(
    ("strange", "glued", "sound", "little", "foreign"),
    [
        (ENOUGH, 0, 0, 0, True),
        (ENOUGH - 1, 0, 0, 0, False),  # too few to tell
        (ENOUGH // 2, 0, ENOUGH // 2, 0, True),
        (ENOUGH // 2 - 1, 0, ENOUGH // 2 + 1, 0, False),
        (5, ENOUGH, 0, 0, False),  # words that have lost their spaces are not strange
        (ENOUGH, 0, 0, 1, True),
        (ENOUGH, 0, 0, 2, False),
        (18, 0, 0, 2, False),
    ],
)
def test_a_line_of_another_language(
    strange: int, glued: int, sound: int, little: int, foreign: bool
) -> None:
    words = ["wqrt"] * strange + ["lesdeux"] * glued + ["chat"] * sound + ["Le"] * little
    looks = {
        "wqrt": look(fragment=True, cut=GLANCE - 0.1),
        "lesdeux": look(fragment=True, cut=GLANCE),
    }
    assert line(" ".join(words), looks, frozenset({"le"})).is_foreign is foreign
