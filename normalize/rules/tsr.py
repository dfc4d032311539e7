"""TSR: teasers. Headlines and summaries of other articles that a page adds below its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from ..article import Ground, analyse
from ..document import Role
from ..edits import Edit
from ..view import View
from . import Stage, rule


@rule("TSR001", repair="safe", stage=Stage.BLOCKS)
def teaser_after_marker(view: View) -> Iterable[Edit]:
    """A marker and the teasers that follow it.

    Finds: "Voir plus", "Ver más", "Read more", "Xem thêm" as a line, with the captions, headlines
        and summaries up to the end or to where the article goes on; "Lire aussi : …" as a line;
        "Mots-clés : …", "Archivado en" below the prose.
    Why: they belong to other articles.
    Example: "Voir plus⏎⏎Un autre titre⏎⏎Son résumé." -> dropped.
    Leaves alone: paragraphs of the article that follow a marker in its midst: below a box of
        headlines paragraphs stay where they speak of what stands above the marker.
    """
    return _teasers(view, "TSR001", Ground.MARKER)


@rule("TSR002", repair="safe", stage=Stage.BLOCKS)
def teaser_after_sign_off(view: View) -> Iterable[Edit]:
    """Teasers that follow the agency's sign-off, with no marker between.

    Finds: headlines with their captions and summaries behind "-VNA", ".- AVI", "VNA/CVN".
    Why: the article ends with its sign-off.
    Example: "…en mer. -VNA⏎⏎Un autre titre⏎⏎Son résumé." -> "…en mer."
    Leaves alone: round-ups, where paragraphs go on behind a sign-off; more than half of the prose
        goes only where captions, headlines and summaries alternate, else it is reported.
    """
    return _teasers(view, "TSR002", Ground.SIGN_OFF)


@rule("TSR003", repair="safe", stage=Stage.BLOCKS)
def teaser_by_alternation(view: View) -> Iterable[Edit]:
    """Teasers that neither a marker nor a sign-off announces.

    Finds: two or more captions with credit, each with a headline and a summary, up to the end.
    Why: they belong to other articles.
    Example: "Photo: VNA⏎⏎Un titre⏎⏎Un résumé.⏎⏎Photo: VNA⏎⏎Un titre⏎⏎Un résumé." -> dropped.
    Leaves alone: headings and paragraphs of the article without captions; sections on the
        article's own subject.
    """
    return _teasers(view, "TSR003", Ground.ALTERNATION)


def _teasers(view: View, code: str, ground: Ground) -> Iterator[Edit]:
    judged = view.once(analyse).judged
    if not judged:
        return
    found = [block for block, its_ground in judged.get(Role.TEASER, ()) if its_ground is ground]
    if ground is Ground.MARKER:
        found += [block for block, _ in judged.get(Role.MARKER, ())]
    for block in sorted(found, key=attrgetter("start")):
        before = view.text[block.start : block.end]
        reason = "; ".join(block.reasons)
        yield Edit(block.start, block.end, before, "", code, block.certainty, reason)
