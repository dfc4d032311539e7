"""HTML character references that the scraper did not decode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .repair import Repair

# "&amp;amp;eacute;" was escaped three times: the leading ampersands are undone together, so that
# one pass is enough whatever the depth. Names have at most 31 letters in HTML.
_REFERENCE = re.compile(
    r"&((?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);)*)"
    r"(?:(\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|nbsp(?![\w;=]))"
)
_OPEN_REFERENCE = re.compile(r"&#?[A-Za-z0-9]{0,31}\Z")
_TAG = re.compile(r"<[A-Za-z/!]")
_ADDRESS = re.compile(r"(?:://|www\.)\S*\Z")

_LONGEST_ADDRESS = 2000
_LINE_ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"})


def references(text: str) -> Iterator[Repair]:
    """Each reference left in ``text``, with the character it stands for."""
    if "&" not in text:
        return
    start = 0
    for line in text.split("\n"):
        if "&" in line and not _TAG.search(line):
            for found in _REFERENCE.finditer(line):
                repair = _decoded(found)
                if repair is not None and not _belongs_to_code(line, repair):
                    yield repair.moved(start)
        start += len(line) + 1


def _decoded(found: re.Match[str]) -> Repair | None:
    """What ``found`` stands for; the leading ampersand alone where the rest is no reference."""
    name = found[2] or "nbsp"
    after = _character(name)
    if after is not None:
        return Repair(found.start(), found.end(), after, f"HTML reference &{name};", 0.98)
    if found[1]:
        return Repair(found.start(), found.end(1), "&", "HTML reference &amp;", 0.98)
    return None


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


def _belongs_to_code(line: str, repair: Repair) -> bool:
    """Markup, addresses, and references that stand inside another one are left alone.

    Undoing an inner one would make a new reference out of the pieces, and so on without end.
    """
    start, after = repair.start, repair.after or ""
    before = line[max(0, start - _LONGEST_ADDRESS) : start]
    return bool(
        (_joins(after) and _OPEN_REFERENCE.search(before[-33:]))
        or (after != "&" and _ADDRESS.search(before))
        or (before.endswith("`") and line.startswith("`", repair.end))
    )


def _joins(after: str) -> bool:
    """Whether ``after`` can be part of a reference, or is removed and lets its neighbours join."""
    if after.isascii():
        return after.isalnum() or after in ("", "#", ";")
    return not after.isprintable() and not after.isspace()
