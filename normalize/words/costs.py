"""What a word is worth: its natural-log probability as the scorer sees it.

A word is known to the lexicon, to the corpus, to the rest of the document, or by its morphology;
otherwise it is spelled letter by letter. Every addend is a weight of ``weights.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from math import log

from ..lexicon import LONGEST_ENDING, NAME, UNKNOWN, VALID, Lexicon, available, load
from ..memory import Remembered
from .brands import are_syllables, brands, pieces
from .forms import Forms, lowered
from .weights import Weights

NONE = UNKNOWN

FOREIGN_LETTERS = 5
"""Letters of a word that another language may know: shorter runs are something somewhere."""

MIN_STEM = 4
"""Letters that have to be left of a word once its prefix or suffix is off."""


class Memory:
    """What all documents of a language share: what is known of each word whatever the texts.

    ``base`` is the log-probability by lexicon and morphology, ``foreign`` that of a word that only
    another language knows, or -inf; ``loose`` is what a form costs that only a cut would set free,
    if no dictionary knows it; ``strange`` the class of words outside the lexicon, by their ends.
    """

    def __init__(self, lexicon: Lexicon, forms: Forms, weights: Weights) -> None:
        self.lexicon = lexicon
        self.forms = forms
        self.weights = weights
        self.base = Remembered(self._look_up, CACHE)
        self.foreign = Remembered(self._look_abroad, CACHE)
        self.loose = Remembered(self._set_free, CACHE)
        self.strange = Remembered(self._class_of_ends, CACHE)
        self.is_prefixed = _one_of(forms.prefixes)
        self.is_suffixed = _one_of(forms.suffixes, backwards=True)
        self._word = weights.word

    def _look_up(self, word: str) -> float:
        weight = self._word
        lexicon = self.lexicon
        found = lexicon.entry(word) if word in lexicon.words else None  # nothing else is remembered
        if word in self.forms.agencies and len(word) > MIN_STEM:
            return max(found[0] if found else UNKNOWN, self._word["agency"])
        if found is None:
            return self._derived(word)
        worth, flags, _ = found
        if not flags & VALID and word not in self.forms.function_words:
            worth += weight["unvouched"]
            if len(word) <= 3:
                worth += weight["short"]
        return worth

    def _derived(self, word: str) -> float:
        """The best base that is known behind a prefix or before a suffix, at a price."""
        best = UNKNOWN
        lexicon, forms, weight = self.lexicon, self.forms, self._word
        if not word[MIN_STEM:]:
            return best
        most = len(word) - MIN_STEM
        if most > forms.longest_affix:
            most = forms.longest_affix
        if self.is_prefixed(word):  # most words have no such beginning, or no such end
            for size in range(1, most + 1):
                if (prefix := word[:size]) in forms.prefixes:
                    found = lexicon.entry(word[size:])
                    if found is None or word[size:] in forms.function_words:
                        continue
                    worth, flags, _ = found
                    if prefix in forms.function_words:
                        worth += weight["derived"] if flags & VALID else UNKNOWN
                    elif not flags & VALID:
                        worth += weight["unvouched"]
                        worth += 0.0 if size >= MIN_STEM else weight["derived_short"]
                    best = max(best, worth)
        if self.is_suffixed(word[: -most - 1 : -1]):
            for size in range(1, most + 1):
                if word[-size:] in forms.suffixes and lexicon.starts(word[:-size]):
                    best = max(best, self._stem(word[:-size]) + weight["derived_suffix"])
        return best + weight["derived"] if best > UNKNOWN else best

    def _stem(self, stem: str) -> float:
        """The best frequency of a word that ``stem`` may come from."""
        best = UNKNOWN
        for end in ("", "e", "o", "a", "es", "al", "el"):
            found = self.lexicon.entry(stem + end)
            if found is not None and found[1] & VALID and found[0] > best:
                best = found[0]
        return best

    def _look_abroad(self, word: str) -> float:
        if len(word) < FOREIGN_LETTERS:
            return UNKNOWN
        others = (load(code) for code in available() if code != self.lexicon.code)
        return self._word["foreign"] + max((o.frequency(word) for o in others), default=UNKNOWN)

    def _set_free(self, word: str) -> float:
        sound = word in self.forms.function_words or self.lexicon.is_valid(word)
        return 0.0 if sound else self._word["unvouched_glued"]

    def _class_of_ends(self, ends: str) -> int:
        return self.lexicon.word_class(f"{ends[0]}-{ends[1:]}")  # any word that no lexicon has


class WordCosts:
    """Log-probabilities of lower-case words in one document of a corpus."""

    base: Callable[[str], float]
    """By lexicon and morphology, whatever the texts; or -inf."""
    known: Callable[[str], float]
    """Of a word that something knows, or -inf."""
    standing: Callable[[str], float]
    """Like ``known``, for a word that stands there: a token is no evidence for itself."""
    foreign: Callable[[str], float]
    """Of a word that only another language knows, or -inf."""

    def __init__(self, memory: Memory, corpus: Mapping[str, float]) -> None:
        lexicon = memory.lexicon
        self._lexicon = lexicon
        self._forms = memory.forms
        self._word = memory.weights.word
        self._case = memory.weights.case
        self._corpus = corpus
        self._loose = memory.loose
        self._strange = memory.strange
        self._document: dict[str, float] = {}
        self._again: dict[str, float] = {}
        self.base = memory.base.__getitem__  # no call of Python where the word is remembered
        self.known = partial(_better, memory.base, self._document, corpus)
        self.standing = partial(_better, memory.base, self._again, corpus)
        self.foreign = memory.foreign.__getitem__
        self.is_prefixed = memory.is_prefixed
        self.is_suffixed = memory.is_suffixed
        self.words = lexicon.words
        self.look_up = lexicon.look_up
        self.prefixes = lexicon.prefixes
        self.frequent = lexicon.frequent
        self.between = lexicon.between
        self.beside = lexicon.beside
        self.word_class = lexicon.word_class

    def see(self, counts: Mapping[str, int], tokens: int) -> None:
        """Take the document's own sound tokens as evidence."""
        total = log(tokens + 1000.0)
        weight = self._word["document"]
        self._document.clear()
        self._again.clear()
        for word, n in counts.items():
            self._document[word] = log(n) - total + weight
            if n > 1:
                self._again[word] = log(n - 1) - total + weight

    def unknown(self, word: str) -> float:
        """Log-probability of a word by its letters alone."""
        weight = self._word
        cost = weight["unknown"] + weight["unknown_letter"] * self._lexicon.spell(word)
        return cost + weight["unknown_short"] if len(word) < 3 else cost

    def loose(self, word: str) -> float:
        """What a form that no dictionary knows costs where only a cut would set it free."""
        cost = self._loose[word]
        return 0.0 if cost and self.is_seen(word) else cost

    def strange_class(self, word: str) -> int:
        """``word_class`` of a word outside the lexicon, which only its ends tell.

        It has ``STRANGE_LETTERS`` or more.
        """
        return self._strange[word[0] + word[-LONGEST_ENDING:]]

    def steps(self, letters: str) -> tuple[list[float], list[float], list[float]]:
        """What starting, going on with and ending an unknown word adds; see ``Speller.steps``."""
        unknown, letter = self._word["unknown"], self._word["unknown_letter"]
        first, on, last = self._lexicon.spell.steps(letters)
        return (
            [unknown + letter * worth for worth in first],
            [letter * worth for worth in on],
            [letter * worth for worth in last],
        )

    def worth(self, word: str) -> float:
        """The better of both."""
        return max(self.known(word), self.unknown(word))

    def attested(self, word: str) -> bool:
        """Whether the lexicon, the document or the corpus has the word itself."""
        return word in self.words or word in self._document or word in self._corpus

    @property
    def seen(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """The words that the document, and that the corpus spells apart."""
        return self._document, self._corpus

    def is_seen(self, word: str) -> bool:
        """Whether the document or the corpus spells the word apart."""
        return word in self._document or word in self._corpus

    def standing_worth(self, word: str) -> float:
        """The same for a word that stands there."""
        return max(self.standing(word), self.unknown(word))

    def brand(self, surface: str) -> float:
        """Log-probability of capitalised words written together on purpose, or -inf.

        It is what its parts are worth and how rare such names are, so whether ``MarketAxess``
        or ``ChatGPT`` is cut depends on nothing but how many spaces the document has lost. Less
        likely with a little word or a title in it (``LaHabana``), and where the parts are
        syllables of Asian names (``QuyDon``) or no words at all; likelier where one is what
        brands are made with (``SolarWinds``).
        """
        known = brands()
        if surface in known.names:
            return self._case["brand_listed"]
        parts = pieces(surface)
        if len(parts) < 2 or not all(_is_piece(part) for part in parts[1:]):
            return NONE
        if not _is_piece(parts[0]) and parts[0] not in PREFIXED:
            return NONE
        case = self._case
        words = [lowered(part) for part in parts]
        worth = case["camel"] + sum(
            max(self.known(word), self._spelled(word) + case["unknown_name"]) for word in words
        )
        if are_syllables(words) or all(self.known(word) == NONE for word in words):
            worth += case["brand_names"]
        if any(self._is_little(word) for word in words if word != "i"):
            return worth + case["brand_little"]
        if known.parts.isdisjoint(words) or all(map(self._lexicon.is_valid, words)):
            return worth
        return worth + case["brand_part"]

    def has_inner(self, surface: str, lower: str) -> bool:
        """Whether a run with a capital inside is one name: ``YouTube``, but not ``LaHabana``."""
        if not surface[0].isupper() or surface[-1].isupper() or not self._lexicon.is_name(lower):
            return False
        words = [lowered(part) for part in pieces(surface)]
        return not any(map(self._is_little, words)) and not are_syllables(words)

    def _is_little(self, word: str) -> bool:
        """Whether a word stands before names, so that a space is lost behind it."""
        forms = self._forms
        return word in forms.function_words or word in forms.titles

    def _spelled(self, word: str) -> float:
        """The log-probability of a piece of a brand by its letters, however short."""
        return self._word["unknown"] + self._word["unknown_letter"] * self._lexicon.spell(word)

    def is_name(self, word: str) -> bool:
        """Whether the word is written with a capital only."""
        return self._lexicon.is_name(word)

    def is_valid(self, word: str) -> bool:
        """Whether a morphological lexicon knows the word."""
        return self._lexicon.is_valid(word)

    def name(self, word: str) -> float:
        """What a capital adds to a known word: a name needs no dictionary to vouch for it."""
        flags = self._lexicon.flags(word)
        return (
            -self._word["unvouched"] if flags >= 0 and flags & NAME and not flags & VALID else 0.0
        )

    def may_be_name(self, word: str) -> bool:
        """Whether a capital is nothing odd: a name, or a form no morphological lexicon has."""
        flags = self._lexicon.flags(word)
        return flags < 0 or bool(flags & NAME) or not flags & VALID


def _better(
    base: Mapping[str, float], seen: Mapping[str, float], corpus: Mapping[str, float], word: str
) -> float:
    """The better of what the lexicon says of a word and what was seen of it."""
    known = base[word]
    if word in seen:
        return max(known, seen[word])
    return max(known, corpus[word]) if word in corpus else known


@lru_cache
def _one_of(affixes: frozenset[str], backwards: bool = False) -> Callable[..., object]:
    """A test whether a word begins with one of the affixes: one look at all of them.

    ``backwards`` reverses the affixes, for a word that is read from its end.
    """
    step = -1 if backwards else 1
    pattern = "|".join(re.escape(affix[::step]) for affix in sorted(affixes))
    return re.compile(pattern or "(?!)").match


STRANGE_LETTERS = LONGEST_ENDING + 2
"""Letters of a word whose class does not depend on how long it is."""

PREFIXED = frozenset("eimx")
"""Small letters that a brand may start with, before a capital: iPhone, eBay."""


def _is_piece(part: str) -> bool:
    """Whether a piece of a brand is a capitalised word or an acronym."""
    return part[0].isupper() and (part.isupper() or part[1:].islower())


CACHE = 1 << 16
"""Words that each memory holds before it is emptied: about 7 MB at most."""
