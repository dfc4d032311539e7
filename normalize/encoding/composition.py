"""Composed form: "é" as one code point, not as "e" and a combining accent (Unicode NFC)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .repair import Repair, trimmed

# ASCII never joins what stands before it, so a run of other characters, with the one ASCII
# character it may join, can be composed by itself.
_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")

LONGEST_CLUSTER = 64
"""Code points of a cluster that Python's ``normalize``, quadratic in the number of marks that
stand out of order, may sort. Unicode's stream-safe text has at most 30 marks on a letter."""


def not_composed(text: str) -> Iterator[Repair]:
    """Each cluster of ``text`` that is not in composed form, with its composed form."""
    if unicodedata.is_normalized("NFC", text):
        return
    for run in _RUN.finditer(text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        for start, cluster in _clusters(run[0]):
            composed = _composed(cluster)
            if composed != cluster:
                begin, end, after = trimmed(run.start() + start, cluster, composed)
                yield Repair(begin, end, after, "not in composed form", 0.99)


def _clusters(run: str) -> Iterator[tuple[int, str]]:
    """Cut ``run`` where no character joins the one before it."""
    start = 0
    for i in range(1, len(run)):
        if _starts_cluster(run[i]):
            yield start, run[start:i]
            start = i
    yield start, run[start:]


@lru_cache(maxsize=4096)
def _starts_cluster(character: str) -> bool:
    """Marks join what stands before them; so do the vowels and final consonants of Hangul.

    A character that is written as several counts by the first of them.
    """
    first = unicodedata.normalize("NFD", character)[0]
    return unicodedata.category(first)[0] != "M" and not "\u1160" <= first <= "\u11ff"


def _composed(cluster: str) -> str:
    if len(cluster) > LONGEST_CLUSTER:
        cluster = _in_order(cluster)
    return unicodedata.normalize("NFC", cluster)


def _in_order(cluster: str) -> str:
    """The decomposed ``cluster`` with its marks in canonical order, in n log n steps."""
    letters = "".join(unicodedata.normalize("NFD", character) for character in cluster)
    out: list[str] = []
    marks: list[str] = []
    for character in letters:
        if unicodedata.combining(character):
            marks.append(character)
            continue
        out += sorted(marks, key=unicodedata.combining)
        marks = []
        out.append(character)
    out += sorted(marks, key=unicodedata.combining)
    return "".join(out)
