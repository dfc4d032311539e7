"""A baseline: findings that were there before, so that only new ones count.

An entry is known by file, rule, text and context (see ``decisions.mark``), not by its line, so it
survives edits elsewhere in the file. Equal findings in one file are counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from .decisions import mark
from .findings import FileFindings, Finding

FORMAT = 1


class BaselineError(ValueError):
    """A baseline that cannot be read; the message says what to do."""


class Baseline:
    """Counts of known findings; each is used up by the finding it covers."""

    def __init__(self, known: Mapping[str, Mapping[str, int]]) -> None:
        self._left = {path: Counter(marks) for path, marks in known.items()}
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
        return cls(known)

    def new(self, found: FileFindings) -> FileFindings:
        """The findings of a file that the baseline does not know."""
        left = self._left.get(found.path, Counter())
        self._seen.add(found.path)
        fresh: list[Finding] = []
        for finding in found.findings:
            key = mark(found.text, finding.edit)
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(finding)
        return replace(found, findings=tuple(fresh))

    def stale(self) -> Iterator[tuple[str, int]]:
        """Files that were checked, and how many of their entries no finding used up."""
        for path in sorted(self._seen & set(self._left)):
            count = sum(self._left[path].values())
            if count:
                yield path, count


def baseline_bytes(found: Iterable[FileFindings]) -> bytes:
    """The baseline file of these findings: sorted, one entry a line."""
    files = {
        f.path: dict(sorted(Counter(mark(f.text, finding.edit) for finding in f.findings).items()))
        for f in sorted(found, key=lambda f: f.path)
        if f.findings
    }
    data = {"format": FORMAT, "files": files}
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
