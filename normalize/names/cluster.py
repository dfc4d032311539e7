"""Which spellings are one name, and which of them is its canonical form.

Only spellings of one skeleton can meet, so each skeleton is a small problem of its own: its
distinct forms (rows of marks) are ordered by their marks, the forms that nothing is above are the
names, and what is below exactly one of them is a spelling of it. What is below two that exclude
each other is ambiguous. The result depends on the set of spellings, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .authority import Authority, key
from .find import ACRONYM, ORGANISATION, PERSON, PLACE, UNKNOWN
from .grammar import structure
from .respell import marked_like, slice_of
from .spelling import (
    below,
    compatible,
    crosses_between_words,
    differ_in_style,
    is_capitals,
    is_exotic,
    is_glued,
    marks,
    richness,
    skeleton,
    word_ends,
    words,
)
from .tally import Tally

CANONICAL, VARIANT, AMBIGUOUS, PROBABLE = "canonical", "variant", "ambiguous", "probable"
ONLY_SPELLING = "the only spelling"
RICHEST, FREQUENT, ASCII = "richest", "frequent", "ascii"

SAID = 1.0
DECIDED = 0.99
FULL_NAME = 0.97
CROSSED = 0.85
PLACE_NAME = 0.92
FOREIGN_WORD = 0.85
HOUSE_STYLE = 0.4
"""Certainties that two spellings are one name and should be written as one: the authority file or
the lock says so; a name of two words or more; the same where each has a mark that the other lacks;
one word that is a place in both spellings; one word with marks that no western language puts there
by habit; only hyphens, or accents on capitals, which many papers leave out on purpose (Etats-Unis),
or a mark that an edit would take away: the table has both spellings and the text stays. People's
names are written in full."""

_MOST_FORMS, _MOST_SPELLINGS = 48, 400
"""More distinct forms, or spellings, of one skeleton are noise (or an attack): left alone."""
_LEAST_SHARE = 0.1
"""Of the mentions of a single word, how many must have the marks that the others shall get."""
_SHORTEST_WORD = 5
"""Letters that a single word must have to be recognised by its foreign marks alone."""


@dataclass(frozen=True)
class Rulings:
    """What people decided: authority file, recorded decisions (spelling to canonical), policies
    (kind, or ``default``, to ``richest``, ``frequent`` or ``ascii``)."""

    authority: Authority = field(default_factory=Authority)
    decisions: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)

    def given(self, spelling: str) -> str | None:
        """The canonical form that a person or the lock gave to this very spelling."""
        entry = self.authority.entry(spelling)
        return self.decisions.get(spelling) if entry is None else entry.canonical

    def leave(self, bare: str, spelling: str) -> bool:
        """Whether nothing changes the one spelling that a skeleton has."""
        return not (
            self.folds
            or bare in self.authority.skeletons
            or self.decisions.get(spelling, spelling) != spelling
        )

    @cached_property
    def folds(self) -> bool:
        """Whether a policy can change a name that has one spelling only."""
        return ASCII in self.policies.values()

    def policy(self, kind: str) -> str:
        return self.policies.get(kind) or self.policies.get("default", RICHEST)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a spelling is. ``candidates``: the names it may be, where it is ambiguous."""

    canonical: str
    kind: str
    status: str
    certainty: float
    reason: str
    candidates: tuple[str, ...] = ()


def resolve(bare: str, tallies: Mapping[str, Tally], rulings: Rulings) -> dict[str, Verdict]:
    """The verdict on each spelling of one skeleton."""
    if len(tallies) == 1:
        (spelling,) = tallies
        if rulings.leave(bare, spelling):
            kind = kind_of(tallies, tallies)
            return {spelling: Verdict(spelling, kind, CANONICAL, 1.0, ONLY_SPELLING)}
    return _Group(bare, tallies, rulings).verdicts()


def kind_of(spellings: Iterable[str], tallies: Mapping[str, Tally]) -> str:
    """The kind that most mentions speak for."""
    those = list(spellings)
    known = [tallies[s] for s in those if s in tallies]
    votes = {
        PERSON: sum(tally.person for tally in known),
        PLACE: sum(tally.place for tally in known),
        ORGANISATION: sum(tally.organisation for tally in known),
    }
    best = max(votes, key=lambda kind: votes[kind])
    if votes[best]:
        return best
    return ACRONYM if any(map(_is_acronym, those)) else UNKNOWN


def _is_acronym(spelling: str) -> bool:
    return is_capitals(spelling) and len(words(spelling)) == 1


def is_foreign(verdict: Verdict, canonical: Tally, own: Tally, language: str) -> bool:
    """Whether a verdict on a spelling holds in other languages than this one.

    Hanoï is what French makes of Hanoi, and stays out of an English text, where it stands at most
    now and then; and out of those of a language that has it mostly from others and writes Hanoi as
    often. People keep their names. Who decided by the lock decided for the languages that have the
    spelling. ``canonical`` and ``own`` are the tallies of the form and of the spelling.
    """
    if verdict.status != VARIANT or verdict.kind == PERSON or not canonical.languages:
        return False
    there, here = canonical.in_language(language), own.in_language(language)
    if verdict.certainty >= DECIDED:
        return not there and not here and bool(own.languages)
    borrowed = 2 * there < canonical.mentions and there <= here
    return not there or borrowed or there < _LEAST_SHARE * (there + here)


class _Group:
    """The spellings of one skeleton."""

    def __init__(self, bare: str, tallies: Mapping[str, Tally], rulings: Rulings) -> None:
        self.bare = bare
        self.tallies = tallies
        self.rulings = rulings
        self.entries = [e.canonical for e in rulings.authority.near(bare)]
        given = {s: rulings.given(s) for s in tallies}
        locked = {g for g in given.values() if g is not None and skeleton(g) == bare}
        self.anchors = (*self.entries, *sorted(locked.difference(self.entries)))
        self.acronyms = {s for s in tallies if _is_acronym(s)}.difference(self.anchors)
        self.spellings = sorted({*tallies, *self.anchors} - self.acronyms)
        self.of_person = kind_of(tallies, tallies) == PERSON
        self.lenient = self.of_person or bare in structure().known_places
        self.said = {s: rulings.given(s) for s in (*self.spellings, *self.acronyms)}

    def verdicts(self) -> dict[str, Verdict]:
        found = {s: self._alone(s) for s in self.acronyms}
        groups, unclear = self._families()
        names: dict[str, str] = {}  # spelling of a top -> canonical form of its family
        for family in groups:
            linked = self._linked(family)
            names.update((s, s) for s in family)
            found.update((s, self._alone(s)) for s in family if s not in linked)
            if linked:
                canonical = self._canonical(linked)
                kind = self._kind(canonical, linked)
                names.update(dict.fromkeys(linked, canonical))
                found.update((s, self._member(s, canonical, kind)) for s in linked)
        for spelling, tops in unclear.items():
            fits = tuple(sorted({names[top] for top in tops}))
            found[spelling] = self._unclear(spelling, fits)
        for spelling, given in self.said.items():
            if given is not None:
                found[spelling] = self._given(spelling, given, found[spelling].kind)
        return {s: found[s] for s in self.tallies}

    # --- the order of forms ---------------------------------------------------------------------

    def _under(self, a: str, b: str) -> bool:
        return below(a, b) and self._may_be_one(a, b)

    def _may_be_one(self, a: str, b: str) -> bool:
        """Whether nothing keeps two spellings apart. Only people's names, and places known to be
        written in one word or two, may be cut into other words: an air show is no Airshow. And
        only people keep their names where another language is written: Japon, Japón."""
        return (
            compatible(a, b)
            and not self._apart(a, b)
            and (self.of_person or self._share_language(a, b))
            and (self.lenient or word_ends(a) == word_ends(b))
        )

    def _share_language(self, a: str, b: str) -> bool:
        """Whether documents in one language may have both spellings."""
        one, two = (dict(self._tally(s).languages) for s in (a, b))
        return not one or not two or not one.keys().isdisjoint(two)

    def _meet(self, a: str, b: str) -> bool:
        """Whether two spellings, neither above the other, can be one name all the same."""
        if not self._may_be_one(a, b):
            return False
        if len(words(a)) == len(words(b)) == 1:  # Cañada is not Canadá
            return False
        return crosses_between_words(a, b) or self.bare in structure().known_places

    def _apart(self, a: str, b: str) -> bool:
        if self.rulings.authority.are_apart(a, b):
            return True
        one, two = self.said[a], self.said[b]
        return one is not None and two is not None and one != two

    def _families(self) -> tuple[list[list[str]], dict[str, list[str]]]:
        """Spellings that may be one name, and for each ambiguous one the tops above it."""
        if (
            len(self.spellings) > _MOST_SPELLINGS
            or len({marks(s) for s in self.spellings}) > _MOST_FORMS
        ):
            return [[s] for s in self.spellings], {}
        ranked = sorted(self.spellings, key=lambda s: (-richness(s), s))
        tops: list[str] = []
        above: dict[str, list[str]] = {}
        for spelling in ranked:
            over = [t for t in tops if self._under(spelling, t)]
            if not over:
                tops.append(spelling)
                over = [spelling]
            above[spelling] = over
        family = self._cliques(tops)
        groups: dict[int, list[str]] = {}
        unclear: dict[str, list[str]] = {}
        for spelling, over in above.items():
            numbers = {family[t] for t in over}
            if len(numbers) == 1:
                groups.setdefault(numbers.pop(), []).append(spelling)
            else:
                unclear[spelling] = over
        return list(groups.values()), unclear

    def _cliques(self, tops: Sequence[str]) -> dict[str, int]:
        """A number for each top; tops that all meet each other, and no one else, share one."""
        meeting = {t: frozenset(u for u in tops if u == t or self._meet(t, u)) for t in tops}
        family: dict[str, int] = {}
        for number, top in enumerate(tops):
            whole = meeting[top]
            closed = all(meeting[u] == whole for u in whole)
            family[top] = min(tops.index(u) for u in whole) if closed else number
        return family

    # --- members --------------------------------------------------------------------------------

    def _linked(self, family: Sequence[str]) -> frozenset[str]:
        """The members of a family that are surely one name, all or none of the single words."""
        if not set(self.entries).isdisjoint(family):
            return frozenset(family)
        linked = frozenset(s for s in family if self._may_link(s, family))
        return linked if len(linked) > 1 else frozenset()

    def _may_link(self, spelling: str, family: Sequence[str]) -> bool:
        if len(words(spelling)) > 1:
            return True
        if any(s != spelling and key(s) == key(spelling) for s in family):
            return True
        if is_glued(spelling):
            return kind_of(family, self.tallies) == PERSON
        if "-" in spelling:
            return False  # Ta-ble is a broken line
        known = self.bare in structure().known_places
        if not known and any(len(words(s)) > 1 for s in family):
            return False  # Le Mans is not Lemans
        tally = self._tally(spelling)
        if tally.lower or not (known or self._is_usual(family)):
            return False
        if spelling in self.anchors:
            return True
        if not known and any(self._are_rivals(spelling, s) for s in family):
            return False
        if self._is_place(tally):
            return True
        if any(map(is_exotic, family)) and len(self.bare) >= _SHORTEST_WORD:
            return not structure().vietnamese.fullmatch(self.bare)
        return self._goes_with_a_place(spelling, family)

    def _are_rivals(self, a: str, b: str) -> bool:
        """Whether two words with one mark between them are likely two places: Mure and Muré, or
        what one document has more than once in both spellings."""
        if abs(richness(a) - richness(b)) != 1 or is_exotic(a) or is_exotic(b):
            return False
        if {c.lower() for c in (a[-1], b[-1])} == {"e", "é"}:
            return True
        one, two = self._tally(a), self._tally(b)
        return min(one.mentions, two.mentions) > 1 and not set(one.documents).isdisjoint(
            two.documents
        )

    def _goes_with_a_place(self, spelling: str, family: Sequence[str]) -> bool:
        """Whether a word that nothing makes a person is a place with marks left out."""
        tally = self._tally(spelling)
        return (
            not (tally.titled or tally.person)
            and len(self.bare) >= _SHORTEST_WORD
            and self.bare not in structure().given_names
            and any(
                richness(s) > richness(spelling) and self._is_place(self._tally(s)) for s in family
            )
        )

    def _is_usual(self, family: Sequence[str]) -> bool:
        """Whether the forms with marks are no rare visitors, as México is in an English corpus."""
        total = sum(map(self._count, family))
        marked = sum(self._count(s) for s in family if richness(s))
        return marked >= _LEAST_SHARE * total or not set(self.anchors).isdisjoint(family)

    def _is_place(self, tally: Tally) -> bool:
        if tally.titled:
            return False
        return self.bare in structure().known_places or tally.placed > 0

    def _canonical(self, linked: Iterable[str]) -> str:
        for decided in (self.entries, self.anchors):
            here = [s for s in decided if s in linked]
            if here:
                return min(here, key=self._by_marks)
        kind = kind_of(linked, self.tallies)
        policy = self.rulings.policy(kind)
        eligible = [s for s in linked if not is_glued(s)] or list(linked)
        eligible = [s for s in eligible if not is_capitals(s)] or eligible
        if policy == FREQUENT:
            return min(eligible, key=lambda s: (-self._count(s), *self._by_marks(s)))
        richest = min(eligible, key=self._by_hyphens if kind == PERSON else self._by_marks)
        return to_ascii(richest) if policy == ASCII else united(richest, linked)

    def _by_marks(self, spelling: str) -> tuple[int, int, str]:
        return (-richness(spelling), -self._count(spelling), spelling)

    def _by_hyphens(self, spelling: str) -> tuple[int, int, int, int, str]:
        """A hyphen is put in with care and left out in haste; the same for its capital."""
        capitals = sum(map(str.isupper, spelling))
        _, mentions, _ = self._by_marks(spelling)
        return (-richness(spelling), -spelling.count("-"), mentions, -capitals, spelling)

    def _tally(self, spelling: str) -> Tally:
        """What is counted of a spelling: nothing, where somebody decided on it before it stood."""
        return self.tallies.get(spelling, Tally())

    def _count(self, spelling: str) -> int:
        return self._tally(spelling).mentions

    def _kind(self, canonical: str, spellings: Iterable[str]) -> str:
        entry = self.rulings.authority.entry(canonical)
        return (entry and entry.kind) or kind_of(spellings, self.tallies)

    # --- verdicts -------------------------------------------------------------------------------

    def _alone(self, spelling: str) -> Verdict:
        kind = kind_of([spelling], self.tallies)
        if self.rulings.policy(kind) == ASCII and kind not in (UNKNOWN, ACRONYM):
            plain = to_ascii(spelling)
            if plain != spelling:
                return Verdict(plain, kind, VARIANT, FULL_NAME, f"{plain!r} by the policy ascii")
        return Verdict(spelling, kind, CANONICAL, 1.0, ONLY_SPELLING)

    def _member(self, spelling: str, canonical: str, kind: str) -> Verdict:
        if spelling == canonical:
            return Verdict(spelling, kind, CANONICAL, 1.0, self._why(canonical, kind))
        kept = ""
        by_hand = canonical in self.entries or self.rulings.policy(kind) != RICHEST
        fuller = canonical in self.anchors and below(canonical, spelling)
        if not (by_hand or fuller or below(spelling, canonical)):
            certainty, kept = HOUSE_STYLE, "it has a mark that would be lost"
        elif not (below(spelling, canonical) or below(canonical, spelling)):
            certainty = CROSSED
        elif not self.lenient and differ_in_style(spelling, canonical):
            certainty, kept = HOUSE_STYLE, "hyphens and accents on capitals are house style"
        elif len(words(spelling)) > 1 or is_glued(spelling):
            certainty = FULL_NAME
        elif self._is_place(self._tally(spelling)):
            certainty = PLACE_NAME
        else:
            certainty = FOREIGN_WORD
        if canonical in self.entries:
            certainty, kept = max(certainty, FULL_NAME), ""
        reason = f"a spelling of {canonical!r}, {self._why(canonical, kind)}"
        if kept:
            reason += f"; it stays, as {kept}"
        return Verdict(canonical, kind, VARIANT, certainty, reason)

    def _why(self, canonical: str, kind: str) -> str:
        if canonical in self.entries:
            return "the form in the authority file"
        if canonical in self.anchors:
            return "the form in the lock"
        policy = self.rulings.policy(kind)
        return {FREQUENT: "the most frequent form", ASCII: "the form without marks"}.get(
            policy, "the form with the most marks"
        )

    def _given(self, spelling: str, canonical: str, kind: str) -> Verdict:
        entry = self.rulings.authority.entry(spelling)
        where, certainty = ("the authority file", SAID) if entry else ("the lock", DECIDED)
        kind = (entry and entry.kind) or kind
        if spelling == canonical:
            return Verdict(spelling, kind, CANONICAL, 1.0, f"the form in {where}")
        reason = f"a spelling of {canonical!r} by {where}"
        return Verdict(canonical, kind, VARIANT, certainty, reason)

    def _unclear(self, spelling: str, fits: tuple[str, ...]) -> Verdict:
        single = len(words(spelling)) == 1 and not self._is_place(self._tally(spelling))
        if len(fits) < 2 or single:
            return self._alone(spelling)
        kind = kind_of([spelling, *fits], self.tallies)
        named = " and ".join(map(repr, fits[:4]))
        return Verdict(spelling, kind, AMBIGUOUS, 0.0, f"fits {named}", fits)


def united(richest: str, spellings: Iterable[str]) -> str:
    """``richest`` with the marks of all spellings, where each word so marked stands in one of them.

    José Angel and Jose Ángel make José Ángel; where some word would be new, ``richest`` it is.
    """
    those = sorted(spellings)
    if all(below(s, richest) for s in those):
        return richest
    ends = sorted(set.intersection(*map(word_ends, (richest, *those))))
    rows = [marks(s) for s in those]
    fullest: list[str] = []
    at = 0
    for end in ends:
        union = tuple(frozenset().union(*column) for column in zip(*rows, strict=True))[at:end]
        cut = ends_within(richest, at, end)
        donor = next(
            (
                s
                for s, row in zip(those, rows, strict=True)
                if row[at:end] == union and ends_within(s, at, end) <= cut
            ),
            None,
        )
        if donor is None:
            return richest
        fullest.append(slice_of(donor, at, end))
        at = end
    return marked_like(richest, "".join(fullest))


def ends_within(spelling: str, start: int, end: int) -> set[int]:
    """Where words end between two letters: HÀ NỘI has a word more than Hanoi."""
    return {at for at in word_ends(spelling) if start < at < end}


def to_ascii(spelling: str) -> str:
    """The spelling in ASCII letters, as Unidecode writes them."""
    from unidecode import unidecode

    return " ".join(unidecode(spelling).split())
