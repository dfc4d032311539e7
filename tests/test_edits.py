"""The edit core: one pass makes the clean text, one pass gives the raw text back."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edits import Edit, EditedText, EditError, apply, check_edits, resolve, undo

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


def origins(edited: EditedText) -> list[tuple[int, int]]:
    """For each character of the clean text, the raw span that it came from."""
    spans: list[tuple[int, int]] = []
    at = 0
    for e in edited.edits:
        spans += [(i, i + 1) for i in range(at, e.start)]
        spans += [(e.start, e.end)] * len(e.after or "")
        at = e.end
    return spans + [(i, i + 1) for i in range(at, len(edited.raw))]


@given(staged())
def test_a_clean_span_comes_from_what_its_characters_came_from(
    case: tuple[EditedText, list[str]],
) -> None:
    edited = case[0]
    came_from = origins(edited)
    for start, (first, _) in enumerate(came_from):
        assert edited.to_raw(start) == first
        assert edited.to_raw_span(start, start) == (first, first)
        for end in range(start + 1, len(came_from) + 1):
            assert edited.to_raw_span(start, end) == (first, came_from[end - 1][1])


TEXT = "abcd"
SPANS = [(start, end) for start in range(len(TEXT) + 1) for end in range(start, len(TEXT) + 1)]


def touched(e: Edit) -> set[int]:
    """What an edit needs for itself: characters (odd) and places between characters (even)."""
    return set(range(2 * e.start + 1, 2 * e.end)) or {2 * e.start}


def order(e: Edit) -> tuple[int, int, str, str]:
    return (e.start, e.end, e.rule, e.after or "")


def chosen_one_by_one(edits: list[Edit]) -> tuple[list[Edit], list[Edit]]:
    """``resolve`` as its description says it, without any shortcut."""
    kept = [e for e in edits if e.after is None]
    refused: list[Edit] = []
    repairs = sorted((e for e in edits if e.after is not None), key=order)
    for e in sorted(repairs, key=lambda e: (-e.certainty, e.start - e.end, e.start, e.rule)):
        free = not any(touched(e) & touched(k) for k in kept if k.after is not None)
        (kept if free else refused).append(e)
    return sorted(kept, key=order), sorted(refused, key=order)


@pytest.mark.parametrize("certainties", [(0.9, 0.8, 0.7), (0.8, 0.8, 0.8)], ids=["unlike", "alike"])
def test_any_three_repairs_are_chosen_by_certainty_length_and_place(
    certainties: tuple[float, ...],
) -> None:
    for spans in product(SPANS, repeat=3):
        edits = [
            edit(TEXT, *span, after, certainty)
            for span, after, certainty in zip(spans, "xyz", certainties, strict=True)
        ]
        assert resolve(edits) == chosen_one_by_one(edits)


@given(st.text(alphabet="abc", max_size=12), st.data())
def test_any_edits_are_chosen_one_by_one_the_most_certain_first(
    text: str, data: st.DataObject
) -> None:
    edits = [
        e._replace(rule=data.draw(st.sampled_from(["TST001", "TST002"])))
        for e in data.draw(proposals(text)) + data.draw(proposals(text))
    ]
    findings = [e._replace(after=None) for e in data.draw(proposals(text))]
    proposed = list(dict.fromkeys(edits + findings))
    chosen, refused = resolve(proposed)
    assert (chosen, refused) == chosen_one_by_one(proposed)
    assert sorted(chosen + refused, key=repr) == sorted(proposed, key=repr)


def test_edits_are_chosen_alike_however_they_come() -> None:
    alike = [edit(TEXT, 1, 2, after) for after in ("", "A", "y")]
    other = alike[0]._replace(rule="TST000", after="z")
    finding = alike[0]._replace(after=None, reason="none")
    for come in permutations([*alike, other, finding]):
        chosen, refused = resolve(come)
        assert [e.after for e in refused] == ["", "A", "y"]
        assert set(chosen) == {other, finding}
        assert chosen[0] == other
    for come in permutations([*alike, *alike[:1]]):
        assert resolve(come) == (alike[:1], alike[1:])


def test_a_finding_comes_before_the_repairs_of_its_span() -> None:
    repair = edit(TEXT, 1, 2, "A")
    finding = repair._replace(after=None)
    assert resolve([repair, finding]) == ([finding, repair], [])


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


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ([Edit(2, 1, "", "x", "TST001", 1.0, "")], "TST001: span 2:1 is outside the text"),
        ([Edit(-1, 0, "", "x", "TST001", 1.0, "")], "TST001: span -1:0 is outside the text"),
        ([Edit(3, 4, "", "x", "TST001", 1.0, "")], "TST001: span 3:4 is outside the text"),
        (
            [edit("abc", 1, 1, "x"), edit("abc", 1, 1, "y")],
            "TST001: span 1:1 overlaps the one before",
        ),
        (
            [edit("abc", 0, 2, "x"), edit("abc", 1, 1, "y")],
            "TST001: span 1:1 overlaps the one before",
        ),
        ([Edit(1, 2, "z", "x", "TST001", 1.0, "")], "TST001: 'z' does not stand at 1:2"),
    ],
)
def test_what_is_wrong_with_an_edit_is_said(edits: list[Edit], why: str) -> None:
    with pytest.raises(EditError, match=f"^{why}$"):
        check_edits("abc", edits)


def test_edits_side_by_side_do_not_overlap() -> None:
    edits = [edit("abc", 0, 0, "x"), edit("abc", 0, 1, "y"), edit("abc", 1, 1, "z")]
    check_edits("abc", [*edits, edit("abc", 2, 3, ""), edit("abc", 3, 3, "!")])


def test_undo_refuses_a_text_that_the_edits_did_not_make() -> None:
    edited = EditedText("abc").apply([edit("abc", 1, 2, "x")])
    with pytest.raises(EditError, match=r"^TST001: 'x' does not stand at 1 of the clean text$"):
        undo("abc", edited.edits)
    with pytest.raises(EditError):
        undo("xbc", [edit("abc", 1, 2, "b"), edit("abc", 0, 1, "")])


def test_offsets_outside_the_text_are_refused() -> None:
    edited = EditedText("abc").apply([edit("abc", 1, 2, "xyz")])
    assert (edited.to_raw(5), edited.to_clean(3)) == (3, 5)
    for offset in (-1, 6):
        with pytest.raises(IndexError, match=f"^offset {offset} is outside a text of 5 code"):
            edited.to_raw(offset)
    for offset in (-1, 4):
        with pytest.raises(IndexError, match=f"^offset {offset} is outside a text of 3 code"):
            edited.to_clean(offset)


def again(edited: EditedText, start: int, end: int, after: str, certainty: float) -> Edit:
    """An edit of the clean text, by another rule."""
    made = edit(edited.text, start, end, after, certainty)
    return made._replace(rule="TST002", reason="again")


def test_a_merged_edit_bears_the_new_rule_and_the_lower_certainty() -> None:
    for old, new in ((0.6, 0.9), (0.9, 0.6)):
        edited = EditedText("abcdef").apply([edit("abcdef", 2, 4, "xy", old)])
        merged = edited.apply([again(edited, 3, 5, "", new)])
        assert merged.edits == (Edit(2, 5, "cde", "x", "TST002", 0.6, "again"),)


def test_an_edit_merges_with_all_that_it_touches_and_with_nothing_else() -> None:
    raw = "abcdefgh"
    edited = EditedText(raw).apply(
        [
            edit(raw, i, i + 1, raw[i].upper(), c)
            for i, c in ((0, 0.2), (2, 0.9), (4, 0.7), (6, 0.3))
        ]
    )
    merged = edited.apply([again(edited, 2, 5, "-", 0.8)])
    assert merged.text == "Ab-fGh"
    assert [(e.start, e.end, e.after, e.certainty) for e in merged.edits] == [
        (0, 1, "A", 0.2),
        (2, 5, "-", 0.7),
        (6, 7, "G", 0.3),
    ]


def test_several_edits_within_one_replacement_merge_into_one() -> None:
    edited = EditedText("abc").apply([edit("abc", 1, 2, "wxyz", 0.9)])
    new = [
        again(edited, 1, 2, "", 0.8),
        again(edited, 3, 4, "-", 0.4),
        again(edited, 5, 6, "", 0.1),
    ]
    merged = edited.apply(new)
    assert merged.edits == (
        Edit(1, 2, "b", "x-z", "TST002", 0.4, "again"),
        Edit(2, 3, "c", "", "TST002", 0.1, "again"),
    )


def test_an_edit_undone_by_a_later_one_vanishes() -> None:
    edited = EditedText("abc").apply([edit("abc", 1, 1, " ")])
    assert edited.apply([again(edited, 1, 2, "", 0.9)]) == EditedText("abc")


def test_an_edit_of_a_section_is_one_of_the_text() -> None:
    assert edit("ab", 1, 2, "c").moved(5) == edit("ab", 1, 2, "c")._replace(start=6, end=7)
