"""The engine of many machines: Ray Data. Needs the extra ``[ray]``.

Batches go to Parquet shards, which Ray Data reads, maps and writes; the driver reads what was
written. The shards stand in a temporary folder, or below the address that the environment names in
``NORMALIZE_STORAGE``: any that pyarrow's file systems read, and on a cluster one that all machines
see. A cluster is found as Ray finds it, by ``RAY_ADDRESS``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import FileSelector, FileSystem

from ..packing import pack, unpack
from . import EngineError, R, T

STORAGE = "NORMALIZE_STORAGE"

SHARD_BATCHES = 4
"""Batches of one shard, which is what a task reads."""

FAN_IN = 16
"""Results merged at once on the way up the tree."""

_SHARD = pa.schema([("number", pa.int64()), ("data", pa.large_binary())])


class Engine:
    """Ray Data on ``jobs`` processors of this machine, or on the cluster of ``RAY_ADDRESS``."""

    def __init__(self, jobs: int = 1) -> None:
        try:
            import ray
            import ray.data
        except ImportError:
            raise EngineError(
                "the engine ray needs ray: pip install 'corpus-normalize[ray]'"
            ) from None
        if not ray.is_initialized():
            here = "RAY_ADDRESS" not in os.environ
            processors: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False}
            ray.init(log_to_driver=False, **(processors if here else {}))
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.preserve_order = True

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        """Ray goes on: others may use it."""

    def map(self, function: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
        """See ``engines.Engine``."""
        with _storage() as (system, place):
            mapped = _mapped(function, batches, system, f"{place}/in")
            if mapped is not None:
                mapped.write_parquet(f"{place}/out", filesystem=system)
                yield from _in_order(system, f"{place}/out")

    def fold(
        self, function: Callable[[T], R], merge: Callable[[R, R], R], batches: Iterable[T]
    ) -> R | None:
        """See ``engines.Engine``."""
        with _storage() as (system, place):
            level = _mapped(function, batches, system, f"{place}/in")
            if level is None:
                return None
            level = level.materialize()
            while level.count() > 1:
                level = level.map_batches(
                    _merge_rows, batch_size=FAN_IN, batch_format="pyarrow", fn_args=(merge,)
                ).materialize()
            (row,) = level.take(1)
            whole: R = unpack(row["data"])
            return whole


@contextmanager
def _storage() -> Iterator[tuple[FileSystem, str]]:
    """A file system and a folder in it for the shards of one stage, removed at the end."""
    base = os.environ.get(STORAGE)
    folder = base or tempfile.mkdtemp(prefix="normalize-")
    system, path = FileSystem.from_uri(folder if "://" in folder else os.path.abspath(folder))
    place = f"{path}/{uuid.uuid4().hex}"
    try:
        yield system, place
    finally:
        system.delete_dir(place)
        if base is None:
            shutil.rmtree(folder, ignore_errors=True)


def _mapped(
    function: Callable[[T], R], batches: Iterable[T], system: FileSystem, place: str
) -> Any:
    """The data set of results, by number; ``None`` where there is no batch."""
    import ray

    system.create_dir(place)
    numbered = enumerate(batches)
    shards = 0
    while rows := list(islice(numbered, SHARD_BATCHES)):
        columns = [[number for number, _ in rows], [pack(batch) for _, batch in rows]]
        pq.write_table(
            pa.table(columns, schema=_SHARD), f"{place}/{shards:08}.parquet", filesystem=system
        )
        shards += 1
    if not shards:
        return None
    # The function holds all evidence; it goes to each machine once, through the object store.
    shared = ray.put(function)
    return ray.data.read_parquet(place, filesystem=system, override_num_blocks=shards).map_batches(
        _apply, batch_size=1, batch_format="pyarrow", fn_args=([shared],)
    )


@lru_cache(maxsize=1)
def _function(shared: Any) -> Callable[[Any], Any]:
    import ray

    found: Callable[[Any], Any] = ray.get(shared)
    return found


def _apply(rows: pa.Table, shared: list[Any]) -> pa.Table:
    function = _function(shared[0])
    results = [pack(function(unpack(data.as_py()))) for data in rows["data"]]
    return pa.table([rows["number"], results], schema=_SHARD)


def _merge_rows(rows: pa.Table, merge: Callable[[R, R], R]) -> pa.Table:
    whole: R = unpack(rows["data"][0].as_py())
    for data in rows["data"][1:]:
        whole = merge(whole, unpack(data.as_py()))
    return pa.table([rows["number"][:1], [pack(whole)]], schema=_SHARD)


def _in_order(system: FileSystem, place: str) -> Iterator[Any]:
    """The results by number, one file in memory at a time where files hold neighbours."""
    where: list[tuple[int, str, int]] = []
    for file in system.get_file_info(FileSelector(place)):
        numbers = pq.read_table(file.path, columns=["number"], filesystem=system)["number"]
        where += [(number, file.path, row) for row, number in enumerate(numbers.to_pylist())]
    opened, rows = "", pa.chunked_array([], _SHARD.field("data").type)
    for _, path, row in sorted(where):
        if path != opened:
            opened, rows = path, pq.read_table(path, filesystem=system)["data"]
        yield unpack(rows[row].as_py())
