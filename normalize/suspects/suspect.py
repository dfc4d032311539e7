"""What the analyses of this package find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Suspect(NamedTuple):
    """``text[start:end]`` is probably wrong; ``certainty`` is the probability that it is."""

    start: int
    end: int
    reason: str
    certainty: float


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for one of ``phrases``, the longest first; spaces may be several."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    quoted = (
        re.escape(phrase).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for phrase in ordered
    )
    return "(?:" + "|".join(quoted) + ")"
