"""What a page states about its article, gathered from the blocks that leave the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, count
from urllib.parse import urlsplit

from ..document import Facts, Role
from .features import Shapes
from .furniture import Furniture
from .headers import find_byline, find_date, without_date_labels
from .lines import Line
from .pieces import find_url
from .vocabulary import Vocabulary

_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?!\d)")
_NAME_WORDS = (2, 5)
_BYLINE_WORDS = 8


def facts_of(
    lines: Sequence[Line],
    shapes: Shapes,
    found: Furniture,
    words: Vocabulary,
    *,
    day_first: bool,
) -> Facts:
    """The facts that the lines state; nothing is guessed."""
    url = source = None
    verdicts = found.verdicts
    dates: list[str] = []
    columns = shapes.columns
    prose = compress(count(), columns.prose)
    body = next((i for i in prose if verdicts[i] is None), len(lines))
    roles = [verdict and verdict.role for verdict in verdicts]
    if Role.SOURCE in roles:
        for line, role in zip(lines, roles, strict=True):
            if role is Role.SOURCE:
                url = url or find_url(line.text)
                source = source or _source_name(line.text)
    for i in compress(count(), columns.date):
        if (
            columns.date[i] >= 2
            and columns.words[i] <= 20
            and (roles[i] is Role.DATE_HEADER or (i < body and roles[i] not in (None, Role.SOURCE)))
        ):
            date = find_date(lines[i].text, words, day_first=day_first)
            if date:
                dates.append(date[0])
    for line in lines[: body + 1][-1:]:
        head = line.text[:80].partition(")")[0]
        date = find_date(head, words, day_first=day_first) if found.dateline else None
        if date:
            dates.append(date[0])
    place, agency = found.dateline or (None, None)
    images = tuple(
        image
        for i, image in sorted(found.images.items())
        if (verdict := verdicts[i]) is None or verdict.role in (Role.CAPTION, Role.CREDIT)
    )
    return Facts(
        dateline=place,
        agency=agency or found.agency,
        published=dates[0] if dates else _date_of_address(url),
        url=url,
        source=source,
        author=_author(lines, shapes, body, words),
        images=images,
    )


def _source_name(line: str) -> str | None:
    """What a source line names: the host of an address, else its words."""
    address = find_url(line)
    if address:
        host = urlsplit(address if "//" in address else "//" + address).netloc
        return host.removeprefix("www.") or None
    _, colon, name = line.partition(":")
    return name.strip() or None if colon else None


def _date_of_address(url: str | None) -> str | None:
    found = _DATE_IN_ADDRESS.search(url or "")
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return None
    return "-".join(found.groups())


def _author(lines: Sequence[Line], shapes: Shapes, body: int, words: Vocabulary) -> str | None:
    """The name in a byline above the ``body`` ("Par Anne Roy")."""
    for i in compress(range(body), shapes.columns.byline):
        line = lines[i].text
        dated = find_date(line, words)
        head = without_date_labels(line[: dated[1]], words) if dated else line
        head = re.split(r"\s[|–—-]\s|,|\d", head)[0].strip()
        low = head.casefold() + " "
        label = max((b for b in words.bylines if low.startswith(b)), key=len, default="")
        if not label or len(head.split()) > _BYLINE_WORDS:
            continue
        name = find_byline(head, words) or head[len(label) :].strip()
        parts = name.split()
        if _NAME_WORDS[0] <= len(parts) <= _NAME_WORDS[1] and all(p[0].isupper() for p in parts):
            return name
    return None
