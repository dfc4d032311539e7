"""News-like articles made of small parts: any number of them, each of them different.

The words of a sentence come from the lexicon of its language by their frequency, so distinct words
grow with the text as they do in real text; around them stand the function words, names, figures
and quotation marks of news. What the sentences say is nonsense. The same seed makes the same
articles. With ``damaged``, about one sentence in sixty has a defect of a scraper, and some
articles have the lines that a site puts around them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from math import exp

from normalize.lexicon import NAME, VALID, path_of
from normalize.lexicon.store import LOGS, Trie, read

LANGUAGES = {"fr": 6, "es": 2, "en": 2}
"""Languages of the articles and their shares."""

DAMAGED = 1 / 60
"""Share of sentences with a defect."""

SHORTEST, COMMONEST = 5, 2e-4
"""Letters of the shortest word that is drawn, and the share of the commonest among running words:
the others are function words and verbs like them, which stand in the sentences as they are."""

# Each slot of a sentence draws a word with one of these endings: nouns by gender (n, f), their
# plural (p), adjectives (a), infinitives (i), verbs (v) and adverbs (d). The slot w draws any word.
ENDINGS = {
    "fr": {
        "n": "age|isme|teur|ement|ier|eau|ment|oir|al",
        "f": "tion|té|ence|ance|ure|ie|esse|tude|ise|ette|ère",
        "p": "tions|tés|teurs|ements|ages|ences|iers|ures|ies|eaux|ances",
        "a": "ique|able|aire|iste|ible|ide",
        "i": "er|ir|tre|dre",
        "v": "ait|era|ira",
        "d": "lement|quement|ablement|eusement|ivement",
    },
    "es": {
        "n": "ento|or|aje|ismo|eto|ario|ado",
        "f": "ción|dad|encia|ura|anza|eza|ancia|sión",
        "p": "ciones|dades|entos|ores|encias|ajes|arios",
        "a": "able|ante|ista|ente|ible|al",
        "i": "ar|er|ir",
        "v": "ó|aba|ará",
        "d": "mente",
    },
    "en": {
        "n": "tion|ment|ness|er|ship|ism|ity|ance|age",
        "f": "or|ence|ure|ing|ist|ory|cy",
        "p": "tions|ments|ers|ships|ities|ors|ings|ists",
        "a": "al|ive|ous|able|ic|ful|less",
        "i": "ate|ize|ify|en|ect|end",
        "v": "ed",
        "d": "ly",
    },
}
# Further slots: who (a full name), by (a family name), town, n1 (a figure), year, day.
SENTENCES = {
    "fr": """Le {n} {a} {v} {d} la {f} de {town}, selon {who}.
{who} {v} le {n} de la {f} {a} et de {w}, a-t-on appris {day}.
« Le {n} de la {f} ne {v} pas {i} sans {w} », a déclaré {by}, qui {v} les {p}.
En {year}, plus de {n1} {p} ont été recensées à {town}, contre {n1} un an plus tôt.
La {f} {v} {i} la {f}, le {n} et la {f}, mais le {n} {a} n'a pas {w}.
Les {p} que le {n} {v} {day} à {town} coûteront {n1} millions d'euros, soit {n1} %.
Il n'y a ni {n} ni {f} dans ce {n}, {v} {who} dans un entretien sur la {f} {a}.
Interrogé sur la {f}, {by} {v} qu'une {f} {a} était {w} pour {i} les {p}.
À {town}, où le {n} {v} depuis {year}, la {f} et les {p} font {d} {w}.
C'est la {f} la plus {a} depuis {n1} ans, {v} le {n} de {town} devant les {p}.""",
    "es": """El {n} {a} {v} {d} la {f} de {town}, según {who}.
{who} {v} el {n} de la {f} {a} y de {w}, según se supo el {day}.
«El {n} de la {f} no {v} sin {w}», dijo {by}, que {v} las {p}.
En {year} hubo más de {n1} {p} en {town}, frente a {n1} un año antes.
La {f} {v} {i} la {f}, el {n} y la {f}, pero el {n} {a} no {v}.
Los {p} que el {n} {v} el {day} en {town} costarán {n1} millones de euros, un {n1} %.
¿Por qué la {f} {v} en este {n}?, se pregunta {who} en una entrevista sobre la {f} {a}.
En {town}, donde el {n} {v} desde {year}, la {f} y los {p} son {d} {w}.""",
    "en": """The {a} {n} {v} the {f} of {town} {d}, {who} said.
{who} {v} a {n} of {a} {f} and {w} on {day}, officials said.
“The {n} of the {f} can't {i} without {w},” said {by}, who {v} the {p}.
In {year}, more than {n1} {p} were {v} in {town}, up from {n1} a year earlier.
The {f} wants to {i} the {f}, the {n} and the {f}, but the {a} {n} hasn't {v}.
The {p} that the {n} {v} in {town} on {day} will cost ${n1} million, or {n1}%.
There is neither a {n} nor a {f} in this {n}, {v} {who} in an interview about {a} {f}.
In {town}, where the {n} {v} since {year}, the {f} and the {p} are {d} {w}.""",
}
DAYS = {
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
}
GIVEN = """Marie|Jean|Claire|Paul|Sophie|Julie|Marc|Anne|Hélène|René|Nadia|Karim|Élise|François
Béatrice|Hugo|Inès|Théo|José|María|Álvaro|Begoña|Íñigo|Lucía|Andrés|Emily|James|Sarah|Oliver|Grace
Nguyễn Văn|Trần Thị|Lê|Kenji|Yūko|Paweł|Małgorzata|Recep|Ekrem|João|António|Øystein|Jürgen|Zoran
Václav|László|Fatima|Mohamed|Aïssatou|Kwame|Wei|Min-jun|Priya|Björn"""
TOWNS = """Paris|Lyon|Marseille|Bruxelles|Genève|Madrid|Bogotá|Córdoba|São Paulo|London|New York
Hà Nội|Đà Nẵng|Tōkyō|Łódź|İzmir|Saint-Étienne|Montréal|Dakar|Tunis|Zürich|Göteborg|Malmö|Kyiv"""
AROUND = {
    "fr": "Lire aussi : {}|À lire aussi|{}|Partager sur Facebook|Abonnez-vous à notre lettre|AFP",
    "es": "Lea también: {}|Te puede interesar|{}|Compartir en Facebook|Suscríbete al boletín|EFE",
    "en": "Read more: {}|Related stories|{}|Share on Facebook|Sign up for our newsletter|Reuters",
}


def articles(
    count: int,
    seed: int = 0,
    *,
    damaged: bool = True,
    languages: Mapping[str, int] = LANGUAGES,
) -> Iterator[str]:
    """``count`` articles of about 3,000 characters."""
    for number in range(count):
        yield article(random.Random(f"{seed} {number}"), damaged=damaged, languages=languages)


def article(
    random: random.Random, *, damaged: bool = True, languages: Mapping[str, int] = LANGUAGES
) -> str:
    """One article: title, paragraphs, and with ``damaged`` what spoils it."""
    (language,) = random.choices(list(languages), list(languages.values()))
    slots = Slots(language, random)
    lines = [slots.sentence().rstrip("."), ""]
    for _ in range(random.randint(4, 9)):
        sentences = (slots.sentence() for _ in range(random.randint(3, 6)))
        lines.append(" ".join(_hurt(random, s) if damaged else s for s in sentences))
    if damaged and random.random() < 1 / 3:
        around = random.choice(AROUND[language].split("|"))
        lines.insert(random.randint(2, len(lines)), around.format(slots.sentence().rstrip(".")))
    return "\n".join([*lines, ""])


class Slots(dict[str, str]):
    """The words of one article, each drawn anew when it is asked for."""

    def __init__(self, language: str, random: random.Random) -> None:
        self.language, self.random = language, random
        self._people = [f"{random.choice(_GIVEN)} {_family(random)}" for _ in range(3)]
        self._towns = random.choices(_TOWNS, k=2)
        self._sentences = SENTENCES[language].split("\n")

    def sentence(self) -> str:
        """One sentence."""
        text = self.random.choice(self._sentences).format_map(self)
        text = _elided(text) if self.language == "fr" else text
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text) if self.language == "en" else text
        return text[0].upper() + text[1:]

    def __missing__(self, slot: str) -> str:
        random = self.random
        match slot:
            case "who":
                return random.choice(self._people)
            case "by":
                return random.choice(self._people).split()[-1]
            case "town":
                return random.choice(self._towns)
            case "day":
                return random.choice(DAYS[self.language].split("|"))
            case "year":
                return str(random.randint(1980, 2025))
            case "n1":
                return str(int(10 ** random.uniform(0, 4)))
        words, weights = _pools(self.language)[slot]
        return random.choices(words, cum_weights=weights)[0]


def _family(random: random.Random) -> str:
    names = _names()
    name = random.choice(names)
    return name if random.random() < 0.9 else f"{name}-{random.choice(names)}"


@lru_cache
def _pools(language: str) -> dict[str, tuple[list[str], list[float]]]:
    """For each slot its words and their frequencies, added up."""
    found: dict[str, list[tuple[str, float]]] = {slot: [] for slot in (*ENDINGS[language], "w")}
    endings = {slot: tuple(e.split("|")) for slot, e in ENDINGS[language].items()}
    for word, level, flags in _forms(language):
        share = exp(LOGS[level])
        if flags & VALID and not flags & NAME and share < COMMONEST:
            is_adverb = word.endswith(endings["d"])
            for slot in found:
                if slot == "w" or (word.endswith(endings[slot]) and (slot == "d") == is_adverb):
                    found[slot].append((word, share))
    return {
        slot: ([word for word, _ in pool], list(accumulate(weight for _, weight in pool)))
        for slot, pool in found.items()
    }


@lru_cache
def _names() -> list[str]:
    """Names of the French lexicon, which has those of many countries, as family names."""
    return sorted(word.capitalize() for word, _, flags in _forms("fr") if flags & NAME)


def _forms(language: str) -> Iterator[tuple[str, int, int]]:
    """Each form of a lexicon that is long enough, with its level and flags."""
    sections = read(path_of(language))
    trie = Trie()
    trie.map(sections["words"])
    for word, key in trie.iteritems():
        if len(word) >= SHORTEST:
            yield word, sections["levels"][key], sections["flags"][key]


def _elided(text: str) -> str:
    text = re.sub(r"\b([Ll]|[Dd]|qu|n)(?:e|a) (?=[aeiouyhâàéèêëîïôœ])", r"\1'", text)
    text = text.replace(" de le ", " du ").replace(" de les ", " des ")
    return text.replace(" à le ", " au ").replace(" à les ", " aux ")


def _parts(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("|")]


_GIVEN, _TOWNS = _parts(GIVEN), _parts(TOWNS)


def _hurt(random: random.Random, sentence: str) -> str:
    if random.random() > DAMAGED:
        return sentence
    gaps = [at for at, character in enumerate(sentence) if character == " "]
    at = random.choice(gaps)
    kind = random.randrange(4)
    if kind == 0:
        return sentence[:at] + sentence[at + 1 :]
    if kind == 1:
        return sentence[:at] + " " + sentence[at:]
    if kind == 2:
        return sentence.encode().decode("cp1252", "replace")
    return sentence.replace("é", "e\u0301")
