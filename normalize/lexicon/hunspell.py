"""Every form that a Hunspell dictionary accepts, from its ``.aff`` and ``.dic`` files.

Only what a list of written words needs: affixes (one prefix, up to two suffixes), conditions and
the flags that forbid a form. Compounding is left out, and so are affixes with anything but
letters in them ("l'", "-ci", "'s"): the reader of the list sees words without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DEPTH = 2
"""Suffixes that may follow one another, as in Hunspell."""


@dataclass(frozen=True)
class Affix:
    """One rule: remove ``strip``, add ``add``, if the form matches ``condition``."""

    strip: str
    add: str
    condition: re.Pattern[str] | None
    flags: frozenset[str]
    crosses: bool
    tags: tuple[str, ...]

    def prefix(self, form: str) -> str | None:
        """The form with this prefix, or None where the rule does not apply."""
        if not form.startswith(self.strip) or (self.condition and not self.condition.match(form)):
            return None
        return self.add + form[len(self.strip) :]

    def suffix(self, form: str) -> str | None:
        """The form with this suffix, or None where the rule does not apply."""
        if not form.endswith(self.strip) or (self.condition and not self.condition.search(form)):
            return None
        return form[: len(form) - len(self.strip)] + self.add


@dataclass
class Affixes:
    """What an ``.aff`` file says."""

    encoding: str = "latin-1"
    flag_kind: str = "short"
    aliases: list[str] = field(default_factory=list)
    prefixes: dict[str, list[Affix]] = field(default_factory=dict)
    suffixes: dict[str, list[Affix]] = field(default_factory=dict)
    special: dict[str, str] = field(default_factory=dict)

    def flags(self, field_: str) -> frozenset[str]:
        """The flags of an entry or affix, in the file's own notation."""
        if self.aliases and field_.isdigit():
            field_ = self.aliases[int(field_) - 1]
        if self.flag_kind == "long":
            return frozenset(field_[i : i + 2] for i in range(0, len(field_), 2))
        return frozenset(field_.split(",") if self.flag_kind == "num" else field_)


def read_affixes(path: Path) -> Affixes:
    """Read an ``.aff`` file."""
    head = re.search(rb"^SET\s+(\S+)", path.read_bytes(), re.MULTILINE)
    affixes = Affixes(encoding=head.group(1).decode("ascii") if head else "latin-1")
    seen_alias_count = False
    for line in path.read_text(encoding=affixes.encoding, errors="replace").splitlines():
        fields = line.split()
        match fields:
            case ["FLAG", kind, *_]:
                affixes.flag_kind = kind
            case ["AF", value, *_]:
                if seen_alias_count:
                    affixes.aliases.append(value)
                seen_alias_count = True
            case ["NEEDAFFIX" | "FORBIDDENWORD" | "ONLYINCOMPOUND" | "CIRCUMFIX" as key, flag, *_]:
                affixes.special[key] = flag
            case [("PFX" | "SFX") as kind, flag, "Y" | "N" as crosses, count] if count.isdigit():
                table = affixes.prefixes if kind == "PFX" else affixes.suffixes
                table.setdefault(flag, [])
                cross = crosses == "Y"
            case [("PFX" | "SFX") as kind, flag, strip, add, *rest]:
                rule = _affix(affixes, kind, strip, add, rest, cross)
                table = affixes.prefixes if kind == "PFX" else affixes.suffixes
                if rule is not None:
                    table[flag].append(rule)
    return affixes


def _affix(
    affixes: Affixes, kind: str, strip: str, add: str, rest: list[str], crosses: bool
) -> Affix | None:
    add, _, continuation = add.partition("/")
    add = "" if add == "0" else add
    if add and not add.isalpha():
        return None
    condition = "." if not rest or ":" in rest[0] else rest[0]
    pattern = None
    if condition != ".":
        escaped = condition.replace("-", r"\-")
        pattern = re.compile(escaped if kind == "PFX" else f"(?:{escaped})$")
    strip = "" if strip == "0" else strip
    return Affix(strip, add, pattern, affixes.flags(continuation), crosses, _tags(rest))


def _tags(fields: list[str]) -> tuple[str, ...]:
    """Part of speech and inflection: ``po:nom is:fem`` gives nom, fem."""
    return tuple(field_[3:] for field_ in fields if field_.startswith(("po:", "is:")))


def forms(affix_file: Path, word_file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every accepted form of letters only, in its own case, with the tags of its analysis.

    A form comes once for each analysis; most dictionaries have no tags.
    """
    affixes = read_affixes(affix_file)
    for line in word_file.read_text(encoding=affixes.encoding, errors="replace").splitlines()[1:]:
        entry, *fields = line.split() or [""]
        word, _, flags = entry.partition("/")
        if word.isalpha():
            yield from _expand(affixes, word, affixes.flags(flags), _tags(fields), DEPTH)


def _expand(
    affixes: Affixes, word: str, flags: frozenset[str], tags: tuple[str, ...], depth: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    special = affixes.special
    if special.get("FORBIDDENWORD") in flags or special.get("ONLYINCOMPOUND") in flags:
        return
    if special.get("NEEDAFFIX") not in flags:
        yield word, tags
        for flag in flags:
            for prefix in affixes.prefixes.get(flag, ()):
                form = prefix.prefix(word)
                if form is not None:
                    yield form, tags
    if not depth:
        return
    for flag in flags:
        for suffix in affixes.suffixes.get(flag, ()):
            form = suffix.suffix(word)
            if form is not None:
                inherited = flags & affixes.prefixes.keys() if suffix.crosses else frozenset()
                more = (*tags, *suffix.tags)
                yield from _expand(affixes, form, suffix.flags | inherited, more, depth - 1)
