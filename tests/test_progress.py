"""What a long run shows: a bar that changes nothing, and an account of time and memory."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from normalize import progress
from normalize.building import BuildResult


@pytest.mark.parametrize("total", [0, 3])
def test_the_items_pass_whatever_is_shown(monkeypatch: pytest.MonkeyPatch, total: int) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    monkeypatch.setattr(progress, "Console", lambda **_: console)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert list(progress.watched("cleaning", ["a", "b", "c"], total)) == ["a", "b", "c"]
    assert "cleaning" in screen.getvalue()
    assert "documents" in screen.getvalue()


def test_short_work_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress.watched("cleaning", range(3), 3)) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_an_account(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = {"learn": 4.0, "clean": 16.0}
    progress.account(BuildResult(9, 9, (), 0, (), 0, 20_000_000, seconds, 300_000_000))
    told = capsys.readouterr().err
    for words in (["learn", "4.0", "5.0"], ["clean", "16.0", "1.2"], ["all", "20.0", "1.0"]):
        assert any(line.split() == words for line in told.splitlines()), told
    assert "20.0 MB read; at most 300 MB of memory" in told
