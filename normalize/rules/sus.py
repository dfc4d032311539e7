"""SUS: suspects. Something is wrong, and only the source or a person can say what was meant.

They are never repaired, so precision is everything: each rule asks for a context in which the
finding is hardly ever right text. All look at the clean text, after every repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..edits import Edit
from ..suspects.gaps import doubled_words, lost_characters, unfinished_paragraphs
from ..suspects.numbers import cut_numbers
from ..suspects.spelling import typing_errors
from ..suspects.suspect import Suspect
from ..view import View
from ..words.boundaries import doubtful
from . import Stage, rule


@rule("SUS001", repair="none", stage=Stage.REPORT)
def cut_number(view: View) -> Iterable[Edit]:
    """A number that lost a digit.

    Finds: three digits with a leading zero where a year belongs: after a month or a word such as
    "depuis", "a partir de", "since", or at the end of a period ("mandat 2019-022").
    Why: dates are what articles are searched and joined by.
    Example: "à partir de 022" is reported.
    Leaves alone: telephone numbers, codes, times, decimals, numbers of laws ("n° 2016-026").
    """
    return _findings(view, "SUS001", cut_numbers(view.text, view.language))


@rule("SUS002", repair="none", stage=Stage.REPORT)
def lost_character(view: View) -> Iterable[Edit]:
    """Brackets or quotation marks that lost what they held.

    Finds: an acronym, a space and the closing bracket; empty brackets and quotation marks;
    brackets that begin with a comma or semicolon.
    Why: the page had a sign, a link or a transcription there that the scraper dropped.
    Example: "(ADMM )" for "(ADMM+)" is reported.
    Leaves alone: "main()", "[ ]", a space before a bracket after anything but an acronym.
    """
    return _findings(view, "SUS002", lost_characters(view.text))


@rule("SUS003", repair="none", stage=Stage.REPORT)
def typing_error(view: View) -> Iterable[Edit]:
    """A probable typing error.

    Finds: a word in small letters that no lexicon knows, with one slip (a letter too many, too
    few, wrong or exchanged) between it and exactly one word that is frequent.
    Why: it is counted as a word of its own.
    Example: "terreste" is reported, and "terrestre" named.
    Leaves alone: names, foreign and quoted words, parts of compounds, endings, words the document
    uses often, and texts in which every second line would be suspect.
    """
    accepted = view.evidence.words.worth.__contains__
    found = typing_errors(view.text, doubtful(view), len(view.tokens), view.language, accepted)
    return _findings(view, "SUS003", found)


@rule("SUS004", repair="none", stage=Stage.REPORT)
def unfinished_paragraph(view: View) -> Iterable[Edit]:
    """A paragraph that stops in the middle of a sentence.

    Finds: a paragraph whose last word is one that no sentence ends with (an article, "et", "of").
    Why: the rest of the sentence was cut off, or stands in another block.
    Example: "…une délégation conduite par le" is reported.
    Leaves alone: short paragraphs, and lines that the next one goes on in small letters.
    """
    return _findings(view, "SUS004", unfinished_paragraphs(view.text, view.language))


@rule("SUS005", repair="none", stage=Stage.REPORT)
def doubled_word(view: View) -> Iterable[Edit]:
    """A small word that stands twice in a row.

    Finds: articles, prepositions and the like that nobody doubles on purpose.
    Why: one of the two is a slip, or the word between them is lost.
    Example: "dans le le cadre" is reported.
    Leaves alone: "nous nous", "que que" and other pairs that grammar allows; "de de Gaulle".
    """
    return _findings(view, "SUS005", doubled_words(view.text, view.tokens, view.language))


def _findings(view: View, code: str, suspects: Iterable[Suspect]) -> Iterator[Edit]:
    for start, end, reason, certainty in suspects:
        yield Edit(start, end, view.text[start:end], None, code, certainty, reason)
