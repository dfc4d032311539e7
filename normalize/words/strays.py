"""Stray spaces beside punctuation and inside numbers, in documents that have many.

The lattice reads letters; this module looks at the other spaces of a line. Each has evidence: how
much more likely (natural log) the space is stray than meant, before the document's own rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .forms import APOSTROPHES, Forms
from .weights import Weights

_SPACE = re.compile(r"(?<=\S) (?=\S)")
_NUMBER_BEFORE = re.compile(r"\d+\Z")
_NUMBER_AFTER = re.compile(r"\d+")
_FRACTION = re.compile(r"[.,]\d")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_CLOSING = ")]}”"
_OPENING = "([{“"
_WINDOW = 24
"""Characters on either side that are looked at."""


def strays(
    text: str, start: int, end: int, forms: Forms, weights: Weights
) -> Iterator[tuple[int, float]]:
    """Offsets of spaces in ``text[start:end]``, one line, that may be stray, with evidence."""
    weight = weights.gap
    odd_quotes = text.count('"', start, end) % 2
    for match in _SPACE.finditer(text, start, end):
        place = match.start()
        left, right = text[place - 1], text[place + 1]
        if left.isalpha() and right.isalpha():
            continue
        evidence = _beside_mark(text, place, left, right, forms, weight)
        if evidence == 0.0 and '"' in (left, right) and not odd_quotes:
            at = place + 1 if right == '"' else place - 1
            opens = text.count('"', start, at) % 2 == 0
            if opens == (left == '"'):
                evidence = weight["stray_quote"]
        if evidence > 0.0:
            yield place, evidence


def _beside_mark(
    text: str, place: int, left: str, right: str, forms: Forms, weight: dict[str, float]
) -> float:
    after = text[place + 2 : place + 3]
    before = text[place - 2 : place - 1] if place > 1 else ""
    if right in ",.;:!?" and right not in forms.spaced:
        if right in ".," and after.isdigit():
            return weight["stray_decimal"] if left.isdigit() else 0.0
        return (
            weight["stray_mark"] if not after or after.isspace() or after in _CLOSING + '"' else 0.0
        )
    if right in _CLOSING or left in _OPENING:
        return weight["stray_mark"]
    if left in ".," and before.isdigit() and right.isdigit():
        return _decimal(text, place, left, weight)
    if left.isdigit() and right.isdigit():
        return _number(text, place, forms, weight)
    if right in "-–" and left.isalnum() and after.isalnum():
        return weight["stray_dash"]
    if left in "-–" and before.isalnum() and right.isalnum():
        word = _WORD_AFTER.match(text, place + 1, place + _WINDOW)
        suspended = word is not None and word.group() in forms.function_words
        return 0.0 if suspended else weight["stray_dash"]
    if right in APOSTROPHES or left in APOSTROPHES:
        return _apostrophe(text, place, left, forms, weight)
    if left.isdigit() and right.isalpha():
        word = _WORD_AFTER.match(text, place + 1, place + _WINDOW)
        ordinal = word is not None and word.group() in forms.ordinals and len(word.group()) > 1
        return weight["stray_ordinal"] if ordinal else 0.0
    if (left in "$£€#" and right.isdigit()) or (
        right == "%" and left.isdigit() and right not in forms.set_off
    ):
        return weight["stray_mark"]
    return 0.0


def _decimal(text: str, place: int, mark: str, weight: dict[str, float]) -> float:
    """A number after a number and a comma or full stop: thousands, a decimal, or a new clause."""
    number = _NUMBER_AFTER.match(text, place + 1, place + _WINDOW)
    thousands = mark == "," and number is not None and len(number.group()) == 3
    return weight["stray_decimal"] if thousands else 0.0


def _number(text: str, place: int, forms: Forms, weight: dict[str, float]) -> float:
    """Two numbers side by side: pieces of a year or a day, or groups of three digits."""
    head = _NUMBER_BEFORE.search(text[max(0, place - _WINDOW) : place])
    tail = _NUMBER_AFTER.match(text, place + 1, place + _WINDOW)
    if head is None or tail is None:
        return 0.0
    whole = head.group() + tail.group()
    first, last = place - len(head.group()), tail.end()
    if text[max(0, first - 1) : first] in (".", ",") or _FRACTION.match(text, last):
        return 0.0
    grouped = len(tail.group()) == 3
    if len(whole) == 4 and "1000" <= whole < "2100" and (forms.thousands == "," or not grouped):
        return weight["stray_year"]
    if grouped:
        return 0.0
    return weight["stray_number"]


def _apostrophe(text: str, place: int, left: str, forms: Forms, weight: dict[str, float]) -> float:
    """A space before or behind the apostrophe of an elided form or a clitic."""
    mark = place - 1 if left in APOSTROPHES else place + 1
    head = re.search(r"[^\W\d_]+ ?\Z", text[max(0, mark - _WINDOW) : mark])
    tail = re.match(r" ?([^\W\d_]+)", text[mark + 1 : mark + _WINDOW])
    if head is None or tail is None:
        return 0.0
    if head.group().strip().lower() in forms.elisions and left in APOSTROPHES:
        return weight["stray_mark"]
    return weight["stray_mark"] if tail.group(1) in forms.clitics else 0.0
