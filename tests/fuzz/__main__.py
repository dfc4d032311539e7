"""Fuzz one target: ``python -m tests.fuzz TARGET [--seconds N] [--corpus DIR]``.

Needs the extra ``fuzz``. What libFuzzer takes besides goes behind ``--``. A finding ends the run,
and its input is left in the working directory; with ``--keep-going`` the first input of each kind
of failure is left there, and the run ends with its time.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import traceback
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

HERE = Path(__file__).parent

LONGEST = 4096
"""Bytes of an input: what a fuzzer finds, it finds in short ones."""


def main() -> None:
    """Run libFuzzer over the target's kept corpus, and over what it finds on the way."""
    import atheris

    with atheris.instrument_imports(include=["normalize"]):
        from .targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="0: until a finding")
    parser.add_argument("--corpus", type=Path, help="folder that keeps the inputs that were new")
    parser.add_argument("--keep-going", action="store_true", help="do not stop at a finding")
    ours = [*takewhile(lambda word: word != "--", sys.argv[1:])]
    chosen = parser.parse_args(ours)
    target = TARGETS[chosen.target]
    if chosen.keep_going:
        target = Noted(target, chosen.target)
    # libFuzzer writes new inputs to the first folder.
    corpus = chosen.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={chosen.seconds}",
        f"-dict={HERE / 'words.dict'}",
        f"-max_len={LONGEST}",
        "-timeout=30",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        *sys.argv[len(ours) + 2 :],
        str(corpus),
        str(HERE / "corpus" / chosen.target),
    ]
    atheris.Setup([sys.argv[0], *options], target)
    gc.freeze()
    atheris.Fuzz()


class Noted:
    """A target that never fails: it leaves the first input of each kind of failure in a file."""

    def __init__(self, target: Callable[[bytes], None], name: str) -> None:
        self.target, self.name = target, name
        self.seen: set[str] = set()

    def __call__(self, data: bytes) -> None:
        try:
            self.target(data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
            if kind not in self.seen:
                self.seen.add(kind)
                Path(f"{self.name}-{kind}").write_bytes(data)
                traceback.print_exc()


if __name__ == "__main__":
    main()
