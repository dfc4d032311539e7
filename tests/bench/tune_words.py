"""Tune the weights of ``normalize/words/weights.toml`` on development sentences, and calibrate.

    python tests/bench/tune_words.py FOLDER              score with the weights as they are
    python tests/bench/tune_words.py FOLDER --tune       search, print the better weights
    python tests/bench/tune_words.py FOLDER --only fr    the sets of one language
    python tests/bench/tune_words.py FOLDER --calibrate  fit the certainty, print its table

FOLDER holds ``XX_*.txt``, clean sentences one a line, whose line ends are glued here at widths
that a seed draws; and ``XX_*.corrupt.txt`` with ``XX_*.correct.txt``, sequences with missing and
stray spaces and the truth, line by line. Nothing of them is written anywhere.

The search takes one weight after the other, tries a step up and down, and keeps what raises the
objective: the mean F1 over inserted and removed spaces, less a penalty for wrong splits in clean
text. Only the weights named in ``TUNED`` are searched, so that they stay few.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import math
import random
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from normalize.evidence import Evidence
from normalize.language import load
from normalize.view import View
from normalize.words import boundaries
from normalize.words.found import Found
from normalize.words.weights import Weights, weights

TUNED = {
    ("word", "unknown"): 0.7,
    ("word", "unknown_letter"): 0.05,
    ("word", "unknown_glued"): 0.5,
    ("word", "unvouched"): 0.5,
    ("word", "unvouched_merged"): 1.0,
    ("word", "short"): 1.0,
    ("word", "unvouched_glued"): 1.0,
    ("word", "foreign"): 1.0,
    ("word", "derived"): 1.0,
    ("word", "derived_suffix"): 1.0,
    ("word", "document"): 1.0,
    ("word", "neighbour"): 0.1,
    ("word", "letter_glued"): 0.5,
    ("case", "unknown_name"): 0.7,
    ("case", "bare_name"): 1.0,
    ("case", "camel"): 1.0,
    ("word", "repeated"): 0.1,
    ("word", "apart"): 1.0,
}
"""The weights that are searched, with the first step of each (natural-log units)."""

ROUNDS = 2
CLIP = 12.0
CLEAN_PENALTY = 0.001
"""What one wrong split in 10,000 clean tokens costs, in F1."""


@dataclass(frozen=True)
class Sample:
    """A text, and what it should be."""

    group: str
    lang: str
    source: str
    gold: str


@dataclass
class Score:
    hits: int = 0
    wrong: int = 0
    missed: int = 0
    tokens: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.hits / ((2 * self.hits + self.wrong + self.missed) or 1)


def samples(folder: Path, seed: int, share: float) -> list[Sample]:
    """All samples of a folder; of each set, the first ``share``."""
    found: list[Sample] = []
    for file in sorted(folder.glob("*.txt")):
        lang, kind = file.name[:2], file.name.removesuffix(".txt").rpartition(".")[2]
        lines = file.read_text(encoding="utf-8").splitlines()
        lines = lines[: int(len(lines) * share)]
        if kind == "corrupt":
            gold = Path(str(file).replace(".corrupt.", ".correct.")).read_text(encoding="utf-8")
            truth = gold.splitlines()
            for i in range(0, len(lines), 50):
                pair = ("\n".join(side[i : min(i + 50, len(lines))]) for side in (lines, truth))
                found.append(Sample(file.stem.partition(".")[0], lang, *pair))
        elif kind != "correct":
            found += _glued(file.stem, lang, lines, random.Random(seed))
    return found


def _glued(group: str, lang: str, lines: list[str], pick: random.Random) -> Iterator[Sample]:
    """Documents of eight paragraphs of five sentences, with glued line ends and as they are."""
    paragraphs = [" ".join(lines[i : i + 5]) for i in range(0, len(lines), 5)]
    for i in range(0, len(paragraphs), 8):
        document = paragraphs[i : i + 8]
        width = pick.randint(60, 100)
        wrapped = (
            "".join(textwrap.wrap(p, width, break_long_words=False, break_on_hyphens=False))
            for p in document
        )
        gold = "\n\n".join(document)
        yield Sample(group, lang, "\n\n".join(wrapped), gold)
        yield Sample(f"{group} clean", lang, gold, gold)


def spaces(text: str) -> set[int]:
    """Where white space stands, counted in other characters."""
    found, count = set(), 0
    for letter in text:
        if letter.isspace():
            found.add(count)
        else:
            count += 1
    return found


def proposals(sample: Sample) -> list[tuple[int, Found]]:
    """What the engine proposes, each with its place counted in characters that are no space."""
    text = sample.source
    count, at, placed = 0, 0, []
    view = View(text, load(sample.lang), Evidence())
    for found in boundaries.find_boundaries(view):
        count += sum(not c.isspace() for c in text[at : found.start])
        at = found.start
        placed.append((count, found))
    return placed


def score(all_samples: Iterable[Sample]) -> dict[str, Score]:
    """Micro-averaged scores of each group."""
    scores: dict[str, Score] = {}
    for sample in all_samples:
        needed = spaces(sample.source) ^ spaces(sample.gold)
        done = {
            place
            for place, found in proposals(sample)
            if found.certainty >= 0.5 and found.kind != "doubled"
        }
        one = scores.setdefault(sample.group, Score())
        one.hits += len(needed & done)
        one.wrong += len(done - needed)
        one.missed += len(needed - done)
        one.tokens += len(sample.source.split())
    return scores


def objective(scores: dict[str, Score]) -> float:
    """Mean F1 of the damaged groups, less the penalty for wrong splits in the clean ones."""
    damaged = [s.f1 for group, s in scores.items() if not group.endswith(" clean")]
    clean = [1e4 * s.wrong / s.tokens for group, s in scores.items() if group.endswith(" clean")]
    penalty = CLEAN_PENALTY * sum(clean) / len(clean) if clean else 0.0
    return sum(damaged) / len(damaged) - penalty


def use(candidate: Weights) -> None:
    """Let the engine run with other weights."""
    boundaries.weights = lambda: candidate  # type: ignore[assignment]
    boundaries._engine.cache_clear()


def moved(base: Weights, table: str, key: str, value: float) -> Weights:
    values = copy.copy(getattr(base, table))
    values[key] = round(value, 3)
    return replace(base, **{table: values})


def tune(all_samples: list[Sample], start: Weights) -> Weights:
    """Coordinate search from the weights as they are."""
    best, top = start, objective(score(all_samples))
    steps = dict(TUNED)
    for _ in range(ROUNDS):
        for (table, key), step in steps.items():
            here = getattr(best, table)[key]
            for value in (here + step, here - step):
                candidate = moved(best, table, key, value)
                use(candidate)
                reached = objective(score(all_samples))
                if reached > top + 1e-5:
                    print(
                        f"{table}.{key} {here:g} -> {value:g}: {top:.5f} -> {reached:.5f}",
                        flush=True,
                    )
                    best, top = candidate, reached
                    break
        steps = {name: step / 2 for name, step in steps.items()}
    use(best)
    return best


def calibrate(all_samples: list[Sample]) -> None:
    """Fit the logistic from margins to certainty, and print how often each certainty is right."""
    seen: list[tuple[float, bool]] = []
    for sample in all_samples:
        needed = spaces(sample.source) ^ spaces(sample.gold)
        seen += [
            (found.margin, place in needed)
            for place, found in proposals(sample)
            if found.kind != "doubled"
        ]
    scale, shift = _logistic(seen)
    print(f"scale = {scale:.3f}\nshift = {shift:.3f}\n\ncertainty   number   right")
    bounds = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
    sure = [(1 / (1 + math.exp(-(scale * m + shift))), right) for m, right in seen]
    for low, high in itertools.pairwise(bounds):
        inside = [right for c, right in sure if low <= c < high or (high == 1.0 and c == 1.0)]
        if inside:
            print(f"{low:.2f}-{high:.2f} {len(inside):9} {sum(inside) / len(inside):7.3f}")


def _logistic(seen: list[tuple[float, bool]]) -> tuple[float, float]:
    """Scale and shift of the most likely logistic, by Newton's method in short steps.

    Margins beyond ``CLIP`` say no more than ``CLIP``.
    """
    points = [(max(-CLIP, min(CLIP, margin)), right) for margin, right in seen]
    scale, shift = 0.5, 0.0
    for _ in range(60):
        a = b = 0.0
        aa, ab, bb = 1.0, 0.0, 1.0
        for x, right in points:
            p = 1 / (1 + math.exp(-(scale * x + shift)))
            error, weight = right - p, p * (1 - p)
            a, b = a + error * x, b + error
            aa, ab, bb = aa + weight * x * x, ab + weight * x, bb + weight
        det = aa * bb - ab * ab
        scale += 0.5 * (bb * a - ab * b) / det
        shift += 0.5 * (aa * b - ab * a) / det
    return scale, shift


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--only", nargs="*", help="languages")
    parser.add_argument("--share", type=float, default=1.0, help="of each set, from its start")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    everything = samples(args.folder, args.seed, args.share)
    chosen = [s for s in everything if not args.only or s.lang in args.only]
    if args.tune:
        best = tune(chosen, weights())
        for table, key in TUNED:
            print(f"{table}.{key} = {getattr(best, table)[key]:g}")
    for group, one in sorted(score(chosen).items()):
        wrong = 1e4 * one.wrong / one.tokens
        print(f"{group:24} F1 {one.f1:.4f}  wrong per 10,000 tokens {wrong:.2f}")
    if args.calibrate:
        calibrate(chosen)


if __name__ == "__main__":
    main()
