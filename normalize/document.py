"""A document as blocks with roles, and the facts that its dropped blocks state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a block, or a piece of one, is in a scraped page."""

    TITLE = "title"
    LEDE = "lede"
    BODY = "body"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    TEASER = "teaser"
    MARKER = "marker"
    SIGN_OFF = "sign-off"
    SOURCE = "source"
    DATE_HEADER = "date header"
    COMMENT = "comment widget"
    SHARE = "share widget"
    MENU = "menu"
    REPEATED = "repeated"
    DUPLICATE = "duplicate"
    NOTICE = "notice"
    """Cookie, newsletter, subscription and copyright prose."""
    OTHER = "other"
    """Not of the article, with no better name."""


class Block(NamedTuple):
    """A span with a role. Blocks of a document lie end to end and cover it, white space included.

    ``certainty`` is the probability of the role, ``reasons`` one line each.
    """

    start: int
    end: int
    role: Role
    certainty: float = 1.0
    reasons: tuple[str, ...] = ()

    def at(self, start: int, end: int) -> Block:
        """The same block from ``start`` to ``end``."""
        if start == self.start and end == self.end:
            return self
        return Block(start, end, self.role, self.certainty, self.reasons)


@dataclass(frozen=True, slots=True)
class Image:
    """What the page says of one image."""

    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page states about the article; ``None`` where it states nothing.

    ``published`` is ISO 8601, as precise as the page is (``2025-12-04``, ``2025-12``); a missing
    year stays missing, so "3 juin" alone gives ``None``.
    """

    dateline: str | None = None
    agency: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    images: tuple[Image, ...] = ()
