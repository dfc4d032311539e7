"""One input gives one output, whatever moves it and in whatever pieces."""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from click.testing import CliRunner

from normalize import clean_frame, corpus, engines
from normalize.cli import main
from normalize.engines import EngineError, as_tree, load
from normalize.engines.local import Engine, map_ordered, process_count
from normalize.frames import clean_frames, learn_frames, merged_evidence
from normalize.packing import pack, unpack

from .bench import generated
from .test_cli import SEEDS, contents, run

try:
    import ray
except ImportError:
    ray = None

articles = partial(generated.articles, languages={"fr": 1})


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of several kinds and files, two of them bad."""
    folder = tmp_path_factory.mktemp("crawl")
    texts = [*articles(30), *(file.read_text() for file in sorted(SEEDS.glob("*.txt")))]
    rows = [{"id": f"d/{n}", "text": text, "rank": n} for n, text in enumerate(texts)]
    rows[11]["text"] = None  # type: ignore[assignment]
    rows[12]["id"] = "d/3"
    lines = [json.dumps(row) for row in rows]
    (folder / "a.jsonl").write_text("\n".join(lines[:20]))
    (folder / "b.txt").write_text(texts[0])
    pd.DataFrame(rows[20:]).to_parquet(folder / "c.parquet")
    return folder


@pytest.fixture(scope="module")
def built(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The crawl's build in one process."""
    out = tmp_path_factory.mktemp("built") / "out"
    assert _build(crawl, out, "--jobs", "1") == 1
    return contents(out)


def _build(crawl: Path, out: Path, *options: str) -> int:
    arguments = ["build", str(crawl), "-o", str(out), "--lang", "fr", *options]
    result = CliRunner().invoke(main, arguments)
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result.exit_code


def test_two_processes_and_small_batches(
    crawl: Path, built: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "BATCH_DOCUMENTS", 3)
    assert _build(crawl, tmp_path / "out", "--jobs", "2") == 1
    assert contents(tmp_path / "out") == built


@pytest.mark.skipif(ray is None, reason="ray is not installed")
def test_ray(
    crawl: Path, built: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "BATCH_DOCUMENTS", 2)
    monkeypatch.setenv("NORMALIZE_STORAGE", f"file://{tmp_path}")
    try:
        assert _build(crawl, tmp_path / "out", "--engine", "ray", "--jobs", "2") == 1
        assert list(load("ray", 2).map(str, [])) == []
        assert load("ray", 2).fold(str, str.__add__, []) is None
    finally:
        ray.shutdown()
    assert contents(tmp_path / "out") == built
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(ray is None, reason="ray is not installed")
def test_ray_merges_the_results_of_many_tasks_in_order() -> None:
    from normalize.engines.ray import _merge_rows

    numbers = range(40)
    rows = pa.table({"number": numbers, "data": [pack(f"{n} ") for n in numbers]})
    merged = _merge_rows(rows, str.__add__)
    assert merged["number"].to_pylist() == [0]
    assert unpack(merged["data"][0].as_py()) == "".join(f"{n} " for n in numbers)


@pytest.mark.skipif(ray is not None, reason="ray is installed")
def test_an_engine_that_is_not_installed(crawl: Path, tmp_path: Path) -> None:
    result = run("build", crawl, "-o", tmp_path / "out", "--engine", "ray")
    assert result.exit_code == 2
    assert "pip install 'corpus-normalize[ray]'" in result.stderr


def test_the_lock_of_any_engine(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n, text in enumerate(articles(40)):
        (tmp_path / "in" / f"{n}.txt").write_text(text)
    locks = []
    for jobs in ("1", "2"):
        lock = tmp_path / jobs
        assert run("learn", tmp_path / "in", "-o", lock, "--jobs", jobs).exit_code == 0
        locks.append(lock.read_bytes())
    assert locks[0] == locks[1]


def half_sent(then: str) -> None:
    """Send the beginning of a result, and no more."""
    frame = sys._getframe()
    while "link" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["link"].fileno(), struct.pack("!i", 1000) + b"half")
    if then == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(100)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals and pipes")
@pytest.mark.parametrize("then", ["die", "wait"])
def test_a_process_that_ends_while_it_sends_holds_nobody_up(then: str) -> None:
    ended: list[str] = []

    def stopped() -> None:
        try:
            with Engine(2) as engine:
                if then == "die":
                    next(engine.map(half_sent, [then]))
                assert engine._kept is not None
                engine._kept._submit(engine._kept._filed(half_sent), then)
                time.sleep(2)  # until the half is sent
                raise KeyboardInterrupt
        except (KeyboardInterrupt, EngineError) as error:
            ended.append(type(error).__name__)

    thread = threading.Thread(target=stopped, daemon=True)
    thread.start()
    thread.join(60)
    assert ended == ["EngineError" if then == "die" else "KeyboardInterrupt"]


@pytest.mark.parametrize("wide", [1, 4, 512])
def test_a_tree_keeps_the_order(wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WIDE", wide)
    for count in range(20):
        letters = [chr(65 + n) for n in range(count)]
        assert as_tree(letters, str.__add__) == ("".join(letters) or None)


def test_a_tree_has_one_branch_of_those_that_hold_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WIDE", 4)
    alive: list[bool] = []

    def merge(first: list[int], second: list[int]) -> list[int]:
        alive.append(len(first) >= 4 and len(second) >= 4)
        return first + second

    assert as_tree(([n] for n in range(31)), merge) == list(range(31))
    assert sum(alive) == 31 // 4 - 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_input_is_not_read_far_ahead(jobs: int) -> None:
    read = 0

    def numbers() -> Iterator[int]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield number

    results = map_ordered(abs, numbers(), jobs)
    assert [next(results) for _ in range(20)] == list(range(20))
    assert read <= 300
    assert list(results) == list(range(20, 1000))


def test_no_number_of_processes_is_one_for_each_core(monkeypatch: pytest.MonkeyPatch) -> None:
    assert process_count(3) == 3
    assert process_count(0) >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert process_count(0) == 1


def _die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def test_a_process_that_dies_is_one_clear_error() -> None:
    with pytest.raises(EngineError, match="a process died"):
        list(Engine(2).map(_die, range(10)))


def test_after_a_death_nothing_waits_for_the_dead() -> None:
    with Engine(2) as engine:
        for _ in range(2):
            with pytest.raises(EngineError, match="a process died"):
                list(engine.map(_die, range(10)))


def _fail(number: int) -> int:
    raise ValueError(f"bad {number}")


def _unsendable(_: int) -> object:
    return lambda: None


class _Unreadable:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("not a number",)


def _unreadable(_: int) -> object:
    return _Unreadable()


def test_an_error_in_a_process_comes_back() -> None:
    with Engine(2) as engine:
        with pytest.raises(ValueError, match="bad 0") as raised:
            list(engine.map(_fail, range(10)))
        assert "in _fail" in raised.value.__notes__[0]
        with pytest.raises((AttributeError, pickle.PicklingError)):
            list(engine.map(_unsendable, range(10)))
        with pytest.raises(ValueError, match="not a number"):
            list(engine.map(_unreadable, range(10)))
        with pytest.raises((AttributeError, pickle.PicklingError)):
            list(engine.map(abs, [lambda: None]))  # type: ignore[list-item]
        with pytest.raises(ValueError, match="not a number"):
            list(engine.map(abs, [_Unreadable()]))  # type: ignore[list-item]
        assert list(engine.map(abs, range(-9, 0))) == list(range(9, 0, -1))


# --- frames -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 4, 100])
def test_frames_in_pieces(size: int) -> None:
    df = pd.DataFrame({"text": [*articles(9), None]})
    df["id"] = [str(n) for n in range(len(df))]
    pieces = [df[at : at + size] for at in range(0, len(df), size)]
    learned = [learn_frames(iter([piece]), lang="fr") for piece in reversed(pieces)]
    evidence = merged_evidence(row for frames in learned for f in frames for row in f["evidence"])
    cleaned = pd.concat(clean_frames(iter(pieces), evidence, lang="fr"))
    edits = [json.loads(rows) for rows in cleaned.pop("edits")]
    whole = clean_frame(df, lang="fr")
    assert cleaned.astype(object).fillna("").to_dict() == whole.astype(object).fillna("").to_dict()
    assert [sum(e["status"] == "applied" for e in rows) for rows in edits] == list(
        cleaned["n_edits"]
    )


def test_a_frame_that_cannot_be_cleaned() -> None:
    df = pd.DataFrame({"body": ["Le texte.", 3], "title": ["Un titre", None]})
    with pytest.raises(KeyError, match="no column 'text'; there are body, title"):
        clean_frame(df, lang="fr")
    with pytest.raises(TypeError, match="column 'body' holds 3, which is no text"):
        clean_frame(df, text="body", lang="fr")


def test_a_column_that_a_frame_has_already_is_left_as_it_is() -> None:
    df = pd.DataFrame({"text": ["Le texte.", pd.NA], "title": ["Un titre", "Autre"]})
    done = clean_frame(df, lang="fr")
    assert list(done["title"]) == ["Un titre", "Autre"]
    assert done["text"].isna().tolist() == [False, True]
    assert list(done["n_edits"]) == [0, 0]
