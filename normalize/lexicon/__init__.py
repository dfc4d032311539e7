"""Word lexicons: how frequent a form is, whether it is a known form, whether it is a name.

``load("fr")`` maps ``data/fr.lexicon``, which ``build.py`` made. All look-ups take the
**lower-case NFC** form and never fold anything themselves (the caller caches per token type).
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from .letters import Speller
from .store import LOGS, BadLexicon, Trie, read

__all__ = ["UNKNOWN", "BadLexicon", "Lexicon", "MissingLexicon", "available", "load"]

UNKNOWN = float("-inf")
"""What ``frequency`` gives for a form that the lexicon does not have."""

VALID, NAME, OPEN = 1, 2, 4
"""Flags of a form: a morphological lexicon knows it; it is written with a capital only; it may
still be two words (it is far rarer than its parts would meet by chance)."""


class MissingLexicon(LookupError):
    """No built lexicon for this language."""


class Lexicon:
    """One language's words, read in place from a mapped file."""

    __slots__ = ("_flags", "_id", "_levels", "_trie", "code", "prefixes", "spell")

    def __init__(self, code: str, path: Path) -> None:
        sections = read(path)
        self.code = code
        self._trie = Trie()
        self._trie.map(sections["words"])
        self._id = self._trie.get
        self._levels = sections["levels"]
        self._flags = sections["flags"]
        self.prefixes = self._trie.prefixes
        self.spell = Speller(str(sections["alphabet"], "utf-8"), sections["letters"])

    def frequency(self, word: str) -> float:
        """Natural-log probability of the form among running words, or ``UNKNOWN`` (-inf)."""
        key = self._id(word)
        return UNKNOWN if key is None else LOGS[self._levels[key]]

    def pair(self, first: str, second: str) -> float:
        """Pointwise mutual information of two neighbours; 0 where nothing is known."""
        return 0.0

    def __contains__(self, word: str) -> bool:
        return word in self._trie

    def __len__(self) -> int:
        return len(self._levels)

    def is_valid(self, word: str) -> bool:
        """Does a morphological lexicon know the form (and not only a frequency list)?"""
        key = self._id(word)
        return key is not None and bool(self._flags[key] & VALID)

    def is_name(self, word: str) -> bool:
        """Is the form written with a capital only (Paris, Delacroix), as far as is known?"""
        key = self._id(word)
        return key is not None and bool(self._flags[key] & NAME)

    def is_settled(self, word: str) -> bool:
        """Is the form known and never two words? What is settled needs no closer look.

        One look-up; true of all but a few known forms ("parla", which may be "par la").
        """
        key = self._id(word)
        return key is not None and not self._flags[key] & OPEN

    def flags(self, word: str) -> int:
        """``VALID | NAME | OPEN`` of the form; -1 for an unknown one."""
        key = self._id(word)
        return -1 if key is None else self._flags[key]


@lru_cache
def available() -> tuple[str, ...]:
    """Codes of all built lexicons, sorted."""
    folder = files(__name__) / "data"
    return tuple(sorted(f.name[:-8] for f in folder.iterdir() if f.name.endswith(".lexicon")))


def file_of(code: str) -> Path:
    """Where the lexicon of a language is, or will be when it is built."""
    return Path(str(files(__name__) / "data" / f"{code}.lexicon"))


@lru_cache
def load(code: str) -> Lexicon:
    """The lexicon of one language (ISO 639-1 code). Raises ``MissingLexicon``, ``BadLexicon``."""
    if code not in available():
        raise MissingLexicon(
            f"no lexicon for {code!r}; there are {', '.join(available()) or 'none'};"
            f" make one with: normalize lexicon build {code}"
        )
    return Lexicon(code, file_of(code))
