"""Datelines: place, date and agency in front of the first sentence of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .pieces import known_agency
from .vocabulary import Vocabulary, bare

_BRACKET = re.compile(
    r"(?P<place>[^\W\d_][^()\n]{0,60}?)?[\s,]*\(\s?(?P<agency>[^()\n]{2,30}?)\s?\)"
    r"(?:\s*(?P<dash>[-–—:]|\.\s?[-–—])[-–—]?\s*|\s+(?=[^\W\d_]))"
)
_DASH = re.compile(
    r"(?P<head>[^\W\d_][^()\n:;!?«»\"“”]{1,60}?)(?:\.-\s+|\.?(?:\s+[-–—]{1,2}\s+|[–—]\s*))"
    r"(?=[^\W_]|[«\"“])"
)
_DASHES = "-–—"
"""One of these stands wherever ``_DASH`` matches."""
_HEAD = 120
"""Code points of a line in which its dateline ends."""
_PLACE_WORDS = 7
_PLACE_WORDS_ALONE = 4
"""The same for a place in capitals that neither an agency nor a bracket follows."""
_LETTERS = 3
"""Letters that a place in capitals has at least: "TV - Le film" is none."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and agency in front of the first paragraph, up to ``end``; one of them is there."""

    end: int
    place: str | None
    agency: str | None


def find_dateline(line: str, words: Vocabulary, *, opening: bool = False) -> Dateline | None:
    """The dateline that begins ``line`` ("Hanoi (VNA) - ", "PARIS, 3 mars (AFP) — ").

    In an ``opening`` paragraph the brackets may be missing: "VNA - ", "Hanoi, VNA - ", "TOKYO - ".
    """
    head = line[:_HEAD]
    found = _BRACKET.match(head) if "(" in head else None
    if found and known_agency(found["agency"], words):
        place = (found["place"] or "").strip(" ,")
        after = line[found.end() : found.end() + 1]
        if not found["dash"] and not (after.isupper() and any(map(str.isdigit, place))):
            return None  # only a place with its date needs no dash
        if not _may_be_place(place, words):
            return None
        return Dateline(found.end(), _place(place, words), found["agency"])
    found = _DASH.match(head) if opening and any(map(head.__contains__, _DASHES)) else None
    if not found or line[found.end()].islower():
        return None
    place, _, agency = found["head"].replace("/", ",").rpartition(",")
    if agency.strip() in words.agencies and _may_be_place(place.strip(" ,"), words):
        return Dateline(found.end(), _place(place, words), agency.strip())
    alone = _place(found["head"], words)
    if alone is not None and (
        _is_place_in_capitals(alone, words) or _is_dated(found["head"], alone, words)
    ):
        return Dateline(found.end(), alone, None)
    return None


def _may_be_place(place: str, words: Vocabulary) -> bool:
    """Whether ``place``, with or without a date, has the words and capitals of one."""
    names = [w for w in re.split(r"[\s,.]+", place) if w and not w[0].isdigit()]
    while names and (
        names[-1].casefold() in words.months or names[-1].casefold() in words.date_words
    ):
        names.pop()
    small = sum(not w[0].isupper() for w in names)
    return len(names) <= _PLACE_WORDS and small <= len(names) // 2


def _is_dated(head: str, place: str, words: Vocabulary) -> bool:
    """Whether a day and its month follow a place: "Paris, le 3 mars"."""
    behind = head[len(place) :].lstrip()
    rest = behind.strip(" ,").casefold().split()
    return (
        behind.startswith(",")  # "Ligue 1, 14 mai" is no place
        and len(place.split()) <= _PLACE_WORDS_ALONE
        and all(part[0].isupper() for part in place.split())
        and any(map(str.isdigit, head))
        and bool(rest)
        and rest[-1].strip(".") in words.months
        and all(w[0].isdigit() or w.strip(".") in words.date_words for w in rest[:-1])
    )


def _is_place_in_capitals(place: str, words: Vocabulary) -> bool:
    """Whether ``place`` is written in capitals and is a name: "TOKYO", and not "EXCLUSIF"."""
    if " " in place and place.isupper() and words.is_name(bare(place.casefold()).replace(" ", "")):
        return True  # HÀ NỘI is Hanoi
    parts = re.split(r"[\s,'’-]+", place)
    return (
        place.isupper()
        and len(parts) <= _PLACE_WORDS_ALONE
        and any(len(p) >= _LETTERS and words.is_name(p.casefold()) for p in parts)
        and all(len(p) <= _LETTERS or words.is_name(p.casefold()) for p in parts)
    )


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
