"""Near duplicates by MinHash; datasketch, which finds the pairs, is imported where there are some.

A signature is the one that datasketch makes of the same digests in its scheme ``affine32``: each
digest is mixed, then sent through ``PERMUTATIONS`` maps ``a * digest + b`` modulo 2**32, and the
least result of each map is kept. It is made here, because the library draws the maps anew for each
document and takes half a second and 40 MB to import, in every process that learns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy

    Numbers = numpy.ndarray[Any, numpy.dtype[numpy.uint32]]

PIECE = 16
"""Letters of a piece: about three words, without the white space that joined words lack."""
SAMPLED = 4
"""One piece in so many is compared, chosen by its own digest."""
FEWEST_PIECES = 20
"""Texts with fewer pieces are too short to be compared."""
PERMUTATIONS = 64
SIGNATURE_BYTES = 4 * PERMUTATIONS
BANDS, ROWS = 5, 11
"""Documents are compared that agree in a whole band of so many rows of their signatures: what
datasketch chooses for a similarity of 0.8."""
SEED = 1
LETTERS_AT_ONCE = 1 << 16
"""Letters whose pieces are compared together, which bounds what a long document takes."""
AT_ONCE = 4096
"""Pieces that go through the maps together, which bounds what a long document takes."""
_ONES = 0xFFFFFFFF
MOST_ALIKE = 5
"""Documents, the first by id, that one is paired with at most: a thousand copies of a page give
some thousands of pairs and not half a million."""


def pieces(body: Sequence[str]) -> Numbers:
    """Digests of the sampled pieces of a body (paragraphs as letters), each once, in order.

    The digest of a piece is the CRC-32 of its UTF-32 (little-endian). All of them are computed
    together: but for a constant, the checksum of two parts is the exclusive or of the second's and
    of the first's after as many zero bytes, so those of all pieces of 2, 4, 8 and 16 letters come
    from those of half the length.
    """
    import numpy

    letters, advances, constant = _checksums()
    body = [paragraph for paragraph in body if len(paragraph) >= PIECE]
    text = "".join(body)
    inside = numpy.ones(len(text), dtype=numpy.bool_)
    for end in accumulate(map(len, body)):
        inside[end - PIECE + 1 : end] = False  # a piece that starts here goes on in the next one
    found = numpy.zeros(0, dtype=numpy.uint32)
    for at in range(0, len(text), LETTERS_AT_ONCE):
        part = text[at : at + LETTERS_AT_ONCE + PIECE - 1]
        values = _looked_up(letters, numpy.frombuffer(part.encode("utf-32-le"), dtype="<u4"))
        half = 1
        for table in advances:
            values = _looked_up(table, values[:-half]) ^ values[half:]
            half *= 2
        digests = (values ^ constant)[inside[at : at + len(values)]]
        found = numpy.unique(numpy.concatenate([found, digests[digests % SAMPLED == 0]]))
    return found


def _looked_up(table: Numbers, values: Numbers) -> Numbers:
    """The exclusive or of what a table of two rows has for the lower half of each value and for
    the upper."""
    lower, upper = table
    found: Numbers = lower.take(values & 0xFFFF) ^ upper.take(values >> 16)
    return found


@lru_cache
def _checksums() -> tuple[Numbers, tuple[Numbers, ...], int]:
    """For ``pieces``: a letter's part of a checksum, what 1, 2, 4 and 8 letters of zero bytes make
    of a checksum, both as tables for ``_looked_up``, and the checksum of a piece of zeros."""
    import numpy

    def table(function: Callable[[int], int]) -> Numbers:
        bits = [[function(byte << 8 * at) for byte in range(256)] for at in range(4)]
        first, second, third, fourth = numpy.array(bits, dtype=numpy.uint32)
        halves = [second[:, None] ^ first, fourth[:, None] ^ third]
        return numpy.array(halves).reshape(2, 1 << 16)

    def advanced(size: int) -> Numbers:
        return table(lambda value: crc32(bytes(size), value ^ _ONES) ^ _ONES)

    letters = table(lambda value: crc32(value.to_bytes(4, "little")) ^ crc32(bytes(4)))
    return letters, tuple(map(advanced, (4, 8, 16, 32))), crc32(bytes(4 * PIECE))


def signature(body: Sequence[str]) -> bytes:
    """The MinHash signature of a body; empty for a text that is too short."""
    found = pieces(body)
    if len(found) < FEWEST_PIECES:
        return b""
    import numpy

    factors, offsets = _maps()
    digests = _mixed(found)
    least = numpy.full(PERMUTATIONS, 2**32 - 1, dtype=numpy.uint32)
    for at in range(0, len(digests), AT_ONCE):
        values = digests[at : at + AT_ONCE, None] * factors + offsets
        numpy.minimum(least, values.min(axis=0), out=least)
    return least.astype("<u4").tobytes()


@lru_cache
def _maps() -> tuple[Numbers, Numbers]:
    """Factors and offsets of the maps; an odd factor makes a map one to one."""
    import numpy

    drawn = numpy.random.RandomState(SEED)
    factors = drawn.randint(0, 1 << 31, PERMUTATIONS, dtype=numpy.uint32)
    offsets = drawn.randint(0, 1 << 32, PERMUTATIONS, dtype=numpy.uint32)
    return factors * numpy.uint32(2) + numpy.uint32(1), offsets


def _mixed(digests: Numbers) -> Numbers:
    """The digests through the last step of MurmurHash3, one to one."""
    import numpy

    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        digests = (digests ^ (digests >> numpy.uint32(shift))) * numpy.uint32(factor)
    return digests ^ (digests >> numpy.uint32(16))


def similar_pairs(
    signatures: Mapping[str, bytes], least: float
) -> Iterator[tuple[str, str, float]]:
    """Pairs of documents with an estimated similarity of at least ``least``, each once.

    Each document is paired with the first ``MOST_ALIKE`` by id at most.
    """
    some = _met(sorted(document for document, s in signatures.items() if s), signatures)
    if not some:
        return
    import numpy
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    kind = sketch.hashvalues.dtype
    for document in some:
        mine = numpy.frombuffer(signatures[document], dtype="<u4")
        sketch.hashvalues = mine.astype(kind)
        alike = 0
        for other in sorted(index.query(sketch)):
            theirs = numpy.frombuffer(signatures[other], dtype="<u4")
            similarity = round(float((theirs == mine).mean()), 2)
            if similarity >= least and alike < MOST_ALIKE:
                alike += 1
                yield other, document, similarity
        if alike < MOST_ALIKE:  # whatever is like this one is like those as well
            index.insert(document, sketch)


def _met(documents: Sequence[str], signatures: Mapping[str, bytes]) -> list[str]:
    """The documents that share a band with another; the index takes two kilobytes for each."""
    met: set[str] = set()
    size = 4 * ROWS
    for start in range(0, BANDS * size, size):
        first: dict[int, str] = {}
        for document in documents:
            band = hash(signatures[document][start : start + size])
            other = first.setdefault(band, document)
            if other is not document:
                met |= {other, document}
    return [document for document in documents if document in met]
