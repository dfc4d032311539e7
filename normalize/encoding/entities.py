"""HTML character references that the scraper did not decode."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from .repair import Repair

# "&amp;amp;eacute;" was escaped three times: the leading ampersands are undone together, so that
# one pass is enough whatever the depth. Names have at most 31 letters in HTML.
_REFERENCE = re.compile(
    r"&((?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);)*)"
    r"(?:(\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|nbsp(?![\w;=]))"
)
_OPEN_REFERENCE = re.compile(r"&#?[A-Za-z0-9]{0,31}\Z")
_TAG = re.compile(r"<[A-Za-z/!]")
_ADDRESS = re.compile(r"(?:://|www\.)\S+")

_LINE_ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"})


def references(text: str) -> Iterator[Repair]:
    """Each reference left in ``text``, with the character it stands for."""
    if "&" not in text:
        return
    start = 0
    for line in text.split("\n"):
        if "&" in line and not _TAG.search(line):
            for repair in _of_line(line):
                yield repair.moved(start)
        start += len(line) + 1


def _of_line(line: str) -> Iterator[Repair]:
    addresses = [found.span() for found in _ADDRESS.finditer(line)]
    for found in _REFERENCE.finditer(line):
        repair = _decoded(found)
        if repair is None or _is_quoted(line, repair):
            continue
        if repair.after != "&" and _is_inside(repair, addresses):
            continue
        yield repair


def _decoded(found: re.Match[str]) -> Repair | None:
    """What ``found`` stands for; the leading ampersand alone where the rest is no reference."""
    name = found[2] or "nbsp"
    after = _character(name)
    if after is not None:
        return Repair(found.start(), found.end(), after, f"HTML reference &{name};", 0.98)
    if found[1]:
        return Repair(found.start(), found.end(1), "&", "HTML reference &amp;", 0.98)
    return None


@lru_cache(maxsize=4096)
def _character(name: str) -> str | None:
    from html import unescape  # its table of names takes a millisecond that few runs need
    from html.entities import html5

    if name[0] != "#" and name + ";" not in html5:
        # A title in capitals turns "&eacute;" into "&EACUTE;".
        letter = html5.get(name.capitalize() + ";", "")
        return letter if name.isupper() and letter.isupper() else None
    character = unescape(f"&{name};")
    if "\ufffd" in character or any("\ud800" <= c <= "\udfff" for c in character):
        return None
    return character.translate(_LINE_ENDS)


def _is_inside(repair: Repair, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (repair.start, repair.start)) - 1
    return at >= 0 and repair.start < spans[at][1]


def _is_quoted(line: str, repair: Repair) -> bool:
    """Whether the reference stands in backticks, or inside another reference.

    Undoing an inner one would make a new reference out of the pieces, and so on without end.
    """
    before = line[max(0, repair.start - 33) : repair.start]
    if before.endswith("`") and line.startswith("`", repair.end):
        return True
    return _joins(repair.after or "") and _OPEN_REFERENCE.search(before) is not None


def _joins(after: str) -> bool:
    """Whether ``after`` can be part of a reference, or is removed and lets its neighbours join."""
    if after.isascii():
        return after.isalnum() or after in ("", "#", ";")
    return not after.isprintable() and not after.isspace()
