"""Word boundaries: what must hold for any text, and the parts the scorer is made of."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalize import lexicon as lexicons
from normalize.evidence import Evidence
from normalize.language import load
from normalize.protect import covers, protected
from normalize.view import View
from normalize.words import boundaries
from normalize.words.boundaries import _Document, find_boundaries, vouched
from normalize.words.evidence import WordEvidence
from normalize.words.found import Found
from normalize.words.lines import Line
from normalize.words.prior import Counts, Prior, fit
from normalize.words.weights import weights

from . import strategies
from .bench.generated import articles
from .examples import at_least

LANGUAGES = ("fr", "es", "en")

SOUND = {
    "fr": (
        "Les ministres de la région se sont réunis hier dans la capitale afin de préparer le"
        " sommet. Chacun a ensuite visité une usine et rencontré des étudiants qui préparent un"
        " concours. La soirée s'est achevée par un concert dans la cour du vieux palais, devant"
        " plusieurs centaines d'invités venus de toutes les provinces du pays."
    ),
    "es": (
        "Los ministros de la región se reunieron ayer en la capital con motivo de la cumbre."
        " Después visitaron una fábrica y conversaron con estudiantes que preparan un concurso."
        " La velada terminó con un concierto en el patio del viejo palacio, ante varios"
        " centenares de invitados llegados de todas las provincias del país."
    ),
    "en": (
        "The ministers of the region met yesterday in the capital to prepare the summit. They"
        " then visited a factory and talked with students who were preparing for an exam. The"
        " evening ended with a concert in the yard of the old palace, before several hundred"
        " guests who had come from every province of the country."
    ),
}


def find(text: str, lang: str = "fr", evidence: Evidence | None = None) -> list[Found]:
    return find_boundaries(View(text, load(lang), evidence or Evidence()))


def once(text: str, lang: str = "fr", evidence: Evidence | None = None) -> str:
    """The text after one round of the repairs that are certain enough."""
    at, pieces = 0, []
    for found in find(text, lang, evidence):
        if found.certainty >= 0.5 and found.start >= at:
            pieces += [text[at : found.start], found.after]
            at = found.end
    return "".join([*pieces, text[at:]])


def repaired(text: str, lang: str = "fr", evidence: Evidence | None = None) -> str:
    """The text after as many rounds as change something, at most four."""
    for _ in range(4):
        after = once(text, lang, evidence)
        if after == text:
            break
        text = after
    return text


def letters(text: str) -> str:
    return "".join(text.split())


WORDS = st.sampled_from(sorted(set(" ".join(SOUND.values()).split())))
NOISE = st.text(alphabet="aeLldD'’ -.,;:!?()«»\"0123456789éÉñ\n\u00a0\u202fßİ語", max_size=12)
TEXTS = st.lists(st.one_of(WORDS, NOISE), max_size=40).flatmap(
    lambda parts: st.lists(
        st.sampled_from(["", " ", "  ", "\n"]), min_size=len(parts), max_size=len(parts)
    ).map(lambda gaps: "".join(p + g for p, g in zip(parts, gaps, strict=True)))
)


@at_least(150)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_only_white_space_changes(text: str, lang: str) -> None:
    for found in find(text, lang):
        assert found.after in ("", " ")
        assert not text[found.start : found.end].strip()
        assert 0.0 <= found.certainty <= 1.0
    assert letters(once(text, lang)) == letters(text)


@at_least(100)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_repair_comes_to_rest(text: str, lang: str) -> None:
    clean = repaired(text, lang)
    assert once(clean, lang) == clean


@given(st.sampled_from(LANGUAGES), st.integers(40, 110))
def test_glued_line_ends_are_repaired_exactly(lang: str, width: int) -> None:
    document = "\n\n".join([SOUND[lang]] * 2)
    glued = "\n\n".join(
        "".join(textwrap.wrap(p, width, break_on_hyphens=False)) for p in document.split("\n\n")
    )
    clean = once(glued, lang)
    assert clean == document
    assert [f for f in find(clean, lang) if f.certainty >= 0.5] == []


def plain_words(lang: str) -> list[str]:
    return sorted({w.strip(".,'") for w in SOUND[lang].lower().split() if len(w) > 5})


def has_another_reading(lang: str, first: str, second: str) -> bool:
    """Whether the letters are two other words as well: "minister stalked", "ministers talked"."""
    lexicon, both = lexicons.load(lang), first + second
    return any(
        both[:place] in lexicon and both[place:] in lexicon
        for place in range(2, len(both) - 1)
        if place != len(first)
    )


@at_least(120)
@given(st.data(), st.sampled_from(LANGUAGES))
def test_two_words_glued_in_sound_text_become_nothing_else(data: st.DataObject, lang: str) -> None:
    first = data.draw(st.sampled_from(plain_words(lang)))
    second = data.draw(st.sampled_from(plain_words(lang)))
    assume(not has_another_reading(lang, first, second))
    before, _, after = SOUND[lang].partition(". ")
    glued = f"{before}, {first}{second} {after}"
    assert once(glued, lang) in (glued, f"{before}, {first} {second} {after}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sound_text_is_left_alone(lang: str) -> None:
    assert find(SOUND[lang], lang) == []


NAMES = (
    "Delacroix Lemaire Lavoisier Dupont Desmoulins Leblanc Legrand Lafontaine Dumas Desjardins"
    " Lamartine Leclerc Larousse Beaumarchais Villeneuve Chateaubriand Montpellier Fontainebleau"
    " Vientiane Kazumasa Serizawa Kiyoshi Namazu Hiroyuki Takashi Masanao Tsuyoshi Sisoulith"
    " Thongloun Phomvihane Siphandone Okinawa Kagoshima Ouagadougou Antananarivo Tegucigalpa"
    " Ulaanbaatar Zelensky Netanyahou YouTube McDonald VietnamPlus iPhone eBay PayPal WhatsApp"
    " TikTok LinkedIn GitHub OpenAI SpaceX AstraZeneca BioNTech JavaScript PostgreSQL macOS"
    " MacArthur DiCaprio LeBron ASEAN UNESCO CEPPP A380 CO2 H5N1 COVID-19 G20 B-52 PM2.5 18h40"
    " 2-1 21,4 J.-P. U.S. D.C. contact@vna.org.vn rapport_final.pdf @agence #Vietnam"
    " getDocumentsByLanguage"
).split()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("frame", ["{} est là", "nous avons vu {}, hier", "« {} », dit-on"])
def test_names_stay_whole(lang: str, frame: str) -> None:
    torn = [name for name in NAMES if once(frame.format(name), lang) != frame.format(name)]
    assert torn == []


@pytest.mark.parametrize("name", ["YouTube", "McDonald", "VietnamPlus", "Delacroix", "A380", "CO2"])
def test_names_stay_whole_in_a_damaged_document(name: str) -> None:
    damaged = "".join(textwrap.wrap(SOUND["fr"], 60, break_on_hyphens=False))
    text = f"{damaged}\n\nLe rapport évoque aussi {name} sans autre précision."
    assert name in once(text)


def test_long_runs_without_spaces_are_read_in_linear_time() -> None:
    sentence = SOUND["en"].replace(" ", "").replace(".", "")
    assert letters(once(sentence * 3, "en")) == sentence * 3
    for hostile in ("a" * 50_000, "ab" * 30_000, "x y " * 20_000, "'" * 50_000, "l'" * 30_000):
        assert letters(once(hostile, "fr")) == letters(hostile)


def test_markdown_code_is_left_alone() -> None:
    text = (
        "Lancez `desengagements internationaux` puis\n\n```\nledéveloppement durable\n```\n\nfin."
    )
    assert once(text) == text


def test_text_in_another_language_is_left_alone() -> None:
    german = (
        "Die Bundesregierung hat gestern beschlossen, dass die Förderung neuer Windkraftanlagen"
        " schrittweise verlängert wird, sobald die Länder zugestimmt haben."
    )
    assert once(german, "fr") == german
    japanese = "不正に改造したiPhoneを販売したとして、商標法違反の疑いで逮捕されました。"
    assert once(japanese, "en") == japanese


# --- the prior ------------------------------------------------------------------------------------


def test_a_short_text_is_less_sure_to_be_sound_than_a_long_one() -> None:
    short, long = (Prior(weights(), Counts(tokens)).base for tokens in (20, 2_000))
    assert long < short < 0.0


def test_joins_raise_the_odds_and_one_does_not_vouch_for_itself() -> None:
    none, one, many = (Prior(weights(), Counts(300, lost)).base for lost in (0.0, 1.0, 20.0))
    assert none == one < many


def test_the_line_width_explains_where_joins_stand() -> None:
    paragraph = " ".join([SOUND["fr"]] * 3)
    lines = textwrap.wrap(paragraph, 72, break_on_hyphens=False)
    glued = "".join(lines)
    joins, at = [], 0
    for line in lines[:-1]:
        at += len(line)
        joins.append(at)
    ends = fit(glued, joins, weights())
    assert ends is not None
    assert abs(ends.width - 72) <= 1
    assert all(ends.span(place) >= 0 for place in joins)
    assert ends.odds(joins[3], -5.0) > 0.0 > ends.odds(joins[3] - 20, -5.0)


# --- evidence -------------------------------------------------------------------------------------

SEEN = st.dictionaries(
    st.text("abcé", min_size=1, max_size=4),
    st.tuples(st.integers(1, 9), st.integers(1, 4)),
    max_size=6,
)
EVIDENCE = st.builds(WordEvidence, st.integers(0, 1_000), SEEN)


@given(EVIDENCE, EVIDENCE, EVIDENCE)
def test_evidence_merges_in_any_order(a: WordEvidence, b: WordEvidence, c: WordEvidence) -> None:
    assert a.merge(b) == b.merge(a)
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.merge(WordEvidence()) == a


@given(EVIDENCE)
def test_the_lock_says_what_the_corpus_says(evidence: WordEvidence) -> None:
    again = WordEvidence.from_lock(evidence.to_lock())
    assert again.to_lock() == evidence.to_lock()
    if evidence.tokens:
        assert again.worth == evidence.worth


@pytest.mark.parametrize(
    "data",
    [
        {"tokens": "many"},
        {"tokens": -1},
        {"seen": []},
        {"seen": {"mot": [1]}},
        {"seen": {"mot": [1, True]}},
        {"tokens": 3, "seen": {"mot": 4}},
    ],
)
def test_a_wrong_lock_is_told(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"words"):
        WordEvidence.from_lock(data)


def test_the_number_of_words_is_bounded_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.words.evidence.MOST", 3)
    parts = [WordEvidence(1, {f"mot{i}": (1, 1), f"mot{i + 1}": (1, 1)}) for i in range(6)]
    ahead = WordEvidence()
    for part in parts:
        ahead = ahead.merge(part)
    back = WordEvidence()
    for part in reversed(parts):
        back = part.merge(back)
    assert ahead == back
    assert len(ahead.seen) == 3


@pytest.mark.parametrize("row", ["mot  un | deux", "mot  un\tdeux", "mot  un   deux   trois"])
def test_spaces_between_columns_stay(row: str) -> None:
    assert once(row) == row
    assert once("mot  un et   deux") == "mot un et deux"


def test_a_cut_may_leave_one_letter() -> None:
    assert once("Autrefois, il yavait un chat et onest venu à lagare.") == (
        "Autrefois, il y avait un chat et on est venu à la gare."
    )


def test_what_stands_apart_elsewhere_was_glued_and_what_comes_again_was_meant() -> None:
    def certainty(text: str) -> float:
        return max(f.certainty for f in find(text) if text[f.start :].startswith("zone"))

    first = "Le rapport cite la terrezone du pays. "
    alone = certainty(first)
    apart = certainty(f"{first} Une terre zone est vue.")
    again = certainty(first + "Une terrezone est vue. " * 3)
    others = certainty(f"{first}Une tablelongue, une portebleue et une routesaine sont vues. ")
    assert alone < apart
    assert again < others


def test_a_glued_word_does_not_vouch_for_itself() -> None:
    counts = vouched(
        View("Lesdeux parties et lesdeux pays voient Zyrkonaz.", load("fr"), Evidence())
    )
    assert "lesdeux" not in counts
    assert counts["zyrkonaz"] == 1


def test_a_word_the_corpus_knows_is_set_free_and_stays_whole() -> None:
    text = "Selon le rapport, lezyrkonaz et la ville de Bordezur restent ouverts."
    learned = WordEvidence(50_000, {"zyrkonaz": (40, 12), "bordezur": (40, 12)})
    assert "le zyrkonaz" in once(text, evidence=Evidence(words=learned))
    assert "Bordezur" in once(text, evidence=Evidence(words=learned))


# --- protected spans ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Voir https://exemple.org/a,b.html, puis", "https://exemple.org/a,b.html"),
        ("Voir www.exemple.fr.", "www.exemple.fr"),
        ("Écrire à nom.prenom@exemple.org, merci", "nom.prenom@exemple.org"),
        ("Le compte @vnanews suit", "@vnanews"),
        ("Le mot #Vietnam suit", "#Vietnam"),
        ("Ouvrir notes.txt ici", "notes.txt"),
        ("Ouvrir ~/docs/notes ici", "~/docs/notes"),
        (r"Ouvrir C:\temp\notes ici", r"C:\temp\notes"),
        ("La variable nom_de_code sert", "nom_de_code"),
        ("Taper `ls -l` ici", "`ls -l`"),
        ("Taper ``a`b`` ici", "``a`b``"),
        ("(Voir /wiki/Paris_(Texas).)", "/wiki/Paris_(Texas)"),
        ("~~~\na\n```\nb\n~~~\nc", "~~~\na\n```\nb\n~~~"),
        ("```\na\n`````\nc", "```\na\n`````"),
    ],
)
def test_protected(text: str, span: str) -> None:
    assert span in [text[a:b] for a, b in protected(text)]


def test_protected_fences_and_prose() -> None:
    text = "Avant\n```\ncode ici\n```\nAprès `x` fin"
    spans = protected(text)
    assert [text[a:b] for a, b in spans] == ["```\ncode ici\n```", "`x`"]
    assert covers(spans, 8, 9)
    assert not covers(spans, 0, 5)
    assert protected("Une phrase. Une autre, sans rien : voilà.") == []


@pytest.mark.parametrize(
    "text",
    ["Un ` seul", "Un `début\n\net une fin`", "```\njamais fermé", "````\nfermé trop court\n```\n"],
)
def test_quotes_that_do_not_close_protect_nothing(text: str) -> None:
    assert protected(text) == []


def test_what_is_read_first_tells_the_rates_of_a_spoiled_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "\n".join(articles(4, damaged=False, languages={"fr": 1}))
    halves = re.sub(r"\b([^\W\d_]{3})(?=[^\W\d_]{2})", r"\1 ", text)
    view = View(halves, load("fr"), Evidence())
    early = {f.start for f in find_boundaries(view) if f.certainty > 0.9}
    monkeypatch.setattr(boundaries, "PROBE", len(view.text))
    late = {f.start for f in find_boundaries(view) if f.certainty > 0.9}
    assert len(late) > len(view.tokens) / 5
    assert len(early ^ late) < len(late) / 100


@given(strategies.TEXTS, st.sampled_from(LANGUAGES))
def test_no_pair_of_pieces_is_left_out_that_may_be_a_word(text: str, lang: str) -> None:
    def every_pair(document: _Document, line: Line, prior: Prior) -> list[int]:
        pieces = {i for i, _ in line.pieces}
        return [
            at for at in sorted(pieces | {i - 1 for i in pieces}) if 0 <= at < len(line.words) - 1
        ]

    found = find_boundaries(View(text, load(lang), Evidence()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Document, "_pairs", every_pair)
        assert find_boundaries(View(text, load(lang), Evidence())) == found
