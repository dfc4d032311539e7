"""The passes over a document: what is counted, read at once, meant, and said of what is found."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.evidence import Evidence
from normalize.language import load
from normalize.view import View
from normalize.words import boundaries
from normalize.words.boundaries import (
    HALVES,
    MANY,
    _deserves_closer,
    _Document,
    doubtful,
    edits_of,
    find_boundaries,
    vouched,
)
from normalize.words.found import Found
from normalize.words.lines import Line
from normalize.words.prior import Counts, LineEnds, Prior
from normalize.words.scan import CLOSE_FROM, Scanner
from normalize.words.weights import weights

from .test_words import SOUND, find

SOUNDLY = Prior(weights(), Counts(500))
SPLIT = Prior(weights(), Counts(500, stray=50.0))


def document(text: str, lang: str = "fr") -> _Document:
    return _Document(View(text, load(lang), Evidence()))


def scan(of: _Document, scanner: Scanner) -> list[Line]:
    return of._scan(scanner.judge(of.view.types).looks)


def said(margin: float, start: int = 0, after: str = " ", kind: str = "words") -> Found:
    return Found(start, start, after, kind, 0.9, "", margin)


# --- what is said of a finding --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "before", "after", "kind", "reason"),
    [
        (
            "Hier, lesdeux parties ont signé l'accord.",
            "les_deux",
            " ",
            "words",
            "“les” and “deux” are two words",
        ),
        (
            "Hier, le gouver nement a signé l'accord.",
            "gouver_ nement",
            "",
            "stray",
            "“gouvernement” is one word",
        ),
    ],
)
def test_a_finding_names_its_words(
    text: str, before: str, after: str, kind: str, reason: str
) -> None:
    left, right = before.split("_")
    place = text.index(left + right) + len(left)
    (f,) = (f for f in find(text) if f.start == place)
    assert (f.end, f.after, f.kind, f.reason) == (
        place + (right[0] == " "),
        after,
        kind,
        reason,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Voir `desengagements` lesdeux parties.",
        "Voir `lagare`, lesdeux parties.",
        "Voir getDocumentsByLanguage, lesdeux parties.",
        "Voir getDocumentsByLanguage/lesdeux parties.",
        "Hier,lesdeux parties.",
    ],
)
def test_what_stays_hides_nothing_behind_it(text: str) -> None:
    (f,) = (f for f in find(text) if f.kind == "words")
    assert f.start == text.index("deux")


def test_findings_stand_in_the_order_of_the_text() -> None:
    text = "Il est  venu hier,lesdeux parties , et  lagare est  vue."
    places = [(f.start, f.end) for f in find(text)]
    assert places == sorted(places)
    assert {f.kind for f in find(text)} >= {"doubled", "mark", "words"}


def test_the_edits_of_a_kind() -> None:
    view = View("Il est  venu hier,puis  parti.", load("fr"), Evidence())
    edits = list(edits_of(view, "doubled", "SPC009"))
    those = [f for f in find_boundaries(view) if f.kind == "doubled"]
    assert len(edits) == 2
    for edit, f in zip(edits, those, strict=True):
        assert (edit.start, edit.end, edit.after) == (f.start, f.end, f.after)
        assert (edit.before, edit.rule) == (view.text[f.start : f.end], "SPC009")
        assert (edit.certainty, edit.reason) == (f.certainty, f.reason)


def test_a_language_without_a_lexicon_has_no_boundaries() -> None:
    view = View("Hier,lesdeux  parties", load("ja"), Evidence())
    assert find_boundaries(view) == []
    assert vouched(view) == Counter()
    assert doubtful(view) == view.types


def test_one_word_of_a_dictionary_is_not_doubtful() -> None:
    view = View("Le ministre, lesdeux Zyrkonaz 12ou", load("fr"), Evidence())
    find_boundaries(view)  # which has scanned it
    assert doubtful(view) >= {"lesdeux", "Zyrkonaz", "12ou"}
    assert doubtful(view).isdisjoint({"ministre,"})


# --- what is meant --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "marked", "sound", "split"),
    [
        ("fr", "5e_sp", True, True),
        ("fr", "le 89e_sp de la liste", True, True),
        ("fr", "les listes A_B C", True, False),
        ("fr", "la liste a_b", False, False),
        ("fr", "selon Abd_el Krim", True, False),
        ("fr", "selon Abd_El Krim", False, False),
        ("fr", "Abd_krim", False, False),
        ("fr", "selon lui, Jean_dans la rue", True, False),
        ("fr", "une ex_ministre", True, False),
        ("fr", "une ex_minstr", False, False),
        ("fr", "une mai_son", False, False),
    ],
)
def test_a_space_that_is_there_on_purpose(lang: str, marked: str, sound: bool, split: bool) -> None:
    """An ordinal always; a list, a name and a prefix only where spaces are not lost to chance."""
    space, text = marked.index("_"), marked.replace("_", " ")
    assert document(text, lang)._meant(space, SOUNDLY) is sound
    assert document(text, lang)._meant(space, SPLIT) is split


# --- counting -------------------------------------------------------------------------------------


def test_lost_and_stray_spaces_are_counted_by_how_likely_they_are() -> None:
    of = document("mot " * 40)
    found = [
        said(0.0),
        said(50.0),
        said(50.0, after="", kind="stray"),
        said(0.0, after="", kind="stray"),
        said(50.0, after="", kind="doubled"),
        said(50.0, kind="mark"),
        said(50.0, kind="case"),
    ]
    for times in (1.0, 4.0):
        counts = of._counts(found, times)
        assert counts.tokens == 40
        assert counts.lost == pytest.approx(3.5 * times)
        assert counts.stray == pytest.approx(1.5 * times)
    assert of._counts(found) == of._counts(found, 1.0)


def test_a_text_without_spaces_has_words_all_the_same() -> None:
    assert document("mot " * 40).tokens == 40
    assert document("m" * 400).tokens == 50


def test_sure_joins_alone_tell_the_line_width() -> None:
    lines = textwrap.wrap(" ".join([SOUND["fr"]] * 3), 72, break_on_hyphens=False)
    text, joins = "".join(lines), list(accumulate(map(len, lines[:-1])))
    sure = [said(5.0, place) for place in joins]
    others = [said(1.0, place + 20) for place in joins] + [
        said(5.0, place + 30, "", "stray") for place in joins
    ]
    counts = Counts(100, 10.0)
    prior = document(text)._prior(counts, [*others, *sure[::-1]])
    assert prior.counts == counts
    assert prior.ends is not None
    assert all(map(prior.expects, joins))
    assert document(text)._prior(counts, others).ends is None


def test_a_first_glance_tells_the_width_and_the_rate() -> None:
    lines = textwrap.wrap(" ".join([SOUND["fr"]] * 3), 72, break_on_hyphens=False)
    of = document("".join(lines))
    prior = of._first_prior(scan(of, of.engine.scanner))
    assert prior.ends is not None
    assert abs(prior.ends.width - 72) <= 1
    assert prior.counts.tokens == of.tokens
    assert 4 < prior.counts.lost < len(lines)
    sound = document("\n".join(lines))
    prior = sound._first_prior(scan(sound, sound.engine.scanner))
    assert prior.ends is None
    assert prior.counts.lost < 0.5


def test_what_has_lost_many_spaces_is_scanned_closely() -> None:
    few, many = Counts(2_000, lost=2.0), Counts(2_000, lost=100.0)
    assert Prior(weights(), few).base < CLOSE_FROM < Prior(weights(), many).base
    assert not _deserves_closer(Prior(weights(), few))
    assert _deserves_closer(Prior(weights(), many))
    assert _deserves_closer(Prior(weights(), few, LineEnds(60, [(10, 12)], 0.9, 0.8)))


def test_what_the_document_says_of_two_halves() -> None:
    of = document("Une terre zone, des Tablelongue.")
    of.halves = Counter({("terre", "zone"): 4, ("Table", "longue"): 3, ("porte", "bleue"): 1})
    weight = weights().word
    assert of._whole(SOUNDLY) == {
        "terrezone": weight["apart"],
        "tablelongue": pytest.approx(-2 * weight["repeated"] * SOUNDLY.base),
    }
    of.halves = Counter({(f"mot{n}", "long"): 2 for n in range(HALVES + 5)})
    assert len(of._whole(SOUNDLY)) == HALVES


def test_the_beginning_of_a_spoiled_text_tells_its_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ends early only where it probes, and where very many spaces are lost or stray."""
    monkeypatch.setattr(boundaries, "PROBE", 150)
    for text, spoiled in (
        (re.sub(r"\b([^\W\d_]{3})(?=[^\W\d_]{2})", r"\1 ", SOUND["fr"]), True),
        (SOUND["fr"].replace(" parti", "parti").replace("Chacun a", "Chacuna"), False),
    ):
        of = document("\n".join([text] * 3))
        lines = scan(of, of.engine.closer)
        some, probe = of._pass(lines, SPLIT, probing=True)
        everything, none = of._pass(lines, SPLIT)
        assert none is None
        assert (probe is not None) is spoiled
        assert (len(some) < len(everything)) is spoiled
        if probe is not None:
            counts = of._counts(everything)
            assert probe.tokens == of.tokens
            assert probe.stray == pytest.approx(counts.stray, rel=0.2)
            assert probe.stray > MANY * of.tokens


# --- lines and windows ----------------------------------------------------------------------------


def test_lines_are_those_with_a_token_that_is_not_settled() -> None:
    of = document("Le chat dort.\nHier, lesdeux parties\n\n  Le chat.\nZyrkonaz  vient")
    lines = scan(of, of.engine.scanner)
    assert [(of.text[x.start : x.end], x.words) for x in lines] == [
        ("Hier, lesdeux parties", ["Hier,", "lesdeux", "parties"]),
        ("Zyrkonaz  vient", ["Zyrkonaz", "vient"]),
    ]
    assert of.best_cut == max(look.cut for x in lines for _, look in x.looks)
    settled = document("Le chat dort.")
    assert scan(settled, settled.engine.scanner) == []


@given(st.lists(st.integers(1, 12), min_size=1, max_size=20), st.data())
def test_a_window_holds_as_many_neighbours_as_it_reaches(
    sizes: list[int], data: st.DataObject
) -> None:
    active = data.draw(st.sets(st.integers(0, len(sizes) - 1)))
    text = " ".join("m" * size for size in sizes)
    of = document(text)
    of.weights = replace(weights(), limits={**weights().limits, "window_letters": 20})
    line = Line(text, 0, len(text), text.split(), {}, frozenset())
    windows = list(of._windows(line, active))
    assert [n for first, last in windows for n in range(first, last + 1)] == sorted(active)
    for first, last in windows:
        reach = line.spans[first][0] + 20
        assert first == last or line.spans[last][1] <= reach
        if last + 1 in active:  # what would have found room is left to no other window
            assert line.spans[last + 1][1] > reach
