"""The non-empty lines of a text, which are its blocks before anything is known of them."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import sub
from typing import NamedTuple

OUTSIDE = " \t\r0123456789()[]{}<>:.…»›«‹|•·-–—!?+#*→▶►,;/'\"&“”’‘✕×_=~>→↓↑◀©®🔗📷"
"""What is stripped off a line before the word lists are asked."""


class Line(NamedTuple):
    """A non-empty line: ``text`` without the white space around it stands at ``[start, end)``.

    ``above`` and ``below`` count the line breaks up to the neighbours (0 at the text's ends).
    """

    start: int
    end: int
    text: str
    above: int
    below: int


def split_lines(text: str) -> list[Line]:
    """The non-empty lines of ``text``, in order."""
    found: list[tuple[int, int, str]] = []
    numbers: list[int] = []
    at = 0
    for number, row in enumerate(text.split("\n")):
        stripped = row.strip()
        if stripped:
            indent = 0 if len(stripped) == len(row) else row.index(stripped)
            found.append((at + indent, at + indent + len(stripped), stripped))
            numbers.append(number)
        at += len(row) + 1
    if not found:
        return []
    breaks = [0, *map(sub, numbers[1:], numbers), 0]
    return [Line(*span, *around) for span, around in zip(found, pairwise(breaks), strict=True)]


def folded(line: str) -> str:
    """A line as the word lists have it: lower case, without digits and marks around it."""
    return " ".join(line.casefold().strip(OUTSIDE).split())


_LABEL_END = re.compile(r"\s?:\s?|\s?\]\s?|\s[|>»→–-]\s")
_LABEL = 40
"""Code points of a label at most."""


def split_label(key: str) -> tuple[str, str]:
    """A folded line's label and what is behind it: "lire aussi : un titre", "à lire] un titre".

    A label of one word has a colon behind it; both are empty for a line without a label.
    """
    found = _LABEL_END.search(key[: _LABEL + 3])
    if not found or not found.start():
        return "", ""
    label = key[: found.start()].strip()
    if ":" not in found[0] and " " not in label:
        return "", ""
    return label, key[found.end() :]
