"""What the analysis finds: repairs of white space, each with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from .weights import Weights


@dataclass(frozen=True, slots=True)
class Found:
    """One repair of white space: ``after`` replaces ``[start, end)``.

    ``kind`` says which rule it belongs to, ``margin`` is its log-odds, ``certainty`` the
    calibrated probability.
    """

    start: int
    end: int
    after: str
    kind: str
    certainty: float
    reason: str
    margin: float = 0.0


def calibrated(
    start: int, end: int, after: str, kind: str, margin: float, reason: str, weights: Weights
) -> Found:
    """A repair whose certainty follows from its margin."""
    certainty = weights.certainty
    probability = sigmoid(certainty["scale"] * margin + certainty["shift"])
    return Found(start, end, after, kind, probability, reason, margin)


def sigmoid(x: float) -> float:
    """The probability of log-odds (natural)."""
    return 1.0 / (1.0 + exp(-x)) if x > -700 else 0.0
