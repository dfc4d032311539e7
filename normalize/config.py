"""Settings: ``[tool.normalize]`` in ``pyproject.toml``, or ``normalize.toml``, as one frozen value.

The nearest file from the document upwards is used, as ruff does. Options on the command line win.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .document import Role

POLICIES = ("richest", "frequent", "ascii")
MINIMUM_CERTAINTY = 0.5
"""Below this probability a repair is more likely wrong than right, so it is only reported."""


class ConfigError(ValueError):
    """A setting that cannot be used; the message names the file, the key and what to do."""


@dataclass(frozen=True)
class Config:
    """Everything that can be set, with its default.

    Attributes:
        lang: ISO 639-1 code of a language file, or ``auto``.
        select, ignore: rule codes or prefixes (``RUN``, ``RUN001``); ``ignore`` wins.
        per_file_ignores: glob of paths from the settings file's folder, or of file names -> codes
            or prefixes ignored there.
        keep: words that no edit may touch or cut, written as they stand in the text.
        keep_patterns: regular expressions for the same.
        keep_roles: block roles that stay in the text besides title, lede and body.
        minimum_certainty: probability, in [0, 1], that a repair needs to be applied.
        encoding: of files without a byte-order mark that are not UTF-8.
        lock, names: paths of the lock and the authority file; by default the nearest
            ``corpus.lock`` and ``names.toml`` from the document upwards.
        policy: canonical form of names: ``richest``, ``frequent`` or ``ascii``, for all kinds or
            for each (``{place = "frequent"}``).
        stated: the keys that the settings file has.
        root: the folder of the settings file.
    """

    lang: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    keep_patterns: tuple[str, ...] = ()
    keep_roles: tuple[Role, ...] = ()
    minimum_certainty: float = MINIMUM_CERTAINTY
    encoding: str | None = None
    lock: Path | None = None
    names: Path | None = None
    policy: Mapping[str, str] = field(default_factory=dict)
    unsafe: bool = False
    stated: frozenset[str] = frozenset()
    root: Path | None = None

    def with_options(self, **options: Any) -> Config:
        """The same settings with those of ``options`` that are not ``None``."""
        return replace(self, **{k: v for k, v in options.items() if v is not None})

    def as_dict(self) -> dict[str, Any]:
        """The settings that shape the output, as plain sorted data for the manifest."""
        return {
            "encoding": self.encoding,
            "ignore": sorted(self.ignore),
            "keep": sorted(self.keep),
            "keep-patterns": sorted(self.keep_patterns),
            "keep-roles": sorted(self.keep_roles),
            "lang": self.lang,
            "minimum-certainty": self.minimum_certainty,
            "per-file-ignores": {k: sorted(v) for k, v in sorted(self.per_file_ignores.items())},
            "policy": dict(sorted(self.policy.items())),
            "select": sorted(self.select),
            "unsafe": self.unsafe,
        }


def find_file(folder: Path) -> Path | None:
    """The nearest settings file from ``folder`` (absolute) upwards, or ``None``."""
    own = folder / "normalize.toml"
    if own.is_file():
        return own
    project = folder / "pyproject.toml"
    if project.is_file() and "normalize" in _read_toml(project).get("tool", {}):
        return project
    return None if folder.parent == folder else find_file(folder.parent)


def load(file: Path | None) -> Config:
    """The settings of ``file``; the defaults for ``None``. Raises ``ConfigError``."""
    if file is None:
        return Config()
    data = _read_toml(file)
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("normalize", {})
    return parse(data, file)


def parse(data: Mapping[str, Any], file: Path) -> Config:
    """Check and convert what a settings file says. Raises ``ConfigError``."""
    known = {f.name.replace("_", "-"): f.name for f in fields(Config)}
    values: dict[str, Any] = {"stated": frozenset(data), "root": file.parent}
    for own in values:
        known.pop(own)
    for key, value in data.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = (
                f"; did you mean {near[0]!r}?"
                if near
                else f"; known keys: {', '.join(sorted(known))}"
            )
            raise ConfigError(f"{file}: unknown option {key!r}{hint}")
        name = known[key]
        try:
            values[name] = _CONVERT[name](value, file)
        except (TypeError, ValueError) as error:
            raise ConfigError(f"{file}: option {key!r}: {error}") from None
    return Config(**values)


def nearest(name: str, folder: Path) -> Path | None:
    """The nearest file called ``name`` from ``folder`` upwards, not beyond a repository's top."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        if (place / name).is_file():
            return place / name
        if (place / ".git").exists():
            return None
    return None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from None


def _string(value: Any, _: Path) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a string, found {value!r}")
    return value


def _strings(value: Any, _: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise TypeError(f"expected a list of strings, found {value!r}")
    return tuple(value)


def _encoding(value: Any, file: Path) -> str:
    try:
        return codecs.lookup(_string(value, file)).name
    except LookupError:
        raise ValueError(f"{value!r} is not an encoding that Python knows") from None


def _patterns(value: Any, file: Path) -> tuple[str, ...]:
    patterns = _strings(value, file)
    for pattern in patterns:
        check_pattern(pattern)
    return patterns


def check_pattern(pattern: str) -> None:
    """Raise ``ConfigError`` unless ``pattern`` is a regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ConfigError(f"{pattern!r} is no regular expression: {error}") from None


def _probability(value: Any, _: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise TypeError(f"expected a number from 0 to 1, found {value!r}")
    return float(value)


def _flag(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, found {value!r}")
    return value


def _path(value: Any, file: Path) -> Path:
    return file.parent / _string(value, file)


def _globs(value: Any, file: Path) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError(f"expected a table of globs, found {value!r}")
    return {glob: _strings(codes, file) for glob, codes in value.items()}


def _roles(value: Any, file: Path) -> tuple[Role, ...]:
    roles = _strings(value, file)
    _one_of(roles, [str(r) for r in Role], "role")
    return tuple(Role(r) for r in roles)


def _policy(value: Any, _: Path) -> dict[str, str]:
    policies = {"default": value} if isinstance(value, str) else value
    if not isinstance(policies, dict) or not all(isinstance(v, str) for v in policies.values()):
        raise TypeError(f"expected a policy or a table of kinds, found {value!r}")
    _one_of(policies.values(), POLICIES, "policy")
    return dict(policies)


def _one_of(values: Iterable[str], known: Iterable[str], what: str) -> None:
    for value in values:
        if value not in known:
            raise ValueError(f"unknown {what} {value!r}; there are {', '.join(known)}")


_CONVERT = {
    "lang": _string,
    "select": _strings,
    "ignore": _strings,
    "per_file_ignores": _globs,
    "keep": _strings,
    "keep_patterns": _patterns,
    "keep_roles": _roles,
    "minimum_certainty": _probability,
    "encoding": _encoding,
    "lock": _path,
    "names": _path,
    "policy": _policy,
    "unsafe": _flag,
}
