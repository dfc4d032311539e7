"""The time that hostile input costs, by that of ordinary text of the same size, on this machine.

    python -m tests.bench hostile [--kilobytes 1000] [--only NAME …] [--most SECONDS]

Checks each text of ``tests/hostile.py`` at a quarter of the size and at the size, in a process of
its own, and prints one line for each, the slowest first:

    name, seconds per million characters, that by ordinary text's (bound: 20), growth of the time
    from the quarter to the whole by that of the size (linear: 1), and seconds in each stage

Ends with status 1 when a bound does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from normalize import pipeline
from normalize.config import Config
from normalize.corpus import findings_of
from normalize.decode import with_own_line_ends
from normalize.edits import EditedText
from normalize.evidence import Evidence
from normalize.rules import Stage

from ..hostile import HOSTILE
from .generated import articles

MOST_RATIO = 20.0
MOST_GROWTH = 1.6
"""Above 1 for what is done once, caches that outgrow the processor's, and other people's load."""

CONFIG = Config(lang="fr")


def ordinary(size: int) -> str:
    """Articles, one after the other, as one document."""
    return "\n".join(articles(size // 2500 + 1))[:size]


def spent(text: str) -> dict[str, float]:
    """CPU seconds of a check, with those in each stage, and of what learning adds."""
    stages: Counter[str] = Counter()
    Evidence.collect(pipeline.encoding_clean_view("a", CONFIG), "a")  # load what is loaded once
    plain = pipeline._Run._stage

    def timed(run: Any, stage: Stage, *rest: Any) -> Any:
        start = time.process_time()
        view = plain(run, stage, *rest)
        stages[stage.name.lower()] += time.process_time() - start
        return view

    pipeline._Run._stage = timed  # type: ignore[method-assign]
    start = time.process_time()
    cleaned = pipeline.clean(text, CONFIG, Evidence())
    findings = list(findings_of(cleaned, layout=False))
    with_own_line_ends(EditedText(text, cleaned.edits))
    whole = time.process_time() - start
    start = time.process_time()
    Evidence.collect(pipeline.encoding_clean_view(text, CONFIG), "a")
    learning = time.process_time() - start
    other = whole - sum(stages.values())
    count = len(findings) / 1000
    return {"all": whole, **stages, "other": other, "learn": learning, "thousand findings": count}


def apart(function: Callable[[], dict[str, float]], most: int) -> dict[str, float]:
    """What a function gives in a process of its own; ``{}`` where that took too long or failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        try:
            with open(writing, "w") as answer:
                json.dump(function(), answer)
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading) as answer:
        found = answer.read()
    os.waitpid(child, 0)
    return json.loads(found) if found else {}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kilobytes", type=int, default=1000)
    parser.add_argument("--only", nargs="+", default=list(HOSTILE))
    parser.add_argument("--most", type=int, default=60, help="CPU seconds for one text")
    options = parser.parse_args()
    size = options.kilobytes * 1000
    spent(ordinary(3000))  # load what is loaded once
    usual = apart(lambda: spent(ordinary(size)), options.most)
    rows = []
    for name in options.only:
        make = HOSTILE[name]
        part = apart(lambda make=make: spent(make(size // 4)), options.most)
        whole = apart(lambda make=make: spent(make(size)), options.most) if part else {}
        if not whole:
            whole = {"all": float(options.most), "learn": 0.0}
        growth = whole["all"] / part["all"] / 4 if part else float("inf")
        rows.append((whole["all"], growth, name, whole))
        print(
            f"{name}: {whole['all']:.2f} s, learning {whole['learn']:.2f} s",
            file=sys.stderr,
            flush=True,
        )
    bad = 0
    print("ordinary", *_told(usual))
    for seconds, growth, name, whole in sorted(rows, reverse=True):
        ratio = max(seconds / usual["all"], whole["learn"] / usual["learn"])
        # What takes no more than ordinary text may grow as it likes at this size.
        fails = ratio > MOST_RATIO or (growth > MOST_GROWTH and ratio > 1)
        bad += fails
        told = f"{seconds * 1e6 / size:.2f} s/M {ratio:.1f}x growth {growth:.2f}"
        print("FAIL" if fails else "ok", name, told, *_told(whole), sep="\t")
    sys.exit(bool(bad))


def _told(seconds: dict[str, float]) -> list[str]:
    return [f"{name} {value:.2f}" for name, value in seconds.items() if value >= 0.05]


if __name__ == "__main__":
    main()
