"""The command line: one short function for each command, each a call into the library.

Exit statuses: 0 clean, 1 findings, 2 could not run. Messages go to stderr; results to stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import __version__

if TYPE_CHECKING:
    from .corpus import Checked, Problem
    from .project import Project
    from .readers import Source
    from .tables import Failure

Function = TypeVar("Function", bound=Callable[..., Any])

CLEAN, FINDINGS, FAILED = 0, 1, 2
FORMATS = ("text", "json", "github", "sarif", "markdown", "junit")


class _Group(click.Group):
    """Turns what went wrong into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except _expected() as error:
            _say(f"error: {error}")
            ctx.exit(FAILED)


def _expected() -> tuple[type[Exception], ...]:
    """What bad input and bad usage raise; anything else is a defect of ours and shows itself."""
    from .config import ConfigError
    from .decode import DecodeError
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
        CannotBuild,
        ConfigError,
        DecodeError,
        InputError,
        LockError,
        MissingLexicon,
        OutputError,
        TableError,
        UnknownLanguage,
        UnknownRule,
    )


def _say(message: str) -> None:
    """One line on stderr, without control characters that the text may hold."""
    from .report.escape import visible

    click.echo(f"normalize: {visible(message)}", err=True)


def _codes(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...] | None:
    codes = tuple(c.strip() for value in values for c in value.split(",") if c.strip())
    return codes or None


def _options(*options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        return reduce(lambda f, option: option(f), reversed(options), function)

    return decorate


_paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_settings = _options(
    click.option(
        "--select",
        multiple=True,
        callback=_codes,
        metavar="CODES",
        help="Only these rules: codes or prefixes, separated by commas.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        callback=_codes,
        metavar="CODES",
        help="Not these rules; wins over --select.",
    ),
    click.option("--lang", metavar="XX", help="Language of the text, or auto (the default)."),
    click.option(
        "--config",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Settings file; otherwise the nearest from each document upwards.",
    ),
    click.option(
        "--lock",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Lock file; otherwise the nearest corpus.lock.",
    ),
    click.option("--unsafe", is_flag=True, default=None, help="Apply unsafe repairs too."),
    click.option(
        "--jobs",
        type=click.IntRange(min=0),
        metavar="N",
        help="Processes; 0 is one for each core. By default as the input's size asks.",
    ),
    click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors."),
)
_format = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
_diff = click.option("--diff", is_flag=True, help="Print a unified diff and write nothing.")
_statistics = click.option("--statistics", is_flag=True, help="Print counts for each rule.")


def _fail_on(default: str) -> Callable[[Function], Function]:
    return click.option(
        "--fail-on",
        type=click.Choice(["any", "review", "never"]),
        default=default,
        show_default=True,
        help="Exit 1 on any finding, on what no safe repair covers, or never.",
    )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="normalize")
def main() -> None:
    """Find and repair what scraping did to text: glued words, mojibake, boilerplate, spellings."""


@main.command()
@_paths
@_settings
@_format
@_diff
@_statistics
@_fail_on("any")
def check(
    paths: tuple[Path, ...], form: str, diff: bool, statistics: bool, fail_on: str, **options: Any
) -> None:
    """Report what is wrong with files and folders ('-' reads standard input)."""
    run = _Run(paths or (Path("."),), **options)
    if diff:
        sys.stdout.buffer.writelines(line for done in run.checked() for line in _diff_lines(done))
    else:
        _print_findings(run, form, statistics)
    run.end(fail_on)


@main.command()
@_paths
@_settings
@_diff
@_fail_on("never")
def fix(paths: tuple[Path, ...], diff: bool, fail_on: str, **options: Any) -> None:
    """Repair files in place; '-' reads standard input and writes standard output."""
    from .writers import write_atomic

    if not paths:
        raise click.UsageError("name the files or folders to repair, or '-'")
    run = _Run(paths, **options)
    written = 0
    for done in run.checked():
        if diff:
            sys.stdout.buffer.writelines(_diff_lines(done))
        elif done.source is None:
            sys.stdout.buffer.write(done.after)
        elif done.after != done.before:
            write_atomic(done.source.path, done.after)
            written += 1
    if run.files and not diff:
        run.tell(
            f"{run.applied} repairs in {written} of {run.files} files, {run.left} findings left"
        )
    run.end(fail_on)


@main.command()
@_paths
@_settings
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where the lock goes; by default corpus.lock in the first folder.",
)
@click.option("--refresh", is_flag=True, help="Choose the canonical forms of names anew.")
def learn(paths: tuple[Path, ...], output: Path | None, refresh: bool, **options: Any) -> None:
    """Learn words, names and repeated blocks from a corpus; write or refresh corpus.lock."""
    from .corpus import relearn
    from .project import LOCK_NAME, lock_bytes
    from .writers import write_atomic

    run = _Run(paths or (Path("."),), **options)
    file = output or run.folder / LOCK_NAME
    evidence, problems = relearn(
        run.sources, run.project, run.folder, refresh=refresh, jobs=run.jobs
    )
    run.report(problems)
    if not problems:
        write_atomic(file, lock_bytes(evidence))
        run.tell(f"learned from {len(run.sources)} documents: {file}")
    run.end("never")


@main.command()
@_paths
@_settings
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder of the corpus: new, or an earlier build.",
)
@click.option("--strict", is_flag=True, help="A document that cannot be read stops the build.")
def build(paths: tuple[Path, ...], output: Path, strict: bool, **options: Any) -> None:
    """Make a clean, validated corpus of raw files, with a report of every change."""
    from .building import write_build

    if not paths:
        raise click.UsageError("name the files or folders to build from")
    run = _Run(paths, **options)
    built = write_build(run.sources, run.project, run.folder, output, jobs=run.jobs, strict=strict)
    run.report(built.problems, could_not_run=False)
    for failure in built.failures[:10]:
        _say(f"schema {failure.table}: {failure.document}: {_failed(failure)}")
    if built.failures:
        _say(f"{len(built.failures)} schema failures; all are in {output / 'report.md'}")
    run.tell(f"{built.documents} documents, {built.edits} edits: {output}")
    sys.exit(FINDINGS if built.failures or built.problems else CLEAN)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Where the raw files go.",
)
def restore(folder: Path, output: Path) -> None:
    """Write the raw files of a build again, byte for byte."""
    from .building import restore_build

    count = restore_build(folder, output)
    _say(f"{count} files restored: {output}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--schema",
    metavar="NAME|FILE",
    help="documents, edits, names, or a YAML file; by default as the columns say.",
)
def validate(file: Path, schema: str | None) -> None:
    """Check a Parquet, JSONL or CSV file against a schema."""
    from .validation import guess_schema, read_table, with_columns
    from .validation import validate as run

    frame = read_table(file)
    schema = schema or guess_schema(frame, file)
    frame = with_columns(frame, schema)
    failures = run(frame, schema)
    for failure in failures:
        _say(f"{file}: row {failure.row}: {_failed(failure)}")
    if failures:
        _say(f"{file}: {len(failures)} failures in {len(frame)} rows")
    sys.exit(FINDINGS if failures else CLEAN)


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def rules(form: str) -> None:
    """List all rules."""
    import json

    from .rules import all_rules

    for rule in all_rules().values():
        if form == "json":
            row = {
                "code": rule.code,
                "name": rule.name,
                "repair": rule.repair,
                "summary": rule.summary,
            }
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(f"{rule.code}  {rule.repair:<6}  {rule.summary}")


@main.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE…")
def explain(codes: tuple[str, ...]) -> None:
    """Show what a rule (or a family) finds, why, an example, and what it leaves alone."""
    from .pipeline import explained

    for rule in explained(tuple(code.upper() for code in codes)):
        click.echo(f"{rule.code} {rule.name} (repair: {rule.repair})\n\n{rule.explanation}\n")


@main.group()
def lexicon() -> None:
    """Word lists of languages."""


@lexicon.command("build")
@click.argument("lang", metavar="LANG")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Another file."
)
def lexicon_build(lang: str, output: Path | None) -> None:
    """Build the word list of a language that has a language file (needs the extra [lexicon])."""
    from .lexicon import file_of
    from .lexicon.build import build as run

    click.echo(run(lang, output or file_of(lang)))


class _Run:
    """One invocation over files: settings, sources, counts, and the exit status."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        config: Path | None,
        quiet: bool,
        jobs: int | None,
        **options: Any,
    ) -> None:
        from .pipeline import selected
        from .project import Project
        from .readers import find_sources

        self.project: Project = Project(config, **options)
        self.quiet = quiet
        self.stdin = [str(p) for p in paths] == ["-"]
        self.sources: list[Source] = [] if self.stdin else find_sources(paths)
        first = Path(".") if self.stdin else paths[0]
        self.folder = first if first.is_dir() else first.parent
        self.jobs = self._jobs(jobs)
        self.files = self.applied = self.left = 0
        self.failed = False
        settings = self.project.config(self.folder)
        selected(settings.select, settings.ignore)

    def _jobs(self, jobs: int | None) -> int:
        from .corpus import PARALLEL_BYTES
        from .engines.local import process_count

        if jobs is None:
            size = sum(s.path.stat().st_size for s in self.sources)
            return process_count(0) if size > PARALLEL_BYTES else 1
        return process_count(jobs)

    def checked(self) -> Iterator[Checked]:
        """Check everything; what could not be read is told and remembered."""
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
            self.files += 1
            repaired = sum(f.fixable for f in result.findings.findings)
            self.applied += repaired
            self.left += len(result.findings.findings) - repaired
            yield result

    def _progress(self, items: Iterable[Any]) -> Iterable[Any]:
        """A bar on a terminal when the work is long; nothing when piped."""
        if self.quiet or len(self.sources) < 200 or not sys.stderr.isatty():
            return items
        from rich.console import Console
        from rich.progress import track

        return track(
            items, "", total=len(self.sources), console=Console(stderr=True), transient=True
        )

    def report(self, problems: Iterable[Problem], *, could_not_run: bool = True) -> None:
        """Tell what could not be read."""
        for problem in problems:
            _say(f"error: {problem.message}")
            self.failed = self.failed or could_not_run

    def tell(self, message: str) -> None:
        if not self.quiet:
            _say(message)

    def end(self, fail_on: str) -> None:
        """Leave with the exit status that the findings ask for."""
        if self.failed:
            sys.exit(FAILED)
        found = {"any": self.applied + self.left, "review": self.left, "never": 0}[fail_on]
        sys.exit(FINDINGS if found else CLEAN)


def _print_findings(run: _Run, form: str, statistics: bool) -> None:
    from .report import formats

    found = (done.findings for done in run.checked())
    if statistics:
        lines = formats.statistics(formats.count(found))
    else:
        lines = formats.load(form)(found, formats.Style(color=sys.stdout.isatty()))
    for line in lines:
        click.echo(line)


def _failed(failure: Failure) -> str:
    return f"{failure.column}: {failure.check}: {failure.value}"


def _diff_lines(done: Checked) -> Iterator[bytes]:
    from .report.patch import unified

    return unified(done.findings.path, done.before, done.after)
