"""Texts and settings for the properties: what a scraper leaves, and what breaks programs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from hypothesis import strategies as st

from normalize import lexicon
from normalize.document import Role
from normalize.lexicon.store import Trie, read
from normalize.rules import all_rules

PIECES = [
    "la",
    "coopération",
    "del'Union",
    "généralde",
    "lesdeux",
    "novembre2023",
    "SerizawaKiyoshi",
    "guerre,l'amélioration",
    "pays.Dans",
    "vice-ministrejaponais",
    "(ADMM )",
    "japon ais",
    "Abst rac t",
    "Hoàng Xuân Chiên",
    "Hoang Xuan Chien",
    "Chien",
    "Hanoï",
    "Hanoi",
    "à partir de 022",
    "terreste",
    "d’État",
    "Etat",
    "cafÃ©",
    "â€™",
    "dÃƒÂ©jÃƒÂ\u00a0",
    "&amp;eacute;",
    "&#233;",
    "&#xD800;",
    "&lt;b&gt;",
    "« ",
    " »",
    "'",
    "’",
    '"',
    "-",
    "–",
    "(",
    ")",
    "[",
    "…",
    "21,4",
    "80 000",
    "80\u202f000",
    "1er",
    "A380",
    "```",
    "`",
    "name@example.org",
    "https://example.org/a-b.html",
    "www.example.org",
    "# ",
    "* ",
    "| a | b |",
]
"""Defects of words, names and encoding, and what must stay whole."""

MARKERS = [
    "Voir plus",
    "Ver más",
    "Lire aussi",
    "Lire aussi : ",
    "Read more",
    "Xem thêm",
    "Photo : VNA",
    "Photo: AFP/",
    "ảnh 1",
    "Comment (0)",
    "source",
    "Source : https://example.org/a-b.html",
    "Hanoi (VNA) - ",
    "(VNA)",
    " -VNA",
    ".- AVI",
    "VNA",
    "date 2025-12-04 Vietnam - Japon",
    "Partager",
    "Imprimer",
    "Accueil | Monde | Sport",
]
"""What marks blocks; they also stand where they mark nothing."""

BREAKERS = [
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x7f",
    "\x9c",
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\ufffd",
    "\ufffe",
    "\U000e0041",
    "\U0010ffff",
    "\ud800",
    "\udc80",
    "\udcff\udc00",
    "\ud83d\ude00",
    "\ufe0f",
    "👨‍👩‍👧",
    "🇫🇷",
    "❤️‍🔥",
    "e\u0301",
    "o\u031b\u0301",
    "a\u0323\u0302",
    "\u0301",
    "\u0344",
    "\u212b",
    "ﬁn",
    "ǅ",
    "İ",
    "ß",
    "Σ",
    "ª",
    "²",
    "½",
    "٣",
    "Ⅷ",
    "שלום",
    "مرحبا",
    "日本",
    "ภาษา",
    "क्ष",
    "한글",
    "привет",
    "раура",
]
"""Characters that break programs: controls, half characters, joiners, marks, other scripts."""

BIDI = ["\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"]
BIDI += ["\u2066", "\u2067", "\u2068", "\u2069", "\u061c"]

LINE_ENDS = ["\n", "\r\n", "\r", "\n\r", "\n\n", "\r\n\r\n", "\r\r\n", "\u2028", "\u2029"]
LINE_ENDS += ["\x85", "\v", "\f", "\x1c", "\x1e", " \n", "\n "]

SPACES = ["", " ", "  ", "\t", "\u00a0", "\u202f", "\u2003", "\u3000", ", ", ". ", " : ", "... "]

LEXICONS = ("fr", "es", "en")


@lru_cache
def frequent(code: str) -> tuple[str, ...]:
    """The most frequent words of a lexicon, about two thousand."""
    sections = read(lexicon.path_of(code))
    trie, levels = Trie(), sections["levels"]
    trie.map(sections["words"])
    order = sorted(bytes(levels))[2000]
    return tuple(sorted(trie.restore_key(at) for at, level in enumerate(levels) if level < order))


WORDS = st.sampled_from(LEXICONS).flatmap(lambda code: st.sampled_from(frequent(code)))
"""Known words of the lexicons."""

CASED = st.builds(
    lambda word, form: form(word),
    WORDS,
    st.sampled_from([str, str, str, str.capitalize, str.upper, str.swapcase]),
)
GLUED = st.lists(CASED, min_size=2, max_size=5).map("".join)
"""Known words without a space between them."""

SPLIT = st.builds(lambda w, at: f"{w[: at % len(w)]} {w[at % len(w) :]}", WORDS, st.integers(1, 9))
"""Known words with a space in them."""

ELIDED = st.builds(
    lambda start, mark, word: start + mark + word,
    st.sampled_from(["l", "d", "qu", "al", "del", "L", "aujourd"]),
    st.sampled_from("'’"),
    CASED,
)
NUMBERED = st.builds(
    lambda word, number, first: f"{number}{word}" if first else f"{word}{number}",
    CASED,
    st.integers(0, 2100),
    st.booleans(),
)
DECOMPOSED = st.one_of(CASED, st.sampled_from(PIECES)).map(
    lambda text: unicodedata.normalize("NFD", text)
)


def _read_wrong(word: str, page: str, times: int) -> str:
    for _ in range(times):
        word = word.encode("utf-8", "surrogatepass").decode(page, "replace")
    return word


GARBLED = st.builds(
    _read_wrong,
    CASED,
    st.sampled_from(["latin-1", "cp1252", "cp1250", "mac-roman", "cp1251"]),
    st.integers(1, 2),
)
NAMES = st.lists(
    st.sampled_from(
        "Hoàng Hoang Xuân Xuan Chiên Chien Chiền Nguyễn Nguyen Phú Phu Trọng Trong Kishida Fumio"
        " José Jose María Maria García Garcia Müller Muller O'Brien O’Brien Lê Le Hà Nội Ha Noi"
        " Jean-Pierre JeanPierre".split(" ")
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
LONG = st.builds(
    lambda piece, times: piece * times,
    st.one_of(
        GLUED, st.sampled_from(["a", "é", "aA", "l'", "1,", "(", "Ã©", "\u0301", "ministre"])
    ),
    st.integers(20, 150),
)
"""Very long tokens."""

ITEMS = st.one_of(
    CASED,
    CASED,
    GLUED,
    GLUED,
    SPLIT,
    ELIDED,
    NUMBERED,
    DECOMPOSED,
    GARBLED,
    NAMES,
    st.sampled_from(PIECES),
    st.sampled_from(MARKERS),
    st.sampled_from(BREAKERS),
    st.sampled_from(BIDI),
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.one_of(CASED, GLUED, SPLIT, ELIDED, NAMES), min_size=4, max_size=16))
    text = " ".join(words)
    return text[:1].upper() + text[1:] + draw(st.sampled_from([".", "", " !", ",", " »."]))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Lines of an article, with markers among them, and one style of line ends or several."""
    line = st.one_of(
        sentences(),
        sentences(),
        st.sampled_from(MARKERS),
        st.builds(lambda a, b: a + b, st.sampled_from(MARKERS), sentences()),
        st.builds(lambda a, b: a + b, sentences(), st.sampled_from(MARKERS)),
        ITEMS,
        st.just(""),
    )
    lines = draw(st.lists(line, max_size=8))
    if lines and draw(st.booleans()):  # a paragraph that comes again
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(lines)))
    ends = draw(st.sampled_from([["\n"], ["\n\n"], ["\r\n"], LINE_ENDS]))
    return "".join(text + draw(st.sampled_from(ends)) for text in lines)


@st.composite
def heaps(draw: st.DrawFn) -> str:
    """Items with anything between them."""
    between = st.sampled_from([" ", " ", *SPACES, *LINE_ENDS])
    items = draw(st.lists(ITEMS, max_size=16))
    return "".join(item + draw(between) for item in items)


BLANK = st.builds(
    lambda before, end, times, after: before + end * times + after,
    heaps(),
    st.sampled_from([*LINE_ENDS, " ", "\t", "\u00a0"]),
    st.integers(50, 2000),
    heaps(),
)
"""Thousands of blank lines, or of spaces."""

TEXTS = st.one_of(
    pages(),
    pages(),
    heaps(),
    heaps(),
    st.lists(sentences(), min_size=1, max_size=5).map("\n".join),
    st.builds(lambda a, long, b: f"{a} {long} {b}", heaps(), LONG, heaps()),
    BLANK,
    st.text(max_size=200),
    st.text(st.sampled_from("".join(BREAKERS + BIDI + LINE_ENDS) + "aé A.,'(1"), max_size=80),
)

FAMILIES = sorted({rule.family for rule in all_rules().values()} - {"LAY"})
CODES = sorted(set(all_rules()) - {code for code in all_rules() if code.startswith("LAY")})

SELECTIONS = st.one_of(
    st.just(()),
    st.lists(st.sampled_from([*FAMILIES, *CODES]), min_size=1, max_size=5, unique=True).map(tuple),
)
IGNORED = st.one_of(
    st.just(()),
    st.just(()),
    st.lists(st.sampled_from([*FAMILIES, *CODES]), max_size=4, unique=True).map(tuple),
)
LANGUAGES = st.sampled_from(["fr", "fr", "es", "en", "auto", "vi", "de"])

SETTINGS = st.fixed_dictionaries(
    {
        "lang": LANGUAGES,
        "select": SELECTIONS,
        "ignore": IGNORED,
        "unsafe": st.booleans(),
        "minimum_certainty": st.sampled_from([0.5, 0.5, 0.0, 0.3, 0.9, 1.0]),
        "keep_roles": st.sampled_from([(), (), tuple(Role)[:4], (Role.CAPTION, Role.TEASER)]),
    }
)
"""Any selection of rules, and what else changes what is applied."""
