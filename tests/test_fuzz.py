"""Every input of the kept fuzzing corpus, without a fuzzer; findings stay here as ``found-*``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "fuzz" / "corpus"


@pytest.mark.parametrize("name", TARGETS)
def test_the_kept_corpus(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for library in ("trafilatura", "warcio") if name in ("html", "warc") else ():
        pytest.importorskip(library)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for file in inputs:
        TARGETS[name](file.read_bytes())


def test_every_corpus_has_a_target() -> None:
    assert {place.name for place in CORPUS.iterdir()} == set(TARGETS)
