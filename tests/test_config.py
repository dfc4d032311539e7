"""Settings: what each option takes, what it refuses and how it says so, and which file counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from normalize.config import Config, ConfigError, find_file, load, nearest, parse
from normalize.document import Role


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("lang = 'es'", "lang", "es"),
        ("select = ['RUN', 'SPC001']", "select", ("RUN", "SPC001")),
        ("ignore = []", "ignore", ()),
        ("keep = ['lapaix']", "keep", ("lapaix",)),
        ("keep-patterns = ['[A-Z]{3}']", "keep_patterns", ("[A-Z]{3}",)),
        ("keep-roles = ['caption', 'teaser']", "keep_roles", (Role.CAPTION, Role.TEASER)),
        ("minimum-certainty = 1", "minimum_certainty", 1.0),
        ("minimum-certainty = 0.25", "minimum_certainty", 0.25),
        ("encoding = 'latin1'", "encoding", "iso8859-1"),
        ("unsafe = true", "unsafe", True),
        ("policy = 'ascii'", "policy", {"default": "ascii"}),
        ("policy = {place = 'frequent'}", "policy", {"place": "frequent"}),
        ("per-file-ignores = {'old/*' = ['NAM']}", "per_file_ignores", {"old/*": ("NAM",)}),
    ],
)
def test_an_option(tmp_path: Path, text: str, name: str, value: Any) -> None:
    file = tmp_path / "normalize.toml"
    file.write_text(text)
    settings = load(file)
    assert getattr(settings, name) == value
    assert type(getattr(settings, name)) is type(value)
    assert settings.stated == {text.split(" = ")[0]}
    assert settings.root == tmp_path


def test_paths_are_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    settings = parse({"lock": "a/corpus.lock", "names": "/etc/names.toml"}, tmp_path / "x.toml")
    assert settings.lock == tmp_path / "a" / "corpus.lock"
    assert settings.names == Path("/etc/names.toml")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("lang", ["fr"], "expected a string, found ['fr']"),
        ("lock", 1, "expected a string, found 1"),
        ("encoding", False, "expected a string, found False"),
        ("encoding", "klingon", "'klingon' is not an encoding that Python knows"),
        ("select", "RUN", "expected a list of strings, found 'RUN'"),
        ("keep", ["a", 2], "expected a list of strings, found ['a', 2]"),
        ("keep-patterns", ["("], "'(' is no regular expression"),
        ("keep-patterns", [3], "expected a list of strings"),
        ("keep-roles", ["advert"], "unknown role 'advert'; there are title, "),
        ("minimum-certainty", 1.5, "expected a number from 0 to 1, found 1.5"),
        ("minimum-certainty", -0.1, "expected a number from 0 to 1"),
        ("minimum-certainty", True, "expected a number from 0 to 1, found True"),
        ("minimum-certainty", "0.5", "expected a number from 0 to 1, found '0.5'"),
        ("minimum-certainty", float("nan"), "expected a number from 0 to 1"),
        ("unsafe", "yes", "expected true or false, found 'yes'"),
        ("unsafe", 1, "expected true or false, found 1"),
        ("per-file-ignores", ["NAM"], "expected a table of globs, found ['NAM']"),
        ("per-file-ignores", {"*": "NAM"}, "expected a list of strings, found 'NAM'"),
        ("policy", 3, "expected a policy or a table of kinds, found 3"),
        ("policy", {"place": 3}, "expected a policy or a table of kinds"),
        ("policy", "longest", "unknown policy 'longest'; there are richest, frequent, ascii"),
        ("policy", {"place": "longest"}, "unknown policy 'longest'"),
    ],
)
def test_a_value_that_cannot_be_used(key: str, value: Any, message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse({key: value}, Path("normalize.toml"))
    told = str(raised.value)
    assert told.startswith(f"normalize.toml: option {key!r}: ")
    assert message in told


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("ingore", "did you mean 'ignore'?"),
        ("keep_patterns", "did you mean 'keep-patterns'?"),
        ("colour", "known keys: encoding, ignore, keep, "),
        ("root", "known keys: "),
        ("stated", "known keys: "),
    ],
)
def test_an_unknown_option(key: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse({key: "x"}, Path("normalize.toml"))
    assert str(raised.value).startswith(f"normalize.toml: unknown option {key!r}; {hint}")


@pytest.mark.parametrize("content", [b"lang = ", b"lang = '\xff'", b"[a]\n[a]\n"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "normalize.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"normalize\.toml: cannot be read: "):
        load(file)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_without_a_file_there_are_defaults() -> None:
    assert load(None) == Config()


def test_options_that_are_given_win() -> None:
    settings = Config(lang="es", keep=("a",)).with_options(lang="fr", keep=None, unsafe=False)
    assert (settings.lang, settings.keep, settings.unsafe) == ("fr", ("a",), False)


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.normalize]\nlang = 'es'\n")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.ruff]\n")
    assert find_file(inner) == tmp_path / "pyproject.toml", "one for other tools is passed over"
    assert load(find_file(inner)).lang == "es"
    (tmp_path / "normalize.toml").write_text("lang = 'fr'\n")
    assert find_file(inner) == tmp_path / "normalize.toml", "before the pyproject.toml beside it"
    (inner / "normalize.toml").write_text("lang = 'en'\n")
    assert find_file(inner) == inner / "normalize.toml"
    (inner / "normalize.toml").unlink()
    (inner / "normalize.toml").mkdir()
    assert find_file(inner) == tmp_path / "normalize.toml", "a folder is no file"


def test_a_lock_is_not_looked_for_outside_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "texts"
    inner.mkdir(parents=True)
    (tmp_path / "corpus.lock").write_text("")
    assert nearest("corpus.lock", inner) == tmp_path / "corpus.lock"
    (tmp_path / "repository" / ".git").mkdir()
    assert nearest("corpus.lock", inner) is None
    (tmp_path / "repository" / "corpus.lock").write_text("")
    assert nearest("corpus.lock", inner) == tmp_path / "repository" / "corpus.lock"
    assert nearest("no-such-file-anywhere", Path("/")) is None
