"""Word lexicons: how frequent a form is, what is known of it, and what it stands beside.

``load("fr")`` maps ``data/fr.lexicon``, made by ``build``. Four models share the file:

- **forms** (``frequency``, ``flags``, ``prefixes``): a trie with one byte of log-probability, one
  of flags and one of ``WHOLES`` for each form, from a frequency list and dictionaries, without
  glued noise;
- **letters** (``spell``): how likely an unknown word is by its letters;
- **context** (``pair``): how well two words go together, by their classes.

All look-ups take the **lower-case NFC** form of a run of letters (no apostrophe, hyphen or digit)
and fold nothing themselves. Scores are natural logarithms, so that they add up:
``frequency(a) + frequency(b) + pair(a, b)`` is the log-probability of "a b" in running text.

The file is read in place: loading costs milliseconds and no heap, and processes share it. A form
costs one look-up of about 0.3 microseconds; callers that meet the same tokens again and again do
well to remember what they were told.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from pathlib import Path

from ..memory import Remembered
from .context import LONGEST_ENDING, SWING, Context
from .letters import Speller
from .store import LOGS, WHOLES, BadLexicon, Trie, read

__all__ = [
    "LONGEST_ENDING",
    "NAME",
    "OPEN",
    "SWING",
    "UNKNOWN",
    "VALID",
    "WHOLES",
    "BadLexicon",
    "Lexicon",
    "MissingLexicon",
    "available",
    "load",
    "path_of",
]

UNKNOWN = float("-inf")
"""What ``frequency`` gives for a form that the lexicon does not have."""

VALID, NAME, OPEN = 1, 2, 4
"""Flags of a form. VALID: a dictionary knows it (in a language without one: it is frequent).
NAME: it is written with a capital only. OPEN: known or not, it may still be two words, being far
rarer than its parts would meet by chance ("parla", "lesbien"): worth a closer look where other
words of the document are glued."""

GRAMMAR_SHIFT = 3
"""The bits of the flags from here up are the form's grammar class, 0 for none; see ``context``."""

CLASSES_KEPT = 32_768
"""Words whose class is remembered: a few megabytes at most."""


ENTRIES_KEPT = 65_536
"""Words whose entry is remembered: some 12 megabytes at most."""


class MissingLexicon(LookupError):
    """No built lexicon for this language."""


class Lexicon:
    """One language's words, read in place from a mapped file."""

    __slots__ = (
        "_flags",
        "_form",
        "_id",
        "_keys",
        "_levels",
        "_wholes",
        "beside",
        "between",
        "code",
        "entry",
        "look_up",
        "prefixes",
        "spell",
        "word_class",
        "words",
    )

    code: str
    entry: Callable[[str], tuple[float, int, int] | None]
    """``frequency``, ``flags`` and wholes of a form in one look-up, which is remembered; ``None``
    if the form is unknown. ``WHOLES[wholes >> 4]`` is as high as the frequency of any longer form
    that starts with this one, or higher; ``WHOLES[wholes & 15]`` the same of those that end so."""
    look_up: Callable[[str], tuple[float, int, int] | None]
    """The same, not remembered: for callers that remember what they make of it."""
    words: Container[str]
    """The known forms: ``form in lexicon.words`` is the fastest of all questions."""
    prefixes: Callable[[str], list[str]]
    """The known forms that a run of letters starts with, shortest first."""
    spell: Speller
    """Natural-log probability of an unknown word by its letters: ``spell("xqzt")`` is low."""
    word_class: Callable[[str], int]
    """The class of a word, known or not, for ``between``."""
    between: Callable[[int, int], float]
    """Pointwise mutual information of two neighbouring classes, in natural-log units.

    Positive where they go together better than chance ("la paix"), negative where the language
    avoids them ("le paix", "de union"); 0 in a language without a context model.
    """
    beside: Mapping[int, list[float]]
    """The same of a class with each class behind it."""

    def __init__(self, code: str, path: Path) -> None:
        sections = read(path)
        trie = Trie()
        trie.map(sections["words"])
        self.code = code
        self._id = trie.get
        self._form = trie.restore_key
        self._levels = sections["levels"]
        self._flags = sections["flags"]
        self._wholes = sections["wholes"]
        self.words = trie
        self.prefixes = trie.prefixes
        self._keys = trie.iterkeys
        self.spell = Speller(str(sections["alphabet"], "utf-8"), sections["letters"])
        context = Context(str(sections["context"], "utf-8"), sections["context_levels"])
        self.between = context.between
        self.beside = context.rows

        def word_class(word: str) -> int:
            return context.of(word, max(0, self.flags(word)) >> GRAMMAR_SHIFT)

        def look_up(word: str) -> tuple[float, int, int] | None:
            key = self._id(word)
            if key is None:
                return None
            return LOGS[self._levels[key]], self._flags[key], self._wholes[key]

        self.word_class = Remembered(word_class, CLASSES_KEPT).__getitem__
        self.look_up = look_up
        self.entry = Remembered(look_up, ENTRIES_KEPT).__getitem__

    def __len__(self) -> int:
        return len(self._levels)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def frequency(self, word: str) -> float:
        """Natural-log probability of the form among running words, or ``UNKNOWN`` (-inf)."""
        try:
            key = self._id(word)
        except UnicodeEncodeError:  # half a character, which no word has and UTF-8 cannot hold
            return UNKNOWN
        return UNKNOWN if key is None else LOGS[self._levels[key]]

    def frequent(self, least: float) -> frozenset[str]:
        """The forms of this natural-log probability or a higher one."""
        chosen = bytes(self._levels).translate(bytes(log >= least for log in LOGS))
        forms: list[str] = []
        key = chosen.find(1)
        while key >= 0:
            forms.append(self._form(key))
            key = chosen.find(1, key + 1)
        return frozenset(forms)

    def flags(self, word: str) -> int:
        """``VALID | NAME | OPEN`` of the form, with its grammar above them; -1 if unknown."""
        key = self._id(word)
        return -1 if key is None else self._flags[key]

    def starts(self, letters: str) -> bool:
        """Does a known form start with these letters?"""
        return next(self._keys(letters), None) is not None

    def is_valid(self, word: str) -> bool:
        """Does a dictionary know the form, and not only a frequency list?"""
        key = self._id(word)
        return key is not None and bool(self._flags[key] & VALID)

    def is_name(self, word: str) -> bool:
        """Is the form written with a capital only (Paris, Delacroix), as far as is known?"""
        key = self._id(word)
        return key is not None and bool(self._flags[key] & NAME)


def path_of(code: str) -> Path:
    """Where the built lexicon of a language is, or would be."""
    return Path(__file__).parent / "data" / f"{code}.lexicon"


@lru_cache
def available() -> tuple[str, ...]:
    """Codes of all built lexicons, sorted."""
    return tuple(sorted(path.stem for path in path_of("x").parent.glob("*.lexicon")))


@lru_cache
def load(code: str) -> Lexicon:
    """The lexicon of one language (ISO 639-1 code). Raises ``MissingLexicon``, ``BadLexicon``."""
    if code not in available():
        raise MissingLexicon(
            f"no lexicon for {code!r}; there are {', '.join(available()) or 'none'};"
            f" make one with: normalize lexicon build {code}"
        )
    return Lexicon(code, path_of(code))
