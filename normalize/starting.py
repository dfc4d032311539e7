"""What ``normalize init`` writes into a repository. It never overwrites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SETTINGS = """\
# Settings of normalize; `normalize config` shows what is in force, `normalize rules` the codes.
lang = "auto"                # or fr, es, en
# select = ["RUN", "SPC"]    # only these rules
# ignore = ["BOI"]           # not these
# keep = ["NewsGuild"]       # words that no rule may touch
# minimum-certainty = 0.5    # probability that a repair needs to be applied
"""

AUTHORITY = """\
# The authority file: how names are spelled in the clean text. One table for each name:
#
# [[name]]
# canonical = "Hoàng Xuân Chiên"
# aliases = ["Hoang Xuan Chien"]
# kind = "person"            # person, place, organisation
"""

HOOK = """\
repos:
  - repo: https://github.com/you/normalize   # where you keep it
    rev: v0.1.0
    hooks:
      - id: normalize-check
"""

FILES = {
    "normalize.toml": SETTINGS,
    "names.toml": AUTHORITY,
    ".pre-commit-config.yaml": HOOK,
}


def write_start(folder: Path) -> Iterator[tuple[str, bool]]:
    """Write the starting files that ``folder`` lacks; each name, and whether it was written.

    Raises ``OSError`` where the folder cannot be written.
    """
    for name, content in FILES.items():
        try:
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(content)
        except FileExistsError:
            yield name, False
        else:
            yield name, True
