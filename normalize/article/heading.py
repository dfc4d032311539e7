"""Which kept lines are the title and the lede."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, count, islice
from operator import not_

from ..document import Role
from .features import END_COLON, END_COMMA, END_STOP, Shape, Shapes, is_paragraph
from .lines import Line
from .marks import Cut, Ground, Verdict

TITLE_WORDS = 32
SEARCHED_ABOVE = 12
"""Lines above the first paragraph among which a headline without a match is sought."""
TITLE_WORDS_TWICE = 3
"""Words of a title at least that is sought again, or that the site's name follows."""
TITLE_STEM = 5
"""Letters by which the words of a headline are sought in the body."""
HEADLINE_WORDS = 8
"""Words from which one line looks as much like a headline as another."""
SHARE_OF_HEADLINE = 0.25
"""Of its longer words, what the first lines of the body have of a headline above its summary."""
SITE_NAME_WORDS = 5
SITE_WORDS = 4
"""Words up to which the first line of a page may be the site's name, where a headline is near."""
LEDE_WORDS = 90
SAME_TITLE = 0.4
"""Least likeness of the headline above the body to the page's first line."""


def find_title(shapes: Shapes, verdicts: Sequence[Verdict | None], *, page: bool) -> int | None:
    """The line that is the title, or ``None`` for a text that begins with its body.

    In a page the headline stands again above the body, without the site's name; in a text it is
    the first line that is not of another kind, nor a label or the name of who wrote.
    """
    body = first_paragraph(shapes, verdicts)
    if body == len(shapes):
        return None
    if page:
        return _title_of_page(shapes, body)
    for i in range(body):
        if verdicts[i] is None and not (shapes[i].kind or shapes[i].byline):
            return i if _looks_like_title(shapes[i]) else None
    return None


def first_paragraph(shapes: Shapes, verdicts: Sequence[Verdict | None]) -> int:
    """The first line of prose; a quotation may be the title. Behind the last line without one."""
    for i in compress(count(), shapes.columns.prose):
        if verdicts[i] is None and (i or is_paragraph(shapes[i])):
            return i
    return len(shapes)


def _title_of_page(shapes: Shapes, body: int) -> int | None:
    first = set(shapes[0].folded.split())
    common = map(not_, map(first.isdisjoint, map(str.split, shapes.folded[1:body])))
    shared = {
        i: _shared(first, set(shapes[i].folded.split()))
        for i in compress(count(1), common)
        if _looks_like_title(shapes[i])
    }
    best = max(shared.values(), default=0.0)
    same = max(i for i, share in shared.items() if share == best) if best >= SAME_TITLE else None
    if same is not None and shapes[same].words > SITE_WORDS:
        return same
    above = [i for i in range(max(1, body - SEARCHED_ABOVE), body) if _looks_like_title(shapes[i])]
    near = [i for i in above if shapes[i].words >= 4]
    first_words = shapes[0].words if _looks_like_title(shapes[0]) else 0
    longest = max((shapes[i].words for i in near), default=0)
    opening = " ".join(s.folded for s in shapes[body : body + 8] if s.prose)
    if (
        body > 0
        and first_words > SITE_WORDS
        and same is None
        and (not near or _shared_with_body(shapes[0], opening))
    ):
        return 0
    speaking = next(
        (
            i
            for i in near or above
            if _shared_with_body(shapes[i], opening) and ">" not in shapes[i].folded
        ),
        None,
    )
    if speaking is not None and (same is None or not _shared_with_body(shapes[same], opening)):
        return _top_of_headline(speaking, near, shapes, opening)
    if same is not None:  # the site's name stands twice as well
        return same
    if body > 0 and first_words > SITE_WORDS:  # which is no more than the site's motto, perhaps
        return 0
    if body > 0 and first_words >= TITLE_WORDS_TWICE and longest <= SITE_WORDS:
        return 0
    if not near:
        return None
    at = max(near, key=lambda i: (min(shapes[i].words, HEADLINE_WORDS), i))
    while at - 1 in near and shapes[at - 1].words >= HEADLINE_WORDS:  # a headline and its summary
        at -= 1
    return at


def _top_of_headline(at: int, near: Sequence[int], shapes: Shapes, body: str) -> int:
    """The headline, where line ``at`` is the summary below it, which has more of the body."""
    while at - 1 in near and _shared_with_body(shapes[at - 1], body, SHARE_OF_HEADLINE):
        at -= 1
    return at


def _shared_with_body(title: Shape, body: str, share: float = 0.5) -> bool:
    """Whether a share of the longer words of a headline stand in the folded ``body``."""
    stems = [w[:TITLE_STEM] for w in title.folded.split() if len(w) >= TITLE_STEM]
    least = 1 if title.words >= 4 else 2
    return len(stems) >= least and sum(stem in body for stem in stems) >= share * len(stems)


def _shared(first: set[str], other: set[str]) -> float:
    """Of the words of two lines, the share that both have; the first may add the site's name."""
    if not first or len(other) < 2:
        return 0.0
    both = len(first & other)
    return both / len(other) * min(1.0, 2 * both / len(first))


def _looks_like_title(s: Shape) -> bool:
    return (
        s.words <= TITLE_WORDS
        and not is_paragraph(s)
        and not s.kind
        and not s.credit
        and not s.byline
        and s.symbol not in (2, 3)
        and s.date not in (3, 4)
        and s.end not in (END_STOP, END_COLON, END_COMMA)
    )


def mark_other_titles(
    title: int, shapes: Shapes, verdicts: list[Verdict | None], lines: Sequence[Line]
) -> int:
    """Give the title's other copies above the first paragraph their verdicts; the one that stays.

    A copy says no more than the title, or the site's name behind it.
    """
    above = [
        i
        for i in range(first_paragraph(shapes, verdicts))
        if verdicts[i] is None and shapes[i].words >= TITLE_WORDS_TWICE
    ]
    short = [i for i in above if i != title and _names_site(lines[title].text, lines[i].text)]
    stays = short[0] if short else title
    for i in above:
        same = shapes[i].folded == shapes[stays].folded
        if i != stays and (same or _names_site(lines[i].text, lines[stays].text)):
            verdicts[i] = Verdict(Role.DUPLICATE, Ground.REPEATS, 0.95, "repeats the title")
    return stays


def _names_site(long: str, short: str) -> bool:
    """Whether ``long`` is ``short`` with something behind a bar or a dash."""
    rest = long[len(short) :].strip()
    return bool(rest) and long.startswith(short) and rest[0] in "|-–—·•:»"


def site_name(title: str) -> int | None:
    """Where the site's name behind a title begins: "Le pont sera rénové | La Gazette"."""
    at = None
    while (bar := title.rfind("|", 0, at)) > 0:
        name = title[bar + 1 : at].split()
        rest = title[:bar].split()
        if not 1 <= len(name) <= SITE_NAME_WORDS or len(rest) < TITLE_WORDS_TWICE:
            break
        at = bar
    return at if at is None else len(title[:at].rstrip())


def find_lede(
    title: int | None,
    shapes: Shapes,
    verdicts: Sequence[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
) -> int | None:
    """The line that is the lede: the paragraph between the title and a body that starts anew.

    The body starts anew with a dateline, or behind a caption, a credit or a byline.
    """
    if title is None:
        return None
    prose = compress(count(), shapes.columns.prose)
    kept = [*islice((i for i in prose if i > title and verdicts[i] is None), 2)]
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
