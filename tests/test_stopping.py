"""Commands that are stopped, disturbed or not listened to: no half file, no stray process."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from normalize import writers
from normalize.stopping import Stopped
from normalize.writers import OutputError, staged_folder, write_atomic

from .bench.generated import articles
from .test_cli import GLUED, REPAIRED, SOUND, contents, folder, run, says, write

__all__ = ["folder"]

DOCUMENTS = 40
STOPS = int(os.environ.get("NORMALIZE_STOPS", "1"))
"""Moments of each command at which it is stopped; the nightly run takes many."""

linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("crawl") / "crawl"
    place.mkdir()
    (place / "normalize.toml").write_text('lang = "fr"\n')
    for number, text in enumerate(articles(DOCUMENTS)):
        (place / f"{number}.txt").write_text(f"{text}\n{GLUED}")
    return place


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The program in a session of its own, once it deals with signals."""
    process = subprocess.Popen(
        [sys.executable, "-m", "normalize", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while process.poll() is None and not catches(process.pid, signal.SIGTERM):
        time.sleep(0.005)
    return process


def catches(pid: int, number: int) -> bool:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


def left_of(session: int) -> list[str]:
    """What still runs of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            name, _, rest = (place / "stat").read_text().rpartition(") ")
            fields = rest.split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(name)
    return found


def none_left(session: int) -> bool:
    """Whether all processes of a session end; they have a minute for it."""
    until = time.monotonic() + 60
    while left_of(session) and time.monotonic() < until:
        time.sleep(0.02)
    return not left_of(session)


def moments() -> Iterator[float]:
    chance = random.Random(os.environ.get("SEED", "8"))
    return (chance.uniform(0, 2) for _ in range(STOPS))


@linux
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("command", ["check", "fix", "learn", "build"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_at_any_moment(
    crawl: Path, tmp_path: Path, command: str, jobs: str, number: signal.Signals
) -> None:
    if STOPS == 1 and (jobs == "1") == (number == signal.SIGINT):
        pytest.skip("left to the nightly run")
    place, out = tmp_path / "crawl", tmp_path / "out"
    shutil.copytree(crawl, place)
    before = contents(place)
    assert run("fix", place, "--quiet").exit_code == 0
    after = contents(place)
    for moment in moments():
        shutil.rmtree(place)
        shutil.copytree(crawl, place)
        output = ["-o", out] if command in ("learn", "build") else []
        process = started(command, place, *output, "--jobs", jobs, "--quiet")
        time.sleep(moment)
        if number == signal.SIGINT:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)  # as a terminal does
        else:
            process.send_signal(number)
        _, error = process.communicate(timeout=120)
        assert b"Traceback" not in error, error.decode()
        assert b"rror" not in error, error.decode()
        assert process.returncode in (0, 1, 128 + number)
        assert none_left(process.pid)
        now = contents(place)
        assert now.keys() == before.keys()
        for name, data in now.items():
            assert data in (before[name], after[name] if command == "fix" else before[name])
        if command == "learn" and out.exists():
            assert json.loads(out.read_text())["format"] == 1
        elif command == "build" and out.exists():
            assert run("restore", out, "-o", tmp_path / "raw").exit_code == 0
            shutil.rmtree(tmp_path / "raw")
            shutil.rmtree(out)


@linux
@pytest.mark.parametrize("arguments", [["check", "--format", "text"], ["check", "--diff"]])
def test_a_reader_that_goes_away(crawl: Path, arguments: list[str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "normalize", *arguments, str(crawl)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
def test_standard_output_on_a_full_disk(crawl: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "normalize", "check", str(crawl)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"normalize: error: ")
    assert b"No space left" in done.stderr
    assert done.stderr.count(b"\n") == 1


# --- files that change ---------------------------------------------------------------------------


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen between reading a file and writing it."""
    real = writers._keep_mode

    def keep_mode(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        happens()

    monkeypatch.setattr(writers, "_keep_mode", keep_mode)


def test_fix_does_not_overwrite_what_somebody_wrote_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = write(folder / "a.txt", GLUED), write(folder / "b.txt", GLUED)
    meanwhile(monkeypatch, lambda: file.write_text(SOUND))
    result = run("fix", "a.txt", "b.txt", "--quiet")
    assert result.exit_code == 2
    says(result, "a.txt", "changed while it was read")
    assert (file.read_text(), other.read_text()) == (SOUND, REPAIRED)
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "b.txt", "normalize.toml"]


def test_fix_does_not_bring_back_what_somebody_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(folder / "a.txt", GLUED)
    meanwhile(monkeypatch, file.unlink)
    result = run("fix", "a.txt", "--quiet")
    assert result.exit_code == 2
    says(result, "a.txt", "No such file")
    assert sorted(p.name for p in folder.iterdir()) == ["normalize.toml"]


def test_a_stop_that_comes_out_as_another_error_is_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        try:
            raise Stopped(signal.SIGTERM)
        except Stopped as stopped:  # as Python 3.11 does while it makes a class
            raise RuntimeError("Error calling __set_name__") from stopped

    file = write(folder / "a.txt", GLUED)
    meanwhile(monkeypatch, stop)
    result = run("fix", "a.txt", "--quiet")
    assert result.exit_code == 128 + signal.SIGTERM
    assert result.stderr.splitlines() == ["normalize: stopped"]
    assert file.read_text() == GLUED


def test_an_interrupt_while_writing_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    file = write(folder / "a.txt", GLUED)
    meanwhile(monkeypatch, interrupt)
    assert run("fix", "a.txt", "--quiet").exit_code == 130
    assert file.read_text() == GLUED
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "normalize.toml"]


def test_a_file_that_is_gone_when_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from normalize import readers

    write(folder / "a.txt", GLUED)
    write(folder / "b.txt", GLUED)
    real = readers.find_sources

    def found(*arguments: object, **options: object) -> object:
        sources = real(*arguments, **options)  # type: ignore[arg-type]
        (folder / "a.txt").unlink()
        return sources

    monkeypatch.setattr(readers, "find_sources", found)
    result = run("check", ".")
    assert result.exit_code == 2
    says(result, "a.txt", "No such file")
    assert "b.txt" in result.stdout


# --- two at once ---------------------------------------------------------------------------------


def test_two_builds_of_one_folder(folder: Path) -> None:
    write(folder / "a.txt", GLUED)
    with staged_folder(folder / "out"):
        result = run("build", "a.txt", "-o", "out", "--quiet")
        assert result.exit_code == 2
        says(result, "out", "is being built by another process")
    assert run("build", "a.txt", "-o", "out", "--quiet").exit_code == 0


@linux
def test_builds_that_run_at_once_leave_one_of_them_whole(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(GLUED)
    (tmp_path / "two.txt").write_text(GLUED + SOUND)
    wholes = []
    for name in ("one.txt", "two.txt"):
        assert (
            run("build", tmp_path / name, "-o", tmp_path / "whole", "--lang", "fr").exit_code == 0
        )
        wholes.append(contents(tmp_path / "whole"))
        shutil.rmtree(tmp_path / "whole")
    out = tmp_path / "out"
    processes = [
        started("build", tmp_path / name, "-o", out, "--lang", "fr", "--quiet")
        for name in ("one.txt", "two.txt")
    ]
    for process in processes:
        _, error = process.communicate(timeout=120)
        assert process.returncode in (0, 2)
        if process.returncode:
            assert b"is being built by another process" in error
            assert error.count(b"\n") == 1
    assert 0 in [process.returncode for process in processes]
    assert contents(out) in wholes
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.txt", "out", "two.txt"]


def test_writing_the_same_at_once_is_no_conflict(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"new")
    with pytest.raises(OutputError, match="changed"):
        write_atomic(file, b"newer", expected=b"old")
    write_atomic(file, b"newer", expected=b"new")
    assert file.read_bytes() == b"newer"
