"""Spaces that punctuation and digits ask for, inside one white-space token.

Each :class:`Gap` bears evidence: how much more likely (natural log) the place is to have lost a
space than to be written without one, before the document's own rate of lost spaces is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..protect import SUFFIXES
from .costs import NONE, WordCosts
from .forms import APOSTROPHES, LETTER, Forms
from .weights import Weights

_ATOM = re.compile(rf"{LETTER}+|\d+|--+|[^\W\d_]+|.", re.DOTALL)
_MATCH = {"(": ")", "[": "]", "«": "»", "“": "”", "¿": "?", "¡": "!"}
_CLOSERS = ")]»”"
_QUOTES = '"'
_DASHES = ("–", "--", "-")
_STOPS = ",;:.!?"
_SHORT_ENDING = 3
"""Letters of an ending in brackets: "étudiant(e)s", "mot(s)"."""


LONGEST_LITTLE = 12
"""Letters of a function word at the most, and one."""

SYMBOL = -9.5
"""Log-probability under which a unit of three letters or more is a symbol (GHz), not a word."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A space is missing at ``place`` (offset in the token).

    ``needs`` says what the rest of the document has to confirm: ``opening`` or ``closing``, that
    the straight quotation mark there opens or closes; ``line end``, that a line of the source
    ended there; ``spaced``, that and that the mark is set off with a space elsewhere; or nothing.
    """

    place: int
    kind: str
    evidence: float
    needs: str = ""


class Gaps:
    """Finds the gaps of tokens in one language."""

    def __init__(self, costs: WordCosts, forms: Forms, weights: Weights) -> None:
        self._costs = costs
        self._forms = forms
        self._weight = weights.gap

    def find(self, token: str) -> Iterator[Gap]:
        """The places of a token where punctuation or digits ask for a space."""
        atoms = _ATOM.findall(token)
        at = 0
        for index in range(len(atoms) - 1):
            left, right = atoms[index], atoms[index + 1]
            at += len(left)
            if left[0].isdigit() and right[0].isdigit():
                continue
            if left == "," and self._is_dated(atoms, index):
                yield Gap(at, "mark", self._weight["comma"])
                continue
            if _is_word(left) and right.isdecimal():
                evidence, kind, needs = self._word_number(atoms, index), "digit", ""
            elif left.isdecimal() and _is_word(right):
                evidence, kind, needs = self._number_word(atoms, index), "digit", ""
            else:
                kind = "mark"
                evidence, needs = self._mark(atoms, index)
            if evidence > 0.0:
                yield Gap(at, kind, evidence, needs)

    def _is_dated(self, atoms: list[str], index: int) -> bool:
        """Whether a comma stands between a day and a year: no thousands have four digits."""
        day, year = atoms[index - 1] if index else "", atoms[index + 1]
        if self._forms.thousands != "," or not day.isdecimal() or not year.isdecimal():
            return False
        return len(day) < 3 and len(year) == 4 and "1700" < year < "2100"

    def _mark(self, atoms: list[str], index: int) -> tuple[float, str]:
        """Evidence for a space between two atoms one of which is a mark."""
        left, right = atoms[index], atoms[index + 1]
        weight = self._weight
        if right in _QUOTES and (_is_word(left) or left.isdecimal() or left in ",;:.)"):
            return weight["quote"], "opening"
        if left in _QUOTES and index and (_is_word(right) or right.isdecimal() or right in "(["):
            return weight["quote"], "closing"
        if right in self._forms.spaced and right != "»" and (left.isalnum() or left in _CLOSERS):
            return weight["inside"], "spaced"
        if left == "«" and (right.isalnum() or right in "(["):
            return weight["inside"], "spaced"
        if right == "»" and (left.isalnum() or left in ").,!?…"):
            return weight["inside"], "spaced"
        if right in _MATCH:
            return self._before_opener(atoms, index), ""
        if left in _DASHES and index == 0 and _is_word(right) and len(right) > 1:
            return weight["dash"], "line end"
        if right in _DASHES and index + 2 == len(atoms) and left.isalnum() and right != "-":
            return weight["dash"], "line end"
        if _is_word(right) or right.isdecimal():
            return self._after_mark(atoms, index), ""
        return 0.0, ""

    def _before_opener(self, atoms: list[str], index: int) -> float:
        """Evidence for a space in front of an opening bracket or quotation mark."""
        left, right = atoms[index], atoms[index + 1]
        weight = self._weight
        if right not in "([":
            return weight["opening"] if left.isalnum() or left in _CLOSERS + _STOPS else 0.0
        if not (_is_word(left) or left.isdecimal()):
            return 0.0
        rest = "".join(atoms[index + 2 :])
        inside, closed, _ = rest.partition(_MATCH[right])
        if len(left) == 1 or not inside:
            return 0.0
        if closed and len(inside) <= _SHORT_ENDING and inside.islower():
            return 0.0
        if left.isdecimal():
            return weight["number_bracket"]
        return weight["opening"] if left.islower() or left.isupper() or left.istitle() else 0.0

    def _after_mark(self, atoms: list[str], index: int) -> float:
        """Evidence for a space between a punctuation mark and the word or number behind it."""
        mark, right = atoms[index], atoms[index + 1]
        before = atoms[index - 1] if index else ""
        weight = self._weight
        word = _is_word(right)
        if mark in ",;":
            if mark in self._forms.spaced and not before and word:
                return weight["comma"]
            if mark == ";" and before.isupper() and right.isupper():
                return 0.0  # TL;DR
            if before and (word or not before.isdecimal()):
                return weight["comma"]
        elif mark in ".…":
            return self._after_stop(atoms, index)
        elif mark == ":":
            if before and word and not before.isdecimal():
                return weight["colon"]
        elif mark in "!?":
            if word and len(right) > 1 and (before or mark in self._forms.spaced):
                return weight["exclamation"]
        elif mark in "%°²³" and word and len(right) > 1:
            unit = mark == "°" and right.lower() in self._forms.units
            return weight["closing"] if not unit else 0.0
        elif mark in _CLOSERS:
            return self._after_closer(atoms, index)
        return 0.0

    def _after_closer(self, atoms: list[str], index: int) -> float:
        mark, right = atoms[index], atoms[index + 1]
        word = _is_word(right) and (len(right) > 1 or right in self._forms.letters)
        if mark in ")]":
            opener = "(" if mark == ")" else "["
            for back in range(index - 1, -1, -1):
                if atoms[back] == opener:
                    touched = back > 0 and atoms[back - 1].isalnum()
                    if len(right) == 1 and index - back < 3 and len(atoms[back + 1]) < 3:
                        return 0.0  # (a)o
                    return self._weight["closing"] if word and not touched else 0.0
            return self._weight["closing"] if word else 0.0
        return self._weight["closing"]

    def _after_stop(self, atoms: list[str], index: int) -> float:
        """Evidence for a space after a full stop: two sentences, not a name or an address."""
        right = atoms[index + 1]
        before = atoms[index - 1] if index else ""
        following = atoms[index + 2] if index + 2 < len(atoms) else ""
        weight = self._weight
        lower = right.lower()
        if not _is_word(right) or not right[0].isupper():
            initials = index > 2 and atoms[index - 2] == "." and len(before) == 1
            little = len(right) > 1 and right == lower and lower in self._forms.function_words
            return weight["stop"] if initials and before.isupper() and little else 0.0
        elided = bool(following) and following in APOSTROPHES and lower in self._forms.elisions
        known = elided or (len(right) > 1 and self._costs.known(lower) > NONE)
        if len(right) > 1 and right.isupper() and lower not in self._forms.function_words:
            return 0.0
        if before and (before in _CLOSERS + '"%' or before.isdecimal()):
            return weight["stop"] if known else 0.0
        if (
            index == 1
            and len(right) > 2
            and right[1:].islower()
            and before in self._forms.addresses
        ):
            return weight["title"]
        if not _is_word(before) or len(before) < 2:
            return 0.0
        if before.lower() in self._forms.abbreviations:
            return 0.0
        if lower in SUFFIXES and lower not in self._forms.function_words:
            return 0.0
        if len(right) == 1 and not elided:
            return weight["stop_doubtful"] if lower in self._forms.letters else 0.0
        if before.isupper() and len(before) < 4:
            return weight["stop_doubtful"] if known else 0.0
        if known or self._costs.known(before.lower()) > NONE:
            return weight["stop"]
        return weight["stop_doubtful"]

    def _word_number(self, atoms: list[str], index: int) -> float:
        """Evidence for a space between a word and the number behind it."""
        left, right = atoms[index], atoms[index + 1]
        before = atoms[index - 1] if index else ""
        lower = left.lower()
        weight = self._weight
        if left.isupper() or left[1:] != lower[1:]:
            return 0.0
        month = self._ends_with(lower, self._forms.months)
        elided = (
            index > 1 and before in APOSTROPHES and atoms[index - 2].lower() in self._forms.elisions
        )
        if before.isdecimal() and not month:
            return (
                weight["word_digit"]
                if len(left) > 1 and left in self._forms.function_words
                else 0.0
            )
        if before and before not in '(«“"[' and not elided and not month:
            return 0.0
        if month:
            return weight["month"] if len(right) in (1, 2, 4) else 0.0
        if len(lower) > 1 and self._ends_with(lower, self._forms.function_words):
            return weight["function_digit"]
        following = atoms[index + 2] if index + 2 < len(atoms) else ""
        if left == lower and len(left) > 2 and self._costs.known(lower) > NONE:
            return weight["word_digit"] if not _is_word(following) else 0.0  # seq2seq
        if left in self._forms.letters and not left.isascii():
            return weight["function_digit"]
        if left in self._forms.letters and len(right) > 1:
            return weight["letter_digit"]
        return 0.0

    def _ends_with(self, run: str, words: frozenset[str]) -> bool:
        """Whether a run is one of the words, or a known word glued to one."""
        if run in words:
            return True
        known = self._costs.known
        return known(run) == NONE and any(
            run[place:] in words and known(run[:place]) > NONE for place in range(1, len(run) - 1)
        )

    def _starts_with(self, run: str, words: frozenset[str]) -> bool:
        """Whether a run is one of the words, or one of them glued to a known word or a name."""
        lower = run.lower()
        if lower in words:
            return True
        known = self._costs.known
        return known(lower) == NONE and any(
            run[:place] in words and (run[place].isupper() or known(run[place:]) > NONE)
            for place in range(1, min(len(run), LONGEST_LITTLE))
        )

    def _number_word(self, atoms: list[str], index: int) -> float:
        """Evidence for a space between a number and the word behind it."""
        left, right = atoms[index], atoms[index + 1]
        before = atoms[index - 1] if index else ""
        following = atoms[index + 2] if index + 2 < len(atoms) else ""
        lower = right.lower()
        forms, weight = self._forms, self._weight
        little = right in forms.letters or self._starts_with(right, forms.function_words)
        if before in ("h", "H") and index > 1 and atoms[index - 2].isdecimal() and little:
            return weight["function_digit"]
        month = lower in forms.months
        if _is_word(before) or lower in forms.ordinals:
            return 0.0
        if following.isdecimal() and not month and len(right) < LONGEST_LITTLE:  # 5to12, and 3in1
            return weight["word_digit"] if len(right) > 1 and right in forms.function_words else 0.0
        if self._is_symbol(right):
            return 0.0
        if following and following in APOSTROPHES:
            return weight["function_digit"] if lower in forms.elisions and right != "s" else 0.0
        if month or any(lower.startswith(month) for month in forms.months if len(month) > 3):
            return weight["month"]
        if right.isupper() and len(right) > 1:
            return 0.0
        if len(right) > 1 and little:
            return weight["function_digit"]
        if lower in forms.letters and right not in forms.units and len(left) > 2:
            return weight["digit_letter"]
        if len(right) > 2 and right[1:] == lower[1:] and self._costs.known(lower) > NONE:
            if right == lower:
                valid = self._costs.is_valid(lower)
                return weight["digit_word"] if valid else weight["digit_doubtful"]
            return weight["digit_capital"] if len(left) < 3 else weight["digit_doubtful"]
        return 0.0

    def _is_symbol(self, run: str) -> bool:
        """Whether a run is a unit written on to its number (km, GHz), and not a word (ans)."""
        return (
            run in self._forms.units
            and run not in self._forms.number_words
            and (len(run) < 3 or (len(run) < 5 and self._costs.known(run.lower()) < SYMBOL))
        )


def _is_word(atom: str) -> bool:
    return atom[:1].isalpha() and atom[0] not in "ºª"
