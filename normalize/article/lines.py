"""The non-empty lines of a text, which are its blocks before anything is known of them."""

from __future__ import annotations

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
    return " ".join(line.casefold().strip(_OUTSIDE).split())
