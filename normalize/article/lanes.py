"""Columns of whole numbers that add up at once: side by side, a lane each, in one long number.

A column has one number for each line. As bytes it is pieced together from what is ready for a
stretch of lines; columns of the same length then add up in one addition each, whatever their
length. No number is less than nothing, and no sum outgrows its lane, so lanes do not touch.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from itertools import repeat

LANE = array("I").itemsize
"""Bytes of a lane."""


def lane(number: int) -> bytes:
    """A column of one number."""
    return number.to_bytes(LANE, sys.byteorder)


def lanes_of(numbers: Iterable[int]) -> bytes:
    """A column of these numbers."""
    return array("I", numbers).tobytes()


def numbers_of(column: bytes) -> array[int]:
    """The numbers of a column."""
    return array("I", column)


def added(*columns: bytes) -> bytes:
    """The column of the sums; all are of the same length."""
    total = sum(map(int.from_bytes, columns, repeat(sys.byteorder)))
    return total.to_bytes(len(columns[0]), sys.byteorder)
