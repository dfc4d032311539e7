"""Teasers: headlines and summaries of other articles that follow the end of this one.

A teaser block is told from the article's own paragraphs by how it is built: captions, headlines
and summaries take turns, so that two paragraphs of prose hardly ever follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Role
from .features import COPYRIGHT, END_COLON, END_COMMA, END_STOP, MENU, Shape
from .marks import Ground, Verdict

CAP = 0.5
"""Share of the prose that may go without a marker and without alternation; more is reported."""
CAP_ALTERNATING = 0.9
"""The same where captions, headlines and summaries alternate."""
REPORTED = 0.4
"""Certainty of what is reported only."""
HEADLINE_WORDS = (3, 32)
NEXT_TO_MARKER = 3
"""Lines between sign-off and marker at most ("source", a credit)."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Lines ``start`` to ``stop`` that hold teasers, and how they are built.

    ``units`` counts headlines that a summary follows, ``credited`` those of them under a caption,
    ``headlines`` all headlines.
    """

    start: int
    stop: int
    units: int
    credited: int
    headlines: int
    resumes: bool


def is_paragraph(s: Shape) -> bool:
    """Whether a line is a paragraph of prose, and no headline that ends in a quotation."""
    return bool(s.prose) and (s.end == END_STOP or s.words > HEADLINE_WORDS[1])


def is_headline(s: Shape) -> bool:
    """Whether a line looks like a headline: some words, no sentence end."""
    low, high = HEADLINE_WORDS
    return (
        low <= s.words <= high
        and not is_paragraph(s)
        and not s.credit
        and s.end not in (END_STOP, END_COLON, END_COMMA)
    )


def tail(start: int, shapes: Sequence[Shape], verdicts: Sequence[Verdict | None]) -> Tail:
    """The teaser-like run from line ``start`` on; it stops where the article resumes."""
    units = credited = headlines = 0
    previous: str = "start"
    caption = False
    for i in range(start, len(shapes)):
        s, verdict = shapes[i], verdicts[i]
        if verdict is not None and verdict.role in (Role.CAPTION, Role.CREDIT):
            caption, previous = True, "caption"
        elif verdict is not None:
            previous = "other"
        elif is_paragraph(s):
            if previous == "prose":
                return Tail(start, i - 1, max(0, units - 1), credited, headlines, True)
            if previous == "headline":
                units += 1
                credited += caption
                caption = False
            previous = "prose"
        elif is_headline(s):
            headlines += 1
            previous = "headline"
        else:
            previous = "other"
    return Tail(start, len(shapes), units, credited, headlines, False)


def mark_teasers(
    shapes: Sequence[Shape], verdicts: list[Verdict | None], signed: Sequence[int]
) -> None:
    """Give the teasers after markers, after the sign-off, or by alternation their verdicts."""
    end = _end_by_sign_off(shapes, verdicts, signed)
    for i, verdict in enumerate(verdicts):
        if verdict is not None and verdict.role is Role.MARKER and _is_whole(shapes[i]):
            _after_marker(i, shapes, verdicts, end)
    if end is not None:
        _drop(end, shapes, verdicts, Ground.SIGN_OFF, "follows the sign-off")
    elif not any(v is not None and v.role is Role.TEASER for v in verdicts):
        _alternating(shapes, verdicts)


def _is_whole(s: Shape) -> bool:
    return ":" not in s.folded


def _end_by_sign_off(
    shapes: Sequence[Shape], verdicts: Sequence[Verdict | None], signed: Sequence[int]
) -> Tail | None:
    """What follows the first sign-off after which the article does not go on."""
    for i in signed:
        rest = tail(i + 1, shapes, verdicts)
        if not rest.resumes:
            return rest if rest.headlines else None
    return None


def _after_marker(
    at: int, shapes: Sequence[Shape], verdicts: list[Verdict | None], end: Tail | None
) -> None:
    rest = tail(at + 1, shapes, verdicts)
    by_sign_off = end is not None and end.start <= at + 1
    if rest.resumes:
        stop = rest.stop
        while stop > rest.start and not is_headline(shapes[stop - 1]):
            stop -= 1
        rest = Tail(rest.start, stop, rest.units, rest.credited, rest.headlines, True)
    elif not by_sign_off and rest.units == 1 and not rest.credited:
        return
    if rest.headlines:
        cap = 1.0 if by_sign_off else CAP_ALTERNATING
        _drop(rest, shapes, verdicts, Ground.MARKER, "follows a marker", cap)


def _drop(
    rest: Tail,
    shapes: Sequence[Shape],
    verdicts: list[Verdict | None],
    ground: Ground,
    reason: str,
    cap: float | None = None,
) -> None:
    total = sum(s.prose for s in shapes) or 1
    if cap is None:
        cap = CAP_ALTERNATING if rest.units >= 2 else CAP
    share = sum(shapes[i].prose for i in range(rest.start, rest.stop)) / total
    certainty = 0.95 if share <= cap else REPORTED
    for i in range(rest.start, rest.stop):
        verdict = verdicts[i]
        if verdict is None or verdict.role in (Role.CAPTION, Role.CREDIT):
            verdicts[i] = Verdict(_role(shapes[i]), ground, certainty, reason)


def _role(s: Shape) -> Role:
    """Teasers, but for what the word lists know by another name."""
    if s.kind == MENU:
        return Role.MENU
    return Role.NOTICE if s.symbol == COPYRIGHT else Role.TEASER


def _alternating(shapes: Sequence[Shape], verdicts: list[Verdict | None]) -> None:
    """Teasers at the end that neither a marker nor a sign-off announces."""
    captions = [
        i for i, v in enumerate(verdicts) if v is not None and v.role in (Role.CAPTION, Role.CREDIT)
    ]
    for i in captions:
        rest = tail(i, shapes, verdicts)
        if not rest.resumes and rest.credited >= 2 and rest.credited == rest.units:
            _drop(rest, shapes, verdicts, Ground.ALTERNATION, Ground.ALTERNATION.value)
            return
