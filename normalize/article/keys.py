"""How blocks and sources are named when documents are compared."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import urlsplit

from .vocabulary import bare

FEWEST = 2
"""Documents that a block must stand in to count as repeated."""
KEY = 48
"""Code points of a block in its key at most."""
HEAD = 24
"""Code points by which most paragraphs are told from all that is repeated."""

_FIGURES = re.compile(r"\d+")
_NO_WORD = re.compile(r"\W+")


def block_key(line: str) -> str:
    """What is compared of a block: no case, no marks, no figures but zeros; empty for a bare mark.

    >>> block_key("Comments (12)")
    'comments 0'
    """
    folded = _folded(line)
    if len(folded) <= KEY:
        return folded
    digest = blake2b(folded.encode(), digest_size=6).hexdigest()
    return f"{folded[: KEY - 14].strip()}… {digest}"


def key_head(line: str) -> str:
    """How the key of a long line begins, ``HEAD`` code points, at little cost; else empty."""
    folded = _folded(line[: 4 * HEAD]) if len(line) > 4 * HEAD else ""
    return folded[:HEAD] if len(folded) > HEAD else ""


def _folded(line: str) -> str:
    return _NO_WORD.sub(" ", _FIGURES.sub("0", bare(line.casefold()))).strip()


def source_of(url: str | None) -> str:
    """The host of an address, without ``www.``; empty for ``None``."""
    if not url:
        return ""
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    return host.removeprefix("www.")
