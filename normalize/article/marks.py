"""What the analysis says of a line, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ..document import Role


class Ground(StrEnum):
    """What a verdict on a block rests on."""

    OWN_WORDS = "its own words"
    CORPUS = "the same block stands in other documents"
    MARKER = "it follows a marker"
    SIGN_OFF = "it follows the sign-off"
    ALTERNATION = "caption, headline and summary alternate"
    REPEATS = "it repeats another block"
    SCORE = "its look and its place"


class Verdict(NamedTuple):
    """A line that is not of the article: role, ground, certainty and one line of reason."""

    role: Role
    ground: Ground
    certainty: float
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a kept block that is not of the article: ``[start, end)`` of the text."""

    start: int
    end: int
    role: Role
    certainty: float
    reason: str
