"""The fast path: which white-space tokens of a text deserve a closer look.

A token type is judged once and remembered. Sound types go to one set, so a clean text costs a
split, a set difference, and nothing else; only lines with another token are walked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .costs import NONE, WordCosts
from .forms import APOSTROPHES, LETTER, Forms, case_changes, lowered
from .gaps import Gap, Gaps
from .weights import Weights

_OPENING = re.escape("([{«“„‘\"'¿¡‹*_—–-")
_CLOSING = re.escape(")]}»”“’\"'›.,;:!?…*_%—–-")
_PLAIN = re.compile(rf"[{_OPENING}]*{LETTER}+(?:[-'’‐‑]{LETTER}+)*[{_CLOSING}]*")
_NUMBER = re.compile(r"[^\w\s,.]*\d+(?:[.,:/’'–—-]\d+)*[^\w\s,(\[«“]*[.,;:!?]?")
_MARKS = re.compile(r"[^\w\s.,]+|\.{2,}")
_SET_OFF = re.compile(r"[«»;:!?]")
FIRST_RUN = re.compile(rf"{LETTER}+")
LAST_RUN = re.compile(rf"{LETTER}+\Z")

IDENTIFIER = 3
"""Changes of case from which a run of letters is an identifier of a program."""

CACHE = 300_000
"""Token types remembered before the memory is emptied: about 60 MB at most."""

SETTLED_BELOW = -1.5
"""A known word whose best cut is worth less than this much more than the whole, before any cost
of losing a space, is settled whatever the document is like."""

RARE = -11.5
"""Log-probability under which a known form may also be a piece of another word."""

NO_EVIDENCE = 4.0
"""A word that the document repeats vouches for itself unless a cut is worth this much more."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a token type that is not settled.

    Attributes:
        cut: how much better the best cut of its letters is than none, before the cost of losing
            a space (natural log).
        glance: the places where a glance finds a space missing, in order, with the evidence.
        gaps: the places where punctuation or digits ask for a space.
        fragment: whether it may be a piece of a word.
        halves: the two words of each cut that is better than none.
        vouched: words outside the lexicon that the token bears witness of.
    """

    cut: float
    glance: tuple[tuple[int, float], ...]
    gaps: tuple[Gap, ...]
    fragment: bool
    halves: tuple[tuple[str, str], ...]
    vouched: tuple[str, ...]


class Scanner:
    """Judges the token types of one language."""

    def __init__(self, costs: WordCosts, forms: Forms, weights: Weights) -> None:
        self.costs = costs
        self.forms = forms
        self.weights = weights
        self._gaps = Gaps(costs, forms, weights)
        self._settled: set[str] = set()
        self._looks: dict[str, Look] = {}
        self._ends: dict[str, tuple[str, str]] = {}

    def unsettled(self, text: str) -> dict[str, Look]:
        """The tokens of a text that are not settled, with what is known of each."""
        found = {}
        for token in set(text.split()) - self._settled:
            look = self._looks.get(token)
            if look is None:
                look = self._judge(token)
                if look is None:
                    if len(self._settled) > CACHE:
                        self._settled.clear()
                    self._settled.add(token)
                    continue
                if len(self._looks) > CACHE:
                    self._looks.clear()
                self._looks[token] = look
            found[token] = look
        return found

    def ends(self, token: str) -> tuple[str, str]:
        """The letters that a token starts and ends with, lower case; empty where a mark stands."""
        found = self._ends.get(token)
        if found is None:
            if len(self._ends) > CACHE:
                self._ends.clear()
            head, tail = FIRST_RUN.match(token), LAST_RUN.search(token)
            found = self._ends[token] = (
                lowered(head.group()) if head else "",
                lowered(tail.group()) if tail else "",
            )
        return found

    def _judge(self, token: str) -> Look | None:
        if _NUMBER.fullmatch(token) or _MARKS.fullmatch(token) or len(token) > LONGEST:
            return None
        plain = _PLAIN.fullmatch(token) is not None and not (
            token[0] in "-–" or (self.forms.spaced and _SET_OFF.search(token))
        )
        best, fragment = NONE, token in ",."
        longest = self.weights.limits["word_letters"]
        places: list[tuple[int, float]] = []
        vouched: list[str] = []
        halves: list[tuple[str, str]] = []
        for match in FIRST_RUN.finditer(token):
            run = match.group()
            lower = lowered(run)
            elides = token[match.end() : match.end() + 1] in APOSTROPHES and match.end() < len(
                token
            )
            cut, place = self._cut(run, lower, elides)
            best = max(best, cut, LONG if len(run) > longest and cut > NONE else NONE)
            if cut > 0.0:
                places.append((match.start() + place, cut))
                halves.append((run[:place], run[place:]))
            known = self.costs.known(lower)
            stray_letter = len(run) == 1 and not elides and lower not in self.forms.letters
            if stray_letter or known < RARE:
                fragment = True
            if known == NONE and cut < NO_EVIDENCE:
                vouched.append(lower)
        found = () if plain else tuple(self._gaps.find(token))
        if best < SETTLED_BELOW and not fragment and not found:
            return None
        glance = sorted([*places, *((g.place, g.evidence) for g in found if not g.needs)])
        return Look(best, tuple(glance), found, fragment, tuple(halves), tuple(vouched))

    def _cut(self, run: str, lower: str, elides: bool) -> tuple[float, int]:
        """How much better the best cut of a run in two is than none, and where it is."""
        costs, forms = self.costs, self.forms
        known = costs.known
        elides = elides and bool(forms.elisions)
        whole = known(lower)
        unknown = whole == NONE
        if unknown:
            whole = costs.unknown(lower)
            if run != lower and run[1:] == lower[1:]:
                whole += self.weights.case["unknown_name"]
        if elides and lower not in forms.elisions:
            whole += self.weights.tight["not_elided"]
        mixed = run[1:] != lower[1:]
        if mixed:
            if run.isupper() or is_identifier(run):
                return NONE, 0
            inner = "inner" if unknown or run[0].islower() else "known_inner"
            whole = max(whole + self.weights.case[inner], costs.brand(run))
        best, at = NONE, 0
        # A known word is two words only where both are known, and the first is found in one look.
        places = range(1, len(lower)) if unknown else map(len, costs.prefixes(lower))
        for place in places:
            if place == len(lower):
                break
            first, second = lower[:place], lower[place:]
            left, right = known(first), known(second)
            if mixed and run[place].isupper() and run[place - 1].islower():
                left = left if left > NONE else costs.unknown(first)
                right = right if right > NONE else costs.unknown(second)
            elif unknown and (left > PARTNER or right > PARTNER):
                glued = self.weights.word["unknown_glued"]
                left = left if left > NONE else costs.unknown(first) + glued
                right = right if right > NONE else costs.unknown(second) + glued
            if left + right <= best:
                continue
            worth = left + right + self._alone(first, False) + self._alone(second, elides)
            if worth > best:
                best, at = worth, place
        return best - whole, at

    def _alone(self, word: str, elides: bool) -> float:
        """What a part costs because it cannot stand where it would stand."""
        if elides:
            return 0.0 if word in self.forms.elisions else self.weights.tight["not_elided"]
        if len(word) == 1 and word not in self.forms.letters:
            return self.weights.word["letter"]
        return 0.0


def is_identifier(run: str) -> bool:
    """Whether a run of letters is a name in a program: ``getDocumentsByLanguage``."""
    return run[:1].islower() and len(case_changes(run)) >= IDENTIFIER


PARTNER = -10.0
"""Log-probability of a word that may stand beside an unknown one without a space."""

LONG = 50.0
"""What a run of letters longer than any word counts as the worth of its best cut."""

LONGEST = 4000
"""Characters of a token above which it is no text."""
