"""The command line: one short function for each command, each a call into the library.

Exit statuses: 0 clean, 1 findings, 2 could not run. Messages go to stderr; results to stdout.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .invocation import CLEAN, FINDINGS, Commands, Invocation, say
from .version import __version__

if TYPE_CHECKING:
    from .baseline import Baseline
    from .corpus import Checked
    from .findings import FileFindings
    from .tables import Failure

Function = TypeVar("Function", bound=Callable[..., Any])

FORMATS = ("text", "json", "github", "sarif", "markdown", "junit")


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
_records = _options(
    click.option(
        "--text-column", metavar="NAME", help="Column of the text in records; by default text."
    ),
    click.option(
        "--id-column", metavar="NAME", help="Column of the id in records; by default id, if any."
    ),
    click.option(
        "--engine",
        type=click.Choice(["local", "ray"]),
        default="local",
        show_default=True,
        help="What moves the documents: processes of this machine, or Ray.",
    ),
)
_BUILD_OPTIONS = ("text_column", "id_column", "engine", "strict", "resume")
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


def _output(metavar: str, text: str, required: bool = False) -> Callable[[Function], Function]:
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar=metavar,
        required=required,
        help=text,
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="normalize")
def main() -> None:
    """Find and repair what scraping did to text: glued words, mojibake, boilerplate, spellings."""


@main.command()
@_paths
@_settings
@_format
@_diff
@_statistics
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Report only findings that this file does not know.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Record the present findings, and exit 0.",
)
@_fail_on("any")
def check(
    paths: tuple[Path, ...],
    form: str,
    diff: bool,
    statistics: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    fail_on: str,
    **options: Any,
) -> None:
    """Report what is wrong with files and folders ('-' reads standard input)."""
    run = Invocation(paths or (Path("."),), **options)
    if write_baseline:
        _write_baseline(run, write_baseline)
        run.end("never")
    known = _baseline(baseline)
    checked = run.checked(known)
    if diff:
        sys.stdout.buffer.writelines(line for done in checked for line in _diff_lines(done))
    else:
        _print_findings((done.findings for done in checked), form, statistics)
    for path, count in known.stale() if known else ():
        run.tell(f"{path}: {count} entries of the baseline are stale; write it again")
    run.end(fail_on)


@main.command()
@_paths
@_settings
@_diff
@_fail_on("never")
def fix(paths: tuple[Path, ...], diff: bool, fail_on: str, **options: Any) -> None:
    """Repair files in place; '-' reads standard input and writes standard output."""
    from .readers import Problem
    from .writers import OutputError, write_atomic

    if not paths:
        raise click.UsageError("name the files or folders to repair, or '-'")
    run = Invocation(paths, **options)
    written = 0
    for done in run.checked():
        if diff:
            sys.stdout.buffer.writelines(_diff_lines(done))
        elif done.source is None:
            sys.stdout.buffer.write(done.after)
        elif done.after != done.before:
            try:
                write_atomic(done.source.path, done.after, expected=done.before)
            except OutputError as error:
                run.report([Problem(done.source.shown, str(error))])
                continue
        written += done.after != done.before
    if run.files and not diff:
        run.tell(
            f"{run.applied} repairs in {written} of {run.files} files, {run.left} findings left"
        )
    run.end(fail_on)


@main.command()
@_paths
@_settings
@_records
@_output("FILE", "Where the lock goes; by default corpus.lock in the first folder.")
@click.option("--refresh", is_flag=True, help="Choose the canonical forms of names anew.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Decisions exported from the report page, to be kept in the lock.",
)
def learn(
    paths: tuple[Path, ...],
    output: Path | None,
    refresh: bool,
    decisions: Path | None,
    text_column: str | None,
    id_column: str | None,
    engine: str,
    **options: Any,
) -> None:
    """Learn words, names and repeated blocks from a corpus; write or refresh corpus.lock."""
    from .corpus import exported_decisions, relearn
    from .corpus import learn as run_learn
    from .engines import load
    from .project import LOCK_NAME, lock_bytes
    from .records import Records
    from .writers import write_atomic

    run = Invocation(paths or (Path("."),), records=True, **options)
    file = output or run.folder / LOCK_NAME
    records = Records(tuple(run.sources), text_column, id_column)
    learned = run_learn(run.watch("learning", records, 0), run.project, load(engine, run.jobs))
    run.report(learned.problems)
    if not learned.problems:
        decided = exported_decisions(decisions, records, run.project) if decisions else ()
        evidence = relearn(
            learned.evidence, run.project, run.folder, refresh=refresh, decisions=decided
        )
        write_atomic(file, lock_bytes(evidence))
        run.tell(f"learned from {learned.documents} documents: {file}")
    run.end("never")


@main.command()
@_paths
@_settings
@_records
@_output("DIR", "The folder of the corpus: new, or an earlier build.", required=True)
@click.option("--strict", is_flag=True, help="A document that cannot be read stops the build.")
@click.option("--resume", is_flag=True, help="Go on from the finished parts of a stopped build.")
def build(paths: tuple[Path, ...], output: Path, quiet: bool, **options: Any) -> None:
    """Make a clean, validated corpus of raw files, with a report of every change."""
    from .building import write_build

    if not paths:
        raise click.UsageError("name the files or folders to build from")
    chosen = {name: options.pop(name) for name in _BUILD_OPTIONS}
    run = Invocation(paths, records=True, quiet=quiet, **options)
    built = write_build(
        run.sources, run.project, run.folder, output, jobs=run.jobs, watch=run.watch, **chosen
    )
    run.report(built.problems, could_not_run=False)
    if built.n_problems > len(built.problems):
        say(f"{built.n_problems} documents could not be read: {output / 'rejected.jsonl'}")
    for failure in built.failures[:10]:
        say(f"schema {failure.table}: {failure.document}: {_failed(failure)}")
    if built.failures:
        say(f"{built.n_failures} schema failures; see {output / 'report.md'}")
    run.account(built)
    run.tell(f"{built.documents} documents, {built.edits} edits: {output}")
    sys.exit(FINDINGS if built.failures or built.problems else CLEAN)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@_output("DIR", "Where the raw files go.", required=True)
def restore(folder: Path, output: Path) -> None:
    """Write the raw files of a build again, byte for byte."""
    from .restoring import restore_build

    count = restore_build(folder, output)
    say(f"{count} files restored: {output}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", *FORMATS]),
    default="html",
    show_default=True,
    help="html goes to files, every other format to standard output.",
)
@_output("DIR", "Where html pages go; by default the working directory.")
def report(folder: Path, form: str, output: Path | None) -> None:
    """Render a build again."""
    from .report.page import render_pages
    from .restoring import build_findings, read_build
    from .writers import write_atomic

    if form != "html":
        _print_findings(build_findings(folder), form, statistics=False)
        return
    for name, parts in render_pages(read_build(folder)).items():
        write_atomic((output or Path(".")) / name, (part.encode() for part in parts))
        say(f"written: {(output or Path('.')) / name}")


@main.command()
@_paths
@_settings
def review(paths: tuple[Path, ...], **options: Any) -> None:
    """Decide on uncertain edits, one key each; decisions go to corpus.lock."""
    from .reviewing import ask, questions, record

    run = Invocation(paths or (Path("."),), **options)
    asked = questions(done.findings for done in run.checked())
    decided = ask(asked, click.getchar, click.echo)
    if decided:
        run.tell(f"{len(decided)} decisions: {record(run.project, run.folder, decided)}")
    else:
        run.tell("nothing decided" if asked else "nothing to decide")
    run.end("never")


@main.command("config")
@click.argument("path", required=False, type=click.Path(path_type=Path), default=Path("."))
@_settings
def show_config(path: Path, config: Path | None, jobs: int, quiet: bool, **options: Any) -> None:
    """Print the settings in force for a path, and where each comes from."""
    from .project import Project
    from .report.escape import harmless_json

    folder = path if path.is_dir() else path.parent
    for line in Project(config, **options).described(folder):
        click.echo(harmless_json(line))


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), default=Path("."))
def init(folder: Path) -> None:
    """Write starting settings, an authority file and a hook entry; nothing is overwritten."""
    from .starting import write_start

    for name, written in write_start(folder):
        say(f"{'written' if written else 'left as it is'}: {folder / name}")


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
        say(f"{file}: row {failure.row}: {_failed(failure)}")
    if failures:
        say(f"{file}: {len(failures)} failures in {len(frame)} rows")
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
@_output("FILE", "Another file.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("/"),
    metavar="DIR",
    help="Where the Debian packages that NOTICE names are installed or unpacked.",
)
def lexicon_build(lang: str, output: Path | None, root: Path) -> None:
    """Build the word list of a language that has a language file (needs the extra [lexicon])."""
    from .lexicon import path_of
    from .lexicon.build import build as run

    click.echo(run(lang, output or path_of(lang), root=root))


def _baseline(file: Path | None) -> Baseline | None:
    if file is None:
        return None
    from .baseline import Baseline

    return Baseline.read(file)


def _write_baseline(run: Invocation, file: Path) -> None:
    from .baseline import baseline_bytes
    from .writers import write_atomic

    data = baseline_bytes((done.findings for done in run.checked()), file.parent)
    write_atomic(file, data)
    run.tell(f"{run.applied + run.left} findings recorded: {file}")


def _print_findings(found: Iterable[FileFindings], form: str, statistics: bool) -> None:
    from .report import formats

    if statistics:
        lines = formats.statistics(formats.count(found))
    else:
        lines = formats.load(form)(found, formats.Style(color=_colors()))
    for line in lines:
        click.echo(line)


def _colors() -> bool:
    """Whether to color: on a terminal, unless the environment says no (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _failed(failure: Failure) -> str:
    return f"{failure.column}: {failure.check}: {failure.value}"


def _diff_lines(done: Checked) -> Iterator[bytes]:
    """A patch, byte for byte; on a terminal, with what that would obey written out."""
    from .report.patch import unified

    lines = unified(done.findings.path, done.before, done.after)
    if not sys.stdout.isatty():
        return lines
    from .report.escape import marked

    texts = (line.decode("utf-8", "replace").rstrip("\n").split("\t") for line in lines)
    return (("\t".join(map(marked, parts)) + "\n").encode() for parts in texts)
