"""Tables against the schemas in ``schemas/*.yaml``, read with pandera's own reader.

Imports pandas and pandera, so only the commands that validate import this module. Importing it
registers the checks that the schemas name (:mod:`normalize.checks`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from pandera.errors import SchemaDefinitionError, SchemaErrors

from . import checks
from .tables import TABLES, Failure, TableError, columns
from .writers import arrow_schema, typed_frame

checks.register()

Schema = pandera.DataFrameSchema


# --- schemas ------------------------------------------------------------------------------------


def schema_folder() -> Path:
    """Where the schemas are: the top-level folder in a checkout, package data when installed."""
    installed = Path(str(files("normalize") / "schemas"))
    return installed if installed.is_dir() else installed.parent.parent / "schemas"


_NO_SCHEMA: tuple[type[Exception], ...] = (
    yaml.YAMLError,
    SchemaDefinitionError,
    AttributeError,
    TypeError,
    ValueError,
    OSError,
    RecursionError,
)
"""What comes of YAML that is no schema; a short text is taken for a path, a deep one has no end."""


def load_schema(schema: str | Path) -> Schema:
    """The schema of a table (``documents``, ``edits``, ``names``) or of a YAML file.

    Raises ``TableError`` where there is none or it is not in pandera's form.
    """
    path = schema_folder() / f"{schema}.yaml" if str(schema) in TABLES else Path(schema)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(TABLES)
        raise TableError(
            f"no schema {str(schema)!r} (a file, or one of {known}): {error}"
        ) from error
    if text.lstrip().startswith(("/", "~")):  # from_yaml would take such a text for a path
        raise TableError(f"{path} is not a schema")
    try:
        result: Schema = Schema.from_yaml(text)
    except _NO_SCHEMA as error:
        reason = " ".join(str(error).split())
        raise TableError(f"{path} is not a schema in pandera's YAML form: {reason}") from error
    return result


# --- validation ---------------------------------------------------------------------------------


def validate(
    frame: pd.DataFrame, schema: str | Path | Schema, *, table: str | None = None
) -> list[Failure]:
    """Every value of ``frame`` that breaks ``schema``, in row order; empty when it is valid.

    ``table`` names the table in the failures (default: the schema's own name).
    """
    loaded = schema if isinstance(schema, Schema) else _read_once(schema)
    name = table if table is not None else (loaded.name or "")
    frame = frame.reset_index(drop=True)
    try:
        loaded.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return _failures(frame, errors.failure_cases, name)
    return []


def _read_once(schema: str | Path) -> Schema:
    return _schema_of(str(schema)) if str(schema) in TABLES else load_schema(schema)


@lru_cache
def _schema_of(table: str) -> Schema:
    """A schema of ours, which validation leaves as it is; reading one takes a tenth of a second."""
    return load_schema(table)


def _failures(frame: pd.DataFrame, cases: pd.DataFrame, table: str) -> list[Failure]:
    key = next((c for c in ("id", "document", "canonical") if c in frame.columns), None)
    found: dict[Failure, None] = {}
    for case in cases.to_dict("records"):
        check, row = _check_name(str(case["check"])), _row(case["index"])
        read = checks.TABLE_CHECKS.get(check)
        column, value = str(case["column"] or ""), case["failure_case"]
        if read is not None and row is not None:
            column = ", ".join(read)
            value = {part: frame.at[row, part] for part in read}
        elif column not in frame.columns:
            row = None
        elif isinstance(value, str):
            value = checks.excerpt(check, value)
        document = "" if key is None or row is None else str(frame.at[row, key])
        found[Failure(document, column, check, _shown(value), row, table)] = None
    return sorted(found, key=lambda f: (-1 if f.row is None else f.row, f.column, f.check))


def _row(index: object) -> int | None:
    return None if index is None or pd.isna(index) else int(index)  # type: ignore[call-overload]


_SHOWN = 200
"""Code points of a failing value, or of a check's name, that are kept: enough to find it."""


def _check_name(check: str) -> str:
    """The name of a check with what it was given, unless that is a long list."""
    return check if len(check) <= _SHOWN else check.partition("(")[0]


def _shown(value: object) -> str:
    if isinstance(value, dict):
        text = ", ".join(f"{name}={_shown(part)}" for name, part in value.items())
    elif isinstance(value, str):
        text = value
    else:
        text = repr(value.tolist()) if hasattr(value, "tolist") else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def validate_documents(
    documents: pd.DataFrame, edits: pd.DataFrame, first: tuple[int, int] = (0, 0)
) -> list[Failure]:
    """Some documents with all their edits, against the schemas and against one another.

    Every edit is of a document that exists, every span lies inside its raw text, and a document
    has as many applied edits as it says. ``first`` are the rows of the two tables at which these
    parts of them begin.
    """
    offset = dict(zip(("documents", "edits"), first, strict=True))
    return [
        f if f.row is None else replace(f, row=f.row + offset[f.table])
        for f in _of_documents(documents, edits)
    ]


def _of_documents(documents: pd.DataFrame, edits: pd.DataFrame) -> list[Failure]:
    found = [*validate(documents, "documents"), *validate(edits, "edits")]
    length = dict(zip(documents["id"], documents["n_chars_raw"], strict=True))
    for row, (document, end) in enumerate(zip(edits["document"], edits["end"], strict=True)):
        if document not in length:
            found.append(
                Failure(document, "document", "document_exists", _shown(document), row, "edits")
            )
        elif end > length[document]:
            found.append(Failure(document, "end", "span_in_raw_text", str(end), row, "edits"))
    lacking = edits[(edits["status"] == "applied") & edits["after"].isna()]
    for row, document in zip(lacking.index.tolist(), lacking["document"], strict=True):
        found.append(Failure(document, "after", "applied_has_repair", "null", row, "edits"))
    applied = edits.loc[edits["status"] == "applied", "document"].value_counts()
    for row, (document, n) in enumerate(zip(documents["id"], documents["n_edits"], strict=True)):
        if n != applied.get(document, 0):
            found.append(Failure(document, "n_edits", "edits_counted", str(n), row, "documents"))
    return found


def validate_names(names: pd.DataFrame, exists: Callable[[str], bool]) -> list[Failure]:
    """The names table; ``exists`` says whether a document is in the corpus."""
    return [*validate(names, "names"), *unknown_documents(names["documents"], exists)]


def unknown_documents(
    documents: Iterable[Iterable[str]], exists: Callable[[str], bool]
) -> list[Failure]:
    """The documents of names, row by row, that are not in the corpus."""
    return [
        Failure(name, "documents", "document_exists", _shown(name), row, "names")
        for row, ids in enumerate(documents)
        for name in ids
        if not exists(name)
    ]


# --- files --------------------------------------------------------------------------------------


def read_table(path: str | Path) -> pd.DataFrame:
    """A Parquet, JSON lines, CSV or TSV file as a data frame.

    Columns that a table of ours has get its types where every value allows it, so that the schema,
    not the reader, judges the rest. Raises ``TableError``, or ``OSError`` where the file cannot be
    read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror or error}") from error
    if magic == b"PAR1" or path.suffix.lower() == ".parquet":
        return _read_parquet(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableError(f"{path}: not Parquet, and no .jsonl, .csv or .tsv ending")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: not UTF-8 text at byte {error.start}") from error
    frame = reader(path, text)
    return _typed(frame, fill=path.suffix.lower() in (".csv", ".tsv"))


def with_columns(frame: pd.DataFrame, schema: str | Path) -> pd.DataFrame:
    """``frame``; where it has no rows and no columns, as an empty JSONL file, those of the schema.

    A table without rows is sound: a corpus may have no name.
    """
    if len(frame.columns) or str(schema) not in TABLES:
        return frame
    return typed_frame(arrow_schema(str(schema)).empty_table())


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        return typed_frame(pq.read_table(path, partitioning=None))
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"{path}: not a readable Parquet file: {error}") from error


def _read_jsonl(path: Path, text: str) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise TableError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise TableError(f"{path}:{number}: not a JSON object")
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _read_separated(separator: str) -> Callable[[Path, str], pd.DataFrame]:
    def read(path: Path, text: str) -> pd.DataFrame:
        import csv
        import io

        try:
            rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
            names = list(rows.fieldnames or ())
            data = []
            for row in rows:
                if None in row or None in row.values():
                    raise TableError(f"{path}:{rows.line_num}: not {len(names)} values")
                data.append(row)
        except csv.Error as error:
            raise TableError(f"{path}: not a separated-values file: {error}") from error
        if not names or len(set(names)) < len(names):
            raise TableError(f"{path}: the first line does not name each column once")
        return pd.DataFrame(data, columns=names, dtype=object).map(_cell)

    return read


def _cell(value: str) -> object:
    """A cell of a text file: null when empty, a list when it is written as a JSON list.

    Such a file cannot tell an empty text from none; ``_typed`` puts the empty text back where a
    column of ours has no nulls.
    """
    if value == "":
        return None
    if value.startswith("[") and value.endswith("]"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


_READERS: Mapping[str, Callable[[Path, str], pd.DataFrame]] = {
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".csv": _read_separated(","),
    ".tsv": _read_separated("\t"),
}


def _typed(frame: pd.DataFrame, *, fill: bool) -> pd.DataFrame:
    """Give known columns their types, and other columns of text alone the type of text.

    ``fill`` makes nulls empty texts in the known columns of text that have no nulls.
    """
    table = _table_of(frame.columns)
    kinds = {} if table is None else {f.name: f.type for f in arrow_schema(table)}
    if table is not None and fill:
        for name, column in load_schema(table).columns.items():
            if name in frame.columns and kinds[name] == pa.string() and not column.nullable:
                frame[name] = frame[name].map(lambda value: "" if value is None else value)
    for name in frame.columns:
        kind, column = kinds.get(name), frame[name]
        if kind is not None and pa.types.is_integer(kind):
            frame[name] = _numbers(column, int)
        elif kind is not None and pa.types.is_floating(kind):
            frame[name] = _numbers(column, float)
        elif (kind is None or kind == pa.string()) and all(
            value is None or isinstance(value, str) for value in column
        ):
            frame[name] = column.astype("string")
    return frame


def _numbers(column: pd.Series[Any], kind: type[int] | type[float]) -> pd.Series[Any]:
    """The column as numbers when every value is one (or says one, in a text file)."""
    try:
        values = [None if _is_null(v) else _number(v, kind) for v in column]
    except (TypeError, ValueError, OverflowError):
        return column
    if kind is float:
        return pd.Series(values, index=column.index, dtype="float64")
    dtype = "Int64" if None in values else "int64"
    return pd.Series(values, index=column.index, dtype=dtype)


def _number(value: object, kind: type[int] | type[float]) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("not a number")
    try:
        number = kind(value)
    except ValueError:
        number = float(value)  # pandas writes whole numbers beside nulls as "12.0"
    if number != float(value) or (kind is int and not float(value).is_integer()):
        raise ValueError("not a whole number")
    return kind(number)


def _is_null(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def guess_schema(frame: pd.DataFrame, path: str | Path = "") -> str:
    """Which table a frame is: by its columns, else by the file's name. Raises ``TableError``."""
    by_columns = _table_of(frame.columns)
    if by_columns is not None:
        return by_columns
    stem = Path(path).name.partition(".")[0].lower()
    for table in TABLES:
        if table in (stem, f"{stem}s"):
            return table
    raise TableError(
        f"{path}: neither its columns nor its name is of {', '.join(TABLES)}; name the schema"
    )


def _table_of(names: Iterable[object]) -> str | None:
    """The table whose columns are nearly these: more than half of its own, and of no other."""
    present = {str(name) for name in names}
    best = max(TABLES, key=lambda t: len(present & set(columns(t))) / len(columns(t)))
    return best if 2 * len(present & set(columns(best))) > len(columns(best)) else None
