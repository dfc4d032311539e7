"""Forms of a frequency list that are two or three words glued together.

Lists made from the web hold "lapaix", "etle", "queles", "ofthe". Such a form is much rarer than
its parts would meet by chance, while a name that happens to split (Delacroix, Leclerc, Madrid) is
not. The measure is the ratio of a form's frequency to the product of its parts' frequencies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

LITTLE = 1e-3
"""A part at least this frequent is a little word (an article, a preposition): one of the two that
meet in most joins."""

CHANCE = math.log(0.003)
"""Below this ratio a form that no morphological lexicon knows is noise (see findings)."""

CHANCE_LITTLE = math.log(0.02)
"""The same where a part is a little word and no other language has the form. Read off the sorted
list of French forms: above it surnames begin (Lejeune, Labelle), below it are joins only."""

CHANCE_ABROAD = math.log(0.0003)
"""The same where other languages have the form as often: it is then rather a name or a borrowed
word. Joins are of one language, names are not."""

ABROAD = 0.3
"""A form is as much at home elsewhere if its frequency there is at least this share of ours..."""

ABROAD_LANGUAGES = 2
"""...in at least as many languages."""

FOREIGN = 10.0
"""A form this many times as frequent in another language is a word of that language (duque)."""

OPEN = math.log(0.05)
"""Below this ratio a form that stays in the lexicon may still be two words: a cut costs about
three natural-log units in the scorer, which is where a cut begins to win."""


@dataclass(frozen=True, slots=True)
class Split:
    """The likeliest way to cut a form: its parts and the log of frequency over chance."""

    parts: tuple[str, ...]
    ratio: float


@dataclass(frozen=True, slots=True)
class Parts:
    """The forms that may be part of a join, with their natural-log frequencies."""

    logs: Mapping[str, float]
    little_words: AbstractSet[str]

    @classmethod
    def of(cls, logs: Mapping[str, float]) -> Parts:
        return cls(logs, frozenset(w for w, log in logs.items() if log >= math.log(LITTLE)))

    def best(self, form: str, log: float, *, three: bool) -> Split | None:
        """The likeliest cut of a form in two (or three) parts, or None."""
        best = -math.inf
        parts: tuple[str, ...] = ()
        for i in range(1, len(form)):
            first = self.logs.get(form[:i])
            if first is None:
                continue
            rest = self.logs.get(form[i:])
            if rest is not None and first + rest > best:
                best, parts = first + rest, (form[:i], form[i:])
            if three and rest is None:
                found = self.best(form[i:], log, three=False)
                if found is not None and first + log - found.ratio > best:
                    best, parts = first + log - found.ratio, (form[:i], *found.parts)
        return Split(parts, log - best) if parts else None

    def little(self, split: Split) -> bool:
        """Is one of the parts a little word?"""
        return any(part in self.little_words for part in split.parts)

    def all_little(self, split: Split) -> bool:
        """Are all parts little words?"""
        return all(part in self.little_words for part in split.parts)


def is_glued(
    form: str, log: float, split: Split, parts: Parts, abroad: Sequence[Mapping[str, float]]
) -> bool:
    """Is a form that no morphological lexicon knows noise, given its likeliest cut?

    ``abroad`` are the frequencies of other languages.
    """
    here = math.exp(log)
    if any(other.get(form, 0.0) >= FOREIGN * here for other in abroad):
        return False
    if parts.all_little(split):
        return split.ratio < CHANCE
    if sum(other.get(form, 0.0) >= ABROAD * here for other in abroad) >= ABROAD_LANGUAGES:
        return split.ratio < CHANCE_ABROAD
    return split.ratio < (CHANCE_LITTLE if parts.little(split) else CHANCE)
