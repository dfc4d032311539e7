"""Whether the names of a text can be anything but consistent: a cheap test before the analysis.

The NAM rules speak only where two names of one skeleton differ in marks or hyphens, where the same
words stand in two orders, where a name goes on in small letters, or where somebody ruled. All of
that shows in the rows of capitalised words themselves, before anybody has told which of them are
names. The test may say yes for nothing; it never says no where the analysis would find something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..memory import Remembered
from ..view import View
from .grammar import SMALL_WORD, Grammar, grammar_of
from .spelling import GLUED, LETTER, is_glued, letters, skeleton

_ATOM = re.compile(f"([{LETTER}][{LETTER}'’]*)")
_SMALL_WORD = re.compile(SMALL_WORD)
_HYPHENS = frozenset("-‐‑")
ROWS_KEPT = 1 << 14
"""Rows whose looks are remembered: some 15 MB."""
_MOST_ATOMS = 16
"""Of one name: eight words, each of two parts."""


Look = tuple[str, str, str]
"""Neighbouring words of a row of capitalised words: their skeleton, bare; a shape, which tells
apart what differs in more than case and spaces; and a bag, which is the same for all orders of the
words, and empty for a single one."""


class _Row(NamedTuple):
    """All neighbouring words of a row, and the skeletons of those that it ends with."""

    looks: tuple[Look, ...]
    endings: tuple[str, ...]


def _ends_names(atom: str, joint: str) -> bool:
    """Whether a name may end with this atom of a row: small words go on with one and end none.

    What a hyphen joins is part of the word before, and an elision starts a word.
    """
    return not atom[0].islower() or joint == "-" or "'" in atom or "’" in atom


@dataclass(frozen=True)
class Known:
    """The looks of the names that a corpus taught.

    ``shapes`` by skeleton and ``bags`` by words, ``None`` where there are several; ``ruled`` are
    the skeletons that somebody decided on.
    """

    shapes: dict[str, str | None]
    bags: dict[str, str | None]
    ruled: frozenset[str]

    @classmethod
    def of(cls, spellings: Iterable[str], ruled: frozenset[str]) -> Known:
        shapes: dict[str, str | None] = {}
        bags: dict[str, str | None] = {}
        for spelling in spellings:
            looks = _read(spelling).looks
            if not looks:
                continue
            bare, shape, bag = max(looks, key=lambda look: len(look[0]))
            if shapes.setdefault(bare, shape) != shape:
                shapes[bare] = None
            if bag and bags.setdefault(bag, bare) != bare:
                bags[bag] = None
        return cls(shapes, bags, ruled)

    def tells(self, look: Look) -> bool:
        """Whether the corpus knows a name with this look, or its words, in another spelling."""
        bare, shape, bag = look
        return (
            self.shapes.get(bare, shape) != shape
            or self.bags.get(bag, bare) != bare
            or bare in self.ruled
        )


def may_differ(view: View) -> bool:
    """Whether a name of the text may differ from another one of the text or of the evidence."""
    names = view.evidence.names
    if names.rulings.folds:
        return True
    known = names.known_looks
    shapes: dict[str, str] = {}
    bags: dict[str, str] = {}
    going_on: set[str] = set()
    grammar = grammar_of(view.language.code)
    for row, small in set(grammar.run.findall(view.text)):
        looks, endings = _read(row)
        if small and endings and _may_go_on(grammar, small):
            tail = skeleton(small)
            going_on.update([ending + tail for ending in endings])
        for look in looks:
            bare, shape, bag = look
            if shapes.setdefault(bare, shape) != shape:
                return True
            if bag and bags.setdefault(bag, bare) != bare:
                return True
            if known is not None and known.tells(look):
                return True
    # A set asked about a dictionary would go through all of it, and a corpus has many names.
    if known is not None and not known.shapes.keys().isdisjoint(going_on):
        return True
    return not shapes.keys().isdisjoint(going_on)


def word_behind(grammar: Grammar, text: str, end: int) -> str | None:
    """A word behind a name that may be the rest of it: Xi Jin ping."""
    small = _SMALL_WORD.match(text, end)
    return small[1] if small is not None and _may_go_on(grammar, small[1]) else None


def _may_go_on(grammar: Grammar, word: str) -> bool:
    """Whether a name may go on with the word behind it."""
    return word.islower() and word not in grammar.function_words


def _row(row: str) -> _Row:
    if row.isalpha():
        return _Row(((skeleton(row), _shape(row), ""),), ())
    pieces = _ATOM.split(row)  # atoms, and what stands around and between them
    atoms = pieces[1::2]
    skeletons, shapes = [*map(skeleton, atoms)], [*map(_shape, atoms)]
    joints = ["" if _HYPHENS.isdisjoint(gap) else "-" for gap in pieces[2:-1:2]]
    closing = [*map(_ends_names, atoms, ["", *joints])]
    closing[-1:] = [True]  # the whole row, which somebody may have ruled to be a name
    looks: list[Look] = []
    endings: list[str] = []
    read: set[tuple[str, ...]] = set()
    for start, atom in enumerate(atoms):
        stop = min(len(atoms), start + _MOST_ATOMS)
        if stop < len(atoms):  # a row without end may say the same again and again
            here = (*atoms[start:stop], *joints[start : stop - 1])
            if here in read:
                continue
            read.add(here)
        firsts = [(skeletons[start], shapes[start])]
        _, _, rest = atom.replace("’", "'").partition("'")
        if rest:
            firsts.append((skeleton(rest), _shape(rest)))
        for first, first_shape in firsts:
            words, bare, shape = [first], first, first_shape
            if closing[start]:
                looks.append((bare, shape, ""))
            for at in range(start + 1, stop):
                words.append(skeletons[at])
                bare += skeletons[at]
                shape += joints[at - 1] + shapes[at]
                if closing[at]:
                    looks.append((bare, shape, " ".join(sorted(words))))
            if len(words) > 1 and stop == len(atoms):
                endings.append(bare)
    return _Row(tuple(looks), tuple(endings))


_read = Remembered(_row, ROWS_KEPT).__getitem__


@lru_cache(maxsize=32768)
def _shape(word: str) -> str:
    """A word with its marks and without its case; what may be two words tells its cut."""
    if not word[1:].islower() and is_glued(word):
        return " ".join(map(_shape, GLUED.split(word)))
    if word.isascii():
        return skeleton(word)
    return "".join(base + "".join(sorted(marks)) for base, marks in letters(word))
