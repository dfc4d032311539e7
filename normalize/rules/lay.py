"""LAY: layout. These edits are no defects: they bring text into the form of the corpus.

They are recorded like every other edit, so that a build can be undone to the byte. ``check`` does
not report them and ``fix`` does not keep them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..decode import line_end_edits
from ..document import Role
from ..edits import Edit
from ..view import View
from . import Stage, rule


@rule("LAY001", repair="safe", stage=Stage.LAYOUT)
def title_column(view: View) -> Iterable[Edit]:
    """The title goes to its own column.

    Finds: the block with the role title.
    Why: ``text`` is the article without its title; ``title`` holds that.
    Example: "Un sommet à Tokyo⏎⏎Le sommet…" -> "Le sommet…", title "Un sommet à Tokyo".
    Leaves alone: headings inside the article.
    """
    for block in view.blocks:
        if block.role is Role.TITLE:
            reason = "the title has its own column"
            yield from _replaced(view, block.start, block.end, "", "LAY001", reason)


@rule("LAY002", repair="safe", stage=Stage.LAYOUT)
def paragraph_breaks(view: View) -> Iterable[Edit]:
    """One blank line stands between two paragraphs, and nothing around them.

    Finds: white space before, between and after the paragraphs that is anything else.
    Why: other tools split ``text`` at blank lines, whatever the page did.
    Example: "Un.⏎Deux.⏎⏎⏎Trois.⏎" -> "Un.⏎⏎Deux.⏎⏎Trois.".
    Leaves alone: white space inside a paragraph.
    """
    paragraphs = [
        block
        for block in view.blocks
        if block.role is not Role.TITLE and not _is_blank(view, block.start, block.end)
    ]
    for number, block in enumerate(paragraphs):
        content = view.text[block.start : block.end]
        start = block.start + len(content) - len(content.lstrip())
        end = block.start + len(content.rstrip())
        gap = "" if number == len(paragraphs) - 1 else "\n\n"
        reason = "paragraphs are separated by one blank line"
        yield from _replaced(view, block.start, start, "", "LAY002", reason)
        yield from _replaced(view, end, block.end, gap, "LAY002", reason)
    for block in view.blocks:
        if block.role is not Role.TITLE and _is_blank(view, block.start, block.end):
            reason = "no white space stands around the text"
            yield from _replaced(view, block.start, block.end, "", "LAY002", reason)


@rule("LAY003", repair="safe", stage=Stage.LINE_ENDS)
def line_ends(view: View) -> Iterable[Edit]:
    """Lines end in a line feed.

    Finds: carriage returns, alone or before a line feed.
    Why: offsets and patterns then mean the same on every system. ``fix`` gives a file its own
    line ends back.
    Example: "Un.␍⏎Deux." -> "Un.⏎Deux.".
    Leaves alone: every other line separator, which the ENC rules judge.
    """
    return line_end_edits(view.text)


def _is_blank(view: View, start: int, end: int) -> bool:
    return not view.text[start:end].strip()


def _replaced(
    view: View, start: int, end: int, after: str, code: str, reason: str
) -> Iterator[Edit]:
    before = view.text[start:end]
    if before != after:
        yield Edit(start, end, before, after, code, 1.0, reason)
