"""The cheap test before the analysis of names never says no where that would find something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edits import Edit
from normalize.evidence import Evidence
from normalize.language import load
from normalize.names import unify as module
from normalize.names.evidence import NameEvidence
from normalize.names.looks import may_differ
from normalize.names.unify import unify
from normalize.rules import Stage, all_rules
from normalize.view import View

from .cases import all_cases

RULES = [rule for rule in all_rules().values() if rule.stage is Stage.NAMES]

WORDS = (
    "Hoàng Xuân Chiên|Hoang Xuan Chien|HOÀNG XUÂN CHIÊN|Chien|Chiên|Fumio Kishida|Kishida Fumio"
    "|Xi Jinping|Xi Jin ping|Xi Jin|Hanoi|Hà Nội|Hanoï|Ho Chi Minh Ville|Hô Chi Minh-Ville"
    "|Hô-Chi-Minh Ville|TruongTan Sang|Truong Tan Sang|Trương Tấn Sang|d'Orsay|D’Orsay|l'Égypte"
    "|L'Egypte|Jean-Paul Sartre|Sartre Jean Paul|Recep Tayyip Erdoğan|Erdogan|États-Unis"
    "|Etats-Unis|le général|Selon|M.|à|et|de|du port de|la ville|a dit|.\n|,|. Le|. A|: À"
).split("|")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


def found(view: View) -> list[Edit]:
    return [edit for rule in RULES for edit in rule.find(view)]


def view_of(text: str, lang: str = "fr", known: str = "") -> View:
    language = load(lang)
    names = NameEvidence.collect(View(known, language, Evidence()), "known")
    return View(text, language, Evidence(names=names))


def agrees(view: View, monkeypatch: pytest.MonkeyPatch) -> bool:
    if may_differ(view):
        return True
    with monkeypatch.context() as patch:
        patch.setattr(module, "may_differ", lambda view: True)
        return not found(view)


@given(texts, st.one_of(st.just(""), texts))
def test_it_never_misses_what_the_analysis_finds(text: str, known: str) -> None:
    assert agrees(view_of(text, known=known), pytest.MonkeyPatch())


def test_it_agrees_on_every_case(monkeypatch: pytest.MonkeyPatch) -> None:
    for case in all_cases():
        assert agrees(view_of(case.text, case.lang), monkeypatch), case.name


def test_it_spares_consistent_texts_the_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "mentions", None)  # would fail if it were asked
    view = view_of("Hoàng Xuân Chiên est à Hanoi. M. Chiên a salué Kishida Fumio à Hanoi.")
    assert not may_differ(view)
    assert unify(view) == module.Unified()
