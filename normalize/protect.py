"""Spans that no rule may touch: addresses, file names, handles, tags and code.

Each pattern starts at a character that is rare in prose and reads on without backtracking, so a
text costs one pass of each; a text without the character costs one search for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?:\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://|\bwww\d?\.|\bmailto:)[^\s<>«»“”\"]+")
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HANDLE = re.compile(r"(?<![\w@])[@#]\w[\w.-]*")
_PATH = re.compile(r"(?<![\w/\\])(?:[A-Za-z]:\\|\\\\|~?/|\.{1,2}/)[^\s\"'<>|]*[/\\][^\s\"'<>|]+")
_SNAKE = re.compile(r"(?<!\w)\w*[^\W_]_\w+")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_CODE = re.compile(r"(`+)(?!`)")
SUFFIXES = frozenset(
    "aac ai app asp avi bat biz bmp bz2 c cc cfg cn co com conf cpp cs css csv dat de dll doc docx"
    " edu eps epub es eu exe fr gif gov gz h hpp htm html http ico info ini int io ipynb it jar"
    " java jp jpeg jpg js json jsp kr lock log md mil mkv mov mp3 mp4 net odt ogg org pdf php pl"
    " png ppt pptx ps py rar rb rs rtf sh sql svg tar tex tgz tif tiff toml ts tsv tv txt uk us vn"
    " wav webm webp xls xlsx xml yaml yml zip".split()
)
"""Endings of file and host names, lower case."""

_FILE = re.compile(
    r"(?<![\w.@-])[\w-]{1,64}(?:\.[\w-]{1,64}){0,8}\.(?:" + "|".join(sorted(SUFFIXES)) + r")"
    r"(?:/[^\s<>«»“”\"]*)?(?![\w-])"
)
"""A file or host name: words joined by full stops, the last of which is a well-known suffix."""
_SUFFIX = re.compile(r"\.(?<=[\w-]\.)(?:" + "|".join(sorted(SUFFIXES)) + r")(?:/|(?![\w-]))")
"""What every ``_FILE`` holds, and few texts. It starts with what is rarest, which is looked for at
the speed of a string."""


def protected(text: str) -> list[tuple[int, int]]:
    """The protected spans of ``text``, ordered, disjoint, half open."""
    spans = sorted(_spans(text))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def covers(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``[start, end)`` shares a character with one of ``protected``'s spans."""
    at = bisect_right(spans, (end, -1)) - 1
    return at >= 0 and spans[at][0] < end and start < spans[at][1]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if "://" in text or "www" in text or "mailto:" in text:
        yield from (_trimmed(text, m) for m in _ADDRESS.finditer(text))
    if "@" in text:
        yield from (m.span() for m in _MAIL.finditer(text))
    if "@" in text or "#" in text:
        yield from (m.span() for m in _HANDLE.finditer(text))
    if "_" in text:
        yield from (m.span() for m in _SNAKE.finditer(text))
    if "/" in text or "\\" in text:
        yield from (_trimmed(text, m) for m in _PATH.finditer(text))
    if "`" in text or "~~~" in text:
        yield from _code(text)
    if _SUFFIX.search(text):
        yield from (_trimmed(text, m) for m in _FILE.finditer(text))


def _trimmed(text: str, match: re.Match[str]) -> tuple[int, int]:
    """A match without the punctuation of the sentence around it; brackets within it are its own."""
    start, end = match.span()
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start and text[end - 1] in ".,;:!?…)]}'’":
        if text[end - 1] == ")":
            if surplus <= 0:
                break
            surplus -= 1
        end -= 1
    return start, end


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Fenced blocks and back-quoted spans of Markdown."""
    at = 0
    fence: tuple[int, str] | None = None
    for match in _FENCE.finditer(text):
        mark = match.group(1)
        if fence is None:
            yield from _quoted(text, at, match.start())
            fence = (match.start(), mark)
        elif mark[0] == fence[1][0] and len(mark) >= len(fence[1]):
            at = match.end()
            yield fence[0], at
            fence = None
    if fence is None:
        yield from _quoted(text, at, len(text))


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Back-quoted spans of one paragraph; a run of back quotes closes at its equal."""
    opened: dict[str, int] = {}
    line = start
    for match in _CODE.finditer(text, start, end):
        if "\n\n" in text[line : match.start()]:
            opened.clear()
        line = match.start()
        mark = match.group(1)
        if mark in opened:
            yield opened.pop(mark), match.end()
            opened.clear()
        else:
            opened[mark] = match.start()
