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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter

from ..lexicon import SWING
from ..memory import Remembered
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

    ``lost`` gives the log-odds of a lost space at text offsets, ``stray`` those of a stray space.
    ``whole`` is what the rest of the document adds to a token that stands as one word.
    """

    def __init__(
        self,
        costs: WordCosts,
        forms: Forms,
        weights: Weights,
        lost: Callable[[Sequence[int]], list[float]],
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
        self._free = Remembered(self._freed, KEPT)
        self._inside = Remembered(self._inner, KEPT)
        self._is_frequent = Remembered[str, bool](lambda word: costs.known(word) > PARTNER, KEPT)
        self._brands = Remembered(costs.brand, KEPT)

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
            + lost
            + self._context(stretch, lower[:p], lower[p:])
            for p, lost in zip(places, self.lost([stretch.at[p] for p in places]), strict=True)
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
                    entry = NONE
                    for way, row in ways:
                        if (to_here := way + weight * row[kind]) > entry:
                            entry = to_here
                    entries[kind] = entry
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
            exits: dict[int, float] = {}
            for _, start, kind, score in reaching[place]:
                if kind not in exits:
                    if place < size:
                        row, behind = beside[kind], NONE
                        for worth, next_kind in rest:
                            if (from_here := worth + weight * row[next_kind]) > behind:
                                behind = from_here
                    else:
                        behind = weight * beside[kind][last] if last != NO_CLASS else 0.0
                    exits[kind] = behind
                rests[start].append((score + exits[kind], kind))
            found += [(way + exits[kind], start, place) for way, start, kind, _ in reaching[place]]
        return found

    def _edges(self, stretch: Stretch) -> list[list[_Edge]]:
        """Every word that may stand in the stretch, by the place where it starts."""
        lower, size = stretch.lower, len(stretch.lower)
        prefixes, longest = self.costs.prefixes, self.longest
        words = [prefixes(lower[start : start + longest]) for start in range(size)]
        lost, pieces = self.lost(stretch.at), _Pieces(self, stretch)
        if _is_long(stretch):
            return self._edges_of_long(stretch, words, lost, pieces)
        lexicals = [*map(_by_end, range(size), words)]
        anchors = self._anchors(stretch, pieces.fixed, lexicals)
        ordered = [*sorted(anchors), 2 * size + longest]
        near = far = 0  # in ``ordered``
        free, letters = self._free, self.forms.letters
        starting: list[list[_Edge]] = [[] for _ in range(size + 1)]
        for start, lexical in enumerate(lexicals):
            if start in stretch.closed:
                continue
            anchored = start in anchors
            if start + 1 in lexical and start + 1 not in anchors and lower[start] not in letters:
                del lexical[start + 1]  # no word: it would only join other readings up
            if pieces.simple and not anchored and (not lexical or max(lexical) < pieces.inner):
                entry = lost[start] if start else 0.0
                starting[start] = [
                    (end, kind, worth + entry)
                    for end, word in lexical.items()
                    for worth, kind in (free[word],)
                ]
                continue
            ends = [*lexical]
            if anchored:
                while ordered[near] <= start:
                    near += 1
                while ordered[far] <= start + longest:
                    far += 1
                ends = sorted({*lexical, *ordered[near:far]})
            starting[start] = pieces.edges(start, ends, lexical, lost[start])
        return starting

    def _edges_of_long(
        self,
        stretch: Stretch,
        words: list[list[str]],
        lost: list[float],
        pieces: _Pieces,
    ) -> list[list[_Edge]]:
        """The same of a long stretch: the words that may be in one of the best readings."""
        good, strange = self._likely(stretch, words, pieces.changes, lost, pieces.spelling)
        starting: list[list[_Edge]] = [[] for _ in range(len(words) + 1)]
        for start, some in enumerate(words):
            known, ends = good[start], strange[start]
            if start in stretch.closed or not (known or ends):
                continue
            if pieces.simple and start and (not known or known[-1][0] < pieces.inner):
                starting[start] = [(end, kind, worth + lost[start]) for end, kind, worth in known]
                starting[start] += pieces.edges(start, ends, {}, lost[start])
            else:
                ends = [end for end, _, _ in known] + ends
                starting[start] = pieces.edges(start, ends, _by_end(start, some), lost[start])
        return starting

    def _freed(self, word: str) -> tuple[float, int]:
        """``_known`` of a word of the lexicon in small letters that a cut sets free; its class."""
        return self._inside[word, 0, False, True], self.costs.word_class(word)

    def _inner(self, what: tuple[str, int, bool, bool]) -> float:
        """``_known`` of a word in small letters inside a stretch."""
        word, stray, stands, lexical = what
        worth = self._apart(word, stray, stands, lexical, word[0])
        if worth > NONE and self.costs.is_name(word):
            worth += self.weights.case["bare_name"]
        return worth if word[1:] else worth + self._lone(word, word, stands)

    def _known(self, stretch: Stretch, start: int, end: int, stray: int, lexical: bool) -> float:
        """What a word is worth that the lexicon, the texts or its morphology know, or -inf.

        ``lexical`` where the lexicon has the word itself; ``stray`` spaces stand in it.
        """
        word = stretch.lower[start:end]
        stands = not stray and self._stands(stretch, start, end)
        worth = self._apart(word, stray, stands, lexical, stretch.surface[start])
        return worth if worth == NONE else worth + self._shape(stretch, start, end, False)

    def _apart(self, word: str, stray: int, stands: bool, lexical: bool, first: str) -> float:
        """The same without what its capitals, and what touches it, add; ``first`` is its letter."""
        worth = self.costs.standing(word) if stands else self.costs.known(word)
        if worth == NONE:
            return NONE
        if not (lexical or stands or self.costs.is_seen(word)):
            worth += self.derived_glued
        if not stands and lexical and first.islower():
            worth += self.costs.loose(word)
        if stray:
            worth += stray * self.stray
            if not self.costs.is_valid(word):
                worth += self.merged
        return worth

    def _likely(
        self,
        stretch: Stretch,
        words: list[list[str]],
        changes: list[int],
        lost: list[float],
        spelling: tuple[list[float], list[float], list[float]],
    ) -> tuple[list[list[_Edge]], list[list[int]]]:
        """The words worth trying in a long stretch; see ``likely_words``."""
        size, spaces = len(stretch.lower), stretch.spaces
        inner, crossed = self.weights.case["inner"], self.stray + self.merged
        costs = [0.0] * (size + 1)  # of letters behind a space or a change of case in a word
        for places, cost in ((spaces, crossed), (changes, inner)):
            for place in places:
                costs[place + 1] += cost
        spent = [*accumulate(costs)]
        entries = [odds + self.glued for odds in lost]
        for place in (0, *spaces):
            entries[place] = 0.0
        for place in stretch.closed:
            entries[place] = NONE
        free = self._free
        known = [
            [
                (start + size, kind, worth)
                for size, (worth, kind) in zip(
                    map(len, some), map(free.__getitem__, some), strict=True
                )
            ]
            for start, some in enumerate(words)
        ]
        first, on, last = spelling
        if spent[size]:
            known = [
                [(end, kind, worth + spent[end] - spent[start + 1]) for end, kind, worth in some]
                for start, some in enumerate(known)
            ]
            through = [*spent[SPELT:], *[spent[size]] * SPELT]
            first = [
                worth + end - start
                for worth, start, end in zip(first, spent[1:], through, strict=False)
            ]
            on = [worth + cost for worth, cost in zip(on, spent, strict=True)]
        return likely_words(known, entries, (first, on, last), self.longest)

    def _anchors(
        self, stretch: Stretch, fixed: set[int], lexicals: list[dict[int, str]]
    ) -> set[int]:
        """Places where an unknown word may start or end.

        The sure ones (the ends of the stretch, spaces, changes of case), and those one known word
        away from any of these.
        """
        lower, closed, is_frequent = stretch.lower, stretch.closed, self._is_frequent
        marks = bytearray(len(lower) + 1)  # 1 at each anchor
        from_here = fixed - closed
        for start, words in enumerate(lexicals):
            starts = start in from_here
            for end in words:
                ends = end in from_here and end - start <= PARTNER_LETTERS
                if (starts or ends) and is_frequent[words[end]]:
                    if starts:
                        marks[end] = 1
                    if ends:
                        marks[start] = 1
        own, corpus = self.costs.seen
        if own or corpus:  # nothing else outside the lexicon is that frequent
            for end in from_here:
                for start in range(max(0, end - PARTNER_LETTERS), end):
                    word = lower[start:end]
                    if (word in own or word in corpus) and is_frequent[word]:
                        marks[start] = 1
        return {*fixed, *[place for place, mark in enumerate(marks) if mark]} - closed

    def _shape(self, stretch: Stretch, start: int, end: int, unknown: bool) -> float:
        """What a word's capitals, and what touches it, add to its worth."""
        surface = stretch.surface[start:end]
        lower = stretch.lower[start:end]
        total = 0.0
        if surface != lower:
            fresh = start == 0 or start in stretch.spaces
            total += self._capitals(stretch, surface, lower, start, fresh, unknown)
        elif not unknown and self.costs.is_name(lower):
            total += self.weights.case["bare_name"]
        if end == len(stretch.lower) and self._elides(stretch):
            return total if lower in self.forms.elisions else total + self._not_elided
        if end - start == 1 and not unknown:
            total += self._letter(stretch, lower, start, end)
        return total

    def _elides(self, stretch: Stretch) -> bool:
        """Whether the stretch ends where the language elides."""
        return bool(stretch.after) and stretch.after in APOSTROPHES and bool(self.forms.elisions)

    def _letter(self, stretch: Stretch, letter: str, start: int, end: int) -> float:
        """What a word of one letter costs: most are no words."""
        behind = not start and stretch.before and stretch.before in APOSTROPHES
        if behind and letter in self.forms.clitics and letter not in self.forms.letters:
            return 0.0
        return self._lone(letter, stretch.surface[start], self._stands(stretch, start, end))

    def _lone(self, letter: str, surface: str, stands: bool) -> float:
        """The same for one behind which no apostrophe stands."""
        forms = self.forms
        if letter not in forms.letters or (letter in forms.capital_letters and surface == letter):
            return self.weights.word["letter"]
        return 0.0 if stands else self.weights.word["letter_glued"]

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


class _Pieces:
    """The pieces of a stretch, and what is asked of them again and again.

    Attributes:
        changes: the places where the case changes.
        fixed: the places that are sure: the ends of the stretch, spaces, changes of case.
        spelling: what unknown words are worth by their letters; see ``WordCosts.steps``.
        simple: whether nothing but the letters counts in it.
        inner: where a word ends at the most that is inside, and nothing but its letters counts.
    """

    def __init__(self, reader: Reader, stretch: Stretch) -> None:
        lower, surface, spaces = stretch.lower, stretch.surface, stretch.spaces
        size = len(lower)
        self._reader, self._stretch, self._size = reader, stretch, size
        self.changes = case_changes(surface)
        self.fixed = {0, size, *spaces, *self.changes}
        self.spelling = reader.costs.steps(lower)
        self._small = surface == lower
        self.simple = self._small and not spaces and not stretch.closed
        self.inner = size if reader._elides(stretch) else size + 1
        self._capitals = [0] * (size + 1)  # how many stand before each place
        if not self._small:
            self._capitals[1:] = accumulate(map(str.isupper, surface))
        self._crossed = [0] * (size + 1)  # how many spaces stand at each place and before
        if spaces:
            self._crossed = [*accumulate(map(spaces.__contains__, range(size + 1)))]
        self._seen = reader.costs.seen
        self._backwards = lower[::-1]
        self._finishes: dict[int, bool] = {}

    def edges(
        self, start: int, ends: Sequence[int], lexical: Mapping[int, str], lost: float
    ) -> list[_Edge]:
        """The words from ``start`` to some ``ends``; the lexicon has those that are ``lexical``.

        ``lost`` are the log-odds of a lost space where they start.
        """
        reader, stretch, size = self._reader, self._stretch, self._size
        costs, spaces, closed = reader.costs, stretch.spaces, stretch.closed
        lower, surface = stretch.lower, stretch.surface
        capitals, crossed, finishes = self._capitals, self._crossed, self._finishes
        inside, whole, (first, on, last) = reader._inside, reader.whole, self.spelling
        known, (own, corpus) = costs.known, self._seen
        freed = start > 0 and start not in spaces
        entry = lost if freed else 0.0
        begins: bool | None = None
        found: list[_Edge] = []
        for end in ends:
            if end in closed:
                continue
            stray = crossed[end - 1] - crossed[start]
            stands = not stray and not freed and (end == size or end in spaces)
            plain = self._small and end < self.inner and (start + 1 < end or start > 0)
            if end in lexical:
                word = lexical[end]
                if plain:
                    worth = inside[word, stray, stands, True]
                else:
                    worth = reader._known(stretch, start, end, stray, True)
            else:
                word = lower[start:end]
                worth = NONE
                if begins is None:
                    begins = costs.is_prefixed(lower, start) is not None
                if end not in finishes:
                    finishes[end] = costs.is_suffixed(self._backwards, size - end) is not None
                if (
                    begins
                    or finishes[end]
                    or word in own
                    or word in corpus
                    or word in reader.forms.agencies
                ) and known(word) > NONE:
                    if plain:
                        worth = inside[word, stray, stands, False]
                    else:
                        worth = reader._known(stretch, start, end, stray, False)
                # An unknown word may have few stray spaces, and stands between sure places then.
                if worth == NONE and (
                    not stray
                    or (stray <= reader.unknown_stray and start in self.fixed and end in self.fixed)
                ):
                    if end - start < SPELT:
                        worth = costs.unknown(word)
                    else:
                        worth = first[start] + on[end] - on[start + SPELT] + last[end]
                    glued = freed + (end < size and end not in spaces)
                    worth += reader.glued * glued
                    if not glued and not stray:
                        worth = max(worth, costs.foreign(word))
                    worth += stray * (reader.stray + reader.merged)
                    if capitals[end] > capitals[start] or not end < self.inner:
                        worth += reader._shape(stretch, start, end, True)
            if not stray and capitals[end] > capitals[start + 1]:
                worth = max(worth, reader._brands[surface[start:end]])
            if worth > NONE:
                if stands and whole:
                    worth += whole.get(word, 0.0)
                is_strange = end - start >= STRANGE_LETTERS and end not in lexical
                kind = costs.strange_class(word) if is_strange else costs.word_class(word)
                found.append((end, kind, worth + entry))
        return found


def _is_long(stretch: Stretch) -> bool:
    """Whether a stretch has no usable spaces."""
    return len(stretch.lower) > LONG * (len(stretch.spaces) + 1)


def _by_end(start: int, words: Sequence[str]) -> dict[int, str]:
    """Words that start at a place, by where they end."""
    return dict(zip(map(start.__add__, map(len, words)), words, strict=True))


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


_SCORE = itemgetter(0)

SURE = 50.0
"""The margin of a place that every reading agrees on."""

CLEAR = 5.0
"""How much better two known words have to be than any other two, or one, to look no further."""

NO_CLASS = -1

KEPT = 100_000
"""Words of a document that each memory of a reader holds: some 10 MB at most."""

MANY_STRAY = -6.0
"""Log-odds of a stray space from which an unknown word may be put together from pieces."""

PARTNER_LETTERS = 20
LONG = 40
"""Letters between spaces, on average, above which a stretch has no usable spaces."""

FEW_LETTERS = 8
"""Different letters under which a long stretch is no words. On development sentences in three
languages, any 41 letters have nine different ones and more."""
