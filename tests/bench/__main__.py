"""Benchmarks: ``python -m tests.bench speed`` (see the modules here for what each measures)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run the benchmark named first, with the arguments after it."""
    known = sorted(p.stem for p in HERE.glob("*.py") if "__main__" in p.read_text("utf-8"))
    known = [name for name in known if not name.startswith("_")]
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        sys.exit(f"usage: python -m tests.bench {{{','.join(known)}}} …")
    del sys.argv[0]
    runpy.run_module(f"tests.bench.{sys.argv[0]}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
