"""The non-empty lines of a text, which are its blocks before anything is known of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_OUTSIDE = " \t\r0123456789()[]{}<>:.…»›«‹|•·-–—!?+#*→▶►,;/'\"&“”’‘✕×_=~>→↓↑◀©®🔗📷"


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
    spans: list[tuple[int, int]] = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            spans.append((start, start + len(stripped)))
        at += len(raw) + 1
    breaks = [0]
    for (_, end), (start, _) in pairwise(spans):
        breaks.append(text.count("\n", end, start))
    breaks.append(0)
    return [
        Line(start, end, text[start:end], breaks[i], breaks[i + 1])
        for i, (start, end) in enumerate(spans)
    ]


def folded(line: str) -> str:
    """A line as the word lists have it: lower case, without digits and marks around it."""
    return folded_again(line.casefold())


def folded_again(low: str) -> str:
    """The same for a line that is in lower case already."""
    return " ".join(low.strip(_OUTSIDE).split())


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
