"""Names, brands and rare words that must stay whole: which are split, and where.

    python -m tests.bench whole_words fr        the list of one language, and the one all share

Each word of ``whole/XX.txt`` and ``whole/common.txt`` is put at the start, in the middle, before a
comma and at the end of a sentence, in a sound document and in one whose line ends are glued.
"""

from __future__ import annotations

import argparse
import random
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from normalize.evidence import Evidence
from normalize.language import load
from normalize.view import View
from normalize.words.boundaries import find_boundaries

LISTS = Path(__file__).parent / "whole"
WIDTHS = (60, 90)
"""Line widths of damaged documents, in characters."""

FRAMES = {
    "fr": (
        "{} fait partie des sujets que les deux délégations ont examinés lundi.",
        "Les participants ont longuement évoqué {} au cours de la dernière séance.",
        "Selon {}, la situation de la région reste difficile pour les entreprises.",
        "Le rapport publié cette semaine consacre un chapitre entier à {}.",
    ),
    "es": (
        "{} figura entre los temas que las dos delegaciones examinaron el lunes.",
        "Los participantes hablaron mucho de {} durante la última sesión.",
        "Según {}, la situación de la región sigue siendo difícil para las empresas.",
        "El informe publicado esta semana dedica un capítulo entero a {}.",
    ),
    "en": (
        "{} is among the subjects that both delegations examined on Monday.",
        "The participants spoke at length about {} during the last session.",
        "According to {}, the situation of the region remains difficult for companies.",
        "The report published this week devotes a whole chapter to {}.",
    ),
}
AROUND = {
    "fr": "Le ministre des Affaires étrangères a reçu mardi son homologue japonais dans la"
    " capitale. Les deux parties ont signé un accord de coopération dans le domaine de la défense."
    " Elles se sont engagées à poursuivre leurs efforts pour la paix et la stabilité de la région.",
    "es": "El ministro de Relaciones Exteriores recibió el martes a su homólogo japonés en la"
    " capital. Las dos partes firmaron un acuerdo de cooperación en el ámbito de la defensa. Ambas"
    " se comprometieron a continuar sus esfuerzos por la paz y la estabilidad de la región.",
    "en": "The foreign minister received his Japanese counterpart on Tuesday in the capital. The"
    " two sides signed an agreement on cooperation in the field of defence and trade. They"
    " undertook to continue their efforts for peace and stability in the region.",
}


def documents(lang: str, sentence: str, pick: random.Random) -> Iterator[tuple[str, str]]:
    """The kind of document and its text, which starts with the sentence."""
    yield "sound", f"{sentence} {AROUND[lang]}"
    lines = [
        "".join(textwrap.wrap(AROUND[lang], width, break_long_words=False))
        for width in (pick.randint(*WIDTHS), pick.randint(*WIDTHS))
    ]
    yield "damaged", "\n\n".join([sentence, *lines])


def split_in(text: str, word: str, lang: str) -> str:
    """The word as the engine would write it, where that is not the word itself; else nothing."""
    start = text.index(word)
    end = start + len(word)
    for found in find_boundaries(View(text, load(lang), Evidence())):
        if found.certainty < 0.5:
            continue
        if start < found.start < end:
            return f"{text[start : found.start]} {text[found.start : end]}"
        if not found.after and found.start in (start - 1, end):
            return f"{word} joined to its neighbour"
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lang", choices=sorted(FRAMES))
    lang = parser.parse_args().lang
    files = (LISTS / f"{lang}.txt", LISTS / "common.txt")
    words = list(dict.fromkeys(w for file in files for w in file.read_text("utf-8").split()))
    pick = random.Random(5)
    split: dict[str, dict[str, str]] = defaultdict(dict)
    for word in words:
        for frame in FRAMES[lang]:
            for kind, text in documents(lang, frame.format(word), pick):
                if wrong := split_in(text, word, lang):
                    split[kind][word] = wrong
    for kind in ("sound", "damaged"):
        print(f"{lang}, {kind} documents: {len(split[kind])} of {len(words)} words are split")
        for wrong in split[kind].values():
            print(f"    {wrong}")


if __name__ == "__main__":
    main()
