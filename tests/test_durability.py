"""A build that is stopped leaves the old corpus or none, and can go on to the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from normalize import building, filing, shards
from normalize.packing import pack, unpack

from .bench import generated
from .test_cli import SEEDS, contents, run, says

DOCUMENTS = 24
articles = partial(generated.articles, languages={"fr": 1})


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every build counts as a long one, in small batches."""
    monkeypatch.setattr(shards, "LONG_BYTES", 0)
    monkeypatch.setattr("normalize.corpus.BATCH_DOCUMENTS", 4)


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    rows = [json.dumps({"text": text}) for text in articles(DOCUMENTS)]
    (tmp_path / "crawl.jsonl").write_text("\n".join(rows))
    return tmp_path / "crawl.jsonl"


def build(crawl: Path, out: Path, *options: str) -> int:
    return run("build", crawl, "-o", out, "--lang", "fr", "--jobs", "1", *options).exit_code


def test_the_manifest_of_a_long_build_says_what_it_took(crawl: Path, tmp_path: Path) -> None:
    assert build(crawl, tmp_path / "out") == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert set(manifest["run"]["seconds"]) == {"learn", "names", "clean", "report"}
    assert manifest["run"]["memory"] > 10_000_000
    assert manifest["counts"]["documents"] == DOCUMENTS
    assert manifest["counts"]["applied"]
    assert manifest["inputs"][crawl.name] == hashlib.sha256(crawl.read_bytes()).hexdigest()


SCRIPT = """
import signal
from normalize import corpus, shards
shards.LONG_BYTES, corpus.BATCH_DOCUMENTS = 0, 4
from normalize.cli import main
print("started", flush=True)
try:
    main()
finally:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_killed_at_any_moment_and_resumed(crawl: Path, tmp_path: Path) -> None:
    assert build(crawl, tmp_path / "whole") == 0
    whole = contents(tmp_path / "whole")
    out = tmp_path / "out"
    assert run("build", SEEDS, "-o", out).exit_code == 0
    old = contents(out)
    chance = random.Random(os.environ.get("SEED", "6"))
    command = [sys.executable, "-c", SCRIPT, "build", str(crawl), "-o", str(out), "--lang", "fr"]
    for how in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen(
            [*command, "--resume", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        time.sleep(chance.uniform(0.2, 2.5))
        process.send_signal(how)
        _, error = process.communicate(timeout=300)
        assert b"Traceback" not in error
        assert contents(out) in (old, whole)
    assert build(crawl, out, "--resume") == 0
    assert contents(out) == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["crawl.jsonl", "out", "whole"]


KILLS = int(os.environ.get("NORMALIZE_KILLS", "2"))
"""Moments of a build at which it is killed; the nightly run takes a hundred."""

SELF_KILLING = """
import os, signal, sys
from normalize import corpus, filing, shards
from normalize.__main__ import run
shards.LONG_BYTES, corpus.BATCH_DOCUMENTS = 0, 4
place, end, steps = os.path.realpath(sys.argv.pop(1)), 0, 0

def step(event, arguments):
    global steps
    if event not in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"):
        return
    if str(arguments[0]).startswith(place):
        steps += 1
        if steps == end:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(step)
for line in sys.stdin:
    child = os.fork()
    if not child:
        end = int(line)
        try:
            run()
        finally:
            print(steps, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""
"""For each number that it is told: a build that kills itself before its n-th step in a folder, that
is the opening, making, renaming or removing of something there. It says how each build ended; one
that ends by itself says before how many steps there were."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such processes")
def test_killed_at_any_step_and_resumed(crawl: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    out, kept = place / "out", tmp_path / "kept"
    assert build(crawl, tmp_path / "whole") == 0
    whole = contents(tmp_path / "whole")
    assert run("build", SEEDS, "-o", kept, "--quiet").exit_code == 0
    old = contents(kept)
    command = [sys.executable, "-c", SELF_KILLING, str(place), "build", str(crawl)]
    options = ["-o", str(out), "--lang", "fr", "--jobs", "1", "--quiet", "--resume"]
    builder = subprocess.Popen(
        [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def says(end: int, lines: int) -> list[int]:
        assert builder.stdin is not None
        assert builder.stdout is not None
        print(end, file=builder.stdin, flush=True)
        return [int(builder.stdout.readline()) for _ in range(lines)]

    shutil.copytree(kept, out)
    steps, status = says(0, 2)
    assert steps > 50
    assert status == 0
    assert contents(out) == whole
    survived = set()
    for number in range(KILLS):
        shutil.rmtree(out)
        shutil.copytree(kept, out)
        # Half of them are the last steps, in which the new build takes the place of the old one.
        late = number < KILLS // 2
        end = steps - number if late else 1 + (2 * number - KILLS) * steps // KILLS
        assert says(end, 1) == [-signal.SIGKILL]
        # Where folders cannot be exchanged at once, the old one may stand aside for a moment.
        assert sys.platform != "linux" or out.exists()
        left = contents(out if out.exists() else place / ".out.previous")
        assert left in (old, whole)
        survived.add(left == whole)
        assert says(0, 2)[1] == 0
        assert contents(out) == whole
        assert [p.name for p in place.iterdir()] == ["out"]
    assert False in survived
    builder.communicate()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux lists children")
def test_a_killed_process_is_one_clear_error_and_the_build_goes_on(
    crawl: Path, tmp_path: Path
) -> None:
    assert build(crawl, tmp_path / "whole") == 0
    command = [sys.executable, "-c", SCRIPT, "build", str(crawl), "-o", str(tmp_path / "out")]
    command += ["--lang", "fr", "--quiet", "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not (workers := _workers(process.pid)) and process.poll() is None:
        time.sleep(0.01)
    os.kill(workers[0], signal.SIGKILL)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2
    assert error.count(b"\n") == 1
    assert b"a process died" in error
    assert not (tmp_path / "out").exists()
    assert build(crawl, tmp_path / "out", "--resume", "--jobs", "2") == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    left = sorted(p.name for p in tmp_path.iterdir())
    assert left == ["crawl.jsonl", "out", "whole"]


def _workers(process: int) -> list[int]:
    """The processes that work for this one, by what they were started with."""
    children = Path(f"/proc/{process}/task/{process}/children")
    found = map(int, children.read_text().split()) if children.exists() else []
    return [n for n in found if b"spawn_main" in Path(f"/proc/{n}/cmdline").read_bytes()]


def test_finished_parts_are_taken_up_and_others_made_anew(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(crawl, tmp_path / "whole") == 0
    worked: list[int] = []
    clean = shards._Kept.__call__

    def stopped(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(filing.Filed, "report", stopped)
    assert build(crawl, tmp_path / "out") == 130
    assert not (tmp_path / "out").exists()
    monkeypatch.undo()
    monkeypatch.setattr(shards, "LONG_BYTES", 0)
    monkeypatch.setattr("normalize.corpus.BATCH_DOCUMENTS", 4)
    parts = sorted((tmp_path / ".out.shards").iterdir())
    assert len(parts) == 2 * DOCUMENTS / 4
    parts[0].write_bytes(b"damaged")
    parts[1].unlink()
    torn = bytearray(parts[2].read_bytes())
    torn[-1024:-512] = bytes(512)  # what a disk may hold after its power was cut
    parts[2].write_bytes(torn)

    def counted(kept: shards._Kept, batch: list[object]) -> object:
        before = len(list(kept.folder.iterdir()))
        result = clean(kept, batch)  # type: ignore[arg-type]
        worked.append(len(list(kept.folder.iterdir())) - before)
        return result

    monkeypatch.setattr(shards._Kept, "__call__", counted)
    assert build(crawl, tmp_path / "out", "--resume") == 0
    assert sum(worked) == 1
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert not (tmp_path / ".out.shards").exists()


def test_parts_of_other_settings_are_not_taken(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stop:
        stop.setattr(filing.Filed, "report", lambda _: 1 / 0)
        build(crawl, tmp_path / "out")
    assert build(crawl, tmp_path / "out", "--resume", "--ignore", "SPC") == 0
    assert build(crawl, tmp_path / "whole", "--ignore", "SPC") == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


class Harm:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


def test_a_part_is_data() -> None:
    assert unpack(pack({"a": (1, Path("b"))})) == {"a": (1, Path("b"))}
    with pytest.raises(Exception, match="no data"):
        unpack(pack(Harm()))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")
def test_a_full_disk_is_one_clear_error(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def full(path: Path, *arguments: object, **options: object) -> object:
        target = Path("/dev/full") if path.name == "documents.jsonl" else path
        return real(target, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    result = run("build", crawl, "-o", tmp_path / "out", "--quiet")
    assert result.exit_code == 2
    says(result, "cannot write", "No space left")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    result = run("build", crawl, "-o", tmp_path / "locked" / "out", "--quiet")
    assert result.exit_code == 2
    says(result, "cannot write", "Permission denied")


def test_input_that_changes_between_the_readings(
    crawl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = building.relearn

    def meanwhile(*arguments: object, **options: object) -> object:
        crawl.write_text(json.dumps({"text": "Autre chose.", "new": 1}) + "\n")
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "relearn", meanwhile)
    result = run("build", crawl, "-o", tmp_path / "out", "--quiet")
    assert result.exit_code == 2
    says(result, "crawl.jsonl", "changed")
    assert not (tmp_path / "out").exists()
