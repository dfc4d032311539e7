"""Blocks, roles, cuts and facts of documents, and what holds for every text."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import normalize
from normalize.article import Article, Ground, analyse
from normalize.article.around import NAMES, rows
from normalize.article.datelines import find_dateline
from normalize.article.features import KINDS, OWN, Shapes, glance_at, shape
from normalize.article.furniture import points_elsewhere
from normalize.article.headers import find_byline, find_date, header_parts, is_date_header
from normalize.article.lanes import added, lane, lanes_of, numbers_of
from normalize.article.lines import folded, split_lines
from normalize.article.pieces import find_credit, find_sign_off, find_source
from normalize.article.scorer import BINS, UNIT, choose, log_odds, probabilities, weights
from normalize.article.tiles import tiles
from normalize.article.tokens import HEADER
from normalize.article.vocabulary import BEGINNING, vocabulary
from normalize.document import Image, Role
from normalize.evidence import Evidence
from normalize.language import available, load
from normalize.rules import Stage, all_rules
from normalize.view import View

from .examples import at_least

SEEDS = Path(__file__).parents[1] / "seeds"

# Read from the seeds by eye: the last words of the article, and the facts that the text states.
LAST_WORDS = {
    "000": "l'Académie des sciencesmilitaires.",
    "001": "coopération de défense entre les deux pays.",
    "002": "avec succès leprogramme CEPPP.",
    "003": "jetant ainsi les bases d'une coopération bilatérale renforcée à l'avenir.",
    "004": "ainsi que Takebe Tsutomu, conseiller spécial de ladite Alliance.",
}
PLACES = {"000": ("Hanoi", "VNA"), "001": ("Hanoï", "VNA"), "002": ("Hanoi", "VNA")}
IMAGES = {
    "000": (Image("Le 10e Dialogue sur la politique de défense Vietnam-Japon.", "VNA"),),
    "001": (Image("La cérémonie de réception.", "qdnd.vn"),),
    "002": (Image("Lors de la rencontre.", "VNA"), Image(None, "VNA")),
    "003": (),
    "004": (Image(None, "VNA/CVN"),),
}
PARAGRAPHS = {"000": 9, "001": 6, "002": 8, "003": 18, "004": 10}
REPEATED_LEDES = {"000", "002"}

words_of = vocabulary


def seed(number: str) -> str:
    (file,) = SEEDS.glob(f"{number}_*.txt")
    return file.read_text(encoding="utf-8")


def analysed(text: str, lang: str = "fr", evidence: Evidence | None = None) -> Article:
    return analyse(View(text, load(lang), evidence or Evidence()))


def left(text: str, lang: str = "fr", evidence: Evidence | None = None) -> str:
    """The text after the block rules, applied once."""
    view = View(text, load(lang), evidence or Evidence())
    edits = [e for r in all_rules().values() if r.stage is Stage.BLOCKS for e in r.find(view)]
    sure = sorted(
        (e for e in edits if e.after is not None and e.certainty >= 0.5), key=lambda e: e.start
    )
    return normalize.edits.apply(text, sure)


def texts(article: Article, text: str, role: Role) -> list[str]:
    return [
        text[b.start : b.end].strip()
        for b, g in zip(article.blocks, article.grounds, strict=True)
        if b.role is role and (g is None or role is not Role.BODY)
    ]


@pytest.mark.parametrize("number", sorted(LAST_WORDS))
@pytest.mark.parametrize("markers", [True, False])
def test_seed_keeps_its_article_and_nothing_else(number: str, markers: bool) -> None:
    text = seed(number)
    if not markers:
        text = re.sub(r"^(Voir plus|source)\n", "", text, flags=re.M)
    clean = left(text)
    assert clean.endswith(LAST_WORDS[number])
    assert clean == clean.strip()
    assert "\n\n\n" not in clean
    assert "source" not in clean.split("\n")
    for word in ("Photo", "ảnh", "VNA", "Comment (0)", "Voir plus", "Source :", "To Lam"):
        assert word not in clean
    assert len(texts(analysed(text), text, Role.BODY)) == PARAGRAPHS[number]
    assert left(clean) == clean


@pytest.mark.parametrize("number", sorted(LAST_WORDS))
def test_seed_title_and_lede(number: str) -> None:
    text = seed(number)
    article = analysed(text)
    first, second = [line for line in text.split("\n") if line.strip()][:2]
    titles, ledes = (texts(article, text, role) for role in (Role.TITLE, Role.LEDE))
    if number == "003":
        assert (titles, ledes) == ([], [])
        return
    if number == "004":
        first, second = [line for line in text.split("\n") if line.strip()][1:3]
    assert (titles, ledes) == ([first], [second])
    repeated = [
        g is Ground.REPEATS
        for b, g in zip(article.blocks, article.grounds, strict=True)
        if b.role is Role.LEDE
    ]
    assert repeated == [number in REPEATED_LEDES]


@pytest.mark.parametrize("number", sorted(LAST_WORDS))
def test_seed_facts(number: str) -> None:
    facts = analysed(seed(number)).facts
    place, agency = PLACES.get(number, (None, None))
    assert facts.dateline == place
    assert facts.agency == (agency or ("VNA/CVN" if number == "004" else None))
    assert facts.images == IMAGES[number]
    assert facts.published == ("2025-12-04" if number == "004" else None)
    if number == "003":
        assert facts.url is not None
        assert facts.url.startswith("https://www.vietnamplus.vn/doi-thoai-")
        assert facts.url.endswith("-post1081011.vnp")
        assert facts.source == "vietnamplus.vn"
    else:
        assert facts.url is None


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("Hanoi (VNA) - Le général", "Hanoi", "VNA"),
        ("Hanoi, (VNA)- Le général", "Hanoi", "VNA"),
        ("Hanoï,3 juin (VNA) - Le général", "Hanoï", "VNA"),
        ("(VOVWORLD) - Le général", None, "VOVWORLD"),
        ("PARIS, 3 mars (AFP) — Le général", "PARIS", "AFP"),
        ("Hô Chi Minh-Ville (VNA) – Le général", "Hô Chi Minh-Ville", "VNA"),
        ("Madrid, 3 mar (EFE).- Le général", "Madrid", "EFE"),
    ],
)
def test_dateline(line: str, place: str | None, agency: str) -> None:
    found = find_dateline(
        line, words_of(load("fr")) if "mar " not in line else words_of(load("es"))
    )
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert line[found.end :] == "Le général"


@pytest.mark.parametrize(
    "line",
    [
        "Le Parti du Val (PDV) - au pouvoir",
        "Le président de la commission permanente (AFP) - Le",
        "Un mot (VNA) sans tiret",
    ],
)
def test_no_dateline(line: str) -> None:
    assert find_dateline(line, words_of(load("fr"))) is None


@pytest.mark.parametrize(
    ("lang", "line", "date"),
    [
        ("fr", "Publié le 1er mars 2024 à 10h15", "2024-03-01"),
        ("fr", "date 2025-12-04 Vietnam - Japon", "2025-12-04"),
        ("fr", "04/12/2025", "2025-12-04"),
        ("fr", "mardi 27 février", None),
        ("fr", "le 32 mars 2024", None),
        ("en", "March 3, 2024", "2024-03-03"),
        ("en", "3rd March 2024", "2024-03-03"),
        ("en", "04/12/2025", None),
        ("en", "25/12/2025", "2025-12-25"),
        ("en", "12/25/2025", "2025-12-25"),
        ("es", "3 de marzo de 2024", "2024-03-03"),
        ("pt", "12 de outubro de 2023", "2023-10-12"),
        ("de", "3. März 2024", "2024-03-03"),
        ("it", "3 agosto 2024", "2024-08-03"),
        ("vi", "ngày 4 tháng 12 năm 2025", "2025-12-04"),
    ],
)
def test_date(lang: str, line: str, date: str | None) -> None:
    found = find_date(line, words_of(load(lang)), day_first=lang != "en")
    assert (found and found[0]) == date


def test_a_sentence_is_no_date_header() -> None:
    words = words_of(load("fr"))
    assert is_date_header("Mis à jour le 3 mars 2024 à 10:15", words)
    assert not is_date_header("Le 3 mars 2024, la ville a inauguré son nouveau pont.", words)


def test_facts_of_a_page() -> None:
    body = (
        "La ville a voté la rénovation du vieux pont, fermé depuis la crue de l'hiver dernier.\n\n"
    )
    text = (
        "Le vieux pont sera rénové | La Gazette\n\nAccueil\nMonde\nSports\nCulture\n\n"
        "Le vieux pont sera rénové\n\nPar Anne Roy\nPublié le 3 mars 2024 à 10h15\n\n"
        + body
        + body.replace("ville", "région").replace("vieux", "grand")
        + body.replace("ville", "mairie").replace("voté", "repoussé")
        + "Source : https://example.org/2024/pont\n\nCommentaires (3)\n\n© 2024 La Gazette\n"
    )
    article = analysed(text)
    assert texts(article, text, Role.TITLE) == ["Le vieux pont sera rénové"]
    assert article.facts.published == "2024-03-03"
    assert article.facts.author == "Anne Roy"
    assert article.facts.url == "https://example.org/2024/pont"
    assert article.facts.source == "example.org"


def test_too_large_a_tail_without_a_marker_is_reported_only() -> None:
    short = "La ville a voté mardi soir la rénovation du vieux pont, fermé depuis la crue. -VNA"
    more = (
        "Un troupeau échappé d'une ferme a interrompu la circulation mercredi pendant deux heures."
    )
    text = f"Le pont\n\nSport\n\n{short}\n\nUn titre sans rapport\n\n{more} {more} {more}"
    article = analysed(text)
    teasers = [b for b in article.blocks if b.role is Role.TEASER]
    assert teasers
    assert all(b.certainty < 0.5 for b in teasers)
    assert left(text).endswith(more)


@pytest.mark.parametrize("code", available())
def test_labels_are_told_apart_by_their_first_letters(code: str) -> None:
    words = words_of(load(code))
    for table in (words.pointers, words.beginnings):
        for beginning, labels in table.items():
            assert len(beginning) == BEGINNING
            assert all(label.startswith(beginning) for label in labels)
            assert [*labels] == sorted(labels, key=len, reverse=True)


def test_columns_add_up_in_lanes() -> None:
    assert [*numbers_of(added(lanes_of([1, 70_000]), lane(2) + lane(0)))] == [3, 70_000]


def test_weights_fit_the_features() -> None:
    bias, tables = weights()
    assert len(tables) == len(NAMES)
    assert bias == bias
    lines = split_lines(
        "Accueil\n\nUn titre\n\nUne phrase qui n'est pas très longue, mais tout de même."
    )
    shapes = Shapes(shape(line.text, words_of(load("fr"))) for line in lines)
    table = rows(lines, shapes)
    assert all(len(row) == len(NAMES) for row in table)
    assert all(0 <= value < BINS for row in table for value in row)
    found = probabilities(lines, shapes, [0.0] * len(lines))
    for row, log_odds_of_line in zip(table, log_odds(lines, shapes), strict=True):
        z = (bias + sum(weight[value] for weight, value in zip(tables, row, strict=True))) / UNIT
        assert log_odds_of_line == pytest.approx(z)
    assert all(0 < p < 1 for p in found)
    assert len(choose(found, shapes)) == len(lines)


# --- what holds for every text -------------------------------------------------------------------

PIECES = (
    "Accueil", "Voir plus", "source", "Comment (0)", "Photo : VNA", "Partager", "VNA/CVN",
    "date 2025-12-04 Monde", "© 2024 La Gazette", "Source : https://example.org/a",
    "Un titre assez court", "Un autre titre sur un tout autre sujet", "Hanoi (VNA) - Le pont.",
    "Le vieux pont ảnh 1Le pont. Photo: VNA", "- EFE", "Lire aussi : un autre titre", "0", "—",
    "La ville a voté mardi la rénovation du vieux pont, fermé depuis la crue de l'hiver.",
    "Les travaux commenceront au printemps et dureront huit mois, selon la maire du village. -VNA",
    "Le budget sera partagé entre la ville, la région et le fonds de prévention des crues.",
    "Nous utilisons des cookies pour améliorer votre visite sur notre site et ses services.",
)  # fmt: skip
GAPS = ("\n", "\n\n", "\n\n\n\n", "\n \n", " \n\t\n")
documents = st.one_of(
    st.text(alphabet="ab .\n\t\u00a0:-()0é", max_size=80),
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=30).map(
        lambda parts: "".join(piece + gap for piece, gap in parts)
    ),
    st.lists(st.tuples(st.sampled_from(GAPS), st.sampled_from(PIECES)), max_size=30).map(
        lambda parts: "".join(gap + piece for gap, piece in parts)
    ),
)


TOKENS = (
    "Photo:", "(Foto:", "AFP)", "-VNA", "./.", "Source", ":", "l'AFP", "via", "Getty/AP", "©",
    "Par", "Anne", "Roy", "|", "hier,", "18h40", "18H40", "2024", "3/03/2024", "mars.", "Il", "y",
    "cookies", "tous", "droits", "réservés", "(avec", "Reuters)", "Reporting", "by", "Ann", "ảnh1",
    "www.example.org", "HTTP://X.ORG", "lire", "aussi", "partager", "google+", "e-mail", "[Voir",
    "plus]", "le", "pont", "«", "»", "“Oui", "日本", "٣", "m²", "*", "-", "Olivia", "İ", "ß", "…",
)  # fmt: skip
SPACES = (" ", " ", " ", "\u00a0", "  ", "\t", "\u2028")
lines_of_tokens = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(TOKENS), st.text(alphabet="aÉ1:/.-(”'", min_size=1, max_size=5)),
        st.sampled_from(SPACES),
    ),
    min_size=1,
    max_size=40,
).map(lambda parts: "".join(map("".join, parts)).strip())


@given(lines_of_tokens, st.sampled_from(["fr", "en", "vi", "ja"]))
def test_what_tokens_say_hides_nothing_of_a_line(line: str, lang: str) -> None:
    words = vocabulary(load(lang))
    s = shape(line, words)
    low = line.casefold()
    tokens = low.split()
    assert s.sign == find_sign_off(line, words)
    assert s.source == (None if s.sign else find_source(line, words))
    assert s.credit == (find_credit(line, words) is not None)
    assert s.byline == (s.words <= 12 and low.startswith(words.bylines))
    assert s.kind == KINDS.index(words.lines.get(folded(line), KINDS[s.kind]))
    phrases = any(
        phrase in low
        for first in words.notice_phrases.keys() & tokens
        for phrase in words.notice_phrases[first]
    )
    assert s.notice == (2 if phrases else 0 if words.notices.isdisjoint(tokens) else 1)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", line) is not None
    clock = re.search(r"(?<!\d)\d{1,2}[:h]\d\d(?!\d)", line) is not None
    month = not words.month_words.isdisjoint(tokens)
    time = not words.time_words.isdisjoint(tokens)
    date = 3 if month and year else 4 if clock else 2 if year else 1 if time else 5 * month
    assert s.date == (date if s.words <= 25 else 0)
    of = dict(zip(OWN, s.bins, strict=True))
    assert of["commas"] == min(line.count(","), 4)
    assert of["stops"] == min(sum(line.count(mark) for mark in (". ", "? ", "! ")), 4)
    assert of["quote"] == any(mark in line for mark in '“"«')
    assert (of["digits"] > 0) == (
        re.search(r"\d", line) is not None and sum(map(str.isdigit, line[:80])) >= 1
    )
    if len(line.split()) > 25:
        rest = {"says": s.says, "key": s.key, "notice": s.notice, "bins": s.bins, "near": s.near}
        assert glance_at(line, line.split(), words)._replace(**rest) == s
    is_header = is_date_header(line, words) or any(header_parts(line, words))
    assert s.says & HEADER or not is_header


@given(documents)
@example("0\n" + "Accueil\n" * 15 + "Un titre assez court\n" + (PIECES[-4] + "\n") * 3)
@at_least(150)
def test_every_character_is_in_exactly_one_block(text: str) -> None:
    article = analysed(text)
    assert "".join(text[b.start : b.end] for b in article.blocks) == text
    assert len(article.grounds) == len(article.blocks)
    assert all(b.start < b.end for b in article.blocks)
    at = 0
    for block in article.blocks:
        assert block.start == at
        at = block.end
    for cut in article.cuts:
        assert any(b.start <= cut.start < cut.end <= b.end for b in article.blocks)


@given(documents)
@at_least(100)
def test_what_is_kept_keeps_its_order_and_is_stable(text: str) -> None:
    done = normalize.clean(text, lang="fr", select=["BOI", "TSR", "DUP"])
    kept = iter(done.raw)
    assert all(character in kept for character in done.text)
    again = normalize.clean(done.text, lang="fr", select=["BOI", "TSR", "DUP"])
    assert again.text == done.text


@given(st.lists(st.booleans(), max_size=8), st.randoms(use_true_random=False))
def test_dropping_blocks_leaves_clean_white_space(kept: list[bool], pick: random.Random) -> None:
    text = "".join(f"Ligne {i}" + pick.choice(GAPS) for i in range(len(kept)))
    lines = split_lines(text)
    spans = tiles(text, lines, kept)
    assert "".join(text[a:b] for a, b in spans) == text
    clean = "".join(text[a:b] for (a, b), keep in zip(spans, kept, strict=True) if keep)
    assert [line.text for line in split_lines(clean)] == [
        line.text for line, keep in zip(lines, kept, strict=True) if keep
    ]
    if not all(kept) and any(kept):
        assert kept[0] or not clean[:1].isspace()
        assert kept[-1] or clean.count("\n", len(clean.rstrip())) <= 1


@pytest.mark.parametrize(
    "text",
    ["(" * 20000, "Photo:" * 5000, "a " * 20000 + ":", "- " * 20000, "\n" * 20000, "1/1/" * 9000],
)
def test_hostile_lines_take_no_time(text: str) -> None:
    lines = f"Titre\n\n{text}\n\n{text}\n\nUne phrase qui finit bien, après tout cela, je crois."
    assert "".join(lines[b.start : b.end] for b in analysed(lines).blocks) == lines


@given(
    st.lists(st.booleans(), min_size=1, max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.randoms(use_true_random=False),
)
def test_blocks_that_stay_after_all_leave_clean_white_space(
    kept: list[bool], stays: list[bool], pick: random.Random
) -> None:
    """Rules that are left out, or decisions, keep some of the blocks that were to go."""
    gaps = [pick.choice(GAPS) for _ in kept]
    text = "".join(f"Ligne {i}{gap}" for i, gap in enumerate(gaps))
    lines = split_lines(text)
    left = [keep or stay for keep, stay in zip(kept, stays, strict=False)]
    spans = zip(tiles(text, lines, kept), left, strict=True)
    clean = split_lines("".join(text[a:b] for (a, b), keep in spans if keep))
    assert [line.text for line in clean] == [
        line.text for line, keep in zip(lines, left, strict=True) if keep
    ]
    for line in clean[1:]:
        assert line.above <= max(2, *(gap.count("\n") for gap in gaps))
    dropped = left.count(False)
    if dropped:
        breaks = sum(gap.count("\n") for gap in gaps)
        assert sum(line.above for line in clean[1:]) <= breaks - dropped


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("VNA - Le général", None, "VNA"),
        ("Hanoi, VNA - Le général", "Hanoi", "VNA"),
        ("TOKYO - Le général", "TOKYO", None),
        ("PARIS, 3 mars — Le général", "PARIS", None),
        ("EXCLUSIF - Le général", None, None),
        ("TV - Le général", None, None),
        ("Le maire - Le général", None, None),
        ("HÀ NỘI — Le général", "HÀ NỘI", None),
        ("Paris, le 3 mars - Le général", "Paris", None),
        ("Mardi 3 mars - Le général", None, None),
        ("Ligue 1, 3 mars - Le général", None, None),
        ("MADRID.- Le général", "MADRID", None),
    ],
)
def test_dateline_of_the_first_paragraph(line: str, place: str | None, agency: str | None) -> None:
    words = words_of(load("fr"))
    assert find_dateline(line, words) is None
    found = find_dateline(line, words, opening=True)
    assert (found.place if found else None, found.agency if found else None) == (place, agency)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Anne Roy", "Anne Roy"),
        ("Par Anne Roy et Luc Petit", "Anne Roy et Luc Petit"),
        ("Par la rédaction", "la rédaction"),
        ("Par Anne Roy avec AFP", "Anne Roy"),
        ("Par Anne Roy avec Luc", None),
        ("Par ici la sortie", None),
        ("Par Anne Roy.", None),
        ("Anne Roy", None),
    ],
)
def test_byline(line: str, names: str | None) -> None:
    assert find_byline(line, words_of(load("fr"))) == names


def test_a_byline_that_is_cut_in_its_label_names_nobody() -> None:
    cleaned = normalize.clean(f"Un titre assez long ici\n\nÉcrit, par Anne Roy\n\n{BRIDGE}", "fr")
    assert cleaned.facts.author is None


@pytest.mark.parametrize(
    ("lang", "line", "author"),
    [
        ("fr", "Par Anne Roy, publié le 3 mars 2024", "Anne Roy"),
        ("fr", "Par Anne Roy avec AFP, publié le 3 mars 2024 à 10h15", "Anne Roy"),
        ("es", "Por Ana Gil 03/03/2024", "Ana Gil"),
        ("es", "Por Ana Gil | 03/03/2024", "Ana Gil"),
        ("en", "By Ann Lee March 3, 2024", "Ann Lee"),
        ("en", "By Ann Lee | 3 March 2024 | 10:15", "Ann Lee"),
    ],
)
def test_a_byline_with_its_date(lang: str, line: str, author: str) -> None:
    cleaned = normalize.clean(f"Elmford bridge to open\n\n{line}\n\n{BRIDGE}", lang)
    assert line not in cleaned.text
    assert (cleaned.facts.author, cleaned.facts.published) == (author, "2024-03-03")


BRIDGE = (
    "La mairie de Brény a annoncé mardi que le vieux pont de pierre rouvrira aux piétons avant la"
    " fin de l'été, après trois ans de travaux et deux hivers de retard.\n\nLes voitures devront"
    " attendre le printemps suivant, le temps de refaire la chaussée et les garde-corps."
)


@pytest.mark.parametrize(
    ("above", "agency"),
    [
        ("Accueil > Régions", None),
        ("Vous êtes ici : Accueil / Régions", None),
        ("AFP", "AFP"),
        ("Avec Reuters", "Reuters"),
        ("Publicité", None),
        ("3 min de lecture", None),
        ("Par Jeanne Morel", None),
        ("International", None),
    ],
)
def test_the_title_stands_below_what_is_none(above: str, agency: str | None) -> None:
    title = "Le pont de Brény rouvrira avant la fin de l'été"
    cleaned = normalize.clean(f"{above}\n\n{title}\n\n{BRIDGE}", "fr")
    assert cleaned.title == title
    assert cleaned.facts.agency == agency


def test_a_marker_with_a_letter_that_folds_to_two() -> None:
    words = words_of(load("de"))
    pointers = {"aus": ("ausserdem lesen ",)}
    assert not points_elsewhere("Außerdem lesen W", replace(words, pointers=pointers))


def test_the_motto_of_a_site_is_no_title() -> None:
    title = "Le pont de Brény rouvrira aux piétons avant l'automne"
    menu = "Menu\nRechercher\nS'abonner\nSe connecter\nPolitique\nSports"
    page = f"Le Courrier - Toute l'actualité en direct et en images\n{menu}\n{title}\n\n{BRIDGE}"
    assert normalize.clean(page, "fr").title == title


def test_the_name_of_a_site_that_stands_twice_is_no_title() -> None:
    title = "Brény retrouve son vieux pont après trois ans d'attente"
    menu = "LE COURRIER\nLE COURRIER\nMenu\nRechercher\nS'abonner\nSe connecter\nPolitique"
    assert normalize.clean(f"{menu}\n{title}\n\n{BRIDGE}", "fr").title == title


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Brény retrouve son vieux pont après trois ans d'attente",
         "Les piétons pourront traverser avant la fin de l'été, les voitures plus tard"),
        ("Trois hivers d'attente au bord de la Lorne, et puis un matin",
         "Une fête aura lieu sur les quais avec la fanfare du lycée"),
    ],
    ids=["words of the body", "other words"],
)  # fmt: skip
def test_a_headline_stands_above_its_summary(title: str, summary: str) -> None:
    menu = "Menu\nRechercher\nS'abonner\nSe connecter\nPolitique\nSports"
    page = f"{menu}\n{title}\n{summary}\nPar Jeanne Morel\n\n{BRIDGE}"
    assert normalize.clean(page, "fr").title == title


def test_a_date_below_the_summary() -> None:
    summary = "Les piétons traverseront le vieux pont de pierre dès la fin de l'été à Brény."
    page = f"Brény retrouve son pont\n\n{summary}\n\nPublié le 14/05/2024 à 15h22\n\n{BRIDGE}"
    cleaned = normalize.clean(page, "fr")
    assert cleaned.facts.published == "2024-05-14"
    assert "Publié" not in cleaned.text


@pytest.mark.parametrize("title", ["Reuters", "Accueil : une ville prépare son pont", "Publicité"])
def test_the_only_line_above_the_prose_stays(title: str) -> None:
    assert normalize.clean(f"{title}\n\n{BRIDGE}", "fr").text == f"{title}\n\n{BRIDGE}"
