"""Decisions on single edits: recorded in the lock, followed from then on, undone by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import normalize
from normalize.decisions import Decision, Decisions, mark
from normalize.edits import Edit

from .test_cli import GLUED, REPAIRED, contents, folder, run, says, write

__all__ = ["folder"]


def exported(folder: Path, verdict: str, **changes: object) -> Path:
    """A decisions file as the report page writes it, on the one edit of ``in/a.txt``."""
    row = {
        "document": "a", "rule": "RUN001", "start": 22, "end": 22, "before": "", "after": " ",
        "decision": verdict,
    }  # fmt: skip
    data = {"version": 1, "decisions": [row | changes]}
    return write(folder / "decisions.json", json.dumps(data))


def test_a_rejected_edit_is_not_made_again(folder: Path) -> None:
    file = write(folder / "in" / "a.txt", GLUED)
    assert run("check", "in").exit_code == 1
    assert run("learn", "in", "--decisions", exported(folder, "reject")).exit_code == 0
    assert run("check", "in").exit_code == 0
    assert run("fix", "in").exit_code == 0
    assert file.read_text() == GLUED
    assert run("build", "in", "-o", "out").exit_code == 0
    assert (folder / "out" / "text" / "a.txt").read_text() == GLUED
    assert run("learn", "in").exit_code == 0
    assert run("check", "in").exit_code == 0, "learning again keeps decisions"


def test_an_accepted_edit_is_made_however_uncertain(folder: Path) -> None:
    (folder / "normalize.toml").write_text('lang = "fr"\nminimum-certainty = 1.0\n')
    file = write(folder / "in" / "a.txt", GLUED)
    run("fix", "in")
    assert file.read_text() == GLUED
    assert run("learn", "in", "--decisions", exported(folder, "accept")).exit_code == 0
    run("fix", "in")
    assert file.read_text() == REPAIRED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"before": "zz"}, ["decision 1", "zz"]),
        ({"document": "b"}, ["decision 1", "'b'"]),
        ({"decision": "maybe"}, ["decision 1", "maybe"]),
    ],
)
def test_bad_decisions_change_nothing(
    folder: Path, changes: dict[str, object], words: list[str]
) -> None:
    write(folder / "in" / "a.txt", GLUED)
    before = contents(folder / "in")
    result = run("learn", "in", "--decisions", exported(folder, "reject", **changes))
    assert result.exit_code == 2
    says(result, *words)
    assert contents(folder / "in") == before


def test_a_mark_survives_edits_elsewhere_and_new_line_breaks() -> None:
    edit = Edit(22, 22, "", " ", "RUN001", 0.9, "")
    more = "Une phrase devant.\n"
    assert mark(GLUED, edit) == mark(GLUED + more, edit)
    text = more + GLUED
    other = text.replace("a salué", "a\nsalué")
    assert mark(text, edit.moved(len(more))) == mark(other, edit.moved(len(more)))
    assert mark(GLUED, edit) != mark(GLUED.replace("salué", "vanté"), edit)


def test_decisions_merge_in_any_order_and_rejection_wins() -> None:
    yes = Decisions((Decision("1", "accept", "RUN001", "", " "),))
    no = Decisions((Decision("1", "reject", "RUN001", "", " "),))
    assert yes.merge(no) == no.merge(yes) == no
    assert Decisions.from_lock(no.to_lock()) == no


def test_a_lock_with_a_bad_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="verdict"):
        Decisions.from_lock({"1": {"verdict": "maybe"}})


def test_check_without_decisions_still_finds() -> None:
    assert [f.edit.rule for f in normalize.check(GLUED, "fr")] == ["RUN001"]
