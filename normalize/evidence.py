"""What a corpus teaches, in three parts that merge exactly; ``corpus.lock`` keeps it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from .article.evidence import BlockEvidence
from .decisions import Decisions
from .names.evidence import NameEvidence
from .view import View
from .words.evidence import WordEvidence


@dataclass(frozen=True)
class Evidence:
    """Words, names and repeated blocks of a corpus, and people's decisions on single edits.

    Rules add the document's own evidence to it.
    """

    words: WordEvidence = field(default_factory=WordEvidence)
    names: NameEvidence = field(default_factory=NameEvidence)
    blocks: BlockEvidence = field(default_factory=BlockEvidence)
    decisions: Decisions = field(default_factory=Decisions)

    @classmethod
    def collect(cls, view: View, document: str) -> Evidence:
        """The evidence of one document; ``document`` is its id."""
        return cls(
            WordEvidence.collect(view, document),
            NameEvidence.collect(view, document),
            BlockEvidence.collect(view, document),
        )

    def merge(self, other: Evidence) -> Evidence:
        """Both together; associative, commutative and exact."""
        return Evidence(
            self.words.merge(other.words),
            self.names.merge(other.names),
            self.blocks.merge(other.blocks),
            self.decisions.merge(other.decisions),
        )

    def digested(self) -> Evidence:
        """What cleaning needs of it, which is less: it goes to every process."""
        return replace(
            self,
            words=self.words.digested(),
            names=self.names.digested(),
            blocks=self.blocks.digested(),
        )

    def digest(self) -> str:
        """SHA-256 of what it says, in whatever order it was merged; without the rulings that come
        from settings and authority files."""
        words, names = self.words, self.names
        parts = chain(
            [words.tokens],
            sorted(words.seen.items()),
            ((spelling, *names.tallies[spelling]) for spelling in sorted(names.tallies)),
            sorted(names.rulings.decisions.items()),
            [self.blocks.to_lock(), self.decisions.to_lock()],
        )
        digest = hashlib.sha256()
        for part in parts:
            digest.update(repr(part).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def to_lock(self) -> dict[str, Any]:
        """As plain sorted data."""
        return {
            "words": self.words.to_lock(),
            "names": self.names.to_lock(),
            "blocks": self.blocks.to_lock(),
            "decisions": self.decisions.to_lock(),
        }

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> Evidence:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        return cls(
            WordEvidence.from_lock(data.get("words", {})),
            NameEvidence.from_lock(data.get("names", {})),
            BlockEvidence.from_lock(data.get("blocks", {})),
            Decisions.from_lock(data.get("decisions", {})),
        )
