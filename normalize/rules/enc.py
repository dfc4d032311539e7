"""ENC: what wrong encodings and markup leave in a text.

Text is repaired, not made uniform: quotation marks, apostrophes, dashes and the no-break spaces of
French typography stay as they are. All rules work in place, on the smallest span.

Nearly every line needs nothing. ASCII text is settled at once; other text costs one search of each
analysis in ``normalize/encoding``, and ftfy is loaded when a line may hold mojibake, not before.

Sources: ftfy (https://ftfy.readthedocs.io) for mojibake; Unicode Standard Annex 15 (normalization)
and Technical Report 20 (characters unsuitable for markup); the HTML standard, section 13.5, for the
names of character references.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..edits import Edit
from ..encoding.characters import Finding, Kind, odd_characters
from ..encoding.composition import not_composed
from ..encoding.entities import references
from ..encoding.mojibake import mojibake
from ..encoding.repair import Repair, merged
from ..view import View
from . import Stage, rule


@rule("ENC001", repair="safe", stage=Stage.ENCODING)
def mojibake_text(view: View) -> Iterable[Edit]:
    """Text that was written in one encoding and read in another.

    Finds: what ``ftfy.fix_encoding`` changes, line by line, once or twice garbled.
    Why: the words are unreadable and match nothing.
    Example: "lâ€™Ã©tÃ©" -> "l’été".
    Leaves alone: whatever ftfy does; signs that only look odd ("São Paulo", "20 °C", "¿Qué?").
    """
    return _edits(view, "ENC001", view.once(_mojibake))


@rule("ENC002", repair="safe", stage=Stage.ENCODING)
def decomposed_letters(view: View) -> Iterable[Edit]:
    """Letters whose accents are separate characters (not Unicode NFC).

    Finds: clusters that differ from their composed form.
    Why: "é" and "é" look the same but are two strings: searches, counts and joins miss one.
    Example: "e" + U+0301 -> "é".
    Leaves alone: marks for which there is no composed letter.
    """
    return _edits(view, "ENC002", not_composed(view.text))


@rule("ENC003", repair="safe", stage=Stage.ENCODING)
def invisible_characters(view: View) -> Iterable[Edit]:
    """Control and zero-width characters.

    Finds: control characters, soft hyphens, zero-width spaces, joiners between letters that do not
    join, direction controls in left-to-right text or without counterpart, hidden tags, terminal
    colours. A control character that is a quotation mark without its high byte becomes it again.
    Why: they cut words in two for every program while nobody sees them, and can hide text.
    Example: "gouver" + U+00AD + "nement" -> "gouvernement"; "l" + U+0019 + "eau" -> "l’eau".
    Leaves alone: joiners in emoji and in Arabic, Persian and Indic words, direction marks in
    right-to-left lines, zero-width spaces in scripts without spaces, variation selectors, tabs.
    """
    return _characters(view, "ENC003", Kind.INVISIBLE)


@rule("ENC004", repair="safe", stage=Stage.ENCODING)
def html_references(view: View) -> Iterable[Edit]:
    """Leftover HTML character references.

    Finds: references that HTML defines, by name or number, with their semicolon, escaped any
    number of times; ``&nbsp`` also without it.
    Why: the text was escaped once too often, and words are cut.
    Example: "R&amp;D" -> "R&D"; "caf&eacute;" -> "café"; "10&nbsp;km" -> "10 km".
    Leaves alone: names that HTML does not know, lines with tags, text in backticks, and in web
    addresses everything but the ampersand.
    """
    return _edits(view, "ENC004", references(view.text))


@rule("ENC005", repair="safe", stage=Stage.ENCODING)
def byte_order_mark(view: View) -> Iterable[Edit]:
    """A byte-order mark inside the text.

    Finds: U+FEFF, which files that were put together leave between them.
    Why: it is invisible, and the word after it matches nothing.
    Example: U+FEFF + "Le ministre" -> "Le ministre".
    Leaves alone: the mark at the start of a file, which is no part of its text.
    """
    return _characters(view, "ENC005", Kind.BYTE_ORDER_MARK)


@rule("ENC006", repair="none", stage=Stage.ENCODING)
def unreadable_characters(view: View) -> Iterable[Edit]:
    """A character that is lost for good.

    Finds: the replacement character U+FFFD, and private-use characters, which mean something in
    one font only.
    Why: a decoder upstream threw a letter away; only the source can tell which.
    Example: "le pr" + U+FFFD + "sident" is reported.
    Leaves alone: what ftfy can still tell from the signs around it.
    """
    return _characters(view, "ENC006", Kind.UNREADABLE)


@rule("ENC007", repair="safe", stage=Stage.ENCODING)
def unusual_spaces(view: View) -> Iterable[Edit]:
    """Line separators and spaces that are not those of running text.

    Finds: U+2028, U+2029, vertical tab and form feed (line ends); spaces of typesetting, U+2000 to
    U+200A, U+205F and, outside East Asian text, U+3000.
    Why: programs disagree on whether they end a line or a word.
    Example: "ouvert" + U+2003 + "lundi" -> "ouvert lundi"; "80" + U+2009 + "000" -> the same with
    U+202F, which does not break.
    Leaves alone: the no-break spaces U+00A0 and U+202F.
    """
    return _characters(view, "ENC007", Kind.SPACE)


@rule("ENC008", repair="safe", stage=Stage.ENCODING)
def surrogates(view: View) -> Iterable[Edit]:
    """Surrogates: halves of a character, from JSON or UTF-16 that was cut.

    Finds: U+D800 to U+DFFF; a pair becomes its character, a lone one U+FFFD.
    Why: no UTF-8 file can hold them.
    Example: U+D83D + U+DCDD -> "📝".
    Leaves alone: characters beyond U+FFFF that are whole.
    """
    return _characters(view, "ENC008", Kind.SURROGATE)


@rule("ENC009", repair="safe", stage=Stage.ENCODING)
def typeface_ligatures(view: View) -> Iterable[Edit]:
    """Latin ligatures that a typeface, not the spelling, joined.

    Finds: U+FB00 to U+FB06, as in text that came from a PDF.
    Why: "ﬁnance" is not found by who looks for "finance".
    Example: "ﬁnance" -> "finance".
    Leaves alone: "œ" and "æ", which are letters.
    """
    return _characters(view, "ENC009", Kind.LIGATURE)


def _mojibake(view: View) -> list[Repair]:
    return list(mojibake(view.text))


def _odd_characters(view: View) -> list[Finding]:
    """Odd characters, without those that are part of mojibake: they are clues, and mended there."""
    repairs = view.once(_mojibake)
    if not repairs:
        return list(odd_characters(view.text))
    starts, ends = [repair.start for repair in repairs], [repair.end for repair in repairs]

    def garbled(at: int) -> bool:
        i = bisect_right(starts, at) - 1
        return i >= 0 and at < ends[i]

    return [f for f in odd_characters(view.text) if not garbled(f[1].start)]


def _characters(view: View, code: str, kind: Kind) -> Iterable[Edit]:
    odd = view.once(_odd_characters)
    return _edits(view, code, merged(repair for k, repair in odd if k is kind)) if odd else ()


def _edits(view: View, code: str, repairs: Iterable[Repair]) -> Iterator[Edit]:
    for start, end, after, reason, certainty in repairs:
        yield Edit(start, end, view.text[start:end], after, code, certainty, reason)
