"""Mentions of names in a text: rows of capitalised words, judged by what they are and stand beside.

No model and no list of all names: a capital in the middle of a sentence is the evidence, titles,
prepositions, particles, given names and the build of Vietnamese and Japanese syllables refine it. A
word that opens a sentence and also stands in small letters is no name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ..view import View
from .grammar import BEFORE_PLACE, OF, TITLE, Grammar, grammar_of
from .spelling import CAPITAL, LETTER, is_capitals, skeleton

PERSON, PLACE, ORGANISATION, ACRONYM, UNKNOWN = (
    "person",
    "place",
    "organisation",
    "acronym",
    "unknown",
)
KINDS = (PERSON, PLACE, ORGANISATION, ACRONYM, UNKNOWN)

_ANY_WORD = re.compile(f"[{LETTER}]+")
_HEADING = re.compile(f"^[^a-zà-öø-ÿ\n]{{0,60}}[{CAPITAL}]{{2}}[^a-zà-öø-ÿ\n]*$", re.MULTILINE)
_AGENCY = re.compile(f" ?\\([{CAPITAL}]{{2}}")
"""After the place of a dateline: Hanoi (VNA)."""
_SPACES = re.compile(r"\s+")
_OPENING = " \u00a0\u202f\"'«“‘(*_–—-•📝"
_STOPS = ".!?…:;\n"
_BLANKS = " \u00a0\u202f"
_WORDS_IN_FRONT, _LONGEST_FRONT = 3, 24
"""How far a title may stand in front of a name, in words, each with so many code points."""
_ELIDED = ("d'", "d’")
_HALVES_OF_DAY = ("AM", "PM")
_LONGEST_ACRONYM = 6
_LONGEST_NAME = 8
"""In words; a longer row of capitals is a heading."""
_LONGEST_WORD = 60
"""In code points; longer words are no names, and cost time."""


class Mention(NamedTuple):
    """A name at ``[start, end)``; ``spelling`` has its white space made single spaces.

    ``titled``: a title or function stands in front. ``placed``: a preposition of place does, or it
    is the place of a dateline. ``initial``: it opens a sentence. ``lower``: the same word stands
    in small letters in the document.
    """

    start: int
    end: int
    spelling: str
    kind: str
    titled: bool = False
    placed: bool = False
    initial: bool = False
    lower: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: start and end."""
        return self.start, self.end


Piece = tuple[int, int, str]
"""Start, end and text of one word of a row."""


class _Part(NamedTuple):
    """A piece of a row, in its offsets."""

    start: int
    end: int
    spelling: str
    kind: str
    titled: bool
    words: int


def mentions(view: View) -> tuple[Mention, ...]:
    """The mentions of a text, in order; ask for them through ``view.once``."""
    text, grammar = view.text, grammar_of(view.language.code)
    standing = set(_ANY_WORD.findall(text))
    capitals = _Spans(text)
    found: list[Mention] = []
    for row in grammar.run.finditer(text):
        start = row.start()
        if capitals.spans and capitals.cover(start):
            continue
        names = _without_cut(row[0], text, row.end())
        if not names:
            continue
        initial = _opens_sentence(text, start)
        for part in _parts(grammar, names, initial):
            first = initial and not part.start
            lower = part.words == 1 and part.spelling.lower() in standing
            if lower and (first or part.kind == UNKNOWN):
                continue
            at, end = start + part.start, start + part.end
            titled, placed = _context(grammar, text, at, end)
            titled = titled or part.titled
            if part.words == 1 and not titled and _is_time(grammar, text, at, end):
                continue
            placed = placed or part.kind == PLACE
            kind = part.kind
            if kind == UNKNOWN and (titled or placed):
                kind = PERSON if titled else PLACE
            found.append(Mention(at, end, part.spelling, kind, titled, placed, first, lower))
    return _taken_apart(found)


def _without_cut(row: str, text: str, end: int) -> str:
    """The row without a last word that goes on with a digit: ``Kim December2021``."""
    if end < len(text) and row[-1:].isalpha() and _ANY_WORD.match(text, end):
        return row[: max(map(row.rfind, _BLANKS)) + 1].rstrip(_BLANKS)
    return row


def _is_time(grammar: Grammar, text: str, start: int, end: int) -> bool:
    """Whether a word is a month or a day of the week (Monday), or goes with the hour (5 PM)."""
    if skeleton(text[start:end]) in grammar.calendar:
        return True
    return text[start:end] in _HALVES_OF_DAY and text[max(0, start - 2) : start - 1].isdigit()


def _taken_apart(found: list[Mention]) -> tuple[Mention, ...]:
    """Two names side by side that both stand alone elsewhere: ``Laos Saysomphone Phomvihane``."""
    known = {m.spelling for m in found}
    out: list[Mention] = []
    for mention in found:
        first, _, rest = mention.spelling.partition(" ")
        if mention.kind == UNKNOWN and " " in rest and first in known and rest in known:
            cut = mention.end - len(rest)
            if cut - mention.start == len(first) + 1:
                out.append(mention._replace(end=mention.start + len(first), spelling=first))
                out.append(Mention(cut, mention.end, rest, UNKNOWN))
                continue
        out.append(mention)
    return tuple(out)


def headings(text: str) -> list[tuple[int, int]]:
    """The lines in capitals: they teach no names, but known names stand in them."""
    return [line.span() for line in _HEADING.finditer(text)]


class _Spans:
    """Ascending questions to the headings of a text."""

    def __init__(self, text: str) -> None:
        self.spans = headings(text)
        self._at = 0

    def cover(self, offset: int) -> bool:
        while self._at < len(self.spans) and self.spans[self._at][1] <= offset:
            self._at += 1
        return self._at < len(self.spans) and self.spans[self._at][0] <= offset


def _opens_sentence(text: str, start: int) -> bool:
    at = start - 1
    if at > 0 and text[at] == " " and text[at - 1].isalnum():  # nearly always
        return False
    while at >= 0 and text[at] in _OPENING and start - at < 8:
        at -= 1
    return at < 0 or text[at] in _STOPS


def _context(grammar: Grammar, text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a title, and whether a preposition of place, stands in front."""
    if start == 0 or text[start - 1] not in _BLANKS:
        at_line_start = start == 0 or text[start - 1] == "\n"
        return False, at_line_start and bool(_AGENCY.match(text, end))
    stop = start - 1
    for distance in range(_WORDS_IN_FRONT):
        begin = text.rfind(" ", max(0, stop - _LONGEST_FRONT), stop) + 1
        word = text[begin:stop] if begin else text[max(0, stop - _LONGEST_FRONT) : stop]
        role = grammar.fronts.get(word.lower())
        if role == TITLE:
            return True, False
        if distance == 0 and role == OF:
            noun = text[max(0, begin - _LONGEST_FRONT) : begin].rpartition("\n")[2].split()[-1:]
            return False, bool(noun) and skeleton(noun[0]) in grammar.place_nouns
        if role is not None:
            return False, distance == 0 and role == BEFORE_PLACE
        if begin < 2 or not word.isalnum():
            break
        stop = begin - 1
    return False, False


@lru_cache(maxsize=8192)
def _parts(grammar: Grammar, row: str, initial: bool) -> tuple[_Part, ...]:
    """A row of capitalised words as the names it holds."""
    if row.isalpha():
        return _one_word(grammar, row, initial)
    pieces = [(m.start(), m.end(), m[0]) for m in grammar.piece.finditer(row)]
    if len(pieces) > _LONGEST_NAME * 2:
        return ()
    if initial:
        pieces = _without_opening(grammar, pieces)
    parts: list[_Part] = []
    titled = False
    group: list[Piece] = []
    for piece in pieces:
        key = skeleton(piece[2])
        if not group and key in grammar.titles and len(pieces) > 1:
            titled = True
        elif _is_acronym(grammar, piece[2], key, pieces, bool(group)):
            parts += _split(grammar, row, group, titled)
            parts.append(_Part(*piece, ACRONYM, False, 1))
            group, titled = [], False
        else:
            group.append(piece)
    return tuple(parts + _split(grammar, row, group, titled))


def _one_word(grammar: Grammar, word: str, initial: bool) -> tuple[_Part, ...]:
    """The same for the most frequent row."""
    key = skeleton(word)
    if len(word) > _LONGEST_WORD or (initial and key in grammar.starters):
        return ()
    kind = ACRONYM if is_capitals(word) else _kind(grammar, [key], word)
    return (_Part(0, len(word), word, kind, False, 1),)


def _without_opening(grammar: Grammar, pieces: list[Piece]) -> list[Piece]:
    """The row without what opens the sentence: "Selon Hara Takashi", "L'Asie", "Le Vietnam"."""
    keys = [skeleton(p[2]) for p in pieces]
    if len(pieces) > 2 and grammar.structure.is_vietnamese(keys):
        return pieces  # Le Hoai Trung
    if keys[0] in grammar.starters:  # the next capital is the name's own: Selon La Croix
        pieces = pieces[1:]
        while pieces and _is_small(pieces[0][2]):
            pieces = pieces[1:]
    elif pieces:
        start, end, word = pieces[0]
        head, sign, rest = word.replace("’", "'").partition("'")
        if sign and skeleton(head) in grammar.elisions:
            if not rest[:1].isupper():
                return pieces[1:]
            cut = len(head) + 1
            pieces = [(start + cut, end, word[cut:]), *pieces[1:]]
    return pieces


def _is_acronym(grammar: Grammar, word: str, key: str, pieces: list[Piece], later: bool) -> bool:
    """Capitals alone, unless they are a family name in capitals: ``NGUYEN Van``."""
    if not is_capitals(word) or "." in word:
        return False
    if len(pieces) == 1:
        return True
    if all(is_capitals(p[2]) for p in pieces):
        return False
    followed = pieces[[p[2] for p in pieces].index(word) + 1 :]
    family = key in grammar.structure.family_names and (
        later or bool(followed and grammar.structure.vietnamese.fullmatch(skeleton(followed[0][2])))
    )
    return len(key) <= _LONGEST_ACRONYM and not family and not (later and len(key) > 4)


def _split(grammar: Grammar, row: str, group: list[Piece], titled: bool) -> list[_Part]:
    """The names in a row that holds no acronym; a weak particle joins only where it must."""
    names: list[list[Piece]] = [[]]
    for start, end, word in group:
        elided = word.startswith(_ELIDED)
        if elided or (_is_small(word) and skeleton(word) in grammar.weak_particles):
            goes_on = names[-1] and (
                _is_small(names[-1][-1][2])
                or skeleton(word) in grammar.particles
                or _joins(grammar, names[-1])
            )
            if not goes_on:
                if names[-1]:
                    names.append([])
                if elided:
                    names[-1].append((start + 2, end, word[2:]))
                continue
        names[-1].append((start, end, word))
    parts: list[_Part] = []
    for name in names:
        while name and _is_small(name[-1][2]):
            name.pop()
        for piece in _neighbours(grammar, name):
            if len(piece) > _LONGEST_NAME or any(e - s > _LONGEST_WORD for s, e, _ in piece):
                continue
            part = _part(grammar, row, piece, titled and not parts)
            if parts and parts[-1].kind == ORGANISATION and parts[-1].words == 1:
                parts.append(_body(row, parts[-1], part))
            parts.append(part)
    return parts


def _body(row: str, head: _Part, part: _Part) -> _Part:
    """An organisation with the place or person it is called after: Banco de Bogotá."""
    spelling = _spelled(row[head.start : part.end])
    return _Part(head.start, part.end, spelling, ORGANISATION, False, part.words + 2)


def _neighbours(grammar: Grammar, name: list[Piece]) -> list[list[Piece]]:
    """A name, or two of them side by side: ``Vietnam To Lam``."""
    keys = [skeleton(piece[2]) for piece in name]
    known = grammar.structure
    if (
        len(keys) > 2
        and known.is_vietnamese(keys[1:])
        and not known.vietnamese.fullmatch(keys[0])
        and keys[0] not in known.given_names
    ):
        return [name[:1], name[1:]]
    return [name] if name else []


def _is_small(word: str) -> bool:
    """Whether a word has no capital of its own, as al-Sissi and d'Artagnan have."""
    return word[:1].islower() and "-" not in word and not word.startswith(_ELIDED)


def _joins(grammar: Grammar, name: list[Piece]) -> bool:
    """Whether "de" after these words goes on with the name: Charles de Gaulle, Rio de Janeiro."""
    first = skeleton(name[0][2].partition("-")[0])
    return len(name) < 4 and (
        first in grammar.structure.given_names or (len(name) == 1 and first in grammar.place_heads)
    )


def _part(grammar: Grammar, row: str, name: list[Piece], titled: bool) -> _Part:
    start, end = name[0][0], name[-1][1]
    keys = [skeleton(piece[2]) for piece in name]
    spelling = _spelled(row[start:end])
    return _Part(start, end, spelling, _kind(grammar, keys, spelling), titled, len(keys))


def _spelled(piece: str) -> str:
    return unicodedata.normalize("NFC", _SPACES.sub(" ", piece))


def _kind(grammar: Grammar, keys: list[str], spelling: str) -> str:
    """What the words themselves say."""
    whole = "".join(keys)
    if whole in grammar.places:
        return PLACE
    if any(key in grammar.structure.organisation_words for key in keys):
        return ORGANISATION
    if len(keys) > 1:
        if keys[0] in grammar.place_heads or any(key in grammar.place_words for key in keys):
            return PLACE
        first = skeleton(spelling.split()[0].partition("-")[0])
        if (
            first in grammar.structure.given_names
            or grammar.structure.is_vietnamese(keys)
            or grammar.structure.is_japanese(keys)
        ):
            return PERSON
        if any(key in grammar.particles for key in keys):
            return PERSON
    return UNKNOWN
