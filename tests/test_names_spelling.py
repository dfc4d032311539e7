"""Spellings of names: marks letter by letter, compatibility, and the smallest change."""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.names.respell import HYPHENS, MARKS, WHOLE, marked_like, respelled, slice_of
from normalize.names.spelling import (
    LETTER,
    SEPARATORS,
    below,
    compatible,
    crosses_between_words,
    differ_in_style,
    is_capitals,
    is_exotic,
    is_glued,
    letters,
    marks,
    richness,
    skeleton,
    word_ends,
    words,
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Chien", "Chiên"),
        ("Chiên", "Chiến"),
        ("Hoang Xuân Chiên", "Hoàng Xuan Chien"),
        ("Hanoi", "Hanoï"),
        ("Hanoï", "Hà Nội"),
        ("Hô Chi Minh-Ville", "Ho Chi Minh Ville"),
        ("Obuchi Yuko", "Ōbuchi Yūko"),
        ("Ôbuchi Yûko", "Ōbuchi Yūko"),
        ("TruongTan Sang", "Trương Tấn Sang"),
        ("Lech Walesa", "Lech Wałęsa"),
        ("Oystein", "Øystein"),
        ("Gøran", "Gǿran"),
        ("Izmir", "İzmir"),
        ("ISTANBUL", "İstanbul"),
        ("Martin Luther King Jr", "Martin Luther King Jr."),
        ("O’Brien", "O'Brien"),
        ("Timişoara", "Timișoara"),
        ("Dinh La Thang", "Đinh La Thăng"),
        ("Chiên Hương", "Chiên Hường"),
        ("Chiền Hương", "Chiền Hường"),
        ("Chién Hương", "Chién Hường"),
    ],
)
def test_compatible(a: str, b: str) -> None:
    assert compatible(a, b)
    assert compatible(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
        ("Nguyen Minh Vu", "Nguyen Minh Vuong"),
        ("Suga Yoshihide", "Suga Yoshihiro"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("Chiên", "Chiền"),
        ("Chiến", "Chiền"),
        ("Trần Thị Hương", "Trần Thị Hường"),
        ("Chiến Hương", "Chiến Hường"),
        ("Thị Hương", "Thị Hường"),
        ("Phạm Văn Tấn", "Phạm Văn Tân"),
        ("Müller", "Mueller"),
        ("Gdańsk", "Gdaňsk"),
    ],
)
def test_not_compatible(a: str, b: str) -> None:
    assert not compatible(a, b)
    assert not compatible(b, a)


def test_marks_are_read_letter_by_letter() -> None:
    assert skeleton("Hoàng Xuân-Chiến’s Jr.") == "hoangxuanchiensjr"
    assert marks("Đỗ") == (frozenset({"stroke"}), frozenset("\u0302\u0303"))
    assert letters("Œ") == (("o", frozenset({"ligature"})), ("e", frozenset({"ligature"})))
    assert marks("e\u0302") == marks("ê")
    assert [richness(name) for name in ("Nguyen", "Nguyễn", "Wałęsa", "Œuvre")] == [0, 2, 2, 2]


@pytest.mark.parametrize(
    ("spelling", "base", "own"),
    [
        ("Ǿ", "o", [{"stroke", "\u0301"}]),
        ("İ", "i", [{"\u0307"}]),
        ("ı", "i", [{"dotless"}]),
        ("o\u0302\u0301", "o", [{"\u0302", "\u0301"}]),
        ("o\u0304", "o", [{"\u0302"}]),  # a macron is a circumflex, composed or not
        ("ō", "o", [{"\u0302"}]),
        ("s\u0326", "s", [{"\u0327"}]),
        ("\u0301a", "a", [set()]),  # a mark that stands on nothing
        ("ẞ", "ss", [{"ligature"}, {"ligature"}]),
        ("Þó", "tho", [{"ligature"}, {"ligature"}, {"\u0301"}]),
        ("a-’.\u00ad\u200b ·b", "ab", [set(), set()]),
    ],
)
def test_letters_and_marks(spelling: str, base: str, own: list[set[str]]) -> None:
    assert skeleton(spelling) == base
    assert letters(spelling) == tuple(zip(base, map(frozenset, own), strict=True))


def test_more_marks_are_above() -> None:
    assert below("Chien", "Chiến")
    assert not below("Chiến", "Chien")
    assert not below("Chiến", "Chiền")
    assert not below("Chien", "Chienne")


@pytest.mark.parametrize(
    ("a", "b", "crosses"),
    [
        ("Hoàng Xuan", "Hoang Xuân", True),
        ("Hoàng Xuân", "Hoang Xuan", True),
        ("Lacôte", "Lacoté", False),
        ("Anh Lacôte", "Anh Lacoté", False),
        ("Éta", "Etâ", False),
        ("Lacôte Anh", "Lacoté Anh", False),
        ("Hoàng Lê Xuan", "HoangLe Xuân", True),
        ("HoangLê Xuan", "Hoàng Le Xuân", False),  # one word in the first
    ],
)
def test_words_of_which_each_is_fuller_in_one_spelling(a: str, b: str, crosses: bool) -> None:
    assert crosses_between_words(a, b) is crosses
    assert crosses_between_words(b, a) is crosses


def test_only_what_western_type_lacks_is_exotic() -> None:
    exotic = "Wałęsa Gdańsk Timişoara Erdoğan Øystein Œuvre İzmir Đinh Škoda Ġorġ"
    western = "Pérez Müller Côté Muñoz Curaçao Åland São Hanoï Nguyen Chiền Alençon Ýr"
    assert [name for name in exotic.split() if not is_exotic(name)] == []
    assert [name for name in western.split() if is_exotic(name)] == []


def test_capitals() -> None:
    assert [w for w in ("ONU", "AB", "É.-U.", "U.", "Đ", "Onu", "12") if is_capitals(w)] == [
        "ONU",
        "AB",
        "É.-U.",
    ]


@pytest.mark.parametrize(
    "spelling", ["TruongTan Sang", "SerizawaKiyoshi", "Jean-TruongTan", "McDonaldKing", "ÉmileZola"]
)
def test_glued(spelling: str) -> None:
    assert is_glued(spelling)


@pytest.mark.parametrize(
    "spelling", ["MacDonald", "LeBlanc", "Jean DeMarco", "Jean-LeBlanc", "NASA", "O'Brien"]
)
def test_not_glued(spelling: str) -> None:
    assert not is_glued(spelling)


def test_every_letter_is_the_same_composed_or_not() -> None:
    """Letters that Unicode takes apart in part only are among them, such as ǽ and ǿ."""
    for character in re.findall(f"[{LETTER}]", "".join(map(chr, range(0x2000)))):
        decomposed = unicodedata.normalize("NFD", character)
        if not decomposed[0].isalpha() or decomposed[0] in SEPARATORS:
            continue
        apart = letters(decomposed)
        assert letters(character) == apart or character == "İ"
        assert skeleton(character) == "".join(base for base, _ in apart)


def test_words() -> None:
    assert words("Hô Chi Minh-Ville") == ["Hô", "Chi", "Minh", "Ville"]
    assert words("Ta-ble") == ["Ta-ble"]
    assert word_ends("Hô Chi Minh-Ville") == {2, 5, 9, 14}
    assert word_ends("Œuvre  Noire") == {6, 11}


ALPHABET = "aàâáãạăầấẩậeèêềếoôơờōiïıudđ -’"
SPELLINGS = st.text(ALPHABET, min_size=1, max_size=8).filter(skeleton)


@st.composite
def related(draw: st.DrawFn) -> list[str]:
    """Three spellings, of one skeleton when it can be had."""
    base = draw(st.text("aeoid", min_size=1, max_size=5))
    choices = {c: [x for x in ALPHABET if skeleton(x) == c] for c in "aeoid"}
    return ["".join(draw(st.sampled_from(choices[c])) for c in base) for _ in range(3)]


@given(SPELLINGS, SPELLINGS)
def test_compatibility_is_reflexive_and_symmetric(a: str, b: str) -> None:
    assert compatible(a, a)
    assert below(a, a)
    assert compatible(a, b) == compatible(b, a)


@given(related())
def test_compatibility_is_symmetric_within_a_skeleton(three: list[str]) -> None:
    a, b, _ = three
    assert compatible(a, b) == compatible(b, a)


@given(related())
def test_the_order_of_marks_is_transitive(three: list[str]) -> None:
    for a, b, c in permutations(three):
        if below(a, b) and below(b, c):
            assert below(a, c)
        if below(a, b) and below(b, a):
            assert marks(a) == marks(b)


# --- writing the canonical form -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "changes"),
    [
        ("Hoang Xuân Chiên", "Hoàng Xuân Chiên", [(0, 5, "Hoàng")]),
        ("Ho Chi Minh Ville", "Hô Chi Minh-Ville", [(0, 2, "Hô"), (11, 12, "-")]),
        ("TO LAM", "Tô Lâm", [(0, 2, "TÔ"), (3, 6, "LÂM")]),
        ("Hanoi", "Hà Nội", [(0, 5, "Hà Nội")]),
        ("Hà Nội", "Hanoï", [(0, 6, "Hanoï")]),
        ("Jean O’Brien", "Jéan O'Brien", [(0, 4, "Jéan")]),
        ("Fumio Kishida", "Kishida Fumio", [(0, 13, "Kishida Fumio")]),
        ("Tô\u00a0Lâm", "Tô Lâm", []),
        ("Ha  Noi", "Hà Nội", [(0, 2, "Hà"), (4, 7, "Nội")]),
        ("Ha\u2011Noi", "Hà-Nội", [(0, 2, "Hà"), (3, 6, "Nội")]),
        ("D'Estaing", "d’Estaing", []),
        ("NATO", "Otan", [(0, 4, "OTAN")]),
        ("OTAN", "Otan", []),
        ("OTAN", "Nato", [(0, 4, "NATO")]),
        ("Nato", "Otan", [(0, 4, "Otan")]),
        ("Macdonald", "MacDonald", []),
    ],
)
def test_respelled(source: str, target: str, changes: list[tuple[int, int, str]]) -> None:
    assert respelled(source, target) == changes


@pytest.mark.parametrize(
    ("source", "target", "whole", "hyphens", "marks"),
    [
        ("New-York", "New York", "New York", "New-York", "New-York"),
        ("NEW-YORK", "New York", "NEW YORK", "NEW-YORK", "NEW-YORK"),
        ("Xi Jin-ping", "Xi Jinping", "Xi Jinping", "Xi Jin-ping", "Xi Jin-ping"),
        ("Ha Noi", "Hanoï", "Hanoï", "Hanoï", "Ha Noï"),
        ("HA NOI", "Hanoï", "HANOÏ", "HANOÏ", "HA NOÏ"),
        ("Chi Minh Ville", "Chi Minh-Ville", "Chi Minh-Ville", "Chi Minh-Ville", "Chi Minh Ville"),
        ("KIM JONG UN", "Kim Jong-un", "KIM JONG-UN", "KIM JONG-UN", "KIM JONG UN"),
        ("Kim Jong Un", "Kim Jong-un", "Kim Jong-un", "Kim Jong-un", "Kim Jong Un"),
        ("J.K. Rowling", "J. K. Rowling", "J.K. Rowling", "J.K. Rowling", "J.K. Rowling"),
        ("J.K. Rowling", "J. Ḱ. Rowling", "J. Ḱ. Rowling", "J. Ḱ. Rowling", "J.Ḱ. Rowling"),
        ("TanSang", "Tấn Sang", "Tấn Sang", "Tấn Sang", "Tấn Sang"),
        ("Le TanSang", "Lê Tấn Sang", "Lê Tấn Sang", "Lê Tấn Sang", "Lê Tấn Sang"),
        ("TANSANG LE", "Tấn Sang Lê", "TẤN SANG LÊ", "TẤN SANG LÊ", "TẤNSANG LÊ"),
        ("kim jong un", "Kim Jong-un", "kim jong-un", "kim jong-un", "kim jong un"),
        ("Dien Bien-Phu", "Điện Biên Phủ", "Điện Biên Phủ", "Điện Biên-Phủ", "Điện Biên-Phủ"),
        ("Dien Bienphu", "Điện Biên Phủ", "Điện Biên Phủ", "Điện Biên Phủ", "Điện Biênphủ"),
        (
            "L'Hay les Roses",
            "L’Haÿ-les-Roses",
            "L'Haÿ-les-Roses",
            "L'Haÿ-les-Roses",
            "L'Haÿ les Roses",
        ),
        (
            "Aix en-Provence",
            "Aix-en-Provence",
            "Aix-en-Provence",
            "Aix-en-Provence",
            "Aix en-Provence",
        ),
        ("MacDonald", "Mac Donald", "Mac Donald", "Mac Donald", "MacDonald"),
        ("O'BrienSmith", "O’Brien Smith", "O'Brien Smith", "O'Brien Smith", "O'Brien Smith"),
        ("OBrienSmith", "O’Brien Smith", "O’Brien Smith", "O’Brien Smith", "O’Brien Smith"),
        ("SaintDenis", "Saint-Denis", "Saint-Denis", "Saint-Denis", "Saint-Denis"),
        (
            "Saint-DenisNord",
            "Saint-Denis Nord",
            "Saint-Denis Nord",
            "Saint-Denis Nord",
            "Saint-Denis Nord",
        ),
    ],
)
def test_what_follows_the_canonical_form(
    source: str, target: str, whole: str, hyphens: str, marks: str
) -> None:
    for follow, after in ((WHOLE, whole), (HYPHENS, hyphens), (MARKS, marks)):
        text = source
        for start, end, new in reversed(respelled(source, target, follow)):
            text = text[:start] + new + text[end:]
        assert text == after, follow


@pytest.mark.parametrize(
    ("spelling", "fuller", "after"),
    [
        ("TO LAM", "Tô Lâm", "TÔ LÂM"),
        ("To\u0302 Lam", "Tô Lâm", "Tô Lâm"),
        ("Tô", "To", "To"),
        ("tO", "TÔ", "tÔ"),
        ("Hanoi", "Hà Nội", "Hànội"),
        ("Ho-Chi’Minh", "Hô Chi Minh", "Hô-Chi’Minh"),
        ("Oeuvre", "Œuvre", "Œuvre"),
        ("OEUVRES", "Œuvrés", "ŒUVRÉS"),
        ("œuvre", "Oeuvre", "oeuvre"),
        ("Œuvre", "Oeuvré", "Oeuvré"),
        ("ŒUVRE", "Oeuvré", "OEUVRÉ"),
    ],
)
def test_the_marks_of_another_spelling(spelling: str, fuller: str, after: str) -> None:
    assert marked_like(spelling, fuller) == after


def test_letters_of_a_skeleton_as_they_are_written() -> None:
    name = "Trương Tấn-Sang"
    cut = [slice_of(name, start, end) for start, end in ((0, 6), (6, 9), (5, 7), (9, 20), (7, 7))]
    assert cut == ["Trương", "Tấn", "gT", "Sang", ""]
    assert slice_of("Hà\u0323 Œu", 0, 4) == "HạŒ"


@given(related())
def test_a_respelled_name_needs_no_more(three: list[str]) -> None:
    source, target, _ = (name.title() for name in three)
    text = source
    for start, end, after in reversed(respelled(source, target)):
        text = text[:start] + after + text[end:]
    assert marks(text) == marks(target)
    assert respelled(text, target) == []


@pytest.mark.parametrize(
    ("a", "b", "style"),
    [
        ("Etats-Unis", "États Unis", True),
        ("New-York", "New York", True),
        ("New York", "New-York", True),
        ("EGYPTE", "Égypte", True),
        ("D'Artagnan", "D’Artagnan", True),
        ("Hanoi", "Hanoï", False),
        ("HANOI", "Hanoï", True),
        ("États-Unis", "Etats-Unis", False),
        ("Wałęsa", "Walesa", False),
        ("Łódź", "Lodź", False),
        ("Ecole Superieure", "École Supérieure", False),
        ("Cote", "Çote", True),
        ("Cedille", "Čedille", False),
        ("Osaka", "Ōsaka", False),
    ],
)
def test_what_is_house_style_alone(a: str, b: str, style: bool) -> None:
    """From what is written to what it could become."""
    assert differ_in_style(a, b) is style
