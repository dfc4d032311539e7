"""Unified diffs that ``git apply`` and ``patch -p1`` accept, byte for byte."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

NO_NEWLINE = b"\\ No newline at end of file\n"


def unified(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """The lines of a diff of one file; nothing when it does not change.

    ``path`` is relative to the folder in which the diff will be applied, with slashes. Lines end
    at LF alone, as git has it, so a carriage return is a character of its line.
    """
    if before == after:
        return
    lines = difflib.diff_bytes(
        difflib.unified_diff,
        _lines(before),
        _lines(after),
        _side("a/", path),
        _side("b/", path),
        lineterm=b"\n",
    )
    for line in lines:
        yield line if line.endswith(b"\n") else line + b"\n" + NO_NEWLINE


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _side(prefix: str, path: str) -> bytes:
    """The path as git writes it: in quotes with escapes where it has control characters."""
    name = prefix + path
    if name.isprintable() and '"' not in name and "\\" not in name:
        # A tab ends the name, which tells the tools that a space belongs to it.
        return (name + ("\t" if " " in name else "")).encode()
    escaped = "".join(
        chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\{b:03o}"
        for b in name.encode("utf-8", "surrogateescape")
    )
    return f'"{escaped}"'.encode()
