"""Stray spaces beside marks and in numbers: which spaces there is evidence about, and of what kind.

A case marks with ``_`` each space that is to be found.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.language import load
from normalize.words.forms import forms
from normalize.words.strays import strays
from normalize.words.weights import weights

KINDS = [key for key in weights().gap if key.startswith("stray_")]
TOLD_APART = replace(weights(), gap={kind: float(n) for n, kind in enumerate(KINDS, start=1)})


def found(text: str, lang: str) -> dict[int, str]:
    """Offset of each space that is found, and the name of its weight."""
    evidence = strays(text, 0, len(text), forms(load(lang)), TOLD_APART)
    return {place: KINDS[int(weight) - 1] for place, weight in evidence}


@pytest.mark.parametrize(
    ("kind", "lang", "text"),
    [
        ("stray_mark", "en", "They left_, as planned_."),
        ("stray_mark", "en", 'He wrote "no_," twice.'),
        ("stray_mark", "en", "Why_? Nobody knows_; it rained_!"),
        ("stray_mark", "fr", "Le train part_, puis revient."),
        ("stray_mark", "en", "The club (_of chess_) met [_here_]."),
        ("stray_mark", "en", "A sum of $_5 or 7_% of it, in #_2."),
        ("stray_mark", "fr", "Il voit l'_eau d’_un lac."),
        ("stray_mark", "en", "It_'s late and they'_ll go."),
        ("stray_quote", "en", 'The "_old mill_" burned.'),
        ("stray_dash", "en", "A well_-known half-_mile."),
        ("stray_dash", "en", "The years 1990_–1995."),
        ("stray_decimal", "en", "Some 3_.5 of 12_,000 and 3,_500."),
        ("stray_ordinal", "en", "On the 21_st of May and the 3_rd."),
        ("stray_ordinal", "fr", "Le 1_er mai."),
        ("stray_year", "en", "Back in 20_23 and 1_998."),
        ("stray_year", "fr", "En 20_23 et 197_4."),
        ("stray_number", "en", "About 32_45 of them, or 1_2_3."),
        ("stray_number", "fr", "Les 4_5 et 31_45 autres."),
    ],
)
def test_stray(kind: str, lang: str, text: str) -> None:
    places = {place for place, character in enumerate(text) if character == "_"}
    assert found(text.replace("_", " "), lang) == dict.fromkeys(places, kind)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "a plain line of words and no marks at all"),
        ("fr", "Pourquoi ? Parce que : voilà ; enfin !"),
        ("en", "the .net folder and see .com there"),
        ("en", "the .5 share"),
        ("en", "In May 3, 50 of them. Then 4. 500 more"),
        ("fr", "Il y a 1 500 places et 2 023 chaises"),
        ("en", "of 1.5 20 and 5 20.3 and 7 15,2"),
        ("en", "some 8 ² or 3, ² or ² 5"),
        ("en", "pre- and post-war – and after"),
        ("en", "the old - new line"),
        ("en", "the dogs ' bark and 'a"),
        ("fr", "un ' deux et l ’eau"),
        ("en", "21 days and 3 e"),
        ("fr", "Le 3 e jour et 5 % de taxe"),
        ("en", '"one" and "two" of 6" pipes'),
        ("en", 'the "old" mill "burned" down'),
        ("en", "5 € and $ x and 6 $"),
    ],
)
def test_meant(lang: str, text: str) -> None:
    assert found(text, lang) == {}


def test_only_the_line_is_looked_at() -> None:
    text = "off , on\nout , in\nup , down"
    start, end = text.index("out"), text.index("\nup")
    evidence = strays(text, start, end, forms(load("en")), TOLD_APART)
    assert [place for place, _ in evidence] == [text.index(" , in")]
