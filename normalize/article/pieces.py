"""Furniture in the text of one line: credits, captions, datelines, sign-offs, sources, dates.

Offsets count from the start of the line. Every pattern is tried on a bounded piece of the line or
runs over it once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lines import folded
from .vocabulary import Vocabulary

LONGEST_CREDIT = 70
"""Code points of an image credit at most ("Photo: ministère des Affaires étrangères")."""
WORDS_OF_CREDIT = 9
WORDS_OF_CAPTION = 70
"""Captions of agency pages run to about 50 words; a longer line is a paragraph."""
TAIL = 60
"""Code points from the end of a line in which a sign-off or a photographer's line is sought."""

_PHOTO_AGENCIES = "Getty Images?|AP|AFP|REUTERS|Reuters|EFE|EPA|Shutterstock|iStock"
_AGENCY_PHOTO = re.compile(
    rf"(?:\b(?:AP Photo|{_PHOTO_AGENCIES})\s?/\s?[^\W\d_][^/.!?]{{1,50}}"
    rf"|(?:/|\bvia )(?:{_PHOTO_AGENCIES})|©\s?[^\W\d_][^©.!?]{{1,40}})\)?\s?$"
)
_BRACKET_LABEL = re.compile(r"\(\s?([^\W\d_][^():]{1,20}?)\s?:\s?([^()]{2,60}?)\s?\)\s?\.?$")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^()\n]{0,60}?)?[\s,]*\(\s?(?P<agency>[^()\n]{2,30}?)\s?\)"
    r"(?:\s*(?P<dash>[-–—:]|\.\s?[-–—])[-–—]?\s*|\s+(?=[^\W\d_]))"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+")
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


@dataclass(frozen=True, slots=True)
class Credit:
    """An image credit: its label starts at ``start``, the credited name is ``name``."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and agency in front of the first paragraph, up to ``end``."""

    end: int
    place: str | None
    agency: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """The agency's sign-off behind the last sentence, from ``start``."""

    start: int
    agency: str | None


def find_credit(line: str, words: Vocabulary) -> Credit | None:
    """The image credit that ends ``line`` ("… Photo: VNA", "(Foto: EFE)", "Lee/Getty Images")."""
    tail = line[-TAIL:]
    shift = len(line) - len(tail)
    if tail[-1] == ")" and (bracket := _BRACKET_LABEL.search(tail)):
        label = folded(bracket[1])
        known = label in words.credit_labels or label in words.source_labels
        if known and not is_phrase(bracket[2]):
            return Credit(shift + bracket.start(), len(line), bracket[2])
    by_agency = "/" in tail or "©" in tail or "via " in tail
    if by_agency and (photo := _AGENCY_PHOTO.search(tail)):
        return Credit(shift + photo.start(), len(line), photo[0].strip(" /()©"))
    colon = line.rfind(":", max(0, len(line) - LONGEST_CREDIT - 1))
    while colon >= 0:
        start = _label_start(line, colon, words)
        if start is not None:
            name = line[colon + 1 :].strip(" .)")
            short = len(name.split()) <= WORDS_OF_CREDIT and ". " not in name
            if name and short and not is_phrase(name):
                return Credit(start, len(line), name)
        colon = line.rfind(":", max(0, len(line) - LONGEST_CREDIT - 1), colon)
    return None


def is_phrase(name: str) -> bool:
    """Whether what stands behind a label are small words alone: part of a sentence, no name."""
    parts = name.split()
    return len(parts) > 2 and not any(c.isupper() for part in parts for c in part[:4])


def glued_credit(line: str, words: Vocabulary) -> Credit | None:
    """A credit inside ``line`` whose agency runs into the next word: "Photo: VNAHanoi (VNA) -"."""
    colon = line.find(":")
    while 0 <= colon < 400:
        start = _label_start(line, colon, words)
        if start is not None:
            rest = line[colon + 1 :].lstrip()
            at = len(line) - len(rest)
            for name in words.agencies_by_length:
                after = rest[len(name) : len(name) + 2]
                if (
                    rest.startswith(name)
                    and len(after) == 2
                    and after[0].isupper()
                    and after[1].islower()
                ):
                    return Credit(start, at + len(name), name)
        colon = line.find(":", colon + 1)
    return None


def _label_start(line: str, colon: int, words: Vocabulary) -> int | None:
    """Where the credit label before the colon at ``colon`` starts; ``None`` without one.

    The label begins the line, follows a bracket, or has a capital, so that "il prend une photo :"
    is no label.
    """
    before = line[max(0, colon - 30) : colon].rstrip()
    offset = max(0, colon - 30)
    at = len(before)
    for _ in range(3):
        at = max(before.rfind(" ", 0, at), before.rfind("\u00a0", 0, at), -1)
        first = at + 1
        while first < len(before) and before[first] in "([-–—|/":
            first += 1
        glued = words.numbered.search(before[first:]) if not first else None
        label = before[first:]
        if label.casefold() in words.credit_labels:
            start = offset + first
            if label[0].isupper() or start == 0 or line[start - 1] in "([":
                return start
        digits = label.lstrip("0123456789")
        if digits != label and digits.casefold() in words.credit_labels and digits[0].isupper():
            return offset + first + len(label) - len(digits)
        if at < 0 or glued:
            break
    return None


def find_dateline(line: str, words: Vocabulary) -> Dateline | None:
    """The dateline that begins ``line`` ("Hanoi (VNA) - ", "PARIS, 3 mars (AFP) — ")."""
    found = _DATELINE.match(line[:120])
    if not found or not known_agency(found["agency"], words):
        return None
    place = (found["place"] or "").strip(" ,")
    after = line[found.end() : found.end() + 1]
    if not found["dash"] and not (after.isupper() and any(map(str.isdigit, place))):
        return None  # only a place with its date needs no dash
    names = [w for w in re.split(r"[\s,.]+", place) if w and not w[0].isdigit()]
    while names and (
        names[-1].casefold() in words.months or names[-1].casefold() in words.date_words
    ):
        names.pop()
    small = sum(not w[0].isupper() for w in names)
    if len(names) > 7 or small > len(names) // 2:
        return None
    return Dateline(found.end(), _place(place, words), found["agency"])


def _place(place: str, words: Vocabulary) -> str | None:
    """``place`` without the date that may follow it."""
    cut = re.search(r"\d", place)
    head = (place[: cut.start()] if cut else place).strip(" ,")
    parts = head.split()
    while parts and (
        parts[-1].casefold().strip(".,") in words.months
        or parts[-1].casefold().strip(".,") in words.date_words
    ):
        parts.pop()
    return " ".join(parts).strip(" ,") or None


def known_agency(name: str, words: Vocabulary) -> bool:
    """Whether ``name`` is an agency, or several ("TTXVN/Vietnam+")."""
    return name in words.agencies or any(
        part.strip() in words.agencies for part in re.split(r"[/+–-]", name)
    )


def find_sign_off(line: str, words: Vocabulary) -> SignOff | None:
    """The sign-off that ends ``line`` (" -VNA", ".- AVI", "./.")."""
    tail = line[-TAIL:]
    last = tail[-1]
    if last.isalnum() or last in "+.":
        if not any(mark in tail for mark in "-–—/"):
            return None
    elif last != ")":
        return None
    found = words.sign_off.search(tail)
    if not found or (start := len(line) - len(tail) + found.start()) == 0:
        return None
    return SignOff(start, found["dash"] or found["bracket"])


def is_sign_off_line(line: str, words: Vocabulary) -> str | None:
    """The agency when the whole line is a sign-off ("VNA/CVN", "- AVI", "(AFP)", "Lan Anh/VNA")."""
    core = line.strip(" -–—().*")
    if not core or len(core) > 40 or len(core.split()) > 5:
        return None
    name = core.rpartition("/")[2].strip() if "/" in core else core
    first = core.partition("/")[0].strip()
    if core in words.agencies or first in words.agencies:
        return core
    if "/" in core and name in words.agencies and core[0].isupper():
        return name
    return None


def find_url(line: str) -> str | None:
    """The first web address in ``line``."""
    found = _URL.search(line)
    return found[0].rstrip(".,;:") if found else None


def find_date(
    line: str, words: Vocabulary, *, day_first: bool = True
) -> tuple[str, int, int] | None:
    """The first full date of ``line`` as ISO 8601, and its span. No year, no date.

    A date in figures alone is read only where day and month cannot be confused, or where
    ``day_first`` says how the language orders them.
    """
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


def is_date_header(line: str, words: Vocabulary) -> bool:
    """Whether ``line`` is a date with its labels and nothing of the story."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return False
    date = find_date(line, words)
    rest = line if date is None else line[: date[1]] + " " + line[date[2] :]
    rest, clocks = _CLOCK.subn(" ", rest)
    left = [w.strip(".,;:|()-–—/•·").casefold() for w in rest.split()]
    left = [w for w in left if w and not w.isdigit()]
    labels = sum(w in words.date_words or w in words.time_words or w in words.months for w in left)
    if date is None:
        return clocks > 0 and labels > 0 and len(left) == labels
    foreign = len(left) - labels
    labelled = bool(left) and left[0] in words.date_words
    return (
        foreign == 0
        or (foreign <= 2 and not line.endswith((".", "!", "?")))
        or (labelled and foreign <= 6 and not line.endswith((".", "!", "?")))
    )
