"""Edits: collected first, applied once, always expressed in raw offsets.

Every offset counts Unicode code points from 0; every span is half-open.

A document passes several stages, and each stage sees the text as the one before left it. Each
stage hands its edits, in the offsets of the text it saw, to :meth:`EditedText.apply`, which
composes them with all earlier ones. What remains is one list of disjoint edits in raw offsets, so
one pass makes the clean text and one pass gives the raw text back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Edit(NamedTuple):
    """One proposed change: ``before`` at ``[start, end)`` becomes ``after``.

    ``certainty`` is the estimated probability, in [0, 1], that the change is right. ``reason`` is
    one line for a person. ``after=None`` marks a finding that has no repair.
    """

    start: int
    end: int
    before: str
    after: str | None
    rule: str
    certainty: float
    reason: str

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    def moved(self, by: int) -> Edit:
        """The same edit, ``by`` code points further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class EditError(ValueError):
    """Edits that overlap, lie outside the text, or do not match what stands there."""


def resolve(edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Choose edits that can be applied together: ``(chosen, refused)``, both in text order.

    Of two that overlap, the more certain wins, then the longer, then the first in the text, then
    the first in rule order.
    Findings without a repair never stand in an edit's way and are always chosen.
    """
    kept: list[Edit] = []
    refused: list[Edit] = []
    group: list[Edit] = []
    reach = 0
    for edit in sorted(dict.fromkeys(edits), key=_order):
        if edit.after is None:
            kept.append(edit)
            continue
        if group and edit.start >= reach and edit.start != group[0].start:
            _choose(group, kept, refused)
            group = []
        reach = max(reach, edit.end)
        group.append(edit)
    _choose(group, kept, refused)
    return sorted(kept, key=_order), sorted(refused, key=_order)


def _choose(group: list[Edit], kept: list[Edit], refused: list[Edit]) -> None:
    """Sort into ``kept`` and ``refused`` edits that overlap no edit outside the group."""
    if len(group) < 2:
        kept += group
        return
    taken: list[tuple[int, int]] = []
    for edit in sorted(group, key=lambda e: (-e.certainty, e.start - e.end, e.start, e.rule)):
        span = (edit.start, edit.end)
        at = bisect_right(taken, span)
        if any(_overlap(other, span) for other in taken[max(0, at - 1) : at + 1]):
            refused.append(edit)
        else:
            taken.insert(at, span)
            kept.append(edit)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    if a[0] == a[1] and b[0] == b[1]:
        return a[0] == b[0]
    if a[0] == a[1]:
        return b[0] < a[0] < b[1]
    if b[0] == b[1]:
        return a[0] < b[0] < a[1]
    return a[0] < b[1] and b[0] < a[1]


def _order(edit: Edit) -> tuple[int, int, str, str]:
    return (edit.start, edit.end, edit.rule, edit.after or "")


@dataclass(frozen=True)
class EditedText:
    """A raw text and the disjoint, ordered edits that make the clean text of it."""

    raw: str
    edits: tuple[Edit, ...] = ()

    @cached_property
    def text(self) -> str:
        """The clean text."""
        return apply(self.raw, self.edits)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each edit's replacement starts in the clean text."""
        starts, shift = [], 0
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.after or "") - (edit.end - edit.start)
        return starts

    @cached_property
    def _raw_starts(self) -> list[int]:
        """Where each edit starts in the raw text."""
        return [edit.start for edit in self.edits]

    def to_raw(self, offset: int) -> int:
        """The raw offset of a clean offset; inside a replacement, the start of what it replaced.

        Monotone; 0 and the text's length are allowed. Raises ``IndexError`` outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} is outside a text of {len(self.text)} code points")
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        edit, start = self.edits[at], self._starts[at]
        within = offset - start
        return (
            edit.start
            if within < len(edit.after or "")
            else edit.end + within - len(edit.after or "")
        )

    def to_clean(self, offset: int) -> int:
        """The clean offset of a raw offset; inside what an edit replaced, the replacement's start.

        Monotone; 0 and the raw text's length are allowed. Raises ``IndexError`` outside the text.
        """
        if not 0 <= offset <= len(self.raw):
            raise IndexError(f"offset {offset} is outside a text of {len(self.raw)} code points")
        at = bisect_right(self._raw_starts, offset) - 1
        if at < 0:
            return offset
        edit, start = self.edits[at], self._starts[at]
        return start if offset < edit.end else start + len(edit.after or "") + offset - edit.end

    def to_raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that the clean span ``[start, end)`` came from."""
        first = self.to_raw(start)
        if start == end:
            return first, first
        at = bisect_right(self._starts, end - 1) - 1
        if at >= 0 and end - self._starts[at] <= len(self.edits[at].after or ""):
            return first, self.edits[at].end
        return first, self.to_raw(end - 1) + 1

    def apply(self, edits: Sequence[Edit]) -> EditedText:
        """Compose with ``edits``, given in clean offsets, ordered and disjoint (see ``resolve``).

        A new edit that touches what an earlier one wrote is merged with it: the merged edit bears
        the new rule and reason, and the lower certainty. Merged edits that change nothing vanish.
        Raises ``EditError`` where an edit does not fit the text.
        """
        check_edits(self.text, edits)
        old = [_Placed(edit, start) for edit, start in zip(self.edits, self._starts, strict=True)]
        out: list[Edit] = []
        i = j = shift = 0  # shift: raw minus clean offset, behind the old edits passed so far
        while j < len(edits):
            first = edits[j]
            while i < len(old) and old[i].stop <= first.start and not old[i].meets(first):
                out.append(old[i].edit)
                shift = old[i].shift
                i += 1
            members, low, high, raw_low = [first], first.start, first.end, first.start + shift
            certainty, merged = first.certainty, False
            j += 1
            while True:
                alone = not (merged and members[-1].is_insertion)  # one point meets one edit
                if alone and i < len(old) and old[i].meets(members[-1]):
                    if old[i].start < low:
                        low, raw_low = old[i].start, old[i].edit.start
                    high = max(high, old[i].stop)
                    certainty = min(certainty, old[i].edit.certainty)
                    shift = old[i].shift
                    i, merged = i + 1, True
                elif merged and j < len(edits) and old[i - 1].meets(edits[j]):
                    members.append(edits[j])
                    high = max(high, edits[j].end)
                    certainty = min(certainty, edits[j].certainty)
                    j += 1
                else:
                    break
            after = apply(self.text, members, low, high)
            before = self.raw[raw_low : high + shift]
            if before != after:
                span = (raw_low, high + shift)
                out.append(Edit(*span, before, after, first.rule, certainty, first.reason))
        out.extend(placed.edit for placed in old[i:])
        return EditedText(self.raw, tuple(out))


@dataclass(frozen=True, slots=True)
class _Placed:
    """An applied edit, and where its replacement starts in the clean text."""

    edit: Edit
    start: int

    @property
    def stop(self) -> int:
        return self.start + len(self.edit.after or "")

    @property
    def shift(self) -> int:
        """Raw minus clean offset behind this edit."""
        return self.edit.end - self.stop

    def meets(self, new: Edit) -> bool:
        """Whether ``new`` (clean span) must be merged with this edit.

        So it is when they share characters, when one stands inside the other, and when both
        insert at one raw offset, where nothing else would tell their order.
        """
        if self.edit.is_insertion and new.is_insertion:
            return self.start <= new.start <= self.stop
        return _overlap((self.start, self.stop), (new.start, new.end)) and not (
            new.is_insertion and self.start == self.stop
        )


def check_edits(text: str, edits: Sequence[Edit]) -> None:
    """Raise ``EditError`` unless ``edits`` are ordered, disjoint and match ``text``."""
    stop = 0
    last: Edit | None = None
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise EditError(f"{edit.rule}: span {edit.start}:{edit.end} is outside the text")
        if edit.start < stop or (
            last is not None
            and last.is_insertion
            and edit.is_insertion
            and edit.start == last.start
        ):
            raise EditError(f"{edit.rule}: span {edit.start}:{edit.end} overlaps the one before")
        if text[edit.start : edit.end] != edit.before:
            raise EditError(
                f"{edit.rule}: {edit.before!r} does not stand at {edit.start}:{edit.end}"
            )
        stop, last = edit.end, edit


def apply(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """``text`` with ordered, disjoint ``edits`` applied, from ``start`` to ``end``."""
    pieces, at = [], start
    for edit in edits:
        pieces.append(text[at : edit.start])
        pieces.append(edit.after or "")
        at = edit.end
    pieces.append(text[at:end])
    return "".join(pieces)


def undo(clean: str, edits: Iterable[Edit]) -> str:
    """The raw text, from the clean text and the edits that made it (raw offsets, ordered).

    Raises ``EditError`` when ``clean`` is not what the edits made.
    """
    pieces: list[str] = []
    at = raw_at = 0
    for edit in edits:
        kept = edit.start - raw_at
        pieces.append(clean[at : at + kept])
        at += kept
        after = edit.after or ""
        if kept < 0 or clean[at : at + len(after)] != after:
            raise EditError(f"{edit.rule}: {after!r} does not stand at {at} of the clean text")
        pieces.append(edit.before)
        at += len(after)
        raw_at = edit.end
    pieces.append(clean[at:])
    return "".join(pieces)
