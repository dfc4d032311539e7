"""The names table: one row for each spelling, so that a search for any spelling finds the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .cluster import CANONICAL, PROBABLE, Verdict
from .find import ACRONYM, PLACE, UNKNOWN
from .spelling import skeleton, words
from .tally import Tally

_SHORTEST_HEAD, _SHORTEST_TAIL = 4, 5
"""Letters of a name and of the word glued to it; a shorter tail may be a name's own (Martinez)."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One spelling of one name.

    ``documents`` lists ids, ``first_offset`` is the raw offset of the first occurrence in the
    first of them (null for a spelling that only the authority file or the lock states), and
    ``status`` is ``canonical``, ``variant``, ``ambiguous`` or ``probable``.
    """

    canonical: str
    spelling: str
    kind: str
    count: int
    documents: tuple[str, ...]
    first_offset: int | None
    status: str
    reason: str


def name_rows(
    spellings: Iterable[tuple[str, Tally, Verdict]],
    orders: Mapping[tuple[str, ...], tuple[str, ...]],
) -> list[NameRow]:
    """The rows by canonical form, the canonical spelling first.

    ``orders`` lists spellings that have the same words in another order: of two such names, the
    rarer is ``probable``. Single words that no sentence has inside are no names and have no row.
    """
    known = {s: (t, v) for s, t, v in spellings if _is_name(s, t, v)}
    for spelling in [s for s in known if _has_tail(s, known)]:
        del known[spelling]
    counts: dict[str, int] = {}
    for tally, verdict in known.values():
        counts[verdict.canonical] = counts.get(verdict.canonical, 0) + tally.mentions
    likely = _reordered(known, orders, counts)
    rows = [_row(s, t, v, likely.get(v.canonical)) for s, (t, v) in known.items()]
    return sorted(rows, key=lambda r: (r.canonical, r.spelling != r.canonical, r.spelling))


def _is_name(spelling: str, tally: Tally, verdict: Verdict) -> bool:
    if len(words(spelling)) > 1 or verdict.status != CANONICAL:
        return True
    return tally.mentions > tally.lower and (
        tally.inside > 0 or verdict.kind not in (UNKNOWN, ACRONYM)
    )


def _has_tail(spelling: str, known: Mapping[str, tuple[Tally, Verdict]]) -> bool:
    """Whether it is a known name that swallowed the next word, once: ``Vietnamattachait``."""
    tally, verdict = known[spelling]
    if tally.mentions > 1 or verdict.kind != UNKNOWN or len(words(spelling)) > 1:
        return False
    return any(
        spelling[:end] in known and known[spelling[:end]][0].mentions > 1
        for end in range(_SHORTEST_HEAD, len(spelling) - _SHORTEST_TAIL + 1)
    )


def _reordered(
    known: Mapping[str, tuple[Tally, Verdict]],
    orders: Mapping[tuple[str, ...], tuple[str, ...]],
    counts: Mapping[str, int],
) -> dict[str, str]:
    """For a canonical form, the likelier name that has its words in another order."""
    found: dict[str, str] = {}
    for those in orders.values():
        verdicts = [known[s][1] for s in those if s in known]
        if not any(v.kind == "person" for v in verdicts):
            continue
        names = sorted({v.canonical for v in verdicts if v.kind != PLACE})
        names.sort(key=lambda n: -counts.get(n, 0))
        for name in names[1:]:
            if skeleton(name) != skeleton(names[0]):
                found[name] = names[0]
    return found


def _row(spelling: str, tally: Tally, verdict: Verdict, likely: str | None) -> NameRow:
    status, reason = verdict.status, verdict.reason
    if likely is not None and status == CANONICAL:
        status = PROBABLE
        reason = f"probably {likely!r}: the same words in another order"
    return NameRow(
        canonical=verdict.canonical,
        spelling=spelling,
        kind=verdict.kind,
        count=tally.mentions,
        documents=tally.documents,
        first_offset=tally.first if tally.documents else None,
        status=status,
        reason=reason,
    )
