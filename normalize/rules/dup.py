"""DUP: duplicates. What a document, or the corpus, says twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..article import Ground, analyse, body_of
from ..document import Role
from ..edits import Edit
from ..view import View
from . import Stage, rule


@rule("DUP001", repair="safe", stage=Stage.BLOCKS)
def lede_repeated(view: View) -> Iterable[Edit]:
    """A lede that the first paragraph repeats word for word.

    Finds: a lede whose letters begin the first paragraph of the body; joined words, marks, case
        and the dateline do not count.
    Why: each sentence stands in the text once; the lede keeps its own column.
    Example: "Le général a reçu…⏎Hanoi (VNA) - Le général a reçu…" -> the second stays.
    Leaves alone: a lede that says anything else.
    """
    return _repeated(view, "DUP001", Role.LEDE)


@rule("DUP002", repair="safe", stage=Stage.BLOCKS)
def paragraph_repeated(view: View) -> Iterable[Edit]:
    """A paragraph that stands in the document twice.

    Finds: a paragraph of 60 letters or more with the letters of an earlier one; the title a second
        time above the first paragraph, also with the site's name behind it.
    Why: pages repeat a quotation or a paragraph; a corpus should count it once.
    Example: the same paragraph above and below an image -> the first stays.
    Leaves alone: other short lines, and refrains; paragraphs that differ in a word or a number.
    """
    return _repeated(view, "DUP002", Role.DUPLICATE)


@rule("DUP003", repair="none", stage=Stage.REPORT)
def near_duplicate_document(view: View) -> Iterable[Edit]:
    """Two documents of the corpus with nearly the same text.

    Finds: documents whose bodies share four fifths of their letters, by MinHash over pieces of 16
        letters; joined words and marks do not count. Needs a corpus, or its lock.
    Why: copies of one article count twice, and may fall on both sides of a split.
    Example: "a" and "b", one with two more sentences -> reported for both, with the similarity.
    Leaves alone: articles on one event in other words. Nothing is dropped: whoever wants one of
        the two out finds the pair in the report.
    """
    if not view.evidence.blocks.knows_texts:
        return
    article = view.once(analyse)
    pairs = view.evidence.blocks.pairs_of(body_of(view.text, article))
    if not pairs:
        return
    first = next(b for b, g in zip(article.blocks, article.grounds, strict=True) if g is None)
    before = view.text[first.start : first.end]
    for pair in pairs:
        a, b = pair.documents
        reason = f"{a} and {b} are nearly the same text (similarity {pair.similarity:.2f})"
        yield Edit(first.start, first.end, before, None, "DUP003", pair.similarity, reason)


def _repeated(view: View, code: str, role: Role) -> Iterator[Edit]:
    for block, ground in view.once(analyse).judged.get(role, ()):
        if ground is Ground.REPEATS:
            before = view.text[block.start : block.end]
            reason = "; ".join(block.reasons)
            yield Edit(block.start, block.end, before, "", code, block.certainty, reason)
