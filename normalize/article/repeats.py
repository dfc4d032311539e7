"""Blocks that say again what another block of the document says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import compress, count

from ..document import Role
from .features import Shapes
from .lines import Line
from .marks import Cut, Ground, Verdict

LEAST_LETTERS = 60
"""Shorter paragraphs may come twice on purpose ("Il a dit non.")."""
LEAST_LETTERS_OF_LEDE = 40
FIRST, HEAD = 4, 30
"""Letters by which paragraphs are told apart at first, and then."""
MOST_COPIES = 2
"""What comes more often is a refrain or a question put to several people."""


def letters(text: str) -> str:
    """The letters and digits of ``text`` alone: no white space, case, marks or punctuation.

    Two paragraphs with the same letters differ at most in joined words, in spelling of names or
    in typography.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "d")
    return "".join(filter(str.isalnum, text)).casefold()


def body_letters(line: Line, cuts: Sequence[Cut], *, most: int | None = None) -> str:
    """The letters of a line without dateline, sign-off and glued caption; the first ``most``."""
    return letters(_body(line, cuts)[: most and 2 * most])[:most]


def _body(line: Line, cuts: Sequence[Cut]) -> str:
    start, end = line.start, line.end
    for cut in cuts:
        if cut.start == line.start:
            start = max(start, cut.end)
        elif cut.end == line.end:
            end = min(end, cut.start)
    return line.text[start - line.start : end - line.start]


def mark_repeats(
    lines: Sequence[Line],
    shapes: Shapes,
    verdicts: list[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
    lede: int | None,
) -> None:
    """Give paragraphs that come again, and a lede that the body repeats, their verdicts."""
    if lede is not None:
        key = body_letters(lines[lede], cuts.get(lede, ()))
        if len(key) >= LEAST_LETTERS_OF_LEDE and _lede_is_repeated(
            key, lede, lines, shapes, verdicts, cuts
        ):
            reason = "the first paragraph repeats it word for word"
            verdicts[lede] = Verdict(Role.LEDE, Ground.REPEATS, 0.97, reason)
    for copies in _groups(lines, shapes, verdicts, cuts):
        first, *others = copies
        if len(copies) <= MOST_COPIES and not lines[first].text.endswith("?"):
            for i in others:
                reason = f"repeats the paragraph in line {first + 1}"
                verdicts[i] = Verdict(Role.DUPLICATE, Ground.REPEATS, 0.95, reason)


def _groups(
    lines: Sequence[Line],
    shapes: Shapes,
    verdicts: Sequence[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
) -> list[list[int]]:
    """Paragraphs with the same letters, told apart by their first few and their beginnings."""

    def first(i: int) -> str:
        body = _body(lines[i], cuts.get(i, ()))
        few = letters(body[: 4 * FIRST])[:FIRST]
        return few if len(few) == FIRST else letters(body)[:FIRST]

    def head(i: int) -> str:
        return body_letters(lines[i], cuts.get(i, ()), most=HEAD)

    def whole(i: int) -> str:
        return body_letters(lines[i], cuts.get(i, ()))

    groups = [
        [
            i
            for i in compress(count(), shapes.columns.prose)
            if verdicts[i] is None and len(lines[i].text) >= LEAST_LETTERS
        ]
    ]
    for key in (first, head, whole):
        groups = [same for members in groups for same in _alike(members, key)]
    return [same for same in groups if len(whole(same[0])) >= LEAST_LETTERS]


def _alike(places: Sequence[int], key: Callable[[int], str]) -> list[list[int]]:
    """The places that have the same key as another one, together."""
    by_key: dict[str, list[int]] = {}
    for i in places:
        by_key.setdefault(key(i), []).append(i)
    return [same for same in by_key.values() if len(same) > 1]


def _lede_is_repeated(
    key: str,
    lede: int,
    lines: Sequence[Line],
    shapes: Shapes,
    verdicts: Sequence[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
) -> bool:
    for i in range(lede + 1, len(lines)):
        if verdicts[i] is None and shapes[i].prose:
            return body_letters(lines[i], cuts.get(i, ())).startswith(key)
    return False
