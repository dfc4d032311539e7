"""What a long run shows: a bar while it works, and an account at its end. Uses rich."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

if TYPE_CHECKING:
    from .building import BuildResult

X = TypeVar("X")

PATIENCE = 2.0
"""Seconds of work before a bar appears."""


def watched(stage: str, items: Iterable[X], total: int) -> Iterator[X]:
    """The items, with their number, megabytes a second and the time left; ``total`` may be 0."""
    start = time.monotonic()
    left = iter(items)
    done = size = 0
    for item in left:
        done, size = done + 1, size + _size(item)
        yield item
        if time.monotonic() - start > PATIENCE:
            break
    else:
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        *((BarColumn(),) if total else ()),
        MofNCompleteColumn(),
        TextColumn("documents · {task.fields[rate]}"),
        *((TimeRemainingColumn(),) if total else (TimeElapsedColumn(),)),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(stage, total=total or None, completed=done, rate="")
        for item in left:
            done, size = done + 1, size + _size(item)
            rate = f"{size / 1e6 / (time.monotonic() - start):.1f} MB/s"
            bar.update(task, completed=done, rate=rate)
            yield item


def _size(item: Any) -> int:
    return getattr(item, "size", 0)


def account(built: BuildResult) -> None:
    """Print what a build took, by stage, on stderr."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("stage")
    table.add_column("seconds", justify="right")
    table.add_column("MB/s", justify="right")
    for stage, seconds in (*built.seconds.items(), ("all", sum(built.seconds.values()))):
        table.add_row(stage, f"{seconds:.1f}", f"{built.size / 1e6 / max(seconds, 0.001):.1f}")
    console = Console(stderr=True)
    console.print(table)
    held = f"at most {built.memory / 1e6:,.0f} MB of memory"
    console.print(f"{built.size / 1e6:,.1f} MB read; {held}")
