"""No regular expression of the package can be made to try the same letters again and again.

Two repeats without a bound that stand side by side, or one within the other, and can take the
same character share a run of it in as many ways as it is long, and try them all before they fail.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

import normalize

CHARACTERS = [chr(c) for c in (*range(0x250), *range(0x1E00, 0x1F00), *range(0x2000, 0x2070))]
CHARACTERS += list("\u0301\ufeff\ufffdжא日한ก٣🇫")
"""Stand for all."""

REVIEWED: dict[str, str] = {
    "words.scan._PLAIN": "a mark between letters needs a letter behind it, where the end has none",
    "words.scan._NUMBER": "a mark between digits needs a digit behind it, where the end has none",
}
"""Patterns that the check refuses, by module and name, with why they do no harm."""

Set = frozenset[str]
NOTHING: Set = frozenset()


@dataclass
class Shape:
    """What matters of a part of a pattern: whether it may be empty, the characters it may start
    with and those it is made of, and what repeats without a bound at its start and its end."""

    empty: bool = True
    first: Set = NOTHING
    made_of: Set = NOTHING
    starting: Set = NOTHING
    ending: Set = NOTHING
    faults: list[str] = field(default_factory=list)


def _one(operation: Any, argument: Any, flags: int) -> Set:
    """The characters that one item of a pattern matches."""
    name = str(operation)
    if name == "ANY":
        return frozenset(c for c in CHARACTERS if c != "\n" or flags & re.DOTALL)
    if name in ("LITERAL", "NOT_LITERAL"):
        argument, name = [(operation, argument)], "IN"
    assert name == "IN"
    found: set[str] = set()
    negated = False
    for item, value in argument:
        kind = str(item)
        if kind == "NEGATE":
            negated = True
        elif kind in ("LITERAL", "NOT_LITERAL"):
            negated ^= kind == "NOT_LITERAL"
            found.add(chr(value))
        elif kind == "RANGE":
            found.update(c for c in CHARACTERS if value[0] <= ord(c) <= value[1])
        else:
            assert kind == "CATEGORY"
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rpartition("_")[2]]
            letter = letter.upper() if "_NOT_" in str(value) else letter
            found.update(c for c in CHARACTERS if re.match(rf"\{letter}", c))
    if flags & re.IGNORECASE:
        found |= {c.swapcase() for c in found}
    return frozenset(CHARACTERS) - found if negated else frozenset(found)


def _shape(items: Any, flags: int) -> Shape:
    """A sequence."""
    whole = Shape()
    for operation, argument in items:
        part = _item(str(operation), operation, argument, flags)
        whole.faults += part.faults
        if both := whole.ending & part.starting:
            whole.faults.append(f"side by side: {''.join(sorted(both))[:20]!r}")
        if whole.empty:
            whole.first |= part.first
            whole.starting |= part.starting
        whole.made_of |= part.made_of
        whole.ending = part.ending | (whole.ending if part.empty else NOTHING)
        whole.empty &= part.empty
    return whole


def _item(name: str, operation: Any, argument: Any, flags: int) -> Shape:
    if name in ("ANY", "LITERAL", "NOT_LITERAL", "IN"):
        own = _one(operation, argument, flags)
        return Shape(False, own, own)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeat(name, *argument, flags)
    if name == "SUBPATTERN":
        return _shape(argument[3], (flags | argument[1]) & ~argument[2])
    if name == "ATOMIC_GROUP":
        part = _shape(argument, flags)
        part.ending = NOTHING
        return part
    if name == "BRANCH":
        ways = [_shape(way, flags) for way in argument[1]]
        return Shape(
            any(way.empty for way in ways),
            frozenset().union(*(way.first for way in ways)),
            frozenset().union(*(way.made_of for way in ways)),
            frozenset().union(*(way.starting for way in ways)),
            frozenset().union(*(way.ending for way in ways)),
            [fault for way in ways for fault in way.faults],
        )
    if name in ("ASSERT", "ASSERT_NOT"):
        return Shape(faults=_shape(argument[1], flags).faults)
    assert name in ("AT", "GROUPREF"), name
    return Shape(empty=name == "AT")


def _repeat(name: str, low: int, high: int, items: Any, flags: int) -> Shape:
    body = _shape(items, flags)
    found = Shape(low == 0 or body.empty, body.first, body.made_of, body.starting, body.ending)
    found.faults = body.faults
    if high > MANY:
        if both := body.ending & body.first:
            found.faults.append(f"one in the other: {''.join(sorted(both))[:20]!r}")
        found.starting = body.first
        found.ending = body.made_of
    if name == "POSSESSIVE_REPEAT":
        found.ending = NOTHING
    return found


MANY = 200
"""Repeats above which a bound counts as none."""


def faults(pattern: str, flags: int = 0) -> list[str]:
    parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    return _shape(parsed, parsed.state.flags).faults


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for module in pkgutil.walk_packages(normalize.__path__, "normalize."):
        if module.name.rpartition(".")[2] == "__main__":
            continue
        try:
            names = vars(importlib.import_module(module.name))
        except ImportError:  # an extra that is not installed
            continue
        for name, value in names.items():
            if isinstance(value, re.Pattern):
                yield f"{module.name.partition('.')[2]}.{name}", value


PATTERNS = dict(_patterns())


@pytest.mark.parametrize("name", PATTERNS)
def test_no_two_repeats_share_a_run(name: str) -> None:
    pattern = PATTERNS[name]
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    found = faults(pattern.pattern, flags)
    assert bool(found) == (name in REVIEWED), found


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b", r"(?:a*)*b", r"(?:x?a+)+b", r"(?: [a ]+)*b", r"a+a+b", r"\w+\d*x",
        r"\s*\n\s*\n?\s*x",
        r"(?:ab)+[a-c]+x", r"a+b?a+x", r"(?i:a+)A+x", r".*.*x", r"(?=a*a*x)", r"(?:\w+|-)*x",
        r"(?:[a-z]|\d+)*\d*x",
    ],
)  # fmt: skip
def test_what_tries_again_is_refused(pattern: str) -> None:
    assert faults(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"a+b+c", r"\w+(?:-\w+)*", r"a+b+a+", r"a{1,60}a{1,60}", r"a++a*b", r"(?>a+)a*b",
        r"(?:ab)*",
        r"[^\s]+\s+", r"(?:[a-z]|\d)*-", r"(?:(?>a+)b?)*",
    ],
)  # fmt: skip
def test_what_cannot_is_not(pattern: str) -> None:
    assert not faults(pattern)


def test_the_reviewed_patterns_exist() -> None:
    assert set(REVIEWED) <= set(PATTERNS)
    assert len(PATTERNS) > 80
