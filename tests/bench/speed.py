"""Megabytes a second beside ftfy, symspellpy and wordninja, on generated text, on this machine.

    python -m tests.bench speed [--megabytes 10] [--build]

Each pair is measured in turns in one process, so that load from elsewhere hits both; the ratio is
of CPU seconds. What is not installed is left out. Prints ``name value`` lines:

    check            one process, all rules, without reading files, on text with defects
    ftfy             ftfy.fix_text of the same lines
    check/ftfy       how many times the speed of ftfy (target: 1, then 2)
    clean …          the same three on text without defects
    blocks           the stage that finds the article, alone, on text without defects
    blocks pages     the same on made-up pages with menus, teasers and footers (target: 4)
    words            the word-boundary stage alone
    symspellpy       word_segmentation of the same sentences, on a part of them
    wordninja        split of the same sentences, on a part of them
    words/symspellpy (target: 20)
    start/codespell  CPU of `check` on one small file by that of codespell (target: at most 2.5)
    build 2/1        speed of a build with two processes by that with one (target: 1.7)
    linear           time of ten times the documents by ten times the time (target: at most 1.1)
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from normalize.config import Config
from normalize.corpus import check_bytes
from normalize.evidence import Evidence
from normalize.language import load
from normalize.project import Setting
from normalize.rules import Stage, all_rules
from normalize.view import View
from normalize.words.boundaries import find_boundaries

from .generated import articles
from .writing import Writer

ARTICLE = 3_000
"""Bytes of a generated article, about."""

PARTS = 10
"""Turns that two measured functions take."""

SLOW_SHARE = 200
"""The slow segmenters get one sentence in so many."""


def cpu(function: Callable[[Any], object], items: Sequence[Any]) -> float:
    """CPU seconds for all items."""
    start = time.process_time()
    for item in items:
        function(item)
    return time.process_time() - start


def taking_turns(
    functions: dict[str, Callable[[Any], object]], items: Sequence[Any]
) -> dict[str, float]:
    """CPU seconds of each function for all items, measured part by part in turns."""
    spent = dict.fromkeys(functions, 0.0)
    size = -(-len(items) // PARTS)
    for function in functions.values():  # load what is loaded once
        function(items[0])
    for at in range(0, len(items), size):
        for name, function in functions.items():
            spent[name] += cpu(function, items[at : at + size])
    return spent


def optional(name: str) -> Any:
    """A module, or ``None`` where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def check_speed(texts: Sequence[str], name: str = "") -> Iterator[tuple[str, float]]:
    setting = Setting(Config(), Evidence(), None, None)
    functions: dict[str, Callable[[str], object]] = {
        "check": lambda text: check_bytes(text.encode(), "a.txt", setting)
    }
    if ftfy := optional("ftfy"):
        functions["ftfy"] = lambda text: [ftfy.fix_text(line) for line in text.split("\n")]
    spent = taking_turns(functions, texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    for function, seconds in spent.items():
        yield f"{name}{function} MB/s", size / seconds
    if ftfy:
        yield f"{name}check/ftfy", spent["ftfy"] / spent["check"]


def block_speed(texts: Sequence[str], name: str) -> Iterator[tuple[str, float]]:
    language = load("fr")
    rules = [rule for rule in all_rules().values() if rule.stage is Stage.BLOCKS]

    def find(text: str) -> None:
        view = View(text, language, Evidence())
        for rule in rules:
            list(rule.find(view))

    find(texts[0])
    yield f"{name} MB/s", sum(len(text.encode()) for text in texts) / 1e6 / cpu(find, texts)


def made_up_pages(count: int) -> list[str]:
    return [Writer("fr", random.Random(f"page {number}")).page()[0] for number in range(count)]


def word_speed(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    language = load("fr")
    spent = cpu(lambda text: find_boundaries(View(text, language, Evidence())), texts)
    ours = sum(len(text.encode()) for text in texts) / 1e6 / spent
    yield "words MB/s", ours
    sentences = [s for text in texts for s in text.replace("\n", " ").split(". ")][::SLOW_SHARE]
    size = sum(len(s.encode()) for s in sentences) / 1e6
    if symspellpy := optional("symspellpy"):
        counts = Counter(word for text in texts for word in text.lower().split())
        spell = symspellpy.SymSpell()
        for word, count in counts.items():
            spell.create_dictionary_entry(word, count)
        theirs = size / cpu(spell.word_segmentation, sentences)
        yield "symspellpy MB/s", theirs
        yield "words/symspellpy", ours / theirs
    if wordninja := optional("wordninja"):
        theirs = size / cpu(wordninja.split, sentences)
        yield "wordninja MB/s", theirs
        yield "words/wordninja", ours / theirs


def start_speed(text: str, folder: Path) -> Iterator[tuple[str, float]]:
    file = folder / "small.txt"
    file.write_text(text, encoding="utf-8")
    ours = min(_run(["-m", "normalize", "check", str(file)]) for _ in range(5))
    yield "start s", ours
    if optional("codespell_lib"):
        theirs = min(_run(["-m", "codespell_lib", str(file)]) for _ in range(5))
        yield "start/codespell", ours / theirs


def build_speed(megabytes: float, folder: Path) -> Iterator[tuple[str, float]]:
    count = max(50, int(megabytes * 1e6 / ARTICLE))
    for n in (count // 10, count):
        rows = (json.dumps({"text": text}) for text in articles(n))
        (folder / f"{n}.jsonl").write_text("\n".join(rows), encoding="utf-8")

    def seconds(n: int, jobs: int) -> float:
        start = time.perf_counter()
        arguments = ["build", str(folder / f"{n}.jsonl"), "-o", str(folder / "out")]
        _run(["-m", "normalize", *arguments, "--jobs", str(jobs), "--quiet"])
        return time.perf_counter() - start

    small, one, two = seconds(count // 10, 1), seconds(count, 1), seconds(count, 2)
    yield "build MB/s", megabytes / one
    yield "build 2/1", one / two
    yield "linear", one / small / 10


def _run(arguments: Sequence[str]) -> float:
    """CPU seconds of a Python process and of those that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--build", action="store_true", help="measure builds too (minutes)")
    options = parser.parse_args()
    count = max(10, int(options.megabytes * 1e6 / ARTICLE))
    texts = list(articles(count))
    clean = list(articles(count, damaged=False))
    french = list(articles(count, seed=1, languages={"fr": 1}))
    clean_french = list(articles(count, seed=1, damaged=False, languages={"fr": 1}))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        groups = [
            check_speed(texts),
            check_speed(clean, "clean "),
            block_speed(clean_french, "blocks"),
            block_speed(made_up_pages(count // 3), "blocks pages"),
            word_speed(french),
            start_speed(texts[0], folder),
        ]
        if options.build:
            groups.append(build_speed(options.megabytes, folder))
        for group in groups:
            for name, value in group:
                print(f"{name} {value:.3g}", flush=True)


if __name__ == "__main__":
    main()
