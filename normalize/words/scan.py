"""The fast path: which white-space tokens of a text deserve a closer look.

A token type is judged once and remembered. Plain words go to one set, so a clean text costs a
split, a set difference, and nothing else; only lines with another token are walked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from ..lexicon import OPEN, VALID, WHOLES
from ..memory import Remembered
from .costs import NONE, WordCosts
from .forms import APOSTROPHES, LETTER, Forms, case_changes, lowered
from .gaps import Gap, Gaps
from .weights import Weights

_OPENING = re.escape("([{«“„‘\"'¿¡‹*_—–-")
_CLOSING = re.escape(")]}»”“’\"'›.,;:!?…*_%—–-")
_PLAIN = re.compile(rf"[{_OPENING}]*{LETTER}+(?:[-'’‐‑]{LETTER}+)*[{_CLOSING}]*")
_BEHIND = ").,]”…"
"""Marks that no language sets off: with them behind one word, a token has its usual form."""
_NUMBER = re.compile(r"[^\w\s,.]*\d+(?:[.,:/’'–—-]\d+)*[^\w\s,(\[«“]*[.,;:!?]?")
_DATED = re.compile(r"\d{1,2},\d{4}(?!\d)")
_MARKS = re.compile(r"[^\w\s.,]+|\.{2,}")
_SET_OFF = re.compile(r"[«»;:!?]")
FIRST_RUN = re.compile(rf"{LETTER}+")
LAST_RUN = re.compile(rf"{LETTER}+\Z")
RUNS = FIRST_RUN.findall

CLOSING = ",."
"""Marks that a space before them has come loose from, as a token."""

IDENTIFIER = 3
"""Changes of case from which a run of letters is an identifier of a program."""

_STATE = VALID | OPEN

CLOSE_FROM = -5.5
"""Log-odds of a lost space in a document from which every word of it deserves a close scan."""

CACHE = 1 << 16
"""Token types remembered before the memory is emptied: about 15 MB at most for each language."""

SETTLED_BELOW = -1.5
"""A known word whose best cut is worth less than this much more than the whole, before any cost
of losing a space, is settled whatever the document is like."""

RARE = -11.5
"""Log-probability under which a known form may also be a piece of another word."""

NO_EVIDENCE = 4.0
"""A word that the document repeats vouches for itself unless a cut is worth this much more."""


@dataclass(slots=True, eq=False)
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
        tells: whether there is more to it than that it may be a piece or hold a doubtful cut.
        worth: what a piece is worth by itself, at the least.
        leads: how much more than the letters at the end of a piece any longer word of the lexicon
            is worth, at the most, that starts with them; -inf where there is none.
        trails: the same of the letters at its start and the words that end with them.
        sound: whether it is one word of a dictionary, with marks behind it at the most.
    """

    cut: float
    glance: tuple[tuple[int, float], ...]
    gaps: tuple[Gap, ...]
    fragment: bool
    halves: tuple[tuple[str, str], ...]
    vouched: tuple[str, ...]
    tells: bool
    worth: float = NONE
    leads: float = NONE
    trails: float = NONE
    sound: bool = False

    @property
    def settled(self) -> bool:
        """Whether the token needs no closer look, whatever the document is like."""
        return self.cut < SETTLED_BELOW and not self.fragment and not self.gaps


NO_LOOK = Look(NONE, (), (), False, (), (), False)
_FREQUENT = Look(NONE, (), (), False, (), (), False, sound=True)
ANY = float("inf")
ANY_WHOLE = 0x11
"""The wholes of letters that may be pieces of any word, however frequent."""


def _look_of_sound(known: tuple[float, int]) -> Look:
    worth, wholes = known
    leads, trails = WHOLES[wholes >> 4] - worth, WHOLES[wholes & 15] - worth
    return Look(NONE, (), (), worth < RARE, (), (), False, worth, leads, trails, True)


_SOUND = Remembered(_look_of_sound, 1 << 16)
"""The looks of words that are sound as they stand, by what they are worth and their wholes; rare
ones may be pieces of others. A lexicon has few levels and wholes, so there are few of them."""


def _head(token: str) -> str:
    """The letters that a token starts with, lower case; none where a mark stands there."""
    if token.isascii() and token.isalpha():  # as most tokens, and no search is needed
        return token.lower()
    found = FIRST_RUN.match(token)
    return lowered(found[0]) if found else ""


def _tail(token: str) -> str:
    """The letters that a token ends with."""
    if token.isascii() and token.isalpha():
        return token.lower()
    found = LAST_RUN.search(token)
    return lowered(found[0]) if found else ""


ENDS_KEPT = 4_096
"""Tokens whose first and last letters are remembered: less than a megabyte, of usual ones."""
HEADS, TAILS = Remembered(_head, ENDS_KEPT), Remembered(_tail, ENDS_KEPT)


class Judged(NamedTuple):
    """The token types of a text that are not settled, with what is known of them; and the types
    that may be something else than one word of a dictionary, with marks behind it at the most."""

    looks: dict[str, Look]
    doubtful: frozenset[str]


class Scanner:
    """Judges the token types of one language.

    A scanner that is not ``close`` takes the word of a dictionary that the lexicon does not hold
    open for what it is. The best cut of such a word is worth too little to be read in a document
    whose prior is below ``CLOSE_FROM``, and nearly all words of a text are of this kind. ``cuts``
    remembers the best cuts of runs of letters, for both kinds of scanner.
    """

    def __init__(
        self,
        costs: WordCosts,
        forms: Forms,
        weights: Weights,
        *,
        close: bool,
        cuts: Remembered[tuple[str, bool], tuple[float, int]] | None = None,
    ) -> None:
        self._close = close
        self._look_up = costs.look_up
        self.costs = costs
        self.forms = forms
        self.weights = weights
        self._gaps = Gaps(costs, forms, weights)
        self._plain: set[str] = set()  # settled, being words of a dictionary
        self._settled: set[str] = set()  # otherwise
        self._looks: dict[str, Look] = {}
        self._elided = Remembered(partial(self._run, elides=True), CACHE)
        self.cuts = Remembered(self._cut, CACHE) if cuts is None else cuts
        self._of_agencies = frozenset(
            part
            for agency in forms.agencies
            for place in range(1, len(agency))
            for part in (agency[:place], agency[place:])
        )

    @cached_property
    def _partners(self) -> frozenset[str]:
        """What may be a word that stands beside an unknown one without a space."""
        return self.costs.frequent(PARTNER)

    def judge(self, types: AbstractSet[str]) -> Judged:
        """Judge the token types of a text."""
        found: dict[str, Look] = {}
        doubtful: list[str] = []
        looks, settled = self._looks, self._settled
        for token in types - self._plain:
            look = looks.get(token)
            if look is not None:
                found[token] = look
            else:
                look = NO_LOOK if token in settled else self._judge(token)
                if not look.settled:
                    found[token] = look
            if not look.sound:
                doubtful.append(token)
        return Judged(found, frozenset(doubtful))

    def _judge(self, token: str) -> Look:
        """What is known of a new token; it is remembered."""
        look = self._look(token)
        if not look.settled:
            if len(self._looks) > CACHE:
                self._looks.clear()
            self._looks[token] = look
            return look
        settled = self._plain if look.sound else self._settled
        if len(settled) > CACHE:
            settled.clear()
        settled.add(token)
        return look

    def _look(self, token: str) -> Look:
        """What is known of a token."""
        if len(token) > LONGEST or token.isdecimal():
            return NO_LOOK
        run = token.rstrip(_BEHIND)
        if (run.isascii() and run.isalpha()) or FIRST_RUN.fullmatch(run):
            if run in self._plain:
                return _FREQUENT
            if run in self._settled:
                return NO_LOOK
            return self._run(run, closed=len(run) < len(token))
        if _MARKS.fullmatch(token):
            return NO_LOOK
        if _NUMBER.fullmatch(token) and not (self.forms.thousands and _DATED.match(token)):
            return NO_LOOK
        return self._parts(token)

    def _run(self, run: str, *, elides: bool = False, closed: bool = False) -> Look:
        """What is known of a run of letters; ``elides`` if an apostrophe stands behind it.

        With another mark behind it, it is ``closed``, and starts no longer word.
        """
        lower = run.lower() if run.isascii() else lowered(run)
        found = self._look_up(lower)
        if (
            not self._close
            and not elides
            and found
            and found[1] & _STATE == VALID
            and run[1:] == lower[1:]
            and len(run) > 1
        ):
            worth, _, wholes = found
            if lower in self._of_agencies:
                wholes = ANY_WHOLE
            return _SOUND[worth, wholes & 15 if closed else wholes]
        cut, place = self.cuts[run, elides]
        known = self.costs.base(lower)
        stray_letter = len(run) == 1 and not elides and lower not in self.forms.letters
        fragment = stray_letter or known < RARE
        vouched = (lower,) if known == NONE and cut < NO_EVIDENCE else ()
        is_long = len(run) > self.weights.limits["word_letters"] and cut > NONE
        best = max(cut, LONG) if is_long else cut
        if found:
            wholes = ANY_WHOLE if lower in self._of_agencies else found[2]
            worth, leads, trails = known, WHOLES[wholes >> 4] - known, WHOLES[wholes & 15] - known
        else:
            worth, leads, trails = NONE, ANY, ANY
        if closed:
            leads = NONE
        if cut > 0.0:
            glance, halves = ((place, cut),), ((run[:place], run[place:]),)
            return Look(best, glance, (), fragment, halves, vouched, True, worth, leads, trails)
        return Look(best, (), (), fragment, (), vouched, bool(vouched), worth, leads, trails)

    def _parts(self, token: str) -> Look:
        """The same for a token of any number of runs and other characters."""
        plain = _PLAIN.fullmatch(token) is not None and not (
            token[0] in "-–" or (self.forms.spaced and _SET_OFF.search(token))
        )
        best, fragment = NONE, token in CLOSING
        places: list[tuple[int, float]] = []
        vouched: tuple[str, ...] = ()
        halves: tuple[tuple[str, str], ...] = ()
        leads = trails = NONE
        for match in FIRST_RUN.finditer(token):
            start, end = match.span()
            elides = end < len(token) and token[end] in APOSTROPHES
            look = self._elided[match[0]] if elides else self._run(match[0])
            best = max(best, look.cut)
            fragment = fragment or look.fragment
            places += [(start + place, cut) for place, cut in look.glance]
            vouched += look.vouched
            halves += look.halves
            if end == len(token):
                leads = look.leads
            if not start:
                trails = look.trails
        gaps = () if plain else tuple(self._gaps.find(token))
        places += [(gap.place, gap.evidence) for gap in gaps if not gap.needs]
        tells = bool(places or gaps or vouched or halves or token in CLOSING)
        glance = tuple(sorted(places))
        return Look(best, glance, gaps, fragment, halves, vouched, tells, NONE, leads, trails)

    def _cut(self, of: tuple[str, bool]) -> tuple[float, int]:
        """How much better the best cut of a run in two is than none, and where it is."""
        run, elides = of
        lower = lowered(run)
        costs, forms = self.costs, self.forms
        elides = elides and bool(forms.elisions)
        whole = costs.base(lower)
        unknown = whole == NONE
        if unknown:
            whole = max(costs.unknown(lower), costs.foreign(lower))
            if run != lower and run[1:] == lower[1:]:
                whole += self.weights.case["unknown_name"]
        if elides and lower not in forms.elisions:
            whole += self.weights.tight["not_elided"]
        mixed = run[1:] != lower[1:]
        if mixed:
            if run.isupper() or is_identifier(run):
                return (NONE if run.isupper() else 0.0), 0
            inner = "known_inner" if costs.has_inner(run, lower) else "inner"
            whole = max(whole + self.weights.case[inner], costs.brand(run))
        if mixed:
            best, at = self._cut_camel(run, lower, elides)
        else:
            best, at = self._cut_plain(lower, elides, unknown)
        return best - whole, at

    def _cut_plain(self, lower: str, elides: bool, unknown: bool) -> tuple[float, int]:
        """What the best two words that a run falls into are worth, and where it is cut.

        A glance: a word that only its morphology tells counts as unknown here, unless it stands
        behind a frequent one. A known run is two words only where both are known.
        """
        base, words = self.costs.base, self.costs.words
        best, at = NONE, 0
        if not unknown:
            for first in self.costs.prefixes(lower):
                place = len(first)
                second = lower[place:]
                if second not in words:
                    continue
                worth = base(first) + base(second)
                if worth > best and (elides or place == 1 or len(second) == 1):
                    worth += self._alone(first, False) + self._alone(second, elides)
                if worth > best:
                    best, at = worth, place
            return best, at
        glued, unknown_worth = self.weights.word["unknown_glued"], self.costs.unknown
        partners = self._partners
        size = len(lower)
        starts = set(map(len, self.costs.prefixes(lower)))
        places: Sequence[int] = range(1, size)
        if size > 2 * LONGEST_CHAIN:  # no cut that is left out has a known word beside it
            places = sorted({*starts - {size}, *range(size - LONGEST_CHAIN, size)})
        for place in places:
            second = lower[place:]
            left = base(lower[:place]) if place in starts else NONE
            if left == NONE:
                if second not in partners or (right := base(second)) <= PARTNER:
                    continue
                left = unknown_worth(lower[:place]) + glued
            elif (right := base(second) if left > PARTNER or second in words else NONE) == NONE:
                if left <= PARTNER:
                    continue
                right = unknown_worth(second) + glued
            worth = left + right + self._alone(lower[:place], False) + self._alone(second, elides)
            if worth > best:
                best, at = worth, place
        if CHAIN_LETTERS <= len(lower) <= LONGEST_CHAIN:
            best, at = max((best, at), self._chain(lower))
        return best, at

    def _cut_camel(self, run: str, lower: str, elides: bool) -> tuple[float, int]:
        """The same for a run with a capital inside, where unknown words may meet."""
        known, unknown = self.costs.base, self.costs.unknown
        best, at = NONE, 0
        for place in range(1, len(lower)):
            first, second = lower[:place], lower[place:]
            left, right = known(first), known(second)
            if run[place].isupper() and run[place - 1].islower():
                left = left if left > NONE else unknown(first)
                right = right if right > NONE else unknown(second)
            elif left > PARTNER or right > PARTNER:
                glued = self.weights.word["unknown_glued"]
                left = left if left > NONE else unknown(first) + glued
                right = right if right > NONE else unknown(second) + glued
            if left + right <= best:
                continue
            worth = left + right + self._alone(first, False) + self._alone(second, elides)
            if worth > best:
                best, at = worth, place
        return best, at

    def _chain(self, lower: str) -> tuple[float, int]:
        """Log-probability of a run as known words, three or more, and where the first ends."""
        size, known, letters = len(lower), self.costs.base, self.forms.letters
        best, first, words = [0.0] + [NONE] * size, [0] * (size + 1), [0] * (size + 1)
        for start in range(size):
            if best[start] == NONE:
                continue
            lost = CHAIN_LOST if words[start] > 0 else 0.0
            found = self.costs.prefixes(lower[start:])
            for length, word in zip(map(len, found), found, strict=True):
                end = start + length
                if length == 1 and word not in letters:
                    continue
                worth = best[start] + known(word) + lost
                if worth > best[end]:
                    best[end], words[end] = worth, words[start] + 1
                    first[end] = first[start] if start else end
        return (best[size], first[size]) if words[size] > 2 else (NONE, 0)

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


CHAIN_LETTERS = 7
"""Letters from which a run may be three words."""

LONGEST_CHAIN = 60

CHAIN_LOST = -5.0
"""Log-odds of losing one more space in the same run, for a glance."""

PARTNER = -10.0
"""Log-probability of a word that may stand beside an unknown one without a space."""

LONG = 50.0
"""What a run of letters longer than any word counts as the worth of its best cut."""

LONGEST = 4000
"""Characters of a token above which it is no text."""
