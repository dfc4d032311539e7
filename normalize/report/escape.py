"""Text from documents made harmless for the place where it is shown."""

from __future__ import annotations

import json
import re
from typing import Any

# Control characters (C0, DEL, C1), line and paragraph separators, surrogates, and format
# characters, among them the bidirectional controls that reorder what a person sees.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_VISIBLE = re.compile(_UNSEEN.pattern[:-1] + r"\\]")


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


def visible(text: str) -> str:
    """One line without anything that a terminal obeys or a reader cannot see.

    What is replaced is written as in Python (``\\x1b``, ``\\u202e``), so a backslash is doubled.
    """
    return _VISIBLE.sub(_escaped, text)


def marked(text: str) -> str:
    """Text with everything unseen written as its number (``U+202E``), for a page."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def _json_escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def json_text(data: Any) -> str:
    """``data`` as one line of JSON in which letters stand as they are and the unseen is escaped."""
    return harmless_json(json.dumps(data, ensure_ascii=False, allow_nan=False))


def harmless_json(text: str) -> str:
    """JSON on one line with the unseen escaped; it says the same."""
    return _UNSEEN.sub(_json_escaped, text)


def shorten(text: str, most: int) -> str:
    """At most ``most`` code points of a text: its beginning, and how many more there are."""
    return text if len(text) <= most else f"{text[:most]}… (+{len(text) - most})"


_TICKS = re.compile("`+")


def code_span(text: str) -> str:
    """Text as Markdown code: nothing in it is markup, a mention or a link, also in a table cell."""
    shown = visible(text).replace("|", "\\|")
    if not shown.strip():
        return f"`·{shown}·`" if shown else "` `"
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    pad = " " if "`" in (shown[0], shown[-1]) or (shown[0] == shown[-1] == " ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


_MARKUP = re.compile(r"[\\`*\[\]<>&|~!#@]|(?<![^\W_])_|_(?![^\W_])|://|(?<=www)\.|^[-+=.)\d ]+")


def markdown(text: str) -> str:
    """Text as Markdown prose on one line: no markup, no HTML, no link, also in a table cell."""
    shown = _UNSEEN.sub(_escaped, text)
    return _MARKUP.sub(lambda m: "".join(map(_entity, m[0])), shown)


def _entity(character: str) -> str:
    if character.isalnum() or character in " /":
        return character
    return f"&#{ord(character)};"
