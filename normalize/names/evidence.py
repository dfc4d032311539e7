"""What a corpus teaches about names: a tally for each spelling, and what people decided.

In ``corpus.lock`` the tallies stand under the canonical form they were given, so the lock shows
which spellings are one name, and moving a spelling to another name there decides that it is one.
``language`` is that of all spellings whose counts do not tell ``languages``::

    "decided": {"Hoàng Xuân Chiên": {"kind": "person", "spellings": {
        "Hoang Xuan Chien": {"mentions": 12, "person": 12}, "Hoàng Xuân Chiên": {"mentions": 1}}}},
    "undecided": {"Nguyen Van Hung": {"mentions": 2}}

Document ids are left out there: they belong to the names table of one build.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from ..view import View
from .authority import Authority
from .cluster import AMBIGUOUS, Rulings, Verdict, is_foreign, resolve
from .find import mentions
from .looks import Known
from .rows import NameRow, name_rows
from .spelling import is_capitals, is_glued, skeleton, words
from .tally import COUNTS, Tally, count, merged

Table = Mapping[str, Tally]


@dataclass(frozen=True, eq=False)
class NameEvidence:
    """Tallies of all spellings, and the rulings that choose between them.

    ``parts`` are tables to be added up; they are kept apart so that merging one document after
    another copies each tally only a logarithm of times.
    """

    parts: tuple[Table, ...] = ()
    rulings: Rulings = field(default_factory=Rulings)

    @classmethod
    def collect(cls, view: View, document: str) -> NameEvidence:
        """The evidence of one document; ``document`` is its id."""
        table = count(view.once(mentions), view.language.code, document, view.to_raw)
        return cls((table,) if table else ())

    def merge(self, other: NameEvidence) -> NameEvidence:
        """Both together; associative, commutative and exact.

        Where both decided on one spelling, the first canonical form in code point order stands.
        """
        parts: list[Table] = []
        for part in sorted((*self.parts, *other.parts), key=len, reverse=True):
            parts.append(part)
            while len(parts) > 1 and len(parts[-2]) < 2 * len(parts[-1]):
                parts.append(merged((parts.pop(), parts.pop())))
        mine, theirs = self.rulings.decisions, other.rulings.decisions
        rulings = self.rulings if self.rulings != Rulings() else other.rulings
        if mine and theirs:
            decisions = {s: min(d[s] for d in (mine, theirs) if s in d) for s in {*mine, *theirs}}
            rulings = replace(rulings, decisions=decisions)
        elif mine or theirs:
            rulings = replace(rulings, decisions=mine or theirs)
        return NameEvidence(tuple(parts), rulings)

    def with_authority(self, authority: Authority) -> NameEvidence:
        """The same evidence, ruled by an authority file."""
        return NameEvidence(self.parts, replace(self.rulings, authority=authority))

    def with_policy(self, policies: Mapping[str, str]) -> NameEvidence:
        """The same evidence with policies for the canonical form: by kind, or ``default``."""
        return NameEvidence(self.parts, replace(self.rulings, policies=dict(policies)))

    def keeping(self, locked: NameEvidence) -> NameEvidence:
        """The same evidence with the canonical forms that ``locked`` decided."""
        return NameEvidence(self.parts, replace(self.rulings, decisions=locked.rulings.decisions))

    def digested(self) -> NameEvidence:
        """What cleaning needs of it: ids of documents only where one name has several spellings."""
        one = {those[0] for those in self._groups.values() if len(those) == 1}
        table = {s: t._replace(documents=()) if s in one else t for s, t in self.tallies.items()}
        return NameEvidence((table,) if table else (), self.rulings)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NameEvidence):
            return NotImplemented
        return self.tallies == other.tallies and self.rulings == other.rulings

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        return {"parts": self.parts, "rulings": self.rulings}

    # --- reading --------------------------------------------------------------------------------

    @cached_property
    def tallies(self) -> Table:
        """The tally of each spelling."""
        return merged(self.parts)

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for spelling in self.tallies:
            groups.setdefault(skeleton(spelling), []).append(spelling)
        return groups

    @cached_property
    def known_looks(self) -> Known | None:
        """The looks of all names, for ``looks.may_differ``; ``None`` where nothing is known."""
        ruled = self.rulings.authority.skeletons | {
            skeleton(s) for s, canonical in self.rulings.decisions.items() if s != canonical
        }
        return Known.of(self.tallies, ruled) if self.parts or ruled else None

    @cached_property
    def _verdicts(self) -> dict[str, dict[str, Verdict]]:
        return {}

    @cached_property
    def orders(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Spellings of two words or more by their words, put in order."""
        found: dict[tuple[str, ...], list[str]] = {}
        for spelling in sorted(self.tallies):
            if " " in spelling:
                found.setdefault(word_bag(spelling), []).append(spelling)
        return {bag: tuple(those) for bag, those in found.items()}

    def group(self, bare: str) -> dict[str, Tally]:
        """The spellings with this skeleton."""
        if not self.parts:
            return {}
        return {s: self.tallies[s] for s in self._groups.get(bare, ())}

    def verdicts(self, bare: str) -> Mapping[str, Verdict]:
        """The verdict on each spelling with this skeleton."""
        found = self._verdicts.get(bare)
        if found is None:
            found = self._verdicts[bare] = resolve(bare, self.group(bare), self.rulings)
        return found

    def spellings(self) -> Iterator[tuple[str, Tally, Verdict]]:
        """All spellings in code point order, with what is known of them."""
        for spelling in sorted(self.tallies):
            yield spelling, self.tallies[spelling], self.verdicts(skeleton(spelling))[spelling]

    def rows(self) -> list[NameRow]:
        """The names table of the corpus that was learned."""
        return name_rows(self.spellings(), self.orders)

    # --- the lock -------------------------------------------------------------------------------

    def to_lock(self) -> dict[str, Any]:
        """As plain sorted data for ``corpus.lock``."""
        decided: dict[str, dict[str, Any]] = {}
        undecided: dict[str, Any] = {}
        language = self._language()
        shared: dict[tuple[Any, ...], dict[str, Any]] = {}  # many spellings have the same counts
        for spelling, tally, verdict in self.spellings():
            key = (*tally[: len(COUNTS)], tally.languages)
            counts = shared.get(key)
            if counts is None:
                counts = {name: n for name in COUNTS if (n := getattr(tally, name))}
                if tally.languages and tally.languages != ((language, tally.mentions),):
                    counts["languages"] = dict(tally.languages)
                shared[key] = counts
            if not (self._holds_everywhere(tally, verdict) and _can_stand(verdict.canonical)):
                undecided[spelling] = counts
                continue
            entry = decided.setdefault(verdict.canonical, {"kind": verdict.kind, "spellings": {}})
            entry["spellings"][spelling] = counts
        for spelling, canonical in self.rulings.decisions.items():
            if spelling not in self.tallies:
                entry = decided.setdefault(canonical, {"kind": "unknown", "spellings": {}})
                entry["spellings"][spelling] = {}
        table: dict[str, Any] = {"decided": _sorted(decided), "undecided": undecided}
        return table | {"language": language} if language else table

    def _language(self) -> str:
        """The language that most spellings stand in, and no other; none where there is none."""
        counts = Counter(t.languages[0][0] for t in self.tallies.values() if len(t.languages) == 1)
        return min(counts, key=lambda code: (-counts[code], code), default="")

    def _holds_everywhere(self, tally: Tally, verdict: Verdict) -> bool:
        """Whether a verdict is one, and stands in all languages that have the spelling."""
        if verdict.status == AMBIGUOUS:
            return False
        other = self.tallies.get(verdict.canonical)
        return other is None or not any(
            is_foreign(verdict, other, tally, language) for language, _ in tally.languages
        )

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> NameEvidence:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        tallies: dict[str, Tally] = {}
        decisions: dict[str, str] = {}
        language = data.get("language", "")
        if not isinstance(language, str):
            raise ValueError(f"names.language: expected the code of a language, found {language!r}")
        for canonical, entry in _table(data.get("decided", {}), "names.decided").items():
            where = f"names.decided[{canonical!r}]"
            spellings = _table(_table(entry, where).get("spellings"), f"{where}.spellings")
            for spelling, counts in spellings.items():
                if spelling in decisions:
                    raise ValueError(
                        f"{where}: {spelling!r} already stands under {decisions[spelling]!r}"
                    )
                decisions[spelling] = canonical
                _read(tallies, spelling, counts, where, language)
        for spelling, counts in _table(data.get("undecided", {}), "names.undecided").items():
            if spelling in decisions:
                raise ValueError(
                    f"names.undecided: {spelling!r} also stands under {decisions[spelling]!r}"
                )
            _read(tallies, spelling, counts, "names.undecided", language)
        return cls((tallies,) if tallies else (), Rulings(decisions=decisions))


@lru_cache(maxsize=8192)
def word_bag(spelling: str) -> tuple[str, ...]:
    """The words of a name by skeleton, in a fixed order: the same for Hara Takashi and Takashi
    Hara."""
    return tuple(sorted(map(skeleton, spelling.split())))


def _can_stand(canonical: str) -> bool:
    """Whether the lock may hold this form as decided: no lost space, no heading's capitals."""
    return not is_glued(canonical) and not (is_capitals(canonical) and len(words(canonical)) > 1)


def _read(
    tallies: dict[str, Tally], spelling: str, counts: object, where: str, language: str
) -> None:
    """Read one spelling; where its counts name no languages, it stands in ``language`` alone."""
    if not skeleton(spelling):
        raise ValueError(f"{where}: {spelling!r} is no name")
    table = _table(counts, f"{where}[{spelling!r}]")
    for name in table:
        if name not in COUNTS and name != "languages":
            raise ValueError(f"{where}[{spelling!r}]: unknown count {name!r}")
    of_languages = _table(table.get("languages", {}), f"{where}[{spelling!r}].languages")
    numbers = {name: number for name, number in table.items() if name in COUNTS}
    for name, number in (*numbers.items(), *of_languages.items()):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ValueError(f"{where}[{spelling!r}].{name}: expected a count, found {number!r}")
    if table:
        if language and not of_languages:
            of_languages = {language: numbers.get("mentions", 0)}
        tallies[spelling] = Tally(**numbers, languages=tuple(sorted(of_languages.items())))


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: expected a table, found {value!r}")
    return value


def _sorted(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in sorted(table)}
