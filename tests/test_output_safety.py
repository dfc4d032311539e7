"""Whatever a text, a name or a build says, output stays where it belongs and obeys nobody."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from normalize import packing, restoring
from normalize.readers import is_below
from normalize.report.escape import _UNSEEN
from normalize.validation import TableError, load_schema

from .test_cli import GLUED, REPAIRED, SOUND, contents, folder, run, says, write

__all__ = ["folder"]

ESCAPE = "\x1b]0;own\x07\x1b[31m\x9b31m\u202e\r::error::x"
"""What a terminal obeys, what reorders what a person reads, and a command for a CI runner."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such names or modes")


def harmless(text: str) -> None:
    """Nothing that a terminal obeys or a person cannot see, but line feeds."""
    assert not _UNSEEN.search(text.replace("\n", "")), ascii(text)


# --- messages ------------------------------------------------------------------------------------


def hostile_files(folder: Path) -> list[str]:
    name = f"{ESCAPE.replace('/', '')}.txt"
    write(folder / name, f"{GLUED}Un mot {ESCAPE} et lacoopération {ESCAPE}.\n")
    write(folder / f"latin{name}", b"\xe9t\xe9")
    write(folder / f"empty{name}", b"")
    (folder / f"gone{name}").symlink_to(folder / "nowhere")
    write(folder / "table.csv", f"id,{ESCAPE}\n{ESCAPE},x\n")
    write(folder / f"schema{ESCAPE}.yaml", f"a: {ESCAPE!r}")
    (folder / f"build{ESCAPE}").mkdir()
    write(folder / f"build{ESCAPE}" / "manifest.json", "{}")
    return [name, f"latin{name}", f"empty{name}", f"gone{name}"]


COMMANDS: dict[str, Sequence[str]] = {
    "check": ["check", "."],
    "check each": ["check", "FILES"],
    "check one by one": ["check", "FILE2"],
    "github": ["check", "--format", "github", "."],
    "junit": ["check", "--format", "junit", "."],
    "markdown": ["check", "--format", "markdown", "."],
    "sarif": ["check", "--format", "sarif", "."],
    "json": ["check", "--format", "json", "."],
    "statistics": ["check", "--statistics", "."],
    "a rule": ["check", "--select", ESCAPE, "."],
    "a language": ["check", "--lang", ESCAPE, "."],
    "a config": ["check", "--config", f"none{ESCAPE}", "."],
    "a number": ["check", "--jobs", ESCAPE, "."],
    "an option": ["check", f"--{ESCAPE}"],
    "an option of all": [f"--{ESCAPE}"],
    "a command": [ESCAPE],
    "a baseline": ["check", "--baseline", f"latin{ESCAPE}.txt", "."],
    "a missing path": ["check", f"none{ESCAPE}"],
    "fix": ["fix", "."],
    "learn": ["learn", ".", "-o", f"lock{ESCAPE}"],
    "build": ["build", ".", "-o", f"out{ESCAPE}"],
    "build of a file": ["build", "FILE2", "-o", "out"],
    "build of a table": ["build", "table.csv", "-o", "out", "--text-column", ESCAPE],
    "build over": ["build", ".", "-o", f"build{ESCAPE}"],
    "restore": ["restore", f"build{ESCAPE}", "-o", "raw"],
    "report": ["report", f"build{ESCAPE}"],
    "validate": ["validate", "table.csv"],
    "validate by": ["validate", "table.csv", "--schema", f"schema{ESCAPE}.yaml"],
    "validate what": ["validate", f"none{ESCAPE}.csv"],
    "explain": ["explain", ESCAPE],
    "config": ["config", f"build{ESCAPE}", "--lang", f"fr{ESCAPE}"],
    "init": ["init", f"build{ESCAPE}"],
    "lexicon": ["lexicon", "build", ESCAPE],
}


@posix
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_message_and_no_result_drives_a_terminal(folder: Path, arguments: Sequence[str]) -> None:
    files = hostile_files(folder)
    words: list[str] = []
    for word in arguments:
        found = files if word == "FILES" else [files[1]] if word == "FILE2" else [word]
        words += found
    result = run(*words)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    harmless(result.stdout)
    harmless(result.stderr)
    assert "\n::" not in f"\n{result.stderr}"


@posix
def test_a_diff_is_harmless_on_a_terminal_and_whole_in_a_pipe(folder: Path) -> None:
    import pty

    hostile_files(folder)
    command = [sys.executable, "-m", "normalize", "check", "--diff", "--quiet", "."]
    piped = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b[31m" in piped.stdout
    main, end = pty.openpty()
    process = subprocess.Popen(command, stdout=end, stderr=subprocess.DEVNULL)
    os.close(end)
    shown = b""
    while True:
        try:
            data = os.read(main, 1 << 16)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(main)
    process.wait()
    assert b"la coop" in shown
    harmless(shown.decode().replace("\r\n", "\n"))


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["a", "a/b.txt", ":a", "ab:c", "été", "a b", "...", "a/..b", "CON"]
)
def test_paths_below_a_folder(path: str) -> None:
    assert is_below(path)


BELOW_NOTHING = (
    "/a a//b a/ . ./a .. ../a a/../b a/.. a\0b C:a c:/a C:\\a \\a "
    "\\\\host\\share ..\\a a\\..\\..\\b a/.\\b"
).split(" ")


@pytest.mark.parametrize("path", ["", *BELOW_NOTHING])
def test_paths_that_lead_elsewhere(path: str) -> None:
    assert not is_below(path)


@posix
@pytest.mark.parametrize("name", ["c:d.txt", "a\\..\\..\\x.txt"])
def test_a_file_whose_name_leads_elsewhere_on_windows(folder: Path, name: str) -> None:
    write(folder / "in" / name, GLUED)
    write(folder / "in" / "a.txt", GLUED)
    result = run("build", "in", "-o", "out", "--quiet")
    assert result.exit_code == 1
    says(result, "leads elsewhere on Windows")
    assert list(contents(folder / "out" / "text")) == ["a.txt"]


def forged(folder: Path, *sources: str) -> Path:
    """A build whose documents say that they come from ``sources``."""
    for number in range(len(sources)):
        write(folder / "in" / f"{number}.txt", GLUED)
    assert run("build", "in", "-o", "out", "--quiet").exit_code == 0
    table = folder / "out" / "documents.jsonl"
    rows = [json.loads(line) for line in table.read_text().splitlines()]
    for row, source in zip(rows, sources, strict=True):
        row["source"] = source
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder / "out"


@pytest.mark.parametrize("source", ["../a", "/a", "C:/a", "a\\..\\..\\b", ""])
def test_restore_stays_in_its_folder(folder: Path, source: str) -> None:
    forged(folder, source)
    before = contents(folder)
    result = run("restore", "out", "-o", "raw")
    assert result.exit_code == 2
    says(result, "not a path below the output folder")
    assert contents(folder) == before


@posix
def test_restore_follows_no_link_out_of_its_folder(folder: Path) -> None:
    forged(folder, "there/a.txt")
    (folder / "elsewhere").mkdir()
    (folder / "raw").mkdir()
    (folder / "raw" / "there").symlink_to(folder / "elsewhere")
    result = run("restore", "out", "-o", "raw")
    assert result.exit_code == 2
    says(result, "not a path below the output folder")
    assert contents(folder / "elsewhere") == {}


def test_restore_writes_no_file_twice(folder: Path) -> None:
    forged(folder, "a.txt", "a.txt")
    result = run("restore", "out", "-o", "raw")
    assert result.exit_code == 2
    says(result, "two documents come from", "a.txt")
    assert not (folder / "raw").exists()


def test_restore_of_a_file_that_is_a_folder_too(folder: Path) -> None:
    forged(folder, "a", "a/b")
    result = run("restore", "out", "-o", "raw")
    assert result.exit_code == 2
    says(result, "cannot write")


@pytest.mark.parametrize(
    "change",
    [
        {"start": 10**9, "end": 10**9},
        {"start": -5},
        {"start": 2**70, "end": 2**70},
        {"line": "1"},
        {"after": "other"},
        {"certainty": 1e308},
        {"certainty": "high"},
    ],
    ids=str,
)
@pytest.mark.parametrize("command", [["restore", "-o", "raw"], ["report", "--format", "sarif"]])
def test_a_forged_edit_is_bad_input(
    folder: Path, command: Sequence[str], change: dict[str, object]
) -> None:
    write(folder / "a.txt", GLUED)
    assert run("build", "a.txt", "-o", "out", "--quiet").exit_code == 0
    table = folder / "out" / "edits.jsonl"
    rows = map(json.loads, table.read_text().splitlines())
    row = next(row for row in rows if row["rule"] == "RUN001")
    table.write_text(json.dumps({**row, **change}) + "\n")
    result = run(command[0], "out", *command[1:])
    assert result.exit_code == 2
    says(result, "normalize: error: ")
    assert not (folder / "raw").exists()


def test_raw_files_are_looked_for_below_the_folder(tmp_path: Path) -> None:
    assert restoring._inside(tmp_path, "a/b.txt") == tmp_path / "a" / "b.txt"


HOSTILE_IDS = [
    *("../../up /etc/up a/b a\\b C:\\up con CON nul.txt com1. aux.x.y COM¹ -o --help".split(" ")),
    *('.hidden .. . ~ $HOME case Case CASE e\u0301te été a:b a*b? "<>| a\nb'.split(" ")),
    *("\x00 \x1b[31m \u202etxt.exe \U0001f468\u200d\U0001f469 trailing.".split(" ")),
    *("LPT9 ", "trailing ", " leading", "x" * 5000, "é" * 300, "日" * 300),
]


def test_ids_make_portable_files_one_for_each_document(folder: Path) -> None:
    rows = [
        {"id": name, "title": "../t", "text": f"{GLUED}{n}\n"} for n, name in enumerate(HOSTILE_IDS)
    ]
    write(folder / "in" / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert run("build", "in", "-o", "out", "--quiet").exit_code == 0
    names = list(contents(folder / "out" / "text"))
    assert len(names) == len(HOSTILE_IDS)
    assert len({name.casefold() for name in names}) == len(names)
    reserved = {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}
    for name in names:
        stem = name.removesuffix(".txt")
        assert stem.partition(".")[0].casefold() not in reserved
        assert not set(stem) & set('/\\:*?"<>|\0')
        assert stem == stem.strip(" .")
        assert not stem.startswith("-")
        assert len(name.encode()) <= 143
        harmless(name)
    assert (
        run(
            "restore",
            "out",
            "-o",
            "raw",
        ).exit_code
        == 0
    )
    assert len(contents(folder / "raw")) == len(HOSTILE_IDS)
    assert sorted(p.name for p in folder.iterdir()) == ["in", "normalize.toml", "out", "raw"]


# --- repair in place -----------------------------------------------------------------------------


@posix
def test_links_out_of_a_folder_are_not_followed(folder: Path) -> None:
    outside = write(folder / "outside.txt", GLUED)
    write(folder / "there" / "b.txt", GLUED)
    write(folder / "in" / "a.txt", GLUED)
    (folder / "in" / "link.txt").symlink_to(outside)
    (folder / "in" / "up.txt").symlink_to("../outside.txt")
    (folder / "in" / "folder").symlink_to(folder / "there")
    (folder / "in" / "loop").symlink_to(folder / "in")
    (folder / "in" / "gone.txt").symlink_to("nowhere")
    result = run("fix", "in")
    assert outside.read_text() == GLUED
    assert (folder / "there" / "b.txt").read_text() == GLUED
    assert (folder / "in" / "a.txt").read_text() == REPAIRED
    assert "1 of" in result.stderr


@posix
def test_a_link_within_the_folder_stays_a_link(folder: Path) -> None:
    file = write(folder / "in" / "a.txt", GLUED)
    (folder / "in" / "b.txt").symlink_to("a.txt")
    assert run("fix", "in", "--quiet").exit_code == 0
    assert (folder / "in" / "b.txt").is_symlink()
    assert file.read_text() == REPAIRED


@posix
def test_what_is_no_file_is_not_read(folder: Path) -> None:
    (folder / "in").mkdir()
    os.mkfifo(folder / "in" / "pipe.txt")
    write(folder / "in" / "a.txt", GLUED)
    result = run("fix", "in", "--quiet")
    assert result.exit_code == 0
    assert (folder / "in" / "a.txt").read_text() == REPAIRED


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o4711])
def test_mode_and_owner_survive_fix(folder: Path, mode: int) -> None:
    file = write(folder / "a.txt", GLUED)
    if os.geteuid() == 0:
        os.chown(file, 12345, 54321)
    file.chmod(mode)
    before = file.stat()
    assert run("fix", "a.txt", "--quiet").exit_code == 0
    after = file.stat()
    assert file.read_text() == REPAIRED
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


# --- data that would be code ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "!!python/object/apply:os.system ['touch run']",
        "!!python/object/new:subprocess.Popen [['touch', 'run']]",
        "a: &a [*a]",
        "[" * 3000,
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nschema_type: dataframe",
    ],
)
def test_a_schema_is_data(folder: Path, content: str) -> None:
    write(folder / "s.yaml", content)
    with suppress(TableError):
        load_schema(folder / "s.yaml")
    assert not (folder / "run").exists()


class _Call:
    def __init__(self, *call: object) -> None:
        self.call = call

    def __reduce__(self) -> tuple[object, ...]:
        function, *arguments = self.call
        return function, tuple(arguments)


@pytest.mark.parametrize(
    "call",
    [
        (os.system, "touch run"),
        (eval, "1"),
        (subprocess.Popen, ["touch", "run"]),
        (packing.unpack, b""),
    ],
    ids=["system", "eval", "Popen", "unpack"],
)
def test_a_kept_part_calls_nothing(folder: Path, call: Sequence[object]) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no data"):
        packing.unpack(pickle.dumps(_Call(*call)))
    assert not (folder / "run").exists()


def test_a_kept_part_makes_no_class_but_plain_data(folder: Path) -> None:
    from normalize.writers import TableFile

    with pytest.raises(pickle.UnpicklingError, match="no data"):
        packing.unpack(pickle.dumps(_Call(TableFile, folder, "documents")))
    with pytest.raises(pickle.UnpicklingError, match="no data"):
        packing.unpack(b"cnormalize.__main__\nrun\n.")
    assert not (folder / "documents.jsonl").exists()


def test_settings_are_data(folder: Path) -> None:
    write(
        folder / "normalize.toml", 'lang = "fr"\nkeep = ["$(touch run)", "{0.__class__}", "%s"]\n'
    )
    write(folder / "a.txt", GLUED + SOUND)
    assert run("check", "a.txt").exit_code == 1
    assert run("config", "a.txt").exit_code == 0
    assert not (folder / "run").exists()
