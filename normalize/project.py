"""What is in force for a document: its settings, the lock and the authority file around it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from . import config as configuration
from .config import Config
from .evidence import Evidence
from .names.authority import read_authority

LOCK_NAME = "corpus.lock"
AUTHORITY_NAME = "names.toml"
LOCK_FORMAT = 1


class LockError(ValueError):
    """A lock that cannot be used; the message names the file and what to do."""


@dataclass(frozen=True)
class Setting:
    """Settings and evidence for the documents of one folder.

    ``evidence`` is the lock's, with the authority file and the name policy attached; ``lock`` and
    ``authority`` are the files it came from.
    """

    config: Config
    evidence: Evidence
    lock: Path | None
    authority: Path | None


class Project:
    """Finds settings for documents, each folder once. ``options`` win over settings files."""

    def __init__(self, config_file: Path | None = None, **options: Any) -> None:
        self._config_file = config_file
        self._options = options
        self._settings: dict[Path, Setting] = {}
        # A project lives as long as a command; files that change later belong to the next one.
        self._config = cache(configuration.load)
        self._file = cache(lambda folder: config_file or configuration.find_file(folder.resolve()))
        self._lock = cache(read_lock)
        self._authority = cache(read_authority)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_project, (self._config_file, self._options))

    def config(self, folder: Path) -> Config:
        """The settings for ``folder``. Raises ``ConfigError``."""
        found = self._config(self._file(folder))
        return found.with_options(**self._options)

    def described(self, folder: Path) -> Iterator[str]:
        """The settings for ``folder``, one a line, with where each comes from."""
        file = self._file(folder)
        stated = self._config(file).stated
        setting = self.at(folder)
        for name, value in setting.config.as_dict().items():
            if self._options.get(name.replace("-", "_")) is not None:
                origin = "command line"
            else:
                origin = str(file) if name in stated else "default"
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}  # {origin}"
        for name, path in (("lock", setting.lock), ("names", setting.authority)):
            yield f"{name} = {json.dumps(str(path)) if path else 'none found'}"

    def at(self, folder: Path) -> Setting:
        """All that is in force for ``folder``. Raises ``ConfigError``, ``LockError`` and
        ``names.authority.AuthorityError``."""
        if folder not in self._settings:
            config = self.config(folder)
            lock = config.lock or configuration.nearest(LOCK_NAME, folder)
            authority = config.names or configuration.nearest(AUTHORITY_NAME, folder)
            evidence = self._lock(lock) if lock else Evidence()
            evidence = self.attach(evidence, config, authority)
            self._settings[folder] = Setting(config, evidence, lock, authority)
        return self._settings[folder]

    def attach(self, evidence: Evidence, config: Config, authority: Path | None) -> Evidence:
        """``evidence`` with the people's say: authority file and name policy."""
        names = evidence.names.with_policy(config.policy)
        if authority is not None:
            names = names.with_authority(self._authority(authority))
        return replace(evidence, names=names)


def _project(config_file: Path | None, options: Mapping[str, Any]) -> Project:
    return Project(config_file, **options)


def read_lock(file: Path) -> Evidence:
    """The evidence of a lock file. Raises ``LockError``."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LockError(
            f"{file}: the lock cannot be read: {error}; try `normalize learn`"
        ) from None
    if not isinstance(data, dict) or data.get("format") != LOCK_FORMAT:
        raise LockError(f"{file}: not a lock of this version; try `normalize learn --refresh`")
    try:
        return Evidence.from_lock(data["evidence"])
    except (KeyError, TypeError, ValueError) as error:
        raise LockError(f"{file}: the lock is damaged: {error}; try `normalize learn`") from None


ENTRY_DEPTH = 4
"""Below this depth of the lock an entry stands on one line, so that a diff shows whole entries."""


def lock_bytes(evidence: Evidence) -> bytes:
    """The lock file of ``evidence``: sorted, one entry a line, the same for the same evidence."""
    return b"".join(lock_parts(evidence))


def lock_parts(evidence: Evidence) -> Iterator[bytes]:
    """The same piece by piece."""
    data = {"format": LOCK_FORMAT, "evidence": evidence.to_lock()}
    for part in chain(_laid_out(data, 0), "\n"):
        yield part.encode()


_on_one_line = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _laid_out(value: Any, depth: int) -> Iterator[str]:
    if depth == ENTRY_DEPTH or not isinstance(value, dict) or not value:
        yield _on_one_line(value)
        return
    before = "{\n"
    for key in sorted(value):
        yield f"{before}{' ' * (depth + 1)}{_on_one_line(key)}: "
        yield from _laid_out(value[key], depth + 1)
        before = ",\n"
    yield f"\n{' ' * depth}}}"
