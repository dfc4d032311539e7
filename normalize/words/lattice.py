"""The ways to read a stretch of letters as words, and how sure each word boundary is.

A :class:`Stretch` is letters with the spaces that stand between them. A reading chooses where
words end. Its score is the sum of

* what each word is worth (``costs.WordCosts``) and its capitals cost,
* the mutual information of neighbouring words,
* the log-odds of each lost space (a boundary where no space stands), and of each stray space
  (a space inside a word), which the document's prior gives for the place.

``decode`` finds the best reading and, for each place between two letters, how much better the
best reading with a boundary there is than the best without: the margin, in natural-log units.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from ..lexicon import SWING
from .brands import are_syllables
from .costs import NONE, STRANGE_LETTERS, WordCosts
from .forms import APOSTROPHES, Forms, case_changes
from .likely import SPELT, likely_words
from .scan import PARTNER
from .weights import Weights


@dataclass(slots=True)
class Stretch:
    """Letters to be read. ``spaces`` holds each place (1..n-1) where a space stands.

    ``at[i]`` is the text offset of letter i. ``before`` and ``after`` are the characters that
    touch the stretch (empty where white space or nothing does). ``opens`` says whether a sentence
    starts here. ``closed`` are places inside neighbours that are read as they stand.
    ``previous`` and ``following`` are the words on either side, lower case, or empty.
    """

    surface: str
    lower: str
    at: list[int]
    spaces: frozenset[int]
    before: str
    after: str
    opens: bool
    closed: frozenset[int]
    previous: str
    following: str


_Edge = tuple[int, int, float]
"""A word that may stand in a stretch, by the place where it starts: end, class, score."""

_Way = tuple[float, int, int, float]
"""The best reading up to the end of a word: its score; the word's start, class and own score."""

_Reading = tuple[float, int, int]
"""The best reading with a word: its score; the word's start and end."""


class Reader:
    """Decodes stretches with one document's costs and prior.

    ``lost`` gives the log-odds of a lost space at a text offset, ``stray`` those of a stray space.
    ``whole`` is what the rest of the document adds to a token that stands as one word.
    """

    def __init__(
        self,
        costs: WordCosts,
        forms: Forms,
        weights: Weights,
        lost: Callable[[int], float],
        stray: float,
        whole: Mapping[str, float],
    ) -> None:
        self.costs = costs
        self.forms = forms
        self.weights = weights
        self.lost = lost
        self.stray = stray
        self.whole = whole
        self.longest = weights.limits["word_letters"]
        self.beam = weights.limits["beam"]
        self.neighbour = weights.word["neighbour"]
        self.swing = self.neighbour * SWING
        self.derived_glued = weights.word["derived_glued"]
        self.glued = weights.word["unknown_glued"]
        self.merged = weights.word["unvouched_merged"]
        self._not_elided = weights.tight["not_elided"]
        self.unknown_stray = 2 if stray > MANY_STRAY else 0
        self._free = _Remembered(self._freed)
        self._brands: dict[str, float] = {}

    def decode(self, stretch: Stretch) -> list[float]:
        """Margins for the places 1..n-1 of a stretch (index 0 is unused)."""
        size = len(stretch.lower)
        if not stretch.spaces and size <= self.longest:
            plain = self._two_words(stretch)
            if plain is not None:
                return plain
        if _is_long(stretch) and len(set(stretch.lower)) < FEW_LETTERS:
            return _as_it_stands(stretch)
        starting = self._edges(stretch)
        reaching = self._forward(stretch, starting)
        if not reaching[size]:
            return _as_it_stands(stretch)
        return _margins(size, self._backward(stretch, reaching))

    def _two_words(self, stretch: Stretch) -> list[float] | None:
        """The margins of one token, where two known words are clearly the best reading of it.

        The same score as in the lattice, for the one reading that nearly all glued tokens have.
        """
        lower, size = stretch.lower, len(stretch.lower)
        known = self.costs.known
        places = [
            p for p in map(len, self.costs.prefixes(lower)) if p < size and known(lower[p:]) > NONE
        ]
        if not places or case_changes(stretch.surface):
            return None
        whole = self._known(stretch, 0, size, 0, False)
        if whole == NONE:
            whole = max(self.costs.unknown(lower), self.costs.foreign(lower))
            whole += self._shape(stretch, 0, size, True)
        whole += self.whole.get(lower, 0.0) + self._context(stretch, lower)
        scores = [
            self._known(stretch, 0, p, 0, True)
            + self._known(stretch, p, size, 0, True)
            + self.lost(stretch.at[p])
            + self._context(stretch, lower[:p], lower[p:])
            for p in places
        ]
        best = max(scores)
        rest = max([whole, *(score for score in scores if score < best)])
        if best - rest < CLEAR:
            return None
        margins = [-SURE] * size
        for p, score in zip(places, scores, strict=True):
            margins[p] = score - (rest if score == best else best)
        return margins

    def _context(self, stretch: Stretch, *words: str) -> float:
        """What words, one after the other between the neighbours, gain by standing together."""
        chain = [w for w in (stretch.previous, *words, stretch.following) if w]
        classes = [self.costs.word_class(word) for word in chain]
        return self.neighbour * sum(self.costs.between(a, b) for a, b in pairwise(classes))

    def _forward(self, stretch: Stretch, starting: list[list[_Edge]]) -> list[list[_Way]]:
        """The best ways to reach each place: by the last word of each, at most ``beam``."""
        size = len(stretch.lower)
        reaching: list[list[_Way]] = [[] for _ in range(size + 1)]
        beside, weight, beam = self.costs.beside, self.neighbour, self.beam
        first = beside[self.costs.word_class(stretch.previous)] if stretch.previous else None
        for end, kind, score in starting[0]:
            way = score if first is None else score + weight * first[kind]
            reaching[end].append((way, 0, kind, score))
        for place in range(1, size + 1):
            best = reaching[place]
            if not best or not starting[place]:
                continue
            if len(best) > 1:
                best.sort(key=_SCORE, reverse=True)
                del best[beam:]
            least = best[0][0] - self.swing  # what is worse is never the better way on
            ways = [(way, beside[kind]) for way, _, kind, _ in best if way >= least]
            entries: dict[int, float] = {}
            for end, kind, score in starting[place]:
                if kind not in entries:
                    entries[kind] = max([way + weight * row[kind] for way, row in ways])
                reaching[end].append((score + entries[kind], place, kind, score))
        reaching[size].sort(key=_SCORE, reverse=True)
        del reaching[size][beam:]
        return reaching

    def _backward(self, stretch: Stretch, reaching: list[list[_Way]]) -> list[_Reading]:
        """The best reading with each word that is worth keeping."""
        size = len(stretch.lower)
        beside, weight, beam = self.costs.beside, self.neighbour, self.beam
        # The words that start at each place with what the best rest from them on is worth.
        rests: list[list[tuple[float, int]]] = [[] for _ in range(size + 1)]
        found: list[_Reading] = []
        last = self.costs.word_class(stretch.following) if stretch.following else NO_CLASS
        for place in range(size, 0, -1):
            rest = rests[place][::-1]
            if place < size and not rest:
                continue
            if len(rest) > 1:
                rest.sort(key=_SCORE, reverse=True)
                least = rest[0][0] - self.swing
                rest = [way for way in rest[:beam] if way[0] >= least]
            for way, start, kind, score in reaching[place]:
                if place < size:
                    row = beside[kind]
                    behind = max([worth + weight * row[next_kind] for worth, next_kind in rest])
                else:
                    behind = weight * beside[kind][last] if last != NO_CLASS else 0.0
                found.append((way + behind, start, place))
                rests[start].append((score + behind, kind))
        return found

    def _edges(self, stretch: Stretch) -> list[list[_Edge]]:
        """Every word that may stand in the stretch, by the place where it starts."""
        lower, size, spaces = stretch.lower, len(stretch.lower), stretch.spaces
        closed, longest = stretch.closed, self.longest
        word_class, strange_class = self.costs.word_class, self.costs.strange_class
        starting: list[list[_Edge]] = [[] for _ in range(size + 1)]
        lexicals = [self._lexical(stretch, start) for start in range(size)]
        fixed = {0, size, *spaces, *case_changes(stretch.surface)}
        likely: list[list[int]] = []
        anchors: set[int] = set()
        if _is_long(stretch):
            likely = self._likely(stretch, lexicals)
        else:
            anchors = self._anchors(stretch, fixed, lexicals)
        surface = stretch.surface
        small = surface == lower
        capitals = [0] * (size + 1)  # how many stand before each place
        if not small:
            for place, letter in enumerate(surface):
                capitals[place + 1] = capitals[place] + letter.isupper()
        ordered = sorted(anchors)
        crossed = [0] * (size + 1)
        for place in range(1, size + 1):
            crossed[place] = crossed[place - 1] + (place in spaces)
        simple = small and not spaces and not closed
        free = self._free
        # Where a word ends that is inside the stretch, and nothing but its letters counts.
        inner = size if self._elides(stretch) else size + 1
        begins, finishes = self.costs.affixes(lower) if not likely else ([True] * (size + 1),) * 2
        first, on, last = self.costs.steps(lower)
        own, corpus = self.costs.seen
        agencies, most_stray = self.forms.agencies, self.unknown_stray
        for start in range(size):
            if start in closed or (likely and not likely[start]):
                continue
            freed = start > 0 and start not in spaces
            entry = self.lost(stretch.at[start]) if freed else 0.0
            lexical = lexicals[start]
            if (
                start + 1 in lexical
                and not likely
                and start + 1 not in anchors
                and lower[start] not in self.forms.letters
            ):
                del lexical[start + 1]  # no word: it would only join other readings up
            anchored = start in anchors
            if simple and not anchored and not likely and (not lexical or max(lexical) < inner):
                starting[start] = [
                    (end, kind, worth + entry)
                    for end, word in lexical.items()
                    for worth, kind in (free[word],)
                ]
                continue
            ends = likely[start] if likely else list(lexical)
            if anchored:
                at = bisect_right(ordered, start)
                ends = sorted({*lexical, *ordered[at : bisect_right(ordered, start + longest)]})
            for end in ends:
                if end in closed:
                    continue
                stray = crossed[end - 1] - crossed[start]
                stands = not stray and not freed and (end == size or end in spaces)
                if end in lexical:
                    word = lexical[end]
                    kind = word_class(word)
                    if small and not stray and not stands and start + 1 < end < inner:
                        worth, _ = free[word]
                    else:
                        worth = self._known(stretch, start, end, stray, True)
                else:
                    word = lower[start:end]
                    worth = NONE
                    may_derive = begins[start] or finishes[end]
                    if may_derive or word in own or word in corpus or word in agencies:
                        worth = self._known(stretch, start, end, stray, False)
                    if worth == NONE and (
                        not stray or (stray <= most_stray and start in fixed and end in fixed)
                    ):
                        glued = freed + (end < size and end not in spaces)
                        if end - start < SPELT:
                            worth = self.costs.unknown(word)
                        else:
                            worth = first[start] + on[end] - on[start + SPELT] + last[end]
                        worth += self.glued * glued
                        if not glued and not stray:
                            worth = max(worth, self.costs.foreign(word))
                        worth += stray * (self.stray + self.merged)
                        if capitals[end] > capitals[start] or not end < inner:
                            worth += self._shape(stretch, start, end, True)
                    kind = (
                        strange_class(word) if end - start >= STRANGE_LETTERS else word_class(word)
                    )
                if not stray and capitals[end] > capitals[start + 1]:
                    worth = max(worth, self._brand(surface[start:end]))
                if worth > NONE:
                    if stands and self.whole:
                        worth += self.whole.get(word, 0.0)
                    starting[start].append((end, kind, worth + entry))
        return starting

    def _lexical(self, stretch: Stretch, start: int) -> dict[int, str]:
        """The words of the lexicon that start at a place, by where they end."""
        words = self.costs.prefixes(stretch.lower[start : start + self.longest])
        return {start + size: word for size, word in zip(map(len, words), words, strict=True)}

    def _brand(self, surface: str) -> float:
        """``costs.brand``, remembered: the pieces of a long token come again and again."""
        worth = self._brands.get(surface)
        if worth is None:
            if len(self._brands) > BRANDS:
                self._brands.clear()
            worth = self._brands[surface] = self.costs.brand(surface)
        return worth

    def _freed(self, word: str) -> tuple[float, int]:
        """``_known`` of a word of the lexicon in small letters that a cut sets free; its class."""
        worth = self.costs.known(word) + self.costs.loose(word)
        if self.costs.is_name(word):
            worth += self.weights.case["bare_name"]
        if len(word) == 1:
            own = word in self.forms.letters
            worth += self.weights.word["letter_glued" if own else "letter"]
        return worth, self.costs.word_class(word)

    def _known(self, stretch: Stretch, start: int, end: int, stray: int, lexical: bool) -> float:
        """What a word is worth that the lexicon, the texts or its morphology know, or -inf."""
        word = stretch.lower[start:end]
        stands = not stray and self._stands(stretch, start, end)
        worth = self.costs.standing(word) if stands else self.costs.known(word)
        if worth == NONE:
            return NONE
        if not (lexical or stands or self.costs.is_seen(word)):
            worth += self.derived_glued
        if not stands and lexical and stretch.surface[start].islower():
            worth += self.costs.loose(word)
        if stray:
            worth += stray * self.stray
            if not self.costs.is_valid(word):
                worth += self.merged
        return worth + self._shape(stretch, start, end, False)

    def _likely(self, stretch: Stretch, lexicals: list[dict[int, str]]) -> list[list[int]]:
        """By the place where they start, the ends of the words worth trying in a long stretch."""
        surface, size, spaces = stretch.surface, len(stretch.lower), stretch.spaces
        inner, crossed = self.weights.case["inner"], self.stray + self.merged
        spent = [0.0]  # what letters cost that stand behind a space or a change of case in a word
        for place in range(size):
            cost = crossed if place in spaces else 0.0
            if place and surface[place].isupper() and surface[place - 1].islower():
                cost += inner
            spent.append(spent[-1] + cost)
        entries = [self.lost(at) + self.glued for at in stretch.at]
        for place in (0, *spaces):
            entries[place] = 0.0
        for place in stretch.closed:
            entries[place] = NONE
        free = self._free
        known = [
            [(end, free[word][0] + spent[end] - spent[start + 1]) for end, word in words.items()]
            for start, words in enumerate(lexicals)
        ]
        first, on, last = self.costs.steps(stretch.lower)
        for place in range(size):
            first[place] += spent[min(size, place + SPELT)] - spent[place + 1]
        on = [worth + cost for worth, cost in zip(on, spent, strict=True)]
        return likely_words(known, entries, (first, on, last), self.longest)

    def _anchors(
        self, stretch: Stretch, fixed: set[int], lexicals: list[dict[int, str]]
    ) -> set[int]:
        """Places where an unknown word may start or end.

        The sure ones (the ends of the stretch, spaces, changes of case), and those one known word
        away from any of these.
        """
        lower = stretch.lower
        anchors = set(fixed)
        known, closed = self.costs.known, stretch.closed
        from_here = fixed - closed
        for start, words in enumerate(lexicals):
            starts = start in from_here
            for end, word in words.items():
                ends = end in from_here and end - start <= PARTNER_LETTERS
                if (starts or ends) and known(word) > PARTNER:
                    if starts:
                        anchors.add(end)
                    if ends:
                        anchors.add(start)
        own, corpus = self.costs.seen
        if own or corpus:  # nothing else outside the lexicon is that frequent
            for end in from_here:
                for start in range(max(0, end - PARTNER_LETTERS), end):
                    word = lower[start:end]
                    if (word in own or word in corpus) and known(word) > PARTNER:
                        anchors.add(start)
        return anchors - closed

    def _shape(self, stretch: Stretch, start: int, end: int, unknown: bool) -> float:
        """What a word's capitals, and what touches it, add to its worth."""
        surface = stretch.surface[start:end]
        lower = stretch.lower[start:end]
        total = 0.0
        fresh = start == 0 or start in stretch.spaces
        if surface != lower:
            total += self._capitals(stretch, surface, lower, start, fresh, unknown)
        elif not unknown and self.costs.is_name(lower):
            total += self.weights.case["bare_name"]
        if end == len(stretch.lower) and self._elides(stretch):
            return total if lower in self.forms.elisions else total + self._not_elided
        if len(lower) == 1 and not unknown:
            total += self._letter(stretch, lower, start, end)
        return total

    def _elides(self, stretch: Stretch) -> bool:
        """Whether the stretch ends where the language elides."""
        return bool(stretch.after) and stretch.after in APOSTROPHES and bool(self.forms.elisions)

    def _letter(self, stretch: Stretch, letter: str, start: int, end: int) -> float:
        """What a word of one letter costs: most are no words."""
        if letter not in self.forms.letters:
            behind = not start and stretch.before and stretch.before in APOSTROPHES
            clitic = behind and letter in self.forms.clitics
            return 0.0 if clitic else self.weights.word["letter"]
        if letter in self.forms.capital_letters and stretch.surface[start] == letter:
            return self.weights.word["letter"]
        return 0.0 if self._stands(stretch, start, end) else self.weights.word["letter_glued"]

    def _stands(self, stretch: Stretch, start: int, end: int) -> bool:
        """Whether spaces, or the ends of the stretch, stand on both sides of a piece."""
        return (not start or start in stretch.spaces) and (
            end == len(stretch.lower) or end in stretch.spaces
        )

    def _capitals(
        self, stretch: Stretch, surface: str, lower: str, start: int, fresh: bool, unknown: bool
    ) -> float:
        case = self.weights.case
        if surface.isupper() and len(surface) > 1:
            left_over = start + len(surface) == len(stretch.lower) - 1 or (
                start + len(surface) + 1 in stretch.spaces
            )
            glued = start + len(surface) not in stretch.spaces
            cuts = left_over and glued and stretch.lower[-1] not in self.forms.letters
            behind = not fresh and stretch.surface[start - 1].islower()
            return 0.0 if (fresh and not cuts) or behind else case["all_capitals"]
        if surface[1:] != lower[1:]:
            if any(start < place < start + len(lower) for place in stretch.spaces):
                return case["merged"]
            return case["known_inner" if self.costs.has_inner(surface, lower) else "inner"]
        if not fresh and stretch.surface[start - 1].isupper():
            return case["all_capitals"]
        if start == 0 and stretch.opens:
            return 0.0 if unknown else self.costs.name(lower)
        if unknown:
            return case["unknown_name"]
        end = start + len(lower)
        if end < len(stretch.lower) and end not in stretch.spaces:
            rest = _next_word(stretch.surface, end)
            little = self.forms.particles if rest[0].isupper() else self.forms.function_words
            if lower in little and not are_syllables([lower, rest.lower()]):
                return case["particle"]
        if self.costs.may_be_name(lower):
            return self.costs.name(lower)
        return 0.0 if not fresh and _capital_before(stretch.surface, start) else case["capital"]


def _is_long(stretch: Stretch) -> bool:
    """Whether a stretch has no usable spaces."""
    return len(stretch.lower) > LONG * (len(stretch.spaces) + 1)


def _as_it_stands(stretch: Stretch) -> list[float]:
    """The margins of a stretch in which nothing is to be changed."""
    return [SURE if place in stretch.spaces else -SURE for place in range(len(stretch.lower))]


def _next_word(surface: str, start: int) -> str:
    """The letters from a place up to the next capital."""
    end = start + 1
    while end < len(surface) and not surface[end].isupper():
        end += 1
    return surface[start:end]


def _capital_before(surface: str, place: int) -> bool:
    """Whether the letters that end at a place, back to the last capital, are a capitalised word."""
    at = place - 1
    while at > 0 and surface[at].islower():
        at -= 1
    return surface[at].isupper()


def _margins(size: int, readings: list[_Reading]) -> list[float]:
    """How much better the best reading with a boundary at each place is than the best without."""
    with_boundary = [NONE] * (size + 1)
    without = [NONE] * (size + 1)
    readings.sort(reverse=True)
    # The first reading that covers a place is the best one; covered places are jumped over.
    following = list(range(1, size + 2))
    for total, start, end in readings:
        if total > with_boundary[end]:
            with_boundary[end] = total
        place = start + 1
        while place < end:
            beyond = following[place]
            if without[place] == NONE:
                without[place] = total
            following[place] = end if end > beyond else beyond
            place = beyond
    margins = [-SURE] * size
    for place in range(1, size):
        if without[place] == NONE:
            margins[place] = SURE if with_boundary[place] > NONE else -SURE
        elif with_boundary[place] > NONE:
            margins[place] = with_boundary[place] - without[place]
    return margins


class _Remembered(dict[str, tuple[float, int]]):
    """What a function of a word gives, for every word that was asked for."""

    def __init__(self, function: Callable[[str], tuple[float, int]]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> tuple[float, int]:
        found = self[word] = self._function(word)
        return found


_SCORE = itemgetter(0)

SURE = 50.0
"""The margin of a place that every reading agrees on."""

CLEAR = 5.0
"""How much better two known words have to be than any other two, or one, to look no further."""

NO_CLASS = -1

BRANDS = 20_000
"""Pieces with a capital inside that are remembered: some megabytes at most."""

MANY_STRAY = -6.0
"""Log-odds of a stray space from which an unknown word may be put together from pieces."""

PARTNER_LETTERS = 20
LONG = 40
"""Letters between spaces, on average, above which a stretch has no usable spaces."""

FEW_LETTERS = 8
"""Different letters under which a long stretch is no words. On development sentences in three
languages, any 41 letters have nine different ones and more."""
