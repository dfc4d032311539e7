"""Blocks that say again what another block of the document says."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from ..document import Role
from .features import Shape
from .lines import Line
from .marks import Cut, Ground, Verdict

LEAST_LETTERS = 60
"""Shorter paragraphs may come twice on purpose ("Il a dit non.")."""
LEAST_LETTERS_OF_LEDE = 40
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


def body_letters(line: Line, cuts: Sequence[Cut]) -> str:
    """The letters of a line without its dateline, sign-off and glued caption."""
    start, end = line.start, line.end
    for cut in cuts:
        if cut.start == line.start:
            start = max(start, cut.end)
        elif cut.end == line.end:
            end = min(end, cut.start)
    return letters(line.text[start - line.start : end - line.start])


def mark_repeats(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    verdicts: list[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
    lede: int | None,
) -> None:
    """Give paragraphs that come again, and a lede that the body repeats, their verdicts."""
    seen: dict[str, int] = {}
    often = Counter[str]()
    again: list[tuple[int, str]] = []
    for i, (line, s) in enumerate(zip(lines, shapes, strict=True)):
        if verdicts[i] is not None or not s.prose:
            continue
        key = body_letters(line, cuts.get(i, ()))
        if len(key) < LEAST_LETTERS_OF_LEDE:
            continue
        if i == lede:
            if _lede_is_repeated(key, i, lines, shapes, verdicts, cuts):
                verdicts[i] = Verdict(
                    Role.LEDE, Ground.REPEATS, 0.97, "the first paragraph repeats it word for word"
                )
            else:
                seen[key] = i
        elif len(key) >= LEAST_LETTERS:
            often[key] += 1
            if key in seen:
                again.append((i, key))
            else:
                seen[key] = i
    for i, key in again:
        if often[key] <= MOST_COPIES and not lines[i].text.endswith("?"):
            reason = f"repeats the paragraph in line {seen[key] + 1}"
            verdicts[i] = Verdict(Role.DUPLICATE, Ground.REPEATS, 0.95, reason)


def _lede_is_repeated(
    key: str,
    lede: int,
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    verdicts: Sequence[Verdict | None],
    cuts: Mapping[int, Sequence[Cut]],
) -> bool:
    for i in range(lede + 1, len(lines)):
        if verdicts[i] is None and shapes[i].prose:
            return body_letters(lines[i], cuts.get(i, ())).startswith(key)
    return False
