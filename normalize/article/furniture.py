"""Lines, and pieces of lines, that say by their own words what they are.

Credits and captions, datelines, sign-offs, sources, date headers, comment and share widgets, and
markers. This is the explicit evidence: it holds for a page and for a clean article alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress, count
from operator import not_

from ..document import Image, Role
from .datelines import find_dateline
from .features import (
    ADDRESS,
    COMMENT,
    END_STOP,
    LABEL,
    MARKER,
    MENU,
    NONE,
    SHARE,
    SOURCE,
    WORDS_OF_HEADER,
    WORDS_OF_SIGN_OFF,
    Shape,
    Shapes,
    is_paragraph,
)
from .headers import find_date, header_parts, is_date_header, is_relative_date
from .lines import Line, folded, split_label
from .marks import Cut, Ground, Verdict
from .pieces import (
    WORDS_OF_CAPTION,
    Credit,
    find_credit,
    find_url,
    glued_credit,
    is_editing,
    is_phrase,
    is_plain_label,
    is_sign_off_line,
)
from .tokens import AGENCY, CLOCK, COLON, HEADER, NUMBERED
from .vocabulary import BEGINNING, Vocabulary

SURE = 0.97
LIKELY = 0.9
REPORTED = 0.4
"""Certainty of what is reported only."""
LONGEST_LABEL, WORDS_OF_SOURCE = 40, 12
"""Code points of an image's label, and words of the line that names its source, at most."""
MOST_NAMES = 4
"""Words of a photographer's name at most."""
WORDS_OF_PARAGRAPH, WORDS_OF_LAST_PARAGRAPH = 35, 12
"""Words from which what ends in a credit without the word "photo" is a paragraph; and at the end
of a text."""
WORDS_OF_ITEM, LEAST_ITEMS = 8, 2
"""Words of an item with a label at most, and how many others stand beside one in a list."""
WORDS_OF_DATE = 5
OPENINGS = 3
"""Paragraphs among which the article begins: it may follow a lede or an editor's note."""
EDGE = 3
"""Lines right above and right below the prose that are read though no list has their words."""
WORDS_OF_WAY, WORDS_OF_SUBJECT, WORDS_OF_RIGHTS = 12, 4, 30
"""Words of the way to a page, of a subject of the article, and of a line about rights, at most."""
_STEP = re.compile(r"\s+[>/|→]\s+|\s*[›»]\s*")
"""What stands between the steps of the way to a page."""
_INITIALS = re.compile(r"(?:[A-Z]{2,5} )?(?:[a-z]{2,4}-)?[a-z]{1,5}(?:/[a-z]{1,5})+")
"""Of who wrote and edited an agency's report: "jcp/ddp", "bur-abc/de"."""
MOST_ADDRESSES = 2
"""More lines that are an address alone are a list, which is of the article."""


@dataclass
class Furniture:
    """What the lines say by themselves.

    Attributes:
        verdicts: one for each line; ``None`` where a line says nothing.
        cuts: pieces of lines.
        signed: lines that end in a sign-off, or are one.
        weak: those of them that are the bare name of an agency.
        images: captions and credits, by line.
        dateline: place and agency of the first dateline.
        agency: of the last sign-off.
    """

    verdicts: list[Verdict | None]
    cuts: list[Cut] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    weak: set[int] = field(default_factory=set)
    images: dict[int, Image] = field(default_factory=dict)
    dateline: tuple[str | None, str | None] | None = None
    agency: str | None = None

    @classmethod
    def empty(cls, count: int) -> Furniture:
        """Nothing known of ``count`` lines."""
        return cls([None] * count)

    def take(self, other: Furniture, places: Sequence[int]) -> None:
        """Take over what was found out about the lines at ``places``."""
        if len(places) == len(self.verdicts):
            self.verdicts = other.verdicts
        else:
            for i, verdict in zip(places, other.verdicts, strict=True):
                self.verdicts[i] = verdict
        self.cuts = other.cuts
        self.signed = [places[i] for i in other.signed]
        self.images |= {places[i]: image for i, image in other.images.items()}
        self.dateline = self.dateline or other.dateline
        self.agency = self.agency or other.agency

    def cuts_by_line(self, lines: Sequence[Line]) -> dict[int, list[Cut]]:
        """The pieces to cut by the line they stand in."""
        if not self.cuts:
            return {}
        starts = [line.start for line in lines]
        out: dict[int, list[Cut]] = {}
        for cut in self.cuts:
            out.setdefault(bisect_right(starts, cut.start) - 1, []).append(cut)
        return out


def furniture(lines: Sequence[Line], shapes: Shapes, words: Vocabulary) -> Furniture:
    """Look at every line by itself and at where the prose begins and ends."""
    columns = shapes.columns
    prose = [
        i
        for i in compress(count(), columns.prose)
        if not columns.credit[i] and (i or is_paragraph(shapes[i]))
    ]
    found = Furniture.empty(len(lines))
    if not prose:
        return found
    first, last = prose[0], prose[-1]
    openings = prose[:OPENINGS]
    loud = [*compress(count(), map(not_, columns.quiet))]
    addresses = sum(shapes[i].words == 1 and shapes[i].symbol == ADDRESS for i in loud)
    title = folded(lines[0].text)
    in_list: Collection[int] = ()
    if any(shapes[i].credit for i in loud):
        in_list = labelled_lists(shapes, words)
    dated = any(first <= i < last and _is_bare_date(shapes[i]) and _heads(i, shapes) for i in loud)
    edges = [*range(min(EDGE, first)), *range(max(EDGE, first - EDGE), first)]
    edges += range(last, min(last + EDGE + 1, len(lines)))
    for i in sorted({*loud, *openings, *edges}):
        line, s = lines[i], shapes[i]
        verdict = None
        if s.quiet:
            if i in edges:
                verdict = _edge(line.text, s, words, above=i < first, behind=i > last)
            if verdict is None and i in openings:  # of which a dateline may be cut
                _ends(i, line, s, words, found, opening=True)
            found.verdicts[i] = found.verdicts[i] or verdict
            continue
        n_cuts = len(found.cuts)
        heads = s.kind == MARKER and i < last and _heads(i, shapes)
        if i not in in_list:
            verdict = _caption(i, line, s, words, title, found, behind=i > last)
        if verdict is None:
            verdict = _whole_line(
                i,
                line,
                s,
                words,
                found,
                first,
                last,
                addresses,
                head=openings[:2][-1],
                heads=heads,
                dated=dated,
            )
        if verdict is None and i in edges:
            verdict = _edge(line.text, s, words, above=i < first, behind=i > last)
        found.verdicts[i] = verdict
        if verdict is None and len(found.cuts) == n_cuts:
            _ends(i, line, s, words, found, opening=i in openings)
    _mark_subjects(shapes, words, found, last)
    return found


def _mark_subjects(shapes: Shapes, words: Vocabulary, found: Furniture, last: int) -> None:
    """The subjects of the article below their label, one a line."""
    verdicts, kinds = found.verdicts, shapes.columns.kind
    labels = [
        i
        for i in range(last + 1, len(shapes))
        if kinds[i] == MENU and verdicts[i] is not None and shapes[i].folded in words.tags
    ]
    for label in labels:
        for i in range(label + 1, len(shapes)):
            if verdicts[i] is not None or shapes[i].words > WORDS_OF_SUBJECT:
                break
            reason = "a subject of the article"
            verdicts[i] = Verdict(Role.MENU, Ground.OWN_WORDS, LIKELY, reason)


def labelled_lists(shapes: Shapes, words: Vocabulary) -> set[int]:
    """The lines in a list of labels and names, as below a film: "Image : Luc Petit"."""
    labels = {
        i: label
        for i, s in enumerate(shapes)
        if s.says & COLON and s.words <= WORDS_OF_ITEM and (label := split_label(s.folded)[0])
    }
    other = {i for i, n in labels.items() if n not in words.credit_labels and n not in words.lines}
    return {i for i in labels if len(other.intersection(range(i - 2, i + 3))) >= LEAST_ITEMS}


def _heads(i: int, shapes: Shapes) -> bool:
    """Whether line ``i`` stands by itself between two paragraphs, as a heading does."""
    return 0 < i < len(shapes) - 1 and all(is_paragraph(shapes[j]) for j in (i - 1, i + 1))


def _is_bare_date(s: Shape) -> bool:
    """Whether a line is hardly more than a date, as the headings of a diary are."""
    return s.date in (2, 3) and s.words <= WORDS_OF_DATE


def _caption(
    i: int,
    line: Line,
    s: Shape,
    words: Vocabulary,
    title: str,
    found: Furniture,
    *,
    behind: bool,
) -> Verdict | None:
    """A caption or a credit; one that runs into a sentence is cut off instead."""
    if (labelled := _labelled_image(line.text, words)) is not None:
        found.images[i], role = labelled
        return Verdict(role, Ground.OWN_WORDS, SURE, "labelled as an image's")
    numbered = words.numbered.search(line.text) if s.says & NUMBERED else None
    if numbered or (s.words > 12 and ":" in line.text[:400]):
        glued = glued_credit(line.text, words)
        if (
            glued
            and len(line.text[glued.end :].split()) >= 8
            and _is_caption_head(line.text, glued, numbered)
        ):
            caption = line.text[: glued.start]
            found.images[i] = _image(caption, glued.name, title, words)
            found.cuts.append(
                Cut(
                    line.start,
                    line.start + glued.end,
                    Role.CAPTION,
                    SURE,
                    "a caption runs into the text",
                )
            )
            return None
    if s.credit and not _names_rights(line.text, words):
        credit = find_credit(line.text, words)
        if credit is not None and not _is_text(line.text, credit, s, words, behind=behind):
            return _credited(i, line, s, credit, title, words, found)
        if credit is not None:
            found.cuts.append(_source_cut(line, credit))
    if numbered and s.words <= WORDS_OF_CAPTION:
        found.images[i] = _image(line.text, None, title, words)
        return Verdict(Role.CAPTION, Ground.OWN_WORDS, SURE, "a numbered image label")
    return None


def _labelled_image(text: str, words: Vocabulary) -> tuple[Image, Role] | None:
    """What a line says of an image behind its label: "Image source, Getty Images"."""
    low = text[:LONGEST_LABEL].casefold()
    if not low.startswith(words.image_labels):
        return None
    for label in words.image_sources:
        if low.startswith(label) and len(text.split()) <= WORDS_OF_SOURCE:
            return Image(None, text[len(label) :].strip() or None), Role.CREDIT
    for label in words.captions:
        if low.startswith(label):
            return Image(text[len(label) :].strip() or None, None), Role.CAPTION
    return None


def _is_text(text: str, credit: Credit, s: Shape, words: Vocabulary, *, behind: bool) -> bool:
    """Whether the credit names the source of a paragraph, and not of an image.

    Its label may stand behind either. Then the end of the text, or its length, tells.
    """
    label = folded(text[credit.start :].partition(":")[0])
    head = text[: credit.start].rstrip(" (")
    least = WORDS_OF_LAST_PARAGRAPH if behind else WORDS_OF_PARAGRAPH
    return (
        (is_plain_label(label, words) or text[credit.start] == "©")
        and head.endswith((".", "!", "?", "…", "»", "”", '"'))
        and s.words >= least
    )


def _source_cut(line: Line, source: Credit) -> Cut:
    before = line.text[: source.start].rstrip()
    start = line.start + len(before)
    return Cut(start, line.end, Role.SOURCE, SURE, f"the source of the text ({source.name})")


def _is_caption_head(text: str, glued: Credit, numbered: object) -> bool:
    return numbered is not None or len(text[: glued.start].split()) <= 40


def _credited(
    i: int, line: Line, s: Shape, credit: Credit, title: str, words: Vocabulary, found: Furniture
) -> Verdict | None:
    head = line.text[: credit.start].rstrip(" (-–—|/")
    if not head:
        found.images[i] = _image(None, credit.name, title, words)
        return Verdict(Role.CREDIT, Ground.OWN_WORDS, SURE, "an image credit")
    if s.words > WORDS_OF_CAPTION or _is_quoted(head, words):
        return None
    found.images[i] = _image(head, credit.name, title, words)
    return Verdict(
        Role.CAPTION, Ground.OWN_WORDS, LIKELY, f"ends in an image credit ({credit.name})"
    )


def _is_quoted(head: str, words: Vocabulary) -> bool:
    """Whether a sentence quotes the credit behind it: "the caption read: Ann Lee/AFP"."""
    before, colon, name = head.rpartition(":")
    label = before.split()[-1:]
    return bool(
        colon
        and label
        and len(name.split()) <= MOST_NAMES
        and label[0].islower()
        and label[0] not in words.credit_labels
    )


def _image(caption: str | None, credit: str | None, title: str, words: Vocabulary) -> Image:
    """Caption and credit, without the numbered label and the title that it repeats."""
    if caption is not None:
        numbered = words.numbered.search(caption)
        if numbered:
            caption = caption[numbered.end() :]
        caption = caption.strip(" \u00a0()") or None
    return Image(caption, credit)


def _whole_line(
    i: int,
    line: Line,
    s: Shape,
    words: Vocabulary,
    found: Furniture,
    first: int,
    last: int,
    addresses: int,
    *,
    head: int,
    heads: bool,
    dated: bool,
) -> Verdict | None:
    """What a whole line is.

    A date with its hour may stand as low as above line ``head``. ``heads`` where it is a marker
    that stands between two paragraphs as a heading does, ``dated`` where dates are headings.
    """
    text = line.text
    stamped = s.says & CLOCK and i < head and find_date(text, words)  # behind the first paragraph
    outside = i < first or i > last or stamped
    may_be_title = i == 0 and first <= 1
    if (
        s.says & AGENCY
        and s.words <= WORDS_OF_SIGN_OFF
        and i != first
        and not may_be_title
        and (agency := is_sign_off_line(text, words))
    ):
        if i > first:
            found.signed.append(i)
            if text in words.agencies:
                found.weak.add(i)
            found.agency = agency
            return Verdict(Role.SIGN_OFF, Ground.OWN_WORDS, SURE, "the agency's sign-off")
        if agency.partition("/")[0] in words.wires:
            found.agency = agency
            return Verdict(Role.BYLINE, Ground.OWN_WORDS, LIKELY, "names the agency")
    if s.kind == SOURCE or (
        s.kind == LABEL
        and s.words <= 14
        and _label_is_source(s, words)
        and not is_phrase(text.partition(":")[2])
    ):
        return Verdict(Role.SOURCE, Ground.OWN_WORDS, SURE, "a source line")
    if i > last and addresses <= MOST_ADDRESSES and s.words == 1 and find_url(text):
        return Verdict(Role.SOURCE, Ground.OWN_WORDS, LIKELY, "an address by itself")
    if s.kind == COMMENT and (i > last or any(map(str.isdigit, text))):
        return Verdict(Role.COMMENT, Ground.OWN_WORDS, SURE, "a comment widget")
    if s.key in words.inserts and i != first and not may_be_title:
        return Verdict(Role.NOTICE, Ground.OWN_WORDS, LIKELY, "stands in for an insert of the page")
    if s.kind == SHARE and s.words <= 12:
        return Verdict(Role.SHARE, Ground.OWN_WORDS, LIKELY, "a share widget")
    if i > last and not s.prose and is_editing(text.strip("()[] "), words):
        return Verdict(Role.SIGN_OFF, Ground.OWN_WORDS, SURE, "who reported and edited")
    diary = dated and _is_bare_date(s)
    if (
        outside
        and not diary
        and s.says & HEADER
        and s.words <= WORDS_OF_HEADER
        and (role := _header(text, words, first=i == 0, title=may_be_title))
    ):
        return Verdict(role, Ground.OWN_WORDS, LIKELY, f"a {role}")
    if i > last and s.kind in (MENU, LABEL) and _label_of(s) in words.tags:
        return Verdict(Role.MARKER, Ground.OWN_WORDS, LIKELY, "gives the subjects of the article")
    if s.kind == MARKER:
        certainty = REPORTED if s.folded in words.headings and heads else LIKELY
        return Verdict(Role.MARKER, Ground.OWN_WORDS, certainty, "announces other articles")
    if s.words <= 30 and (
        (s.kind == LABEL and not s.prose and _label_is_marker(s, words))
        or (s.kind == NONE and s.end != END_STOP and points_elsewhere(text, words))
    ):
        return Verdict(Role.MARKER, Ground.OWN_WORDS, LIKELY, "points to another article")
    return None


@lru_cache(maxsize=4096)
def _header(text: str, words: Vocabulary, *, first: bool, title: bool) -> Role | None:
    """Date header or byline, by itself or both in one line, with the date first of the two.

    A title may have the look of the one or the other where it says nothing of a full date: the
    ``first`` line hardly, and where it is the only one that can be the ``title`` not at all.
    """
    if is_date_header(text, words, first=first):
        return Role.DATE_HEADER
    if title:
        return None
    if is_relative_date(text, words):
        return Role.DATE_HEADER
    byline, date = header_parts(text, words)
    return Role.DATE_HEADER if date else Role.BYLINE if byline else None


def _edge(text: str, s: Shape, words: Vocabulary, *, above: bool, behind: bool) -> Verdict | None:
    """What a line right above or right below the prose is, where its look tells with few words."""
    if above:
        if s.words <= WORDS_OF_WAY and is_way(text, words):
            return Verdict(Role.MENU, Ground.OWN_WORDS, LIKELY, "the way to the page")
        return None
    if behind and _INITIALS.fullmatch(text):
        return Verdict(Role.SIGN_OFF, Ground.OWN_WORDS, LIKELY, "initials of who wrote it")
    if (s.notice == 2 or s.credit) and s.words <= WORDS_OF_RIGHTS and _names_rights(text, words):
        return Verdict(Role.NOTICE, Ground.OWN_WORDS, LIKELY, "says who has the rights")
    return None


def _names_rights(text: str, words: Vocabulary) -> bool:
    """Whether a line speaks of the rights in a text: "© Riproduzione riservata"."""
    return any(map(text.casefold().__contains__, words.rights))


def is_way(text: str, words: Vocabulary) -> bool:
    """Whether a line is the way from the site's first page: "Accueil > Monde > Asie"."""
    label, colon, _ = text.partition(":")
    if colon and folded(label) in words.here:
        return True
    step = _STEP.search(text)
    return step is not None and folded(text[: step.start()]) in words.home


def points_elsewhere(text: str, words: Vocabulary) -> bool:
    """Whether a headline stands behind a marker of several words without a colon: "À lire aussi Le
    pont rouvrira"."""
    low = text[:LONGEST_LABEL].casefold()
    some = words.pointers.get(low[:BEGINNING], ())
    label = next(filter(low.startswith, some), "")  # the longest, for they come first
    return bool(label) and text[len(label) :][:1].isupper()


def _label_of(s: Shape) -> str:
    """The label of a line, or the line where it is one."""
    return split_label(s.folded)[0] or s.folded


def _label_is_source(s: Shape, words: Vocabulary) -> bool:
    return words.lines.get(split_label(s.folded)[0]) == "source"


def _label_is_marker(s: Shape, words: Vocabulary) -> bool:
    return words.lines.get(split_label(s.folded)[0]) == "marker"


def _ends(
    i: int, line: Line, s: Shape, words: Vocabulary, found: Furniture, *, opening: bool
) -> None:
    """Cut the dateline before and the sign-off or source behind the sentences of a line."""
    text = line.text
    if (opening or "(" in text[:80]) and (dateline := find_dateline(text, words, opening=opening)):
        if dateline.end >= len(text):
            found.verdicts[i] = Verdict(
                Role.DATELINE, Ground.OWN_WORDS, SURE, "a dateline by itself"
            )
        else:
            found.cuts.append(
                Cut(line.start, line.start + dateline.end, Role.DATELINE, SURE, "a dateline")
            )
        if found.dateline is None:
            found.dateline = (dateline.place, dateline.agency)
    if sign := s.sign:
        found.cuts.append(
            Cut(line.start + sign.start, line.end, Role.SIGN_OFF, SURE, "the agency's sign-off")
        )
        found.signed.append(i)
        if sign.bare:
            found.weak.add(i)
        found.agency = sign.agency or found.agency
    elif source := s.source:
        found.cuts.append(_source_cut(line, source))
