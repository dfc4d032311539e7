"""A document's edits as a diff of words.

A segment is the words that one or more neighbouring edits touch, before and after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..edits import Edit, EditError, apply, undo
from ..tables import EditRow
from .codes import is_layout
from .words import REACH, widen

Kind = Literal["keep", "change", "mark", "drop", "space", "move"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a document, in raw order; the pieces lie end to end.

    ``kind``: ``keep`` (as it was), ``change`` (words before and after), ``mark`` (a finding that
    was left alone), ``drop`` (whole lines that were removed), ``move`` (whole lines that stand in
    a column of their own) or ``space`` (white space only).
    ``edits`` are positions in the document's list of edits.
    """

    kind: Kind
    start: int
    before: str
    after: str
    edits: tuple[int, ...] = ()


def segments(text: str, edits: Sequence[EditRow]) -> list[Segment]:
    """The diff of one document from its clean text and its edits, in text order.

    Edits that do not fit the text (a build changed by hand) give the text alone, undiffed.
    """
    applied = [_edit(row) for row in edits if row.status == "applied"]
    try:
        raw = undo(text, applied)
    except EditError:
        return [Segment("keep", 0, text, text)]
    found: list[Segment] = []
    at = 0
    for chunk in _chunks(raw, edits):
        if chunk.start > at:
            found.append(_keep(raw, at, chunk.start))
        found.append(chunk.segment(raw, edits))
        at = chunk.end
    if at < len(raw):
        found.append(_keep(raw, at, len(raw)))
    return found


def _keep(raw: str, start: int, end: int) -> Segment:
    return Segment("keep", start, raw[start:end], raw[start:end])


def _edit(row: EditRow) -> Edit:
    return Edit(row.start, row.end, row.before, row.after, row.rule, row.certainty, row.reason)


@dataclass(slots=True)
class _Chunk:
    kind: Kind
    start: int
    end: int
    edits: list[int]

    def segment(self, raw: str, rows: Sequence[EditRow]) -> Segment:
        before = raw[self.start : self.end]
        inside = (
            _edit(rows[i]).moved(-self.start) for i in self.edits if rows[i].status == "applied"
        )
        return Segment(self.kind, self.start, before, apply(before, inside), tuple(self.edits))


_WHOLE = ("drop", "move", "space")
"""Kinds that keep their span; words do not grow into them."""


def _chunks(raw: str, rows: Sequence[EditRow]) -> list[_Chunk]:
    """Disjoint chunks in order, each with the positions of the edits inside it."""
    plain = [_first_chunk(raw, row, at) for at, row in enumerate(rows)]
    fences = sorted((c.start, c.end) for c in plain if c.kind in _WHOLE)
    merged: list[_Chunk] = []
    for chunk in sorted(_grow(raw, plain, fences), key=lambda c: (c.start, c.end)):
        last = merged[-1] if merged else None
        if last is not None and (chunk.start < last.end or _same_point(last, chunk)):
            last.end = max(last.end, chunk.end)
            last.edits += chunk.edits
            last.kind = _stronger(last.kind, chunk.kind)
        else:
            merged.append(chunk)
    for chunk in merged:
        chunk.edits.sort()
    return _joined(raw, merged, rows)


def _joined(raw: str, chunks: list[_Chunk], rows: Sequence[EditRow]) -> list[_Chunk]:
    """Neighbouring words that one rule respelled for one reason, such as a name, as one change."""
    found: list[_Chunk] = []
    for chunk in chunks:
        last = found[-1] if found else None
        if (
            last is not None
            and last.kind == chunk.kind == "change"
            and raw[last.end : chunk.start] == " "
            and chunk.end - last.start <= 2 * REACH
            and _reasons(last, rows) == _reasons(chunk, rows)
            and all(rows[i].before for i in chunk.edits)
        ):
            last.end = chunk.end
            last.edits += chunk.edits
        else:
            found.append(chunk)
    return found


def _reasons(chunk: _Chunk, rows: Sequence[EditRow]) -> set[tuple[str, str]]:
    return {(rows[i].rule, rows[i].reason) for i in chunk.edits}


def _same_point(last: _Chunk, chunk: _Chunk) -> bool:
    return last.start == last.end == chunk.start == chunk.end


_STRENGTH: tuple[Kind, ...] = ("drop", "move", "change", "space", "mark")


def _stronger(one: Kind, other: Kind) -> Kind:
    return min(one, other, key=_STRENGTH.index)


def _first_chunk(raw: str, row: EditRow, at: int) -> _Chunk:
    if row.status != "applied":
        kind: Kind = "mark"
    elif _only_spacing(raw, row):
        kind = "space"
    elif not (row.after or "").strip() and _whole_lines(raw, row.start, row.end):
        kind = "move" if is_layout(row.rule) else "drop"
    else:
        kind = "change"
    return _Chunk(kind, row.start, row.end, [at])


def _only_spacing(raw: str, row: EditRow) -> bool:
    """White space that joins or parts no words: line ends, doubled or other spaces."""
    after = row.after or ""
    if (row.before + after).strip():
        return False
    if "\n" in row.before + after or (row.before and after):
        return True
    around = raw[max(0, row.start - 1) : row.start] + raw[row.end : row.end + 1]
    return len(around) < 2 or any(map(str.isspace, around))


def _whole_lines(raw: str, start: int, end: int) -> bool:
    """Whether a span, white space at its edges aside, is whole lines."""
    inside = raw[start:end]
    first = start + len(inside) - len(inside.lstrip())
    last = start + len(inside.rstrip())
    return _blank_to_line_end(reversed(raw[max(0, first - REACH) : first])) and (
        _blank_to_line_end(raw[last : last + REACH])
    )


def _blank_to_line_end(characters: Iterable[str]) -> bool:
    for character in characters:
        if character == "\n":
            return True
        if not character.isspace():
            return False
    return True


def _grow(raw: str, chunks: list[_Chunk], fences: list[tuple[int, int]]) -> Iterable[_Chunk]:
    """Widen changes and marks to whole words, never into a dropped block."""
    ends = sorted(end for _, end in fences)
    starts = [start for start, _ in fences]
    for chunk in chunks:
        if chunk.kind in ("change", "mark"):
            at = bisect_right(ends, chunk.start)
            low = ends[at - 1] if at else 0
            at = bisect_left(starts, chunk.end)
            high = starts[at] if at < len(starts) else len(raw)
            chunk.start, chunk.end = widen(raw, chunk.start, chunk.end, low, high)
        yield chunk
