"""What stands between a title and its article: bylines, dates, reading times."""

from __future__ import annotations

import re
from functools import lru_cache

from .vocabulary import Vocabulary

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|º|°|\.)?\s*(?:de\s+|of\s+|tháng\s+)?"
    r"([^\W\d_]{3,10}|\d{1,2})\.?,?\s+(?:del?\s+|năm\s+)?((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)"
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[:hH]\s?\d{2}(?::\d{2})?\b")
ZONES = frozenset("h am pm gmt utc cet cest est edt pst pdt bst ist uhr hs hrs".split())
_BETWEEN = re.compile(r"\s*(?:[|•·]|(?<!\d)/|/(?!\d))\s*|\s+[-–—]\s+")
"""What stands between the parts of a header; the dates of some have strokes themselves."""

LONGEST_HEADER = 120
"""Code points of a header at most."""
MOST_NAMES = 8
"""Words of the names in a byline at most."""
MOST_FOREIGN, MOST_FOREIGN_LABELLED = 2, 6
"""Words beside a date that are no labels, at most (a section, a place), and behind a label."""
LABEL_LETTERS = 4
"""Letters of a label that needs no figures behind it: "Publié hier", but not "le jour"."""
END_OF_SENTENCE = (".", "!", "?")


def find_date(
    line: str, words: Vocabulary, *, day_first: bool = True
) -> tuple[str, int, int] | None:
    """The first full date of ``line`` as ISO 8601, and its span. No year, no date.

    A date in figures alone is read only where day and month cannot be confused, or where
    ``day_first`` says how the language orders them.
    """
    if "19" not in line and "20" not in line:  # which every year begins with
        return None
    if found := _ISO.search(line):
        return _checked(found, found[1], int(found[2]), int(found[3]))
    if found := _NUMERIC.search(line):
        first, second = int(found[1]), int(found[2])
        if second > 12:
            return _checked(found, found[3], first, second)
        if first > 12 or day_first or first == second:
            return _checked(found, found[3], second, first)
        return None
    for found in _DAY_FIRST.finditer(line):
        month = words.months.get(found[2].casefold(), 0)
        if not month and found[2].isdigit() and "tháng" in found[0]:
            month = int(found[2])
        if month:
            return _checked(found, found[3], month, int(found[1]))
    for found in _MONTH_FIRST.finditer(line):
        month = words.months.get(found[1].casefold(), 0)
        if month:
            return _checked(found, found[3], month, int(found[2]))
    return None


def _checked(found: re.Match[str], year: str, month: int, day: int) -> tuple[str, int, int] | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year}-{month:02}-{day:02}", found.start(), found.end()


def is_date_header(line: str, words: Vocabulary, *, first: bool = False) -> bool:
    """Whether ``line`` is a date with its labels and nothing of the story.

    The ``first`` line of a text may be its title: "Arrêt du 3 mars 2024".
    """
    if len(line) > LONGEST_HEADER or not any(map(str.isdigit, line)):
        return False
    date = find_date(line, words)
    rest = line if date is None else line[: date[1]] + " " + line[date[2] :]
    rest, clocks = _CLOCK.subn(" ", rest)
    if date is None and not clocks:
        return False
    left = _words(rest)
    labels = sum(_is_label(w, words) for w in left)
    if date is None:
        return labels > 0 and len(left) == labels
    foreign = len(left) - labels
    labelled = bool(left) and left[0] in words.date_words
    most = MOST_FOREIGN_LABELLED if labelled else 0 if first else MOST_FOREIGN
    return foreign == 0 or (foreign <= most and not line.endswith(END_OF_SENTENCE))


def is_relative_date(line: str, words: Vocabulary) -> bool:
    """Whether ``line`` says when, or how long, in labels alone: "Il y a 3 heures", "3 min read"."""
    if len(line) > LONGEST_HEADER:
        return False
    left = _words(_CLOCK.sub(" ", line))
    return (
        any(w in words.time_words for w in left)
        and all(_is_label(w, words) or w in words.header_words for w in left)
        and (
            any(map(str.isdigit, line))
            or (len(left[0]) >= LABEL_LETTERS and left[0] in words.date_words)
        )
    )


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case, without figures and marks.

    They are remembered for a moment: several questions are asked of one line.
    """
    parts = [w.strip(".,;:|()-–—/•·+") for w in text.casefold().split()]
    cores = [w.lstrip("0123456789.,:").rstrip("0123456789+:") for w in parts]  # GMT+7
    return (*filter(None, cores),)


def _is_label(word: str, words: Vocabulary) -> bool:
    return (
        word in words.date_words
        or word in words.time_words
        or word in words.months
        or word in ZONES
    )


def find_byline(line: str, words: Vocabulary) -> str | None:
    """The names in a line that is a byline and nothing else ("Par Anne Roy et Luc Petit")."""
    low = line.casefold()
    if len(line) > LONGEST_HEADER or len(low) != len(line) or not low.startswith(words.bylines):
        return None
    label = max((b for b in words.bylines if low.startswith(b)), key=len)
    names = line[len(label) :].strip(" :")
    parts = names.replace(",", " ").split()
    for i, part in enumerate(parts):  # who helped: "Par Anne Roy avec AFP"
        if i and part.casefold() in words.with_words and not words.agencies.isdisjoint(parts[i:]):
            del parts[i:]
            names = " ".join(parts)
            break
    if not 1 <= len(parts) <= MOST_NAMES or names[-1] in ".!?:;…":
        return None
    if any(p.casefold() in words.newsrooms for p in parts):
        return names
    capitals = sum(p[0].isupper() for p in parts)
    small = all(p[0].isupper() or len(p) <= 3 for p in parts)
    return names if capitals >= 2 and small and parts[-1][0].isupper() else None


def without_date_labels(text: str, words: Vocabulary) -> str:
    """What stands before a date without the labels of it: "Par Anne Roy, publié le"."""
    parts = text.split()
    while parts and parts[-1].strip(".,;:|(").casefold() in words.date_words:
        parts.pop()
    return " ".join(parts).rstrip(" .,;:|(-–—")


def header_parts(line: str, words: Vocabulary) -> tuple[bool, bool]:
    """Whether ``line`` is a byline, and whether it is a date: "By Ann Lee | 3 March 2024 | 10:15".

    Nothing else may stand in it, but for one more name.
    """
    byline = date = False
    others = 0
    for part in _BETWEEN.split(line) if len(line) <= LONGEST_HEADER else ():
        if not _words(_CLOCK.sub(" ", part)):
            continue
        if find_byline(part, words):
            byline = True
        elif is_date_header(part, words) or is_relative_date(part, words):
            date = True
        elif (dated := find_date(part, words)) and find_byline(
            without_date_labels(part[: dated[1]], words), words
        ):
            byline = date = True
        elif part[0].isupper() and len(part.split()) <= 3 and part[-1] not in ".!?:;":
            others += 1
        else:
            return False, False
    return (byline, date) if others <= byline + date and others <= 1 else (False, False)
