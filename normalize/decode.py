"""Bytes to text and back, byte for byte.

UTF-8 comes first, because text of another encoding is hardly ever valid UTF-8. A byte-order mark
is believed. Everything else needs the ``encoding`` setting: a single-byte encoding cannot be told
from another by its bytes, and a wrong guess writes mojibake.

Line ends belong to this border too. Rules see line feeds alone: :func:`line_end_edits` turns CR LF
and a lone CR into them, as edits, so that they come back with the raw text. The other line
separators of Unicode (U+0085, U+2028, U+2029, vertical tab, form feed) are characters of the text;
the ENC rules judge them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .edits import Edit, EditedText

LINE_END_RULE = "LAY003"

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_OF = {encoding: mark for mark, encoding in _MARKS}

# Names that ask for a mark or for the machine's byte order; without a mark, little-endian is what
# the web's encoding standard takes.
_PLAIN_NAME = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}

# Control bytes that text does not hold: C0 without tab, line feed, vertical tab, form feed,
# carriage return and escape; and delete.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}) + b"\x7f"

MOST_CONTROLS = 0.02
"""Above this share of control characters a file is not text. Text hurt by a scraper has a stray
one in thousands; compressed data, images and programs have one in ten."""

# The share of every second byte that must be NUL before UTF-16 is suggested.
_UTF16_SHARE = 0.5


class DecodeError(ValueError):
    """Bytes that are not text, or not text in the encoding that was tried."""


class EncodeError(ValueError):
    """Text that the encoding of its file cannot hold."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python name of its encoding, and whether a byte-order mark stood before it."""

    text: str
    encoding: str = "utf-8"
    bom: bool = False


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of ``data``; the byte-order mark is noted and is no part of the text.

    ``encoding`` is tried when the bytes have no mark and are not UTF-8. Raises ``DecodeError``
    with offset, line and byte, and what to try.
    """
    found = _marked(data) or _as_utf8(data)
    if found is not None and not _too_many_controls(found.text):
        return found
    if encoding is not None:
        return _as_asked(data, encoding)
    raise DecodeError(_explain(data))


def encode(decoded: Decoded, text: str) -> bytes:
    """``text`` as bytes in the way ``decoded`` was: the same encoding, the mark if there was one.

    ``encode(decode(data), decode(data).text) == data``. Raises ``EncodeError``.
    """
    mark = _MARK_OF[decoded.encoding] if decoded.bom else b""
    try:
        return mark + text.encode(decoded.encoding)
    except UnicodeEncodeError as error:
        at = error.start
        character = text[at]
        raise EncodeError(
            f"U+{ord(character):04X} at character {at} (line {_line(text, at)}) "
            f"cannot be written in {decoded.encoding}"
        ) from None


def can_be_written(text: str, decoded: Decoded) -> bool:
    """Whether the encoding of ``decoded`` has all characters of ``text``."""
    try:
        text.encode(decoded.encoding)
    except UnicodeEncodeError:
        return False
    return True


def line_end_edits(text: str) -> list[Edit]:
    """Edits that leave ``\\n`` as the only line end of ``text``; they are always right."""
    return [
        Edit(i, i + 1, "\r", "", LINE_END_RULE, 1.0, "CR LF line end")
        if text.startswith("\n", i + 1)
        else Edit(i, i + 1, "\r", "\n", LINE_END_RULE, 1.0, "CR line end")
        for i in _positions(text, "\r")
    ]


def with_own_line_ends(edited: EditedText) -> EditedText:
    """``edited`` with the carriage returns of the raw text back, as ``fix`` writes it.

    One stays away where it would mean something else than in the raw text: where the line feed
    that it stood before is gone, or where a line feed has come to stand behind it.
    """
    if "\r" not in edited.raw:
        return edited
    clean, kept = edited.text, list(edited.edits)
    at = len(clean)  # where the edit's replacement ends in the clean text
    following = ""  # the character that will stand behind it
    stop = len(edited.raw)
    for number in range(len(kept) - 1, -1, -1):
        edit = kept[number]
        at -= stop - edit.end
        if stop > edit.end:
            following = clean[at]
        width = len(edit.after or "")
        if edit.rule == LINE_END_RULE and (following == "\n") == (not edit.after):
            del kept[number]
            following = "\r"
        elif width:
            following = clean[at - width]
        at -= width
        stop = edit.start
    return EditedText(edited.raw, tuple(kept))


def _positions(text: str, character: str) -> Iterator[int]:
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding, bom=True)
            except UnicodeDecodeError:
                return None
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _as_asked(data: bytes, encoding: str) -> Decoded:
    """Decode by the setting. Codecs that would not give the same bytes back are refused."""
    try:
        name = codecs.lookup(encoding).name
        name = _PLAIN_NAME.get(name, name)
        text = data.decode(name)
        faithful = text.encode(name) == data
    except LookupError:
        raise DecodeError(f"encoding = {encoding!r} is not an encoding of text") from None
    except UnicodeDecodeError as error:
        raise DecodeError(f"not {encoding}: {_place(data, error.start)}") from None
    except UnicodeError:
        raise DecodeError(f"not {encoding}") from None
    if not faithful:
        raise DecodeError(f"{encoding} would not write the same bytes back")
    if _too_many_controls(text):
        raise DecodeError(f"is not text in {encoding}: too many control characters")
    return Decoded(text, name)


def _too_many_controls(text: str) -> bool:
    """Counted on characters, so that UTF-16 is judged by what it says and not by its NULs."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, _CONTROLS)) > MOST_CONTROLS * len(text)


def _explain(data: bytes) -> str:
    """Why ``data`` cannot be decoded, and what to try."""
    mark = next((encoding for m, encoding in _MARKS if data.startswith(m)), None)
    encoding = mark or "utf-8"
    body = data[len(_MARK_OF[encoding]) :] if mark else data
    try:
        body.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(data) - len(body)
        cut = "unexpected end" in error.reason or "truncated" in error.reason
        is_text = _control_share(body) <= MOST_CONTROLS
    else:  # it can, and has too many control characters
        at, cut, is_text = _first_control(data), False, False
    utf16 = _utf16_without_mark(data)
    if utf16:
        return f'looks like {utf16} without a byte-order mark: try encoding = "{utf16}"'
    if not is_text:
        return f"is not text: {_place(data, at)}"
    name = encoding.upper()
    if mark:
        return f"not valid {name}, which its byte-order mark names: {_place(data, at)}"
    if cut:
        return f"not valid {name}: the file ends inside a character ({_place(data, at)})"
    return f"not valid {name}: {_place(data, at)}; {_advice(body)}"


def _first_control(data: bytes) -> int:
    found = re.search(b"[" + re.escape(_CONTROLS) + b"]", data)
    return found.start() if found else 0


def _control_share(data: bytes) -> float:
    return 1 - len(data.translate(None, _CONTROLS)) / len(data) if data else 0.0


def _utf16_without_mark(data: bytes) -> str | None:
    """Western UTF-16 has a NUL in every second byte: the second of each pair in little-endian."""
    if len(data) % 2:
        return None
    half = len(data) / 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = data[first::2].count(0), data[1 - first :: 2].count(0)
        if zeros > _UTF16_SHARE * half and not others:
            return encoding
    return None


def _advice(data: bytes) -> str:
    """What to try with bytes that are not UTF-8."""
    lost = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    if high - lost > lost:
        return "most of the rest is UTF-8, so the file is damaged there"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return 'if it is text, name its encoding, such as encoding = "latin-1"'
    return 'it looks like windows-1252: try encoding = "cp1252"'


def _place(data: bytes, at: int) -> str:
    """``byte 0xE9 at offset 12 (line 1)``; lines are counted by line feeds."""
    byte = f"byte 0x{data[at]:02X}" if at < len(data) else "the end"
    line = data.count(b"\n", 0, at) + 1
    return f"{byte} at offset {at} (line {line})"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
