"""Spaces that marks and digits ask for in one token: where there is evidence, and of what kind.

A case marks with ``_`` each place where a space is found missing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import accumulate

import pytest

from normalize import lexicon
from normalize.language import load
from normalize.words.costs import Memory, WordCosts
from normalize.words.forms import forms
from normalize.words.gaps import Gaps
from normalize.words.weights import weights

KINDS = list(weights().gap)
TOLD_APART = replace(weights(), gap={kind: float(n) for n, kind in enumerate(KINDS, start=1)})


@cache
def finder(lang: str) -> Gaps:
    table = forms(load(lang))
    costs = WordCosts(Memory(lexicon.load(lang), table, weights()), {})
    return Gaps(costs, table, TOLD_APART)


def found(token: str, lang: str) -> list[tuple[int, str, str]]:
    """Place, name of the weight, and what it needs, of each gap."""
    gaps = finder(lang).find(token)
    return [(gap.place, KINDS[int(gap.evidence) - 1], gap.needs) for gap in gaps]


def unmarked(marked: str) -> tuple[str, list[int]]:
    first, *rest = marked.split("_")
    return "".join([first, *rest]), list(accumulate(map(len, rest[:-1]), initial=len(first)))


@pytest.mark.parametrize(
    ("kind", "lang", "marked"),
    [
        ("comma", "fr", "matin,_puis"),
        ("comma", "en", "noon;_then"),
        ("comma", "fr", ";_puis"),
        ("comma", "fr", "matin,_5"),
        ("comma", "en", "May,_2019"),
        ("comma", "en", "12,_2019"),
        ("colon", "en", "note:_never"),
        ("stop", "fr", "matin._Dans"),
        ("stop", "fr", "matin…_Dans"),
        ("stop", "fr", "(hier)._Dans"),
        ("stop", "en", "50%._They"),
        ("stop", "en", "2019._They"),
        ("stop", "fr", "matin._L'eau"),
        ("stop", "fr", "J.R._et"),
        ("stop_doubtful", "en", "NBA._They"),
        ("stop_doubtful", "fr", "qzxtv._Wqrtz"),
        ("stop_doubtful", "fr", "matin._A"),
        ("title", "fr", "M._Durand"),
        ("title", "en", "Mr._Wqrtz"),
        ("exclamation", "en", "stop!_They"),
        ("exclamation", "fr", "?_Oui"),
        ("opening", "en", "club_(founded"),
        ("opening", "en", "club_[founded"),
        ("opening", "fr", "mot_«"),
        ("opening", "fr", "dit_“oui"),
        ("opening", "en", "CLUB_(founded"),
        ("opening", "en", "re_(write)able"),
        ("opening", "en", "mot_(abcd)"),
        ("closing", "en", "(old)_house"),
        ("closing", "en", "[old]_house"),
        ("closing", "en", "old)_house"),
        ("closing", "fr", "12%_des"),
        ("closing", "fr", "20°_dehors"),
        ("closing", "fr", "vu”_puis"),
        ("number_bracket", "en", "12_(founded"),
        ("month", "en", "May_12"),
        ("month", "en", "12_May"),
        ("month", "fr", "2_mai"),
        ("month", "fr", "mars_2019"),
        ("month", "fr", "12_mars_2019"),
        ("function_digit", "fr", "de_12"),
        ("function_digit", "fr", "12_de"),
        ("function_digit", "fr", "maisonde_12"),
        ("function_digit", "fr", "12_demaison"),
        ("function_digit", "fr", "à_5"),
        ("function_digit", "fr", "12_d'eau"),
        ("function_digit", "fr", "(de_12"),
        ("function_digit", "fr", "d'en_12"),
        ("function_digit", "fr", "18h30_à"),
        ("word_digit", "fr", "maison_12"),
        ("word_digit", "en", "5_to_12"),
        ("letter_digit", "fr", "y_2019"),
        ("digit_word", "en", "12_houses"),
        ("digit_word", "fr", "12_maisons"),
        ("digit_letter", "fr", "2019_y"),
        ("digit_capital", "en", "2_Houses"),
        ("digit_doubtful", "en", "2019_Houses"),
    ],
)
def test_a_gap(kind: str, lang: str, marked: str) -> None:
    token, places = unmarked(marked)
    assert found(token, lang) == [(place, kind, "") for place in places]


@pytest.mark.parametrize(
    ("kind", "needs", "lang", "marked"),
    [
        ("quote", "opening", "en", 'said_"no'),
        ("quote", "opening", "en", 'in,_"no'),
        ("quote", "closing", "en", '"no"_said'),
        ("inside", "spaced", "fr", "vu_;"),
        ("inside", "spaced", "fr", "vu)_?"),
        ("inside", "spaced", "fr", "«_Oui"),
        ("inside", "spaced", "fr", "«_("),
        ("inside", "spaced", "fr", "oui_»"),
        ("inside", "spaced", "fr", "oui!_»"),
        ("dash", "line end", "fr", "–_puis"),
        ("dash", "line end", "fr", "puis_–"),
        ("dash", "line end", "fr", "puis_--"),
        ("dash", "line end", "fr", "-_puis"),
    ],
)
def test_a_gap_that_the_document_has_to_confirm(
    kind: str, needs: str, lang: str, marked: str
) -> None:
    token, (place,) = unmarked(marked)
    assert (place, kind, needs) in found(token, lang)


@pytest.mark.parametrize(
    ("lang", "token"),
    [
        ("en", "12,000"),
        ("fr", "12,2019"),
        ("en", "12,2500"),
        ("en", "123,2019"),
        ("en", "TL;DR"),
        ("en", "12:30"),
        ("en", "example.com"),
        ("en", "site.Com"),
        ("fr", "etc.Puis"),
        ("en", "U.S.A"),
        ("en", "report.PDF"),
        ("fr", "étudiant(e)s"),
        ("fr", "mot(s)"),
        ("en", "f(x)"),
        ("en", "club()"),
        ("en", "(old)5"),
        ("en", "camelCase(x1y"),
        ("en", "5(b"),
        ("fr", "12°C"),
        ("fr", "puis-"),
        ("en", "A380"),
        ("en", "iPhone12"),
        ("en", "seq2seq"),
        ("en", "x-ray12"),
        ("en", "21st"),
        ("en", "12km"),
        ("en", "12go"),
        ("fr", "12GHz"),
        ("en", "12BBC"),
        ("fr", "12s'il"),
        ("fr", "12ans'il"),
        ("fr", "a-?"),
        ("fr", "3,5"),
        ("en", "12wqrtz"),
        ("en", "May123"),
        ("en", "²5"),
        ("en", "5²"),
        ("en", "a@b"),
        ("en", "!x"),
    ],
)
def test_what_is_written_on_purpose(lang: str, token: str) -> None:
    assert found(token, lang) == []
