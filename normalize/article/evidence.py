"""What a corpus teaches about article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..view import View


@dataclass(frozen=True)
class BlockEvidence:
    """Empty: nothing learned."""

    @classmethod
    def collect(cls, view: View, document: str) -> BlockEvidence:
        """The evidence of one document; ``document`` is its id."""
        return cls()

    def merge(self, other: BlockEvidence) -> BlockEvidence:
        """Both together; associative, commutative and exact."""
        return self

    def to_lock(self) -> dict[str, Any]:
        """As plain sorted data for ``corpus.lock``."""
        return {}

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> BlockEvidence:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        return cls()
