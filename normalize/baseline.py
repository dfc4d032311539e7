"""A baseline: findings that were there before, so that only new ones count.

An entry is known by file, rule, text and context (see ``decisions.mark``), not by its line, so it
survives edits elsewhere in the file. Equal findings in one file are counted. Files are named from
the folder of the baseline, so it holds wherever a command is started.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from .decisions import mark
from .findings import FileFindings, Finding

FORMAT = 1


class BaselineError(ValueError):
    """A baseline that cannot be read; the message says what to do."""


class Baseline:
    """Counts of known findings; each is used up by the finding it covers."""

    def __init__(self, known: Mapping[str, Mapping[str, int]], folder: Path) -> None:
        self._left = {name: Counter(marks) for name, marks in known.items()}
        self._folder = folder
        self._seen: set[str] = set()

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """Raises ``BaselineError``."""
        hint = f"make it anew: normalize check --write-baseline {file}"
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            known = data["files"] if data["format"] == FORMAT else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BaselineError(f"{file}: not a baseline: {error}; {hint}") from None
        if not isinstance(known, dict) or not all(
            isinstance(marks, dict) and all(isinstance(n, int) for n in marks.values())
            for marks in known.values()
        ):
            raise BaselineError(f"{file}: not a baseline of this version; {hint}")
        return cls(known, file.parent)

    def new(self, found: FileFindings) -> FileFindings:
        """The findings of a file that the baseline does not know."""
        name = _named(found.path, self._folder)
        left = self._left.get(name, Counter())
        self._seen.add(name)
        fresh: list[Finding] = []
        for finding in found.findings:
            key = mark(found.text, finding.edit)
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(finding)
        return replace(found, findings=tuple(fresh))

    def stale(self) -> Iterator[tuple[str, int]]:
        """Files that were checked or are gone, and how many of their entries no finding used up."""
        for name, marks in sorted(self._left.items()):
            count = marks.total()
            if count and (name in self._seen or not (self._folder / name).exists()):
                yield name, count


def _named(path: str, folder: Path) -> str:
    """The name of a file in a baseline that lies in ``folder``; ``-`` is standard input."""
    if path == "-":
        return path
    place = os.path.relpath(os.path.realpath(path), os.path.realpath(folder))
    return PurePath(place).as_posix()


def baseline_bytes(found: Iterable[FileFindings], folder: Path) -> bytes:
    """The baseline file of these findings, to lie in ``folder``: sorted, one entry a line."""
    marks = {
        _named(f.path, folder): Counter(mark(f.text, finding.edit) for finding in f.findings)
        for f in found
        if f.findings
    }
    files = {name: dict(sorted(marks[name].items())) for name in sorted(marks)}
    data = {"format": FORMAT, "files": files}
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
