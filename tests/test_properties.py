"""The promises, for any text: undo, idempotence, letters untouched, offsets, no exception."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normalize
from normalize.decode import with_own_line_ends
from normalize.edits import EditedText, check_edits, undo

PIECES = [
    "la",
    "coopération",
    "del'Union",
    "généralde",
    "lesdeux",
    "novembre2023",
    "SerizawaKiyoshi",
    "guerre,l'amélioration",
    "(ADMM )",
    "japon ais",
    "Hoàng Xuân Chiên",
    "Hoang Xuan Chien",
    "Chien",
    "Hanoï",
    "Hanoi",
    "Hanoi (VNA) - ",
    " -VNA",
    "source",
    "Voir plus",
    "Photo : VNA",
    "Comment (0)",
    "Source : https://example.org/a-b.html",
    "à partir de 022",
    "terreste",
    "d’État",
    "Etat",
    "cafÃ©",
    "â€™",
    "&amp;eacute;",
    "e\u0301",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u00a0",
    "👨‍👩‍👧",
    "שלום",
    "مرحبا",
    "日本",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    " ",
    "  ",
    ", ",
    ". ",
    "... ",
    " : ",
    "« ",
    " »",
    "'",
    "’",
    "-",
    "(",
    ")",
    "21,4",
    "80 000",
    "A380",
    "```",
    "`",
    "name@example.org",
    "# ",
    "* ",
    "\t",
    "\u2028",
    "\x85",
    "\v",
    "\f",
]
"""What texts are built from: defects, what must stay whole, and characters that break programs."""

WORDS = st.sampled_from(
    "le la les un une des du de et ou où mais dans pour avec sans sous entre chaque deux trois "
    "ministre gouvernement défense coopération paix guerre région monde capacité développement "
    "visite accord dialogue armée général amiral marine navire exercice sécurité formation "
    "rencontre étrangère japonais vietnamienne stratégique bilatérale nouvelle prochaine a est "
    "sera ont été souligne affirme signer renforcer poursuivre également toujours ainsi hier "
    "Vietnam Japon Tokyo Hanoï Paris ASEAN Kishida Nguyen".split(" ")
)
GLUED = st.lists(WORDS, min_size=2, max_size=4).map("".join)
SENTENCES = st.lists(st.one_of(WORDS, GLUED), min_size=4, max_size=25).map(
    lambda words: " ".join(words).capitalize() + "."
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.one_of(SENTENCES, st.sampled_from(PIECES)), max_size=12).map("\n".join),
    st.lists(st.one_of(WORDS, st.sampled_from(PIECES)), max_size=40).map(" ".join),
    st.text(max_size=200),
)
LANGUAGES = st.sampled_from(["fr", "es", "en", "auto"])
SELECTIONS = st.one_of(
    st.just(()),
    st.lists(
        st.sampled_from(["ENC", "SPC", "RUN", "SPL", "BOI", "TSR", "DUP", "NAM", "SUS", "RUN001"]),
        min_size=1,
        max_size=4,
    ).map(tuple),
)


@given(TEXTS, LANGUAGES, SELECTIONS, st.booleans())
def test_edits_make_the_clean_text_and_undo_it(
    text: str, lang: str, select: tuple[str, ...], layout: bool
) -> None:
    done = normalize.clean(text, lang, select=select, layout=layout)
    check_edits(text, done.edits)
    assert EditedText(text, done.edits).text == done.text
    assert undo(done.text, done.edits) == text
    for finding in done.reported:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.before
        assert 0 <= finding.certainty <= 1


@given(TEXTS, LANGUAGES, SELECTIONS)
def test_a_second_run_changes_nothing(text: str, lang: str, select: tuple[str, ...]) -> None:
    once = normalize.clean(text, lang, select=select)
    fixed = with_own_line_ends(EditedText(text, once.edits)).text
    assert normalize.clean(fixed, once.lang, select=select).text == once.text


@given(TEXTS, LANGUAGES)
def test_word_rules_touch_nothing_but_white_space(text: str, lang: str) -> None:
    done = normalize.clean(text, lang, select=("RUN", "SPC", "SPL"))
    assert "".join(done.text.split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_blocks_cover_the_raw_text_in_order(text: str, lang: str) -> None:
    done = normalize.clean(text, lang)
    at = 0
    for block in done.blocks:
        assert block.start == at
        at = block.end
    assert at == (len(text) if done.blocks else 0)


@given(TEXTS, LANGUAGES)
def test_the_clean_text_is_nfc(text: str, lang: str) -> None:
    assert unicodedata.is_normalized("NFC", normalize.clean(text, lang).text)


@given(TEXTS)
def test_what_is_kept_stays(text: str) -> None:
    keep = ("lesdeux", "Hoang", "généralde")
    done = normalize.clean(text, "fr", select=("RUN", "SPC", "NAM"), keep=keep)
    for word in keep:
        assert done.text.count(word) >= f" {text} ".count(f" {word} ")


@settings(max_examples=20)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms())
def test_evidence_does_not_depend_on_the_order_of_documents(
    texts: list[str], random: object
) -> None:
    from functools import reduce

    from normalize.config import Config
    from normalize.evidence import Evidence
    from normalize.pipeline import encoding_clean_view

    config = Config(lang="fr")
    parts = [
        Evidence.collect(encoding_clean_view(text, config), str(number))
        for number, text in enumerate(texts)
    ]
    lock = reduce(Evidence.merge, parts, Evidence()).to_lock()
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert reduce(Evidence.merge, parts).to_lock() == lock


def test_importing_the_package_is_cheap() -> None:
    import subprocess
    import sys

    code = "import sys, normalize; print('normalize.pipeline' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("lang", ["fr", "es", "en", "auto"])
@pytest.mark.parametrize("text", ["", " ", "\n", "\n\n\n", "a", "\ufeff", "\x00", "\ud800", "…"])
def test_least_texts(text: str, lang: str) -> None:
    done = normalize.clean(text, lang)
    assert undo(done.text, done.edits) == text
