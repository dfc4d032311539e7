"""Spaces that are missing or stray beside marks, quotation marks and numbers, and doubled ones.

The scanner says which gaps a token may have. Here the line, or the document, has its say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from ..protect import covers, protected
from .forms import Forms
from .found import Found, calibrated
from .lines import Line
from .prior import Prior
from .scan import CLOSING, Look
from .strays import strays
from .weights import Weights

_QUOTE = re.compile('"')
_TWO_BLANKS = ("  ", "\u00a0", "\u202f")
"""One of these stands wherever ``_DOUBLED`` matches."""
_DOUBLED = re.compile(r"[ \u00a0\u202f](?<=\S.)[ \u00a0\u202f]+(?=\S)")
_GAP_REASONS = {
    "mark": "a space is missing beside a mark",
    "digit": "a number and a word are written together",
}


class Marks:
    """The marks of one document, with what is worked out of it only where it is asked for."""

    def __init__(self, text: str, forms: Forms, weights: Weights) -> None:
        self.text, self.forms, self.weights = text, forms, weights
        self.set_off: dict[str, bool] = {}
        self.quotes: dict[int, list[int]] = {}
        self.columns: dict[int, bool] = {}

    @cached_property
    def kept(self) -> list[tuple[int, int]]:
        """What no rule may touch."""
        return protected(self.text)

    def gaps(self, line: Line, i: int, look: Look, prior: Prior) -> Iterator[Found]:
        """Spaces that are missing in one token, and one that is stray before it."""
        start, end = line.spans[i]
        if covers(self.kept, start, end):
            return
        if line.words[i] in CLOSING and start and self.text[start - 1] in " \u00a0\u202f":
            margin = self.weights.gap["before_mark"] + prior.base
            yield self._repair(
                start - 1, start, "", "before mark", margin, "no space stands before this mark"
            )
        for gap in look.gaps:
            place = start + gap.place
            if gap.needs and not self._confirms(gap.needs, place, prior):
                continue
            margin = gap.evidence + prior.lost(place)
            reason = _GAP_REASONS[gap.kind]
            yield self._repair(place, place, " ", gap.kind, margin, reason)

    def strays(self, line: Line, prior: Prior) -> Iterator[Found]:
        """Stray spaces of one line that touch no letter, or one on one side alone."""
        for place, evidence in strays(self.text, line.start, line.end, self.forms, self.weights):
            if not covers(self.kept, place - 1, place + 2):
                margin = evidence + prior.stray
                reason = "no space stands here in such a number or beside such a mark"
                yield self._repair(place, place + 1, "", "stray", margin, reason)

    def _confirms(self, needs: str, place: int, prior: Prior) -> bool:
        """Whether the line, or the document, confirms what a gap needs."""
        text = self.text
        if needs in ("line end", "spaced"):
            if needs == "line end" or not prior.expects(place):
                return prior.expects(place)
            return self._sets_off("«" if text[place - 1] == "«" else text[place])
        quotes = self._quotes(text.rfind("\n", 0, place))
        if len(quotes) % 2:
            return False
        opens = needs == "opening"
        return (bisect_left(quotes, place if opens else place - 1) % 2 == 0) == opens

    def _quotes(self, start: int) -> list[int]:
        """Where the straight quotation marks of the line behind an offset stand."""
        quotes = self.quotes.get(start)
        if quotes is None:
            end = self.text.find("\n", start + 1)
            end = end if end >= 0 else len(self.text)
            quotes = [m.start() for m in _QUOTE.finditer(self.text, start + 1, end)]
            self.quotes = {start: quotes}  # lines are read one after the other
        return quotes

    def _sets_off(self, mark: str) -> bool:
        """Whether the document mostly writes a space between a mark and the word it touches."""
        known = self.set_off.get(mark)
        if known is None:
            pattern = r"«(\s)?" if mark == "«" else rf"(\s)?{re.escape(mark)}"
            spaces = [m.group(1) is not None for m in re.finditer(pattern, self.text)]
            known = self.set_off[mark] = len(spaces) > 1 and 2 * sum(spaces) > len(spaces)
        return known

    def doubled(self) -> Iterator[Found]:
        """White space beyond one space between two words of a line of prose."""
        margin = self.weights.gap["doubled"]
        if not any(two in self.text for two in _TWO_BLANKS):
            return
        for match in _DOUBLED.finditer(self.text):
            start, end = match.span()
            if covers(self.kept, start, end) or self._in_columns(start):
                continue
            kept = self._kept(match.group(), start, end)
            if kept:  # what stays is at the start
                start += 1
            else:
                end -= 1
            yield self._repair(start, end, "", "doubled", margin, "more than one space")

    def _kept(self, run: str, start: int, end: int) -> bool:
        """Whether the first character of a run of spaces is the one to keep.

        The plain space is, but a no-break space beside a mark that the language sets off.
        """
        marks = self.forms.spaced
        wants_no_break = self.text[end] in marks or self.text[start - 1] == "«"
        return (run[0] != " ") == wants_no_break or run[0] == run[-1]

    def _in_columns(self, start: int) -> bool:
        """Whether the line at an offset looks like a row of a table."""
        first = self.text.rfind("\n", 0, start)
        known = self.columns.get(first)
        if known is None:
            last = self.text.find("\n", start)
            line = self.text[first + 1 : last if last >= 0 else len(self.text)]
            known = "\t" in line or "|" in line or line.count("   ") > 1
            self.columns = {first: known}  # lines are read one after the other
        return known

    def _repair(
        self, start: int, end: int, after: str, kind: str, margin: float, reason: str
    ) -> Found:
        return calibrated(start, end, after, kind, margin, reason, self.weights)
