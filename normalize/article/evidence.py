"""What a corpus teaches about blocks: which stand in several documents, which texts are nearly one.

Blocks are counted over a sample of documents, those whose ids have the smallest digests: what a
site repeats shows in a sample, and the sample of a whole does not depend on order or on how the
corpus was split. The same holds for the signatures that find near duplicates.

In ``corpus.lock``::

    "repeated": {"": {"documents": 812, "blocks": {"voir plus": 640, "comment 0": 17}}},
    "near_duplicates": [{"documents": ["a", "b"], "similarity": 0.93, "marks": [...]}]

Blocks stand there as compared: lower case, without marks, every figure a zero; a long one is cut
and has a digest. The outer key of ``repeated`` is the source's host, empty
where a page states none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from ..view import View
from .analysis import analyse, body_of
from .keys import FEWEST, HEAD, block_key, key_head, source_of
from .lines import Line, split_lines
from .repeats import letters
from .similar import MOST_ALIKE, SIGNATURE_BYTES, signature, similar_pairs

DOCUMENTS_OF_SOURCE = 1000
"""Documents of one source in the sample at most."""
DOCUMENTS = 8000
"""Documents in the sample at most."""
SIGNATURES = 60_000
"""Documents that are compared with each other at most."""
BLOCKS_OF_DOCUMENT = 600
"""Blocks of one document that are counted at most, from its beginning and its end."""

NEAR = 0.8
"""Least estimated similarity (Jaccard, of pieces of 16 letters) of near duplicates."""
MARKS = 3
"""Paragraphs that mark a text: its longest ones."""
MARK_BYTES = 6
"""Bytes of a mark's digest: all marks of a text take less room than a signature."""
MOST_PLACES = 100
"""Pairs looked at for one mark: what a site puts at the end of every page marks many texts."""

T = TypeVar("T")


class Sample(NamedTuple):
    """One document of the sample: its source and the keys of its blocks, sorted."""

    source: str
    blocks: tuple[str, ...]


class NearDuplicate(NamedTuple):
    """Two documents with nearly the same text. ``marks`` has those of each."""

    documents: tuple[str, str]
    similarity: float
    marks: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Repeated:
    """How many of ``documents`` have each block."""

    documents: int = 0
    blocks: Mapping[str, int] = field(default_factory=dict)

    def count(self, line: str) -> int:
        """How many documents have this line."""
        head = key_head(line)
        return 0 if head and head not in self._heads else self.blocks.get(block_key(line), 0)

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(key[:HEAD] for key in self.blocks)


def _rank(document: str) -> str:
    return blake2b(document.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, eq=False)
class BlockEvidence:
    """Blocks of a sample of documents, signatures of texts, and what a lock says of both.

    ``sample_parts`` and ``text_parts`` are tables by document id, to be joined; they are kept
    apart so that merging one document after another copies each entry only a logarithm of times.
    """

    sample_parts: tuple[Mapping[str, Sample], ...] = ()
    text_parts: tuple[Mapping[str, bytes], ...] = ()
    locked: Mapping[str, Repeated] = field(default_factory=dict)
    locked_pairs: tuple[NearDuplicate, ...] = ()

    @classmethod
    def collect(cls, view: View, document: str) -> BlockEvidence:
        """The evidence of one document; ``document`` is its id."""
        article = view.once(analyse)
        sample = Sample(source_of(article.facts.url), block_keys(split_lines(view.text)))
        body = [letters(paragraph) for paragraph in body_of(view.text, article)]
        return cls(
            ({document: sample},) if sample.blocks else (),
            ({document: text_of(body)},) if body else (),
        )

    def merge(self, other: BlockEvidence) -> BlockEvidence:
        """Both together; associative, commutative and exact, within the bounds of the sample."""
        locked = {
            source: _sum(self.locked.get(source), other.locked.get(source))
            for source in sorted({*self.locked, *other.locked})
        }
        pairs = sorted({*self.locked_pairs, *other.locked_pairs})
        return BlockEvidence(
            _joined((*self.sample_parts, *other.sample_parts), bounded_samples),
            _joined((*self.text_parts, *other.text_parts), bounded_texts),
            locked,
            tuple(pairs),
        )

    def digested(self) -> BlockEvidence:
        """What cleaning needs of it: repeated blocks and near duplicates, as from a lock."""
        return BlockEvidence(locked=self.repeated, locked_pairs=self.near_duplicates)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BlockEvidence):
            return NotImplemented
        return (
            self.samples == other.samples
            and self.texts == other.texts
            and self.locked == other.locked
            and self.locked_pairs == other.locked_pairs
        )

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.sample_parts or self.locked)

    @cached_property
    def samples(self) -> Mapping[str, Sample]:
        """The sample, by document id."""
        return bounded_samples({d: s for part in self.sample_parts for d, s in part.items()})

    @cached_property
    def texts(self) -> Mapping[str, bytes]:
        """What is kept of texts (see ``text_of``), by document id."""
        return bounded_texts({d: t for part in self.text_parts for d, t in part.items()})

    @cached_property
    def repeated(self) -> Mapping[str, Repeated]:
        """By source, the blocks of ``FEWEST`` documents or more."""
        counts: dict[str, Counter[str]] = {}
        documents = Counter[str]()
        for sample in self.samples.values():
            documents[sample.source] += 1
            counts.setdefault(sample.source, Counter()).update(sample.blocks)
        out = {}
        for source in sorted({*counts, *self.locked}):
            mine = Repeated(documents[source], counts.get(source, {}))
            total = _sum(mine, self.locked.get(source))
            kept = {key: n for key, n in sorted(total.blocks.items()) if n >= FEWEST}
            if kept:
                out[source] = Repeated(total.documents, kept)
        return out

    def of_source(self, source: str) -> Repeated:
        """The repeated blocks that count for a page of ``source``: its own and the unknown ones."""
        if source not in self._of_source:
            unknown = self.repeated.get("") if source else None
            self._of_source[source] = _sum(self.repeated.get(source), unknown)
        return self._of_source[source]

    @cached_property
    def _of_source(self) -> dict[str, Repeated]:
        return {}

    @cached_property
    def near_duplicates(self) -> tuple[NearDuplicate, ...]:
        """Pairs of documents with nearly the same text, sorted."""
        signatures = {document: signature_of(text) for document, text in self.texts.items()}
        found = {
            NearDuplicate((a, b), similarity, (marks_of(self.texts[a]), marks_of(self.texts[b])))
            for a, b, similarity in similar_pairs(signatures, NEAR)
        }
        return tuple(sorted({*found, *self.locked_pairs}))

    @property
    def knows_texts(self) -> bool:
        """Whether there is anything to compare a text with."""
        return bool(self.text_parts or self.locked_pairs)

    def pairs_of(self, paragraphs: Sequence[str]) -> list[NearDuplicate]:
        """The first pairs that a text with these paragraphs belongs to, ``MOST_ALIKE`` at most."""
        mine = set(marks([letters(p) for p in paragraphs]))
        pairs = self.near_duplicates
        near = sorted({at for mark in mine for at in self._pairs_by_mark.get(mark, ())})
        found = (
            pairs[at]
            for at in near
            if any(len(mine & set(its)) >= min(2, len(its)) for its in pairs[at].marks)
        )
        return list(islice(found, MOST_ALIKE))

    @cached_property
    def _pairs_by_mark(self) -> Mapping[str, Sequence[int]]:
        """Where in ``near_duplicates`` each mark stands, the first few places."""
        places: dict[str, list[int]] = {}
        for at, pair in enumerate(self.near_duplicates):
            for mark in {mark for its in pair.marks for mark in its}:
                those = places.setdefault(mark, [])
                if len(those) < MOST_PLACES:
                    those.append(at)
        return places

    def to_lock(self) -> dict[str, Any]:
        """As plain sorted data for ``corpus.lock``."""
        data: dict[str, Any] = {}
        if self.repeated:
            data["repeated"] = {
                source: {"documents": r.documents, "blocks": dict(sorted(r.blocks.items()))}
                for source, r in sorted(self.repeated.items())
            }
        if self.near_duplicates:
            data["near_duplicates"] = [
                {
                    "documents": list(pair.documents),
                    "similarity": pair.similarity,
                    "marks": [list(m) for m in pair.marks],
                }
                for pair in self.near_duplicates
            ]
        return data

    @classmethod
    def from_lock(cls, data: Mapping[str, Any]) -> BlockEvidence:
        """Read what ``to_lock`` wrote. Raises ``ValueError`` that says what is wrong."""
        repeated = _table(data, "blocks").get("repeated", {})
        locked = {
            source: _read_repeated(source, entry)
            for source, entry in _table(repeated, "blocks.repeated").items()
        }
        pairs = data.get("near_duplicates", [])
        if not isinstance(pairs, list):
            raise ValueError("blocks.near_duplicates is not a list")
        return cls(locked=locked, locked_pairs=tuple(sorted(map(_read_pair, pairs))))


def block_keys(lines: Sequence[Line]) -> tuple[str, ...]:
    """The keys of a document's blocks, sorted, each once."""
    half = BLOCKS_OF_DOCUMENT // 2
    some = lines if len(lines) <= BLOCKS_OF_DOCUMENT else (*lines[:half], *lines[-half:])
    return tuple(sorted({key for line in some if len(key := block_key(line.text)) > 1}))


def marks(body: Sequence[str]) -> tuple[str, ...]:
    """Digests of the longest paragraphs of a body (given as letters, see ``repeats.letters``)."""
    longest = sorted(set(body), key=lambda p: (-len(p), p))[:MARKS]
    return tuple(blake2b(p.encode(), digest_size=MARK_BYTES).hexdigest() for p in longest if p)


def text_of(body: Sequence[str]) -> bytes:
    """What is kept of a text (given as ``marks`` is) to compare it: its signature and its marks.

    As bytes, for there are many: the signature, which may be empty, and the digests behind it.
    """
    return signature(body) + bytes.fromhex("".join(marks(body)))


def signature_of(text: bytes) -> bytes:
    """The signature in what ``text_of`` gave."""
    return text[:SIGNATURE_BYTES] if len(text) >= SIGNATURE_BYTES else b""


def marks_of(text: bytes) -> tuple[str, ...]:
    """The marks in what ``text_of`` gave."""
    digests = text[len(signature_of(text)) :]
    starts = range(0, len(digests), MARK_BYTES)
    return tuple(digests[at : at + MARK_BYTES].hex() for at in starts)


def _joined(
    parts: Sequence[Mapping[str, T]], bounded: Callable[[Mapping[str, T]], Mapping[str, T]]
) -> tuple[Mapping[str, T], ...]:
    """Fewer parts with the same content, each at least twice the size of the next."""
    out: list[Mapping[str, T]] = []
    for part in sorted(parts, key=len, reverse=True):
        out.append(part)
        while len(out) > 1 and len(out[-2]) < 2 * len(out[-1]):
            last, before = out.pop(), out.pop()
            out.append(bounded({**before, **last}))
    return tuple(out)


def bounded_texts(texts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The ``SIGNATURES`` documents with the smallest digests of their ids."""
    if len(texts) <= SIGNATURES:
        return texts
    return {d: texts[d] for d in sorted(texts, key=lambda d: (_rank(d), d))[:SIGNATURES]}


def bounded_samples(samples: Mapping[str, Sample]) -> Mapping[str, Sample]:
    """The sample: of each source, then of all, the documents with the smallest digests of ids.

    A document that one merge leaves out has enough smaller ones before it in any larger whole, so
    it does not matter in which order evidence is merged.
    """
    if len(samples) <= DOCUMENTS_OF_SOURCE:
        return samples
    taken = Counter[str]()
    out: dict[str, Sample] = {}
    for document in sorted(samples, key=lambda d: (_rank(d), d)):
        sample = samples[document]
        if taken[sample.source] < DOCUMENTS_OF_SOURCE:
            taken[sample.source] += 1
            out[document] = sample
            if len(out) == DOCUMENTS:
                break
    return out


def _sum(a: Repeated | None, b: Repeated | None) -> Repeated:
    if a is None or b is None:
        return a or b or Repeated()
    return Repeated(a.documents + b.documents, Counter(a.blocks) + Counter(b.blocks))


def _table(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is not a table")
    return value


def _count(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} is not a positive whole number")
    return value


def _read_repeated(source: str, entry: Any) -> Repeated:
    name = f"blocks.repeated.{source!r}"
    entry = _table(entry, name)
    documents = _count(entry.get("documents"), f"{name}.documents")
    blocks = _table(entry.get("blocks"), f"{name}.blocks")
    return Repeated(documents, {k: _count(n, f"{name}.blocks.{k!r}") for k, n in blocks.items()})


def _read_pair(entry: Any) -> NearDuplicate:
    name = "an entry of blocks.near_duplicates"
    entry = _table(entry, name)
    similarity = entry.get("similarity")
    if isinstance(similarity, bool) or not isinstance(similarity, int | float):
        raise ValueError(f"{name}: similarity is not a number")
    a, b = _two(entry.get("documents"), f"{name}: documents")
    first, second = _two(entry.get("marks"), f"{name}: marks")
    return NearDuplicate(
        (_string(a, name), _string(b, name)),
        float(similarity),
        (_strings(first, name), _strings(second, name)),
    )


def _two(value: Any, name: str) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{name} is not a list of two")
    return value[0], value[1]


def _string(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name}: {value!r} is not a string")
    return value


def _strings(value: Any, name: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name}: marks are not lists")
    items: Iterable[Any] = value
    return tuple(_string(v, name) for v in items)
