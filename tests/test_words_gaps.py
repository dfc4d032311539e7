"""Spaces that marks and digits ask for in one token: where there is evidence, and of what kind.

A case marks with ``_`` each place where a space is found missing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest

from normalize import lexicon
from normalize.language import load
from normalize.words.costs import Memory, WordCosts
from normalize.words.forms import forms
from normalize.words.gaps import Gaps
from normalize.words.weights import weights

KINDS = list(weights().gap)
DIGITS = {kind for kind in KINDS if "digit" in kind} | {"month"}
TOLD_APART = replace(weights(), gap={kind: float(n) for n, kind in enumerate(KINDS, start=1)})


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
        ("comma", "en", "12,_2019,_then"),
        ("comma", "en", "noon;_NATO"),
        ("comma", "en", "10²,_then"),
        ("colon", "en", "note:_never"),
        ("stop", "fr", "matin._Dans"),
        ("stop", "fr", "matin…_Dans"),
        ("stop", "fr", "(hier)._Dans"),
        ("stop", "en", "50%._They"),
        ("stop", "en", "2019._They"),
        ("stop", "fr", "matin._L'eau"),
        ("stop", "fr", "J.R._et"),
        ("stop", "fr", "matin._L'"),
        ("stop", "en", "it._They"),
        ("stop", "en", "him._They"),
        ("stop", "en", "2019._We"),
        ("stop", "en", "noon._THE"),
        ("stop", "en", "NATO._They"),
        ("stop", "en", "wqrtz._They"),
        ("stop", "en", "noon._Wqrtz"),
        ("stop_doubtful", "en", "NBA._They"),
        ("stop_doubtful", "fr", "qzxtv._Wqrtz"),
        ("stop_doubtful", "fr", "matin._A"),
        ("title", "fr", "M._Durand"),
        ("title", "en", "Mr._Wqrtz"),
        ("title", "fr", "M._Roy"),
        ("exclamation", "en", "stop!_They"),
        ("exclamation", "en", "stop?_We"),
        ("exclamation", "fr", "?_Oui"),
        ("opening", "en", "club_(founded"),
        ("opening", "en", "club_[founded"),
        ("opening", "fr", "mot_«"),
        ("opening", "fr", "dit_“oui"),
        ("opening", "es", "dijo:_¿Qué"),
        ("opening", "en", "CLUB_(founded"),
        ("opening", "en", "re_(write)able"),
        ("opening", "en", "mot_(abcd)"),
        ("closing", "en", "(old)_house"),
        ("closing", "en", "[old]_house"),
        ("closing", "en", "old)_house"),
        ("closing", "en", "(old)_is"),
        ("closing", "en", "(old)_a"),
        ("closing", "en", "(abc)_a"),
        ("closing", "en", "(b)_is"),
        ("closing", "en", "now,(old)_house"),
        ("closing", "en", "50%_of"),
        ("closing", "fr", "12%_des"),
        ("closing", "fr", "20°_dehors"),
        ("closing", "fr", "vu”_puis"),
        ("number_bracket", "en", "12_(founded"),
        ("month", "en", "May_12"),
        ("month", "en", "May_5"),
        ("month", "fr", "12_juindernier"),
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
        ("function_digit", "fr", "18H30_à"),
        ("function_digit", "fr", "àla_12"),
        ("function_digit", "fr", "12_àmaison"),
        ("word_digit", "fr", "maison_12"),
        ("word_digit", "en", "day_12"),
        ("word_digit", "en", "5_to_12"),
        ("letter_digit", "fr", "y_2019"),
        ("letter_digit", "fr", "y_12"),
        ("letter_digit", "fr", "(y_2019"),
        ("digit_word", "en", "12_houses"),
        ("digit_word", "fr", "12_maisons"),
        ("digit_word", "fr", "12_ans"),
        ("digit_word", "es", "15_mil"),
        ("digit_letter", "fr", "2019_y"),
        ("digit_letter", "fr", "100_y"),
        ("digit_letter", "fr", "2019_À"),
        ("digit_capital", "en", "2_Houses"),
        ("digit_doubtful", "en", "2019_Houses"),
        ("digit_doubtful", "en", "123_Houses"),
        ("digit_doubtful", "en", "12_lakers"),
    ],
)
def test_a_gap(kind: str, lang: str, marked: str) -> None:
    token, places = unmarked(marked)
    assert found(token, lang) == [(place, kind, "") for place in places]
    assert {gap.kind for gap in finder(lang).find(token)} == {"digit" if kind in DIGITS else "mark"}


@pytest.mark.parametrize(
    ("kind", "needs", "lang", "marked"),
    [
        ("quote", "opening", "en", 'said_"no'),
        ("quote", "opening", "en", 'in,_"no'),
        ("quote", "closing", "en", '"no"_said'),
        ("quote", "closing", "en", '"no"_(then'),
        ("inside", "spaced", "fr", "vu_;"),
        ("inside", "spaced", "fr", "vu)_?"),
        ("inside", "spaced", "fr", "«_Oui"),
        ("inside", "spaced", "fr", "«_("),
        ("inside", "spaced", "fr", "oui_»"),
        ("inside", "spaced", "fr", "oui!_»"),
        ("dash", "line end", "fr", "–_puis"),
        ("dash", "line end", "en", "–_on"),
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
        ("en", ",2019"),
        ("en", ",2019,12"),
        ("en", ",then"),
        ("en", ":smile"),
        ("en", "stop!5"),
        ("en", "x!y"),
        ("en", "stop!I"),
        ("es", "—¿Qué"),
        ("en", "—(then"),
        ("fr", "acteur(ice)"),
        ("en", "5(founded"),
        ("fr", "3°min"),
        ("fr", "–à"),
        ("en", "(old)12"),
        ("en", "(old)b"),
        ("en", "list[old]house"),
        ("en", "call()then"),
        ("en", "1.(a)i"),
        ("en", "old)12"),
        ("en", ".Then"),
        ("en", "noon.NATO"),
        ("en", "noon.NY"),
        ("en", "NBA.Wqrtz"),
        ("en", "2019.A"),
        ("en", "2019.Wqrtz,"),
        ("fr", "matin.B"),
        ("fr", "matin.D"),
        ("fr", "J.et"),
        ("fr", "l'OTAN.et"),
        ("fr", "J.R.durand"),
        ("en", "U.S.a"),
        ("en", "site.in"),
        ("en", "readTo12"),
        ("fr", "a-t-il12"),
        ("en", "12km30"),
        ("en", "5a12"),
        ("en", "mp3"),
        ("en", "go12"),
        ("en", "a4"),
        ("en", "wqrtz12"),
        ("fr", "wqrtzde12"),
        ("fr", "maisona12"),
        ("fr", "12dewqrtz"),
        ("fr", "18h30min"),
        ("en", "12in"),
        ("en", "12am"),
        ("fr", "12LA"),
        ("fr", "12y"),
    ],
)
def test_what_is_written_on_purpose(lang: str, token: str) -> None:
    assert found(token, lang) == []


@pytest.mark.parametrize(
    ("lang", "marked"), [("en", '"no"_!'), ("en", '"no"_…'), ("fr", "«_—"), ("fr", "oui»_»")]
)
def test_a_mark_that_touches_the_one_before(lang: str, marked: str) -> None:
    token, (place,) = unmarked(marked)
    assert place not in [at for at, _, _ in found(token, lang)]
