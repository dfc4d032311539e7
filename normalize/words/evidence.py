"""What a corpus teaches about words: those outside the lexicon that it spells well and often.

A word counts where a document writes it apart and no cut of it is likely, so glued words do not
vouch for themselves however often a site repeats them. With such evidence a name or a term that
no lexicon has stays whole, and is set free where it is glued to its neighbour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import Any

from ..view import View

MOST = 200_000
"""Words remembered at most: those whose digests are lowest, which is exact under any merge."""

LEAST_DOCUMENTS = 2
LEAST_COUNT = 3
"""What a word needs to be believed, and to be written to the lock."""


@dataclass(frozen=True)
class WordEvidence:
    """Words outside the lexicon: how often they were seen, and in how many documents.

    ``tokens`` is the number of running words looked at.
    """

    tokens: int = 0
    seen: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def collect(cls, view: View, document: str) -> WordEvidence:
        """The evidence of one document; ``document`` is its id."""
        from .boundaries import vouched  # the engine reads evidence, so it is imported late

        counts = vouched(view)
        return cls(len(view.text.split()), _bounded({w: (n, 1) for w, n in counts.items()}))

    def merge(self, other: WordEvidence) -> WordEvidence:
        """Both together; associative, commutative and exact."""
        seen = dict(self.seen)
        for word, (count, documents) in other.seen.items():
            mine = seen.get(word, (0, 0))
            seen[word] = (mine[0] + count, mine[1] + documents)
        return WordEvidence(self.tokens + other.tokens, _bounded(seen))

    def digested(self) -> WordEvidence:
        """What cleaning needs of it: the words that are believed."""
        return WordEvidence(self.tokens, {w: n for w, n in self.seen.items() if w in self.worth})

    @cached_property
    def worth(self) -> dict[str, float]:
        """Natural-log share among running words of the words that are believed."""
        total = log(self.tokens + 1000.0)
        return {
            word: log(count) - total
            for word, (count, _) in self.seen.items()
            if self._is_believed(word)
        }

    def _is_believed(self, word: str) -> bool:
        count, documents = self.seen[word]
        return documents >= LEAST_DOCUMENTS and count >= LEAST_COUNT

    def to_lock(self) -> dict[str, Any]:
        """As plain sorted data for ``corpus.lock``: believed words with count and documents."""
        words = {
            word: list(self.seen[word]) for word in sorted(self.seen) if self._is_believed(word)
        }
        return {"tokens": self.tokens, "seen": words} if self.tokens else {}

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> WordEvidence:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        if not isinstance(data, Mapping):
            raise ValueError("words: not a table")
        tokens, seen = data.get("tokens", 0), data.get("seen", {})
        if not _is_count(tokens):
            raise ValueError(f"words.tokens: {tokens!r} is not a number of words")
        if not isinstance(seen, Mapping):
            raise ValueError("words.seen: not a table")
        for word, pair in seen.items():
            if not (
                isinstance(pair, list | tuple) and len(pair) == 2 and all(map(_is_count, pair))
            ):
                raise ValueError(f"words.seen.{word}: {pair!r} is not [count, documents]")
        return cls(tokens, _bounded({str(word): (pair[0], pair[1]) for word, pair in seen.items()}))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _bounded(seen: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """At most ``MOST`` words, whatever the order in which they came."""
    if len(seen) <= MOST:
        return seen
    lowest = sorted(seen, key=_digest)[:MOST]
    return {word: seen[word] for word in lowest}


def _digest(word: str) -> bytes:
    return hashlib.blake2b(word.encode(), digest_size=16).digest()
