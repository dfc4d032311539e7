"""What the tests share.

The suite tries the same inputs each time, so that what it says of a change is about the change.
``--hypothesis-profile deep`` is the search: long, with other inputs each time, run by hand and at
night; ``NORMALIZE_EXAMPLES`` says on how many inputs a property is tried then.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SEEDS = Path(__file__).parents[1] / "seeds"

settings.register_profile(
    "default",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    max_examples=int(os.environ.get("NORMALIZE_EXAMPLES", "6000")),
    deadline=None,
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Where mutants are tried, forget what was worked out of words and names by earlier tests.

    The process that tries a mutant has run all tests without it, and would give answers that the
    mutant had no part in.
    """
    if "MUTANT_UNDER_TEST" not in os.environ:
        return
    for name, module in tuple(sys.modules.items()):
        if name.startswith(("normalize.words.", "normalize.names.")):
            for member in tuple(vars(module).values()):
                if hasattr(member, "cache_clear"):
                    member.cache_clear()
                elif isinstance(member, dict) and hasattr(type(member), "__missing__"):
                    member.clear()


@pytest.fixture(scope="session")
def built_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds, made once."""
    from normalize.building import write_build
    from normalize.project import Project
    from normalize.readers import find_sources

    out = tmp_path_factory.mktemp("seeds") / "clean"
    result = write_build(find_sources([SEEDS]), Project(), SEEDS, out, strict=True)
    assert result.failures == ()
    return out
