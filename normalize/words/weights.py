"""The scorer's weights, read once from ``weights.toml``, where each is explained."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Weights:
    """One attribute for each table of ``weights.toml``."""

    channel: dict[str, float]
    word: dict[str, float]
    case: dict[str, float]
    tight: dict[str, float]
    gap: dict[str, float]
    certainty: dict[str, float]
    limits: dict[str, int]

    @classmethod
    def read(cls, tables: dict[str, Any]) -> Weights:
        return cls(**tables)


@lru_cache
def weights() -> Weights:
    """The weights that the package ships."""
    text = (files(__package__) / "weights.toml").read_text(encoding="utf-8")
    return Weights.read(tomllib.loads(text))
