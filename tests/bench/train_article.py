"""Fit the weights of ``normalize.article.scorer``.

    python -m tests.bench train_article PAGES [--cv] [--out normalize/article/weights.json]

``PAGES`` holds ``NAME.txt`` (the visible text of a page) and ``NAME.gold`` (the article's body).
Three kinds of pages are learned from:

- the pages themselves;
- pages put together from them: the head of one, the article of a second, the foot of a third, or
  the same page without its word lists, so that no site and no vocabulary is learned by heart;
- pages that the script makes up in every language, with nonsense words in sentences of natural
  length and the furniture of the language's own word lists.

``--cv`` cross-validates by site instead (pages that share many lines are one site) and prints
precision, recall and F1 over 4-word shingles, averaged over pages. Needs scikit-learn and numpy.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder

from normalize.article.around import NAMES, rows
from normalize.article.features import NEAR, OWN, Shape, Shapes, shape
from normalize.article.lines import Line, split_lines
from normalize.article.scorer import choose, smoothed
from normalize.article.vocabulary import vocabulary
from normalize.language import load

from .writing import SHORT, Writer, overlap

WEIGHTS = Path(__file__).parents[2] / "normalize" / "article" / "weights.json"
REGULARISATION = 0.03
RECOMBINED = 1
"""Rounds of recombination for each page."""
MADE_UP = 30
"""Pages made up for each language."""
WEIGHT_REAL, WEIGHT_RECOMBINED, WEIGHT_MADE_UP = 2.0, 1.0, 0.3


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    shapes: Shapes
    labels: list[bool]


def read_page(text: str, gold: str, lang: str) -> Page:
    lines = split_lines(text)
    words = vocabulary(load(lang))
    shapes = Shapes(shape(line.text, words) for line in lines)
    return Page(lines, shapes, label(lines, gold))


def label(lines: Sequence[Line], gold: str) -> list[bool]:
    """Which lines are of the article: lines of the gold text, in its order."""
    wanted = [g.strip() for g in gold.split("\n") if g.strip()]
    texts = [line.text for line in lines]
    found = [False] * len(lines)
    for at, _, size in SequenceMatcher(None, texts, wanted, autojunk=False).get_matching_blocks():
        found[at : at + size] = [True] * size
    long = [g for g in wanted if len(g) > 20]
    for i, text in enumerate(texts):
        if not found[i] and len(text) > 30:
            found[i] = any(text in g or (g in text and len(g) > 0.6 * len(text)) for g in long)
    return found


def recombined(page: Page, others: Sequence[Page], pick: random.Random) -> Iterator[Page]:
    """Pages made of ``page`` and the furniture of others."""
    yield replace(page, shapes=Shapes(map(without_words, page.shapes)))
    marked = [i for i, keep in enumerate(page.labels) if keep]
    if not marked:
        return
    first, last = marked[0], marked[-1]
    top = max(1, first - pick.randint(3, 10))
    bottom = min(len(page.lines), last + 1 + pick.randint(2, 12))
    head, foot, head_only = pick.choice(others), pick.choice(others), pick.choice(others)
    yield joined(
        (page, 0, 1), (head, 1, head_end(head, pick)), (page, top, bottom), foot_of(foot, pick)
    )
    yield joined(
        (page, 0, 1), (head_only, 1, head_end(head_only, pick)), (page, top, len(page.lines))
    )
    if last - first > 8:
        shorter = pick.randint(4, last - first)
        yield joined((page, 0, first + shorter), (page, last + 1, len(page.lines)))
    if pick.random() < 0.5:
        yield joined((page, 0, 1), (page, top, bottom))
    if pick.random() < 0.4:
        tight = [n._replace(above=min(n.above, 1), below=min(n.below, 1)) for n in page.lines]
        yield replace(page, lines=tight)


def without_words(s: Shape) -> Shape:
    """A line of a language that no word list knows."""
    date = s.date if s.date in (2, 4) else 2 if s.date == 3 else 0
    bins, near = list(s.bins), list(s.near)
    for name, value in (("kind", 0), ("notice", 0), ("byline", 0), ("date", date)):
        bins[OWN.index(name)] = value
        near[NEAR.index(name)] = value + 1
    return s._replace(kind=0, notice=0, byline=False, date=date, bins=bytes(bins), near=bytes(near))


def head_end(page: Page, pick: random.Random) -> int:
    return max(1, page.labels.index(True) - pick.randint(3, 10)) if True in page.labels else 1


def foot_of(page: Page, pick: random.Random) -> tuple[Page, int, int]:
    last = max((i for i, keep in enumerate(page.labels) if keep), default=0)
    return page, min(len(page.lines), last + 1 + pick.randint(2, 12)), len(page.lines)


def joined(*parts: tuple[Page, int, int]) -> Page:
    return Page(
        [line for page, a, b in parts for line in page.lines[a:b]],
        Shapes(s for page, a, b in parts for s in page.shapes[a:b]),
        [keep for page, a, b in parts for keep in page.labels[a:b]],
    )


def made_up(count: int, seed: int) -> list[Page]:
    pages = []
    for lang in SHORT:
        writer = Writer(lang, random.Random(f"{lang}{seed}"))
        pages += [read_page(*writer.page(), lang) for _ in range(count)]
    return pages


def matrix(pages: Sequence[Page], weight: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, labels and weights of all lines; a line counts by its words, a page by their root."""
    values, labels, weights = [], [], []
    for page in pages:
        if not any(page.labels):
            continue
        values += rows(page.lines, page.shapes)
        labels += page.labels
        size = np.sqrt([s.words for s in page.shapes])
        weights.append(weight * size / np.sqrt(size.sum()))
    return np.array(values), np.array(labels), np.concatenate(weights)


def fit(pages: Sequence[Page], synthetic: Sequence[Page], seed: int = 0) -> dict[str, object]:
    """The weights, in the form of ``weights.json``."""
    pick = random.Random(seed)
    mixed = [
        new for page in pages for _ in range(RECOMBINED) for new in recombined(page, pages, pick)
    ]
    parts = [matrix(pages, WEIGHT_REAL), matrix(mixed, WEIGHT_RECOMBINED)]
    if synthetic:
        parts.append(matrix(synthetic, WEIGHT_MADE_UP))
    x, y, w = (np.concatenate(p) for p in zip(*parts, strict=True))
    encoder = OneHotEncoder(handle_unknown="ignore")
    model = LogisticRegression(C=REGULARISATION, max_iter=200)
    model.fit(encoder.fit_transform(x), y, sample_weight=w / w.mean())
    weights: dict[str, list[float]] = {}
    at = 0
    for name, bins in zip(NAMES, encoder.categories_, strict=True):
        table = [0.0] * (int(max(bins)) + 1)
        for value in bins:
            table[int(value)] = round(float(model.coef_[0][at]), 3) + 0.0
            at += 1
        weights[name] = table
    return {"bias": round(float(model.intercept_[0]), 3), "weights": weights}


def written(fitted: dict[str, object]) -> str:
    """The weights as text, one feature a line."""
    weights: dict[str, list[float]] = fitted["weights"]  # type: ignore[assignment]
    lines = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in weights.items())
    return f'{{\n  "bias": {fitted["bias"]},\n  "weights": {{\n{lines}\n  }}\n}}\n'


def probability(fitted: dict[str, object], page: Page) -> list[float]:
    weights: dict[str, list[float]] = fitted["weights"]  # type: ignore[assignment]
    z = np.full(len(page.lines), float(fitted["bias"]))  # type: ignore[arg-type]
    for i, row in enumerate(rows(page.lines, page.shapes)):
        z[i] += sum(weights[n][v] for n, v in zip(NAMES, row, strict=True) if v < len(weights[n]))
    drawn = np.array(smoothed(list(z), [s.words for s in page.shapes]))
    return list(1 / (1 + np.exp(-drawn)))


def sites(texts: Sequence[str]) -> list[int]:
    """A number for each page; pages that share more than eight lines have the same."""
    seen = [{n.strip() for n in t.split("\n") if len(n.strip()) > 12} for t in texts]
    group = list(range(len(texts)))
    for i in range(len(texts)):
        for j in range(i):
            if len(seen[i] & seen[j]) > 8:
                group = [group[j] if g == group[i] else g for g in group]
    return group


def cross_validate(pages: Sequence[Page], golds: Sequence[str], group: Sequence[int]) -> None:
    synthetic = made_up(MADE_UP, 0)
    for seed in range(3):
        numbers = sorted(set(group))
        random.Random(seed).shuffle(numbers)
        scores = []
        for fold in range(6):
            held = set(numbers[fold::6])
            fitted = fit([p for p, g in zip(pages, group, strict=True) if g not in held], synthetic)
            for page, gold, g in zip(pages, golds, group, strict=True):
                if g in held:
                    kept = choose(probability(fitted, page), page.shapes)
                    texts = [n.text for n, keep in zip(page.lines, kept, strict=True) if keep]
                    scores.append(overlap(gold, "\n".join(texts)))
        p, r = (sum(s) / len(s) for s in zip(*scores, strict=True))
        print(
            f"seed {seed}: precision {p:.4f} recall {r:.4f} f1 {2 * p * r / (p + r):.4f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    files = sorted(args.pages.glob("*.txt"))
    if not files:
        sys.exit(f"no pages in {args.pages}")
    texts = [f.read_text(encoding="utf-8") for f in files]
    golds = [f.with_suffix(".gold").read_text(encoding="utf-8") for f in files]
    pages = [read_page(t, g, args.lang) for t, g in zip(texts, golds, strict=True)]
    if args.cv:
        cross_validate(pages, golds, sites(texts))
    else:
        args.out.write_text(written(fit(pages, made_up(MADE_UP, 0))), encoding="utf-8")


if __name__ == "__main__":
    main()
