"""The ENC rules against ftfy, Unicode and HTML."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import ftfy
import pytest
from ftfy.badness import BADNESS_RE, is_bad
from hypothesis import given
from hypothesis import strategies as st

from normalize.config import Config
from normalize.edits import Edit, apply, check_edits, resolve
from normalize.encoding.composition import LONGEST_CLUSTER, not_composed
from normalize.encoding.mojibake import REACH, may_be_mojibake, mojibake
from normalize.evidence import Evidence
from normalize.language import load
from normalize.pipeline import _Run, clean
from normalize.rules import all_rules
from normalize.view import View

from .examples import at_least

RULES = [rule for code, rule in all_rules().items() if code.startswith("ENC")]
FRENCH = load("fr")

WRONG_PAGES = (
    "latin-1",
    "sloppy-windows-1252",
    "sloppy-windows-1250",
    "sloppy-windows-1251",
    "sloppy-windows-1253",
    "sloppy-windows-1254",
    "macroman",
    "iso-8859-2",
    "cp437",
)


def findings(text: str, code: str = "ENC") -> list[Edit]:
    view = View(text, FRENCH, Evidence())
    return [e for rule in RULES if rule.code.startswith(code) for e in rule.find(view)]


def repaired(text: str, code: str = "ENC") -> str:
    """One pass of the family, or of one rule."""
    edits = [e for e in findings(text, code) if e.after is not None]
    return apply(text, resolve(edits)[0])


def settled(text: str) -> str:
    for _ in range(8):
        before, text = text, repaired(text)
        if text == before:
            return text
    raise AssertionError(f"not settled: {text!r}")


def by_ftfy(text: str) -> str:
    return "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))


# The claim of may_be_mojibake, on every string that an alternative of ftfy's expression matches.


def _members(op: object, argument: object) -> list[str]:
    """The characters that one item of a parsed expression stands for, a few for open classes."""
    if op is ops.LITERAL:
        return [chr(argument)]  # type: ignore[arg-type]
    if op is ops.ANY:
        return list("a é—Ã漢")
    assert op is ops.IN, op
    found: list[str] = []
    for kind, value in argument:  # type: ignore[attr-defined]
        if kind is ops.LITERAL:
            found.append(chr(value))
        elif kind is ops.RANGE:
            found += map(chr, range(value[0], value[1] + 1))
        elif kind is ops.CATEGORY:
            found += {ops.CATEGORY_SPACE: " \n\t\xa0\u2003", ops.CATEGORY_WORD: "aZ5_éÃπж漢"}[value]
        else:
            assert kind is ops.NEGATE
            return list(" .,0é—Ãœ漢\n")
    if len(found) == 52 and all(c.isascii() for c in found):
        return ["a", "Z"]
    return ["a", "z"] if found == [chr(c) for c in range(97, 123)] else found


def _strings(items: list[tuple[object, object]]) -> Iterator[str]:
    choices: list[list[str]] = []
    for op, argument in items:
        if op is ops.AT:
            continue
        if op is ops.MAX_REPEAT:
            low, high, inner = argument  # type: ignore[misc]
            assert (low, high) == (0, 1)
            choices.append(["", *_members(*inner[0])])
        else:
            choices.append(_members(op, argument))
    return map("".join, itertools.product(*choices))


def _alternatives() -> Iterator[list[tuple[object, object]]]:
    def expand(items: list[tuple[object, object]]) -> Iterator[list[tuple[object, object]]]:
        for i, (op, argument) in enumerate(items):
            if op is ops.BRANCH:
                for branch in argument[1]:  # type: ignore[index]
                    yield from expand([*items[:i], *branch, *items[i + 1 :]])
                return
        yield items

    yield from expand(list(parser.parse(BADNESS_RE.pattern, BADNESS_RE.flags)))


def test_no_mojibake_is_let_through() -> None:
    alternatives = list(_alternatives())
    assert len(alternatives) > 30
    for items in alternatives:
        missed = (s for s in _strings(items) if not may_be_mojibake(s) and is_bad(s))
        assert next(missed, None) is None


def test_what_ftfy_looks_for_is_short() -> None:
    _, longest = parser.parse(BADNESS_RE.pattern, BADNESS_RE.flags).getwidth()
    assert longest < REACH


signs = st.sampled_from(
    "abZ .?5\n"
    + "".join(map(chr, range(0x80, 0x180)))
    + "œŒƒˆ˜–—‘’‚“”„†‡•…‰‹›€™Ăăąčžšř√≈π≤≥ВГРСвЂάΒΓ漢ế"
)


@given(st.text(signs, max_size=12))
@at_least(400)
def test_the_cheap_test_has_no_false_negatives(text: str) -> None:
    if any(is_bad(line) for line in text.split("\n")):
        assert may_be_mojibake(text)


words = st.lists(
    st.sampled_from(
        [
            "été",
            "à",
            "l’œuvre",
            "« quatre »",
            "São",
            "20 °C",
            "¿Qué?",
            "señor",
            "“oui”",
            "12 €",
            "naïve",
            "—",
            "Đà Nẵng",
            "żółw",
            "приве́т",
            "κόσμος",
            "漢字",
            "📝",
            "don't",
        ]
    ),
    max_size=8,
).map(" ".join)


@st.composite
def garbled(draw: st.DrawFn) -> str:
    """Text written in UTF-8 and read through a wrong code page, once or twice, in part or whole."""
    text = draw(words)
    for _ in range(draw(st.integers(1, 2))):
        page = draw(st.sampled_from(WRONG_PAGES))
        read = text.encode("utf-8").decode(page, draw(st.sampled_from(["replace", "ignore"])))
        text = draw(st.sampled_from([read, f"{draw(words)} {read}", f"{read}\n{draw(words)}"]))
    return text


@given(garbled())
@at_least(400)
def test_mojibake_is_mended_as_ftfy_does(text: str) -> None:
    assert repaired(text, "ENC001") == by_ftfy(text)


@given(st.text(signs, max_size=30))
def test_other_text_is_left_as_ftfy_leaves_it(text: str) -> None:
    assert repaired(text, "ENC001") == by_ftfy(text)


def test_mojibake_spans_are_small() -> None:
    text = "Le prÃ©sident a reÃ§u la dÃ©lÃ©gation."
    spans = [(r.start, r.end, r.after) for r in mojibake(text)]
    assert spans == [(5, 7, "é"), (18, 20, "ç"), (26, 28, "é"), (29, 31, "é")]


def test_a_long_line_is_mended_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.encoding.mojibake.LONGEST_SEGMENT", 10)
    assert repaired("dÃ©jÃ  vu, dÃ©jÃ  lu", "ENC001") == "déjà vu, déjà lu"


# Composition.

clusters = st.text(
    st.sampled_from(
        "aeoAK é\n.\u0301\u0323\u0302\u0308\u0344\u212a\u037e"
        "가\u1100\u1161\u11a8\u09c7\u09be漢\ufb1d"
    ),
    max_size=30,
)


@given(clusters)
def test_composition_gives_nfc(text: str) -> None:
    assert repaired(text, "ENC002") == unicodedata.normalize("NFC", text)


@given(
    st.text(st.sampled_from("\u0301\u0323\u0302\u05b0\u0344\u0653\u09be"), min_size=LONGEST_CLUSTER)
)
def test_composition_of_endless_marks_gives_nfc(marks: str) -> None:
    assert repaired("a" + marks, "ENC002") == unicodedata.normalize("NFC", "a" + marks)


def test_composition_is_cut_at_clusters() -> None:
    found = [(r.start, r.end, r.after) for r in not_composed("e\u0301te\u0301, élu")]
    assert found == [(0, 2, "é"), (3, 5, "é")]


# Single characters.


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم क्\u200dष ക്\u200d",
        "שלום \u200fabc\u200e, \u2067אבג\u2069",
        "ภาษา\u200bไทย",
        "prix\xa0: 12\u202f000 «\xa0oui\xa0»",
        "東京\u3000大阪",
        "a\tb\nc",
        "☺\ufe0e",
    ],
)
def test_characters_that_belong_there_stay(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mot\u200b \u2060clé\ufeff", "mot clé"),
        ("a\u200d\u200cb", "ab"),
        ("\u202egauche\u202c droite\u200f", "gauche droite"),
        ("שלום\u202e abc", "שלום abc"),
        ("\x1b[31mrouge\x1b[0m", "rouge"),
        ("nul\x00 et\x07 \x7fdel", "nul et del"),
        ("l\x19été \x1coui\x1d \x13 non", "l’été “oui” – non"),
        ("secret\U000e0041\U000e0042", "secret"),
        ("un\u2028deux\x0btrois\x0cquatre", "un\ndeux\ntrois\nquatre"),
        ("«\u2009oui\u2009» !\u3000bon", "«\u202foui\u202f» ! bon"),
        ("12\u00ad13 bon\u00adjour", "12-13 bonjour"),
        ("x\x81y", "xy"),
        ("\ud83d\udcdd \udcdd", "📝 \ufffd"),
    ],
)
def test_characters_that_do_not_belong_go(text: str, clean: str) -> None:
    assert settled(text) == clean


def test_lost_characters_are_reported_once() -> None:
    found = findings("pa\ufffd\ufffds \ue001")
    assert [(e.rule, e.start, e.end, e.after) for e in found] == [
        ("ENC006", 2, 4, None),
        ("ENC006", 6, 7, None),
    ]


# References.


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("R&amp;D &amp;amp;amp; caf&eacute;", "R&D & café"),
        ("&amp;eacute; &#38;#233; &#x26;amp;lt;", "é é <"),
        ("10&nbsp;km, 10&nbsp km", "10\xa0km, 10\xa0 km"),
        (
            "l&#39;eau l&#8217;eau l&#x2019;eau l&rsquo;eau l&#146;eau",
            "l'eau l’eau l’eau l’eau l’eau",
        ),
        ("P&EACUTE;REZ", "PÉREZ"),
        ("gouver&shy;nement", "gouvernement"),
        ("un&#13;deux", "un\ndeux"),
        ("https://a.fr/?x=1&amp;y=2&amp;z", "https://a.fr/?x=1&y=2&z"),
    ],
)
def test_references_are_decoded(text: str, clean: str) -> None:
    assert settled(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; R&D Q&A; &inconnu; & &; &#; &#0; &#xD800; &#99999999;",
        "<b>caf&eacute;</b>",
        "écrire `&eacute;` en HTML",
        "https://a.fr/?x=1&copy;=2 www.a.fr?b&lt;c",
        "&#82&#8203;03; &am&#112;;",
        "&nbsp=1 &nbspx",
    ],
)
def test_references_that_stay(text: str) -> None:
    assert repaired(text) == text


# The family.

pieces = st.one_of(
    garbled(),
    clusters,
    st.text(max_size=10),
    st.sampled_from(
        [
            "&amp;",
            "&",
            "amp;",
            "#38;",
            "&eacute;",
            "&#8203;",
            "&#82",
            "03;",
            "\u200b",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\ud83d",
            "\udcdd",
            "\x00",
            "\x85",
            "â€‹",
            "\u00ad",
            "\u3000",
            "👨\u200d👩",
            "\n",
            "\x14",
        ]
    ),
)


texts = st.lists(pieces, max_size=6).map("".join)


@given(texts)
@at_least(400)
def test_the_family_judges_each_line_by_itself(text: str) -> None:
    lines = text.split("\n")
    found, at = [], 0
    for line in lines:
        found += [edit.moved(at) for edit in findings(f"\n{line}\n")]
        at += len(line) + 1
    assert sorted(found, key=repr) == sorted(findings(f"\n{text}\n"), key=repr)


@given(st.lists(texts, min_size=2, max_size=4).map("\n".join))
def test_lines_that_were_read_are_not_read_again(text: str) -> None:
    once = clean(text, Config(lang="fr"), Evidence())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Run, "_is_encoded", lambda run: False)
        assert clean(text, Config(lang="fr"), Evidence()) == once


@given(texts)
@at_least(400)
def test_the_family_settles_in_nfc_and_fits(text: str) -> None:
    edits = [e for e in findings(text) if e.after is not None]
    check_edits(text, resolve(edits)[0])
    for edit in edits:
        assert 0 <= edit.certainty <= 1
        assert edit.before != edit.after
    clean = settled(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]", clean)


@pytest.mark.parametrize(
    "text", ["", "ASCII only, & nothing else.\n", "L’été, « déjà » : 20 °C — œuvre"]
)
def test_clean_text_does_not_need_ftfy(text: str) -> None:
    assert findings(text) == []
    assert not may_be_mojibake(text)
