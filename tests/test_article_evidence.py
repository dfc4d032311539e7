"""What a corpus teaches about blocks: exact merging, the lock, and what it changes."""

from __future__ import annotations

import json
import pickle
import random
from hashlib import sha256
from typing import Any
from zlib import crc32

import pytest
from datasketch import MinHash, MinHashLSH
from hypothesis import given
from hypothesis import strategies as st

from normalize.article import BlockEvidence, analyse, similar
from normalize.article import evidence as module
from normalize.article.evidence import NEAR, Repeated, Sample, bounded_samples, marks
from normalize.article.keys import block_key, source_of
from normalize.document import Role
from normalize.evidence import Evidence
from normalize.language import load
from normalize.view import View

from .examples import one_in

BODY = (
    "La ville a voté mardi la rénovation du vieux pont, fermé depuis la crue de l'hiver dernier.",
    "Les travaux commenceront au printemps et dureront huit mois, selon la maire du village.",
    "Le budget sera partagé entre la ville, la région et le fonds de prévention des crues.",
)
OTHER = (
    "Un troupeau échappé d'une ferme voisine a interrompu la circulation pendant deux heures.",
    "Les gendarmes ont ramené les bêtes à leur propriétaire, qui a promis de réparer sa clôture.",
    "Aucun blessé n'est à déplorer, mais la rocade est restée encombrée jusqu'au milieu du jour.",
)
APPEAL = "Ce journal vit de ses lecteurs : chaque don, même petit, nous aide à continuer demain."


def view(text: str, blocks: BlockEvidence | None = None) -> View:
    return View(text, load("fr"), Evidence(blocks=blocks or BlockEvidence()))


def collected(texts: dict[str, str]) -> BlockEvidence:
    total = BlockEvidence()
    for document, text in texts.items():
        total = total.merge(BlockEvidence.collect(view(text), document))
    return total


def page(title: str, body: tuple[str, ...], number: int = 0) -> str:
    return "\n\n".join(("La lettre du Val", f"Numéro {number}", title, *body, APPEAL)) + "\n"


LINES = st.sampled_from(("accueil", "voir plus", "un titre", APPEAL, *BODY, *OTHER))
TEXTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.lists(LINES, max_size=8).map("\n\n".join), max_size=6
)


@given(TEXTS, TEXTS, TEXTS)
@one_in(4)
def test_merging_is_exact(a: dict[str, str], b: dict[str, str], c: dict[str, str]) -> None:
    everything = {**a, **b, **c}
    parts = [
        collected({d: everything[d] for d in part if everything[d] == text[d]})
        for part, text in ((a, a), (b, b), (c, c))
    ]
    x, y, z = parts
    assert x.merge(y).merge(z) == x.merge(y.merge(z)) == z.merge(y).merge(x)
    assert x.merge(BlockEvidence()) == x
    assert x.merge(x) == x
    assert pickle.loads(pickle.dumps(x)) == x  # noqa: S301


def test_the_sample_does_not_depend_on_the_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DOCUMENTS_OF_SOURCE", 3)
    monkeypatch.setattr(module, "DOCUMENTS", 5)
    samples = {f"d{i}": Sample("" if i % 3 else "example.org", (str(i),)) for i in range(20)}
    whole = bounded_samples(samples)
    assert len(whole) == 5
    for cut in range(21):
        items = list(samples.items())
        first, second = bounded_samples(dict(items[:cut])), bounded_samples(dict(items[cut:]))
        assert bounded_samples({**second, **first}) == whole


def test_the_lock_gives_what_the_corpus_gave() -> None:
    texts = {f"d{i}": page(f"Titre {i}", BODY if i % 2 else OTHER, i) for i in range(4)}
    learned = collected(texts)
    data = json.loads(json.dumps(learned.to_lock()))
    locked = BlockEvidence.from_lock(data)
    assert locked.to_lock() == data
    assert locked.of_source("") == learned.of_source("")
    assert locked.near_duplicates == learned.near_duplicates
    assert [pair.documents for pair in learned.near_duplicates] == [("d0", "d2"), ("d1", "d3")]
    text = page("Titre", BODY)
    found = [analyse(view(text, evidence)).blocks for evidence in (learned, locked)]
    assert found[0] == found[1]


def test_a_block_under_every_article_goes() -> None:
    texts = {f"d{i}": page(f"Titre {i}", (BODY * 2)[i : i + 3], i) for i in range(4)}
    own = tuple(p.replace("e ", "es ") for p in OTHER)
    article = analyse(view(page("Un titre à part", own), collected(texts)))
    text = page("Un titre à part", own)
    repeated = [text[b.start : b.end].strip() for b in article.blocks if b.role is Role.REPEATED]
    assert repeated == ["La lettre du Val", "Numéro 0", APPEAL]


def test_a_copy_of_a_document_loses_nothing() -> None:
    texts = {f"d{i}": page("Un titre", BODY) for i in range(5)}
    article = analyse(view(texts["d0"], collected(texts)))
    assert all(block.role is not Role.REPEATED for block in article.blocks)


def test_keys() -> None:
    assert block_key("Comments (12)") == block_key("comments 7") == "comments 0"
    assert block_key("Réagir !") == "reagir"
    assert block_key("—") == ""
    assert len(block_key("mot " * 50)) <= 48
    assert block_key("mot " * 50 + "un") != block_key("mot " * 50 + "deux")
    assert source_of("https://www.example.org/a") == source_of("example.org") == "example.org"
    assert source_of(None) == ""
    assert len(marks(["a", "bb", "ccc", "dddd"])) == 3


@pytest.mark.parametrize(
    "data",
    [
        {"repeated": []},
        {"repeated": {"": {"documents": 0, "blocks": {}}}},
        {"repeated": {"": {"documents": 2, "blocks": {"a": "many"}}}},
        {"repeated": {"": {"documents": 2, "blocks": {"a": True}}}},
        {"near_duplicates": {}},
        {"near_duplicates": [{"documents": ["a"], "similarity": 1, "marks": [[], []]}]},
        {"near_duplicates": [{"documents": ["a", 2], "similarity": 1, "marks": [[], []]}]},
        {"near_duplicates": [{"documents": ["a", "b"], "similarity": "1", "marks": [[], []]}]},
        {"near_duplicates": [{"documents": ["a", "b"], "similarity": 1, "marks": ["x", [2]]}]},
    ],
)
def test_a_broken_lock_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"blocks|near_duplicates"):
        BlockEvidence.from_lock(data)


def test_a_line_is_counted_by_its_key_however_it_begins() -> None:
    """Most long lines are known to stand nowhere else by their first letters alone."""
    chance = random.Random(0)
    parts = ("Réagir ", "12", "3", " — ", "ß", "e\u0301", "\u0323\u0301", "đ", "각", " ", "mot ")
    lines = ["".join(chance.choices(parts, k=chance.randint(1, 80))) for _ in range(400)]
    blocks = {block_key(line): n for n, line in enumerate(lines[::2])}
    repeated = Repeated(400, blocks)
    for line in (*lines, *(line + " de plus" for line in lines), "Réagir " * 50):
        assert repeated.count(line) == blocks.get(block_key(line), 0), line


def test_a_piece_has_the_checksum_of_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(0)
    for at_once in (1, 16, 17, 50, 1 << 16):
        monkeypatch.setattr(similar, "LETTERS_AT_ONCE", at_once)
        for _ in range(20):
            lengths = chance.choices((0, 1, 15, 16, 17, 90), k=4)
            body = ["".join(chance.choices("abcé字𝒳\U0010ffff", k=length)) for length in lengths]
            digests = {
                crc32(paragraph[at : at + similar.PIECE].encode("utf-32-le"))
                for paragraph in body
                for at in range(len(paragraph) - similar.PIECE + 1)
            }
            sampled = sorted(digest for digest in digests if digest % similar.SAMPLED == 0)
            assert similar.pieces(body).tolist() == sampled


def test_the_signature_is_that_of_the_library() -> None:
    chance = random.Random(0)
    body = ["".join(chance.choices("abcdefghijklmnop", k=length)) for length in (300, 40_000)]
    made = similar.signature(body)
    digest = "20def8f51218947a305b84b86ac08f3f7b810146a40da136ec710f5a8691d4cb"
    assert sha256(made).hexdigest() == digest, "locks hold signatures, so they must not change"
    sketch = MinHash(num_perm=similar.PERMUTATIONS, seed=similar.SEED, hashfunc=int)
    if getattr(sketch, "scheme", None) == "affine32":  # datasketch before 2 has other maps
        sketch.update_batch(similar.pieces(body))
        assert made == sketch.hashvalues.astype("<u4").tobytes()
    assert similar.signature(["short"]) == b""


def test_the_bands_are_those_of_the_library() -> None:
    index = MinHashLSH(threshold=NEAR, num_perm=similar.PERMUTATIONS)
    assert (index.b, index.r) == (similar.BANDS, similar.ROWS)


def test_many_copies_of_one_text_give_few_pairs() -> None:
    text = similar.signature(["".join(random.Random(1).choices("abcdefgh", k=2000))])
    pairs = list(similar.similar_pairs({f"d{n:03}": text for n in range(200)}, 0.8))
    assert len(pairs) < 200 * similar.MOST_ALIKE
    assert pairs[:2] == [("d000", "d001", 1.0), ("d000", "d002", 1.0)]
