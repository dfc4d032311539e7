"""Schemas, checks, readers: what breaks a contract is named with document and value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from normalize import checks, validation
from normalize.corpus import Built
from normalize.document import Image
from normalize.filing import Filed
from normalize.records import Columns
from normalize.tables import TABLES, DocumentRow, EditRow, Failure, NameRow, Row, columns
from normalize.writers import TableFile, arrow_schema, frame, plain

DOCUMENT = DocumentRow(
    id="000_abc",
    source="agence/000_abc.txt",
    sha256="0" * 64,
    encoding="utf-8",
    lang="fr",
    title="Le port rouvre",
    lede=None,
    text="Le port de Brest rouvre.\n\nLes quais sont prêts.",
    dateline="Brest",
    agency=None,
    published="2025-12-04",
    url="https://exemple.fr/port?id=1",
    author=None,
    images=(Image("Le port", None), Image(None, "M. Le Gall")),
    n_words=8,
    n_chars_raw=120,
    n_edits=1,
    n_dropped_blocks=0,
)
EDIT = EditRow(
    document="000_abc",
    rule="RUN001",
    start=12,
    end=12,
    line=1,
    column=13,
    before="",
    after=" ",
    certainty=0.97,
    repair="safe",
    status="applied",
    reason="two words run together",
)
NAME = NameRow(
    canonical="Brest",
    spelling="Brest",
    kind="place",
    count=1,
    documents=("000_abc",),
    first_offset=11,
    status="canonical",
    reason="",
)
ROWS = {"documents": DOCUMENT, "edits": EDIT, "names": NAME}


def write_table(folder: Path, table: str, rows: Sequence[Row]) -> None:
    file = TableFile(folder, table)
    file.write([plain(row) for row in rows])
    file.close()


def failures(table: str, **changes: object) -> list[tuple[str, str]]:
    """(column, check) of what breaks when a sound row gets ``changes``."""
    row = replace(ROWS[table], **changes)  # type: ignore[type-var]
    return [(f.column, f.check.partition("(")[0]) for f in _validated(table, row)]


def _validated(table: str, *rows: object) -> list[Failure]:
    return validation.validate(frame(table, rows), table)  # type: ignore[arg-type]


@pytest.mark.parametrize("table", TABLES)
def test_schema_arrow_types_and_rows_agree_on_columns(table: str) -> None:
    schema = validation.load_schema(table)
    named = tuple(name for name, column in schema.columns.items() if not column.regex)
    assert named == tuple(arrow_schema(table).names) == columns(table)
    assert schema.name == table


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_and_a_sound_row_is_valid(table: str) -> None:
    assert all(c.description for c in validation.load_schema(table).columns.values())
    assert _validated(table, ROWS[table]) == []
    assert _validated(table) == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"id": "a/b"}, ("id", "portable_name")),
        ({"id": "CON"}, ("id", "portable_name")),
        ({"source": "../000.txt"}, ("source", "relative_path")),
        ({"source": "C:/000.txt"}, ("source", "relative_path")),
        ({"sha256": "xyz"}, ("sha256", "str_matches")),
        ({"lang": "French"}, ("lang", "str_matches")),
        ({"title": " "}, ("title", "not_blank")),
        ({"title": "a\nb"}, ("title", "single_line")),
        ({"text": ""}, ("text", "not_blank")),
        ({"text": "e\u0301te\u0301"}, ("text", "nfc")),
        ({"text": "a\x1b[2Jb"}, ("text", "no_control_characters")),
        ({"text": "Le maire de MontrÃ©al."}, ("text", "no_mojibake_left")),
        ({"text": "Un.\n\nVoir plus"}, ("text", "no_boilerplate_marker_left")),
        ({"text": "Un.\n\nComment (12)"}, ("text", "no_boilerplate_marker_left")),
        ({"text": "Un.\n\nsource :"}, ("text", "no_boilerplate_marker_left")),
        ({"published": "4 décembre"}, ("published", "iso_date")),
        ({"published": "2025-02-30"}, ("published", "iso_date")),
        ({"url": "javascript:alert(1)"}, ("url", "web_address")),
        ({"n_words": -1}, ("n_words", "greater_than_or_equal_to")),
    ],
)
def test_broken_documents(changes: dict[str, object], check: tuple[str, str]) -> None:
    assert failures("documents", **changes) == [check]


@pytest.mark.parametrize(
    "changes",
    [
        {"published": "2025"},
        {"published": "2025-12"},
        {"published": "2025-12-04T08:30:00+07:00"},
        {"published": None, "url": None, "title": None},
        {"text": "La source du fleuve est plus haut.\n\nPour voir plus loin, montez."},
        {"text": "L’Ã est rare, le « à » non."},
    ],
)
def test_sound_documents(changes: dict[str, object]) -> None:
    assert failures("documents", **changes) == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"certainty": 1.5}, ("certainty", "in_range")),
        ({"certainty": float("nan")}, ("certainty", "not_nullable")),
        ({"start": 13}, ("start, end, before", "span_in_order")),
        ({"before": "xy"}, ("start, end, before", "span_in_order")),
        ({"rule": "run-1"}, ("rule", "str_matches")),
        ({"status": "done"}, ("status", "isin")),
        ({"line": 0}, ("line", "greater_than_or_equal_to")),
    ],
)
def test_broken_edits(changes: dict[str, object], check: tuple[str, str]) -> None:
    assert failures("edits", **changes) == [check]


def test_overlapping_applied_edits_are_named_and_reported_ones_may_overlap() -> None:
    long = replace(EDIT, start=5, end=20, before="x" * 15, after="")
    inside = replace(EDIT, start=9, end=11, before="xx")
    other = replace(inside, document="autre")
    found = _validated("edits", inside, long, other)
    assert [(f.document, f.check, f.row) for f in found] == [
        ("000_abc", "applied_edits_disjoint", 0)
    ]
    assert _validated("edits", long, replace(inside, status="reported")) == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"canonical": "e\u0301", "spelling": "e\u0301"}, ("canonical", "nfc")),
        ({"spelling": "Brést"}, ("canonical, spelling, status", "canonical_is_itself")),
        ({"documents": ("b", "a")}, ("documents", "id_list")),
        ({"status": "maybe"}, ("status", "isin")),
    ],
)
def test_broken_names(changes: dict[str, object], check: tuple[str, str]) -> None:
    assert check in failures("names", **changes)


def test_all_failures_are_found_at_once_with_document_and_value() -> None:
    bad = replace(DOCUMENT, id="autre", sha256="?", text="x" * 500 + "\x00")
    found = _validated("documents", DOCUMENT, bad)
    assert [(f.document, f.column, f.row, f.table) for f in found] == [
        ("autre", "sha256", 1, "documents"),
        ("autre", "text", 1, "documents"),
    ]
    assert found[0].value == "?"
    assert found[1].value.endswith("xxx\x00")
    assert len(found[1].value) < 80


def test_ids_are_unique_whatever_their_case() -> None:
    found = _validated("documents", DOCUMENT, replace(DOCUMENT, id="000_ABC"))
    assert {f.check for f in found} == {"unique_ignoring_case"}


def test_missing_and_unknown_columns_are_failures() -> None:
    broken = frame("edits", [EDIT]).drop(columns="rule").assign(extra=1)
    found = validation.validate(broken, "edits")
    assert {(f.check, f.value) for f in found} == {
        ("column_in_dataframe", "rule"),
        ("column_in_schema", "extra"),
    }


def test_values_of_the_wrong_type_are_failures_not_exceptions() -> None:
    broken = frame("edits", [EDIT, EDIT]).astype({"start": object, "reason": object})
    broken.loc[1, "start"] = "douze"
    broken.loc[1, "reason"] = 7
    found = validation.validate(broken, "edits")
    assert ("reason", 1) in {(f.column, f.row) for f in found}
    assert "start" in {f.column for f in found}


def test_documents_with_their_edits() -> None:
    documents = frame("documents", [DOCUMENT, replace(DOCUMENT, id="vide", n_edits=0)])
    edits = [EDIT, replace(EDIT, document="perdu"), replace(EDIT, start=200, end=200, after=None)]
    found = validation.validate_documents(documents, frame("edits", edits))
    assert [(f.table, f.document, f.check, f.value) for f in found] == [
        ("edits", "perdu", "document_exists", "perdu"),
        ("edits", "000_abc", "span_in_raw_text", "200"),
        ("edits", "000_abc", "applied_has_repair", "null"),
        ("documents", "000_abc", "edits_counted", "1"),
    ]


def test_names_of_documents_that_exist() -> None:
    names = frame("names", [NAME, replace(NAME, documents=("absent",))])
    found = validation.validate_names(names, {DOCUMENT.id}.__contains__)
    assert [(f.document, f.check) for f in found if f.check == "document_exists"] == [
        ("absent", "document_exists")
    ]


def test_a_build_whose_names_are_of_documents_that_it_lacks(tmp_path: Path) -> None:
    rows = [replace(NAME, documents=("000_abc", "gone")), replace(NAME, spelling="B")]
    with Filed(tmp_path, Columns()) as filed:
        filed.names(rows)
        filed.add(Built(DOCUMENT, (), {}, 1, whole_file=False))
    found = [f for f in filed.failures if f.check == "document_exists"]
    assert [(f.document, f.row, f.table) for f in found] == [("gone", 0, "names")]


@pytest.mark.parametrize("table", TABLES)
def test_types_survive_every_format(table: str, tmp_path: Path) -> None:
    rows = [ROWS[table], ROWS[table]]
    if table == "names":
        rows[1] = replace(NAME, first_offset=None, documents=())
    expected = frame(table, rows)
    write_table(tmp_path, table, rows)
    for path in (tmp_path / f"{table}.parquet", tmp_path / f"{table}.jsonl"):
        read = validation.read_table(path)
        assert list(read.dtypes) == list(expected.dtypes), path
        assert _plain_rows(read) == _plain_rows(expected)
        assert validation.guess_schema(read, path) == table
    expected.map(_as_cell).to_csv(tmp_path / "t.csv", index=False)
    read = validation.read_table(tmp_path / "t.csv")
    doubled = {"multiple_fields_uniqueness", "unique_ignoring_case"}
    assert {f.check for f in validation.validate(read, table)} <= doubled


def _plain_rows(frame: pd.DataFrame) -> list[dict[object, object]]:
    rows = frame.to_dict("records")
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    """A cell without what differs between readers: array or list, NA or None."""
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value  # type: ignore[call-overload]


def _as_cell(value: object) -> object:
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list) else plain


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("t.parquet", b"PAR1 and nothing more", "Parquet"),
        ("t.parquet", b"", "Parquet"),
        ("t.jsonl", b'{"a": 1}\n{"a": ', "t.jsonl:2: not JSON"),
        ("t.jsonl", b"[1]\n", "t.jsonl:1: not a JSON object"),
        ("t.jsonl", b"[" * 100_000, "not JSON"),
        ("t.jsonl", b"\xff\xfe", "not UTF-8"),
        ("t.csv", b"a,b\n1\n", "not 2 values"),
        ("t.csv", b"a,a\n1,2\n", "each column once"),
        ("t.csv", b"", "each column once"),
        ("t.csv", b'a\n"x', "separated-values"),
        ("t.xlsx", b"PK", "no .jsonl, .csv or .tsv"),
    ],
)
def test_broken_files_give_one_clear_line(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(validation.TableError, match=message) as error:
        validation.read_table(tmp_path / name)
    assert "\n" not in str(error.value)
    assert name in str(error.value)


def test_the_schema_is_guessed_by_columns_then_by_name() -> None:
    unlike = pd.DataFrame({"x": [1]})
    assert validation.guess_schema(unlike, "out/edits.csv") == "edits"
    with pytest.raises(validation.TableError, match="name the schema"):
        validation.guess_schema(unlike, "out/other.csv")


@pytest.mark.parametrize(
    "text", ["", "columns: [", "- 1", "columns: {a: {checks: {no_such_check: {}}}}", "/etc/passwd"]
)
def test_a_file_that_is_no_schema(text: str, tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text)
    if text == "":
        assert validation.load_schema(path).columns == {}
        return
    with pytest.raises(validation.TableError, match=r"s\.yaml is not a schema"):
        validation.load_schema(path)


def test_an_unknown_schema_names_those_there_are() -> None:
    with pytest.raises(validation.TableError, match="documents, edits, names"):
        validation.load_schema("nothing")


def test_registering_twice_changes_nothing() -> None:
    checks.register()
    assert validation.load_schema("documents").columns
