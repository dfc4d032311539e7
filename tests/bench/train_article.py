"""Fit the weights of ``normalize.article.scorer``.

    python tests/bench/train_article.py PAGES [--cv] [--out normalize/article/weights.json]

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
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder

from normalize.article.features import NAMES, NEAR, OWN, Shape, rows, shape
from normalize.article.lines import Line, split_lines
from normalize.article.scorer import choose, smoothed
from normalize.article.vocabulary import vocabulary
from normalize.language import load

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
    shapes: list[Shape]
    labels: list[bool]


def read_page(text: str, gold: str, lang: str) -> Page:
    lines = split_lines(text)
    words = vocabulary(load(lang))
    return Page(lines, [shape(line.text, words) for line in lines], label(lines, gold))


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
    yield replace(page, shapes=[without_words(s) for s in page.shapes])
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
    return s._replace(kind=0, notice=0, byline=False, date=date, bins=tuple(bins), near=tuple(near))


def head_end(page: Page, pick: random.Random) -> int:
    return max(1, page.labels.index(True) - pick.randint(3, 10)) if True in page.labels else 1


def foot_of(page: Page, pick: random.Random) -> tuple[Page, int, int]:
    last = max((i for i, keep in enumerate(page.labels) if keep), default=0)
    return page, min(len(page.lines), last + 1 + pick.randint(2, 12)), len(page.lines)


def joined(*parts: tuple[Page, int, int]) -> Page:
    return Page(
        [line for page, a, b in parts for line in page.lines[a:b]],
        [s for page, a, b in parts for s in page.shapes[a:b]],
        [keep for page, a, b in parts for keep in page.labels[a:b]],
    )


SHORT = {
    "de": "der die das und in zu den mit von auf für ist im dem nicht ein eine als auch es an",
    "en": "the of and to in a is that for it as was with be by on not he at from his an are",
    "es": "de la que el en y a los se del las un por con una su para es al lo como más pero",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se",
    "it": "di e il la che in un a per è una sono da non si del le con i al dei nel ha più",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas",
    "vi": "và của có là cho trong được với các không một người những đã này khi tại về đến ra",
}
SYLLABLES = "ba co di fe gra lo mi nu per qua ro sti ta ven vo zu cla tre bon men dor sal".split()


class Writer:
    """Makes up words, sentences, headlines and whole pages of one language."""

    def __init__(self, lang: str, pick: random.Random) -> None:
        self.pick = pick
        self.short = SHORT[lang].split()
        self.table = load(lang).table("article")
        self.names = [self.word().capitalize() for _ in range(30)]

    def word(self) -> str:
        return "".join(self.pick.choice(SYLLABLES) for _ in range(self.pick.randint(2, 4)))

    def words(self, count: int) -> list[str]:
        kinds = self.pick.choices("short word name".split(), (0.45, 0.47, 0.08), k=count)
        make = {
            "short": lambda: self.pick.choice(self.short),
            "word": self.word,
            "name": lambda: self.pick.choice(self.names),
        }
        return [make[kind]() for kind in kinds]

    def sentence(self) -> str:
        words = self.words(self.pick.randint(7, 32))
        for at in range(6, len(words) - 3, 9):
            if self.pick.random() < 0.5:
                words[at] += ","
        text = " ".join(words)
        if self.pick.random() < 0.12:
            return f"“{text[0].upper()}{text[1:]}”, {self.pick.choice(self.names)}."
        return text[0].upper() + text[1:] + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.pick.choice((1, 1, 2, 2, 3, 4))))

    def headline(self) -> str:
        text = " ".join(self.words(self.pick.randint(4, 13)))
        return text[0].upper() + text[1:]

    def name(self) -> str:
        return " ".join(self.pick.sample(self.names, 2))

    def listed(self, key: str, count: int) -> list[str]:
        entries = self.table.get(key, ()) or ["menu"]
        return [self.pick.choice(entries).capitalize() for _ in range(count)]

    def date(self) -> str:
        months = self.table.get("months") or ["/ 3 /"]
        month = self.pick.choice(months).split()[0]
        return f"{self.pick.randint(1, 28)} {month} {self.pick.randint(2005, 2025)}"

    def item(self) -> str:
        """A line of a list: a result, a step, an address."""
        return self.pick.choice(
            (
                f"{self.name()} {self.pick.randint(0, 9)} {self.pick.randint(0, 9)}",
                f"{self.date()}: {self.name()}",
                f"- {self.headline()}",
                f"{self.pick.randint(1, 12)}. {self.headline()}",
            )
        )

    def page(self) -> tuple[str, str]:
        """A page and its article."""
        chance = self.pick.random
        title = self.headline()
        body = self.body()
        head = [f"{title} | {self.name()}", ""]
        for _ in range(self.pick.randint(1, 4)):
            head += [*self.listed("menu_lines", self.pick.randint(3, 25)), ""]
        for _ in range(self.pick.choice((0, 0, 3, 6))):
            head += [self.headline(), ""]
        head += [title, ""]
        if chance() < 0.4:
            head += [self.sentence(), ""]
        if chance() < 0.8:
            head += [f"{self.listed('byline_words', 1)[0]} {self.name()}", ""]
        if chance() < 0.8:
            head += [
                f"{self.listed('date_words', 1)[0]} {self.date()} 10:{self.pick.randint(10, 59)}"
            ]
        if chance() < 0.6:
            head += [*self.listed("share_words", self.pick.randint(1, 6)), ""]
        foot: list[str] = []
        if chance() < 0.5:
            foot += [*self.listed("share_words", 3), ""]
        for _ in range(self.pick.randint(1, 3)):
            foot += [*self.listed("markers", 1), ""]
            for _ in range(self.pick.randint(2, 8)):
                foot += [self.headline(), *([""] if chance() < 0.5 else [])]
                if chance() < 0.4:
                    foot += [self.sentence(), ""]
        if chance() < 0.5:
            foot += [*self.listed("comment_lines", 2), ""]
            for _ in range(self.pick.choice((0, 0, 2, 5))):
                foot += [self.name(), self.date(), self.paragraph(), ""]
        if chance() < 0.5:
            phrase = self.listed("notice_phrases", 1)[0]
            foot += [f"{phrase} {self.sentence()}", ""]
        foot += [*self.listed("menu_lines", self.pick.randint(5, 20)), f"© 2024 {self.name()}"]
        kept = [text for text, keep in body if keep]
        inside = "\n\n".join(text for text, _ in body)
        return "\n".join(head) + "\n\n" + inside + "\n\n" + "\n".join(foot), "\n\n".join(kept)

    def body(self) -> list[tuple[str, bool]]:
        out: list[tuple[str, bool]] = []
        lists = self.pick.random() < 0.2
        for _ in range(self.pick.randint(3, 22)):
            out.append((self.paragraph(), True))
            chance = self.pick.random()
            if chance < 0.06:
                out.append((self.headline(), True))
            elif chance < 0.12:
                label = self.listed("credit_labels", 1)[0]
                out.append((f"{self.headline()}. {label}: {self.name()}", False))
            elif chance < 0.15:
                out.append((f"{self.listed('markers', 1)[0]}: {self.headline()}", False))
            elif lists and chance < 0.5:
                out += [(self.item(), True) for _ in range(self.pick.randint(3, 12))]
        return out


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


def overlap(gold: str, output: str) -> tuple[float, float]:
    """Precision and recall over 4-word shingles."""
    want, got = (
        Counter(tuple(w[i : i + 4]) for i in range(max(1, len(w) - 3)))
        for w in (re.findall(r"\w+", text) for text in (gold, output))
    )
    both = sum((want & got).values())
    return both / sum(got.values()), both / sum(want.values())


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
