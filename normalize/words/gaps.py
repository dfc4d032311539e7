"""Spaces that punctuation and digits ask for, inside one white-space token.

Each :class:`Gap` bears evidence: how much more likely (natural log) the place is to have lost a
space than to be written without one, before the document's own rate of lost spaces is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .costs import WordCosts
from .forms import Forms
from .weights import Weights

_ATOM = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_APOSTROPHES = "'’"
_CLOSERS = ")]»”"
_OPENERS = "([«“"
_SHORT_BRACKET = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A space is missing at ``place`` (offset in the token)."""

    place: int
    kind: str
    evidence: float


def gaps(token: str, costs: WordCosts, forms: Forms, weights: Weights) -> Iterator[Gap]:
    """The places of a token where punctuation or digits ask for a space."""
    atoms = _ATOM.findall(token)
    weight = weights.gap
    at = 0
    quotes = 0
    for index in range(len(atoms) - 1):
        left, right = atoms[index], atoms[index + 1]
        at += len(left)
        if left == '"':
            quotes += 1
        two_back = atoms[index - 1] if index else ""
        if left.isalpha() and right.isdigit():
            rest = "".join(atoms[index + 2 :])
            evidence = _word_digit(left, right, two_back, rest, costs, forms, weight)
            if evidence:
                yield Gap(at, "digit", evidence)
        elif left.isdigit() and right.isalpha():
            evidence = _digit_word(
                left, right, two_back, atoms[index + 2 : index + 3], costs, forms, weight
            )
            if evidence:
                yield Gap(at, "digit", evidence)
        elif right.isalpha() or right.isdigit():
            evidence = _after_mark(left, right, two_back, atoms, index, costs, forms, weight)
            if evidence:
                yield Gap(at, "mark", evidence)
        elif left.isalpha() and right in _OPENERS:
            inside = "".join(atoms[index + 2 :]).split(_match(right))[0]
            if len(inside) > _SHORT_BRACKET or right in "«“":
                yield Gap(at, "mark", weight["opening"])
        elif left in _CLOSERS + ",;!?" and right in "«“(" and two_back:
            yield Gap(at, "mark", weight["opening"])


def _match(mark: str) -> str:
    return {"(": ")", "[": "]", "«": "»", "“": "”"}[mark]


def _is_word(run: str, costs: WordCosts) -> bool:
    return len(run) > 1 and costs.known(run.lower()) > float("-inf")


def _after_mark(
    mark: str,
    right: str,
    before: str,
    atoms: list[str],
    index: int,
    costs: WordCosts,
    forms: Forms,
    weight: dict[str, float],
) -> float:
    """Evidence for a space between a punctuation mark and what follows it."""
    word = right.isalpha()
    if mark in ",;":
        if not before or (before.isdigit() and not word):
            return 0.0
        if before.isalpha() or before in _CLOSERS + '"%' or word:
            return weight["comma"]
        return 0.0
    if mark in ".…":
        return _after_stop(right, before, atoms, index, costs, forms, weight)
    if mark == ":":
        if not before or not word or before.isdigit():
            return 0.0
        return weight["colon"]
    if mark in "!?":
        if not before or not word or len(right) < 2:
            return 0.0
        return weight["exclamation"]
    if mark in _CLOSERS:
        if mark in ")]":
            inside = _inside(atoms, index, _opener(mark))
            if inside is None:
                return weight["closing"] if word and len(right) > 1 else 0.0
            touched, content = inside
            if touched and len(content) <= _SHORT_BRACKET:
                return 0.0
            if touched or not word or len(right) < 2:
                return 0.0
        return weight["closing"]
    return 0.0


def _opener(mark: str) -> str:
    return {")": "(", "]": "["}[mark]


def _inside(atoms: list[str], index: int, opener: str) -> tuple[bool, str] | None:
    """Whether a letter touches the bracket that closes at ``index`` from the left, and what
    stands in it; ``None`` when it opens in another token."""
    for back in range(index - 1, -1, -1):
        if atoms[back] == opener:
            touched = back > 0 and atoms[back - 1].isalnum()
            return touched, "".join(atoms[back + 1 : index])
    return None


def _after_stop(
    right: str,
    before: str,
    atoms: list[str],
    index: int,
    costs: WordCosts,
    forms: Forms,
    weight: dict[str, float],
) -> float:
    """Evidence for a space after a full stop."""
    if not right.isalpha() or not right[0].isupper():
        return 0.0
    if len(right) > 1 and right.isupper():
        known = right.lower() in forms.function_words
        if not known:
            return 0.0
    following = atoms[index + 2] if index + 2 < len(atoms) else ""
    elided = following and following in _APOSTROPHES
    if before in _CLOSERS + '"%' or before.isdigit():
        return weight["stop"] if _is_word(right, costs) or elided else 0.0
    if not before.isalpha() or len(before) < 2 or before.lower() in forms.abbreviations:
        return 0.0
    if before.isupper() and len(before) < 4:
        return weight["stop_doubtful"] if _is_word(right, costs) or elided else 0.0
    if len(right) == 1 and not elided:
        return weight["stop_doubtful"] if right.lower() in forms.function_words else 0.0
    if not _is_word(before, costs) and not _is_word(right, costs):
        return weight["stop_doubtful"]
    return weight["stop"]


def _word_digit(
    left: str,
    right: str,
    before: str,
    rest: str,
    costs: WordCosts,
    forms: Forms,
    weight: dict[str, float],
) -> float:
    """Evidence for a space between a word and the number behind it."""
    lower = left.lower()
    if left.isupper() and len(left) > 1:
        return 0.0
    if _ends_with(lower, forms.months, costs):
        return weight["month"] if len(right) in (1, 2, 4) else 0.0
    if left != lower and left[1:] != lower[1:]:
        return 0.0
    if before and before in _APOSTROPHES:
        return 0.0
    if _ends_with(lower, forms.function_words, costs) and len(lower) > 1:
        return weight["function_digit"]
    if left == lower and len(left) > 2 and _is_word(left, costs):
        return weight["word_digit"]
    return 0.0


def _ends_with(run: str, words: frozenset[str], costs: WordCosts) -> bool:
    """Whether a run is one of the words, or a known word glued to one."""
    if run in words:
        return True
    return any(
        run[place:] in words
        and len(run) - place > 1
        and costs.known(run) == float("-inf")
        and costs.known(run[:place]) > float("-inf")
        for place in range(1, len(run) - 1)
    )


def _is_symbol(run: str, costs: WordCosts, forms: Forms) -> bool:
    """Whether a run is a unit that is written on to its number (km, GHz), not a word (ans)."""
    return run in forms.units and (len(run) < 3 or not costs.is_valid(run.lower()))


def _digit_word(
    left: str,
    right: str,
    before: str,
    after: list[str],
    costs: WordCosts,
    forms: Forms,
    weight: dict[str, float],
) -> float:
    """Evidence for a space between a number and the word behind it."""
    lower = right.lower()
    mark = after[0] if after else ""
    if before.isalpha():
        return 0.0
    if lower in forms.ordinals or mark.isdigit() or _is_symbol(right, costs, forms):
        return 0.0
    if mark and mark in _APOSTROPHES:
        return weight["function_digit"] if lower in forms.elisions else 0.0
    if lower in forms.months or any(
        lower.startswith(month) for month in forms.months if len(month) > 3
    ):
        return weight["month"]
    if right.isupper() and len(right) > 1:
        return 0.0
    if right in ("à", "À", "y", "o", "a"):
        return weight["digit_letter"] if right != "a" else 0.0
    if len(right) > 1 and lower in forms.function_words:
        return weight["function_digit"]
    if len(right) > 2 and right[1:] == lower[1:] and _is_word(right, costs):
        return weight["digit_word"] if right == lower else weight["digit_capital"]
    return 0.0
