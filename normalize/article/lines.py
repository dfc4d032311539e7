"""The non-empty lines of a text, which are its blocks before anything is known of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import accumulate, compress, count
from operator import add, is_not, sub
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
    rows = text.split("\n")
    stripped = [*map(str.strip, rows)]
    texts = [*compress(stripped, stripped)]
    if not texts:
        return []
    numbers = [*compress(count(), stripped)]
    rows_above = compress(accumulate(map(len, rows), initial=0), stripped)
    starts = [*map(add, rows_above, numbers)]  # each row above ends in a line break
    for i in compress(count(), map(is_not, texts, compress(rows, stripped))):
        starts[i] += rows[numbers[i]].index(texts[i])
    ends = map(add, starts, map(len, texts))
    breaks = [0, *map(sub, numbers[1:], numbers), 0]
    return [*map(_line, zip(starts, ends, texts, breaks, breaks[1:], strict=False))]


_line: Callable[[tuple[int, int, str, int, int]], Line] = partial(tuple.__new__, Line)


def folded(line: str) -> str:
    """A line as the word lists have it: lower case, without digits and marks around it."""
    low = line.casefold().strip(OUTSIDE)
    if low.isprintable() and "  " not in low:  # there is no white space but single spaces
        return low
    return " ".join(low.split())


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
