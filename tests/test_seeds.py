"""What a build of the seeds must show, written from reading the seeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"

# Every run-together word of the two bodies, in text order, and what it stands for. Where the
# same glued form stands several times, it is listed as often.
GLUED = {
    "000": """
        généralde|général de · SerizawaKiyoshi|Serizawa Kiyoshi
        significationparticulière|signification particulière
        partenariatstratégique|partenariat stratégique · àl'occasion|à l'occasion
        novembre2023|novembre 2023 · entrentdans|entrent dans · decoopération|de coopération
        lesdeux|les deux · ainsique|ainsi que · d’arméeHoang|d’armée Hoang
        politiqueétrangère|politique étrangère · demultilatéralisation|de multilatéralisation
        dedéfense|de défense · leursproblèmes|leurs problèmes · desengagements|des engagements
        ledéveloppement|le développement · vice-ministrejaponais|vice-ministre japonais
        relationsVietnam-Japon|relations Vietnam-Japon · lesdeux|les deux · devue|de vue
        dedéveloppement|de développement · lesdeux|les deux · lacoopération|la coopération
        dedélégations|de délégations · ladéfense|la défense · lemaintien|le maintien
        guerre,l'amélioration|guerre, l'amélioration · ontégalement|ont également
        etdes|et des · desinstitutions|des institutions · laDéfense|la Défense
        Leministère|Le ministère · japonaisvenant|japonais venant · laDéfense|la Défense
        sciencesmilitaires|sciences militaires
    """,
    "002": """
        decorps|de corps · populairevietnamienne|populaire vietnamienne
        UedaKazumasa|Ueda Kazumasa · autodéfensedu|autodéfense du · larencontre|la rencontre
        Vietnamattachait|Vietnam attachait · partenariatstratégique|partenariat stratégique
        lesdeux|les deux · etle|et le · continuantd'être|continuant d'être
        notammentdans|notamment dans · lapaix|la paix · lesdeux|les deux
        forumsmultilatéraux|forums multilatéraux · réunionplus|réunion plus
        del'ASEAN|de l'ASEAN · dumaintien|du maintien · œuvreefficacement|œuvre efficacement
        formationprofessionnelle|formation professionnelle · desactivités|des activités
        dedélégations|de délégations · lapaix|la paix · leVietnam|le Vietnam
        duProgramme|du Programme · àparticiper|à participer · lecadre|le cadre
        )coprésidé|) coprésidé · état-majoradjoint|état-major adjoint
        partiescontinuent|parties continuent · labase|la base · Défensedes|Défense des
        conformémentaux|conformément aux · divisionUeda|division Ueda · queles|que les
        leJapon|le Japon · partievietnamienne|partie vietnamienne · deuxpays|deux pays
        lesuccès|le succès · etau|et au · UedaKazumasa|Ueda Kazumasa · demaintien|de maintien
        (MINUSS),c'est|(MINUSS), c'est · participerà|participer à · lapartie|la partie
        coordonneravec|coordonner avec · leprogramme|le programme
    """,
}

# First and last raw line of each body (numbers from 1), lines in it that are no article, and the
# dateline and sign-off around its text.
BODIES: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "000": (6, 22, ()),
    "001": (3, 16, (4,)),
    "002": (5, 23, (7, 17)),
    "003": (1, 21, ()),
    "004": (5, 27, (7,)),
}
AROUND = (
    "Hanoi (VNA) - ", "Hanoi (VNA) – ", "Hanoï (VNA) - ", " -VNA", " - VNA",
)  # fmt: skip

SPELLINGS = {
    "Hoàng Xuân Chiên": ["Hoang Xuân Chiên", "Hoang Xuan Chiên", "Hoang Xuan Chien"],
    "Nguyên Minh Vu": ["Nguyen Minh Vu"],
    "Hanoï": ["Hanoi"],
}

TITLES = {
    "000": "Le 10e Dialogue sur la politique de défense Vietnam-Japon",
    "001": "Coopération dans la défense entre le Vietnam et le Japon en plein essor",
    "002": "Vietnam et Japon promeuvent la coopération dans le domaine du maintien de la paix",
    "003": None,
    "004": 'Le 1er Dialogue "2+2" : renforcement de la coopération stratégique en matière de '
    "défense et de diplomatie",
}


def raw(number: str) -> str:
    (file,) = SEEDS.glob(f"{number}_*.txt")
    return file.read_text(encoding="utf-8")


def pairs(number: str) -> list[tuple[str, str]]:
    entries = GLUED.get(number, "").replace("\n", "·").split("·")
    split = (entry.strip().split("|") for entry in entries if entry.strip())
    return [(glued, repaired) for glued, repaired in split]


def expected(number: str) -> str:
    """The text column, from the raw file and the tables above alone."""
    first, last, others = BODIES[number]
    lines = raw(number).split("\n")
    body = [
        line.strip()
        for at, line in enumerate(lines[first - 1 : last], first)
        if at not in others and line.strip()
    ]
    text = "\n\n".join(body)
    for piece in AROUND:
        text = text.replace(piece, "")
    at = 0
    for glued, repaired in pairs(number):
        at = text.index(glued, at)
        text = text[:at] + repaired + text[at + len(glued) :]
        at += len(repaired)
    text = text.replace("étrangères , Namazu", "étrangères, Namazu")
    text = text.replace("à \u00a0partir", "à partir")
    for canonical, spellings in SPELLINGS.items():
        for spelling in spellings:
            text = text.replace(spelling, canonical)
    return text


@pytest.fixture(scope="module")
def documents(built_seeds: Path) -> dict[str, dict[str, Any]]:
    return {row["id"][:3]: row for row in rows(built_seeds, "documents")}


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("number", BODIES)
def test_text_is_the_article_whole_repaired_and_nothing_else(
    documents: dict[str, dict[str, Any]], number: str
) -> None:
    assert documents[number]["text"].split("\n\n") == expected(number).split("\n\n")


@pytest.mark.parametrize("number", TITLES)
def test_titles(documents: dict[str, dict[str, Any]], number: str) -> None:
    assert documents[number]["title"] == TITLES[number]


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_ledes(documents: dict[str, dict[str, Any]], number: str) -> None:
    """The standfirst, in the spelling of the clean text: raw line 3, or 5 under the date header."""
    lede = raw(number).split("\n")[4 if number == "004" else 2].strip()
    for canonical, spellings in SPELLINGS.items():
        for spelling in spellings:
            lede = lede.replace(spelling, canonical)
    assert documents[number]["lede"] == lede


@pytest.mark.parametrize(
    ("number", "column", "value"),
    [
        ("000", "dateline", "Hanoi"),
        ("001", "dateline", "Hanoï"),
        ("002", "dateline", "Hanoi"),
        ("003", "dateline", None),
        ("004", "dateline", None),
        ("000", "agency", "VNA"),
        ("001", "agency", "VNA"),
        ("002", "agency", "VNA"),
        ("003", "agency", None),
        ("004", "agency", "VNA"),
        (
            "003",
            "url",
            "https://www.vietnamplus.vn/doi-thoai-cap-thu-truong-ngoai-giao-quoc-phong-"
            "viet-nam-nhat-ban-22-lan-thu-nhat-post1081011.vnp",
        ),
        ("000", "url", None),
        ("004", "published", "2025-12-04"),
        ("000", "published", None),
        ("001", "published", None),
        ("003", "published", None),
    ],
)
def test_facts(
    documents: dict[str, dict[str, Any]], number: str, column: str, value: str | None
) -> None:
    found = documents[number][column]
    if column == "agency" and found:
        found = found.partition("/")[0]
    assert found == value


def test_image_captions_and_credits_are_kept_as_facts(
    documents: dict[str, dict[str, Any]],
) -> None:
    found = {n: [i["credit"] for i in d["images"]] for n, d in documents.items()}
    assert "VNA" in found["000"]
    assert "qdnd.vn" in found["001"]
    assert found["002"].count("VNA") >= 2
    assert found["003"] == []
    assert "VNA/CVN" in found["004"]


def test_one_person_one_name_and_nobody_merged(built_seeds: Path) -> None:
    canonical: dict[str, str] = {}
    for row in rows(built_seeds, "names"):
        assert canonical.setdefault(row["spelling"], row["canonical"]) == row["canonical"]
    for name, spellings in SPELLINGS.items():
        assert {canonical[s] for s in (name, *spellings)} == {name}
    assert canonical["To Lam"] == canonical["Tô Lâm"] == "Tô Lâm"
    assert canonical["Le Hoai Trung"] == canonical["Lê Hoài Trung"] == "Lê Hoài Trung"
    people = [
        "Serizawa Kiyoshi", "Hara Takashi", "Ishihara Masanao", "Phung Si Tan", "Ueda Kazumasa",
        "Namazu Hiroyuki", "Kano Koji", "Yamaguchi Tsuyoshi", "Obuchi Yuko", "Takebe Tsutomu",
        "Hoàng Xuân Chiên", "Nguyên Minh Vu", "Tô Lâm", "Lê Hoài Trung", "Phan Van Giang",
        "Pham Minh Chinh", "Donald Trump", "Marco Rubio", "Jamieson Greer", "Nguyen Hoa Binh",
        "Lee Hsien Loong", "Sonexay Siphandone", "Thongloun Sisoulith", "Saysomphone Phomvihane",
    ]  # fmt: skip
    assert {canonical.get(name) for name in people} == set(people)


def test_people_of_the_teasers_are_not_in_the_clean_text(
    documents: dict[str, dict[str, Any]],
) -> None:
    text = "\n".join(d["text"] for d in documents.values())
    for name in ("To Lam", "Tô Lâm", "Le Hoai Trung", "Lê Hoài Trung", "Donald Trump"):
        assert name not in text


@pytest.mark.parametrize(
    ("number", "what"),
    [("001", "022"), ("000", "(ADMM )"), ("002", "(ADMM )"), ("002", "terreste")],
)
def test_suspects_are_reported_and_left_alone(
    built_seeds: Path, documents: dict[str, dict[str, Any]], number: str, what: str
) -> None:
    found = [
        e
        for e in rows(built_seeds, "edits")
        if e["document"].startswith(number) and e["rule"].startswith("SUS") and what in e["before"]
    ]
    assert found, f"{what} is not reported"
    assert all(e["status"] == "reported" and e["after"] is None for e in found)
    assert what in documents[number]["text"]


def test_no_word_is_split_or_merged_in_the_sound_documents(built_seeds: Path) -> None:
    changes = [
        e
        for e in rows(built_seeds, "edits")
        if e["document"][:3] in ("001", "003", "004")
        and e["rule"][:3] in ("RUN", "SPL")
        and e["status"] == "applied"
    ]
    assert changes == []
