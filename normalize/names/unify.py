"""What the rules of the NAM family choose from: one analysis of the names of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..edits import Edit
from ..protect import covers, protected
from ..view import View
from .cluster import AMBIGUOUS, DECIDED, HOUSE_STYLE, VARIANT, Verdict, is_foreign, resolve
from .evidence import NameEvidence, word_bag
from .find import PERSON, PLACE, UNKNOWN, Mention, headings, mentions
from .grammar import Grammar, grammar_of, structure
from .looks import may_differ, word_behind
from .respell import HYPHENS, MARKS, WHOLE, respelled
from .spelling import (
    CAPITAL,
    LETTER,
    below,
    compatible,
    is_exotic,
    marks,
    skeleton,
    word_ends,
    words,
)
from .tally import Tally, count

IN_CONTEXT = 0.85
"""Certainty that a bare name is the only one of its candidates that the document spells out."""
PARTIAL = 0.9
"""Certainty that a title and part of a name mean the only person of the document who fits."""
_WORD = re.compile(f"[{CAPITAL}][{LETTER}'’-]*")
_MOST_ROUNDS = 4
_LONGEST_WINDOW = 5
_WIDEST_GAP = 120
"""Code points between two people who are named together."""
_SHORTEST_HEADING, _LONGEST_HEADING = 4, 40
"""Of a heading: spaces in a row of words with capitals, and words that are looked at."""


@dataclass(frozen=True)
class Change:
    """A mention and the canonical form to write instead; ``""`` where it is only reported."""

    mention: Mention
    canonical: str
    certainty: float
    reason: str
    follow: str = MARKS

    def edits(self, rule: str, text: str) -> Iterator[Edit]:
        """One edit for each word or separator that differs, or one finding."""
        start, end = self.mention.start, self.mention.end
        if not self.canonical:
            yield Edit(start, end, text[start:end], None, rule, self.certainty, self.reason)
            return
        for at, stop, after in respelled(text[start:end], self.canonical, self.follow):
            begin, finish = start + at, start + stop
            yield Edit(begin, finish, text[begin:finish], after, rule, self.certainty, self.reason)


@dataclass
class Unified:
    """The changes for each rule, in text order."""

    variants: list[Change] = field(default_factory=list)
    ambiguous: list[Change] = field(default_factory=list)
    probable: list[Change] = field(default_factory=list)
    partial: list[Change] = field(default_factory=list)

    def add(self, later: Unified) -> bool:
        """Take over what a later round changes, and its reports; whether it changes anything."""
        known = {c.mention.place for c in (*self.variants, *self.partial)}
        new = [c for c in (*later.variants, *later.partial) if c.mention.place not in known]
        self.variants += [c for c in later.variants if c.mention.place not in known]
        self.partial += [c for c in later.partial if c.mention.place not in known]
        self.ambiguous, self.probable = later.ambiguous, later.probable
        return bool(new)


def unify(view: View) -> Unified:
    """Judge each mention by the document's own names and what the corpus taught.

    A part of a name that is mended can be the spelling that other mentions lacked, so the text is
    judged again as if it were mended already: what is proposed leaves nothing to propose.
    """
    if not may_differ(view):
        return Unified()
    found = view.once(mentions)
    unified = _judged(view, found)
    for _ in range(_MOST_ROUNDS):
        if not unified.partial:
            break
        written = {c.mention.place: c.canonical for c in (*unified.variants, *unified.partial)}
        found = tuple(m._replace(spelling=written.get((m.start, m.end), m.spelling)) for m in found)
        again = _judged(view, found)
        if not unified.add(again):
            break
    if any((unified.variants, unified.ambiguous, unified.probable, unified.partial)):
        _leave_out_protected(view.text, unified)
    return unified


def _judged(view: View, found: tuple[Mention, ...]) -> Unified:
    text, evidence = view.text, view.evidence.names
    judge = _Judge(found, evidence, _contrasted(view, found), view.language.code)
    unified = Unified()
    if judge.has_news or evidence.rulings.folds:
        judge.spellings(unified)
    judge.headings(text, unified)
    if judge.has_news or judge.words_differ():
        judge.partial_mentions(unified)
    judge.other_forms(grammar_of(view.language.code), text, unified)
    return unified


def _contrasted(view: View, found: tuple[Mention, ...]) -> frozenset[str]:
    """The skeletons of names that one sentence gives to two: Martin Muller et Martin Müller."""
    joined = grammar_of(view.language.code).joined
    if joined is None:
        return frozenset()
    last: dict[str, Mention] = {}
    apart: set[str] = set()
    for m in found:
        if " " not in m.spelling:
            continue
        bare = skeleton(m.spelling)
        before = last.get(bare)
        last[bare] = m
        if before is None or marks(before.spelling) == marks(m.spelling):
            continue
        if m.start - before.end <= _WIDEST_GAP and joined.fullmatch(view.text, before.end, m.start):
            apart.add(bare)
    return frozenset(apart)


def _lacks_marks(word: str, fuller: str) -> bool:
    return below(word, fuller) and compatible(word, fuller)


def _leave_out_protected(text: str, unified: Unified) -> None:
    spans = protected(text)
    for changes in (unified.variants, unified.ambiguous, unified.probable, unified.partial):
        changes[:] = [c for c in changes if not covers(spans, c.mention.start, c.mention.end)]


class _Judge:
    """The mentions of one document with the verdict on each spelling."""

    def __init__(
        self,
        found: tuple[Mention, ...],
        evidence: NameEvidence,
        contrasted: frozenset[str],
        language: str,
    ) -> None:
        self.found = found
        self.contrasted = contrasted
        self.language = language
        self.evidence = evidence
        self.first: dict[str, Mention] = {}
        for m in found:
            self.first.setdefault(m.spelling, m)
        self.groups: dict[str, list[str]] = {}
        for spelling in self.first:
            self.groups.setdefault(skeleton(spelling), []).append(spelling)
        self.verdicts: dict[str, Verdict] = {}
        self.has_news = False
        for bare, spellings in self.groups.items():
            known = evidence.group(bare)
            alone = len(spellings) == 1 and known.keys() <= {spellings[0]}
            if not (alone and evidence.rulings.leave(bare, spellings[0])):
                self._judge(bare, spellings, known)

    @cached_property
    def own(self) -> Mapping[str, Tally]:
        """The document's own tallies."""
        return count(self.found, self.language)

    def group(self, bare: str) -> dict[str, Tally]:
        """What the corpus counted of a spelling counts; the document adds only what is new, so
        that all documents of a corpus agree."""
        own = {s: self.own[s] for s in self.groups.get(bare, ())}
        return {**own, **self.evidence.group(bare)}

    def _judge(self, bare: str, spellings: list[str], known: Mapping[str, Tally]) -> None:
        if all(spelling in known for spelling in spellings):
            verdicts = self.evidence.verdicts(bare)
        else:
            verdicts = resolve(bare, self.group(bare), self.evidence.rulings)
        for spelling in spellings:
            self.verdicts[spelling] = verdicts[spelling]
            self.has_news |= verdicts[spelling].status in (VARIANT, AMBIGUOUS)

    def canonical(self, spelling: str) -> str:
        verdict = self.verdicts.get(spelling)
        if verdict is None or self._stays(spelling, verdict):
            return spelling
        return verdict.canonical

    def _stays(self, spelling: str, verdict: Verdict) -> bool:
        """Whether the document has two people of this name and nobody decided otherwise, or the
        canonical form is another language's."""
        bare = skeleton(spelling)
        if verdict.certainty < DECIDED and bare in self.contrasted:
            return True
        return self._is_foreign(bare, spelling, verdict)

    def _is_foreign(self, bare: str, spelling: str, verdict: Verdict) -> bool:
        if self.evidence.rulings.authority.entry(verdict.canonical) is not None:
            return False
        group = self.group(bare)
        canonical, own = group.get(verdict.canonical), group.get(spelling, Tally())
        return canonical is not None and is_foreign(verdict, canonical, own, self.language)

    # --- NAM001 and NAM002 ----------------------------------------------------------------------

    def spellings(self, unified: Unified) -> None:
        present: dict[str, int] = {}  # canonical form -> where it first stands, in any spelling
        for m in self.found:
            verdict = self.verdicts.get(m.spelling)
            if verdict is None or verdict.status != AMBIGUOUS:
                present.setdefault(self.canonical(m.spelling), m.start)
        reported: set[str] = set()
        for m in self.found:
            verdict = self.verdicts.get(m.spelling)
            if verdict is None:
                continue
            if verdict.status == VARIANT:
                if verdict.certainty > HOUSE_STYLE and not self._stays(m.spelling, verdict):
                    unified.variants.append(self._change(m, verdict))
            elif verdict.status == AMBIGUOUS:
                here = [c for c in verdict.candidates if c in present]
                alone = len(here) == 1 and skeleton(m.spelling) not in self.contrasted
                if alone and present[here[0]] < m.start:
                    reason = f"{verdict.reason}; only {here[0]!r} stands in this document"
                    unified.variants.append(Change(m, here[0], IN_CONTEXT, reason))
                elif m.spelling not in reported:
                    reported.add(m.spelling)
                    unified.ambiguous.append(Change(m, "", 1.0, verdict.reason))

    def _change(self, m: Mention, verdict: Verdict) -> Change:
        """The edit of a variant. Only a person may take a hyphen away."""
        if self.evidence.rulings.authority.entry(verdict.canonical) is not None:
            follow = WHOLE
        else:
            follow = HYPHENS if verdict.kind == PLACE else MARKS
        return Change(m, verdict.canonical, verdict.certainty, verdict.reason, follow)

    def headings(self, text: str, unified: Unified) -> None:
        """Known names in headings get their marks: lines in capitals, and long rows of words with
        a capital each, which no name is."""
        rows = [m.place for m in self.found if m.spelling.count(" ") >= _SHORTEST_HEADING]
        for start, end in (*headings(text), *rows):
            found = [m.span() for m in _WORD.finditer(text, start, end)][:_LONGEST_HEADING]
            at = 0
            while at < len(found):
                size = self._heading_name(text, found[at : at + _LONGEST_WINDOW], unified)
                at += size or 1

    def _heading_name(self, text: str, row: list[tuple[int, int]], unified: Unified) -> int:
        """Look for the longest known name at the start of ``row``; how many words it has."""
        for size in range(len(row), 1, -1):
            start, end = row[0][0], row[size - 1][1]
            spelling = text[start:end]
            bare = skeleton(spelling)
            group = self.group(bare)
            if not any(len(words(s)) > 1 for s in group):
                continue
            verdict = resolve(bare, {**group, spelling: Tally()}, self.evidence.rulings)[spelling]
            if (
                verdict.status == VARIANT
                and verdict.certainty > HOUSE_STYLE
                and not self._is_foreign(bare, spelling, verdict)
            ):
                mention = Mention(start, end, spelling, verdict.kind)
                unified.variants.append(self._change(mention, verdict))
            return size
        return 0

    def words_differ(self) -> bool:
        """Whether some word of a name stands in two spellings, so that a part may need mending."""
        words = {word for spelling in self.first for word in spelling.split()}
        return len(set(map(skeleton, words))) < len(words)

    # --- NAM004 ---------------------------------------------------------------------------------

    def partial_mentions(self, unified: Unified) -> None:
        """A title with part of a name, after the whole name of the one person who fits."""
        people: dict[tuple[str, ...], tuple[int, str]] = {}
        by_end: dict[str, set[tuple[str, ...]]] = {}
        for m in self.found:
            canonical = self.canonical(m.spelling)
            parts = canonical.split()
            if not 1 < len(parts) <= _SHORTEST_HEADING or m.kind not in (PERSON, UNKNOWN):
                continue
            keys = tuple(map(skeleton, parts))
            if keys not in people:
                people[keys] = (m.end, canonical)
                for key in {keys[0], keys[-1]}:
                    by_end.setdefault(key, set()).add(keys)
            elif canonical != people[keys][1]:
                people[keys] = (m.end, "")  # two people: Hùng and Hưng
        for m in self.found:
            verdict = self.verdicts.get(m.spelling)
            if verdict is not None and verdict.status != "canonical":
                continue
            change = self._whole(m, people, by_end)
            if change is not None:
                unified.partial.append(change)

    def _whole(
        self,
        m: Mention,
        people: Mapping[tuple[str, ...], tuple[int, str]],
        by_end: Mapping[str, set[tuple[str, ...]]],
    ) -> Change | None:
        parts = m.spelling.split()
        keys = tuple(map(skeleton, parts))
        fitting = {
            whole
            for end in {keys[0], keys[-1]}
            for whole in by_end.get(end, ())
            if len(whole) > len(keys) and keys in (whole[: len(keys)], whole[-len(keys) :])
        }
        if len(fitting) != 1:
            return None
        whole = fitting.pop()
        end, canonical = people[whole]
        if end > m.start or not canonical:
            return None
        target = canonical.split()
        target = target[: len(keys)] if whole[: len(keys)] == keys else target[-len(keys) :]
        new = " ".join(target)
        if new == m.spelling or not all(map(_lacks_marks, parts, target)):
            return None
        if not m.titled and not self._stands_alone(m, new):
            return None
        return Change(m, new, PARTIAL, f"{canonical!r}, named before, is the only one who fits")

    def _stands_alone(self, m: Mention, new: str) -> bool:
        """Whether a surname without a title can be nothing else: Erdogan, for Erdoğan."""
        bare = skeleton(m.spelling)
        return (
            not (m.initial or m.lower or m.placed)
            and len(bare) > 4
            and is_exotic(new)
            and not structure().vietnamese.fullmatch(bare)
        )

    # --- NAM003 ---------------------------------------------------------------------------------

    def other_forms(self, grammar: Grammar, text: str, unified: Unified) -> None:
        """Names that are probably another one in the document or the corpus."""
        here: dict[tuple[str, ...], dict[str, Mention]] = {}
        for spelling, m in self.first.items():
            if " " not in spelling:
                continue
            here.setdefault(word_bag(spelling), {}).setdefault(skeleton(spelling), m)
            small = word_behind(grammar, text, m.end)
            other = small and self._continued(spelling, small)
            if small and other:
                reason = f"with {small!r} it is probably {other!r}"
                unified.probable.append(Change(m, "", 1.0, reason))
        for bag, found in here.items():
            others = self.evidence.orders.get(bag, ())
            if len(found) > 1 or others:
                own = (spelling for bare in found for spelling in self.groups[bare])
                self._reordered({*others, *own}, found, unified)

    def _continued(self, spelling: str, tail: str) -> str | None:
        """The person whose last word goes on with ``tail``: Xi Jin ping."""
        cut = len(skeleton(spelling))
        bare = skeleton(spelling + tail)
        if bare not in self.groups and not self.evidence.group(bare):
            return None
        people = [
            s for s, tally in sorted(self.group(bare).items())
            if tally.person and cut not in word_ends(s)
        ]  # fmt: skip
        return self.canonical(people[0]) if people else None

    def _reordered(
        self, spellings: set[str], found: Mapping[str, Mention], unified: Unified
    ) -> None:
        """Report all but the most frequent of spellings that have the same words."""
        counts: dict[str, int] = {}
        people = any(m.kind == PERSON for m in found.values())
        for spelling in spellings:
            tally = self.evidence.tallies.get(spelling) or self.own[spelling]
            bare = skeleton(spelling)
            counts[bare] = counts.get(bare, 0) + tally.mentions
            people |= tally.person > 0
        if not people or len(counts) < 2 or any(m.kind == PLACE for m in found.values()):
            return
        best = min(counts, key=lambda bare: (-counts[bare], bare))
        name = min(s for s in spellings if skeleton(s) == best)
        for bare, m in found.items():
            if bare != best:
                reason = f"probably {self.canonical(name)!r}: the same words in another order"
                unified.probable.append(Change(m, "", 1.0, reason))
