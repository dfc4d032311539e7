"""The fast path: which white-space tokens of a text deserve a closer look.

A token type is judged once and remembered. Sound types go to one set, so a clean text costs a
split, a set difference, and nothing else; only lines with another token are walked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .costs import WordCosts
from .forms import Forms

NONE = float("-inf")

_OPENING = "([{«“„‘\"'¿¡‹*_—–-"
_CLOSING = ")]}»”“’\"'›.,;:!?…*_%—–-"
_PLAIN = re.compile(
    rf"[{re.escape(_OPENING)}]*([^\W\d_]+(?:[-'’‐‑][^\W\d_]+)*)[{re.escape(_CLOSING)}]*"
)
_PARTS = re.compile(r"[-'’‐‑]")
_NUMBER = re.compile(r"[^\w\s]*\d+(?:[.,:/’'–—-]\d+)*[^\w\s,]*[.,;:!?]?")
_MARKS = re.compile(r"[^\w\s.,]+|\.{2,}")
CACHE = 300_000
"""Token types remembered before the memory is emptied: about 40 MB at most."""

SETTLED_BELOW = -1.0
"""A known word whose best cut is worth less than this much more than the whole, before any cost
of losing a space, is settled whatever the document is like."""


@dataclass(frozen=True, slots=True)
class Look:
    """Why a token type is not settled.

    ``cut`` is how much better its best cut is than the whole, before the cost of losing a space.
    ``fragment``: it may be a piece of a word. ``marks``: it has digits or inner punctuation.
    """

    cut: float
    fragment: bool
    marks: bool


class Scanner:
    """Judges the token types of one language."""

    def __init__(self, costs: WordCosts, forms: Forms) -> None:
        self.costs = costs
        self.forms = forms
        self.settled: set[str] = set()
        self.looks: dict[str, Look] = {}

    def unsettled(self, text: str) -> dict[str, Look]:
        """The tokens of a text that are not settled, with the reason."""
        found = {}
        for token in set(text.split()) - self.settled:
            look = self.looks.get(token)
            if look is None:
                look = self._judge(token)
                if look is None:
                    if len(self.settled) > CACHE:
                        self.settled.clear()
                    self.settled.add(token)
                    continue
                if len(self.looks) > CACHE:
                    self.looks.clear()
                self.looks[token] = look
            found[token] = look
        return found

    def _judge(self, token: str) -> Look | None:
        plain = _PLAIN.fullmatch(token)
        if plain is None:
            if _NUMBER.fullmatch(token) or _MARKS.fullmatch(token):
                return None
            return Look(NONE, False, True)
        core = plain.group(1)
        parts = _PARTS.split(core)
        cut, fragment = NONE, False
        at = 0
        for part in parts:
            at += len(part)
            mark = core[at : at + 1]
            at += 1
            lower = part.lower()
            if mark and mark in "'’" and lower not in self.forms.elisions and self.forms.elisions:
                fragment = True
            whole = self.costs.known(lower)
            if whole == NONE:
                fragment = True
            elif whole < RARE or len(part) == 1:
                fragment = True
            if not part.isupper() and part[1:] != lower[1:]:
                cut = 50.0
            cut = max(cut, self.cut(lower, whole))
        if fragment or cut > SETTLED_BELOW:
            return Look(cut, fragment, False)
        return None

    def cut(self, word: str, whole: float) -> float:
        """How much better the best cut in two known words is than the whole."""
        known, best = self.costs.known, NONE
        for place in range(1, len(word)):
            first = known(word[:place])
            if first > NONE:
                best = max(best, first + known(word[place:]))
        if whole == NONE:
            return max(50.0, best)
        return best - whole


RARE = -16.0
"""Log-probability under which a known form may also be a piece of another word."""
