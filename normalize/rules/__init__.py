"""The rules: one module for each family, found by walking this package.

A rule is a function from a :class:`~normalize.view.View` to the edits it proposes, in the view's
offsets. A rule never knows another rule, and nothing outside its module names it. Its docstring
has the sections ``Finds``, ``Why``, ``Example`` and ``Leaves alone``; ``normalize explain`` shows
them. Its cases stand in ``tests/cases/<family>.json``.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib import import_module
from typing import Literal

from ..edits import Edit
from ..view import View

Repair = Literal["safe", "unsafe", "none"]
Finder = Callable[[View], Iterable[Edit]]


class Stage(IntEnum):
    """When a rule runs. Each stage sees the text as the one before left it.

    Blocks are dropped before words are repaired, so that the unrelated articles around a text
    cost no time and lend it no evidence; the offsets reported are raw ones all the same.
    ``REPORT`` sees the clean text; ``LAYOUT`` runs for a build alone.
    """

    LINE_ENDS = 0
    ENCODING = 1
    BLOCKS = 2
    WORDS = 3
    NAMES = 4
    REPORT = 5
    LAYOUT = 6


@dataclass(frozen=True)
class Rule:
    """A registered rule: its code, name, repair (``safe``, ``unsafe``, ``none``) and finder."""

    code: str
    name: str
    repair: Repair
    stage: Stage
    find: Finder

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")

    @property
    def explanation(self) -> str:
        """The docstring, for ``normalize explain``."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The docstring's first line."""
        return self.explanation.partition("\n")[0]


_registry: dict[str, Rule] = {}


def rule(code: str, *, repair: Repair, stage: Stage) -> Callable[[Finder], Finder]:
    """Register the decorated finder as rule ``code``. Raises ``ValueError`` for a code in use."""

    def register(find: Finder) -> Finder:
        if code in _registry:
            raise ValueError(f"rule {code} is defined twice")
        name = getattr(find, "__name__", code).replace("_", "-")
        _registry[code] = Rule(code, name, repair, stage, find)
        return find

    return register


@lru_cache
def all_rules() -> dict[str, Rule]:
    """Every rule by code, in code order."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(_registry.items()))
