"""What is proposed for the names of one document: which edits, how surely, and for what reason."""

from __future__ import annotations

import pytest

from normalize.edits import Edit
from normalize.names.authority import parse_authority
from normalize.names.cluster import FULL_NAME
from normalize.names.evidence import NameEvidence
from normalize.names.find import Mention
from normalize.names.tally import Tally
from normalize.names.unify import IN_CONTEXT, PARTIAL, unify

from .names import carriers, learned, rules, unified, view


def findings(text: str, names: NameEvidence | None = None, lang: str = "fr") -> list[Edit]:
    seen = view(text, lang, names)
    return [edit for rule in rules() for edit in rule.find(seen)]


def edit(text: str, before: str, after: str | None, rule: str, certainty: float, why: str) -> Edit:
    """The edit of the last place where ``before`` stands."""
    start = text.rindex(before)
    return Edit(start, start + len(before), before, after, rule, certainty, why)


def ruled(canonical: str, *aliases: str) -> NameEvidence:
    source = f'[[name]]\ncanonical = "{canonical}"\naliases = {list(aliases)}\n'
    return NameEvidence().with_authority(parse_authority(source))


# --- NAM001 and NAM002 --------------------------------------------------------------------------


def test_a_repair_says_why() -> None:
    text = "M. José Diaz parle. Selon M. Jose Diaz, oui."
    why = "a spelling of 'José Diaz', the form with the most marks"
    assert findings(text) == [edit(text, "Jose", "José", "NAM001", FULL_NAME, why)]


TWO = ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyen Van Hung")


def test_a_name_that_fits_two_is_reported_once_for_a_spelling() -> None:
    names = learned(*carriers(*TWO))
    text = "Hier, Nguyen Van Hung a parlé. Puis M. Nguyen Van Hung est sorti."
    why = "fits 'Nguyễn Văn Hùng' and 'Nguyễn Văn Hưng'"
    first = text.index("Nguyen")
    assert findings(text, names) == [
        Edit(first, first + 15, "Nguyen Van Hung", None, "NAM002", 1.0, why)
    ]
    known = "Hier, M. Nguyễn Văn Hưng a parlé. Puis Nguyen Van Hung est sorti."
    why += "; only 'Nguyễn Văn Hưng' stands in this document"
    assert findings(known, names) == [
        edit(known, "Nguyen", "Nguyễn", "NAM001", IN_CONTEXT, why),
        edit(known, "Van", "Văn", "NAM001", IN_CONTEXT, why),
        edit(known, "Hung", "Hưng", "NAM001", IN_CONTEXT, why),
    ]


def test_what_one_sentence_tells_apart_only_a_person_can_join() -> None:
    far = "Il fait beau et il ne se passe rien. " * 9
    text = f"{far}Hier, Martin Muller et Martin Müller sortent. Puis Martin Muller dort."
    assert unified(text) == text
    lock = {"kind": "person", "spellings": {"Martin Muller": {"mentions": 1}}}
    names = NameEvidence.from_lock({"decided": {"Martin Müller": lock}})
    assert unified(text, names=names) == text.replace("Muller", "Müller")


def test_a_lone_spelling_becomes_what_somebody_decided() -> None:
    names = ruled("Kishida Fumio", "Fumio Kishida")
    assert unified("Hier, Fumio Kishida dort.", names=names) == "Hier, Kishida Fumio dort."


# --- headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("VISITE EN NOUVELLE ECOSSE\nIl aime la Nouvelle Écosse.", None),
        ("LA FOIRE DE HA NOI\nIl vit à Hanoï.", None),
        ("UNE VISITE\nHier, elle a crié To. Lam dort. Tô Lâm rit.", None),
        ("Hier, Une Grande Belle Visite To Lam. Tô Lâm rit.", "Visite Tô Lâm. Tô Lâm rit."),
        ("Hier, Grande Belle Visite To Lam. Tô Lâm rit.", None),
    ],
    ids=["house style", "one word", "what follows the heading", "six words", "five words"],
)
def test_names_in_headings(text: str, after: str | None) -> None:
    assert unified(text).endswith(after or text)


def test_names_in_headings_need_no_other_name() -> None:
    names = learned(*carriers("Tô Lâm"))
    text = "VISITE DE TO LAM\nIl dort."
    assert unified(text, names=names) == text.replace("TO LAM", "TÔ LÂM")
    assert unified("Il dort.", names=names) == "Il dort."


def test_names_in_headings_follow_the_authority_file() -> None:
    text = "VISITE DE TO LAM\nHier, Tô Lâm dort."
    assert unified(text, names=ruled("To Lâm")) == "VISITE DE TO LÂM\nHier, To Lâm dort."


def test_names_in_headings_are_those_of_the_language() -> None:
    text = "VISITA A SAO PAULO\nWodehouse duerme."
    table = {"São Paulo": Tally(mentions=3, inside=3, placed=3, place=3, languages=(("es", 3),))}
    assert unified(text, "es", NameEvidence((table,))) == text.replace("SAO", "SÃO")
    assert unified(text, "fr", NameEvidence((table,))) == text
    visitor = table["São Paulo"]._replace(languages=(("es", 3), ("fr", 1)))
    here = Tally(mentions=20, inside=20, languages=(("fr", 20),))
    often = NameEvidence(({"São Paulo": visitor, "SAO PAULO": here},))
    assert unified(text, "fr", often) == text


def test_a_name_in_a_heading_is_a_mention() -> None:
    text = "VISITE DE TO LAM\nHier, Tô Lâm dort."
    (change,) = unify(view(text)).variants
    assert change.mention == Mention(10, 16, "TO LAM", "person")


# --- NAM004 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Hoàng Xuân Chiên parle. Le général Chiến sort.", None),
        ("Hoàng Xuân Chiền parle. Le général Chiên sort.", None),
        ("Il vit à Wodehouse Dağcı. M. Dagci sort.", None),
        ("À Lyon, Lech Kaczyński parle. M. Kaczynski sort.", "M. Kaczyński sort."),
        ("Abdul Recep Tayyip Erdoğan parle. M. Erdogan sort.", "M. Erdoğan sort."),
        ("Jan Abdul Recep Tayyip Erdoğan parle. M. Erdogan sort.", None),
        ("Ahmet Ağca parle. Hier, Agca sort.", None),
        ("Ahmet Dağcı parle. Hier, Dagci sort.", "Hier, Dağcı sort."),
        ("Lê Văn Chiên parle. M. Chiên dort. Le général Chien sort.", "général Chiên sort."),
    ],
    ids=[
        "fuller than the whole name",
        "a grave more",
        "a place",
        "after a name of one word",
        "four words",
        "five words",
        "four letters",
        "five letters",
        "beside the right one",
    ],
)
def test_part_of_a_name(text: str, after: str | None) -> None:
    assert unified(text).endswith(after or text)


def test_part_of_a_name_says_whose() -> None:
    text = "Lech Kaczyński parle. M. Kaczynski sort."
    why = "'Lech Kaczyński', named before, is the only one who fits"
    assert findings(text) == [edit(text, "Kaczynski", "Kaczyński", "NAM004", PARTIAL, why)]


def test_part_of_a_name_that_fits_two_others_stays() -> None:
    names = learned(*carriers("Văn Hùng", "Văn Hưng"))
    text = "Nguyễn Văn Hùng parle. M. Van Hung sort."
    assert unified(text, names=names) == text


def test_a_mended_part_serves_what_stands_elsewhere() -> None:
    text = "Recep Erdoğan parle. Le ministre Erdogan sort. Erdogan dort. Un mot. Erdogan rit."
    assert unified(text) == text.replace("Erdogan", "Erdoğan")


def test_a_part_of_a_part_is_mended_too() -> None:
    text = (
        "Recep Kaczyński Tayyip parle. M. Recep Kaczynski sort. M. Kaczynski dort. Un mot."
        " Kaczynski rit."
    )
    assert unified(text) == text.replace("Kaczynski", "Kaczyński")


# --- NAM003 -------------------------------------------------------------------------------------


def test_a_name_with_a_space_more_is_reported() -> None:
    text = "Le président Xi Jinping parle. Hier, Xi Jin ping sort."
    why = "with 'ping' it is probably 'Xi Jinping'"
    assert findings(text) == [edit(text, "Xi Jin", None, "NAM003", 1.0, why)]


@pytest.mark.parametrize(
    "text",
    [
        "Le président Xi Jin Ping parle. Hier, Xi Jin ping sort.",
        "Il aime Grand Bassam. Hier, Grand Bas sam dort.",
    ],
    ids=["which has it", "no person"],
)
def test_a_name_with_a_space_more_that_is_none(text: str) -> None:
    assert findings(text) == []


REORDERED = "probably {!r}: the same words in another order"


def test_the_rarer_order_is_reported() -> None:
    text = "Le ministre Kishida Fumio parle. Kishida Fumio sort. Hier, Fumio Kishida dort."
    why = REORDERED.format("Kishida Fumio")
    assert findings(text) == [edit(text, "Fumio Kishida", None, "NAM003", 1.0, why)]


def test_the_corpus_knows_which_order_is_rarer() -> None:
    names = learned(*carriers("Fumio Kishida", "Fumio Kishida", "Fumio Kishida"))
    text = "Hier, Fumio Kishida parle. Puis Kishida Fumio sort et Kishida Fumio dort."
    why = REORDERED.format("Fumio Kishida")
    first = text.index("Kishida Fumio")
    reported = Edit(first, first + 13, "Kishida Fumio", None, "NAM003", 1.0, why)
    assert findings(text, names) == [reported]
    alone = "Puis Kishida Fumio sort."
    assert findings(alone, names) == [edit(alone, "Kishida Fumio", None, "NAM003", 1.0, why)]


def test_all_spellings_of_an_order_count_together() -> None:
    text = (
        "Le ministre Kishida Fumio dort. KISHIDA Fumio rit. Hier, KISHIDA Fumio sort."
        " Puis Fumio Kishida parle. Hier, Fumio Kishida entre."
    )
    (found,) = findings(text)
    assert found.before == "Fumio Kishida"


@pytest.mark.parametrize("person", ["Wodehouse Trollope", "Trollope Wodehouse"])
def test_words_in_another_order_need_one_person(person: str) -> None:
    names = learned(f"Hier, le ministre {person} parle.", f"Puis {person} sort.")
    other = " ".join(reversed(person.split()))
    text = f"Puis {other} dort."
    why = REORDERED.format(person)
    assert findings(text, names) == [edit(text, other, None, "NAM003", 1.0, why)]
    nobody = learned(f"Puis {person} sort.", f"Puis {person} dort.")
    assert findings(text, nobody) == []
    place = f"Le ministre {person} parle. Il vit à {other}."
    assert findings(place) == []
