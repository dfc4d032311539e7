"""The edit core: one pass makes the clean text, one pass gives the raw text back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edits import Edit, EditedText, EditError, apply, resolve, undo

TEXTS = st.text(alphabet="ab éà\n", max_size=30)


def edit(text: str, start: int, end: int, after: str, certainty: float = 1.0) -> Edit:
    return Edit(start, end, text[start:end], after, "TST001", certainty, "test")


@st.composite
def proposals(draw: st.DrawFn, text: str) -> list[Edit]:
    """Any edits of ``text``, overlapping or not."""
    edits = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 5)))
        after = draw(st.text(alphabet="xy ", max_size=3))
        edits.append(edit(text, start, end, after, draw(st.sampled_from([0.2, 0.9, 1.0]))))
    return edits


@st.composite
def staged(draw: st.DrawFn) -> tuple[EditedText, list[str]]:
    """A text after up to four stages of edits, and what each stage should have made."""
    edited = EditedText(draw(TEXTS))
    texts = []
    for _ in range(draw(st.integers(1, 4))):
        chosen, _ = resolve(draw(proposals(edited.text)))
        texts.append(apply(edited.text, chosen))
        edited = edited.apply(chosen)
        assert edited.text == texts[-1]
    return edited, texts


@given(staged())
def test_composed_edits_make_what_the_stages_made_and_undo_gives_the_raw_text(
    case: tuple[EditedText, list[str]],
) -> None:
    edited, texts = case
    assert edited.text == texts[-1]
    assert undo(edited.text, edited.edits) == edited.raw
    for e in edited.edits:
        assert edited.raw[e.start : e.end] == e.before != e.after


@given(staged())
def test_edits_are_ordered_and_disjoint(case: tuple[EditedText, list[str]]) -> None:
    spans = [(e.start, e.end) for e in case[0].edits]
    assert spans == sorted(spans)
    assert len(set(spans)) == len(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(staged())
def test_offsets_map_both_ways_and_never_go_back(case: tuple[EditedText, list[str]]) -> None:
    edited = case[0]
    raw = [edited.to_raw(i) for i in range(len(edited.text) + 1)]
    clean = [edited.to_clean(i) for i in range(len(edited.raw) + 1)]
    assert raw == sorted(raw)
    assert clean == sorted(clean)
    assert all(0 <= r <= len(edited.raw) for r in raw)
    assert all(0 <= c <= len(edited.text) for c in clean)
    replaced = {i for e in edited.edits for i in range(e.start, e.end)}
    for i, character in enumerate(edited.raw):
        if i not in replaced:
            assert edited.text[edited.to_clean(i)] == character
            assert edited.to_raw(edited.to_clean(i)) == i


@given(staged(), st.data())
def test_a_clean_span_comes_from_the_raw_span_around_its_ends(
    case: tuple[EditedText, list[str]], data: st.DataObject
) -> None:
    edited = case[0]
    start = data.draw(st.integers(0, len(edited.text)))
    end = data.draw(st.integers(start, len(edited.text)))
    first, last = edited.to_raw_span(start, end)
    assert 0 <= first <= last <= len(edited.raw)


def test_the_more_certain_of_two_overlapping_edits_wins() -> None:
    text = "abcdef"
    sure, unsure = edit(text, 1, 4, "x", 0.9), edit(text, 3, 5, "y", 0.6)
    assert resolve([unsure, sure]) == ([sure], [unsure])


def test_a_finding_without_repair_stands_in_no_ones_way() -> None:
    finding = Edit(0, 3, "abc", None, "SUS001", 0.9, "test")
    repair = edit("abc", 1, 2, "x", 0.6)
    assert resolve([finding, repair]) == ([finding, repair], [])


@pytest.mark.parametrize(
    "edits",
    [
        [edit("abc", 1, 2, "x"), edit("abc", 0, 1, "y")],
        [edit("abc", 0, 2, "x"), edit("abc", 1, 3, "y")],
        [Edit(0, 9, "abc", "x", "TST001", 1.0, "outside")],
        [Edit(0, 1, "z", "x", "TST001", 1.0, "another text")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        EditedText("abc").apply(edits)


def test_undo_refuses_a_text_that_the_edits_did_not_make() -> None:
    edited = EditedText("abc").apply([edit("abc", 1, 2, "x")])
    with pytest.raises(EditError):
        undo("abc", edited.edits)


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(IndexError):
        EditedText("abc").to_raw(4)
    with pytest.raises(IndexError):
        EditedText("abc").to_clean(-1)
