"""Names: mentions, clusters, and the rules on texts."""

from __future__ import annotations

import pickle
from functools import reduce
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.engines import as_tree
from normalize.names import tally
from normalize.names.evidence import NameEvidence
from normalize.names.find import mentions
from normalize.names.spelling import skeleton
from normalize.names.tally import Tally

from .examples import one_in
from .names import canonical, carriers, codes, learned, unified, view

SEEDS = Path(__file__).parents[1] / "seeds"

PEOPLE = {
    "000": "Hoàng Xuân Chiên|Serizawa Kiyoshi|Tô Lâm|Lê Hoài Trung|Abdullah bin Zayed Al Nahyan|"
    "Donald Trump|Marco Rubio|Jamieson Greer",
    "001": "Hoàng Xuân Chiên|Hara Takashi|Ishihara Masanao|Tô Lâm|Thongloun Sisoulith|"
    "Phan Van Giang|Saysomphone Phomvihane|Pham Minh Chinh|Sonexay Siphandone",
    "002": "Phung Si Tan|Ueda Kazumasa|Nguyen Hoa Binh|Lee Hsien Loong",
    "003": "Nguyên Minh Vu|Hoàng Xuân Chiên|Namazu Hiroyuki|Kano Koji",
    "004": "Hoàng Xuân Chiên|Nguyên Minh Vu|Namazu Hiroyuki|Kano Koji|Yamaguchi Tsuyoshi|"
    "Obuchi Yuko|Takebe Tsutomu",
}
"""Every person in the seeds, by document, in the canonical form; read by eye."""


# --- mentions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Selon Hara Takashi, tout va bien.", [("Hara Takashi", "person")]),
        ("Selon Le Khả Phiêu, tout va bien.", [("Le Khả Phiêu", "person")]),
        ("L'Académie a reçu M. Dupont.", [("Académie", "organisation"), ("Dupont", "person")]),
        ("Il a vu le président américain Donald Trump.", [("Donald Trump", "person")]),
        ("Il a cité Charles de Gaulle.", [("Charles de Gaulle", "person")]),
        ("La visite au Vietnam de Tô Lâm.", [("Vietnam", "place"), ("Tô Lâm", "person")]),
        ("Elle a lu J. K. Rowling.", [("J. K. Rowling", "unknown")]),
        ("Il a lu Ludwig van Beethoven.", [("Ludwig van Beethoven", "person")]),
        ("Il a vu Abdel Fattah al-Sissi.", [("Abdel Fattah al-Sissi", "unknown")]),
        ("Le SG To Lam arrive.", [("SG", "acronym"), ("To Lam", "person")]),
        ("Le ministre du Vietnam Le Hoai Trung.", [("Vietnam", "unknown"),
                                                   ("Le Hoai Trung", "person")]),
        ("Le généralUeda Kazumasa arrive.", [("Ueda Kazumasa", "person")]),
        ("Il vit à Rio de Janeiro.", [("Rio de Janeiro", "place")]),
        ("Un vice-Premier ministre.", []),
        ("Voir https://x.vn/To-Lam et @ToLam, #ToLam.", []),
        ("C'est ainsi. Été comme hiver, l'été.", []),
    ],
)  # fmt: skip
def test_mentions(text: str, found: list[tuple[str, str]]) -> None:
    known = [(m.spelling, m.kind) for m in mentions(view(text)) if not (m.initial and m.lower)]
    assert [k for k in known if k[0] not in ("Voir", "Été")] == found


def test_mentions_have_their_place() -> None:
    text = "« À Hanoï », a dit\u00a0Hara\u00a0Takashi."
    found = mentions(view(text))
    assert [(text[m.start : m.end], m.spelling) for m in found] == [
        ("Hanoï", "Hanoï"),
        ("Hara\u00a0Takashi", "Hara Takashi"),
    ]


# --- clusters -----------------------------------------------------------------------------------


def test_what_is_below_two_names_is_neither() -> None:
    names = learned(*carriers("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyen Van Hung"))
    rows = {r.spelling: r for r in names.rows()}
    assert len({r.canonical for r in rows.values()}) == 3
    assert rows["Nguyen Van Hung"].status == "ambiguous"
    assert "Nguyễn Văn Hùng" in rows["Nguyen Van Hung"].reason
    assert "Nguyễn Văn Hưng" in rows["Nguyen Van Hung"].reason
    assert codes("Le ministre Nguyen Van Hung a parlé.", names=names) == ["NAM002"]


def test_context_decides_between_two_names() -> None:
    names = learned(*carriers("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Nguyen Van Hung"))
    text = "M. Nguyen Van Hung, puis le ministre Nguyễn Văn Hưng, puis Nguyen Van Hung."
    assert unified(text, names=names) == (
        "M. Nguyen Van Hung, puis le ministre Nguyễn Văn Hưng, puis Nguyễn Văn Hưng."
    )
    both = f"{text} Nguyễn Văn Hùng aussi."
    assert unified(both, names=names) == both


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nguyen Minh Vu", "Nguyen Minh Vuong"),
        ("Suga Yoshihide", "Suga Yoshihiro"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("Trần Thị Hương", "Trần Thị Hường"),
        ("Jean Lacôte", "Jean Lacoté"),
        ("Pérez", "Perez"),
        ("Côté", "Cote"),
        ("Vũ", "Vu"),
        ("Hoàng", "Hoang"),
    ],
)
def test_look_alikes_stay_apart(a: str, b: str) -> None:
    names = learned(*carriers(a, b))
    assert canonical(names) == {a: a, b: b}
    text = "\n".join(carriers(a, b, a, b))
    assert unified(text) == text
    assert unified(text, names=names) == text


@pytest.mark.parametrize(
    "spellings",
    [
        ["Hoàng Xuân Chiên", "Hoang Xuân Chiên", "Hoang Xuan Chien", "Hoang Xuan Chiên"],
        ["Hoàng Xuân Chiến", "Hoàng Xuân Chiên", "Hoang Xuan Chien"],
        ["Ōbuchi Yūko", "Obuchi Yuko"],
        ["Lech Wałęsa", "Lech Walesa"],
        ["Erdoğan", "Erdogan"],
        ["Trương Tấn Sang", "TruongTan Sang", "Truong Tan Sang"],
        ["Jean-Pierre Côté", "Jean Pierre Cote"],
    ],
)
def test_spellings_of_one_name(spellings: list[str]) -> None:
    kept_apart = {"Jean Pierre Cote": "Jean Pierre Côté"}  # no hyphen comes or goes in a person
    for order in (spellings, spellings[::-1]):
        names = learned(*carriers(*order))
        assert canonical(names) == dict.fromkeys(spellings, spellings[0])
        text = "\n".join(carriers(*order))
        written = [kept_apart.get(s, spellings[0]) for s in order]
        assert unified(text, names=names) == "\n".join(carriers(*written))


def test_places_of_one_word_need_a_place() -> None:
    names = learned("Il vit à Hanoi.", "Il vit à Hanoï.", "Il est né à Hà Nội.")
    assert set(canonical(names).values()) == {"Hà Nội"}
    assert unified("Il est à Verone et à Vérone.") == "Il est à Vérone et à Vérone."
    same = "M. Verone a vu M. Vérone."
    assert unified(same) == same


def test_what_meets_two_that_do_not_meet_is_neither() -> None:
    three = ["José Angel Portal", "Jose Ángel Portal", "Josè Angel Portal"]
    for order in permutations(three):
        assert canonical(learned(*carriers(*order))) == {name: name for name in three}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Il vit à Vérone. On aime Verone.", "On aime Vérone."),
        ("Il vit à Vérone. On aime M. Verone.", "On aime M. Verone."),
        ("Il vit à Vérone. Un verone. On aime Verone.", "On aime Verone."),
        ("On aime Vérone. On aime Verone.", "On aime Verone."),
        ("Il vit à Hélène. On aime Helene.", "On aime Helene."),
        ("Il vit à Muré. Il vit à Mure.", "à Muré. Il vit à Mure."),
        ("Il vit à Bâle. On aime Bale.", "On aime Bale."),
    ],
    ids=["a place", "a person", "a word", "who knows", "a given name", "last e", "too short"],
)
def test_a_word_without_its_marks_where_a_place_has_them(text: str, after: str) -> None:
    assert unified(text).endswith(after)


def test_rare_marks_are_no_reason_to_change_a_usual_word() -> None:
    often = ["He lives in Mexico. He likes Mexico."] * 10
    assert canonical(learned(*often, "He lives in México.", lang="en")) == {
        "Mexico": "Mexico",
        "México": "México",
    }
    few = learned(often[0], *["He lives in México."] * 2, lang="en")
    assert set(canonical(few).values()) == {"México"}


def test_two_names_of_the_lock_stay_two() -> None:
    apart = {
        s: {"kind": "person", "spellings": {s: {"mentions": 3}}} for s in ("Ana Pena", "Ana Peña")
    }
    names = NameEvidence.from_lock({"decided": apart})
    assert canonical(names) == {"Ana Pena": "Ana Pena", "Ana Peña": "Ana Peña"}
    text = "Puis Ana Pena et Ana Peña sortent."
    assert unified(text, names=names) == text


def test_what_stays_says_why() -> None:
    text = "Il vit aux Etats-Unis, à New York. Elle vit aux États-Unis. M. Jose Diaz, M. José Diaz."
    reasons = {row.spelling: row.reason for row in learned(text).rows()}
    assert reasons["Etats-Unis"].endswith(
        "it stays, as hyphens and accents on capitals are house style"
    )
    assert reasons["Jose Diaz"] == "a spelling of 'José Diaz', the form with the most marks"


def test_rows_do_not_depend_on_the_order_of_documents() -> None:
    texts = [p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.txt"))]
    parts = [NameEvidence.collect(view(t), f"{i}") for i, t in enumerate(texts)]
    forward = reduce(NameEvidence.merge, parts, NameEvidence())
    backward = reduce(NameEvidence.merge, reversed(parts), NameEvidence())
    nested = parts[0].merge(parts[1]).merge(parts[2].merge(parts[3].merge(parts[4])))
    assert forward.rows() == backward.rows() == nested.rows()
    assert forward == backward == nested
    assert pickle.loads(pickle.dumps(forward)) == forward  # noqa: S301


@one_in(2)
@given(st.permutations(["Hùng", "Hưng", "Hung", "Huňg", "Hứng", "Húng"]), st.data())
def test_clusters_do_not_depend_on_the_order_of_documents(
    order: list[str], data: st.DataObject
) -> None:
    spellings = [f"Nguyen Van {name}" for name in order[: data.draw(st.integers(1, 6))]]
    forward, backward = learned(*carriers(*spellings)), learned(*carriers(*spellings[::-1]))
    assert canonical(forward) == canonical(backward)
    assert forward.to_lock() == backward.to_lock()


MIXED = [
    "Nguyễn Văn Hùng", "Nguyen Van Hung", "Nguyễn Văn Hưng", "NGUYEN VAN HUNG", "Hanoi", "Hanoï",
    "Hà Nội", "Ho Chi Minh Ville", "Hô Chi Minh-Ville", "Recep Erdoğan", "Erdogan", "M. Hung",
    "Kishida Fumio", "Fumio Kishida", "Etats-Unis", "États-Unis", "Chien", "To Lam", "Tô Lâm",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(MIXED), st.sampled_from(["à {}", "le général {}", "{}"])),
                min_size=1, max_size=12))  # fmt: skip
def test_a_second_pass_finds_nothing_more(mentioned: list[tuple[str, str]]) -> None:
    text = "".join(f"Puis {form.format(name)} est là.\n" for name, form in mentioned)
    for names in (NameEvidence(), learned(text)):
        once = unified(text, names=names)
        assert unified(once, names=names) == once
        assert skeleton(once) == skeleton(text)


# --- headings, protection, partial mentions, other forms ----------------------------------------


def test_headings_stay_in_capitals() -> None:
    text = "LE PRESIDENT TO LAM AUX ETATS-UNIS\nLe président Tô Lâm est aux États-Unis."
    assert unified(text) == text.replace("TO LAM", "TÔ LÂM")


def test_capitals_cut_into_other_words_lend_no_marks() -> None:
    text = "HÀ NỘI — The ministers met in Hanoi, and left Hanoi on Monday."
    assert unified(text, "en") == text


@pytest.mark.parametrize(
    ("heading", "after"),
    [
        ("TO LAM", "TÔ LÂM"),
        ("ENCORE UNE VISITE DE TO LAM A LYON", "ENCORE UNE VISITE DE TÔ LÂM A LYON"),
        ("HOANG XUAN CHIEN RECU", "HOÀNG XUÂN CHIÊN RECU"),
        ("LE GENERAL CHIEN RECU", "LE GENERAL CHIEN RECU"),
        ("UNE FETE A HANOI", "UNE FETE A HANOI"),
        ("TO LAM VOIT HOANG XUAN CHIEN", "TÔ LÂM VOIT HOÀNG XUÂN CHIÊN"),
    ],
)
def test_whole_names_in_headings_get_their_marks(heading: str, after: str) -> None:
    text = "Tô Lâm a vu Hoàng Xuân Chiên à Hà Nội."
    assert unified(f"{heading}\n{text}") == f"{after}\n{text}"


def test_capitals_without_accents_are_house_style() -> None:
    text = "Il vit aux Etats-Unis. Elle vit aux États-Unis."
    assert unified(text) == text
    assert canonical(learned(text))["Etats-Unis"] == "États-Unis"
    assert unified("Il lit Emile Zola.\nElle lit Émile Zola.").count("Émile") == 2


def test_addresses_and_code_are_left_alone() -> None:
    text = (
        "Le général Hoàng Xuân Chiên (https://x.vn/a?q=(Hoang Xuan Chien), hoang@x.vn)"
        " a vu `Hoang Xuan Chien` et Hoang Xuan Chien."
    )
    assert unified(text).count("Hoàng Xuân Chiên") == 2
    assert "`Hoang Xuan Chien`" in unified(text)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Hoàng Xuân Chiên parle. Le général Chien sort.", "général Chiên sort"),
        ("Hoàng Xuân Chiên parle. Le général Xuan Chien sort.", "général Xuân Chiên sort"),
        ("Le général Chien sort. Hoàng Xuân Chiên parle.", "général Chien sort"),
        (
            "Hoàng Xuân Chiên parle. Puis Hoang Xuân Chiên sort. Le général Chien sort.",
            "général Chiên sort",
        ),
        ("Hoàng Xuân Chiên et Lê Văn Chiền parlent. Le général Chien sort.", "général Chien sort"),
        ("Hoàng Xuân Chiên parle. Son Chien aboie.", "Son Chien aboie"),
        ("Le président Recep Erdoğan parle. Hier Erdogan sort.", "Erdoğan sort"),
        ("Lech Kaczyński parle. Selon M. Kaczynski, oui.", "M. Kaczyński"),
        ("José Pérez parle. Hier, Perez sort.", "Perez sort"),
        ("Recep Erdoğan parle. Erdogan sort.", ". Erdogan sort"),
        ("Recep Erdoğan parle. On va à Erdogan.", "à Erdogan"),
        ("Recep Erdoğan parle. Un erdogan et Erdogan sortent.", "et Erdogan"),
        ("Hoàng Xuân Chiên parle. Le général Hoang sort.", "général Hoàng sort"),
        ("Hoàng Xuân Chiên parle. Le général Hoang Xuan sort.", "général Hoàng Xuân sort"),
        ("Hoàng Xuân Chiên parle. Le général Hoang Chien sort.", "général Hoang Chien sort"),
    ],
)
def test_partial_mentions(text: str, after: str) -> None:
    assert after in unified(text)


def test_order_and_spacing_are_only_reported() -> None:
    text = "Le ministre Kishida Fumio parle. Kishida Fumio sort. Le ministre Fumio Kishida aussi."
    assert codes(text) == ["NAM003"]
    names = learned(text)
    rows = {r.spelling: r for r in names.rows()}
    assert rows["Fumio Kishida"].status == "probable"
    assert "Kishida Fumio" in rows["Fumio Kishida"].reason
    assert codes("Le président Xi Jinping parle. Hier Xi Jin ping sort.") == ["NAM003"]
    assert codes("Hier Xi Jin ping sort.") == []
    elsewhere = learned("Le président Xi Jinping parle.")
    assert codes("Hier Xi Jin ping sort.", names=elsewhere) == ["NAM003"]


def test_glued_words_make_no_names() -> None:
    rows = canonical(learned("Le Vietnamattachait. Il aime le Vietnam. Il aime le Vietnam."))
    assert "Vietnamattachait" not in rows


def test_times_make_no_names() -> None:
    text = (
        "He came in May and on Monday at 5 PM, with Ann Kim December2021 on the cover of April2022."
        " The minister May spoke."
    )
    found = [(m.spelling, m.start) for m in mentions(view(text, "en"))]
    assert [spelling for spelling, _ in found if spelling not in ("He", "The")] == [
        "Ann Kim",
        "May",
    ]
    assert found[-1][1] > text.index("minister")


def test_crossed_spellings_make_the_full_one() -> None:
    texts = ["Hier, le ministre José Angel Portal a parlé.", "Puis le juge Jose Ángel Portal sort."]
    for order in (texts, texts[::-1]):
        names = learned(*order)
        assert set(canonical(names).values()) == {"José Ángel Portal"}
        locked = NameEvidence.from_lock(names.to_lock())
        assert canonical(locked) == canonical(names)
        for text in texts:
            clean = unified(text, names=locked)
            assert "José Ángel Portal" in clean
            assert unified(clean, names=locked) == clean


# --- the seeds ----------------------------------------------------------------------------------


def test_people_of_the_seeds() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    texts = {f.name[:3]: f.read_text(encoding="utf-8") for f in files}
    parts = [NameEvidence.collect(view(t), name) for name, t in texts.items()]
    names = reduce(NameEvidence.merge, parts, NameEvidence())
    rows = names.rows()
    where: dict[str, set[str]] = {}
    for row in rows:
        where.setdefault(row.canonical, set()).update(row.documents)
    expected: dict[str, set[str]] = {}
    for document, people in PEOPLE.items():
        for person in people.split("|"):
            expected.setdefault(person, set()).add(document)
    assert {person: where.get(person) for person in expected} == expected
    variants = {r.spelling: r.canonical for r in rows if r.status == "variant"}
    assert variants == {
        "Hoang Xuan Chien": "Hoàng Xuân Chiên",
        "Hoang Xuan Chiên": "Hoàng Xuân Chiên",
        "Hoang Xuân Chiên": "Hoàng Xuân Chiên",
        "Nguyen Minh Vu": "Nguyên Minh Vu",
        "Hanoi": "Hanoï",
        "To Lam": "Tô Lâm",
        "Le Hoai Trung": "Lê Hoài Trung",
        "SerizawaKiyoshi": "Serizawa Kiyoshi",
        "UedaKazumasa": "Ueda Kazumasa",
    }
    first = next(r for r in rows if r.spelling == "Hoàng Xuân Chiên")
    assert texts["004"][first.first_offset :].startswith("Hoàng Xuân Chiên")


def test_first_offsets_are_raw_ones() -> None:
    from normalize.config import Config
    from normalize.evidence import Evidence
    from normalize.pipeline import encoding_clean_view

    raw = "Une visite.\r\n\r\n\u200bLe ministre Kishida Fumio est à Hanoï.\r\n"
    view = encoding_clean_view(raw, Config(lang="fr"))
    rows = Evidence.collect(view, "a").names.rows()
    offsets = {row.spelling: row.first_offset for row in rows}
    assert offsets["Kishida Fumio"] == raw.index("Kishida")


def test_a_bare_name_beside_a_full_one_is_somebody_else() -> None:
    import normalize

    text = "Nguyễn Văn Hưng et Nguyen Van Hung ont parlé. Nguyễn Văn Hùng était absent."
    assert normalize.clean(text, "fr", select=["NAM"]).text == text


@given(
    st.lists(st.sets(st.sampled_from("ABCDEFGHIJ"), min_size=1, max_size=4), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_bound_of_spellings_does_not_depend_on_the_order(
    documents: list[set[str]], chance: Random
) -> None:
    parts = [
        NameEvidence(({f"Name {s}": Tally(1, n_documents=1, documents=(f"d{n}",)) for s in names},))
        for n, names in enumerate(documents)
    ]
    with pytest.MonkeyPatch.context() as bound:
        bound.setattr(tally, "MOST_SPELLINGS", 3)
        whole = reduce(NameEvidence.merge, parts, NameEvidence())
        chance.shuffle(parts)
        assert as_tree(parts, NameEvidence.merge) in (whole, None)
        assert len(whole.tallies) == min(3, len(set().union(*documents)))
