"""Which words are worth trying in a long run of letters, found in time proportional to its length.

Where no space is left, any place may be the end of a word that nothing knows, so that some thirty
words start at each place and nearly none is part of a good reading. A first reading, in which no
word knows its neighbours, has one best way to each place and one on from it; an unknown word is
spelled on letter by letter. What it puts far behind the best is not tried (coarse to fine).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from .costs import NONE

SPELT = 3
"""Letters of an unknown word at the least: what starts each word depends on the word's edge."""

BEHIND = 15.0
"""How much worse than the best reading, in natural-log units, a word's best reading may be. On
development sentences whose spaces are lost, 25 repairs no more than 15."""

HOPELESS = -6.5
"""Worth of a letter, on average, under which a run is no words. Runs of glued words have -4.4 and
more on development sentences, of letters drawn at random -7.1 and less."""


def likely_words(
    known: Sequence[Sequence[tuple[int, float]]],
    entries: Sequence[float],
    spelling: tuple[Sequence[float], Sequence[float], Sequence[float]],
    longest: int,
) -> list[list[int]]:
    """By the place where they start, the ends of the words of all good readings, in order.

    None where even the best reading is no text.

    Args:
        known: by the place where they start, the end and the worth of each known word.
        entries: what a word that starts at each place costs beside its worth; -inf where none may.
        spelling: what an unknown word is worth, as ``costs.steps`` gives it.
        longest: letters of an unknown word at the most.
    """
    first, on, last = spelling
    size = len(entries)
    before = [0.0] + [NONE] * size
    starts = _Best()
    for place in range(size + 1):
        if place >= SPELT:
            start = place - SPELT
            starts.add(start, before[start] + entries[start] + first[start] - on[place])
            spelt = starts.within(place - longest, size) + on[place] + last[place]
            if spelt > before[place]:
                before[place] = spelt
        if place < size and (here := before[place]) > NONE:
            here += entries[place]
            for end, worth in known[place]:
                if here + worth > before[end]:
                    before[end] = here + worth
    behind = [NONE] * size + [0.0]
    closing = [NONE] * (size + 1)  # the best rest for an unknown word that ends at each place
    ends = _Best()
    for place in range(size - 1, -1, -1):
        best, spelt_end = NONE, place + SPELT
        if spelt_end <= size:
            closing[spelt_end] = on[spelt_end] + last[spelt_end] + behind[spelt_end]
            ends.add(spelt_end, closing[spelt_end])
            best = ends.within(0, place + longest) + first[place] - on[spelt_end]
        for end, worth in known[place]:
            if worth + behind[end] > best:
                best = worth + behind[end]
        behind[place] = entries[place] + best
    if before[size] < HOPELESS * size:
        return [[] for _ in range(size)]
    least = before[size] - BEHIND
    found: list[list[int]] = []
    for place in range(size):
        if before[place] + behind[place] < least:
            found.append([])
            continue
        lacks = least - before[place] - entries[place]
        good = {end for end, worth in known[place] if worth + behind[end] >= lacks}
        spelt_end = place + SPELT
        if spelt_end <= size:
            lacks -= first[place] - on[spelt_end]
            most = min(size, place + longest) + 1
            good.update([end for end in range(spelt_end, most) if closing[end] >= lacks])
        found.append(sorted(good))
    return found


class _Best:
    """The highest of the numbers at places that a window holds, which moves one way only."""

    def __init__(self) -> None:
        self._falling: deque[tuple[int, float]] = deque()

    def add(self, place: int, worth: float) -> None:
        """Take in the number at the next place that the window reaches."""
        falling = self._falling
        while falling and falling[-1][1] <= worth:
            falling.pop()
        falling.append((place, worth))

    def within(self, first: int, last: int) -> float:
        """The highest at the places from ``first`` to ``last``, of those taken in."""
        falling = self._falling
        while not first <= falling[0][0] <= last:
            falling.popleft()
        return falling[0][1]
