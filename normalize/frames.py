"""Data frames in, data frames out."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pandas as pd

from .config import Config
from .evidence import Evidence
from .pipeline import Cleaned, clean, encoding_clean_view


def clean_frame(df: pd.DataFrame, text: str, **settings: Any) -> pd.DataFrame:
    """See ``normalize.clean_frame``."""
    if text not in df.columns:
        found = ", ".join(map(str, df.columns))
        raise KeyError(f"no column {text!r}; there are {found}")
    config = Config(**settings)
    texts = [None if _is_null(value) else _string(value, text) for value in df[text]]
    parts = (
        Evidence.collect(encoding_clean_view(raw, config), str(row))
        for row, raw in enumerate(texts)
        if raw is not None
    )
    evidence = reduce(Evidence.merge, parts, Evidence())
    cleaned = [None if raw is None else clean(raw, config, evidence, layout=True) for raw in texts]
    result = df.copy()
    result[text] = pd.Series([c and c.text for c in cleaned], index=df.index, dtype="string")
    for name, values in _columns(cleaned).items():
        if name not in df.columns:
            result[name] = pd.Series(values, index=df.index)
    return result


def _columns(cleaned: list[Cleaned | None]) -> dict[str, list[Any]]:
    return {
        "title": [c and c.title for c in cleaned],
        "lede": [c and c.lede for c in cleaned],
        "dateline": [c and c.facts.dateline for c in cleaned],
        "agency": [c and c.facts.agency for c in cleaned],
        "published": [c and c.facts.published for c in cleaned],
        "url": [c and c.facts.url for c in cleaned],
        "n_edits": [0 if c is None else len(c.edits) for c in cleaned],
        "n_dropped_blocks": [0 if c is None else c.n_dropped_blocks for c in cleaned],
    }


def _is_null(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _string(value: object, column: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"column {column!r} holds {value!r}, which is no text")
    return value
