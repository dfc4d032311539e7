"""SPL: words with a stray space in them.

Text layers of PDF files, hyphenation lost on the way and careless markup leave spaces inside
words. The analysis is the one of the RUN rules (``normalize/words``). Only white space is removed.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..edits import Edit
from ..view import View
from ..words.boundaries import edits_of
from . import Stage, rule


@rule("SPL001", repair="safe", stage=Stage.WORDS)
def split_word(view: View) -> Iterable[Edit]:
    """A word with a stray space in it.

    Finds: neighbours that are far more likely to be one known word than the two that stand there.
    Why: neither piece is a word, and the word is not found.
    Example: "le ministère japon ais" -> "le ministère japonais".
    Leaves alone: pieces that are a likely pair ("en fin", "par tout"), names, wholes that are not
    known.
    """
    return edits_of(view, "stray", "SPL001")
