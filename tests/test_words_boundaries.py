"""The passes over a document: what is counted, read at once, meant, and said of what is found."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import replace
from itertools import accumulate
from random import Random

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
    REPORT,
    WORTH_A_LOOK,
    _deserves_closer,
    _Document,
    doubtful,
    edits_of,
    find_boundaries,
    vouched,
)
from normalize.words.found import Found, sigmoid
from normalize.words.lines import Line
from normalize.words.prior import Counts, LineEnds, Prior
from normalize.words.scan import CLOSE_FROM, NONE, RARE, Look, Scanner
from normalize.words.stretches import LETTERS, stretch_of
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
    assert document("m" * 12).tokens == 1


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
    base = Prior(weights(), Counts(of.tokens)).base
    glances = [look.glance for x in scan(of, of.engine.scanner) for _, look in x.telling]
    evidence = [found for glance in glances for _, found in glance]
    assert prior.counts.lost == pytest.approx(sum(sigmoid(e + base) for e in evidence))
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
        (SOUND["fr"].replace("Les ministres", "Lesministres"), False),
    ):
        of = document("\n".join([text] * 3))
        lines = scan(of, of.engine.closer)
        some, probe = of._pass(lines, SPLIT, probing=True)
        everything, none = of._pass(lines, SPLIT)
        assert none is None
        assert everything
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


def test_a_window_ends_where_it_reaches_no_further() -> None:
    for text, windows in (
        (f"{'m' * 9} {'m' * 10}", [(0, 1)]),
        (f"{'m' * 9} {'m' * 11}", [(0, 0), (1, 1)]),
        ("m" * 25, [(0, 0)]),
    ):
        of = document(text)
        of.weights = replace(weights(), limits={**weights().limits, "window_letters": 20})
        line = Line(text, 0, len(text), text.split(), {}, frozenset())
        assert list(of._windows(line, range(len(line.words)))) == windows


# --- what deserves a closer look ------------------------------------------------------------------


def look(cut: float = NONE, *, piece: bool = False, worth: float = NONE, leads: float = NONE,
         trails: float = NONE) -> Look:  # fmt: skip
    return Look(cut, (), (), piece, (), (), True, worth, leads, trails)


def line_of(text: str, looks: dict[str, Look]) -> Line:
    return Line(text, 0, len(text), text.split(), looks, frozenset())


PIECE = look(piece=True)
ONLY_SEEN: frozenset[str] = frozenset()


def test_a_token_deserves_a_look_whose_cut_is_worth_one() -> None:
    of = document("")
    of.best_cut = 100.0
    least = WORTH_A_LOOK - SOUNDLY.base
    looks = {"un": look(least + 0.1), "deux": look(least), "trois": look(least - 0.1)}
    assert of._deserving(line_of("un deux trois quatre", looks), SOUNDLY) == {0}
    ends = Prior(weights(), Counts(500), LineEnds(60, [(5, 6)], 0.9, 0.8))
    assert ends.base < ends.most(3, 7)
    least = WORTH_A_LOOK - (ends.base + ends.most(3, 7)) / 2
    looks = dict.fromkeys(("un", "deux", "trois"), look(least))
    assert of._deserving(line_of("un deux trois", looks), ends) == {1}


@pytest.mark.parametrize(
    ("text", "pieces", "found"),
    [
        ("gouver nement", "gouver nement", {0, 1}),
        ("GOUVER NEMENT", "GOUVER NEMENT", {0, 1}),
        ("Gouver nement", "Gouver nement", {0, 1}),
        ("gouver Nement", "gouver Nement", set()),
        ("gouver nement", "gouver", {0}),
        ("un gouver nement", "nement", {2}),
        ("gouver 12", "gouver 12", set()),
        ("zyrko naz", "zyrko naz", {0, 1}),
        ("zyrko nal", "zyrko nal", {0, 1}),
        ("zyrko nav", "zyrko nav", set()),
    ],
)
def test_pieces_of_a_known_word_deserve_a_look(text: str, pieces: str, found: set[int]) -> None:
    """One of the lexicon, one that the document spells and one that the corpus spells."""
    of = document("")
    of.costs = of.engine.costs({"zyrkonal": -8.0})
    of.costs.see(Counter(zyrkonaz=5), 100)
    line = line_of(text, dict.fromkeys(pieces.split(), PIECE))
    assert of._deserving(line, SPLIT) == found


LEAST = WORTH_A_LOOK - SPLIT.stray
COMMON = "de"


def pairs(text: str, looks: dict[str, Look], parts: frozenset[str] | None = ONLY_SEEN) -> list[int]:
    of = document("")
    of.parts = parts
    return list(of._pairs(line_of(text, looks), SPLIT))


def test_two_pieces_are_a_pair_where_a_word_is_worth_more_than_both() -> None:
    text = "mots gouver nement mots"
    for more, fewer, found in ((0.1, 0.1, [1]), (0.1, -0.1, []), (-0.1, 0.1, [])):
        left = look(piece=True, worth=-9.0, leads=LEAST - 7.0 + more)
        right = look(piece=True, worth=-7.0, trails=LEAST - 9.0 + fewer)
        assert pairs(text, {"gouver": left, "nement": right}) == found
    seen = {"gouver": PIECE, "nement": PIECE}
    assert pairs(text, seen, frozenset({"gouver", "nement"})) == [0, 1, 2]
    assert pairs(text, seen, None) == [0, 1, 2], "the two, and each with what stands around"
    assert pairs(text, seen, frozenset({"gouver"})) == [0]
    assert pairs(text, seen, frozenset({"nement"})) == [2]


@pytest.mark.parametrize("other", ["mots", COMMON])
def test_a_piece_and_a_word_are_a_pair_where_a_longer_word_is_worth_more(other: str) -> None:
    worth = document("").engine.common.get(other, RARE)
    for more, found in ((0.1, [2]), (-0.1, [])):
        text = f"gauche mots piece {other} droite"
        assert pairs(text, {"piece": look(piece=True, leads=LEAST + worth + more)}) == found
    for more, found in ((0.1, [1]), (-0.1, [])):
        text = f"gauche {other} piece mots droite"
        assert pairs(text, {"piece": look(piece=True, trails=LEAST + worth + more)}) == found
    for more, found in ((0.1, [0]), (-0.1, [])):
        first = look(piece=True, leads=LEAST + worth + more)
        assert pairs(f"piece {other} bout", {"piece": first, "bout": PIECE}) == found
    assert pairs(f"{other} bout", {"bout": look(piece=True, leads=0.0, trails=NONE)}) == []
    assert pairs(f"bout {other}", {"bout": look(piece=True, leads=NONE, trails=0.0)}) == []
    assert pairs(f"bout {other}", {"bout": look(piece=True, leads=0.0)}) == [0]


def test_the_parts_of_words_that_the_document_spells() -> None:
    of = document("")
    pieces = ["zyrko", "naz,", "Zyr", "yrkonaz", "autre", "zyrkonaz", "kônaz"]
    looks = {**dict.fromkeys(pieces, PIECE), "konaz": look()}
    assert of._parts_of_seen(looks) == frozenset()
    of.costs.see(Counter(zyrkonaz=2, zyrkônaz=2), 100)
    assert of._parts_of_seen(looks) == {"zyrko", "naz,", "Zyr", "yrkonaz", "kônaz"}
    of.costs = of.engine.costs({"zyrkonal": -8.0})
    assert of._parts_of_seen(looks) is None


def test_what_the_document_spells_apart_is_learned() -> None:
    of = document("Hier, Zyrkonaz dort. Puis Zyrkonaz sort.")
    scan(of, of.engine.scanner)
    assert "zyrkonaz" in of.costs.seen[0]


def test_two_tokens_may_be_one_known_word() -> None:
    of = document("")
    for first, second, sound, split in (
        ("gouver", "nement", True, True),
        ("pour", "tant", False, True),
        ("«pour", "tant,", False, True),
        ("depuis", "s", False, False),
        ("zyrko", "naz", False, False),
        ("gouvernement", "12", False, False),
        ("12", "gouvernement", False, False),
    ):
        assert of._may_merge(first, second, SOUNDLY) is sound, (first, second)
        assert of._may_merge(first, second, SPLIT) is split, (first, second)


# --- what is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "surfaces"),
    [
        ("le chat dort", 1, ["chat"]),
        ("un le gouver nement a", 3, ["gouvernement"]),
        ("le gouver nement", 1, ["gouvernement"]),
        ("un l'an,gouver nement a", 2, ["gouvernement"]),
        ("un gouver nement,lui a", 1, ["gouvernement"]),
        ("le (x) dort", 1, []),
        (f"un {'m' * 12}", 1, ["m" * 12]),
        (f"un {'m' * 13}", 1, []),
    ],
)
def test_what_is_read_at_once(text: str, at: int, surfaces: list[str]) -> None:
    """Letters of the tokens asked for, and of a neighbour that may be a piece of their word."""
    of = document(text)
    of.weights = replace(weights(), limits={**weights().limits, "window_letters": 12})
    read: list[str] = []
    of._read = lambda stretch, *_: iter(read.append(stretch.surface) or ())  # type: ignore[method-assign, assignment, func-returns-value]
    line = line_of(text, {})
    assert list(of._words(line, at, at, of._reader(SPLIT), SPLIT)) == []
    assert read == surfaces


class Margins:
    """A reader that has read everything before."""

    def __init__(self, **margins: float) -> None:
        self.margins = {int(place[1:]): margin for place, margin in margins.items()}

    def decode(self, stretch: object) -> list[float]:
        return [self.margins.get(place, 20.0 if place == 6 else -20.0) for place in range(12)]


def test_places_are_reported_from_a_margin_on() -> None:
    text = "gouver nement"
    of = document(text)
    stretch = stretch_of(text, LETTERS.match(text), 0, len(text))  # type: ignore[arg-type]
    rival = weights().certainty["rival"]
    for margins, found in (
        ({"_0": 9.0}, {}),
        ({"_3": REPORT}, {}),
        ({"_3": REPORT + 0.1}, {3: REPORT + 0.1}),
        ({"_3": 0.5}, {3: 0.5}),
        ({"_3": 0.5, "_9": -0.5001}, {3: 0.5 * rival}),
        ({"_6": -REPORT}, {}),
        ({"_6": -REPORT - 0.1}, {6: REPORT + 0.1}),
        ({"_6": -3.0, "_3": 3.0}, {3: 3.0, 6: 3.0}),
    ):
        said = list(of._read(stretch, Margins(**margins), SPLIT))  # type: ignore[arg-type]
        assert {f.start: pytest.approx(f.margin) for f in said} == found, margins


# --- one pass after the other ---------------------------------------------------------------------


class Passes:
    """The passes over a document, each with its prior; and how often it is scanned closely."""

    def __init__(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[tuple[Prior, bool]] = []
        self.probes: list[Counts | None] = []
        self.closely = 0
        made, judge = _Document._pass, Scanner.judge

        def spied(
            of: _Document, lines: list[Line], prior: Prior, *, probing: bool = False
        ) -> tuple[list[Found], Counts | None]:
            self.made.append((prior, probing))
            found, probe = made(of, lines, prior, probing=probing)
            self.probes.append(probe)
            return found, probe

        def judged(scanner: Scanner, types: frozenset[str]) -> object:
            self.closely += scanner is document("").engine.closer
            return judge(scanner, types)

        with monkeypatch.context() as spying:
            spying.setattr(_Document, "_pass", spied)
            spying.setattr(Scanner, "judge", judged)
            self.of = document(text)
            self.found = self.of.find()


def test_a_sound_text_is_passed_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    passes = Passes("\n".join([SOUND["fr"]] * 8), monkeypatch)
    assert [probing for _, probing in passes.made] == [True]
    assert passes.closely == 0


def split(text: str, share: float = 1.0, seed: int = 0) -> str:
    """The text with spaces behind the third letter of some words or, mostly, all."""
    chance = Random(seed)
    return re.sub(
        r"\b([^\W\d_]{3})(?=[^\W\d_]{2})",
        lambda m: m[1] + " " if share == 1.0 or chance.random() < share else m[1],
        text,
    )


def test_a_spoiled_text_is_read_again_with_what_its_beginning_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part = split(SOUND["fr"])
    passes = Passes("\n".join([part] * 8), monkeypatch)
    (_, first), (prior, second) = passes.made
    assert (first, second) == (True, False)
    assert passes.probes[0] is not None
    assert prior.counts == passes.probes[0]
    assert passes.closely == 0
    assert max(f.end for f in passes.found) > len(part) * 7


def test_a_wrapped_text_is_read_again_with_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = textwrap.wrap(" ".join([SOUND["fr"]] * 3), 72, break_on_hyphens=False)
    passes = Passes("".join(lines[:6]) + "\n" + split(SOUND["fr"]), monkeypatch)
    assert passes.probes == [None, None]
    for prior, _ in passes.made:
        assert prior.ends is not None
        assert abs(prior.ends.width - 72) <= 1
    assert passes.closely == 1, "once, however often it is read"


def test_what_only_a_pass_finds_is_scanned_closely_too(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(4)
    words = SOUND["fr"].split()
    text = words[0] + "".join(("" if chance.random() < 0.06 else " ") + w for w in words[1:])
    passes = Passes(split(text, 0.4, 5), monkeypatch)
    (first, _), (second, _) = passes.made
    assert not _deserves_closer(first)
    assert _deserves_closer(second)
    assert passes.closely == 1
