"""The file of one lexicon: a few byte sections behind a small header, read through ``mmap``.

Layout, all integers little-endian::

    8 bytes   magic, with the version of the format
    N x u64   sizes of the N sections
    ...       the sections, each padded to a multiple of 8 bytes

Nothing is parsed at load: the tries are walked in place and the levels are indexed as bytes, so
processes share the pages and a lexicon costs milliseconds and no heap.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path

from marisa_trie import Trie  # type: ignore[import-not-found]  # compiled, without stubs

MAGIC = b"NORMLEX2"
SECTIONS = (
    "words",
    "levels",
    "flags",
    "wholes",
    "alphabet",
    "letters",
    "context",
    "context_levels",
)
"""Names of the sections, in file order. An optional section that is missing has size 0."""

STEP = 0.08
"""Natural-log units per quantisation level: 256 levels span a probability of 1 to 1.4e-9."""

LOGS = tuple(-STEP * level for level in range(256))
"""Natural log of each level."""

COARSE = 17
"""Levels in one step of ``WHOLES``: fifteen steps span them all."""

WHOLES = (float("-inf"), *LOGS[:-1:COARSE])
"""The highest natural log of each step; step 0 is for none."""


__all__ = ["COARSE", "LOGS", "WHOLES", "BadLexicon", "Trie", "quantise", "read", "write"]


class BadLexicon(ValueError):
    """The file is not a lexicon, is cut short, or has another format version."""


def quantise(log: float) -> int:
    """The level nearest to a natural-log probability, clipped to 0..255."""
    return min(255, max(0, round(-log / STEP)))


def write(path: Path, sections: Mapping[str, bytes]) -> int:
    """Write the sections to ``path``; returns the size in bytes."""
    ordered = [sections.get(name, b"") for name in SECTIONS]
    parts = [MAGIC, struct.pack(f"<{len(SECTIONS)}Q", *map(len, ordered))]
    parts += [section + bytes(-len(section) % 8) for section in ordered]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    size = beside.write_bytes(b"".join(parts))
    beside.replace(path)  # processes that have the old file mapped keep it
    return size


def read(path: Path) -> dict[str, memoryview]:
    """Map the file and return a view of each section. Raises ``BadLexicon``."""
    head = len(MAGIC) + 8 * len(SECTIONS)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BadLexicon(f"{path.name}: not a lexicon of this version; build it again")
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    sizes = struct.unpack_from(f"<{len(SECTIONS)}Q", view, len(MAGIC)) if len(view) >= head else ()
    sections, at = {}, head
    for name, size in zip(SECTIONS, sizes, strict=False):
        sections[name] = view[at : at + size]
        at += size + -size % 8
    if at != len(view) or not sections:
        raise BadLexicon(f"{path.name}: cut short; build it again")
    return sections
