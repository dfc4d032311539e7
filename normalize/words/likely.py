"""Which words are worth trying in a long run of letters, found in time proportional to its length.

Where no space is left, any place may be the end of a word that nothing knows, so that some thirty
words start at each place and nearly none is part of a good reading. A first reading, in which no
word knows its neighbours, has one best way to each place and one on from it; an unknown word is
spelled on letter by letter. What it puts far behind the best is not tried (coarse to fine).
"""

from __future__ import annotations

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
    known: Sequence[Sequence[tuple[int, int, float]]],
    entries: Sequence[float],
    spelling: tuple[Sequence[float], Sequence[float], Sequence[float]],
    longest: int,
) -> tuple[list[list[tuple[int, int, float]]], list[list[int]]]:
    """By the place where they start, the known words of all good readings, and where others end.

    None where even the best reading is no text.

    Args:
        known: by the place where they start, the end of each known word, its class, which does not
            matter here, and its worth; ordered by the end.
        entries: what a word that starts at each place costs beside its worth; -inf where none may.
        spelling: what an unknown word is worth, as ``costs.steps`` gives it.
        longest: letters of an unknown word at the most.
    """
    first, on, last = spelling
    size = len(entries)
    before = [0.0] + [NONE] * size
    opened = [NONE] * (size + 1)  # the best way into an unknown word that starts at each place
    best, at = NONE, 0  # the best of those that are near enough
    for place in range(size + 1):
        start = place - SPELT
        if start >= 0:
            worth = opened[start] = before[start] + entries[start] + first[start] - on[place]
            if worth >= best:
                best, at = worth, start
            elif at < place - longest:
                best = max(opened[place - longest : start + 1])
                at = opened.index(best, place - longest)
            spelt = best + on[place] + last[place]
            if spelt > before[place]:
                before[place] = spelt
        if place < size and (here := before[place]) > NONE:
            here += entries[place]
            for end, _, worth in known[place]:
                if here + worth > before[end]:
                    before[end] = here + worth
    behind = [NONE] * size + [0.0]
    closing = [NONE] * (size + 1)  # the best rest for an unknown word that ends at each place
    spelling_on = [NONE] * size  # the best of those that are near enough to each start
    best, at = NONE, size
    for place in range(size - 1, -1, -1):
        rest, spelt_end = NONE, place + SPELT
        if spelt_end <= size:
            worth = closing[spelt_end] = on[spelt_end] + last[spelt_end] + behind[spelt_end]
            if worth >= best:
                best, at = worth, spelt_end
            elif at > place + longest:
                best = max(closing[spelt_end : place + longest + 1])
                at = closing.index(best, spelt_end)
            spelling_on[place] = best
            rest = best + first[place] - on[spelt_end]
        for end, _, worth in known[place]:
            if worth + behind[end] > rest:
                rest = worth + behind[end]
        behind[place] = entries[place] + rest
    good: list[list[tuple[int, int, float]]] = [[] for _ in range(size)]
    strange: list[list[int]] = [[] for _ in range(size)]
    if before[size] < HOPELESS * size:
        return good, strange
    least = before[size] - BEHIND
    for place in range(size):
        if before[place] + behind[place] < least:
            continue
        lacks = least - before[place] - entries[place]
        good[place] = [word for word in known[place] if word[2] + behind[word[0]] >= lacks]
        spelt_end = place + SPELT
        if spelt_end > size:
            continue
        lacks -= first[place] - on[spelt_end]
        if spelling_on[place] < lacks:
            continue
        most = min(size, place + longest) + 1
        ends = {end for end in range(spelt_end, most) if closing[end] >= lacks}
        ends.update([word[0] for word in good[place]])
        good[place] = [word for word in known[place] if word[0] in ends]
        strange[place] = sorted(ends.difference([word[0] for word in good[place]]))
    return good, strange
