"""Near duplicates by MinHash (datasketch), imported only while a corpus is learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

PIECE = 16
"""Letters of a piece: about three words, without the white space that joined words lack."""
SAMPLED = 4
"""One piece in so many is compared, chosen by its own digest."""
FEWEST_PIECES = 20
"""Texts with fewer pieces are too short to be compared."""
PERMUTATIONS = 64
SEED = 1


def pieces(body: Sequence[str]) -> set[int]:
    """Digests of the sampled pieces of a body (paragraphs as letters)."""
    found = set()
    for paragraph in body:
        data = paragraph.encode("utf-32-le")
        for at in range(0, len(data) - 4 * PIECE + 1, 4):
            digest = crc32(data[at : at + 4 * PIECE])
            if digest % SAMPLED == 0:
                found.add(digest)
    return found


def signature(body: Sequence[str]) -> bytes:
    """The MinHash signature of a body; empty for a text that is too short."""
    from datasketch import MinHash

    found = pieces(body)
    if len(found) < FEWEST_PIECES:
        return b""
    sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    sketch.update_batch(sorted(found))
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def similar_pairs(
    signatures: Mapping[str, bytes], least: float
) -> Iterator[tuple[str, str, float]]:
    """Pairs of documents with an estimated similarity of at least ``least``, each once."""
    some = sorted((document, s) for document, s in signatures.items() if s)
    if len(some) < 2:
        return
    import numpy
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=least, num_perm=PERMUTATIONS)
    for document, data in some:
        values = numpy.frombuffer(data, dtype="<u4").astype(numpy.uint64)
        sketch = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
        sketch.hashvalues = values
        for other in sorted(index.query(sketch)):
            theirs = numpy.frombuffer(signatures[other], dtype="<u4")
            similarity = round(float((theirs == values).mean()), 2)
            if similarity >= least:
                yield other, document, similarity
        index.insert(document, sketch)
