"""Deciding on uncertain edits in a terminal, one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .decisions import Decision, Verdict, mark
from .edits import Edit
from .findings import FileFindings
from .project import LOCK_NAME, Project, lock_bytes
from .report.escape import visible
from .writers import write_atomic

AROUND = 60
"""Code points shown on each side of an edit."""

KEYS: dict[str, Verdict | None] = {"a": "accept", "r": "reject", "s": None}
UNDO, QUIT = "u", "q"
PROMPT = "[a]ccept [r]eject [s]kip [u]ndo [q]uit"


@dataclass(frozen=True)
class Question:
    """An uncertain edit of one file."""

    path: str
    line: int
    raw: str
    edit: Edit

    def decision(self, verdict: Verdict) -> Decision:
        edit = self.edit
        return Decision(mark(self.raw, edit), verdict, edit.rule, edit.before, edit.after)

    def lines(self) -> Iterator[str]:
        """What a person needs to see, safe to print."""
        edit = self.edit
        left = visible(self.raw[max(0, edit.start - AROUND) : edit.start])
        right = visible(self.raw[edit.end : edit.end + AROUND])
        place = f"{visible(self.path)}:{self.line}"
        yield f"{place} {edit.rule} {edit.certainty:.2f} {visible(edit.reason)}"
        yield f"  - {left}[{visible(edit.before)}]{right}"
        yield f"  + {left}[{visible(edit.after or '')}]{right}"


def questions(found: Iterable[FileFindings]) -> list[Question]:
    """The edits that were reported and could be made, in file and text order."""
    return [
        Question(file.path, finding.line, file.text, finding.edit)
        for file in found
        for finding in file.findings
        if finding.status == "reported" and finding.edit.after is not None
    ]


def ask(
    asked: Sequence[Question], key: Callable[[], str], tell: Callable[[str], None]
) -> list[Decision]:
    """Walk the questions; what was decided until the end, the key for quitting, or Ctrl-C."""
    decided: dict[int, Decision] = {}
    at = 0
    while at < len(asked):
        for line in asked[at].lines():
            tell(line)
        tell(f"  {at + 1} of {len(asked)}: {PROMPT}")
        try:
            pressed = key().lower()
        except (KeyboardInterrupt, EOFError):
            pressed = QUIT
        if pressed == QUIT:
            break
        if pressed == UNDO:
            at = max(0, at - 1)
            decided.pop(at, None)
        elif pressed in KEYS:
            verdict = KEYS[pressed]
            if verdict is not None:
                decided[at] = asked[at].decision(verdict)
            at += 1
    return list(decided.values())


def record(project: Project, folder: Path, decided: Sequence[Decision]) -> Path:
    """Add decisions to the lock in force for ``folder``, or to a new one there; its path."""
    setting = project.at(folder)
    file = setting.lock or folder / LOCK_NAME
    decisions = setting.evidence.decisions.updated(decided)
    write_atomic(file, lock_bytes(replace(setting.evidence, decisions=decisions)))
    return file
