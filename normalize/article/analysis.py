"""The whole analysis of one document: from its text to blocks, cuts and facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import compress, count, pairwise
from operator import not_, or_
from typing import TYPE_CHECKING

from ..document import Block, Facts, Role
from ..view import View
from .facts import facts_of
from .features import (
    COMMENT,
    COPYRIGHT,
    LABEL,
    MARKER,
    MENU,
    SHARE,
    SOURCE,
    Shape,
    Shapes,
    is_paragraph,
    shapes_of,
    shapes_of_text,
)
from .furniture import LIKELY, REPORTED, Furniture, furniture
from .heading import find_lede, find_title, mark_other_titles, site_name
from .keys import FEWEST, source_of
from .lines import Line, split_lines
from .marks import Cut, Ground, Verdict
from .pieces import find_url
from .repeats import mark_repeats
from .scorer import choose, probabilities
from .teasers import is_marker, mark_teasers, speaks_of, stems
from .tiles import tiles
from .vocabulary import Vocabulary, vocabulary

if TYPE_CHECKING:
    from .evidence import BlockEvidence

FEWEST_LINES = 4
"""A text of fewer lines has no room for furniture, but for what its own words give away."""
CERTAIN_OF_SHORT = 0.9
"""Certainty of such words from which they count in a short text."""
MOST_ROUNDS = 4
"""Rounds of judging a page's lines anew after the first ones went. Two are the rule."""

REMEMBERED = 2
"""Texts whose analysis is remembered: the one before and the one after a stage."""

PAGE_FURNITURE = 3
"""Different lines of furniture from which a text is taken for a whole page. Of 92 news pages 84
have more, of their 92 article bodies none has (5 have one such line)."""
PAGE_SEEN = 4
"""Lines that other documents have too and that are no prose, from which it is a page."""
PAGE_LABELS = 15
"""Short lines without a sentence end that make a page together with one line of furniture."""
PAGE_LABELS_SHARE = 0.35
LABEL_WORDS = 4
NOTICE_WORDS = 40
"""A notice is no longer; an article on newsletters has longer paragraphs."""
OWN_PROSE, OWN_PROSE_WORDS = 0.15, 40
"""Share, and words, of prose that a page has to itself at least."""
AGAINST = ((4.0, 5.0, 6.0, 6.0), (2.0, 3.5, 5.0, 6.0))
"""What a line that 2, 3, 4, 5 documents or more have weighs against it, for labels and for prose.
Two pages may share a paragraph because one teases the other."""
AGAINST_TEASER = 1.0
"""What standing behind a marker weighs against a line of a page."""
REPEATED_ENDS = 3
"""Documents that have a line above or below a text's own lines, from which it is furniture."""
MONTH_FIRST = "en"
"""The language in which figures may give the month before the day."""

CERTAIN = 0.5
"""Verdicts below are reported and the block stays."""
CERTAIN_OF_PARAGRAPH = 0.9
"""The same for a paragraph of the body's surroundings that only look and place speak against."""
SHORT_PAGE, CERTAIN_IN_SHORT_PAGE = 40, 0.95
"""Lines below which the scorer, which was fitted to whole pages, is hardly trusted with paragraphs,
and the same for these."""
LEAST_INSIDE, MOST_INSIDE = 0.02, 4
"""Probability from which lines between two of the body stay, and how many at most."""
HEADINGS_OF_END = 2
"""Short lines at most above a paragraph that may be the article's last."""
ARTICLE_PROSE_WORDS, PAGE_PROSE_WORDS = 40, 20

_FURNITURE_KINDS = frozenset((MENU, COMMENT, MARKER, SHARE))
_MENU_KINDS = frozenset((MENU, COMMENT))


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

    @cached_property
    def judged(self) -> Mapping[Role, list[tuple[Block, Ground]]]:
        """The blocks that have a verdict, by role."""
        found: dict[Role, list[tuple[Block, Ground]]] = {}
        judged = compress(self.blocks, self.grounds)
        for block, ground in zip(judged, filter(None, self.grounds), strict=True):
            found.setdefault(block.role, []).append((block, ground))
        return found


def analyse(view: View) -> Article:
    """Give every block of ``view.text`` its role, find the pieces to cut, gather the facts.

    The latest results are remembered: stages and passes come back to a text that did not change.
    """
    blocks = view.evidence.blocks
    for text, code, evidence, article in _latest:
        if evidence is blocks and code == view.language.code and text == view.text:
            return article
    article = _analysed(view)
    _latest[:] = [(view.text, view.language.code, blocks, article), *_latest[: REMEMBERED - 1]]
    return article


_latest: list[tuple[str, str, BlockEvidence, Article]] = []


def _analysed(view: View) -> Article:
    text = view.text
    lines = split_lines(text)
    if not lines:
        blocks = (Block(0, len(text), Role.BODY),) if text else ()
        return Article(blocks, (None,) * len(blocks), (), Facts())
    words = vocabulary(view.language)
    texts = [line.text for line in lines]
    rows = [*filter(None, view.rows)]
    known = view.evidence.blocks
    shapes = shapes_of(texts, rows, words) if known else shapes_of_text(texts, rows, words)
    found = Furniture.empty(len(lines))
    title = lede = None
    seen = seen_in_corpus(known, lines, shapes)
    page = is_page(shapes, seen)
    if len(lines) >= FEWEST_LINES and is_article(shapes, page=page):
        _judge(lines, shapes, words, seen, found, page=page)
        cuts = found.cuts_by_line(lines)
        title = find_title(shapes, found.verdicts, page=page)
        if title is not None:
            found.verdicts[title] = None
            title = mark_other_titles(title, shapes, found.verdicts, lines)
            _cut_site_name(lines[title], found)
        lede = find_lede(title, shapes, found.verdicts, cuts)
        mark_repeats(lines, shapes, found.verdicts, cuts, lede)
    else:
        if len(lines) > 1:
            _judge_short(lines, shapes, words, found)
        title = find_title(shapes, found.verdicts, page=False)
    day_first = view.language.code != MONTH_FIRST
    facts = facts_of(lines, shapes, found, words, day_first=day_first)
    return _article(text, lines, found, facts, title, lede)


def _cut_site_name(title: Line, found: Furniture) -> None:
    """Cut the site's name off a title."""
    at = site_name(title.text)
    if at is not None:
        reason = "the site's name"
        found.cuts.append(Cut(title.start + at, title.end, Role.SOURCE, LIKELY, reason))
        found.cuts.sort(key=lambda cut: cut.start)


def _judge_short(
    lines: Sequence[Line], shapes: Shapes, words: Vocabulary, found: Furniture
) -> None:
    """Judge the lines of an agency item of a few sentences, by their own words alone.

    Credits go, and the dateline of the first sentence, and the sign-off of the last.
    """
    some = furniture(lines, shapes, words)
    prose = [i for i, s in enumerate(shapes) if s.prose and some.verdicts[i] is None]
    if not prose:
        return
    by_line = some.cuts_by_line(lines)
    ends = ((prose[0], Role.DATELINE), (len(lines) - 1, Role.SIGN_OFF))
    some.cuts = [cut for i, role in ends for cut in by_line.get(i, ()) if cut.role is role]
    some.signed = []
    for i, verdict in enumerate(some.verdicts):
        last = i == len(lines) - 1 and i > prose[-1]
        roles = (Role.CREDIT, Role.CAPTION, Role.SIGN_OFF) if last else (Role.CREDIT, Role.CAPTION)
        if verdict and (verdict.role not in roles or verdict.certainty < CERTAIN_OF_SHORT):
            some.verdicts[i] = None
    if not any(cut.role is Role.DATELINE for cut in some.cuts):
        some.dateline = None
    found.take(some, range(len(lines)))


def _judge(
    lines: Sequence[Line],
    shapes: Shapes,
    words: Vocabulary,
    seen: Sequence[int],
    found: Furniture,
    *,
    page: bool,
) -> None:
    """Judge the lines, and those left once more, until none goes.

    So the text that is left holds nothing that a second analysis would drop.
    """
    left: Sequence[int] = range(len(lines))
    for _ in range(MOST_ROUNDS):
        some = furniture(lines, shapes, words)
        mark_teasers(shapes, some.verdicts, some.signed, some.weak, words)
        if page:
            proven = {*some.signed, *some.cuts_by_line(lines)}
            _judge_by_look(lines, shapes, seen, some.verdicts, proven, words)
        else:
            _mark_repeated_ends(seen, some.verdicts)
        found.take(some, left)
        stays = [v is None or v.certainty < CERTAIN for v in some.verdicts]
        if not page or all(stays) or not any(stays):
            return
        left = [*compress(left, stays)]
        lines, seen = [*compress(lines, stays)], [*compress(seen, stays)]
        shapes = Shapes(compress(shapes, stays))
        page = is_page(shapes, seen)


def _judge_by_look(
    lines: Sequence[Line],
    shapes: Shapes,
    seen: Sequence[int],
    verdicts: list[Verdict | None],
    proven: Collection[int],
    words: Vocabulary,
) -> None:
    """Judge the lines of a page by look and place, and by how often the corpus has them.

    Behind a marker, look and place decide too: pages announce others in the midst of the article.
    Lines with a dateline or a sign-off (``proven``) stay, and paragraphs go only where look and
    place leave hardly a doubt.
    """
    teasers = [i for i, v in enumerate(verdicts) if v is not None and v.ground is Ground.MARKER]
    against = [*map(_against, seen, shapes)] if any(seen) else [0.0] * len(lines)
    for i in teasers:
        against[i] += AGAINST_TEASER
    probability = probabilities(lines, shapes, against)
    kept = choose(probability, shapes)
    for i in teasers:
        if kept[i]:
            verdicts[i] = None
    score = Ground.SCORE
    for i in compress(count(), map(not_, kept)):
        verdict, p = verdicts[i], probability[i]
        if (verdict is not None and verdict.certainty >= CERTAIN) or i in proven:
            continue
        if seen[i]:
            verdicts[i] = _repeated(seen[i], max(0.5, 1 - p))
        else:
            s = shapes[i]
            reason = f"not of the article by its look and place (probability {p:.2f})"
            certainty = 1 - p if p < 1 - CERTAIN else CERTAIN
            if s.prose and certainty < _least_certainty(i, shapes, kept):
                certainty = REPORTED
            verdicts[i] = _verdict((_role_by_look(s), score, certainty, reason))
    _take_back_insides(shapes, probability, verdicts)
    _take_back_end(shapes, verdicts, words)


def _take_back_insides(
    shapes: Shapes, probability: Sequence[float], verdicts: list[Verdict | None]
) -> None:
    """Keep the few lines between two of the body that only look and place speak against.

    Headings, verses and items of a list look like furniture, but furniture stands outside.
    """
    stays = [i for i, v in enumerate(verdicts) if v is None or v.certainty < CERTAIN]
    for above, below in pairwise(stays):
        inside = range(above + 1, below)
        if 0 < len(inside) <= MOST_INSIDE and all(
            (verdict := verdicts[i]) is not None
            and verdict.ground is Ground.SCORE
            and probability[i] >= LEAST_INSIDE
            and not (shapes[i].kind or shapes[i].notice)
            for i in inside
        ):
            verdicts[inside.start : inside.stop] = [None] * len(inside)


def _take_back_end(shapes: Shapes, verdicts: list[Verdict | None], words: Vocabulary) -> None:
    """Keep the last paragraphs of the article where only look and place speak against them.

    Below a heading, or a pointer to another article, a paragraph looks like a teaser; but it, or
    its heading, speaks of what the article is about.
    """
    stays = [i for i, v in enumerate(verdicts) if v is None or v.certainty < CERTAIN]
    kept = [i for i in stays if is_paragraph(shapes[i])]
    if len(kept) < 2:
        return
    last = stays[-1] if stays[-1] - kept[-1] <= HEADINGS_OF_END else kept[-1]
    about: frozenset[str] | None = None
    while (part := _part_behind(last, shapes, verdicts)) and not any(
        shapes[i].kind or shapes[i].notice or shapes[i].symbol for i in part
    ):
        if about is None:
            about = stems(shapes[i].folded for i in stays)
        if not any(speaks_of(shapes[i], about, words) for i in part):
            return
        for i in part:
            verdicts[i] = None
        last = part[-1]


def _part_behind(last: int, shapes: Shapes, verdicts: Sequence[Verdict | None]) -> list[int]:
    """The paragraph behind line ``last``, with its headings, that only look and place speak
    against; none where something else stands there."""
    first = last + 1
    while first < len(shapes) and _points(shapes[first], verdicts[first]):
        first += 1
    for stop in range(first, min(first + HEADINGS_OF_END + 1, len(shapes))):
        verdict = verdicts[stop]
        if verdict is None or verdict.ground is not Ground.SCORE:
            return []
        if is_paragraph(shapes[stop]):
            return [*range(first, stop + 1)]
    return []


def _points(s: Shape, verdict: Verdict | None) -> bool:
    """Whether a line points to one other article by its headline: "Lire aussi : …"."""
    return verdict is not None and verdict.role is Role.MARKER and not is_marker(s, verdict)


def _least_certainty(i: int, shapes: Shapes, kept: Sequence[bool]) -> float:
    """The certainty from which look and place may drop line ``i``.

    It is higher for a paragraph that touches one of the body, or stands in a short page.
    """
    if not is_paragraph(shapes[i]):
        return CERTAIN
    if len(shapes) < SHORT_PAGE:
        return CERTAIN_IN_SHORT_PAGE
    beside = (j for j in (i - 1, i + 1) if 0 <= j < len(shapes))
    touches = any(kept[j] and shapes[j].prose for j in beside)
    return CERTAIN_OF_PARAGRAPH if touches else CERTAIN


def body_of(text: str, article: Article) -> list[str]:
    """The paragraphs of the body, without the pieces to cut."""
    paragraphs = []
    cuts = iter((*article.cuts, None))
    cut = next(cuts)
    for block, ground in zip(article.blocks, article.grounds, strict=True):
        pieces, at = [], block.start
        while cut is not None and cut.start < block.end:
            pieces.append(text[at : cut.start])
            at = cut.end
            cut = next(cuts)
        pieces.append(text[at : block.end])
        if block.role is Role.BODY and ground is None:
            paragraphs.append("".join(pieces).strip())
    return [p for p in paragraphs if p]


def is_article(shapes: Shapes, *, page: bool) -> bool:
    """Whether there is prose enough for an article, so that lists and code are left alone.

    In a whole page, with its menus, a short paragraph is enough.
    """
    prose = sum(shapes.columns.prose)
    return prose >= (PAGE_PROSE_WORDS if page else ARTICLE_PROSE_WORDS)


def seen_in_corpus(evidence: BlockEvidence, lines: Sequence[Line], shapes: Shapes) -> list[int]:
    """For each line, how many documents of the corpus have it; 0 where it is not repeated.

    A text most of whose prose stands elsewhere is a copy of a document, not a page of a site.
    """
    nothing = [0] * len(lines)
    if not evidence:
        return nothing
    repeated = evidence.of_source(source_of(_address(lines, shapes)))
    if not repeated.blocks:
        return nothing
    counts = [repeated.count(line.text) for line in lines]
    prose = shapes.columns.prose
    own = sum(compress(prose, map(not_, counts)))
    return counts if own >= max(OWN_PROSE * sum(prose), OWN_PROSE_WORDS) else nothing


def _against(count: int, s: Shape) -> float:
    """What ``count`` documents with the same line weigh against it, in log-odds."""
    return AGAINST[bool(s.prose)][min(count, 5) - FEWEST] if count >= FEWEST else 0.0


def _mark_repeated_ends(seen: Sequence[int], verdicts: list[Verdict | None]) -> None:
    """What several documents have above their first own line, or below their last."""
    for order in (range(len(seen)), range(len(seen) - 1, -1, -1)):
        for i in order:
            if verdicts[i] is None:
                if seen[i] < REPEATED_ENDS:
                    break
                verdicts[i] = _repeated(seen[i], 0.9)


def _repeated(count: int, certainty: float) -> Verdict:
    reason = f"stands in {count} documents of the corpus"
    return Verdict(Role.REPEATED, Ground.CORPUS, certainty, reason)


def _address(lines: Sequence[Line], shapes: Shapes) -> str | None:
    """The address that a source line of the page gives."""
    kinds = shapes.columns.kind
    sources = (i for i in compress(count(), kinds) if kinds[i] in (SOURCE, LABEL))
    return next(filter(None, (find_url(lines[i].text) for i in sources)), None)


def is_page(shapes: Shapes, seen: Sequence[int]) -> bool:
    """Whether the text is a whole page, with its menus, and not only an article.

    Markers and share lines between paragraphs show nothing: articles have boxes in their midst.
    Nor does a line by itself above a paragraph, which may be a heading ("Sport", "Contact"), or a
    paragraph with the words of a notice among others.
    """
    columns = shapes.columns
    prose = [*compress(count(), columns.prose)]
    inside = range(prose[0], prose[-1]) if prose else range(0)
    some = set[int]()
    furniture_lines = set[str]()
    for i in compress(count(), map(or_, columns.kind, columns.symbol)):
        kinds = _MENU_KINDS if i in inside else _FURNITURE_KINDS
        named = columns.kind[i] in kinds or columns.symbol[i] == COPYRIGHT
        if named and not _may_be_heading(i, shapes):
            some.add(i)
            furniture_lines.add(shapes[i].folded)
            if len(furniture_lines) >= PAGE_FURNITURE:
                return True
    if some:
        furniture_lines |= {
            shapes[i].folded
            for i in compress(count(), columns.notice)
            if columns.words[i] < NOTICE_WORDS
            and (
                not some.isdisjoint((i - 1, i + 1))
                if columns.prose[i]
                else not _may_be_heading(i, shapes)
            )
        }
        if len(furniture_lines) >= PAGE_FURNITURE:
            return True
    if any(seen):
        known = sum(not columns.prose[i] for i in compress(count(), seen))
        if known >= PAGE_SEEN:
            return True
    if not furniture_lines:
        return False
    labels = sum(s.words <= LABEL_WORDS and s.end >= 7 for s in shapes)
    return labels >= PAGE_LABELS and labels > PAGE_LABELS_SHARE * len(shapes)


def _may_be_heading(i: int, shapes: Shapes) -> bool:
    """Whether line ``i`` stands by itself above a paragraph, below another one or the first."""
    below = i + 1 < len(shapes) and shapes[i + 1].prose
    return bool(below and (not i or shapes[i - 1].prose))


def _role_by_look(s: Shape) -> Role:
    """The role of a line that is not of the article and that no other evidence names."""
    if s.kind == MENU:
        return _MENU
    if s.notice or s.symbol == COPYRIGHT:
        return _NOTICE
    return _MENU if s.words <= LABEL_WORDS else _OTHER


_MENU, _NOTICE, _OTHER, _BODY = Role.MENU, Role.NOTICE, Role.OTHER, Role.BODY  # looked up once
_STAYS = (_BODY, None, 1.0, "")
"""What is said of a line that has no verdict, in the order of one."""


def _article(
    text: str,
    lines: Sequence[Line],
    found: Furniture,
    facts: Facts,
    title: int | None,
    lede: int | None,
) -> Article:
    verdicts = found.verdicts
    kept = [v is None or v.certainty < CERTAIN for v in verdicts]
    starts, ends = zip(*tiles(text, lines, kept), strict=True)
    # By columns, for most lines of a page go; those that stay give no reason.
    rows = [verdict or _STAYS for verdict in verdicts]
    roles, grounds, certainties, reasons = zip(*rows, strict=True)
    blocks = [*map(_block, zip(starts, ends, roles, certainties, zip(reasons), strict=True))]
    for at in compress(count(), map(not_, grounds)):
        blocks[at] = _block((starts[at], ends[at], _BODY, 1.0, ()))
    for i, role in ((lede, Role.LEDE), (title, Role.TITLE)):
        if i is not None and verdicts[i] is None:
            blocks[i] = blocks[i]._replace(role=role)
    cuts = found.cuts
    if cuts:
        begin = [line.start for line in lines]
        cuts = [cut for cut in cuts if kept[bisect_right(begin, cut.start) - 1]]
    return Article(tuple(blocks), grounds, tuple(cuts), facts)


_block: Callable[[tuple[int, int, Role, float, tuple[str, ...]]], Block] = partial(
    tuple.__new__, Block
)
_verdict: Callable[[tuple[Role, Ground, float, str]], Verdict] = partial(tuple.__new__, Verdict)
