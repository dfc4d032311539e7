"""Furniture in the text of one line: credits, captions, sign-offs, sources.

Offsets count from the start of the line. Every pattern is tried on a bounded piece of the line or
runs over it once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lines import folded
from .vocabulary import NAME_PART, Vocabulary

LONGEST_CREDIT = 70
"""Code points of an image credit at most ("Photo: ministère des Affaires étrangères")."""
WORDS_OF_CREDIT = 9
WORDS_OF_CAPTION = 70
"""Captions of agency pages run to about 50 words; a longer line is a paragraph."""
LONGEST_SIGN_OFF = 160
"""Code points of a sign-off in brackets at most."""
WORDS_WITH_AGENCY = 8
TAIL = 60
"""Code points from the end of a line in which a sign-off or a photographer's line is sought."""

_PHOTO_AGENCIES = "Getty Images?|AP|AFP|REUTERS|Reuters|EFE|EPA|Shutterstock|iStock"
_AGENCY_PHOTO = re.compile(
    rf"(?:\b(?:(?:AP Photo|{_PHOTO_AGENCIES})\s?/\s?){{1,3}}[^\W\d_][^/.!?]{{1,50}}"
    rf"|(?:/|\bvia )(?:{_PHOTO_AGENCIES})|©\s?[^\W\d_][^©.!?]{{1,40}})\)?\s?$"
)
_PHOTO_BY = re.compile(
    r"(?:^|(?<=[.!?…»”\")] ))[(\[]?(?:Photos?|Fotos?)"
    r" (?:by|courtesy of|from|de|par|por|via) (?:the )?"
    r"([^\W\d_][^.!?:;()\]]{1,40})[)\]]?\s?$"
)
WORDS_OF_PHOTOGRAPHER = 7
"""Words at most of a line that names photographer and agency: "ANN LEE - POOL EPA"."""
_PHOTOGRAPHER = re.compile(
    rf"(?:(?:{_PHOTO_AGENCIES}) [-–] [^\W\d_]{{2}}[^.!?:;()]{{1,40}}"
    rf"|[^\W\d_]{{2}}[^.!?:;()]{{1,40}} [-–] (?:(?:POOL|Pool) )?(?:{_PHOTO_AGENCIES}))"
)
_BRACKET_LABEL = re.compile(r"\(\s?([^\W\d_][^():]{1,20}?)\s?:\s?([^()]{2,60}?)\s?\)\s?\.?$")
_BEFORE_LABEL = "([-–—|/"
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”", '"', "’")
_SOURCE_BEHIND = re.compile(
    r"(?<=[.!?…»”\"])\s+[(\[]?([^\W\d_][^\W_]{2,12}) ?: ?([^\W_][^:.!?()]{1,50})[)\]]?\.?$"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """An image credit: its label starts at ``start``, the credited name is ``name``."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """The agency's sign-off behind the last sentence, from ``start``.

    It is ``bare`` where nothing but a space stands before the agency.
    """

    start: int
    agency: str | None
    bare: bool = False


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
    if ("hoto" in tail or "Foto" in tail) and (photo := _PHOTO_BY.search(tail)):
        name = photo[1].strip()
        if name[0].isupper() and not is_phrase(name):
            return Credit(shift + photo.start(), len(line), name)
    if (
        len(line) <= LONGEST_CREDIT
        and may_name_photographer(line, len(line.split()))
        and _PHOTOGRAPHER.fullmatch(line)
        and all(part[0].isupper() or part in "-–" for part in line.split())
    ):
        return Credit(0, len(line), line)
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


def may_name_photographer(line: str, n_words: int) -> bool:
    """Whether a line is as short as one with a photographer and an agency, with a dash between."""
    return n_words <= WORDS_OF_PHOTOGRAPHER and (" - " in line or " – " in line)


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
    last = before[max(before.rfind(" "), before.rfind("\u00a0")) + 1 :]
    if last.lstrip(_BEFORE_LABEL + "0123456789").casefold() not in words.credit_ends:
        return None
    offset = max(0, colon - 30)
    at = len(before)
    for _ in range(3):
        at = max(before.rfind(" ", 0, at), before.rfind("\u00a0", 0, at), -1)
        first = at + 1
        while first < len(before) and before[first] in _BEFORE_LABEL:
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


def may_name_agency(text: str, words: Vocabulary) -> bool:
    """Whether ``text`` has a word of an agency's name."""
    return not words.agency_words.isdisjoint(NAME_PART.findall(text))


def known_agency(name: str, words: Vocabulary) -> bool:
    """Whether ``name`` is an agency, or several ("TTXVN/Vietnam+")."""
    return name in words.agencies or any(
        part.strip() in words.agencies for part in re.split(r"[/+–-]", name)
    )


def find_sign_off(line: str, words: Vocabulary) -> SignOff | None:
    """The sign-off that ends ``line`` (" -VNA", ".- AVI", "./.", "(avec AFP)", ". EFE")."""
    tail = line[-TAIL:]
    last = tail[-1]
    if last.isalnum() or last in "+.":
        marked = "-" in tail or "/" in tail or "–" in tail or "—" in tail
        if not marked and not tail[-2:].isupper():
            return None
    elif last != ")":
        return None
    named = tail.endswith("/.") or may_name_agency(tail, words)
    if named and (found := words.sign_off.search(tail)):
        start = len(line) - len(tail) + found.start()
        agency = found["dash"] or found["bracket"] or found["bare"]
        return SignOff(start, agency, found["bare"] is not None) if start else None
    return _bracketed_sign_off(line, words) if last == ")" else None


def _bracketed_sign_off(line: str, words: Vocabulary) -> SignOff | None:
    """Who wrote or edited the text, in brackets behind its last sentence."""
    at = line.rfind("(", -LONGEST_SIGN_OFF)
    before = line[:at].rstrip()
    if at <= 0 or before[-1:] not in _SENTENCE_ENDS:
        return None
    inner = line[at + 1 : -1].strip()
    if agency := with_agency(inner, words):
        return SignOff(len(before), agency)
    return SignOff(len(before), None) if is_editing(inner, words) else None


def with_agency(text: str, words: Vocabulary) -> str | None:
    """The agency in "avec AFP", "with Reuters and AP", "La rédaction avec AFP"."""
    parts = text.strip(" .").replace(",", " ").split()
    if not 2 <= len(parts) <= WORDS_WITH_AGENCY:
        return None
    for i, part in enumerate(parts):
        if part.casefold() in words.with_words:
            rest = (p for p in parts[i:] if p.casefold() not in words.with_words)
            names = [p.rpartition("'")[2] for p in rest]
            whole = " ".join(names)
            return next((n for n in (whole, *names[:1]) if n in words.agencies), None)
        if not part[0].isupper() and part.casefold() not in words.newsrooms:
            return None
    return None


def is_editing(text: str, words: Vocabulary) -> bool:
    """Whether ``text`` says who wrote: "Reporting by Ann Lee; Editing by Tom Hart"."""
    low = text.casefold()
    if not low.startswith(words.editing):
        return False
    label = max((label for label in words.editing if low.startswith(label)), key=len)
    parts = text[len(label) :].split()
    capitals = sum(p[0].isupper() for p in parts)
    return bool(parts) and parts[0][0].isupper() and 2 * capitals >= len(parts)


def find_source(line: str, words: Vocabulary) -> Credit | None:
    """The source behind the last sentence of ``line``: "… avant midi. Source : AFP"."""
    colon = line.rfind(":", -LONGEST_CREDIT)
    found = _SOURCE_BEHIND.search(line, max(0, colon - 25)) if colon > 0 else None
    if not found or not is_plain_label(folded(found[1]), words) or is_phrase(found[2]):
        return None
    return Credit(found.start(), len(line), found[2].strip())


def is_plain_label(label: str, words: Vocabulary) -> bool:
    """Whether ``label`` may stand before the source of a text, and not only of an image."""
    return label in words.source_labels or label in words.text_credits


def is_sign_off_line(line: str, words: Vocabulary) -> str | None:
    """The agency when the whole line is a sign-off ("VNA/CVN", "- AVI", "(AFP)", "Lan Anh/VNA")."""
    if not may_name_agency(line, words):
        return None
    core = line.strip(" -–—().*[]")
    if agency := with_agency(core, words):
        return agency
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
