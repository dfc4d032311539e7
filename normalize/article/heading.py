"""Which kept lines are the title and the lede."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..document import Role
from .features import END_COLON, END_COMMA, END_STOP, Shape
from .marks import Cut, Verdict

TITLE_WORDS = 32
SEARCHED_ABOVE = 12
"""Lines above the first paragraph among which a headline without a match is sought."""
LEDE_WORDS = 90
SAME_TITLE = 0.4
"""Least likeness of the headline above the body to the page's first line."""


def find_title(
    shapes: Sequence[Shape], verdicts: Sequence[Verdict | None], *, page: bool
) -> int | None:
    """The line that is the title, or ``None`` for a text that begins with its body.

    In a page the headline stands again above the body, without the site's name; in a text it is
    the first line that is not of another kind.
    """
    body = next((i for i, v in enumerate(verdicts) if v is None and shapes[i].prose), None)
    if body is None:
        return None
    if page:
        return _title_of_page(shapes, body)
    for i in range(body):
        if verdicts[i] is None:
            return i if _looks_like_title(shapes[i]) else None
    return None


def _title_of_page(shapes: Sequence[Shape], body: int) -> int | None:
    candidates = [i for i in range(1, body) if _looks_like_title(shapes[i])]
    first = set(shapes[0].folded.split())
    shared = {i: _shared(first, set(shapes[i].folded.split())) for i in candidates}
    best = max(shared.values(), default=0.0)
    if best >= SAME_TITLE:
        return max(i for i, share in shared.items() if share == best)
    if body > 0 and _looks_like_title(shapes[0]) and shapes[0].words >= 3:
        return 0
    near = [i for i in candidates if i >= body - SEARCHED_ABOVE and shapes[i].words >= 4]
    return max(near, key=lambda i: (min(shapes[i].words, 8), i)) if near else None


def _shared(first: set[str], other: set[str]) -> float:
    """Of the words of two lines, the share that both have; the first may add the site's name."""
    if not first or len(other) < 2:
        return 0.0
    both = len(first & other)
    return both / len(other) * min(1.0, 2 * both / len(first))


def _looks_like_title(s: Shape) -> bool:
    return (
        s.words <= TITLE_WORDS
        and not s.prose
        and not s.kind
        and not s.credit
        and not s.byline
        and s.symbol not in (2, 3)
        and s.date not in (3, 4)
        and s.end not in (END_STOP, END_COLON, END_COMMA)
    )


def find_lede(
    title: int | None,
    shapes: Sequence[Shape],
    verdicts: Sequence[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
) -> int | None:
    """The line that is the lede: the paragraph between the title and a body that starts anew.

    The body starts anew with a dateline, or behind a caption, a credit or a byline.
    """
    if title is None:
        return None
    kept = [i for i in range(title + 1, len(shapes)) if verdicts[i] is None and shapes[i].prose]
    if len(kept) < 2 or shapes[kept[0]].words > LEDE_WORDS or has_dateline(cuts.get(kept[0], ())):
        return None
    lede, body = kept[0], kept[1]
    between = any(
        v is not None and v.role in (Role.CAPTION, Role.CREDIT) for v in verdicts[lede + 1 : body]
    )
    return lede if between or has_dateline(cuts.get(body, ())) else None


def has_dateline(cuts: Sequence[Cut]) -> bool:
    """Whether one of the pieces is a dateline."""
    return any(cut.role is Role.DATELINE for cut in cuts)
