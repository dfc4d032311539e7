"""What was worked out once and is asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """What a function gives for each key: ``remembered[key]`` asks it where the key is new.

    A key that was asked for before costs one look-up and no call. The memory is emptied when it
    holds ``most``, which is cheaper than to know the oldest.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = self._left = most

    def __missing__(self, key: K) -> V:
        if not self._left:
            self.clear()
            self._left = self._most
        self._left -= 1
        found = self[key] = self._function(key)
        return found
