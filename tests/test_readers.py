"""Every kind of input, and what becomes of input that is not as it should be."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from normalize import readers
from normalize.readers import InputError, Problem, Record, find_sources
from normalize.records import MOST_COLUMNS, Columns, Digests, Ids, Records
from normalize.validation import read_table, validate

from .test_cli import GLUED, REPAIRED, SOUND, contents, folder, run, says, write

__all__ = ["folder"]

ROWS = [
    {"id": "a", "text": GLUED, "section": "monde", "rank": 1},
    {"id": "b", "text": SOUND, "section": None, "rank": 2},
]


def lines(rows: Sequence[object]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def parquet(rows: Sequence[dict[str, Any]]) -> bytes:
    return bytes(pd.DataFrame(rows).to_parquet(index=False))


def arrow(columns: Sequence[Any], names: Sequence[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array(c) for c in columns], list(names)), file)
    return file.getvalue()


def csv(rows: Sequence[dict[str, Any]], separator: str = ",") -> bytes:
    return pd.DataFrame(rows).to_csv(index=False, sep=separator).encode()


def read(*files: Path, **columns: str) -> tuple[list[Record], list[Problem]]:
    found = list(Records(tuple(find_sources(files, records=True)), **columns))
    return (
        [item for item in found if isinstance(item, Record)],
        [item for item in found if isinstance(item, Problem)],
    )


def rejected(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "rejected.jsonl").read_text().splitlines()]


# --- kinds of files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", lines(ROWS)),
        ("a.ndjson", b"\xef\xbb\xbf" + lines(ROWS).replace(b"\n", b"\r\n")),
        ("a.jsonl.gz", gzip.compress(lines(ROWS), mtime=0)),
        ("a.jsonl.zst", zstd(lines(ROWS))),
        ("a.parquet", parquet(ROWS)),
        ("a.csv", csv(ROWS)),
        ("a.tsv", csv(ROWS, "\t")),
        ("a.csv.gz", gzip.compress(csv(ROWS), mtime=0)),
    ],
)
def test_the_same_records_of_every_kind(folder: Path, name: str, data: bytes) -> None:
    write(folder / name, data)
    assert run("build", name, "-o", "out").exit_code == 0
    table = pd.read_json(folder / "out" / "documents.jsonl", lines=True)
    assert list(table["id"]) == ["a", "b"]
    assert list(table["text"]) == [REPAIRED.strip(), SOUND.strip()]
    assert list(table["x_section"].fillna("")) == ["monde", ""]
    assert list(table["x_rank"].astype(int)) == [1, 2]
    for kind in ("jsonl", "parquet"):
        assert validate(read_table(folder / "out" / f"documents.{kind}"), "documents") == []
    assert (folder / "out" / "text" / "a.txt").read_text() == REPAIRED


def test_raw_texts_of_records_come_back(folder: Path) -> None:
    write(folder / "a.jsonl", lines(ROWS))
    run("build", "a.jsonl", "-o", "out")
    assert run("restore", "out", "-o", "raw").exit_code == 0
    assert contents(folder / "raw") == {
        "a.jsonl/1.txt": GLUED.encode(),
        "a.jsonl/2.txt": SOUND.encode(),
    }


def test_a_folder_of_all_kinds_and_a_pattern(folder: Path) -> None:
    write(folder / "in" / "1.txt", SOUND)
    write(folder / "in" / "2.jsonl", lines([{"text": SOUND}]))
    write(folder / "in" / "deep" / "3.csv", csv([{"text": SOUND}]))
    write(folder / "in" / "4.dat", b"\0")
    assert [r.id for r in read(folder / "in")[0]] == ["1", "2-1", "deep__3-2"]
    assert [s.name for s in find_sources([Path("in/*.jsonl")], records=True)] == ["2.jsonl"]
    assert [s.name for s in find_sources([folder / "in"])] == ["1.txt"]
    with pytest.raises(InputError, match="no such file"):
        find_sources([Path("in/*.parquet")], records=True)


def test_an_earlier_build_is_no_input(folder: Path) -> None:
    write(folder / "a.txt", SOUND)
    assert run("build", ".", "-o", "clean").exit_code == 0
    first = contents(folder / "clean")
    assert run("build", ".", "-o", "clean").exit_code == 0
    assert contents(folder / "clean") == first


def test_columns_by_name(folder: Path) -> None:
    file = write(folder / "a.jsonl", lines([{"body": SOUND, "key": 7, "text": 1, "id": "x"}]))
    (record,) = read(file, text_column="body", id_column="key")[0]
    assert (record.id, record.content) == ("7", SOUND)
    assert dict(record.extra) == {"x_key": 7, "x_text": 1, "x_id": "x"}
    assert run("build", "a.jsonl", "-o", "out", "--text-column", "body").exit_code == 0
    assert run("learn", "a.jsonl", "-o", "l", "--text-column", "body").exit_code == 0


@pytest.mark.parametrize("command", ["check", "fix"])
def test_what_cannot_be_repaired_in_place(folder: Path, command: str) -> None:
    write(folder / "a.jsonl", lines(ROWS))
    result = run(command, "a.jsonl")
    assert result.exit_code == 2
    says(result, "a.jsonl", "normalize build")


# --- records that are not as they should be -----------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "c"}, "no column 'text' (there are: id)"),
        ({"text": None}, "'text' holds null"),
        ({"text": 12}, "'text' holds a number"),
        ({"text": True}, "'text' holds true or false"),
        ({"text": {"body": SOUND}}, "'text' holds an object"),
        ({"text": [SOUND]}, "'text' holds a list"),
        ({"text": "half \ud83d"}, "half a character"),
        ({"text": SOUND, "id": ""}, "an empty id"),
        ({"text": SOUND, "id": None}, "'id' holds null"),
        ({"text": SOUND, "id": 1.5}, "'id' holds a number"),
        ({"text": SOUND, "id": ["a"]}, "'id' holds a list"),
        ({"text": SOUND, "id": "a"}, "before it has the id 'a'"),
        (["text"], "not a JSON object"),
        ({"text": "\x00\x01\x02\x03"}, "not text"),
    ],
    ids=str,
)
def test_a_bad_record(folder: Path, row: Any, message: str) -> None:
    data = lines([ROWS[0]]) + json.dumps(row).encode() + b"\n" + lines([ROWS[1]])
    write(folder / "a.jsonl", data)
    result = run("build", "a.jsonl", "-o", "out", "--quiet")
    assert result.exit_code == 1
    says(result, "a.jsonl:2: ", message)
    (entry,) = rejected(folder / "out")
    assert (entry["source"], entry["line"]) == ("a.jsonl", 2)
    assert message in entry["error"]
    assert sorted(contents(folder / "out" / "text")) == ["a.txt", "b.txt"]
    result = run("build", "a.jsonl", "-o", "strict", "--strict")
    assert result.exit_code == 2
    says(result, "a.jsonl:2: ", message)
    assert not (folder / "strict").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "a', "not JSON"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": NaN}', "NaN"),
        (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not JSON"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "not JSON"),
    ],
)
def test_a_line_that_is_no_record(folder: Path, line: bytes, message: str) -> None:
    file = write(folder / "a.jsonl", lines(ROWS[:1]) + line + b"\n\n" + lines(ROWS[1:]))
    records, (problem,) = read(file)
    assert [r.line for r in records] == [1, 4]
    assert (problem.source, problem.line) == ("a.jsonl", 2)
    assert message in problem.message
    assert problem.record
    assert len(problem.record) <= 500


def test_all_records_bad(folder: Path) -> None:
    write(folder / "a.jsonl", b"{}\n{}\n")
    result = run("build", "a.jsonl", "-o", "out")
    assert result.exit_code == 2
    says(result, "a.jsonl:1", "text")
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"c,too,many,values,here", "5 values for 4 columns"),
        (b"c", "1 values for 4 columns"),
        (b"c,caf\xe9,x,3", "not UTF-8"),
        (b'c,"a"b,x,3', "not a row"),
    ],
)
def test_a_bad_row(folder: Path, row: bytes, message: str) -> None:
    head, one, *_ = csv([{**r, "text": r["text"].strip()} for r in ROWS]).split(b"\n")
    file = write(folder / "a.csv", b"\n".join([head, one, row, one.replace(b"a,", b"z,", 1), b""]))
    records, (problem,) = read(file)
    assert [(r.id, r.line) for r in records] == [("a", 2), ("z", 4)]
    assert problem.line == 3
    assert message in problem.message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"a,a\n1,2\n", "does not name each column once"),
        ("a.csv", b"", "does not name each column once"),
        ("a.parquet", b"PAR1", "not a readable Parquet file"),
        ("a.jsonl.zst", b"nothing packed", "cannot be read"),
        ("a.jsonl.gz", b"nothing packed", "cannot be read"),
        ("a.parquet", parquet([{"body": SOUND}]), "no column 'text'"),
        ("a.parquet", parquet([{"text": 5}]), "holds a number"),
        (
            "a.parquet",
            parquet([{"te\u00e9t": "x"}]).replace(b"te\xc3\xa9t", b"te\xff\xfft"),
            "utf-8",
        ),
        ("a.parquet", arrow([["a"], ["b"]], ["text", "text"]), "two columns have one name"),
    ],
)
def test_a_file_that_is_not_what_it_seems(
    folder: Path, name: str, data: bytes, message: str
) -> None:
    write(folder / name, data)
    write(folder / "b.txt", SOUND)
    records, (problem,) = read(folder)
    assert [r.id for r in records] == ["b"]
    assert problem.source == name
    assert message in problem.message


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pa.array([b"\xff", b"a"]).view(pa.string()), "not UTF-8 text"),
        (pa.array([2**30, 1], pa.date32()), "cannot be read"),
        (pa.array([2**62, 1], pa.duration("s")), "cannot be read"),
    ],
    ids=["bytes that are no text", "the year 2941800", "too long a time"],
)
def test_a_value_that_python_cannot_hold(folder: Path, column: Any, message: str) -> None:
    write(folder / "a.parquet", arrow([["Un.", "Deux."], column], ["text", "more"]))
    records, (problem,) = read(folder / "a.parquet")
    assert [(r.line, r.content) for r in records] == [(2, "Deux.")]
    assert problem.line == 1
    assert message in problem.message


def test_a_time_zone_that_nobody_knows(folder: Path) -> None:
    column = pa.array([2, 1], pa.timestamp("us", "Mars/Base"))
    write(folder / "a.parquet", arrow([["Un.", "Deux."], column], ["text", "more"]))
    records, problems = read(folder / "a.parquet")
    assert (len(records), len(problems)) == (0, 2)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_file_that_breaks_off(folder: Path, pack: Callable[[bytes], bytes]) -> None:
    rows = [{"id": str(n), "text": f"Le rapport {n * n} est prêt."} for n in range(30_000)]
    data = pack(lines(rows))
    name = "a.jsonl.gz" if pack is gzip.compress else "a.jsonl.zst"
    write(folder / name, data[: len(data) // 2])
    write(folder / "b.txt", SOUND)
    records, problems = read(folder)
    assert 0 < len(records) - 1 < 30_000
    assert records[-1].id == "b"
    assert "cannot be read after record" in problems[-1].message


def test_what_is_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.records.LONGEST_DOCUMENT", 100)
    monkeypatch.setattr(readers, "LONGEST_DOCUMENT", 100)
    rows = [{"id": "a", "text": SOUND[:20]}, {"text": "x" * 1000}, {"id": "b", "text": SOUND[:20]}]
    file = write(folder / "a.jsonl", lines(rows))
    records, (problem,) = read(file)
    assert [(r.id, r.line) for r in records] == [("a", 1), ("b", 3)]
    assert problem.line == 2
    assert "longer than 100" in problem.message
    table = write(folder / "a.csv", b"id,text\na,Un.\nb," + b"x" * 1000 + b"\nc,Deux.\n")
    records, (problem,) = read(table)
    assert [(r.id, r.line) for r in records] == [("a", 2), ("c", 4)]
    assert problem.line == 3
    assert "longer than 100" in problem.message
    (record,), _ = read(write(folder / "a.txt", SOUND * 9))
    with pytest.raises(InputError, match="longer than 100"):
        record.data()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    write(folder / "in" / "a.txt", SOUND)
    os.mkfifo(folder / "in" / "b.txt")
    records, problems = read(folder / "in")
    assert ([r.id for r in records], problems) == (["a"], [])
    records, (problem,) = read(folder / "in" / "b.txt")
    assert records == []
    assert "not a regular file" in problem.message


def test_an_unreadable_file_in_the_middle(folder: Path) -> None:
    for name in "abc":
        write(folder / "in" / f"{name}.txt", SOUND)
    (folder / "in" / "b.txt").unlink()
    (folder / "in" / "b.txt").symlink_to(folder / "in" / "gone")
    result = run("build", "in", "-o", "out", "--quiet")
    assert result.exit_code == 1
    says(result, "b.txt", "cannot be read")
    assert sorted(contents(folder / "out" / "text")) == ["a.txt", "c.txt"]


def test_a_folder_of_very_many_files() -> None:
    sources = tuple(readers.Source(f"in/{n}.txt", Path(f"in/{n}.txt")) for n in range(30_000))
    assert sum(isinstance(item, Record) for item in Records(sources)) == len(sources)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8(folder: Path) -> None:
    write(folder / "a.txt", SOUND)
    write(folder / os.fsdecode(b"caf\xe9.txt"), SOUND)
    result = run("build", ".", "-o", "out", "--quiet")
    assert result.exit_code == 1
    says(result, "its name is not UTF-8")
    assert json.loads((folder / "out" / "manifest.json").read_text())["inputs"].keys() > {"a.txt"}


# --- ids ----------------------------------------------------------------------------------------


def test_ids_that_are_no_names_of_files(folder: Path) -> None:
    odd = ["../../x", "a/b", "nul", "A", "a", "é" * 200, "x\n", "-rf", "https://a.b/c?d=1"]
    write(folder / "a.jsonl", lines([{"id": name, "text": SOUND} for name in odd]))
    assert run("build", "a.jsonl", "-o", "out").exit_code == 0
    table = read_table(folder / "out" / "documents.jsonl")
    assert list(table["x_id"]) == odd
    assert table["id"].str.casefold().is_unique
    assert sorted(f"{name}.txt" for name in table["id"]) == sorted(
        contents(folder / "out" / "text")
    )
    assert sorted(p.name for p in folder.iterdir()) == ["a.jsonl", "normalize.toml", "out"]


@given(st.lists(st.text(min_size=1), max_size=8))
def test_ids_are_told_apart_whatever_they_are(stated: list[str]) -> None:
    ids = Ids()
    given_ids = {}
    for name in stated:
        record = Record(name, "", "", "", Path(), "")
        if name in given_ids:
            with pytest.raises(InputError, match="before it"):
                ids.given(record)
        else:
            given_ids[name] = ids.given(record).id
    assert len({name.casefold() for name in given_ids.values()}) == len(given_ids)


def test_digests_are_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.records.RUN", 3)
    digests, known = Digests(), set()
    for number in random.Random(1).choices(range(200), k=500):
        assert digests.add(number) == (number not in known)
        known.add(number)


# --- further columns ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "fitted"),
    [
        ([1, None, 2], [1, None, 2]),
        ([1, 2.5], [1.0, 2.5]),
        ([True, False], [True, False]),
        ([None, None], [None, None]),
        (["a", 1], ['"a"', "1"]),
        ([True, 1], ["true", "1"]),
        ([{"b": 1, "a": [2]}, None], ['{"a": [2], "b": 1}', None]),
        ([2**70, 1], [str(2**70), "1"]),
        ([b"\xff", "a"], ["/w==", "a"]),
        (["\ud83d", "é"], ["\\ud83d", "é"]),
        ([pd.Timestamp("2025-12-04"), "a"], ["2025-12-04T00:00:00", "a"]),
    ],
    ids=str,
)
def test_columns_of_several_kinds(values: list[Any], fitted: list[Any]) -> None:
    columns = Columns()
    for value in values:
        columns = columns.with_row({"x_a": value})
    assert [columns.fitted({"x_a": value})["x_a"] for value in values] == fitted
    backwards = Columns()
    for value in reversed(values):
        backwards = backwards.with_row({"x_a": value})
    assert columns == backwards


def test_too_many_columns(folder: Path) -> None:
    rows = [{"text": SOUND, f"k{n}": n} for n in range(MOST_COLUMNS + 1)]
    write(folder / "a.jsonl", lines(rows))
    result = run("build", "a.jsonl", "-o", "out")
    assert result.exit_code == 2
    says(result, str(MOST_COLUMNS), "columns")
    assert not (folder / "out").exists()


# --- web pages ----------------------------------------------------------------------------------

PAGE = (
    "<html><head><title>Le port de Brest rouvre</title></head><body><nav><a href='/'>Accueil</a>"
    "</nav><article><h1>Le port de Brest rouvre</h1>"
    + f"<p>{GLUED.strip()} La réunion du comité a duré trois heures.</p>" * 1
    + "".join(f"<p>Le rapport numéro {n} du comité est long et il est clair.</p>" for n in range(9))
    + "</article></body></html>"
)


@pytest.mark.parametrize("name", ["a.html", "a.html.gz"])
def test_a_page(folder: Path, name: str) -> None:
    pytest.importorskip("trafilatura")
    data = PAGE.encode()
    write(folder / name, gzip.compress(data) if name.endswith("gz") else data)
    assert run("build", name, "-o", "out").exit_code == 0
    (row,) = read_table(folder / "out" / "documents.jsonl").to_dict("records")
    assert (row["id"], row["source"]) == ("a", f"{name}.txt")
    assert "la coopération" in row["text"]
    assert "Accueil" not in row["text"]


def test_a_page_without_an_article(folder: Path) -> None:
    pytest.importorskip("trafilatura")
    write(folder / "a.html", "<html></html>")
    result = run("build", "a.html", "-o", "out")
    assert result.exit_code == 2
    says(result, "a.html", "no article")


def test_pages_of_a_web_archive(folder: Path) -> None:
    pytest.importorskip("trafilatura")
    warc = pytest.importorskip("warcio.warcwriter")
    http = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    with (folder / "a.warc.gz").open("wb") as file:
        writer = warc.WARCWriter(file, gzip=True)
        for status, kind in (("200 OK", "text/html"), ("404 No", "text/html"), ("200 OK", "a/b")):
            headers = http(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            entry = writer.create_warc_record(
                "http://exemple.fr/port",
                "response",
                payload=io.BytesIO(PAGE.encode()),
                http_headers=headers,
            )
            writer.write_record(entry)
    assert run("build", "a.warc.gz", "-o", "out").exit_code == 0
    (row,) = read_table(folder / "out" / "documents.jsonl").to_dict("records")
    assert row["x_url"] == "http://exemple.fr/port"
    assert row["source"] == "a.warc.gz/1.txt"


def test_pages_without_the_library_that_reads_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("normalize.records.find_spec", lambda name: None)
    write(folder / "a.html", PAGE)
    result: Result = run("build", "a.html", "-o", "out")
    assert result.exit_code == 2
    says(result, "trafilatura", "normalize[html]")
