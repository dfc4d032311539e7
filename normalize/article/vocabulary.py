"""The [article] table of a language file, compiled: what the furniture of a page is called.

English is added to every language, since pages of all languages borrow its furniture ("Share",
"Newsletter", the names of networks and agencies).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import lexicon
from ..language import Language, load
from .lines import OUTSIDE, folded

NAME_PART = re.compile(r"\w+")
COMMON = "en"
COMMON_WORD = -9.2
"""Natural-log probability from which a word stands in texts on anything: once in 10,000 words."""
LETTERS_IN_CAPITALS = 6
"""Letters of an agency from which its name may stand in capitals: REUTERS, EUROPA PRESS."""
BEGINNING = 3
"""Letters by which the labels that a line may begin with are told apart at first."""
TELLING_LETTERS = 9
"""Letters from which a word of a language without lexicon is taken for a rare one."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Word lists and patterns of one language.

    Attributes:
        code: of the language.
        lines: folded whole lines and what they are: ``menu``, ``comment``, ``source``, ``marker``,
            ``share``.
        line_firsts, line_cores: their first words; without marks and digits around them, and with
            those of ``inserts``.
        share, fillers: words of share widgets, and words that stand between them.
        notices, notice_phrases: words of cookie, newsletter and copyright prose, and phrases by
            their first word; those words.
        bylines, date_words, time_words: how bylines and date headers begin or speak.
        months, month_words: month names and their numbers; the names with a mark behind them.
        agencies, agencies_by_length: names of news agencies, as written; longest first;
            the single words of them.
        credit_labels, source_labels: what stands before the name of a photographer or a source.
        captions, image_sources: how lines begin that are the caption or the source of an image
            ("Image caption, …"), in lower case; ``image_labels`` are all of them.
        pointers: markers of several words, with the space behind them, in lower case; and
            ``beginnings``: these and ``image_labels``; both by their first ``BEGINNING`` letters.
        credit_ends: the last words of ``credit_labels``.
        wires: those of the agencies whose bare name tells; the others are words and acronyms too.
        with_words, newsrooms, editing: what stands before an agency that helped ("avec AFP"), who
            writes where no name is given, and labels of reporters and editors.
        header_words: words of headers beside those of dates ("temps de lecture").
        inserts: folded lines that stand between paragraphs for what the page puts there, such as an
            advertisement or an invitation to a newsletter.
        home, here: how the way to a page begins, and the label before it ("Vous êtes ici : Accueil
            > Monde"); folded.
        tags: labels of the subjects that a page gives to an article, below it; folded.
        rights: what lines about the rights in a text say, in lower case.
        headings: markers that may be headings of an article ("Tendances").
        text_credits: the credit labels that may stand behind a text as well as an image.
        sign_off: the agency's name at the end of the last paragraph, with its dash, or bare and in
            capitals.
        numbered, numbered_labels: the label of a numbered image in front of its caption ("ảnh 1");
            none is ASCII.
    """

    code: str
    lines: dict[str, str]
    line_firsts: frozenset[str]
    line_cores: frozenset[str]
    share: frozenset[str]
    fillers: frozenset[str]
    notices: frozenset[str]
    notice_phrases: dict[str, tuple[str, ...]]
    notice_firsts: frozenset[str]
    bylines: tuple[str, ...]
    date_words: frozenset[str]
    time_words: frozenset[str]
    months: dict[str, int]
    month_words: frozenset[str]
    agencies: frozenset[str]
    agency_words: frozenset[str]
    agencies_by_length: tuple[str, ...]
    wires: frozenset[str]
    with_words: frozenset[str]
    newsrooms: frozenset[str]
    editing: tuple[str, ...]
    header_words: frozenset[str]
    inserts: frozenset[str]
    home: frozenset[str]
    here: frozenset[str]
    tags: frozenset[str]
    rights: tuple[str, ...]
    headings: frozenset[str]
    text_credits: frozenset[str]
    sign_off: re.Pattern[str]
    credit_labels: frozenset[str]
    captions: tuple[str, ...]
    image_sources: tuple[str, ...]
    image_labels: tuple[str, ...]
    pointers: dict[str, tuple[str, ...]]
    beginnings: dict[str, tuple[str, ...]]
    credit_ends: frozenset[str]
    source_labels: frozenset[str]
    numbered: re.Pattern[str]
    numbered_labels: tuple[str, ...]

    def is_telling(self, word: str) -> bool:
        """Whether ``word``, in lower case, is rare enough to tell what a text is about."""
        if self.code not in lexicon.available():
            return len(word) >= TELLING_LETTERS
        return lexicon.load(self.code).frequency(word) < COMMON_WORD

    def is_name(self, word: str) -> bool:
        """Whether ``word``, in lower case, is one that is written with a capital only."""
        codes = dict.fromkeys((self.code, COMMON))
        return any(lexicon.load(c).is_name(word) for c in codes if c in lexicon.available())


def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of ``language`` together with the common one."""
    return _compiled(language.code)


@lru_cache
def _compiled(code: str) -> Vocabulary:
    tables = [load(c).table("article") for c in dict.fromkeys((code, COMMON))]

    def words(key: str) -> list[str]:
        return [w for table in tables for w in table.get(key, ())]

    agencies, wires = with_capitals(words("agencies")), with_capitals(words("wires"))

    lines: dict[str, str] = {}
    for kind, key in (
        ("menu", "menu_lines"),
        ("menu", "tag_labels"),
        ("comment", "comment_lines"),
        ("source", "source_labels"),
        ("marker", "markers"),
        ("share", "share_lines"),
    ):
        lines |= {folded(w): kind for w in with_bare(words(key))}
    months: dict[str, int] = {}
    for table in tables:
        months |= _month_numbers(table.get("months", ()))
    phrases: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(set(with_bare(words("notice_phrases")))):
        first = phrase.split()[0]
        phrases[first] = (*phrases.get(first, ()), phrase)
    image_labels = tuple(with_bare(words("caption_labels") + words("image_sources")))
    pointers = [f"{marker} " for marker in with_bare(words("markers")) if " " in marker]
    line_firsts = frozenset(line.split()[0] for line in lines if line)
    inserts = frozenset(map(folded, with_bare(words("insert_lines"))))
    cores = (*line_firsts, *(insert.split()[0] for insert in inserts if insert))
    return Vocabulary(
        code=code,
        lines=lines,
        line_firsts=line_firsts,
        line_cores=frozenset(word.strip(OUTSIDE) for word in cores),
        share=frozenset(with_bare(words("share_words"))),
        fillers=frozenset(with_bare(words("share_fillers"))),
        notices=frozenset(with_bare(words("notice_words"))),
        notice_phrases=phrases,
        notice_firsts=frozenset(phrases),
        bylines=tuple(sorted({w + " " for w in with_bare(words("byline_words"))})),
        date_words=frozenset(_parts(words("date_words") + words("weekdays"))),
        time_words=frozenset(with_bare(words("time_words") + words("weekdays"))),
        months=months,
        month_words=frozenset(m + mark for m in months for mark in ("", ",", ".")),
        agencies=frozenset(agencies),
        agency_words=frozenset(part for a in agencies for part in NAME_PART.findall(a)),
        agencies_by_length=tuple(sorted(set(agencies), key=lambda a: (-len(a), a))),
        with_words=frozenset(_parts(words("with_words"))),
        newsrooms=frozenset(with_bare(words("newsrooms"))),
        editing=tuple(sorted({w + " " for w in with_bare(words("editing"))})),
        header_words=frozenset(_parts(words("header_words"))),
        inserts=inserts,
        home=frozenset(map(folded, with_bare(words("home_lines")))),
        here=frozenset(map(folded, with_bare(words("here_labels")))),
        tags=frozenset(map(folded, with_bare(words("tag_labels")))),
        rights=tuple(with_bare(words("rights"))),
        headings=frozenset(map(folded, with_bare(words("heading_markers")))),
        text_credits=frozenset(with_bare(words("text_credits"))),
        wires=frozenset(wires),
        sign_off=_sign_off(agencies, wires),
        credit_labels=frozenset(with_bare(words("credit_labels"))),
        credit_ends=frozenset(label.split()[-1] for label in with_bare(words("credit_labels"))),
        source_labels=frozenset(with_bare(words("source_labels"))),
        captions=tuple(with_bare(words("caption_labels"))),
        image_sources=tuple(with_bare(words("image_sources"))),
        image_labels=image_labels,
        pointers=_by_beginning(pointers),
        beginnings=_by_beginning((*image_labels, *pointers)),
        numbered_labels=tuple(words("numbered_labels")),
        numbered=re.compile(
            rf"(?:^|(?<=\s))(?:{'|'.join(map(re.escape, words('numbered_labels')))}) ?\d{{1,2}}"
            r"(?=[^\W\d_]|\s*$)"
        ),
    )


def with_bare(words: Iterable[str]) -> list[str]:
    """Each word in lower case, with and without its marks: pages leave them out at will."""
    lower = [w.casefold() for w in words]
    return lower + [bare(w) for w in lower]


def _parts(phrases: Iterable[str]) -> Iterator[str]:
    """The single words of phrases."""
    for phrase in with_bare(phrases):
        yield from phrase.split()


def bare(text: str) -> str:
    """``text`` without the marks on its letters."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    for character in set(parts):  # a few dozen, in a paragraph of any length
        if character >= _FIRST_MARK and unicodedata.combining(character):
            parts = parts.replace(character, "")
    return parts.replace("đ", "d").replace("Đ", "D")


_FIRST_MARK = "\u0300"
"""No character before it is a combining one."""


def _by_beginning(labels: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Labels, none of which is shorter than ``BEGINNING``, by how they begin; longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for label in sorted(labels, key=len, reverse=True):
        beginning = label[:BEGINNING]
        found[beginning] = (*found.get(beginning, ()), label)
    return found


def _month_numbers(names: Iterable[str]) -> dict[str, int]:
    """Month names to numbers; an entry holds the spellings of one month."""
    return {
        form: number
        for number, spellings in enumerate(names, 1)
        for form in with_bare(spellings.split())
    }


def with_capitals(agencies: Sequence[str]) -> list[str]:
    """Names of agencies, the longer ones in capitals as well."""
    return [*agencies, *(a.upper() for a in agencies if len(a) >= LETTERS_IN_CAPITALS)]


def _sign_off(agencies: Iterable[str], wires: Iterable[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(a) for a in sorted(set(agencies), key=lambda a: (-len(a), a)))
    name = rf"(?:{names})(?:\s?[/+]\s?(?:{names}|[A-Z]{{2,6}}))*"
    capitals = "|".join(re.escape(a) for a in sorted(set(wires)) if a.isupper())
    ends = r"(?<=[.!?…»”\"')\]])"
    return re.compile(
        rf"(?:(?:\s+|{ends})[-–—]{{1,2}}\s?(?P<dash>{name})\.?"
        rf"|{ends}\s*\((?P<bracket>{name})\)"
        rf"|{ends}\s+(?P<bare>{capitals})"
        r"|(?<=[^.]\.)\s?[-–—]?\s?\.?/\.|(?<=\.)/\.)$"
    )
