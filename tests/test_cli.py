"""The command line as a person meets it: exit statuses, one clear line, nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import normalize
from normalize.cli import main
from normalize.rules import all_rules

SEEDS = Path(__file__).parents[1] / "seeds"

GLUED = "Le ministre a salué lacoopération entre les deux pays.\n"
REPAIRED = "Le ministre a salué la coopération entre les deux pays.\n"
SUSPECT = "Le colonel est en poste à Hanoï à partir de 022 avec ses adjoints.\n"
SOUND = "Le ministre a salué la bonne entente entre les deux pays.\n"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


def says(result: Result, *words: str) -> None:
    """One line on stderr that has all the words, and no traceback."""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    for word in words:
        assert word in lines[0]
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "normalize.toml").write_text('lang = "fr"\n')
    return tmp_path


def write(file: Path, content: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


# --- check --------------------------------------------------------------------------------------


def test_check_of_a_sound_file_is_silent(folder: Path) -> None:
    result = run("check", write(folder / "a.txt", SOUND))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_check_shows_place_and_rule(folder: Path) -> None:
    write(folder / "a.txt", GLUED)
    result = run("check", "a.txt")
    assert result.exit_code == 1
    assert "a.txt:1:23: RUN" in result.stdout
    assert (folder / "a.txt").read_text() == GLUED


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (GLUED, "any", 1),
        (GLUED, "review", 0),
        (SUSPECT, "review", 1),
        (SUSPECT, "never", 0),
        (SOUND, "any", 0),
    ],
)
def test_fail_on(folder: Path, text: str, fail_on: str, status: int) -> None:
    assert run("check", write(folder / "a.txt", text), "--fail-on", fail_on).exit_code == status


def test_check_json_is_one_object_a_line(folder: Path) -> None:
    result = run("check", write(folder / "a.txt", GLUED), "--format", "json")
    (finding,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert finding["rule"].startswith("RUN")
    assert (finding["line"], finding["column"]) == (1, 23)


def test_select_and_ignore(folder: Path) -> None:
    file = write(folder / "a.txt", GLUED)
    assert run("check", file, "--select", "SPC,ENC").exit_code == 0
    assert run("check", file, "--ignore", "RUN").exit_code == 0
    assert run("check", file, "--select", "RUN").exit_code == 1


def test_a_kept_word_is_left_alone(folder: Path) -> None:
    (folder / "normalize.toml").write_text('lang = "fr"\nkeep = ["lacoopération"]\n')
    assert run("check", write(folder / "a.txt", GLUED)).exit_code == 0


def test_several_processes_find_the_same(folder: Path) -> None:
    for number in range(5):
        write(folder / f"{number}.txt", GLUED)
    assert run("check", folder, "--jobs", "2").stdout == run("check", folder, "--jobs", "1").stdout


# --- fix ----------------------------------------------------------------------------------------


def test_fix_repairs_in_place_and_has_nothing_to_do_twice(folder: Path) -> None:
    file = write(folder / "a.txt", GLUED)
    file.chmod(0o640)
    assert run("fix", file).exit_code == 0
    assert file.read_text() == REPAIRED
    assert file.stat().st_mode & 0o777 == 0o640
    stamp = file.stat().st_mtime_ns
    assert run("fix", file).exit_code == 0
    assert file.stat().st_mtime_ns == stamp


def test_fix_standard_input(folder: Path) -> None:
    result = run("fix", "-", stdin=GLUED.encode())
    assert (result.exit_code, result.stdout) == (0, REPAIRED)


@pytest.mark.parametrize(
    ("raw", "fixed"),
    [
        (GLUED.replace("\n", "\r\n").encode(), REPAIRED.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + GLUED.encode(), b"\xef\xbb\xbf" + REPAIRED.encode()),
        (GLUED.rstrip("\n").encode(), REPAIRED.rstrip("\n").encode()),
        (b"", b""),
    ],
    ids=["CRLF", "byte-order mark", "no final newline", "empty"],
)
def test_fix_keeps_what_is_the_files_own(folder: Path, raw: bytes, fixed: bytes) -> None:
    file = write(folder / "a.txt", raw)
    assert run("fix", file).exit_code == 0
    assert file.read_bytes() == fixed


@pytest.mark.parametrize("end", ["\n", "", "\r\n"], ids=["LF", "none", "CRLF"])
def test_diff_is_a_patch_that_git_applies(folder: Path, end: str) -> None:
    text = SOUND + GLUED.rstrip("\n") + end
    file = write(folder / "dossier été" / "a b.txt", text)
    result = CliRunner().invoke(main, ["fix", "--diff", "dossier été"])
    assert file.read_bytes() == text.encode()
    write(folder / "p.diff", result.stdout_bytes)
    subprocess.run(["git", "init", "-q"], check=True, cwd=folder)
    subprocess.run(["git", "apply", "p.diff"], check=True, cwd=folder)
    assert file.read_bytes() == (SOUND + REPAIRED.rstrip("\n") + end).encode()


# --- build, restore, learn, validate ------------------------------------------------------------

FILES = [
    "documents.jsonl", "documents.parquet", "edits.jsonl", "edits.parquet", "manifest.json",
    "names.jsonl", "names.parquet", "report.html", "report.md",
]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a build, without what its manifest says of the run."""
    files = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    if "manifest.json" in files:
        manifest = json.loads(files["manifest.json"])
        manifest.pop("run", None)
        files["manifest.json"] = json.dumps(manifest).encode()
    return files


def test_build_twice_is_byte_identical_and_restore_gives_the_raw_files(tmp_path: Path) -> None:
    assert run("build", SEEDS, "-o", tmp_path / "clean").exit_code == 0
    first = contents(tmp_path / "clean")
    texts = [f"text/{file.stem}.txt" for file in sorted(SEEDS.glob("*.txt"))]
    assert sorted(first) == FILES + texts
    assert run("build", SEEDS, "-o", tmp_path / "clean", "--jobs", "2").exit_code == 0
    assert contents(tmp_path / "clean") == first
    assert run("restore", tmp_path / "clean", "-o", tmp_path / "raw").exit_code == 0
    assert contents(tmp_path / "raw") == {f.name: f.read_bytes() for f in SEEDS.glob("*.txt")}


def test_restore_of_odd_files(folder: Path) -> None:
    files = {
        "bom.txt": b"\xef\xbb\xbf" + GLUED.encode(),
        "crlf.txt": GLUED.replace("\n", "\r\n").encode() + b"\r" + SOUND.encode(),
        "deep/er/end.txt": SOUND.strip().encode(),
        "utf16.txt": GLUED.encode("utf-16"),
    }
    for name, data in files.items():
        write(folder / "in" / name, data)
    assert run("build", "in", "-o", "out").exit_code == 0
    assert run("restore", "out", "-o", "raw").exit_code == 0
    assert contents(folder / "raw") == files


def test_restore_refuses_a_changed_corpus(folder: Path) -> None:
    write(folder / "in" / "a.txt", GLUED)
    run("build", "in", "-o", "out")
    table = folder / "out" / "documents.jsonl"
    table.write_text(table.read_text().replace("bonne", "belle").replace("ministre", "sinistre"))
    result = run("restore", "out", "-o", "raw")
    assert result.exit_code == 2
    says(result, "a:")
    assert not (folder / "raw").exists()


def test_restore_does_not_leave_its_folder(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    run("build", "in", "-o", "out")
    table = folder / "out" / "documents.jsonl"
    table.write_text(table.read_text().replace('"a.txt"', '"../a.txt"'))
    assert run("restore", "out", "-o", "raw/deep").exit_code == 2
    assert not (folder / "raw").exists()


def test_schema_failures_make_a_build_exit_1_and_stand_in_its_report(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    write(folder / "in" / "empty.txt", b"")
    result = run("build", "in", "-o", "out")
    assert result.exit_code == 1
    assert "empty" in result.stderr
    assert "empty" in (folder / "out" / "report.md").read_text()


def test_learn_writes_a_lock_that_does_not_change_without_cause(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    assert run("learn", "in").exit_code == 0
    lock = (folder / "in" / "corpus.lock").read_bytes()
    assert run("learn", "in").exit_code == 0
    assert (folder / "in" / "corpus.lock").read_bytes() == lock
    assert run("check", "in").exit_code == 0


def test_validate_a_table(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    run("build", "in", "-o", "out")
    for table in ("documents", "edits", "names"):
        for kind in ("parquet", "jsonl"):
            result = run("validate", f"out/{table}.{kind}", "--schema", table)
            assert result.exit_code == 0, result.stderr
    table = folder / "out" / "documents.jsonl"
    table.write_text(table.read_text().replace("bonne entente", "bonne\\u0007entente"))
    result = run("validate", table)
    assert result.exit_code == 1
    assert "no_control_characters" in result.stderr


# --- rules, explain -----------------------------------------------------------------------------


def test_rules_lists_every_rule() -> None:
    result = run("rules")
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(all_rules())


def test_explain_shows_the_docstring_and_takes_families() -> None:
    assert "Leaves alone:" in run("explain", "RUN001").stdout
    assert "RUN002" in run("explain", "run").stdout


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "fix", "learn", "build"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"caf\xe9 noir\n", ["bad.txt", "byte"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", ["bad.txt", "not text"]),
    ],
    ids=["invalid UTF-8", "not text"],
)
def test_a_file_that_cannot_be_read(
    folder: Path, command: str, content: bytes, words: list[str]
) -> None:
    write(folder / "in" / "bad.txt", content)
    result = run(command, "in", *(["-o", "out"] if command == "build" else []))
    assert result.exit_code == 2
    says(result, *words)
    assert contents(folder) == {
        "in/bad.txt": content, "normalize.toml": b'lang = "fr"\n',
    }  # fmt: skip


def test_what_an_encoding_cannot_hold_is_reported_and_the_rest_is_mended(folder: Path) -> None:
    write(folder / "normalize.toml", 'lang = "fr"\nencoding = "cp1252"\n')
    name = '[[name]]\ncanonical = "Nguyễn Văn Hùng"\naliases = ["Nguyen Van Hung"]\n'
    write(folder / "names.toml", name)
    before = GLUED + "Il a vu Nguyen Van Hung à Lyon.\n"
    file = write(folder / "a.txt", before.encode("cp1252"))
    result = run("check", "a.txt")
    assert result.exit_code == 1
    assert "cp1252 cannot hold it; save the file as UTF-8" in result.stdout
    assert run("fix", "a.txt").exit_code in (0, 1)
    after = file.read_bytes()
    assert after.decode("cp1252").startswith(REPAIRED)
    assert "Nguyen Van Hung" in after.decode("cp1252")  # and not the one mark that it can hold
    run("fix", "a.txt")
    assert file.read_bytes() == after


def test_the_rest_goes_on_when_one_file_cannot_be_read(folder: Path) -> None:
    write(folder / "in" / "bad.txt", b"caf\xe9 noir\n")
    write(folder / "in" / "good.txt", GLUED)
    assert run("check", "in").exit_code == 2
    result = run("build", "in", "-o", "out")
    assert result.exit_code == 1
    assert "bad.txt" in (folder / "out" / "rejected.jsonl").read_text()
    result = run("build", "in", "-o", "strict", "--strict")
    assert result.exit_code == 2
    assert not (folder / "strict").exists()


@pytest.mark.parametrize("command", ["check", "fix", "learn", "build"])
def test_missing_path_and_empty_folder(folder: Path, command: str) -> None:
    (folder / "empty").mkdir()
    out = ["-o", "out"] if command == "build" else []
    for path, words in (("nowhere", "no such file"), ("empty", "no documents")):
        result = run(command, path, *out)
        assert result.exit_code == 2
        says(result, path, words)
    assert sorted(p.name for p in folder.iterdir()) == ["empty", "normalize.toml"]


def test_unknown_code(folder: Path) -> None:
    result = run("check", write(folder / "a.txt", SOUND), "--select", "RUN,XYZ9")
    assert result.exit_code == 2
    says(result, "XYZ9", "normalize rules")
    result = run("explain", "XYZ9")
    assert result.exit_code == 2


def test_unknown_language(folder: Path) -> None:
    result = run("check", write(folder / "a.txt", SOUND), "--lang", "xx")
    assert result.exit_code == 2
    says(result, "xx", "fr")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("langue = 'fr'\n", ["normalize.toml", "langue", "lang"]),
        ("lang = 3\n", ["normalize.toml", "lang", "string"]),
        ("select = 'RUN'\n", ["normalize.toml", "select", "list"]),
        ("minimum-certainty = 2\n", ["minimum-certainty", "0 to 1"]),
        ("policy = 'poorest'\n", ["policy", "poorest", "richest"]),
        ("lang = \n", ["normalize.toml"]),
        ("keep-patterns = ['(']\n", ["normalize.toml", "keep-patterns", "("]),
        ("encoding = 'klingon'\n", ["normalize.toml", "encoding", "klingon"]),
    ],
)
def test_bad_settings(folder: Path, settings: str, words: list[str]) -> None:
    (folder / "normalize.toml").write_text(settings)
    result = run("check", write(folder / "a.txt", GLUED))
    assert result.exit_code == 2
    says(result, *words)


@pytest.mark.parametrize("content", ["", "{}", "[1", '{"format": 99, "evidence": {}}'])
def test_bad_lock(folder: Path, content: str) -> None:
    write(folder / "in" / "a.txt", SOUND)
    write(folder / "in" / "corpus.lock", content)
    result = run("check", "in")
    assert result.exit_code == 2
    says(result, "corpus.lock", "normalize learn")


def test_a_build_does_not_touch_a_folder_that_is_not_its_own(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    write(folder / "mine" / "thesis.tex", "my thesis")
    result = run("build", "in", "-o", "mine")
    assert result.exit_code == 2
    says(result, "mine")
    assert contents(folder / "mine") == {"thesis.tex": b"my thesis"}


def test_an_absent_command_or_option_is_a_usage_error(folder: Path) -> None:
    for arguments in (["chekc"], ["check", "--formt", "json"], ["build", "x"], ["fix"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.stderr


def test_control_characters_of_a_name_do_not_reach_the_terminal(folder: Path) -> None:
    write(folder / "a\x1b[31m.txt", b"caf\xe9 noir\n")
    result = run("check", folder)
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_check_imports_nothing_heavy(folder: Path) -> None:
    file = write(folder / "a.txt", SOUND)
    code = (
        "import sys\nfrom normalize.cli import main\n"
        f"try: main(['check', {str(file)!r}])\nexcept SystemExit: pass\n"
        "print([m for m in ('pandas', 'pandera', 'pyarrow', 'jinja2', 'numpy', 'rich', 'ftfy')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- baseline -----------------------------------------------------------------------------------


def test_a_baseline_covers_old_findings_and_no_new_ones(folder: Path) -> None:
    file = write(folder / "a.txt", GLUED)
    assert run("check", "a.txt", "--write-baseline", "base.json").exit_code == 0
    assert run("check", "a.txt", "--baseline", "base.json").exit_code == 0
    write(file, SOUND + "\n" + GLUED)
    assert run("check", "a.txt", "--baseline", "base.json").exit_code == 0
    write(file, GLUED + SOUND + GLUED.replace("lacoopération", "ladéfense"))
    result = run("check", "a.txt", "--baseline", "base.json")
    assert result.exit_code == 1
    assert len([line for line in result.stdout.splitlines() if "RUN" in line]) == 1


def test_stale_entries_of_a_baseline_are_told(folder: Path) -> None:
    file = write(folder / "a.txt", GLUED)
    run("check", "a.txt", "--write-baseline", "base.json")
    write(file, SOUND)
    result = run("check", "a.txt", "--baseline", "base.json")
    assert result.exit_code == 0
    says(result, "a.txt", "stale")


def test_entries_of_files_that_are_gone_are_stale(folder: Path) -> None:
    file = write(folder / "a.txt", GLUED)
    write(folder / "b.txt", SOUND)
    run("check", ".", "--write-baseline", "base.json")
    file.unlink()
    says(run("check", "b.txt", "--baseline", "base.json"), "a.txt", "stale")


def test_a_baseline_holds_wherever_the_command_is_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    write(folder / "sub" / "a.txt", GLUED)
    run("check", ".", "--write-baseline", "base.json")
    assert list(json.loads((folder / "base.json").read_text())["files"]) == ["sub/a.txt"]
    monkeypatch.chdir(folder / "sub")
    assert run("check", "a.txt", "--baseline", "../base.json").exit_code == 0
    assert run("check", folder / "sub", "--baseline", "../base.json").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colors_are_for_terminals(folder: Path, environment: dict[str, str], colored: bool) -> None:
    file = write(folder / "a.txt", GLUED)
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | environment
    reader, writer = os.openpty()
    command = [sys.executable, "-m", "normalize", "check", str(file)]
    assert subprocess.run(command, env=env, stdout=writer, check=False).returncode == 1
    os.close(writer)
    shown = os.read(reader, 100_000)
    os.close(reader)
    assert b"RUN001" in shown
    assert (b"\x1b[" in shown) == colored


@pytest.mark.parametrize("content", ["", "[]", '{"format": 1}', '{"format": 2, "files": {}}'])
def test_a_bad_baseline(folder: Path, content: str) -> None:
    write(folder / "a.txt", GLUED)
    write(folder / "base.json", content)
    result = run("check", "a.txt", "--baseline", "base.json")
    assert result.exit_code == 2
    says(result, "base.json", "--write-baseline")


def test_a_language_without_a_lexicon_is_told_and_the_other_rules_run(folder: Path) -> None:
    write(folder / "a.txt", "Der Minister\u200b hat in Tokio mit seinem Amtskollegen gesprochen.\n")
    result = run("check", "a.txt", "--lang", "de")
    assert result.exit_code == 1
    assert "ENC" in result.stdout
    says(result, "'de'", "normalize lexicon build de")


@pytest.mark.parametrize("command", ["check", "fix"])
def test_an_empty_file_is_told(folder: Path, command: str) -> None:
    result = run(command, write(folder / "a.txt", b""))
    assert result.exit_code == 0
    assert "a.txt: the file is empty" in result.stderr


@pytest.mark.parametrize("path", ["nowhere.jsonl", "."])
def test_validate_what_cannot_be_read(folder: Path, path: str) -> None:
    result = run("validate", path)
    assert result.exit_code == 2
    says(result, path)


@pytest.mark.parametrize("text", [None, b"bytes", 3])
def test_a_text_that_is_no_string_is_refused(text: object) -> None:
    with pytest.raises(TypeError, match="text must be a string"):
        normalize.clean(text, "fr")  # type: ignore[arg-type]
