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
        ("Une visite.\nWodehouse (AFP) - La suite.", "placed"),
        ("Voir «Wodehouse (AFP) » hier.", ""),
        ("Wodehouse (AFP) dort ", "placed"),
        ("ministre Wodehouse dort.", "titled"),
        (" ministre Wodehouse dort.", "titled"),
        ("m norvégien Wodehouse dort.", "titled"),
        ("Hier, le ministre(Wodehouse) dort.", ""),
        ("Voyant le ministre norvégien, Wodehouse dort.", ""),
        (f"Hier, le ministre {'très' * 9} Wodehouse dort.", ""),
        ("Hier, dr. Wodehouse dort.", "titled"),
        ("À Wodehouse, il dort.", "placed"),
        ("ville de Wodehouse dort.", "placed"),
        ("Une ville\n de Wodehouse dort.", ""),
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
        (" Wodehouse parle", True),
        ("y (Wodehouse) parle.", False),
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
        ("Hier, un qzart a vu Qzart ONU.", ["ONU"]),
        # A month, a day and an hour are none, and what follows may be one.
        ("Hier, Lundi ONU sort.", ["ONU"]),
        ("5 PM, Dupont sort.", ["Dupont"]),
        ("Hier, 5 Dupont et le PM sortent.", ["Dupont", "PM"]),
        # What goes on with a digit is cut off, and so is a particle that leads nowhere.
        ("Hier, Paul Dupont Octobre2021 sort.", ["Paul Dupont"]),
        ("Hier, Paul Ab2021 sort.", ["Paul"]),
        ("Hier, Paul\u00a0Octobre2021 sort.", ["Paul"]),
        ("Hier, Dupont2021 sort.", []),
        ("Hier, Ludwig van sort.", ["Ludwig"]),
        ("Hier, Jean de la sort.", ["Jean"]),
        ("Hier, le comte d'Artagnan sort.", ["Artagnan"]),
        ("Hier, Jean d'Artagnan sort.", ["Jean d'Artagnan"]),
        ("Hier, le vieux Qzart d’Artagnan sort.", ["Qzart", "Artagnan"]),
        ("Hier, le vieux Qzart d’Artagnan d’Espagne sort.", ["Qzart", "Artagnan", "Espagne"]),
        ("Hier, Marie de la Tour sort.", ["Marie de la Tour"]),
        ("Hier, Jean-Paul de la Tour sort.", ["Jean-Paul de la Tour"]),
        ("Hier, Jean Paul Marc de Tour sort.", ["Jean Paul Marc de Tour"]),
        ("Hier, Jean Paul Marc Luc de Tour sort.", ["Jean Paul Marc Luc", "Tour"]),
        ("Hier, on aimait Rio de la Plata.", ["Rio de la Plata"]),
        # A starter is no name, and neither is what goes with it in small letters.
        ("Selon La Croix, oui.", ["La Croix"]),
        ("Selon de la Croix Rouge, oui.", ["Croix Rouge"]),
        ("Selon du Bellay, oui.", ["Bellay"]),
        ("Le Trung parle.", ["Trung"]),
        ("L'autre Dupont attend.", ["Dupont"]),
        ("O'Neil attend.", ["O'Neil"]),
        ("L'Île-d'Yeu attend.", ["Île-d'Yeu"]),
        ("L'Asie attend.", ["Asie"]),
        ("L’Asie Mineure attend.", ["Asie Mineure"]),
        ("Le Hoai Trung parle.", ["Le Hoai Trung"]),
        # Capitals are an acronym, but not those of a family name, nor those of a heading.
        ("Hier, NGUYEN Van Hung sort.", ["NGUYEN Van Hung"]),
        ("Hier, NGUYEN Van Dupont sort.", ["NGUYEN Van Dupont"]),
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
        # Two names side by side, and a given name with what belongs to it.
        ("Hier, Qzart To Lam sort.", ["Qzart", "To Lam"]),
        ("Hier, Marie To Lam sort.", ["Marie To Lam"]),
        # Too long for a name.
        ("Hier, Aa Bb Cc Dd Ee Ff Gg Hh sort.", ["Aa Bb Cc Dd Ee Ff Gg Hh"]),
        ("Hier, Aa Bb Cc Dd Ee Ff Gg Hh Ii sort.", []),
        (f"Hier, Paul A{'b' * 59} sort.", [f"Paul A{'b' * 59}"]),
        (f"Hier, Paul A{'b' * 60} sort.", []),
        (f"Hier, A{'b' * 59} sort.", [f"A{'b' * 59}"]),
        (f"Hier, A{'b' * 60} sort.", []),
        (f"Hier, A{'b' * 60} Nguyen Van Hung sort.", ["Nguyen Van Hung"]),
    ],
)
def test_where_a_name_starts_and_ends(text: str, names: list[str]) -> None:
    assert [m.spelling for m in found(text) if m.spelling not in ("Hier", "De")] == names
    for m in found(text):
        assert " ".join(text[m.start : m.end].split()) == m.spelling


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hier, ONU sort.", {"ONU": "acronym"}),
        ("Hier, CGT-FO sort.", {"CGT-FO": "acronym"}),
        ("Hier, Rio Grande sort.", {"Rio Grande": "place"}),
        ("Hier, Grande Baie sort.", {"Grande Baie": "place"}),
        ("Hier, Grande Rio sort.", {"Grande Rio": "unknown"}),
        ("Hier, Jean-Paul Wodehouse sort.", {"Jean-Paul Wodehouse": "person"}),
        (
            "Hier, Banco de Bogotá ferme.",
            {"Banco": "organisation", "Banco de Bogotá": "organisation", "Bogotá": "place"},
        ),
    ],
)
def test_kinds(text: str, kinds: dict[str, str]) -> None:
    assert {m.spelling: m.kind for m in found(text) if m.spelling != "Hier"} == kinds
    assert not any(m.titled for m in found(text))


def test_a_mention_knows_that_its_word_stands_in_small_letters() -> None:
    text = "Hier, une académie a reçu son Académie et Paul Académie."
    assert {m.spelling: m.lower for m in found(text)} == {
        "Académie": True, "Paul Académie": False
    }  # fmt: skip


def test_two_names_that_stand_alone_elsewhere_are_taken_apart() -> None:
    apart = "Hier, Ravel Boulez Xenakis sort. Puis Ravel a vu Boulez Xenakis."
    assert [m.spelling for m in found(apart)].count("Ravel") == 2
    assert "Ravel Boulez Xenakis" not in [m.spelling for m in found(apart)]
    for m in found(apart):
        assert apart[m.start : m.end] == m.spelling
        assert m.kind == "unknown"
    for together in (
        "Hier, Ravel Boulez Xenakis sort. Puis Ravel dort.",
        "Hier, Ravel Boulez Xenakis sort. Puis Boulez Xenakis dort.",
        "Hier, le ministre Ravel Boulez Xenakis sort. Puis Ravel a vu Boulez Xenakis.",
    ):
        assert "Ravel Boulez Xenakis" in [m.spelling for m in found(together)]


def test_a_heading_in_capitals_names_nobody_and_what_follows_does() -> None:
    text = "VISITE A WODEHOUSE\nHier, Wodehouse dort.\nENCORE UNE VISITE\nAlors Trollope dort."
    assert [m.spelling for m in found(text)] == ["Wodehouse", "Trollope"]
    two = "UNE VISITE\nENCORE UNE VISITE\nHier, Wodehouse dort."
    assert [m.spelling for m in found(two)] == ["Wodehouse"]
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
