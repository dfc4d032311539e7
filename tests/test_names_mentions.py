"""Mentions of names: where they start and end, and what stands before them."""

from __future__ import annotations

import pytest

from normalize.names.find import Mention, mentions
from normalize.names.grammar import structure

from .names import view


def found(text: str, lang: str = "fr") -> list[Mention]:
    return list(mentions(view(text, lang)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hier, le ministre Wodehouse parle.", "titled"),
        ("Hier, le ministre norvégien Wodehouse parle.", "titled"),
        ("Hier, le ministre a bien dit que Wodehouse parle.", ""),
        ("Hier, le ministre, que Wodehouse connaît, parle.", ""),
        ("Il vit à Wodehouse.", "placed"),
        ("Il vit à côté Wodehouse.", ""),
        ("Il vit dans la ville de Wodehouse.", "placed"),
        ("Il vit chez le mari de Wodehouse.", ""),
        ("De Wodehouse, il ne sait rien.", ""),
        ("Une ville (Wodehouse) dort.", ""),
        ("Wodehouse (AFP) - Une visite.", "placed"),
        ("Wodehouse (sic) - Une visite.", ""),
        ("Avant, Wodehouse (AFP) - Une visite.", ""),
    ],
)
def test_what_stands_before_a_mention(text: str, kind: str) -> None:
    (mention,) = [m for m in found(text) if m.spelling == "Wodehouse"]
    assert (mention.titled, mention.placed) == (kind == "titled", kind == "placed")
    assert mention.kind == {"titled": "person", "placed": "place", "": "unknown"}[kind]


@pytest.mark.parametrize(
    ("text", "initial"),
    [
        ("Wodehouse parle.", True),
        ("Encore. Wodehouse parle.", True),
        ("Encore. « Wodehouse parle. »", True),
        ('Encore : "Wodehouse parle."', True),
        ("Encore\nWodehouse parle.", True),
        ("- Wodehouse parle.", True),
        ("Encore, Wodehouse parle.", False),
        ("Encore (Wodehouse) parle.", False),
        ("Hier Wodehouse parle.", False),
    ],
)
def test_a_mention_opens_a_sentence(text: str, initial: bool) -> None:
    (mention,) = [m for m in found(text) if m.spelling == "Wodehouse"]
    assert mention.initial is initial


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A word that stands in small letters too is a name only where its kind is known.
        ("Hier, le wodehouse aimait Wodehouse.", []),
        ("Hier, une académie a reçu son Académie.", ["Académie"]),
        ("Hier, un élan a vu Paul Élan.", ["Paul Élan"]),
        # What goes on with a digit is cut off, and so is a particle that leads nowhere.
        ("Hier, Paul Dupont Octobre2021 sort.", ["Paul Dupont"]),
        ("Hier, Dupont2021 sort.", []),
        ("Hier, Ludwig van sort.", ["Ludwig"]),
        ("Hier, Jean de la sort.", ["Jean"]),
        ("Hier, le comte d'Artagnan sort.", ["Artagnan"]),
        ("Hier, Jean d'Artagnan sort.", ["Jean d'Artagnan"]),
        ("Hier, le vieux Qzart d’Artagnan sort.", ["Qzart", "Artagnan"]),
        ("Hier, Marie de la Tour sort.", ["Marie de la Tour"]),
        # A starter is no name, and neither is what goes with it in small letters.
        ("Selon La Croix, oui.", ["La Croix"]),
        ("Selon de la Croix Rouge, oui.", ["Croix Rouge"]),
        ("L'Asie attend.", ["Asie"]),
        ("L’Asie Mineure attend.", ["Asie Mineure"]),
        ("Le Hoai Trung parle.", ["Le Hoai Trung"]),
        # Capitals are an acronym, but not those of a family name, nor those of a heading.
        ("Hier, NGUYEN Van Hung sort.", ["NGUYEN Van Hung"]),
        ("Hier, Van NGUYEN sort.", ["Van NGUYEN"]),
        ("Hier, NGUYEN Dupont sort.", ["NGUYEN", "Dupont"]),
        ("Hier, ABCDEF Paul sort.", ["ABCDEF", "Paul"]),
        ("Hier, ABCDEFG Paul sort.", ["ABCDEFG Paul"]),
        ("Hier, Paul ABCD sort.", ["Paul", "ABCD"]),
        ("Hier, Paul ABCDE sort.", ["Paul ABCDE"]),
        ("Hier, AB CD sort.", ["AB CD"]),
        ("Hier, U.S. Steel sort.", ["U.S. Steel"]),
        # An organisation is named alone and with what it is called after.
        ("Hier, Banco de Bogotá ferme.", ["Banco", "Banco de Bogotá", "Bogotá"]),
        # Too long for a name.
        ("Hier, Aa Bb Cc Dd Ee Ff Gg Hh sort.", ["Aa Bb Cc Dd Ee Ff Gg Hh"]),
        ("Hier, Aa Bb Cc Dd Ee Ff Gg Hh Ii sort.", []),
        (f"Hier, Paul A{'b' * 59} sort.", [f"Paul A{'b' * 59}"]),
        (f"Hier, Paul A{'b' * 60} sort.", []),
        (f"Hier, A{'b' * 60} sort.", []),
    ],
)
def test_where_a_name_starts_and_ends(text: str, names: list[str]) -> None:
    assert [m.spelling for m in found(text) if m.spelling not in ("Hier", "De")] == names
    for m in found(text):
        assert " ".join(text[m.start : m.end].split()) == m.spelling


def test_two_names_that_stand_alone_elsewhere_are_taken_apart() -> None:
    apart = "Hier, Ravel Boulez Xenakis sort. Puis Ravel a vu Boulez Xenakis."
    assert [m.spelling for m in found(apart)].count("Ravel") == 2
    assert "Ravel Boulez Xenakis" not in [m.spelling for m in found(apart)]
    for m in found(apart):
        assert apart[m.start : m.end] == m.spelling
    for together in (
        "Hier, Ravel Boulez Xenakis sort. Puis Ravel dort.",
        "Hier, Ravel Boulez Xenakis sort. Puis Boulez Xenakis dort.",
        "Hier, le ministre Ravel Boulez Xenakis sort. Puis Ravel a vu Boulez Xenakis.",
    ):
        assert "Ravel Boulez Xenakis" in [m.spelling for m in found(together)]


def test_a_heading_in_capitals_names_nobody_and_what_follows_does() -> None:
    text = "VISITE A WODEHOUSE\nHier, Wodehouse dort.\nENCORE UNE VISITE\nAlors Trollope dort."
    assert [m.spelling for m in found(text)][-1] == "Trollope"
    assert [m.start for m in found(text) if m.spelling == "Wodehouse"] == [text.index("Wodehouse")]


@pytest.mark.parametrize(
    ("words", "vietnamese"),
    [
        (["nguyen", "hung"], True),
        (["nguyen", "van", "hung", "anh", "tuan"], True),
        (["nguyen"], False),
        (["nguyen", "van", "hung", "anh", "tuan", "minh"], False),
        (["dupont", "hung"], False),
        (["nguyen", "dupont"], False),
    ],
)
def test_vietnamese_names(words: list[str], vietnamese: bool) -> None:
    assert structure().is_vietnamese(words) is vietnamese


@pytest.mark.parametrize(
    ("words", "japanese"),
    [
        (["kishida", "fumio"], True),
        (["kishida"], False),
        (["kishida", "fumio", "hara"], False),
        (["ko", "fumio"], False),
        (["fumio", "ko"], False),
        (["kishida", "dupont"], False),
    ],
)
def test_japanese_names(words: list[str], japanese: bool) -> None:
    assert structure().is_japanese(words) is japanese
