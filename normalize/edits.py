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
from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Edit:
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
        return replace(self, start=self.start + by, end=self.end + by)


class EditError(ValueError):
    """Edits that overlap, lie outside the text, or do not match what stands there."""


def resolve(edits: Iterable[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Choose edits that can be applied together: ``(chosen, refused)``, both in text order.

    Of two that overlap, the more certain wins, then the longer, then the first in rule order.
    Findings without a repair never stand in an edit's way and are always chosen.
    """
    kept: list[Edit] = []
    refused: list[Edit] = []
    findings: list[Edit] = []
    taken: list[tuple[int, int]] = []
    ranked = sorted(
        dict.fromkeys(edits), key=lambda e: (-e.certainty, e.start - e.end, e.start, e.rule)
    )
    for edit in ranked:
        if edit.after is None:
            findings.append(edit)
            continue
        at = bisect_right(taken, (edit.start, edit.end))
        clash = (at > 0 and _overlap(taken[at - 1], (edit.start, edit.end))) or (
            at < len(taken) and _overlap(taken[at], (edit.start, edit.end))
        )
        if clash:
            refused.append(edit)
        else:
            taken.insert(at, (edit.start, edit.end))
            kept.append(edit)
    order = _order
    return sorted(kept + findings, key=order), sorted(refused, key=order)


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
        return edit.start if within < len(edit.after or "") else edit.end + within - len(edit.after or "")

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
        out: list[Edit] = []
        old, starts = self.edits, self._starts
        i = 0
        shift = 0  # raw offset minus clean offset, after the old edits consumed so far
        for edit in edits:
            after = edit.after or ""
            while i < len(old) and starts[i] + len(old[i].after or "") <= edit.start and not (
                _touches(edit, starts[i], old[i])
            ):
                out.append(old[i])
                shift = old[i].end - (starts[i] + len(old[i].after or ""))
                i += 1
            begin, stop = edit.start, edit.end
            raw_begin, certainty = begin + shift, edit.certainty
            prefix = suffix = ""
            merged = False
            while i < len(old) and _touches(edit, starts[i], old[i]):
                piece, at = old[i].after or "", starts[i]
                if not merged and at < begin:
                    prefix, raw_begin = piece[: begin - at], old[i].start
                elif not merged and at == begin:
                    raw_begin = old[i].start
                if at + len(piece) > stop:
                    suffix = piece[max(0, stop - at) :]
                merged = True
                certainty = min(certainty, old[i].certainty)
                shift = old[i].end - (at + len(piece))
                i += 1
            raw_stop = (stop + len(suffix)) + shift
            new = prefix + after + suffix
            if out and out[-1].end > raw_begin:  # pragma: no cover - excluded by check_edits
                raise EditError("edits overlap")
            if out and _joined(out[-1], raw_begin, raw_stop):
                last = out.pop()
                raw_begin = last.start
                new = (last.after or "") + new
                certainty = min(certainty, last.certainty)
            before = self.raw[raw_begin:raw_stop]
            if before != new:
                out.append(Edit(raw_begin, raw_stop, before, new, edit.rule, certainty, edit.reason))
        out.extend(old[i:])
        return EditedText(self.raw, tuple(out))

    def without(self, rules: Iterable[str]) -> EditedText:
        """The same text with the edits of ``rules`` (codes) left out."""
        leave = set(rules)
        return EditedText(self.raw, tuple(e for e in self.edits if e.rule not in leave))


def _touches(edit: Edit, at: int, old: Edit) -> bool:
    """Whether ``edit`` (clean span) shares characters, or an insertion point, with ``old``."""
    stop = at + len(old.after or "")
    if edit.start < stop and at < edit.end:
        return True
    if edit.is_insertion and at < edit.start < stop:
        return True
    if at == stop:  # an earlier deletion stands at one point of the clean text
        return edit.start < at < edit.end
    # Two insertions at one raw offset would have no order of their own.
    return edit.is_insertion and old.is_insertion and at <= edit.start <= stop


def _joined(last: Edit, start: int, end: int) -> bool:
    return last.start == last.end == start == end


def check_edits(text: str, edits: Sequence[Edit]) -> None:
    """Raise ``EditError`` unless ``edits`` are ordered, disjoint and match ``text``."""
    stop = 0
    last: Edit | None = None
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise EditError(f"{edit.rule}: span {edit.start}:{edit.end} is outside the text")
        if edit.start < stop or (
            last is not None and last.is_insertion and edit.is_insertion and edit.start == last.start
        ):
            raise EditError(f"{edit.rule}: span {edit.start}:{edit.end} overlaps the one before")
        if text[edit.start : edit.end] != edit.before:
            raise EditError(f"{edit.rule}: {edit.before!r} does not stand at {edit.start}:{edit.end}")
        stop, last = edit.end, edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ordered, disjoint ``edits`` applied."""
    pieces, at = [], 0
    for edit in edits:
        pieces.append(text[at : edit.start])
        pieces.append(edit.after or "")
        at = edit.end
    pieces.append(text[at:])
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
