"""The hooks under the real pre-commit, and the workflows, action and hook file as data."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
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


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose hooks are those of this checkout, run from this environment.

    The hook's own environment would be a second installation of all dependencies; the entries,
    file types and arguments are those of ``.pre-commit-hooks.yaml``.
    """
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    command = f"{sys.executable} -m normalize"
    for hook in hooks:
        hook["language"] = "system"
        hook["entry"] = hook["entry"].replace("normalize", command, 1)
        hook["stages"] = ["pre-commit" if hook["id"] == "normalize-check" else "manual"]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "normalize.toml").write_text('lang = "fr"\n', encoding="utf-8")
    assert git(tmp_path, "init", "-q").returncode == 0
    install = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(install, cwd=tmp_path, capture_output=True, check=True)
    return tmp_path


def test_a_dirty_file_is_refused_repaired_and_accepted(repository: Path) -> None:
    seed = repository / "seed.txt"
    seed.write_text(DIRTY, encoding="utf-8")
    (repository / "other.txt").write_bytes(b"not read \xff\n")
    git(repository, "add", "seed.txt")
    refused = git(repository, "commit", "-m", "seed")
    assert refused.returncode != 0
    assert "RUN001" in refused.stdout + refused.stderr
    fix = [sys.executable, "-m", "pre_commit", "run", "normalize-fix", "--hook-stage", "manual"]
    subprocess.run(fix, cwd=repository, capture_output=True, check=False)
    assert seed.read_text(encoding="utf-8") == CLEAN
    git(repository, "add", "seed.txt")
    accepted = git(repository, "commit", "-m", "seed")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_a_real_seed_is_refused(repository: Path) -> None:
    seed = next((ROOT / "seeds").glob("002_*.txt"))
    shutil.copy(seed, repository)
    git(repository, "add", seed.name)
    refused = git(repository, "commit", "-m", "seed")
    assert refused.returncode != 0
    assert "TSR001" in refused.stdout + refused.stderr


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
