"""RUN: words that lost the space between them.

The cause is nearly always the same: the page's source was soft-wrapped, and the scraper dropped
each line break with its space. One analysis of the document (``normalize/words``) finds all of
them; a rule here takes the kind it is named for. Only white space is ever inserted.

Source: the defect was described and measured on agency pages and public treebanks; the scorer's
weights and where each comes from stand in ``normalize/words/weights.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..edits import Edit
from ..view import View
from ..words.boundaries import edits_of
from . import Stage, rule


@rule("RUN001", repair="safe", stage=Stage.WORDS)
def run_together_words(view: View) -> Iterable[Edit]:
    """Two or more words written as one.

    Finds: letters that are more likely to be several words with a lost space than one word.
    Why: the glued form is in no lexicon, so searches, counts and models miss both words.
    Example: "le généralde corps d'armée" -> "le général de corps d'armée".
    Leaves alone: words the lexicon, the corpus or the rest of the document knows, names,
    derived words ("multilatéralisation"), words in capitals.
    """
    return edits_of(view, "words", "RUN001")


@rule("RUN002", repair="safe", stage=Stage.WORDS)
def run_together_at_capital(view: View) -> Iterable[Edit]:
    """A capital inside a word, where the next word starts.

    Finds: a small letter followed by a capital, where both sides are words or names.
    Why: names are lost to every index ("UedaKazumasa").
    Example: "entre leVietnam et le Japon" -> "entre le Vietnam et le Japon".
    Leaves alone: brands and names with inner capitals (YouTube, McDonald, VietnamPlus).
    """
    return edits_of(view, "case", "RUN002")


@rule("RUN003", repair="safe", stage=Stage.WORDS)
def run_together_with_number(view: View) -> Iterable[Edit]:
    """A number and a word with no space between them.

    Finds: a month, a function word or another plain word that touches a number, and a caption
    glued to the number of its picture.
    Why: dates and amounts are not recognised.
    Example: "en novembre2023" -> "en novembre 2023"; "ảnh 1Le dialogue" -> "ảnh 1 Le dialogue".
    Leaves alone: models and formulas (A380, CO2, H5N1), ordinals (10e), units (80km), times
    (18h40), decades, scores.
    """
    return edits_of(view, "digit", "RUN003")


@rule("RUN004", repair="safe", stage=Stage.WORDS)
def run_together_at_elision(view: View) -> Iterable[Edit]:
    """A word glued to an elided one.

    Finds: letters before an apostrophe that are a word and an elided form.
    Why: "del'Union" is neither "de" nor "l'Union" to any tool.
    Example: "à l'occasion del'Union" -> "à l'occasion de l'Union".
    Leaves alone: elided forms and fixed words ("aujourd'hui", "jusqu'à"), names ("O'Brien").
    """
    return edits_of(view, "elision", "RUN004")


@rule("RUN005", repair="safe", stage=Stage.WORDS)
def run_together_with_hyphenated(view: View) -> Iterable[Edit]:
    """A word glued to a hyphenated one.

    Finds: letters beside a hyphen that are two words.
    Why: neither the compound nor its neighbour can be found.
    Example: "le vice-ministrejaponais" -> "le vice-ministre japonais".
    Leaves alone: compounds whose parts are words, names or prefixes.
    """
    return edits_of(view, "hyphen", "RUN005")


@rule("RUN006", repair="safe", stage=Stage.WORDS)
def run_together_line(view: View) -> Iterable[Edit]:
    """A line, or a long piece of one, without any space.

    Finds: runs of more than forty letters that read as words, as text layers of PDF files have.
    Why: the whole line is one token.
    Example: "Traditionalsearchreliesonkeywordmatching…" -> "Traditional search relies on …".
    Leaves alone: identifiers, addresses, file names, code.
    """
    return edits_of(view, "long", "RUN006")
