"""The analysis that the SPC, RUN and SPL rules share: where spaces are missing, and where stray.

Three passes at most. The first looks at the tokens that are not settled, with the prior of a
document nobody has looked at. What it finds sets the document's own rates, and where these are
not those of a sound document a second pass looks again, at more tokens; a third knows the line
width as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ..edits import Edit
from ..language import Language
from ..lexicon import Lexicon, available, load
from ..protect import covers
from ..view import View
from .costs import NONE, Memory, WordCosts
from .forms import Forms, forms, lowered
from .found import Found, calibrated, sigmoid
from .lattice import Reader, Stretch
from .lines import GLANCE, Line, groups
from .marks import Marks
from .prior import Counts, Prior, fit
from .scan import (
    CLOSE_FROM,
    CLOSING,
    HEADS,
    NO_LOOK,
    RARE,
    RUNS,
    TAILS,
    Judged,
    Look,
    Scanner,
    is_identifier,
)
from .stretches import (
    LETTERS,
    cut_margins,
    has_rival,
    kind_of,
    lone_line_ends,
    stretch_of,
    word_before,
    word_behind,
)
from .weights import Weights, weights


@dataclass(frozen=True, slots=True)
class _Engine:
    """What is shared by all documents of a language."""

    lexicon: Lexicon
    forms: Forms
    weights: Weights
    memory: Memory
    scanner: Scanner
    closer: Scanner
    common: Mapping[str, float]
    """What the function words are worth."""

    def costs(self, corpus: Mapping[str, float]) -> WordCosts:
        """The costs for one document, which share what the lexicon says."""
        return WordCosts(self.memory, corpus)


@lru_cache
def _engine(language: Language) -> _Engine:
    table = forms(language)
    lexicon = load(language.code)
    memory = Memory(lexicon, table, weights())
    costs = WordCosts(memory, {})
    scanner = Scanner(costs, table, weights(), close=False)
    return _Engine(
        lexicon,
        table,
        weights(),
        memory,
        scanner,
        Scanner(costs, table, weights(), close=True, cuts=scanner.cuts),
        {word: costs.base(word) for word in table.function_words},
    )


def find_boundaries(view: View) -> list[Found]:
    """Every missing and stray space of the document, in text order.

    None where the language has no lexicon: without one nothing can be told apart.
    """
    return _Document(view).find() if view.language.code in available() else []


def vouched(view: View) -> Counter[str]:
    """Words outside the lexicon that the document spells apart, with how often."""
    if view.language.code not in available():
        return Counter()
    looks = view.once(_judged).looks
    counts: Counter[str] = Counter()
    if looks:
        for token in view.tokens:
            look = looks.get(token)
            if look is not None:
                counts.update(look.vouched)
    return counts


def doubtful(view: View) -> frozenset[str]:
    """The token types that may be something else than one word of a dictionary, with marks."""
    if view.language.code not in available():
        return view.types
    return view.once(_judged).doubtful


def _judged(view: View) -> Judged:
    """The token types of a document, judged as those of a sound one."""
    return _engine(view.language).scanner.judge(view.types)


def edits_of(view: View, kind: str, rule: str) -> Iterator[Edit]:
    """The document's repairs of one kind, as edits of a rule."""
    for found in view.once(find_boundaries):
        if found.kind == kind:
            before = view.text[found.start : found.end]
            yield Edit(
                found.start, found.end, before, found.after, rule, found.certainty, found.reason
            )


class _Document:
    """One document's analysis."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.text = view.text
        self.engine = _engine(view.language)
        self.weights = self.engine.weights
        self.costs = self.engine.costs(view.evidence.words.worth)
        self.tokens = max(len(view.tokens), len(view.text) // LETTERS_A_WORD)
        self.marks = Marks(view.text, self.engine.forms, self.engine.weights)
        self.halves: Counter[tuple[str, str]] = Counter()
        self.best_cut = NONE
        self.parts: frozenset[str] | None = None

    def find(self) -> list[Found]:
        lines = self._scan(self.view.once(_judged).looks)
        prior = self._first_prior(lines)
        if deserves_closer := _deserves_closer(prior):
            lines = self._scan(self.engine.closer.judge(self.view.types).looks)
            prior = self._first_prior(lines)
        found, probe = self._pass(lines, prior, probing=True)
        counts = probe or self._counts(found)
        if probe or prior.differs(counts):
            prior = Prior(self.weights, counts) if probe else self._prior(counts, found)
            if not deserves_closer and _deserves_closer(prior):
                lines = self._scan(self.engine.closer.judge(self.view.types).looks)
            found, _ = self._pass(lines, prior)
        found += self.marks.doubled()
        return sorted(found, key=lambda f: (f.start, f.end))

    def _scan(self, looks: dict[str, Look]) -> list[Line]:
        """The lines that have an unsettled token; what their words tell is learned."""
        self.best_cut = max([look.cut for look in looks.values()], default=NONE)
        lines = self._lines(looks)
        self._learn(lines)
        self.parts = self._parts_of_seen(looks)
        return lines

    def _parts_of_seen(self, looks: dict[str, Look]) -> frozenset[str] | None:
        """The tokens that may be pieces of words which no lexicon has and the document spells.

        ``None`` where any may be: a corpus spells too many words to ask for each of their parts.
        """
        own, corpus = self.costs.seen
        if corpus:
            return None
        parts = {
            part for word in own for at in range(1, len(word)) for part in (word[:at], word[at:])
        }
        if not parts:
            return frozenset()
        return frozenset(
            token
            for token, look in looks.items()
            if look.fragment
            and (
                token.lower() in parts
                if token.isascii() and token.isalpha()
                else any(lowered(run) in parts for run in RUNS(token))
            )
        )

    def _lines(self, looks: dict[str, Look]) -> list[Line]:
        """The lines that have an unsettled token."""
        if not looks:
            return []
        unsettled = looks.keys()
        text, at, lines = self.text, 0, []
        function_words = self.engine.forms.function_words
        for words in self.view.rows:
            end = text.find("\n", at)
            if not unsettled.isdisjoint(words):
                stop = end if end >= 0 else len(text)
                lines.append(Line(text, at, stop, words, looks, function_words))
            at = end + 1
        return lines

    def _learn(self, lines: list[Line]) -> None:
        """Words outside the lexicon that the document spells apart."""
        counts: Counter[str] = Counter()
        self.halves.clear()
        for line in lines:
            for _, look in line.telling:
                if look.vouched:
                    counts.update(look.vouched)
                if look.halves:
                    self.halves.update(look.halves)
        self.costs.see(counts, self.tokens)

    def _whole(self, prior: Prior) -> dict[str, float]:
        """What the document says for and against tokens that may be two words.

        One that stands several times, and never apart, is less likely to have lost its space each
        time; one whose halves stand side by side elsewhere has lost it.
        """
        weight = self.weights.word
        found = {}
        for (left, right), count in islice(self.halves.items(), HALVES):
            if f"{left} {right}" in self.text:
                found[lowered(left + right)] = weight["apart"]
            elif count > 1:
                found[lowered(left + right)] = -weight["repeated"] * (count - 1) * prior.base
        return found

    def _first_prior(self, lines: list[Line]) -> Prior:
        """The prior after a glance at each token alone."""
        base = Prior(self.weights, Counts(self.tokens)).base
        lost = 0.0
        joins = []
        for line in lines:
            for i, look in line.telling:
                for place, evidence in look.glance:
                    lost += sigmoid(evidence + base)
                    if evidence > GLANCE:
                        joins.append(line.spans[i][0] + place)
        return Prior(self.weights, Counts(self.tokens, lost), fit(self.text, joins, self.weights))

    def _counts(self, found: list[Found], times: float = 1.0) -> Counts:
        """What was found, and as much for all of the text, which is ``times`` what was read."""
        lost = sum(sigmoid(f.margin) for f in found if f.after == " ")
        stray = sum(sigmoid(f.margin) for f in found if f.kind == "stray")
        return Counts(self.tokens, times * lost, times * stray)

    def _prior(self, counts: Counts, found: list[Found]) -> Prior:
        joins = sorted(f.start for f in found if f.after == " " and f.margin > 2.0)
        return Prior(self.weights, counts, fit(self.text, joins, self.weights))

    def _pass(
        self, lines: list[Line], prior: Prior, *, probing: bool = False
    ) -> tuple[list[Found], Counts | None]:
        """What a pass finds.

        One that is ``probing`` ends where it is sure that so many spaces are lost or stray that all
        has to be read again, and says what to expect of the whole text.
        """
        reader: Reader | None = None
        found: list[Found] = []
        probe_at = PROBE if probing else len(self.text) + 1
        everything = prior.stray > ALL_FROM
        for line in lines:
            active: Iterable[int] = ()
            if not line.is_foreign:
                active = range(len(line.words)) if everything else self._deserving(line, prior)
            for i, look in line.telling:
                if look.gaps or line.words[i] in CLOSING:
                    found += self.marks.gaps(line, i, look, prior)
            if everything:
                found += self.marks.strays(line, prior)
            if not active:
                continue
            if reader is None:  # as most documents need none
                reader = self._reader(prior)
            for first, last in self._windows(line, active):
                found += self._words(line, first, last, reader, prior)
                if (read := line.spans[last][1]) > probe_at:
                    probe_at = 2 * read  # so that what is found is counted few times
                    counts = self._counts(found, len(self.text) / read)
                    if max(counts.lost, counts.stray) > MANY * counts.tokens and prior.differs(
                        counts
                    ):
                        return found, counts
        return found, None

    def _windows(self, line: Line, active: Iterable[int]) -> Iterator[tuple[int, int]]:
        """First and last token of what is read at once: neighbours, as far as a window reaches."""
        spans, most = line.spans, self.weights.limits["window_letters"]
        for start, last in groups(active):
            first = start
            while spans[last][1] - spans[first][0] > most and first < last:
                reach = spans[first][0] + most
                beyond = next(i for i in range(first + 1, last + 1) if spans[i][1] > reach)
                yield first, beyond - 1
                first = beyond
            yield first, last

    def _reader(self, prior: Prior) -> Reader:
        forms, whole = self.engine.forms, self._whole(prior)
        return Reader(self.costs, forms, self.weights, prior.losses, prior.stray, whole)

    def _deserving(self, line: Line, prior: Prior) -> set[int]:
        """The tokens that are worth reading closely, in a document with this prior."""
        words, least = line.words, WORTH_A_LOOK - prior.base
        if prior.ends is not None:
            found = {
                i for i, look in line.looks if look.cut + prior.most(*line.spans[i]) > WORTH_A_LOOK
            }
        elif self.best_cut > least:
            found = {i for i, look in line.looks if look.cut > least}
        else:
            found = set()
        if not line.pieces:
            return found
        known, (own, corpus) = self.costs.words, self.costs.seen
        pieces = {i for i, _ in line.pieces}
        for at in self._pairs(line, prior):
            if (
                ((behind := words[at + 1])[0].islower() or behind.isupper())
                and (left := TAILS[words[at]])
                and (right := HEADS[behind])
                and ((whole := left + right) in known or whole in own or whole in corpus)
                and self._merges(left, right, prior)
            ):
                found.update(pieces & {at, at + 1})
        return found

    def _pairs(self, line: Line, prior: Prior) -> Iterator[int]:
        """The tokens that may begin a word which the token behind ends; one of the two is rare.

        Left out are those of which no word of the lexicon is worth enough to be written apart.
        """
        words, parts, common = line.words, self.parts, self.engine.common
        least = WORTH_A_LOOK - prior.stray - SLACK
        before, left, seen_left = -2, NO_LOOK, False
        for i, look in line.pieces:
            seen = parts is None or words[i] in parts
            if before == i - 1:
                if (left.leads > least + look.worth and look.trails > least + left.worth) or (
                    seen and seen_left
                ):
                    yield before
            else:
                if seen_left or left.leads > least + common.get(words[before + 1], RARE):
                    yield before
                if i and (seen or look.trails > least + common.get(words[i - 1], RARE)):
                    yield i - 1
            before, left, seen_left = i, look, seen
        if before + 1 < len(words) and (
            seen_left or left.leads > least + common.get(words[before + 1], RARE)
        ):
            yield before

    def _may_merge(self, first: str, second: str, prior: Prior) -> bool:
        """Whether two tokens may well be one known word with a stray space."""
        left, right = TAILS[first], HEADS[second]
        known = bool(left and right) and self.costs.attested(left + right)
        return known and self._merges(left, right, prior)

    def _merges(self, left: str, right: str, prior: Prior) -> bool:
        """Whether the known word that two runs of letters make is worth more than the two."""
        costs = self.costs
        apart = costs.standing_worth(left) + costs.standing_worth(right)
        return costs.known(left + right) - apart + prior.stray > WORTH_A_LOOK

    def _words(
        self, line: Line, first: int, last: int, reader: Reader, prior: Prior
    ) -> Iterator[Found]:
        """Lost and stray spaces among the letters of tokens ``first..last``.

        They are read together with a neighbour that may be a piece of the same word.
        """
        words, spans = line.words, line.spans
        left, right = first, last
        if first and self._may_merge(words[first - 1], words[first], prior):
            left -= 1
        if last + 1 < len(words) and self._may_merge(words[last], words[last + 1], prior):
            right += 1
        inner = (spans[first][0], spans[last][1])
        for match in LETTERS.finditer(self.text, spans[left][0], spans[right][1]):
            if match.end() <= inner[0] or match.start() >= inner[1]:
                continue
            if covers(self.marks.kept, *match.span()):
                continue
            letters = match[0]
            if (
                prior.base < NO_IDENTIFIERS
                and not letters.islower()
                and any(map(is_identifier, letters.split()))
            ):
                continue
            stretch = stretch_of(self.text, match, *inner)
            if 1 < len(stretch.lower) <= self.weights.limits["window_letters"]:
                yield from self._read(stretch, reader, prior)

    def _read(self, stretch: Stretch, reader: Reader, prior: Prior) -> Iterator[Found]:
        margins = lone_line_ends(stretch, reader.decode(stretch), prior)
        text = self.text
        ordered: list[float] = []
        for place in range(1, len(margins)):
            margin, at = margins[place], stretch.at[place]
            if place in stretch.spaces:
                if -margin > REPORT and not self._meant(at - 1, prior):
                    whole = f"{word_before(text, at - 1)}{word_behind(text, at)}"
                    reason = f"“{whole}” is one word"
                    yield calibrated(at - 1, at, "", "stray", -margin, reason, self.weights)
            elif margin > REPORT:
                if margin > 0.0:
                    ordered = ordered or cut_margins(stretch, margins)
                    if has_rival(ordered, margin):
                        margin *= self.weights.certainty["rival"]
                left, right = word_before(text, at), word_behind(text, at)
                reason = f"“{left}” and “{right}” are two words"
                yield calibrated(at, at, " ", kind_of(stretch, place), margin, reason, self.weights)

    def _meant(self, space: int, prior: Prior) -> bool:
        """Whether a space between letters is there on purpose, whatever the pieces would make.

        Always behind the letter of an ordinal (89e sp). In a document without stray spaces of its
        own also in lists of letters (A B C), between a prefix and a word that can stand alone (ex
        ministra), and between a name and its particle (Abd el Krim).
        """
        text, table = self.text, self.engine.forms
        left, right = word_before(text, space), word_behind(text, space + 1)
        before = space - len(left) - 1
        if before >= 0 and text[before].isdigit():
            return True
        if prior.stray > ALL_FROM:
            return False
        lone = any(len(piece) == 1 and piece.isupper() for piece in (left, right))
        name = left[:1].isupper() and right in table.function_words | table.particles
        prefix = lowered(left) in table.prefixes and self.engine.lexicon.is_valid(lowered(right))
        return lone or name or prefix


def _deserves_closer(prior: Prior) -> bool:
    """Whether a document has lost so many spaces that even sound words are looked at."""
    return prior.base > CLOSE_FROM or prior.ends is not None


ALL_FROM = -6.0
"""Log-odds of stray spaces from which every token of a line is read, known or not."""

PROBE, MANY = 2_000, 0.15
"""Characters from which what was read tells the rates of all of a text, where lost or stray spaces
are more than this for each token: too many for ends of lines."""

NO_IDENTIFIERS = -2.5
"""Log-odds of a lost space from which a run with many capitals is several words, not a name in a
program."""

REPORT = -0.5
"""The margin from which a place is reported, though not repaired."""

HALVES = 2_000
"""Tokens that may be two words, of one document, that are looked for apart."""

LETTERS_A_WORD = 8
"""Characters for each word at the most, for texts that have lost nearly all spaces."""

SLACK = 1e-6
"""What sums of logarithms may differ by that are added up in another order."""

WORTH_A_LOOK = -4.0
"""Log-odds of a token's best cut, by a glance, from which it is read closely."""
