"""SPC: spaces around punctuation, by the typography of the language.

Which marks a language sets off with a space is in its file (``[words.typography]``): French keeps
the space before ``; : ! ? »`` and after ``«``. Numbers, addresses, initials, abbreviations, times
and scores stay whole.

Sources: Lexique des règles typographiques en usage à l'Imprimerie nationale (French), Ortografía
de la lengua española (Spanish), The Chicago Manual of Style (English).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..edits import Edit
from ..view import View
from ..words.boundaries import edits_of
from . import Stage, rule


@rule("SPC001", repair="safe", stage=Stage.WORDS)
def space_before_mark(view: View) -> Iterable[Edit]:
    """A space before a comma or a full stop.

    Finds: a mark that no language sets off, alone behind a space.
    Why: the sentence or clause seems to start with a mark.
    Example: "des Affaires étrangères , Namazu" -> "des Affaires étrangères, Namazu".
    Leaves alone: the French space before ; : ! ? and », ellipses, ".com", decimals, and the space
    before a closing bracket, where something may have been lost ("(ADMM )").
    """
    return edits_of(view, "before mark", "SPC001")


@rule("SPC002", repair="safe", stage=Stage.WORDS)
def doubled_space(view: View) -> Iterable[Edit]:
    """More than one space between two words of a line.

    Finds: two or more spaces inside a line of prose.
    Why: it splits into an empty token, and the same sentence is two strings.
    Example: "à  partir de" -> "à partir de".
    Leaves alone: indentation, the end of a line, columns of a table, code.
    """
    return edits_of(view, "doubled", "SPC002")


@rule("SPC003", repair="safe", stage=Stage.WORDS)
def missing_space_after_mark(view: View) -> Iterable[Edit]:
    """A mark and the next word with no space between them.

    Finds: a letter behind a comma, full stop, closing bracket or quotation mark, and an opening
    one behind a letter.
    Why: two words and a mark are one token.
    Example: "de la guerre,l'amélioration" -> "de la guerre, l'amélioration".
    Leaves alone: numbers (21,4), addresses, file names, initials and abbreviations (J.-P., U.S.),
    endings in brackets ("étudiant(e)s"), times and scores.
    """
    return edits_of(view, "mark", "SPC003")
