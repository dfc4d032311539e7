"""The whole analysis of one document: from its text to blocks, cuts and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Block, Facts, Role
from ..view import View
from .facts import facts_of
from .features import COMMENT, MARKER, MENU, SHARE, Shape, rows, shape
from .furniture import Furniture, furniture
from .heading import find_lede, find_title
from .lines import Line, split_lines
from .marks import Cut, Ground, Verdict
from .repeats import mark_repeats
from .scorer import choose, probabilities
from .teasers import mark_teasers
from .tiles import tiles
from .vocabulary import vocabulary

FEWEST_LINES = 4
"""A text of fewer lines has no room for furniture: nothing in it is dropped."""
MOST_ROUNDS = 4
"""Rounds of judging a page's lines anew after the first ones went. Two are the rule."""

PAGE_FURNITURE = 3
"""Different lines of furniture from which a text is taken for a whole page. Of 92 news pages 84
have more, of their 92 article bodies none has (5 have one such line)."""
PAGE_LABELS = 15
"""Short lines without a sentence end that make a page together with one line of furniture."""
PAGE_LABELS_SHARE = 0.35
LABEL_WORDS = 4

CERTAIN = 0.5
"""Verdicts below are reported and the block stays."""
ARTICLE_PROSE_WORDS = 40

_FURNITURE_KINDS = frozenset((MENU, COMMENT, MARKER, SHARE))


@dataclass(frozen=True)
class Article:
    """A document, analysed.

    Attributes:
        blocks: end to end over the whole text, each with its role.
        grounds: for each block what its verdict rests on; ``None`` for a block that stays.
        cuts: pieces to take out of blocks that stay, in text order.
        facts: what the page states about the article.
    """

    blocks: tuple[Block, ...]
    grounds: tuple[Ground | None, ...]
    cuts: tuple[Cut, ...]
    facts: Facts


def analyse(view: View) -> Article:
    """Give every block of ``view.text`` its role, find the pieces to cut, gather the facts."""
    text = view.text
    lines = split_lines(text)
    if not lines:
        blocks = (Block(0, len(text), Role.BODY),) if text else ()
        return Article(blocks, (None,) * len(blocks), (), Facts())
    words = vocabulary(view.language)
    shapes = [shape(line.text, words) for line in lines]
    found = Furniture([None] * len(lines))
    lede = title = None
    if len(lines) >= FEWEST_LINES and is_article(shapes):
        found = furniture(lines, shapes, words)
        verdicts = found.verdicts
        mark_teasers(shapes, verdicts, found.signed)
        page = is_page(shapes)
        if page:
            judge(lines, shapes, verdicts)
        cuts = (
            {
                i: [c for c in found.cuts if c.start >= line.start and c.end <= line.end]
                for i, line in enumerate(lines)
            }
            if found.cuts
            else {}
        )
        title = find_title(shapes, verdicts, page=page)
        if title is not None:
            verdicts[title] = None
        lede = find_lede(title, shapes, verdicts, cuts)
        mark_repeats(lines, shapes, verdicts, cuts, lede)
    facts = facts_of(
        lines, shapes, found.verdicts, found, words, day_first=view.language.code != "en"
    )
    return _article(text, lines, found, facts, title, lede)


def is_article(shapes: Sequence[Shape]) -> bool:
    """Whether there is prose enough for an article, so that lists and code are left alone."""
    prose = sum(s.prose for s in shapes)
    return prose >= ARTICLE_PROSE_WORDS


def is_page(shapes: Sequence[Shape]) -> bool:
    """Whether the text is a whole page, with its menus, and not only an article."""
    furniture_lines = {
        s.folded
        for s in shapes
        if s.kind in _FURNITURE_KINDS or (s.notice and s.words < LEDE_LIKE) or s.symbol == 3
    }
    if len(furniture_lines) >= PAGE_FURNITURE:
        return True
    labels = sum(s.words <= LABEL_WORDS and s.end >= 7 for s in shapes)
    return (
        bool(furniture_lines) and labels >= PAGE_LABELS and labels > PAGE_LABELS_SHARE * len(shapes)
    )


LEDE_LIKE = 40


def judge(lines: Sequence[Line], shapes: Sequence[Shape], verdicts: list[Verdict | None]) -> None:
    """Judge the lines of a page by look and place, again without those that went."""
    left = list(range(len(lines)))
    for _ in range(MOST_ROUNDS):
        some_shapes = [shapes[i] for i in left]
        probability = probabilities(rows([lines[i] for i in left], some_shapes))
        kept = choose(probability, some_shapes)
        for i, keep, p in zip(left, kept, probability, strict=True):
            if not keep and verdicts[i] is None:
                verdicts[i] = Verdict(
                    role_by_look(shapes[i]),
                    Ground.SCORE,
                    max(0.5, 1 - p),
                    f"not of the article by its look and place ({p:.2f})",
                )
        left = [i for i in left if verdicts[i] is None]
        if not left or not is_page([shapes[i] for i in left]):
            return


def role_by_look(s: Shape) -> Role:
    """The role of a line that is not of the article and that no other evidence names."""
    if s.kind == MENU:
        return Role.MENU
    if s.notice:
        return Role.NOTICE
    return Role.MENU if s.words <= LABEL_WORDS else Role.OTHER


def _article(
    text: str,
    lines: Sequence[Line],
    found: Furniture,
    facts: Facts,
    title: int | None,
    lede: int | None,
) -> Article:
    verdicts = found.verdicts
    blocks = []
    kept = [v is None or v.certainty < CERTAIN for v in verdicts]
    for i, (start, end) in enumerate(tiles(text, lines, kept)):
        verdict = verdicts[i]
        if verdict is not None:
            blocks.append(Block(start, end, verdict.role, verdict.certainty, (verdict.reason,)))
        else:
            role = Role.TITLE if i == title else Role.LEDE if i == lede else Role.BODY
            blocks.append(Block(start, end, role))
    staying = [(line.start, line.end) for line, stays in zip(lines, kept, strict=True) if stays]
    cuts = tuple(c for c in found.cuts if any(a <= c.start and c.end <= b for a, b in staying))
    return Article(tuple(blocks), tuple(v.ground if v else None for v in verdicts), cuts, facts)
