"""Every case does what it says, every rule has cases, and every rule explains itself."""

from __future__ import annotations

from collections import Counter

import pytest

from normalize.edits import undo
from normalize.rules import all_rules

from .cases import FAMILIES, KINDS, Case, all_cases


def marked(case: Case) -> object:
    expected = pytest.mark.xfail(strict=True, reason="known failure", raises=AssertionError)
    return pytest.param(case, id=str(case), marks=[expected] if case.kind == KINDS[3] else [])


@pytest.mark.parametrize("case", [marked(case) for case in all_cases()])
def test_case(case: Case) -> None:
    done = case.run()
    layout = case.file == "layout"
    edits = [e for e in (*done.edits, *done.reported) if layout or not e.rule.startswith("LAY")]
    assert done.text == case.clean
    assert sorted({e.rule for e in edits}) == list(case.finds)
    assert undo(done.text, done.edits) == case.text


def test_cases_are_well_formed() -> None:
    names = Counter(str(case) for case in all_cases())
    assert [name for name, count in names.items() if count > 1] == []
    for case in all_cases():
        assert case.file in FAMILIES, case
        assert case.kind in KINDS, case
        assert list(case.finds) == sorted(set(case.finds)), case
        unknown = {*case.finds, *case.silent} - set(all_rules())
        assert not unknown, f"{case}: {unknown}"
        if case.kind == "negative":
            assert case.silent, f"{case}: a negative names the rules it guards"
            assert not set(case.silent) & set(case.finds), case
        elif case.kind != "known failure":
            assert case.finds, f"{case}: a firing case names the rules that fire"


@pytest.mark.parametrize("code", all_rules())
def test_every_rule_has_a_firing_and_a_silent_case(code: str) -> None:
    works = [case for case in all_cases() if case.kind != "known failure"]
    assert any(code in case.finds for case in works), f"{code} has no case that fires"
    assert any(code in case.silent for case in works), f"{code} has no case that stays silent"


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule: object) -> None:
    text = rule.explanation  # type: ignore[attr-defined]
    at = [text.find(f"\n{part}:") for part in ("Finds", "Why", "Example", "Leaves alone")]
    assert -1 not in at, f"{text!r} lacks a section"
    assert at == sorted(at)
    assert text.splitlines()[0].endswith(".")
