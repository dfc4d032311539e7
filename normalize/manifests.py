"""How a build of ours is known: by its manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
MADE_BY = "corpus-normalize"
"""A folder is a build of ours when its manifest says ``"made_by": "corpus-normalize"``."""


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a build of ours; ``None`` where there is none."""
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.get("made_by") == MADE_BY else None
