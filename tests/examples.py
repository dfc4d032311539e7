"""On how many inputs a property is tried, as the profile in force says (see ``conftest.py``)."""

from __future__ import annotations

from hypothesis import settings


def at_least(count: int) -> settings:
    """``count`` inputs, or as many as the profile has where those are more."""
    return settings(max_examples=max(count, settings.default.max_examples))


def one_in(part: int) -> settings:
    """One in ``part`` of the profile's inputs, for what takes long."""
    return settings(max_examples=max(1, settings.default.max_examples // part))
