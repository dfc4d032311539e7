"""Made-up text: words, sentences, headlines and pages of a language, as nonsense.

Sentences have natural length and the small words of their language; the furniture of pages comes
from the language's own word lists.
"""

from __future__ import annotations

import random
import re
from collections import Counter

from normalize.language import load

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


def overlap(gold: str, output: str) -> tuple[float, float]:
    """Precision and recall over 4-word shingles."""
    want, got = (
        Counter(tuple(w[i : i + 4]) for i in range(max(1, len(w) - 3)))
        for w in (re.findall(r"\w+", text) for text in (gold, output))
    )
    both = sum((want & got).values())
    return both / sum(got.values()), both / sum(want.values())
