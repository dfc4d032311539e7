"""``reports/`` is what a build of the seeds says today."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from normalize.cli import main

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_the_published_report_is_current(built_seeds: Path, name: str) -> None:
    published = (ROOT / "reports" / name).read_text(encoding="utf-8")
    hint = "make it anew: normalize build seeds -o clean && cp clean/report.* reports/"
    assert published == (built_seeds / name).read_text(encoding="utf-8"), hint


def test_the_lock_of_the_seeds_is_current(tmp_path: Path) -> None:
    lock = tmp_path / "corpus.lock"
    assert CliRunner().invoke(main, ["learn", str(ROOT / "seeds"), "-o", str(lock)]).exit_code == 0
    hint = "make it anew: normalize learn seeds"
    assert lock.read_bytes() == (ROOT / "seeds" / "corpus.lock").read_bytes(), hint
