"""Numbers that lost a digit: "à partir de 022" for 2022."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..language import Language
from .suspect import Suspect, any_of

# Three digits with a leading zero: what is left of a year when its first digit goes. Dates, times,
# versions, telephone numbers and decimals join more digits or letters to them. The zero comes
# first, so that the search runs at the speed of a look-up.
_CUT_YEAR = re.compile(r"0(?<!\w0)\d\d(?![\w/°]|[.,:\s-]\d)")
_AFTER_A_YEAR = re.compile(r"(?<![\w.,:/-])(?P<start>(?:19|20)\d\d)\s?[-–]\s?\Z")
_NUMBERED = re.compile(r"(?<!\w)(?:n\s?[°ºo]|no|num|número|numéro|number)\.?\s*\Z", re.IGNORECASE)

_NEAR = 40
"""Code points before a number in which its context is looked for."""

LONGEST_PERIOD = 15
"""Years; a longer range is more likely the number of a law ("2001-026")."""


def cut_numbers(text: str, language: Language) -> Iterator[Suspect]:
    """Years of three digits, alone after a word that years follow, or as the end of a period."""
    contexts = _contexts(language)
    if "0" not in text or contexts is None:
        return
    before_year, period = contexts
    for found in _CUT_YEAR.finditer(text):
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if before_year.search(before):
            yield Suspect(*found.span(), f"{found[0]} is cut short: a year?", 0.9)
        elif (first := _AFTER_A_YEAR.search(before)) and not _NUMBERED.search(
            before[: first.start()]
        ):
            after = text[found.end() : found.end() + _NEAR].lstrip()
            length = 2000 + int(found[0]) - int(first["start"])
            if 0 < length <= LONGEST_PERIOD and (period.search(before) or period.match(after)):
                yield Suspect(*found.span(), f"{found[0]} is cut short: a year?", 0.9)


@lru_cache
def _contexts(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """What stands right before a year, and what near a period, if the language says."""
    table = language.table("suspects")
    if not table:
        return None
    months = language.table("words").get("months", ())
    before_year = any_of([*table["before_year"], *months])
    period = any_of(table["periods"])
    return (
        re.compile(rf"(?<!\w){before_year}\s{{1,3}}\Z", re.IGNORECASE),
        re.compile(rf"(?<!\w){period}(?!\w)", re.IGNORECASE),
    )
