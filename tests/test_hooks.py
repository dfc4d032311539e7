"""The hooks under the real pre-commit, and the workflows, action and hook file as data."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from normalize.cli import main

from .official import complaints

ROOT = Path(__file__).parents[1]

DIRTY = "Le ministre a salué lacoopération entre les deux pays.\n"
CLEAN = "Le ministre a salué la coopération entre les deux pays.\n"


def run(
    folder: Path, *command: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a folder, outside of any repository that the tests themselves stand in."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command, cwd=folder, env=clean | (env or {}), capture_output=True, text=True, check=False
    )


GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgSign=false")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository of one commit, with what is not committed yet."""
    listed = run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("not a checkout")
    copy = tmp_path_factory.mktemp("normalize")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        assert run(copy, *GIT, *command).returncode == 0
    return copy


@pytest.fixture(scope="module")
def hook_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where pre-commit installs hooks, and what spares it a second copy of our dependencies.

    It makes a virtual environment and installs our package there with pip; pip finds the
    dependencies, and the build backend, where these tests have them, so nothing is downloaded.
    """
    return {
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("hooks")),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_BUILD_ISOLATION": "0",  # "no" to isolation, as pip reads it
        "PIP_NO_INDEX": "1",
    }


@pytest.fixture
def repository(tmp_path: Path, checkout: Path, hook_env: dict[str, str]) -> Path:
    """A repository with both hooks of this checkout, installed by the real pre-commit."""
    hooks = [{"id": "normalize-check"}, {"id": "normalize-fix", "stages": ["manual"]}]
    config = {"repos": [{"repo": str(checkout), "rev": "HEAD", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "normalize.toml").write_text('lang = "fr"\n', encoding="utf-8")
    assert run(tmp_path, *GIT, "init", "-q").returncode == 0
    installed = run(tmp_path, *PRE_COMMIT, "install", "--install-hooks", env=hook_env)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return tmp_path


PRE_COMMIT = (sys.executable, "-m", "pre_commit")


def test_a_dirty_seed_is_refused_repaired_and_accepted(
    repository: Path, hook_env: dict[str, str]
) -> None:
    (original,) = (ROOT / "seeds").glob("003_*.txt")
    seed = Path(shutil.copy(original, repository))
    (repository / "other.txt").write_bytes(b"not read \xff\n")
    run(repository, *GIT, "add", seed.name)
    refused = run(repository, *GIT, "commit", "-m", "seed", env=hook_env)
    assert refused.returncode != 0
    found = re.search(r"003_\w+\.txt:\d+:\d+: BOI006 a comment widget", refused.stderr)
    assert found, refused.stderr
    assert "other.txt" not in refused.stderr
    fix = (*PRE_COMMIT, "run", "normalize-fix", "--hook-stage", "manual")
    repaired = run(repository, *fix, env=hook_env)
    assert "files were modified by this hook" in repaired.stdout
    run(repository, *GIT, "add", seed.name)
    accepted = run(repository, *GIT, "commit", "-m", "seed", env=hook_env)
    assert accepted.returncode == 0, accepted.stderr
    assert run(repository, *GIT, "log", "--oneline").stdout.count("seed") == 1


def test_the_hook_runs_the_package_that_was_installed_for_it(
    repository: Path, hook_env: dict[str, str]
) -> None:
    (python,) = Path(hook_env["PRE_COMMIT_HOME"]).glob("*/py_env-*/bin/python")
    told = "import normalize; print(normalize.__file__)"
    found = run(repository, str(python), "-c", told, env=hook_env)
    assert found.stdout.startswith(hook_env["PRE_COMMIT_HOME"]), found.stderr


WATCH = """
import os, sys
here = os.path.realpath(".") + os.sep
def hear(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        path = os.path.realpath(arguments[0])
        if path.startswith(here):
            print(path[len(here):], file=sys.stderr)
sys.addaudithook(hear)
from normalize.cli import main
main()
"""


@pytest.mark.parametrize("command", ["check", "fix"])
def test_only_the_passed_files_are_read_and_the_lock_and_settings(
    tmp_path: Path, command: str
) -> None:
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DIRTY, encoding="utf-8")
    (tmp_path / "normalize.toml").write_text('lang = "fr"\n', encoding="utf-8")
    (tmp_path / "names.toml").write_text("", encoding="utf-8")
    shutil.copy(ROOT / "seeds" / "corpus.lock", tmp_path)
    heard = run(tmp_path, sys.executable, "-c", WATCH, command, "a.txt", "--quiet")
    read = {name for name in heard.stderr.splitlines() if not name.startswith(".normalize-")}
    assert read == {"a.txt", "normalize.toml", "names.toml", "corpus.lock"}


def commands(text: str) -> list[list[str]]:
    """The ``normalize`` command lines in a YAML or Markdown text."""
    lines = re.findall(
        r"(?:^|[\s`|(])normalize ((?:check|fix|learn|build|report|validate)\b[^\n`]*)", text
    )
    return [re.split(r"\s+", line.split("#")[0].strip()) for line in lines]


@pytest.mark.parametrize(
    "file",
    [
        *sorted((ROOT / ".github").rglob("*.yml")),
        ROOT / "action.yml",
        ROOT / ".pre-commit-hooks.yaml",
        ROOT / "README.md",
        ROOT / "docs" / "github.md",
    ],
    ids=lambda file: file.name,
)
def test_published_commands_use_options_that_exist(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for name, *rest in commands(text):
        known = {o for p in main.commands[name].params for o in p.opts}
        for option in rest:
            if re.match(r"--?[a-z]", option):
                assert option.partition("=")[0] in known, f"{file.name}: {name} {option}"


def examples(file: Path) -> list[Any]:
    """The YAML that a file is, or those that a Markdown page shows."""
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if file.suffix == ".md" else [text]
    # YAML 1.1 takes the key "on" for a truth value; GitHub does not.
    return [yaml.safe_load(re.sub(r"(?m)^on:", '"on":', block)) for block in blocks]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (ROOT / "action.yml", "github-action.json"),
        *((file, "github-workflow.json") for file in (ROOT / ".github").rglob("*.yml")),
        (ROOT / "docs" / "github.md", "github-workflow.json"),
        (ROOT / "README.md", "pre-commit-config.json"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_what_is_published_for_others_fits_their_schemas(file: Path, name: str) -> None:
    found = examples(file)
    assert found
    for example in found:
        assert complaints(example, name) == []


def test_the_workflow_example_uses_inputs_that_the_action_has() -> None:
    (workflow,) = examples(ROOT / "docs" / "github.md")
    (action,) = examples(ROOT / "action.yml")
    steps = workflow["jobs"]["normalize"]["steps"]
    given = next(step["with"] for step in steps if "/normalize@" in step.get("uses", ""))
    assert set(given) <= set(action["inputs"])
    upload = next(step["with"] for step in steps if "upload-sarif" in step.get("uses", ""))
    assert upload == {"sarif_file": given["sarif"]}
    assert any(given["summary"] in step.get("run", "") for step in steps)
    (check,) = (s["env"] for s in action["runs"]["steps"] if s["name"] == "Check")
    assert {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]} == set(check.values())


def test_every_command_has_help() -> None:
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert main.commands[name].help
