"""One run of a command over files: settings, sources, progress, messages, exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .stopping import Stopped, stop_behind

if TYPE_CHECKING:
    from .baseline import Baseline
    from .building import BuildResult
    from .corpus import Checked
    from .project import Project
    from .readers import Problem, Source

X = TypeVar("X")

LONG_SECONDS = 10
"""A build that takes longer gives an account of its time."""

CLEAN, FINDINGS, FAILED = 0, 1, 2
INTERRUPTED, UNHEARD = 130, 141
"""What a shell expects of a program that Ctrl-C ended, or whose reader went away (``| head``):
128 and the signal's number."""

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What writing says where there is no room."""


class Commands(click.Group):
    """Turns what went wrong into one line and an exit status."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **options)
        except click.ClickException as error:
            raise _harmless(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except click.ClickException as error:
            raise _harmless(error) from None
        except (click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            say("interrupted")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            silence()
            ctx.exit(UNHEARD)
        except (Stopped, Exception) as error:
            if stopped := stop_behind(error):
                say("interrupted" if stopped.status == INTERRUPTED else "stopped")
                ctx.exit(stopped.status)
            full = isinstance(error, OSError) and error.errno in FULL
            if not full and not isinstance(error, expected()):
                raise
            say(f"error: {error}")
            if full:
                silence()
            ctx.exit(FAILED)


def _harmless(error: click.ClickException) -> click.ClickException:
    """An error of usage without what a terminal obeys; what was typed stands in its message."""
    from .report.escape import marked

    vars(error)["message"] = "\n".join(map(marked, error.message.split("\n")))
    return error


def silence() -> None:
    """Send to nowhere what is still to be written: its reader is gone, or its disk is full."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def expected() -> tuple[type[Exception], ...]:
    """What bad input and bad usage raise; anything else is a defect of ours and shows itself."""
    from .baseline import BaselineError
    from .config import ConfigError
    from .decisions import DecisionError
    from .decode import DecodeError
    from .engines import EngineError
    from .language import UnknownLanguage
    from .lexicon import MissingLexicon
    from .lexicon.build import CannotBuild
    from .lexicon.store import BadLexicon
    from .names.authority import AuthorityError
    from .pipeline import UnknownRule
    from .project import LockError
    from .readers import InputError
    from .tables import TableError
    from .writers import OutputError

    return (
        AuthorityError,
        BadLexicon,
        BaselineError,
        CannotBuild,
        ConfigError,
        DecisionError,
        DecodeError,
        EngineError,
        InputError,
        LockError,
        MissingLexicon,
        OutputError,
        TableError,
        UnknownLanguage,
        UnknownRule,
    )


def say(message: str) -> None:
    """One line on stderr, without control characters that the text may hold."""
    from .report.escape import visible

    click.echo(f"normalize: {visible(message)}", err=True)


class Invocation:
    """One invocation over files: settings, sources, counts, and the exit status."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        config: Path | None,
        quiet: bool,
        jobs: int | None,
        records: bool = False,
        **options: Any,
    ) -> None:
        from .pipeline import selected
        from .project import Project
        from .readers import find_sources

        self.project: Project = Project(config, **options)
        self.quiet = quiet
        self.stdin = [str(p) for p in paths] == ["-"]
        self.sources: list[Source] = [] if self.stdin else find_sources(paths, records=records)
        first = Path(".") if self.stdin else paths[0]
        self.folder = first if first.is_dir() else first.parent
        self.jobs = self._jobs(jobs)
        self.files = self.applied = self.left = 0
        self.failed = False
        settings = self.project.config(self.folder)
        selected(settings.select, settings.ignore)
        self._tell_of_lexicon(settings.lang)

    def _tell_of_lexicon(self, lang: str) -> None:
        """Say so when a language was asked for whose words nobody has listed."""
        from . import language, lexicon

        if lang != "auto" and language.load(lang).code not in lexicon.available():
            self.tell(
                f"no lexicon for {lang!r}, so the rules for words stay silent;"
                f" make one with: normalize lexicon build {lang}"
            )

    def _jobs(self, jobs: int | None) -> int:
        from .corpus import PARALLEL_BYTES
        from .engines.local import process_count

        if jobs is None:
            size = sum(source.size for source in self.sources)
            return process_count(0) if size > PARALLEL_BYTES else 1
        return process_count(jobs)

    def checked(self, baseline: Baseline | None = None) -> Iterator[Checked]:
        """Check everything; what could not be read is told and remembered.

        Findings that ``baseline`` knows are left out.
        """
        from .corpus import Checked, check_all, check_bytes

        results: Iterable[Checked | Problem]
        if self.stdin:
            data = sys.stdin.buffer.read()
            results = [check_bytes(data, "-", self.project.at(Path(".")))]
        else:
            results = self._progress(check_all(self.sources, self.project, self.jobs))
        for result in results:
            if not isinstance(result, Checked):
                self.report([result])
                continue
            if not result.before:
                self.tell(
                    f"{result.findings.path}: the file is empty, so there is nothing to check"
                )
            found = baseline.new(result.findings) if baseline else result.findings
            repaired = sum(f.fixable for f in found.findings)
            self.files += 1
            self.applied += repaired
            self.left += len(found.findings) - repaired
            yield replace(result, findings=found)

    def _progress(self, items: Iterable[Any]) -> Iterable[Any]:
        """A bar on a terminal when the work is long; nothing when piped."""
        return self.watch("checking", items, len(self.sources))

    def watch(self, stage: str, items: Iterable[X], total: int) -> Iterable[X]:
        """The items, with a bar on a terminal when there are many; ``total`` may be unknown (0)."""
        if self.quiet or not sys.stderr.isatty():
            return items
        from .progress import watched

        return watched(stage, items, total)

    def account(self, built: BuildResult) -> None:
        """What a long build took, as a table on stderr."""
        if not self.quiet and sum(built.seconds.values()) >= LONG_SECONDS:
            from .progress import account

            account(built)

    def report(self, problems: Iterable[Problem], *, could_not_run: bool = True) -> None:
        """Tell what could not be read."""
        for problem in problems:
            say(f"error: {problem.message}")
            self.failed = self.failed or could_not_run

    def tell(self, message: str) -> None:
        if not self.quiet:
            say(message)

    def end(self, fail_on: str) -> None:
        """Leave with the exit status that the findings ask for."""
        if self.failed:
            sys.exit(FAILED)
        found = {"any": self.applied + self.left, "review": self.left, "never": 0}[fail_on]
        sys.exit(FINDINGS if found else CLEAN)
