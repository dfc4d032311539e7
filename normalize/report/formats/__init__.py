"""Output formats of ``check``, found by walking this package: a module is a format.

A format module has ``render(files, style)``, which yields lines without their line end, as soon as
they are known. Adding a format is adding a module.
"""

from __future__ import annotations

import pkgutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from ...findings import FileFindings, Finding
from ..codes import rule_of
from ..escape import shorten
from ..words import widen


@dataclass(frozen=True)
class Style:
    """How to show findings to a person; formats for machines ignore it."""

    color: bool = False
    context: bool = True


DEFAULT = Style()


class Render(Protocol):
    def __call__(self, files: Iterable[FileFindings], style: Style = ...) -> Iterator[str]: ...


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(name: str) -> Render:
    """The format of this name. Raises ``ValueError`` for a name that no format has."""
    if name not in names():
        raise ValueError(f"no format {name!r}; there are {', '.join(names())}")
    return cast(Render, import_module(f"{__name__}.{name}").render)


_MESSAGE = 80
"""Code points of a text shown within a message."""


def message(finding: Finding, text: str) -> str:
    """What is wrong and what would mend it, in whole words, as one short plain text.

    ``text`` is the raw text of the file. What comes of it is the file's own: a format escapes it
    (see :mod:`normalize.report.escape`).
    """
    edit = finding.edit
    if edit.after is None:
        return edit.reason
    if not edit.after.strip() and edit.before.strip():
        return f'{edit.reason}: remove "{shorten(edit.before.strip(), _MESSAGE)}"'
    start, end = widen(text, edit.start, edit.end, 0, len(text))
    before, after = text[start:end], text[start : edit.start] + edit.after + text[edit.end : end]
    return f'{edit.reason}: "{shorten(before, _MESSAGE)}" -> "{shorten(after, _MESSAGE)}"'


def count(files: Iterable[FileFindings]) -> dict[str, tuple[int, int]]:
    """Findings and repairable findings by rule code, most frequent first."""
    total: Counter[str] = Counter()
    fixable: Counter[str] = Counter()
    for file in files:
        for finding in file.findings:
            total[finding.edit.rule] += 1
            fixable[finding.edit.rule] += finding.fixable
    return {rule: (total[rule], fixable[rule]) for rule in by_frequency(total)}


def by_frequency(counts: Counter[str]) -> list[str]:
    """Keys by count, then by name."""
    return sorted(counts, key=lambda key: (-counts[key], key))


def statistics(counts: dict[str, tuple[int, int]]) -> Iterator[str]:
    """``count`` as aligned lines: findings, rule, ``[*]`` where all are repairable, summary."""
    width = max((len(str(total)) for total, _ in counts.values()), default=0)
    for code, (total, fixable) in counts.items():
        rule = rule_of(code)
        mark = "[*]" if fixable == total else "[-]" if fixable else "[ ]"
        yield f"{total:>{width}}  {code}  {mark} {rule.summary if rule else ''}".rstrip()
