"""Reviewing in a terminal, starting a repository, showing settings, rendering a build again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from normalize.cli import main

from .test_cli import GLUED, REPAIRED, SOUND, contents, folder, run, says, write

__all__ = ["folder"]


def press(monkeypatch: pytest.MonkeyPatch, keys: str) -> Result:
    """``normalize review in`` by a person who presses ``keys``."""
    left = iter(keys)
    monkeypatch.setattr("click.getchar", lambda: next(left))
    return CliRunner().invoke(main, ["review", "in"])


@pytest.fixture
def uncertain(folder: Path) -> Path:
    """Two glued words, and settings that are certain of nothing."""
    (folder / "normalize.toml").write_text('lang = "fr"\nminimum-certainty = 1.0\nselect=["RUN"]\n')
    other = GLUED.replace("lacoopération", "ladéfense")
    return write(folder / "in" / "a.txt", GLUED + other)


@pytest.mark.parametrize(
    ("keys", "accepted"),
    [("aa", 2), ("ar", 1), ("as", 1), ("aq", 1), ("q", 0), ("auss", 0), ("xrur?aa"[:4] + "a", 1)],
)
def test_review_walks_the_uncertain_edits(
    uncertain: Path, monkeypatch: pytest.MonkeyPatch, keys: str, accepted: int
) -> None:
    result = press(monkeypatch, keys)
    assert result.exit_code == 0, result.output
    run("fix", "in")
    assert sum(("la coop" in uncertain.read_text(), "la déf" in uncertain.read_text())) == accepted


def test_review_goes_on_where_it_was_left(uncertain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press(monkeypatch, "aq")
    assert "1 of 1" in press(monkeypatch, "a").stdout
    run("fix", "in")
    assert "la déf" in uncertain.read_text()
    says(press(monkeypatch, ""), "nothing to decide")


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError])
def test_review_keeps_what_was_decided_when_it_is_interrupted(
    uncertain: Path, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    keys = iter("a")

    def pressed() -> str:
        for key in keys:
            return key
        raise end

    monkeypatch.setattr("click.getchar", pressed)
    assert "1 decisions" in run("review", "in").stderr
    run("fix", "in")
    assert "la coop" in uncertain.read_text()


def test_init_never_overwrites(folder: Path) -> None:
    before = (folder / "normalize.toml").read_bytes()
    assert run("init").exit_code == 0
    made = contents(folder)
    assert set(made) == {"normalize.toml", "names.toml", ".pre-commit-config.yaml"}
    assert made["normalize.toml"] == before
    assert run("check", write(folder / "a.txt", SOUND)).exit_code == 0
    assert run("init").exit_code == 0
    assert contents(folder) == made | {"a.txt": SOUND.encode()}


def test_what_init_writes_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").exit_code == 0
    assert run("fix", write(tmp_path / "a.txt", GLUED), "--lang", "fr").exit_code == 0
    assert (tmp_path / "a.txt").read_text() == REPAIRED
    settings = (tmp_path / "normalize.toml").read_text().replace("# select", "select")
    write(tmp_path / "normalize.toml", settings.replace("# keep", "keep"))
    assert run("check", "a.txt").exit_code == 0


def test_config_tells_where_settings_come_from(folder: Path) -> None:
    result = run("config", "--select", "RUN")
    assert result.exit_code == 0
    assert f'lang = "fr"  # {folder / "normalize.toml"}' in result.stdout
    assert 'select = ["RUN"]  # command line' in result.stdout
    assert "minimum-certainty = 0.5  # default" in result.stdout


def test_the_nearest_settings_hold(folder: Path) -> None:
    write(folder / "sub" / "normalize.toml", 'lang = "fr"\nignore = ["RUN"]\n')
    write(folder / "sub" / "a.txt", GLUED)
    assert run("check", "sub").exit_code == 0
    write(folder / "b.txt", GLUED)
    assert run("check", "b.txt").exit_code == 1


def test_per_file_ignores(folder: Path) -> None:
    (folder / "normalize.toml").write_text('lang = "fr"\n[per-file-ignores]\n"old/*" = ["RUN"]\n')
    write(folder / "old" / "a.txt", GLUED)
    write(folder / "new" / "a.txt", GLUED)
    assert run("check", "old").exit_code == 0
    assert run("check", "new").exit_code == 1


def test_per_file_ignores_start_at_the_settings_wherever_the_command_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "normalize.toml").write_text('lang = "fr"\n[per-file-ignores]\n"old/a*" = ["RUN"]\n')
    write(folder / "old" / "a.txt", GLUED)
    write(folder / "other" / "b.txt", SOUND)
    for place, path in ((folder, "old"), (folder / "old", "a.txt"), (folder / "other", "../old")):
        monkeypatch.chdir(place)
        assert run("check", path).exit_code == 0
        assert run("check", Path(path).resolve()).exit_code == 0
        assert run("build", path, "-o", folder / "out").exit_code == 0
        assert "lacoop" in (folder / "out" / "text" / "a.txt").read_text()


@pytest.mark.parametrize("form", ["json", "sarif", "github", "markdown", "junit", "text"])
def test_a_build_renders_again_as_check_does(folder: Path, form: str) -> None:
    write(folder / "in" / "a.txt", GLUED.replace("\n", "\r\n"))
    run("build", "in", "-o", "out")
    shown = run("report", "out", "--format", form)
    assert shown.exit_code == 0, shown.stderr
    checked = run("check", "in", "--format", form)
    assert shown.stdout == checked.stdout.replace("in/a.txt", "a.txt")


def test_the_pages_render_again(folder: Path) -> None:
    write(folder / "in" / "a.txt", GLUED)
    run("build", "in", "-o", "out")
    assert run("report", "out", "-o", "again").exit_code == 2
    (folder / "again").mkdir()
    assert run("report", "out", "-o", "again").exit_code == 0
    assert contents(folder / "again") == {
        "report.html": (folder / "out" / "report.html").read_bytes()
    }


def test_sarif_is_one_document(folder: Path) -> None:
    write(folder / "a.txt", GLUED)
    log = json.loads(run("check", "a.txt", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
