"""What a rule sees of a document: the text as the stages before left it, and what is known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from .document import Block
from .language import Language

if TYPE_CHECKING:
    from .evidence import Evidence

T = TypeVar("T")


class Tokens:
    """What stands between the white space of a text, split up when first asked for.

    Lines that ``before``, another text's tokens, has too are not split again.
    """

    __slots__ = ("_before", "_lines", "_rows", "_tokens", "_types", "text")

    def __init__(self, text: str, before: Tokens | None = None) -> None:
        self.text = text
        self._before = before
        self._lines: list[str] = []
        self._rows: list[list[str]] | None = None
        self._tokens: list[str] | None = None
        self._types: frozenset[str] | None = None

    @property
    def rows(self) -> list[list[str]]:
        """The tokens of each line."""
        if self._rows is None:
            self._lines = self.text.split("\n")
            known = self._before.row_of() if self._before else {}
            self._before = None
            if known:
                self._rows = [known.get(line) or line.split() for line in self._lines]
            else:
                self._rows = [*map(str.split, self._lines)]
        return self._rows

    def row_of(self) -> dict[str, list[str]]:
        """The tokens of each line that was split, by the line."""
        if self._rows is None:
            return self._before.row_of() if self._before else {}
        return dict(zip(self._lines, self._rows, strict=True))

    @property
    def all(self) -> list[str]:
        """The tokens of the text, ``text.split()``; they are the strings of ``rows``."""
        if self._tokens is None:
            self._tokens = list(chain.from_iterable(self.rows))
        return self._tokens

    @property
    def types(self) -> frozenset[str]:
        """Each token once."""
        if self._types is None:
            self._types = frozenset(self.all)
        return self._types


class View:
    """One document at one stage. Rules read it and never change it.

    ``text`` is the current text, ``language`` its language file, ``evidence`` what the corpus (or
    the lock) taught. ``blocks`` are the document's blocks in the offsets of ``text``, once they
    are known (the layout stage). ``to_raw`` maps an offset of ``text`` to one of the raw text.
    ``words`` are the tokens of ``text``, where somebody has split it already.
    ``once`` shares an analysis between the rules that need it.
    """

    __slots__ = (
        "_memo",
        "blocks",
        "evidence",
        "language",
        "text",
        "to_raw",
        "words",
    )

    def __init__(
        self,
        text: str,
        language: Language,
        evidence: Evidence,
        blocks: tuple[Block, ...] = (),
        to_raw: Callable[[int], int] = int,
        words: Tokens | None = None,
    ) -> None:
        self.text = text
        self.language = language
        self.evidence = evidence
        self.blocks = blocks
        self.to_raw = to_raw
        self.words = words or Tokens(text)
        self._memo: dict[Callable[[View], Any], Any] = {}

    @property
    def rows(self) -> list[list[str]]:
        """The tokens of each line: what stands between its white space."""
        return self.words.rows

    @property
    def tokens(self) -> list[str]:
        """The tokens of the text, ``text.split()``; they are the strings of ``rows``."""
        return self.words.all

    @property
    def types(self) -> frozenset[str]:
        """The token types of the text: each token once."""
        return self.words.types

    def once(self, analysis: Callable[[View], T]) -> T:
        """``analysis(self)``, computed at the first call and remembered."""
        memo = self._memo
        if analysis not in memo:
            memo[analysis] = analysis(self)
        result: T = memo[analysis]
        return result
