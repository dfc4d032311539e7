"""Checks that the schemas name and pandera does not have; registered with pandera by name.

A check of a value is a function from the value to a verdict; a check of a table is a function
from the frame to one verdict for each row. Each is named in the field's words, because its name
is what a person reads when a build fails.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd
from ftfy import fix_encoding
from ftfy.badness import is_bad
from pandera import extensions
from pandera.pandas import Check

from .encoding.mojibake import may_be_mojibake
from .readers import is_below
from .writers import portable_name as _portable

TABLE_CHECKS: dict[str, tuple[str, ...]] = {
    "span_in_order": ("start", "end", "before"),
    "applied_edits_disjoint": ("document", "start", "end"),
    "canonical_is_itself": ("canonical", "spelling", "status"),
}
"""Checks of a whole table, with the columns each one reads."""


def nfc(value: object) -> bool:
    """In Unicode normalization form C."""
    return isinstance(value, str) and unicodedata.is_normalized("NFC", value)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def no_control_characters(value: object) -> bool:
    """No control character but tab and line feed, no surrogate, no byte-order mark."""
    return isinstance(value, str) and _CONTROL.search(value) is None


def no_mojibake_left(value: object) -> bool:
    """Nothing that ftfy finds bad and knows how to repair."""
    if not isinstance(value, str):
        return False
    return not (may_be_mojibake(value) and is_bad(value) and fix_encoding(value) != value)


def not_blank(value: object) -> bool:
    """Holds something besides white space."""
    return isinstance(value, str) and bool(value.strip())


def single_line(value: object) -> bool:
    """Holds no line end."""
    return isinstance(value, str) and "\n" not in value and "\r" not in value


def portable_name(value: object) -> bool:
    """Can be a file name on any system as it stands."""
    return isinstance(value, str) and _portable(value) == value


def relative_path(value: object) -> bool:
    """A path below a folder: relative, with forward slashes, never upwards."""
    return isinstance(value, str) and is_below(value)


_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")


def iso_date(value: object) -> bool:
    """ISO 8601, as precise as known: year, month, day, or day and time; a day that exists."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        if "T" in value:
            datetime.fromisoformat(value)
        else:
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


_ADDRESS = re.compile(r"https?://[^\s/?#]\S*")


def web_address(value: object) -> bool:
    """An http or https address without white space."""
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def image_list(value: object) -> bool:
    """A list of mappings with ``caption`` and ``credit``, each a text or null."""
    return _is_list(value) and all(
        isinstance(item, dict)
        and set(item) == {"caption", "credit"}
        and all(part is None or isinstance(part, str) for part in item.values())
        for item in value  # type: ignore[attr-defined]
    )


def id_list(value: object) -> bool:
    """A sorted list of document ids, each once."""
    if not _is_list(value):
        return False
    ids = list(value)  # type: ignore[call-overload]
    return all(isinstance(item, str) for item in ids) and ids == sorted(set(ids))


def _is_list(value: object) -> bool:
    """Whether a cell is a list, in any form that a reader gives one."""
    return not isinstance(value, str | bytes | dict) and isinstance(value, Iterable)


_AROUND = 30
"""Code points of context on each side of what a check found."""


def excerpt(check: str, text: str) -> str:
    """The part of a failing text that ``check`` means; the whole text where it means no part."""
    at = None
    if check == "nfc":
        composed = unicodedata.normalize("NFC", text)
        at = next((i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), None)
    elif check == "no_control_characters" and (match := _CONTROL.search(text)):
        at = match.start()
    elif check == "no_mojibake_left":
        at = next(
            (text.find(line) for line in text.split("\n") if not no_mojibake_left(line)), None
        )
    elif check.startswith("no_boilerplate_marker_left"):
        return " / ".join(line for line in text.split("\n") if 0 < len(line) <= _MARKER_LENGTH)
    if at is None:
        return text
    start, stop = max(0, at - _AROUND), at + _AROUND
    return ("…" if start else "") + text[start:stop] + ("…" if stop < len(text) else "")


def no_boilerplate_marker_left(series: pd.Series[Any], lines: list[str]) -> pd.Series[bool]:
    """No line is one of ``lines`` (markers of what scrapers leave), case and digits aside."""
    markers = frozenset(map(_words, lines))

    def verdict(value: object) -> bool:
        return isinstance(value, str) and not any(
            len(line) <= _MARKER_LENGTH and _words(line) in markers for line in value.split("\n")
        )

    return pd.Series([verdict(value) for value in series], index=series.index, dtype=bool)


_MARKER_LENGTH = 60
"""Longer lines are prose: a marker with its colon, dots or count is a few words."""


def _words(line: str) -> str:
    """The words of a short line, without the colon, dots, count or arrow around them."""
    return re.sub(r"[\s\d()\[\]:.…>»→-]+", " ", line).strip().casefold()


def unique_ignoring_case(series: pd.Series[Any]) -> pd.Series[bool]:
    """No two values that one file system may take for the same name."""
    folded = series.map(lambda value: unicodedata.normalize("NFC", str(value)).casefold())
    return ~folded.duplicated(keep=False)


def span_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
    """``start <= end``, and ``before`` is as long as the span."""
    length = frame["before"].map(lambda value: len(value) if isinstance(value, str) else -1)
    return (frame["start"] <= frame["end"]) & (frame["end"] - frame["start"] == length)


def applied_edits_disjoint(frame: pd.DataFrame) -> pd.Series[bool]:
    """No applied edit starts before an earlier one of its document ends."""
    verdict = pd.Series(True, index=frame.index)
    applied = frame[frame["status"] == "applied"].sort_values(
        ["document", "start", "end"], kind="stable"
    )
    before = applied.groupby("document")["end"].cummax().groupby(applied["document"]).shift(1)
    verdict[applied.index] = ~(applied["start"] < before)
    return verdict


def canonical_is_itself(frame: pd.DataFrame) -> pd.Series[bool]:
    """A canonical spelling equals its canonical form; a variant does not.

    A spelling that is ambiguous or only probably another name is left alone, so it is its own.
    """
    same = frame["canonical"] == frame["spelling"]
    return (same & (frame["status"] != "variant")) | (~same & (frame["status"] != "canonical"))


def _value_check(verdict: Callable[[object], bool]) -> Callable[[pd.Series[Any]], pd.Series[bool]]:
    """A check of values as pandera wants it; nulls do not reach it."""

    def check(series: pd.Series[Any]) -> pd.Series[bool]:
        return pd.Series([verdict(value) for value in series], index=series.index, dtype=bool)

    check.__name__ = verdict.__name__
    check.__doc__ = verdict.__doc__
    return check


_VALUE_CHECKS = (
    nfc,
    no_control_characters,
    no_mojibake_left,
    not_blank,
    single_line,
    portable_name,
    relative_path,
    iso_date,
    web_address,
    image_list,
    id_list,
)


def register() -> None:
    """Make every check known to pandera; a second call changes nothing."""
    if "nfc" in Check.REGISTERED_CUSTOM_CHECKS:
        return
    add: Any = extensions.register_check_method
    for verdict in _VALUE_CHECKS:
        add(_value_check(verdict))
    add(no_boilerplate_marker_left, statistics=["lines"])
    for check in (
        unique_ignoring_case,
        span_in_order,
        applied_edits_disjoint,
        canonical_is_itself,
    ):
        add(check)
