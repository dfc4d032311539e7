"""The promises, for any text and any settings. ``--hypothesis-profile deep`` searches for long."""

from __future__ import annotations

import csv
import gzip
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from functools import reduce
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

import normalize
from normalize.config import Config
from normalize.corpus import Built, build, check_bytes, learn
from normalize.decode import DecodeError, decode, encode, with_own_line_ends
from normalize.edits import EditedText, check_edits, undo
from normalize.engines.local import Engine
from normalize.evidence import Evidence
from normalize.pipeline import Cleaned, encoding_clean_view
from normalize.project import Project, Setting
from normalize.readers import Problem, find_sources
from normalize.records import Records

from .examples import one_in
from .strategies import LANGUAGES, SETTINGS, TEXTS

SOME = one_in(2)
"""For what takes a document through all stages."""


def written(done: Cleaned) -> str:
    """What ``fix`` would write."""
    return with_own_line_ends(EditedText(done.raw, done.edits)).text


@SOME
@given(TEXTS, SETTINGS, st.booleans())
def test_edits_make_the_clean_text_and_undo_it(
    text: str, chosen: dict[str, Any], layout: bool
) -> None:
    done = normalize.clean(text, layout=layout, **chosen)
    check_edits(text, done.edits)
    edited = EditedText(text, done.edits)
    assert edited.text == done.text
    assert undo(done.text, done.edits) == text
    for finding in (*done.edits, *done.reported):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.before != finding.after
        assert 0 <= finding.certainty <= 1
        assert finding.reason


@SOME
@given(TEXTS, SETTINGS)
def test_offsets_map_both_ways_and_never_go_back(text: str, chosen: dict[str, Any]) -> None:
    done = normalize.clean(text, **chosen)
    edited = EditedText(text, done.edits)
    raw = [edited.to_raw(at) for at in range(len(edited.text) + 1)]
    clean = [edited.to_clean(at) for at in range(len(text) + 1)]
    assert all(one <= other for one, other in pairwise(raw))
    assert all(one <= other for one, other in pairwise(clean))
    assert raw[-1] == len(text)
    assert clean[-1] == len(edited.text)
    replaced = {at for e in done.edits for at in range(e.start, e.end)}
    for at, character in enumerate(text):
        if at not in replaced:
            assert edited.text[clean[at]] == character
            assert raw[clean[at]] == at


@SOME
@given(TEXTS, SETTINGS)
def test_a_second_run_changes_nothing(text: str, chosen: dict[str, Any]) -> None:
    once = normalize.clean(text, **chosen)
    fixed = written(once)
    again = normalize.clean(fixed, **{**chosen, "lang": once.lang})
    assert again.text == once.text
    assert written(again) == fixed


@SOME
@given(
    TEXTS,
    SETTINGS,
    st.lists(st.sampled_from(["RUN", "SPC", "SPL"]), min_size=1, max_size=3, unique=True),
)
def test_word_rules_touch_nothing_but_white_space(
    text: str, chosen: dict[str, Any], families: list[str]
) -> None:
    done = normalize.clean(text, **{**chosen, "select": families})
    assert "".join(done.text.split()) == "".join(text.split())


@SOME
@given(TEXTS, SETTINGS)
def test_blocks_cover_the_raw_text_in_order(text: str, chosen: dict[str, Any]) -> None:
    done = normalize.clean(text, **chosen)
    at = 0
    for block in done.blocks:
        assert block.start == at
        at = block.end
    assert at == (len(text) if done.blocks else 0)


@SOME
@given(TEXTS, SETTINGS, st.booleans())
def test_the_clean_text_is_nfc_where_encoding_is_repaired(
    text: str, chosen: dict[str, Any], layout: bool
) -> None:
    sure = {"select": (), "ignore": (), "minimum_certainty": 0.5}
    done = normalize.clean(text, layout=layout, **{**chosen, **sure})
    assert unicodedata.is_normalized("NFC", done.text)
    done = normalize.clean(text, layout=layout, **{**chosen, **sure, "select": ("ENC",)})
    assert unicodedata.is_normalized("NFC", done.text)


@SOME
@given(TEXTS)
def test_what_is_kept_stays(text: str) -> None:
    keep = ("lesdeux", "Hoang", "généralde")
    done = normalize.clean(text, "fr", select=("RUN", "SPC", "NAM"), keep=keep)
    for word in keep:
        assert done.text.count(word) >= f" {text} ".count(f" {word} ")


@SOME
@given(TEXTS, LANGUAGES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]))
def test_a_fixed_file_is_found_clean(text: str, lang: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    setting = Setting(Config(lang=lang, encoding=encoding), Evidence(), None, None)
    try:
        decoded = decode(data, encoding)
    except DecodeError:
        return
    assert encode(decoded, decoded.text) == data
    once = check_bytes(data, "a.txt", setting)
    pinned = Setting(
        Config(lang=normalize.clean(decoded.text, lang).lang, encoding=encoding),
        Evidence(),
        None,
        None,
    )
    try:
        again = check_bytes(once.after, "a.txt", pinned)
    except DecodeError:  # one odd byte among a few letters made the file one that is not text
        return
    assert again.after == once.after


@one_in(3)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms())
def test_evidence_does_not_depend_on_the_order_of_documents(
    texts: list[str], random: object
) -> None:
    config = Config(lang="fr")
    parts = [
        Evidence.collect(encoding_clean_view(text, config), str(number))
        for number, text in enumerate(texts)
    ]
    lock = reduce(Evidence.merge, parts, Evidence()).to_lock()
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert reduce(Evidence.merge, parts).to_lock() == lock


@one_in(6)
@given(st.lists(TEXTS, min_size=1, max_size=4), LANGUAGES)
def test_every_reader_gives_the_same_documents(texts: list[str], lang: str) -> None:
    import pandas as pd

    # What a file of text cannot hold is not to be compared: half characters, a mark at the start.
    texts = [t.encode("utf-8", "ignore").decode().lstrip("\ufeff") for t in texts]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rows = [{"id": f"d{number}", "text": text} for number, text in enumerate(texts)]
        for row in rows:
            file = folder / "plain" / f"{row['id']}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(row["text"].encode())
        lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
        (folder / "a.jsonl").write_bytes(lines)
        (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines))
        table = pd.DataFrame(rows)
        table.to_parquet(folder / "a.parquet")
        table.to_csv(folder / "a.csv", index=False, quoting=csv.QUOTE_ALL)
        found = {
            name: documents(folder / name, lang)
            for name in ("plain", "a.jsonl", "a.jsonl.gz", "a.parquet", "a.csv")
        }
        # A file is judged by its bytes first, and one that holds no text is refused.
        plain = found.pop("plain")
        assert plain.items() <= found["a.jsonl"].items()
        for name, others in found.items():
            assert others == found["a.jsonl"], name


def documents(path: Path, lang: str) -> dict[str, Any]:
    """What a build makes of the documents of one file or folder."""
    project = Project(lang=lang)
    records = Records(tuple(find_sources([path], records=True)))
    evidence = learn(records, project, Engine()).evidence
    made = {}
    for built in build(records, project, evidence, Engine()):
        if isinstance(built, Problem):
            assert "not text" in built.message or "looks like" in built.message
            continue
        assert isinstance(built, Built)
        row = built.document
        edits = [(e.rule, e.start, e.end, e.after, e.status) for e in built.edits]
        made[row.id] = (row.text, row.title, row.lede, row.sha256, row.n_words, edits)
    return made


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


KINDS: dict[str, Callable[[str], object]] = {
    "glued or very long": lambda text: max(map(len, text.split()), default=0) > 1000,
    "decomposed": lambda text: not unicodedata.is_normalized("NFC", text),
    "in two scripts": lambda text: re.search("[a-z]", text) and re.search("[а-я]", text),
    "right to left": lambda text: re.search("[\u0590-\u06ff]", text),
    "bidirectional controls": lambda text: re.search("[\u202a-\u202e\u2066-\u2069]", text),
    "joiners": lambda text: "\U0001f468\u200d" in text,
    "half characters": lambda text: re.search("[\ud800-\udfff]", text),
    "NUL": lambda text: "\0" in text,
    "many line ends": lambda text: len(set(re.findall("\r\n|[\n\r\v\f\x85\u2028]", text))) > 4,
    "a thousand blank lines": lambda text: re.search("(\r\n|[\n\r\v\f\x85\u2028])\\1{999}", text),
    "a marker in a line": lambda text: re.search(r"\S ?(Voir plus|Lire aussi|Read more)", text),
    "a marker at the start": lambda text: re.match("Voir plus|Lire aussi|Read more", text),
}
"""What breaks programs, and what the texts of these properties must reach."""


def test_the_texts_reach_what_breaks_programs() -> None:
    missing = dict(KINDS)

    def all_reached(text: str) -> bool:
        for kind in [kind for kind, reaches in missing.items() if reaches(text)]:
            del missing[kind]
        return not missing

    generate = settings(max_examples=2000, phases=[Phase.generate], database=None)
    try:
        find(TEXTS, all_reached, settings=generate, random=Random(0))
    except NoSuchExample:
        pytest.fail(f"no text has {', '.join(missing)}")
