"""What is counted of each spelling; tallies add up exactly, in any order."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from .find import ORGANISATION, PERSON, PLACE, Mention
from .spelling import skeleton

MOST_DOCUMENTS = 1000
"""Ids kept for a spelling, the first in code point order."""

MOST_SPELLINGS = 60_000
"""Spellings kept: those whose skeletons have the smallest digests. So all spellings of one name
are kept or none, and it does not depend on order or on how the corpus was split."""


class Tally(NamedTuple):
    """Counts of one spelling.

    ``inside``: mentions that do not open a sentence; ``lower``: mentions in documents that have
    the same word in small letters; ``placed``: after a preposition of place or in a dateline;
    ``titled``: after a title. ``first`` is the offset of the first mention in ``documents[0]``.
    ``languages``: how many mentions the documents in each language have, by its code; nothing
    where nobody knows.
    """

    mentions: int = 0
    inside: int = 0
    lower: int = 0
    placed: int = 0
    titled: int = 0
    person: int = 0
    place: int = 0
    organisation: int = 0
    n_documents: int = 0
    documents: tuple[str, ...] = ()
    first: int | None = None
    languages: tuple[tuple[str, int], ...] = ()

    def in_language(self, code: str) -> int:
        """Mentions in documents of one language."""
        return dict(self.languages).get(code, 0)

    def plus(self, other: Tally) -> Tally:
        """The counts of both. Documents are told apart by id, so both must not count the same."""
        first = self.first
        if other.documents and (not self.documents or other.documents[0] < self.documents[0]):
            first = other.first
        return Tally(
            self.mentions + other.mentions,
            self.inside + other.inside,
            self.lower + other.lower,
            self.placed + other.placed,
            self.titled + other.titled,
            self.person + other.person,
            self.place + other.place,
            self.organisation + other.organisation,
            self.n_documents + other.n_documents,
            _first(self.documents, other.documents),
            first,
            _added(self.languages, other.languages),
        )


def _first(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """The first ids of both, each once and in order."""
    if a and b and b[-1] < a[0]:
        a, b = b, a
    if not a or not b or a[-1] < b[0]:  # the usual case: documents come in order
        return (a + b)[:MOST_DOCUMENTS] if len(a) < MOST_DOCUMENTS else a
    return tuple(islice(dict.fromkeys(sorted(a + b)), MOST_DOCUMENTS))


def _added(
    a: tuple[tuple[str, int], ...], b: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    """The mentions by language of both, by code."""
    if len(a) == 1 == len(b) and a[0][0] == b[0][0]:  # nearly always
        return ((a[0][0], a[0][1] + b[0][1]),)
    counts = dict(a)
    for code, n in b:
        counts[code] = counts.get(code, 0) + n
    return tuple(sorted(counts.items()))


COUNTS = Tally._fields[:9]
"""The fields that are plain counts."""


def count(
    mentions: Iterable[Mention],
    language: str,
    document: str = "",
    to_raw: Callable[[int], int] = int,
) -> dict[str, Tally]:
    """The tally of each spelling in one document; ``to_raw`` maps the mentions' offsets.

    ``language`` is the code of the document's language.
    """
    rows: dict[str, list[int]] = {}
    for m in mentions:
        row = rows.get(m.spelling)
        if row is None:
            row = rows[m.spelling] = [0] * 8 + [m.start]
        row[0] += 1
        row[1] += not m.initial
        row[2] += m.lower
        row[3] += m.placed
        row[4] += m.titled
        row[5] += m.kind == PERSON
        row[6] += m.kind == PLACE
        row[7] += m.kind == ORGANISATION
    return {
        spelling: Tally._make((*row[:8], 1, (document,), to_raw(row[8]), ((language, row[0]),)))
        for spelling, row in rows.items()
    }


def merged(tables: Sequence[Mapping[str, Tally]]) -> dict[str, Tally]:
    """All tables as one, within ``MOST_SPELLINGS``."""
    first, *others = tables or ({},)
    total = dict(first)
    for table in others:
        for spelling, tally in table.items():
            known = total.get(spelling)
            total[spelling] = tally if known is None else known.plus(tally)
    if len(total) <= MOST_SPELLINGS:
        return total
    return {s: total[s] for s in heapq.nsmallest(MOST_SPELLINGS, total, key=_rank)}


def _rank(spelling: str) -> tuple[bytes, str]:
    return blake2b(skeleton(spelling).encode(), digest_size=8).digest(), spelling
