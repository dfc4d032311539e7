"""Characters that do not belong into running text: invisible, unreadable, or of the wrong kind.

One search finds them all. What becomes of each depends on its neighbours: a joiner makes one emoji
of two or shapes Persian and Indic letters, a direction mark belongs to right-to-left text, and a
narrow space is French typography. Those stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cached_property

from .repair import Repair


class Kind(StrEnum):
    """What is wrong with a character; each kind is a rule of its own."""

    INVISIBLE = "invisible"
    BYTE_ORDER_MARK = "byte-order mark"
    UNREADABLE = "unreadable"
    SPACE = "space"
    SURROGATE = "surrogate"
    LIGATURE = "ligature"


Finding = tuple[Kind, Repair]


class _Rare:
    """A pattern that hardly any document needs, compiled when one does."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        return self._compiled.match(text, at)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        return self._compiled.search(text, start, end)


# Said as what is fine, because the usual character is then settled by the first look-up.
_ODD = re.compile(
    "[^\t\n\r -~\xa0-\xac\xae-\u061b\u061d-\u180d\u180f-\u1fff\u2010-\u2027\u202f-\u205e"
    "\u2070-\u2fff\u3001-\ud7ff\uf900-\ufaff\ufb07-\ufdcf\ufdf0-\ufefe\uff00-\ufff8"
    "\U00010000-\U000dffff\U000e0080-\U000effff]"
)

# Control characters that are a quotation mark or dash of U+2010 to U+201F without its high byte,
# each where that sign would stand.
_LOW_BYTE = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1c": "“", "\x1d": "”"}
_LOW_BYTE_PLACE = _Rare(
    r"(?<=\w)\x19(?=\w)|(?<!\w)[\x18\x1c](?=\w)|(?<=[\w.,!?…])\x1d(?!\w)|(?<=\s)[\x13\x14](?=\s)"
)
_TERMINAL_COLOUR = _Rare(r"\x1b\[[0-9;]{0,20}[A-Za-z]")
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SURROGATE_PAIR = _Rare("[\ud800-\udbff][\udc00-\udfff]")

# Spaces thinner than a word space set off punctuation and group digits; there the narrow no-break
# space is the one that typography asks for.
_THIN = "\u2006\u2007\u2008\u2009\u200a"
_NARROW_PLACE = _Rare(f"(?<=\\d)[{_THIN}](?=\\d)|(?<=«)[{_THIN}]|[{_THIN}](?=[;:!?»%€])")
_NARROW = "\u202f"
_LINE_SEPARATORS = "\x0b\x0c\u2028\u2029"

_OPENERS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_CLOSERS = "\u202c\u2069"
_DIRECTION_MARKS = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT = _Rare(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# Scripts whose letters take another form beside a joiner; scripts without spaces, where a
# zero-width one separates words; scripts that are set with the ideographic space.
_JOINING = _Rare(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ua840-\ua8ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_UNSPACED = _Rare("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]")
_IDEOGRAPHIC = _Rare("[\u3001-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uffef]")
_EMOJI = _Rare("[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")
_FLAG_OF_A_REGION = _Rare("(?<=\U0001f3f4)[\U000e0020-\U000e007e]{1,16}\U000e007f")


def odd_characters(text: str) -> Iterator[Finding]:
    """Every odd character of ``text`` that should not stay, in text order."""
    at = 0
    line = _Line(text, 0)
    while found := _ODD.search(text, at):
        i = found.start()
        if i >= line.end:
            line = _Line(text, i)
        at, finding = _judge(text, i, line)
        if finding is not None:
            yield finding


class _Line:
    """What the characters of one line say about its direction marks, found out once."""

    def __init__(self, text: str, at: int) -> None:
        self.start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        self.end = len(text) if end < 0 else end
        self._text = text

    @cached_property
    def runs_right_to_left(self) -> bool:
        return _RIGHT_TO_LEFT.search(self._text, self.start, self.end) is not None

    @cached_property
    def paired(self) -> frozenset[int]:
        """Offsets of the direction controls that open and close an embedding or isolate."""
        open_controls: list[tuple[int, str]] = []
        paired: set[int] = set()
        for i in range(self.start, self.end):
            character = self._text[i]
            if character in _OPENERS:
                open_controls.append((i, _OPENERS[character]))
            elif character in _CLOSERS and open_controls and open_controls[-1][1] == character:
                paired |= {i, open_controls.pop()[0]}
        return frozenset(paired)


def _judge(text: str, i: int, line: _Line) -> tuple[int, Finding | None]:
    """Where to go on, and what is wrong with the character at ``i``, if anything."""
    character = text[i]
    judge = _JUDGES.get(character)
    if judge is not None:
        return i + 1, judge(text, i, line)
    if character <= "\x9f":
        return _control(text, i)
    if "\ud800" <= character <= "\udfff":
        return _surrogate(text, i)
    if character >= "\U000f0000" or "\ue000" <= character <= "\uf8ff":
        reason = "a sign of a font that did not come with the text"
        return i + 1, (Kind.UNREADABLE, Repair(i, i + 1, None, reason, 0.9))
    if "\U000e0020" <= character <= "\U000e007f" and (flag := _FLAG_OF_A_REGION.match(text, i)):
        return flag.end(), None
    return i + 1, _removed(i, i + 1, "invisible character")


def _removed(start: int, end: int, reason: str, certainty: float = 0.97) -> Finding:
    return Kind.INVISIBLE, Repair(start, end, "", reason, certainty)


def _control(text: str, i: int) -> tuple[int, Finding]:
    if escape := _TERMINAL_COLOUR.match(text, i):
        return escape.end(), _removed(i, escape.end(), "terminal escape sequence")
    if _LOW_BYTE_PLACE.match(text, i):
        reason = "control character for a quotation mark or dash"
        repair = Repair(i, i + 1, _LOW_BYTE[text[i]], reason, 0.9)
        return i + 1, (Kind.INVISIBLE, repair)
    return i + 1, _removed(i, i + 1, "control character")


def _surrogate(text: str, i: int) -> tuple[int, Finding]:
    if pair := _SURROGATE_PAIR.match(text, i):
        whole = pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
        repair = Repair(i, i + 2, whole, "two surrogates for one character", 0.99)
        return i + 2, (Kind.SURROGATE, repair)
    repair = Repair(i, i + 1, "\ufffd", "half of a character, which no file can hold", 0.9)
    return i + 1, (Kind.SURROGATE, repair)


def _soft_hyphen(text: str, i: int, line: _Line) -> Finding:
    """Between digits it stands for a hyphen: numbers are not hyphenated."""
    if text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
        repair = Repair(i, i + 1, "-", "soft hyphen between numbers", 0.8)
        return Kind.INVISIBLE, repair
    return _removed(i, i + 1, "soft hyphen")


def _joiner(text: str, i: int, line: _Line) -> Finding | None:
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if _JOINING.match(before) or _JOINING.match(after):
        return None
    if text[i] == "\u200d" and _EMOJI.match(before) and _EMOJI.match(after):
        return None
    return _removed(i, i + 1, "joiner between letters that do not join")


def _zero_width_space(text: str, i: int, line: _Line) -> Finding | None:
    if _UNSPACED.match(text[i - 1 : i]) or _UNSPACED.match(text[i + 1 : i + 2]):
        return None
    return _removed(i, i + 1, "zero-width space")


def _vowel_separator(text: str, i: int, line: _Line) -> Finding | None:
    if "\u1800" <= text[i - 1 : i] <= "\u18af":
        return None
    return _removed(i, i + 1, "invisible character")


def _direction_mark(text: str, i: int, line: _Line) -> Finding | None:
    if line.runs_right_to_left:
        return None
    return _removed(i, i + 1, "direction mark in left-to-right text")


def _direction_control(text: str, i: int, line: _Line) -> Finding | None:
    if not line.runs_right_to_left:
        return _removed(i, i + 1, "direction control in left-to-right text")
    if i not in line.paired:
        return _removed(i, i + 1, "direction control without its counterpart")
    return None


def _line_separator(text: str, i: int, line: _Line) -> Finding:
    return Kind.SPACE, Repair(i, i + 1, "\n", "line separator", 0.98)


def _wide_space(text: str, i: int, line: _Line) -> Finding | None:
    if text[i] == "\u3000" and (
        _IDEOGRAPHIC.match(text[i - 1 : i]) or _IDEOGRAPHIC.match(text[i + 1 : i + 2])
    ):
        return None
    return Kind.SPACE, Repair(i, i + 1, " ", "space of another width", 0.97)


def _thin_space(text: str, i: int, line: _Line) -> Finding:
    if _NARROW_PLACE.match(text, i):
        repair = Repair(i, i + 1, _NARROW, "breakable thin space", 0.95)
        return Kind.SPACE, repair
    return Kind.SPACE, Repair(i, i + 1, " ", "space of another width", 0.97)


def _byte_order_mark(text: str, i: int, line: _Line) -> Finding:
    return Kind.BYTE_ORDER_MARK, Repair(i, i + 1, "", "byte-order mark", 0.99)


def _lost(text: str, i: int, line: _Line) -> Finding:
    return Kind.UNREADABLE, Repair(i, i + 1, None, "replacement character: a lost letter", 0.99)


def _ligature(text: str, i: int, line: _Line) -> Finding:
    return Kind.LIGATURE, Repair(i, i + 1, _LIGATURES[text[i]], "ligature of a typeface", 0.98)


_Judge = Callable[[str, int, _Line], Finding | None]

_JUDGES: dict[str, _Judge] = {
    "\xad": _soft_hyphen,
    "\u180e": _vowel_separator,
    "\u200b": _zero_width_space,
    "\ufeff": _byte_order_mark,
    "\ufffd": _lost,
    **dict.fromkeys("\u200c\u200d", _joiner),
    **dict.fromkeys(_DIRECTION_MARKS, _direction_mark),
    **dict.fromkeys((*_OPENERS, *_CLOSERS), _direction_control),
    **dict.fromkeys(_LINE_SEPARATORS, _line_separator),
    **dict.fromkeys(_THIN, _thin_space),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u205f\u3000", _wide_space),
    **dict.fromkeys(_LIGATURES, _ligature),
}
