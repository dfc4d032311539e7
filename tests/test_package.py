"""What is published: the same bytes wherever it is built, with all that runs and nothing else."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

ROOT = Path(__file__).parents[1]
NEEDED = ("normalize", "schemas", "seeds", "docs")
LEFT = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a package is built from, and some things that must not get into it."""
    place = tmp_path_factory.mktemp("some") / "where"
    place.mkdir()
    for name in NEEDED:
        shutil.copytree(ROOT / name, place / name, ignore=LEFT)
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy(file, place)
    (place / "tests").mkdir()
    (place / "tests" / "test_a.py").write_text("")
    for name in ("clean", ".venv", "reports", ".ci"):
        (place / name).mkdir()
        (place / name / "secret.txt").write_text("")
    return place


def build(source: Path, out: Path, *targets: str) -> Path:
    """Build into ``out``, with the clock and the permissions of somebody else."""
    environment = {**os.environ, "TZ": "Pacific/Auckland"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    command += [word for target in targets for word in ("-t", target)]
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, tmp_path_factory.mktemp("dist"), "sdist", "wheel")


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def files(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(ROOT).as_posix()


def test_the_wheel_has_what_runs_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = set(wheel.namelist())
    ours = {name for name in names if name.startswith("normalize/")}
    assert ours == {
        *files(ROOT / "normalize"),
        *(f"normalize/{f}" for f in files(ROOT / "schemas")),
    }
    rest = {name.partition(".dist-info/")[2] for name in names - ours}
    assert rest == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/NOTICE",
    }
    for name in (
        "schemas/documents.yaml",
        "lexicon/data/fr.lexicon",
        "languages/fr.toml",
        "article/weights.json",
        "words/weights.toml",
        "report/templates/page.html",
        "py.typed",
    ):
        assert f"normalize/{name}" in ours


def test_the_source_has_what_builds_and_tests_it(built: Path) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as source:
        names = {member.name.partition("/")[2] for member in source.getmembers()}
    assert {"pyproject.toml", "README.md", "NOTICE", "tests/test_a.py", "PKG-INFO"} <= names
    assert any(name.startswith("seeds/") for name in names)
    assert not {name for name in names if "secret" in name or ".pyc" in name}


def test_a_build_elsewhere_and_later_gives_the_same_bytes(
    built: Path, checkout: Path, tmp_path: Path
) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as source:
        source.extractall(tmp_path, filter="data")
    other = only(tmp_path, "corpus_normalize-*")
    for file in other.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    again = build(other, tmp_path / "dist", "wheel")
    digests = {hashlib.sha256(only(f, "*.whl").read_bytes()).hexdigest() for f in (built, again)}
    assert len(digests) == 1


def test_it_runs_from_the_wheel(built: Path, tmp_path: Path) -> None:
    """Outside the checkout, with the wheel's files alone before what is installed."""
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        wheel.extractall(tmp_path / "site")  # noqa: S202 - we have just made it
    place = tmp_path / "elsewhere"
    place.mkdir()
    (place / "a.txt").write_text("Le ministre a salué lacoopération entre les deux pays.\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert str(tmp_path) in run("-c", "import normalize; print(normalize.__file__)")
    run("-m", "normalize", "build", "a.txt", "-o", "out", "--lang", "fr")
    run("-m", "normalize", "validate", "out/documents.parquet")
    assert "la coopération" in (place / "out" / "text" / "a.txt").read_text()


def test_every_dependency_has_a_lower_bound() -> None:
    """The bounds are tested: ``.ci/lowest`` runs the suite with the least of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for wanted in (*project["dependencies"], *extras["html"], *extras["ray"], *extras["lexicon"]):
        assert ">=" in wanted, wanted
        assert "==" not in wanted
