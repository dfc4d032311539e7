"""What the block rules add to trafilatura and jusText, on web pages made up for the purpose.

    python -m tests.bench html [--pages 6] [--lang fr es en de it pt vi] [--show]

Each page has the furniture of its language around and inside an article of nonsense sentences, in
the markup of one of six kinds of sites: semantic tags, named divisions, meaningless divisions, an
agency that puts captions, sign-off and teasers among the paragraphs, a blog with comments, a
layout of tables. An extractor reads the page, the rules clean what it gives, and both are compared
with the article: F1 over 4-word shingles, the title left aside. Prints for each extractor and kind
of site the mean before and after, and how many pages got better and worse.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import justext
import trafilatura

import normalize

from .writing import SHORT, Writer, overlap

STOP_LISTS = {
    "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "pt": "Portuguese", "vi": "Vietnamese",
}  # fmt: skip
WORSE = 0.001
"""Less of F1 than this is no change."""


@dataclass
class Parts:
    """What a page is made of; ``body`` holds kind and text of what stands in the article."""

    lang: str
    site: str
    title: str
    menu: list[str]
    byline: str
    date: str
    lede: str
    body: list[tuple[str, str]]
    teasers: list[tuple[str, str, str]]
    marker: str
    share: list[str]
    comments: list[tuple[str, str]]
    notice: str
    source: str = ""
    gold: list[str] = field(default_factory=list)


def parts(lang: str, pick: random.Random) -> Parts:
    """One article with its furniture."""
    writer = Writer(lang, pick)
    agency = pick.choice(("VNA", "AFP", "EFE", "Reuters"))
    label = writer.listed("credit_labels", 1)[0]
    paragraphs = [writer.paragraph() for _ in range(pick.randint(5, 14))]
    gold, body = [], []
    for number, text in enumerate(paragraphs):
        gold.append(text)
        shown = text
        if number == 0 and pick.random() < 0.5:
            shown = f"{writer.names[0]} ({agency}) - {text}"
        if number == len(paragraphs) - 1 and pick.random() < 0.4:
            shown = f"{text} -{agency}"
        body.append(("p", shown))
        chance = pick.random()
        if chance < 0.1:
            body.append(("h2", writer.headline()))
            gold.append(body[-1][1])
        elif chance < 0.25:
            body.append(("caption", f"{writer.headline()}. {label}: {agency}"))
        elif chance < 0.33:
            body.append(("pointer", f"{pick.choice(MARKERS[lang])}: {writer.headline()}"))
        elif chance < 0.37:
            body.append(("insert", writer.listed("insert_lines", 1)[0]))
    return Parts(
        lang, writer.name(), writer.headline(), writer.listed("menu_lines", 14),
        f"{writer.listed('byline_words', 1)[0]} {writer.name()}",
        f"{writer.listed('date_words', 1)[0]} {writer.date()} 10:24",
        writer.sentence(), body,
        [
            (f"{writer.headline()}. {label}: {agency}", writer.headline(), writer.sentence())
            for _ in range(pick.randint(2, 5))
        ],
        pick.choice(MARKERS[lang]), writer.listed("share_words", 4),
        [(writer.name(), writer.paragraph()) for _ in range(pick.choice((0, 2, 4)))],
        f"{writer.listed('notice_phrases', 1)[0]} {writer.sentence()}",
        f"{writer.listed('source_labels', 1)[0]}: {agency}" if pick.random() < 0.3 else "",
        gold,
    )  # fmt: skip


MARKERS = {
    "de": ("Lesen Sie auch", "Mehr zum Thema"),
    "en": ("Read more", "Related articles"),
    "es": ("Lea también", "Ver más"),
    "fr": ("Lire aussi", "Voir plus"),
    "it": ("Leggi anche", "Articoli correlati"),
    "pt": ("Leia também", "Notícias relacionadas"),
    "vi": ("Xem thêm", "Tin liên quan"),
}


def tag(name: str, text: str, **attributes: str) -> str:
    shown = "".join(f' {key.rstrip("_")}="{value}"' for key, value in attributes.items())
    return f"<{name}{shown}>{text}</{name}>\n"


def each(name: str, texts: Sequence[str], **attributes: str) -> str:
    return "".join(tag(name, escape(text), **attributes) for text in texts)


def page(title: str, body: str, lang: str) -> str:
    head = tag("head", '<meta charset="utf-8">' + tag("title", escape(title)))
    return f'<!DOCTYPE html>\n<html lang="{lang}">{head}<body>\n{body}</body></html>\n'


def teasers(p: Parts, item: Callable[[str, str, str], str]) -> str:
    return "".join(item(*map(escape, teaser)) for teaser in p.teasers)


def semantic(p: Parts) -> str:
    kinds = {
        "p": lambda t: tag("p", t),
        "h2": lambda t: tag("h2", t),
        "caption": lambda t: tag("figure", '<img src="a.jpg">' + tag("figcaption", t)),
        "pointer": lambda t: tag("aside", tag("p", t)),
        "insert": lambda t: tag("div", t, class_="ad"),
    }
    inside = "".join(kinds[kind](escape(text)) for kind, text in p.body)
    related = teasers(p, lambda c, h, s: tag("li", tag("a", h, href="/x") + tag("p", s)))
    return page(
        f"{p.title} | {p.site}",
        tag("nav", tag("ul", each("li", p.menu)))
        + tag(
            "article",
            tag("header", tag("h1", escape(p.title)) + tag("p", escape(p.byline), class_="author")
                + tag("time", escape(p.date)))
            + tag("p", escape(p.lede), class_="standfirst") + tag("div", inside, class_="text")
            + tag("p", escape(p.source)),
        )
        + tag("aside", tag("h3", p.marker) + tag("ul", related))
        + tag("footer", each("a", p.menu, href="/m") + tag("p", f"© 2024 {escape(p.site)}")),
        p.lang,
    )  # fmt: skip


def divisions(p: Parts, names: Sequence[str] = ("nav", "content", "related", "footer")) -> str:
    nav, content, related, footer = names
    inside = "".join(
        tag("h3" if kind == "h2" else "div" if kind == "insert" else "p", escape(text))
        for kind, text in p.body
    )
    more = teasers(
        p, lambda c, h, s: tag("div", tag("p", c) + tag("a", tag("h4", h), href="/x") + tag("p", s))
    )
    return page(
        f"{p.title} - {p.site}",
        tag("div", each("a", p.menu, href="/m"), class_=nav)
        + tag(
            "div",
            tag("h1", escape(p.title)) + each("p", (p.byline, p.date))
            + tag("div", each("span", p.share)) + tag("p", tag("b", escape(p.lede))) + inside
            + tag("p", escape(p.source)),
            class_=content,
        )
        + tag("div", tag("h3", p.marker) + more, class_=related)
        + tag("div", tag("p", escape(p.notice)) + each("a", p.menu, href="/m"), class_=footer),
        p.lang,
    )  # fmt: skip


def meaningless(p: Parts) -> str:
    return divisions(p, ("b1", "b2", "b3", "b4"))


def agency(p: Parts) -> str:
    """Everything is a paragraph of one division, as on the sites of news agencies."""
    inside = each("p", [text for _, text in p.body])
    more = teasers(p, lambda c, h, s: tag("p", c) + tag("p", tag("a", h, href="/x")) + tag("p", s))
    return page(
        p.title,
        tag("ul", each("li", p.menu))
        + tag(
            "div",
            tag("h2", escape(p.title)) + tag("p", escape(p.date)) + tag("p", escape(p.lede))
            + inside + each("p", [p.source or p.marker, p.marker]) + more,
            class_="detail",
        )
        + tag("div", f"© 2024 {escape(p.site)}"),
        p.lang,
    )  # fmt: skip


def blog(p: Parts) -> str:
    inside = "".join(tag("h3" if kind == "h2" else "p", escape(text)) for kind, text in p.body)
    comments = "".join(
        tag("li", tag("cite", escape(name)) + tag("p", escape(text)), class_="comment")
        for name, text in p.comments
    )
    more = each("li", [headline for _, headline, _ in p.teasers])
    return page(
        f"{p.title} – {p.site}",
        tag("h1", escape(p.site)) + each("a", p.menu[:5], href="/m")
        + tag(
            "div",
            tag("h2", escape(p.title), class_="entry-title") + tag("p", escape(p.date))
            + tag("div", inside + each("p", p.share) + tag("h4", p.marker) + tag("ul", more),
                  class_="entry-content"),
            class_="post",
        )
        + tag("div", tag("h3", str(len(p.comments))) + tag("ol", comments), id="comments")
        + tag("div", escape(p.notice), class_="widget"),
        p.lang,
    )  # fmt: skip


def tables(p: Parts) -> str:
    inside = "<br><br>\n".join(escape(text) for _, text in p.body)
    more = teasers(p, lambda c, h, s: f"<br>{tag('b', h)}<br>{s}<br>\n")
    cell = (
        tag("font", tag("b", escape(p.title))) + f"<br>{escape(p.date)}<br><br>{inside}<br><br>"
        f"{tag('b', p.marker)}{more}"
    )
    menu = "<br>".join(tag("a", escape(text), href="/m") for text in p.menu)
    row = tag("tr", tag("td", menu, width="150") + tag("td", cell))
    return page(p.title, tag("table", row), p.lang)


SITES = (semantic, divisions, meaningless, agency, blog, tables)


def by_trafilatura(html: str, lang: str) -> str:
    """As ``normalize`` reads a web page, but without the title."""
    return trafilatura.extract(html, include_comments=False) or ""


def by_justext(html: str, lang: str) -> str:
    found = justext.justext(html.encode(), justext.get_stoplist(STOP_LISTS[lang]))
    return "\n".join(p.text for p in found if not p.is_boilerplate)


EXTRACTORS = {"trafilatura": by_trafilatura, "jusText": by_justext}


def without_title(text: str, title: str) -> str:
    return text.replace(title, "")


def f1(gold: str, text: str) -> float:
    precision, recall = overlap(gold, text)
    return 2 * precision * recall / ((precision + recall) or 1)


def compare(count: int, langs: Sequence[str], *, show: bool) -> Iterator[tuple[str, list[float]]]:
    """For each extractor and kind of site, F1 before and after of each page, in turns."""
    for name, extract in EXTRACTORS.items():
        for site in SITES:
            scores: list[float] = []
            for lang in langs:
                for number in range(count):
                    p = parts(lang, random.Random(f"{site.__name__} {lang} {number}"))
                    text = extract(site(p), lang)
                    cleaned = normalize.clean(text, lang, select=["BOI", "TSR", "DUP"]).text
                    gold = [*([p.lede] if p.lede in text else []), *p.gold]
                    pair = [f1("\n".join(gold), without_title(t, p.title)) for t in (text, cleaned)]
                    scores += pair
                    if show and pair[1] < pair[0] - WORSE:
                        _show(name, site.__name__, lang, number, pair, text, cleaned, gold)
            yield f"{name} {site.__name__}", scores


def _show(
    name: str,
    site: str,
    lang: str,
    number: int,
    pair: Sequence[float],
    text: str,
    cleaned: str,
    gold: Sequence[str],
) -> None:
    print(f"{name} {site} {lang} {number}: {pair[0]:.3f} -> {pair[1]:.3f}")
    kept = set(cleaned.split("\n"))
    for line in text.split("\n"):
        if line not in kept and any(line in paragraph for paragraph in gold):
            print("    lost:", line[:120])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=6, help="for each kind of site and language")
    parser.add_argument("--lang", nargs="*", default=sorted(SHORT))
    parser.add_argument("--show", action="store_true", help="what was lost where F1 fell")
    options = parser.parse_args()
    of_extractor: dict[str, list[float]] = {name: [] for name in EXTRACTORS}

    def line(name: str, scores: Sequence[float]) -> None:
        before, after = scores[::2], scores[1::2]
        changes = [b - a for a, b in zip(before, after, strict=True)]
        print(
            f"{name}: before {sum(before) / len(before):.4f} after {sum(after) / len(after):.4f}"
            f" better {sum(c > WORSE for c in changes)} worse {sum(c < -WORSE for c in changes)}"
            f" of {len(before)}",
            flush=True,
        )

    for name, scores in compare(options.pages, options.lang, show=options.show):
        line(name, scores)
        of_extractor[name.partition(" ")[0]] += scores
    for name, scores in of_extractor.items():
        line(name, scores)


if __name__ == "__main__":
    main()
