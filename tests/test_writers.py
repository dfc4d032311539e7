"""Files appear whole or not at all, whatever stops the writing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import writers
from normalize.tables import from_plain
from normalize.writers import OutputError, portable_name, staged_folder, write_atomic

from .test_validation import DOCUMENT, EDIT, NAME, ROWS, write_table


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


# --- one file -----------------------------------------------------------------------------------


def test_write_atomic_writes_new_and_replaces_old(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, b"one")
    assert path.read_bytes() == b"one"
    write_atomic(path, (part for part in (b"t", b"wo")))
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_mode_is_kept_and_a_new_file_gets_the_usual_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_atomic(path, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    (tmp_path / "plain").write_bytes(b"")
    write_atomic(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_failure_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, broken())
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_what_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*a\.txt: "):
        write_atomic(tmp_path / "missing" / "a.txt", b"")
    with pytest.raises(OutputError, match="not a regular file"):
        write_atomic(tmp_path, b"")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            write_atomic(tmp_path / "a.txt", b"")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["000_6703d4827b26cd5a", "Hội nghị", "a.b", "été 2024"])
def test_portable_names_stay(name: str) -> None:
    assert portable_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "a/b", "a\\b", "../x", "nul", "COM1", "aux.tar", "a:b", "a ", "a.", "-rf"),
        *("a?*", 'a"b', "a|b", "e\u0301", "x\0y", "x\ny", "x\u202ey", "\ud800"),
        *("x" * 300, "é" * 100),
    ],
)
def test_other_names_become_portable_and_stay_apart(name: str) -> None:
    made = portable_name(name)
    assert made != name
    assert portable_name(made) == made
    assert len(made.encode()) <= 120
    assert made.rpartition("-")[0] == made[:-9]


@given(st.text(st.characters(exclude_categories=())), st.text())
def test_portable_names_are_safe_and_distinct(one: str, two: str) -> None:
    made = portable_name(one)
    assert portable_name(made) == made
    assert not set(made) & set('/\\:*?"<>|\0\n')
    assert made not in ("", ".", "..")
    assert unicodedata.is_normalized("NFC", made)
    assert one == two or portable_name(two) != made


# --- tables -------------------------------------------------------------------------------------


def test_equal_rows_give_equal_bytes_however_they_come(tmp_path: Path) -> None:
    rows = [replace(EDIT, start=n, end=n) for n in range(10_000)]
    for name in "ab":
        (tmp_path / name).mkdir()
        write_table(tmp_path / name, "edits", rows)
    for kind in ("parquet", "jsonl"):
        one, other = (tmp_path / name / f"edits.{kind}" for name in "ab")
        assert one.read_bytes() == other.read_bytes()


def test_json_lines_are_one_object_a_line_in_plain_letters(tmp_path: Path) -> None:
    row = replace(EDIT, before="é\u2028\x85\n\ud800", reason="<é>")
    (tmp_path / "e.jsonl").write_bytes(
        b"".join(writers.json_line(writers.plain(r)) for r in (row, EDIT))
    )
    lines = (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert '"reason": "<é>"' in lines[0]
    assert json.loads(lines[0])["before"] == row.before
    assert list(json.loads(lines[1])) == list(writers.plain(EDIT))


def test_a_lone_surrogate_is_refused_with_the_table(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="documents: a text holds a lone surrogate"):
        write_table(tmp_path, "documents", [replace(DOCUMENT, text="\ud800")])


def test_plain_rows() -> None:
    assert writers.plain(DOCUMENT)["images"][0] == {"caption": "Le port", "credit": None}
    assert writers.plain(NAME)["documents"] == ["000_abc"]
    for table, row in ROWS.items():
        assert from_plain(table, json.loads(writers.json_line(writers.plain(row)))) == row
    with pytest.raises(ValueError, match="not a row of edits"):
        from_plain("edits", {"document": "a", "extra": 1})


# --- the folder of a build ----------------------------------------------------------------------


def build(out: Path, text: str = "x") -> None:
    with staged_folder(out) as folder:
        (folder / "text").mkdir()
        (folder / "text" / "a.txt").write_text(text)
        files = writers.file_digests(folder)
        manifest = {"made_by": writers.MADE_BY, "files": files}
        (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_build_appears_and_replaces_the_previous_one(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "clean"
    build(out, "one")
    build(out, "two")
    assert (out / "text" / "a.txt").read_text() == "two"
    assert names(out) == ["manifest.json", "text"]
    assert names(out.parent) == ["clean"]


def test_a_failed_build_leaves_everything_as_it_was(tmp_path: Path) -> None:
    build(tmp_path / "clean", "one")

    def interrupted() -> None:
        with staged_folder(tmp_path / "clean") as folder:
            (folder / "half").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "clean" / "text" / "a.txt").read_text() == "one"
    assert names(tmp_path) == ["clean"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"thesis.doc": "x"}, "not a build of normalize"),
        ({"manifest.json": "{}"}, "not a build of normalize"),
        ({"manifest.json": "["}, "not a build of normalize"),
        (
            {"manifest.json": '{"made_by": "corpus-normalize", "files": {}}', "notes.txt": "x"},
            r"holds files that no build wrote, such as 'notes\.txt'",
        ),
    ],
)
def test_a_folder_of_somebody_else_is_refused(
    files: dict[str, str], message: str, tmp_path: Path
) -> None:
    out = tmp_path / "clean"
    out.mkdir()
    for name, text in files.items():
        (out / name).write_text(text)
    with pytest.raises(OutputError, match=message):
        build(out)
    assert names(out) == sorted(files)
    assert names(tmp_path) == ["clean"]


def test_an_empty_folder_is_taken_and_a_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    build(tmp_path / "clean")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="not a folder"):
        build(tmp_path / "file")


def test_what_a_killed_build_left_is_cleared_and_the_previous_build_comes_back(
    tmp_path: Path,
) -> None:
    build(tmp_path / "clean", "one")
    (tmp_path / "clean").rename(tmp_path / ".clean.previous")  # killed between the two renames
    (tmp_path / ".clean.building").mkdir()
    (tmp_path / ".clean.building" / "half").write_text("")
    with pytest.raises(ZeroDivisionError), staged_folder(tmp_path / "clean"):
        raise ZeroDivisionError
    assert (tmp_path / "clean" / "text" / "a.txt").read_text() == "one"
    assert names(tmp_path) == ["clean"]


def test_two_builds_into_one_folder_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from normalize.writers import *\n"
        "try:\n"
        "    with staged_folder(sys.argv[1]): pass\n"
        "except OutputError as error: print(error)\n"
    )
    with staged_folder(tmp_path / "clean") as folder:
        (folder / "a").write_text("")
        run = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "clean")],
            capture_output=True,
            text=True,
            check=True,
        )
    assert "is being built by another process" in run.stdout
    assert names(tmp_path / "clean") == ["a"]


def test_writing_text_imports_nothing_heavy() -> None:
    script = (
        "import sys, normalize.writers; "
        "print(sorted({'pandas', 'pyarrow', 'numpy', 'pandera'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
