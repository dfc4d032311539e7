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
        ("stray_year", "fr", "En 10_00 et en 20_99."),
        ("stray_number", "fr", "Les 21_00 et 09_99 autres."),
        ("stray_number", "en", "1_2345 of them."),
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


def test_quotation_marks_of_other_lines_do_not_count() -> None:
    lines = ['He wrote " and left.', 'The "_old mill_" burned.', 'Nobody said "no.']
    text = "\n".join(lines).replace("_", " ")
    start = text.index("The")
    end = start + len(lines[1])
    evidence = strays(text, start, end, forms(load("en")), TOLD_APART)
    quote = float(KINDS.index("stray_quote") + 1)
    assert dict(evidence) == {start + 5: quote, start + 14: quote}


@pytest.mark.parametrize("text", ["12 ' 34", "' 5", "5 '", "1,23 45", "1.23 45", ".5 67", ",5 67"])
def test_marks_without_a_word_and_fractions_are_left_alone(text: str) -> None:
    assert found(text, "en") == {}
