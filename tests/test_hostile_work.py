"""Hostile texts cost work in proportion to their length, and not much more than ordinary text.

Work is calls, of Python functions and of C functions: the same on any machine under any load.
What one call of a regular expression costs is for ``test_patterns.py``, and seconds are for
``python -m tests.bench hostile``, which takes all of ``HOSTILE`` at real sizes.
"""

from __future__ import annotations

import cProfile
from functools import cache

import pytest

from normalize.config import Config
from normalize.evidence import Evidence
from normalize.pipeline import clean

from .bench.hostile import ordinary
from .hostile import HOSTILE

FRENCH = Config(lang="fr")

LARGE = 8_000
"""Characters of a text, above the sizes from which a document is read otherwise; the smaller one
that it is compared with has a quarter of them."""

LARGE_OF = {
    "distinct words": 16_000,
    "glued words a line": 4_000,
    "glued words without end": 4_000,
    "long random words": 32_000,
    "names a line": 16_000,
    "one letter": 4_000,
    "one word glued": 4_000,
    "two words glued": 4_000,
    "ordinary words": 16_000,
    "words cut in two": 16_000,
}
"""Those that take long have fewer characters, those that start late more."""

MOST_GROWTH = 1.35**2
"""How much more a character of the larger text may cost, two doublings on. Above 1, because what
a document teaches makes it read again; work that grows as the square would give 4."""

MOST_RATIO = 20.0
"""How much more a character may cost than one of ordinary text."""

TEXTS = """
one letter|spaces|apostrophes|capitals|digits and commas|commas|hyphens|NUL|joiners|surrogates
carriage returns|CRLF|a letter and its marks|nested brackets|guillemets|unbalanced quotes
every line end|controls and letters|spaces and marks|capitals apart|letters apart|numbers
one word|glued words without end|glued words a line|pairs glued
every space lost but a few|one word glued|two words glued|random words|long random words
random words a line|letters cut from words|words cut in two|distinct words|distinct glued words
typing errors|distinct words and numbers|distinct capital words|ordinary words
long tokens of one word|long tokens of random letters|long tokens of two words|names
names a line|one long name
spellings of a name|surnames|distinct names|distinct names in sentences|initials
names and particles|acronyms|Voir plus|Voir plus and a headline
markers|captions and teasers|datelines a line|short lines
distinct lines|nearly repeated paragraphs|a table|code fences|dates a line
addresses|mail addresses|file names|open tags|nested entities|mojibake five times|mojibake a line
Vietnamese decomposed|Chinese|mixed scripts
""".strip().replace("\n", "|")


@cache
def calls(name: str, size: int) -> int:
    """Calls that cleaning a text of ``HOSTILE`` takes."""
    clean(HOSTILE[name](300), FRENCH, Evidence())  # load what is loaded once
    return counted(HOSTILE[name](size))


def counted(text: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(clean, text, FRENCH, Evidence())
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(scope="module")
def usual() -> float:
    """Calls for each character of ordinary text."""
    text = ordinary(16_000)
    clean(text, FRENCH, Evidence())
    return counted(text) / len(text)


@pytest.mark.parametrize("name", TEXTS.split("|"))
def test_work_grows_with_the_length_and_no_faster(name: str, usual: float) -> None:
    large = LARGE_OF.get(name, LARGE)
    # What takes no more than ordinary text may grow as it likes at this size.
    most = max(MOST_GROWTH * calls(name, large // 4) * 4, usual * large)
    assert calls(name, large) <= most


@pytest.mark.parametrize("name", TEXTS.split("|"))
def test_a_character_costs_no_more_than_twenty_of_ordinary_text(name: str, usual: float) -> None:
    large = LARGE_OF.get(name, LARGE)
    calls(name, large // 4)  # always first: what is remembered of words must not tell the two apart
    ratio = calls(name, large) / (usual * large)
    assert ratio <= MOST_RATIO, f"{ratio:.1f}"


def test_the_texts_are_those_of_the_benchmark() -> None:
    assert set(LARGE_OF) <= set(TEXTS.split("|")) <= set(HOSTILE)
