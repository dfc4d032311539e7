"""Data frames in, data frames out: one frame, or a stream of them on any engine.

``learn_frames`` and ``clean_frames`` take and give iterators of frames, which is the signature of
Spark's ``mapInPandas`` and of Ray Data's ``map_batches``; ``docs/scaling.md`` shows both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from .config import Config
from .corpus import findings_of, in_text_order
from .engines import as_tree
from .evidence import Evidence
from .packing import pack, unpack
from .pipeline import Cleaned, clean, encoding_clean_view
from .tables import EditRow, plain

COLUMNS = ("title", "lede", "dateline", "agency", "published", "url")


def clean_frame(df: pd.DataFrame, text: str, **settings: Any) -> pd.DataFrame:
    """See ``normalize.clean_frame``."""
    config = Config(**settings)
    names = [str(row) for row in range(len(df))]
    evidence = _learned(_texts(df, text), names, config)
    return _cleaned_frame(df, text, _cleaned(_texts(df, text), config, evidence))


def learn_frames(
    frames: Iterable[pd.DataFrame], *, text: str = "text", document: str = "id", **settings: Any
) -> Iterator[pd.DataFrame]:
    """What all frames teach: one frame of one row, whose column ``evidence`` holds bytes.

    ``document`` names the column of ids, each of one document alone. Raises what
    ``normalize.clean_frame`` raises.
    """
    config = Config(**settings)
    parts = (_learned(_texts(f, text), map(str, f[document]), config) for f in frames)
    whole = as_tree(parts, _merged)
    yield pd.DataFrame({"evidence": [pack(whole or Evidence())]})


def merged_evidence(parts: Iterable[bytes]) -> bytes:
    """The evidence of many ``learn_frames``, as one; the same whatever their order."""
    unpacked: Iterator[Evidence] = map(unpack, parts)
    whole = as_tree(unpacked, _merged)
    return pack(whole or Evidence())


def _merged(one: Evidence, other: Evidence) -> Evidence:
    return one.merge(other)


def clean_frames(
    frames: Iterable[pd.DataFrame],
    evidence: bytes,
    *,
    text: str = "text",
    document: str = "id",
    **settings: Any,
) -> Iterator[pd.DataFrame]:
    """Each frame clean, with the columns of ``normalize.clean_frame`` and ``edits``.

    ``edits`` is a JSON list of the rows that a build's edits table has.
    """
    config, known = Config(**settings), unpack(evidence)
    for frame in frames:
        cleaned = _cleaned(_texts(frame, text), config, known)
        result = _cleaned_frame(frame, text, cleaned)
        rows = [_edits(str(n), c) for n, c in zip(frame[document], cleaned, strict=True)]
        result["edits"] = pd.Series(rows, index=frame.index, dtype="string")
        yield result


def _edits(document: str, cleaned: Cleaned | None) -> str:
    found = () if cleaned is None else findings_of(cleaned, layout=True)
    rows = in_text_order(EditRow.of(document, finding) for finding in found)
    return json.dumps([plain(row) for row in rows], ensure_ascii=False)


def _texts(df: pd.DataFrame, column: str) -> list[str | None]:
    if column not in df.columns:
        found = ", ".join(map(str, df.columns))
        raise KeyError(f"no column {column!r}; there are {found}")
    return [None if _is_null(value) else _string(value, column) for value in df[column]]


def _learned(texts: Iterable[str | None], names: Iterable[str], config: Config) -> Evidence:
    parts = (
        Evidence.collect(encoding_clean_view(raw, config), name)
        for name, raw in zip(names, texts, strict=True)
        if raw is not None
    )
    return as_tree(parts, _merged) or Evidence()


def _cleaned(
    texts: Iterable[str | None], config: Config, evidence: Evidence
) -> list[Cleaned | None]:
    return [None if raw is None else clean(raw, config, evidence, layout=True) for raw in texts]


def _cleaned_frame(df: pd.DataFrame, text: str, cleaned: list[Cleaned | None]) -> pd.DataFrame:
    result = df.copy()
    result[text] = pd.Series([c and c.text for c in cleaned], index=df.index, dtype="string")
    for name, values in _columns(cleaned).items():
        if name not in df.columns:
            result[name] = pd.Series(values, index=df.index)
    return result


def _columns(cleaned: list[Cleaned | None]) -> dict[str, list[Any]]:
    stated = {name: [c and _fact(c, name) for c in cleaned] for name in COLUMNS}
    return stated | {
        "n_edits": [0 if c is None else len(c.edits) for c in cleaned],
        "n_dropped_blocks": [0 if c is None else c.n_dropped_blocks for c in cleaned],
    }


def _fact(cleaned: Cleaned, name: str) -> str | None:
    found: str | None = getattr(cleaned if name in ("title", "lede") else cleaned.facts, name)
    return found


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _string(value: object, column: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"column {column!r} holds {value!r}, which is no text")
    return value
