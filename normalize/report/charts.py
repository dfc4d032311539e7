"""The pictures of a report as numbers; ``templates/charts.svg`` draws them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .data import BINS, ReportData
from .escape import shorten

_BARS = 30
"""Bars of one picture; the table beside it has every row."""


@dataclass(frozen=True)
class Bar:
    """One bar: a solid part and a hatched part, and their lengths as shares of the longest bar."""

    label: str
    solid: int
    hatched: int
    solid_share: float
    hatched_share: float

    @property
    def total(self) -> int:
        return self.solid + self.hatched


@dataclass(frozen=True)
class Chart:
    """A picture with the words that stand for it; ``left_out`` counts bars there is no room for."""

    key: str
    title: str
    description: str
    solid: str
    hatched: str
    bars: tuple[Bar, ...]
    left_out: int = 0


def charts(build: ReportData) -> tuple[Chart, Chart, Chart]:
    """Edits by rule, characters dropped by document, certainty of all edits."""
    return (_rules(build), _dropped(build), _certainty(build))


def _bars(rows: Iterable[tuple[str, int, int]]) -> tuple[Bar, ...]:
    listed = list(rows)
    longest = max((solid + hatched for _, solid, hatched in listed), default=0) or 1
    return tuple(
        Bar(label, solid, hatched, round(solid / longest, 4), round(hatched / longest, 4))
        for label, solid, hatched in listed
    )


def _rules(build: ReportData) -> Chart:
    rules = [rule for rule in build.rules if not rule.layout]
    first = rules[0] if rules else None
    return Chart(
        "rules",
        "Edits by rule",
        f"{build.n_applied} edits applied and {build.n_reported} findings left alone, by"
        f" {len(rules)} rules."
        + (f" Most are of {first.code}: {first.applied + first.reported}." if first else ""),
        "applied",
        "left alone",
        _bars((r.code, r.applied, r.reported) for r in rules[:_BARS]),
        max(0, len(rules) - _BARS),
    )


def _dropped(build: ReportData) -> Chart:
    order = sorted(build.documents, key=lambda document: (-document.dropped, document.id))
    raw = sum(document.n_chars_raw for document in order)
    total = build.dropped
    share = f"{total / raw:.0%}" if raw else "0%"
    return Chart(
        "dropped",
        "Characters dropped by document",
        f"{total:,} of {raw:,} characters ({share}) stood in blocks that were dropped.",
        "dropped",
        "kept",
        _bars(
            (shorten(d.id, 24), d.dropped, max(0, d.n_chars_raw - d.dropped)) for d in order[:_BARS]
        ),
        max(0, len(order) - _BARS),
    )


def _certainty(build: ReportData) -> Chart:
    applied, left = build.certainties.applied, build.certainties.left
    sure = applied[-1] + left[-1]
    count = sum(applied) + sum(left)
    return Chart(
        "certainty",
        "Certainty",
        f"{sure} of {count} edits and findings have a certainty of 0.9 or more.",
        "applied",
        "left alone",
        _bars((f"{at / BINS:.1f}", applied[at], left[at]) for at in range(BINS)),
    )
