"""The verdict on each spelling of one skeleton: with whom it is one name, how surely, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.names import cluster
from normalize.names.authority import parse_authority
from normalize.names.cluster import (
    AMBIGUOUS,
    CANONICAL,
    CROSSED,
    DECIDED,
    FOREIGN_WORD,
    FULL_NAME,
    HOUSE_STYLE,
    ONLY_SPELLING,
    PLACE_NAME,
    SAID,
    VARIANT,
    Rulings,
    Verdict,
    is_foreign,
    resolve,
)
from normalize.names.spelling import skeleton
from normalize.names.tally import Tally

PLAIN = Tally(mentions=2, inside=2, n_documents=1, documents=("a",))
PLACE = PLAIN._replace(placed=2, place=2)
PERSON = PLAIN._replace(titled=2, person=2)
ELSEWHERE = ("b",)
FRENCH, IN_ITALIAN = (("fr", 2),), (("it", 2),)
HERE = PLACE._replace(documents=ELSEWHERE)
ITALIAN = HERE._replace(languages=IN_ITALIAN)
ITALIAN_PERSON = PERSON._replace(languages=IN_ITALIAN)

MARKS = "the form with the most marks"
STYLE = "it stays, as hyphens and accents on capitals are house style"
LOST = "it stays, as it has a mark that would be lost"


def judged(tallies: dict[str, Tally], rulings: Rulings | None = None) -> dict[str, Verdict]:
    (bare,) = set(map(skeleton, tallies))
    found = resolve(bare, tallies, rulings or Rulings())
    assert list(found) == list(tallies)
    turned = dict(reversed(tallies.items()))
    assert resolve(bare, turned, rulings or Rulings()) == found
    return found


def statuses(tallies: dict[str, Tally], rulings: Rulings | None = None) -> dict[str, str]:
    """The canonical form of each spelling; none for what fits two names."""
    found = judged(tallies, rulings)
    return {s: "" if v.status == AMBIGUOUS else v.canonical for s, v in found.items()}


def alone(spelling: str, kind: str = "unknown") -> Verdict:
    return Verdict(spelling, kind, CANONICAL, 1.0, ONLY_SPELLING)


# --- one name or two ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tallies",
    [
        {"Cañada": PLACE, "Canadá": PLACE},
        {"Vérone": PLACE, "Vé-rone": PLACE},
        {"Lé Mans": PERSON._replace(person=3), "Lemans": PLACE._replace(documents=ELSEWHERE)},
        {"Lé Mans Sud": PERSON._replace(person=3), "Lemanssud": PLACE},
        {"Muré": PLACE, "Mure": PLACE._replace(documents=ELSEWHERE)},
        {"Bérne": PLACE, "Berne": PLACE},
        {"Bérène": PLACE, "Berène": PLACE},
        {"Gênes": PLAIN, "Genes": PLACE._replace(documents=ELSEWHERE)},
        {"Gênes": PLACE, "Genes": PLAIN._replace(titled=1, documents=ELSEWHERE)},
        {"Gênes": PLACE, "Genes": PLAIN._replace(person=1, documents=ELSEWHERE)},
        {"Bâle": PLACE, "Bale": PLAIN._replace(documents=ELSEWHERE)},
        {"Boğa": PLAIN, "Boga": PLAIN._replace(documents=ELSEWHERE)},
        {
            "Gênés": PLAIN,
            "Gênes": PLAIN._replace(documents=ELSEWHERE),
            "Genés": PLACE._replace(documents=("c",)),
        },
        {"Vérone": PLACE._replace(languages=FRENCH), "Verone": ITALIAN},
        {"Vérone": PLACE._replace(mentions=1), "Verone": PLACE._replace(mentions=10)},
    ],
    ids=[
        "each word has a mark that the other lacks",
        "a broken line",
        "two words and one",
        "three words and one",
        "a last e",
        "twice each in one document",
        "the same where both have marks",
        "the one without marks is the place",
        "a title",
        "a person",
        "four letters",
        "four letters with a foreign mark",
        "only a spelling with as many marks is a place",
        "two languages",
        "one in eleven has its mark",
    ],
)
def test_what_may_be_two_names_stays_two(tallies: dict[str, Tally]) -> None:
    assert statuses(tallies) == {spelling: spelling for spelling in tallies}


@pytest.mark.parametrize(
    ("tallies", "name"),
    [
        ({"José Angel": PERSON, "Jose Ángel": PERSON}, "José Ángel"),
        ({"McDonald": PLAIN, "Mcdonald": PLAIN._replace(mentions=1)}, "McDonald"),
        ({"Bérne": PLACE, "Berne": PLACE._replace(documents=ELSEWHERE)}, "Bérne"),
        ({"Bérne": PLACE, "Berne": PLACE._replace(mentions=1)}, "Bérne"),
        ({"Bérné": PLACE, "Berne": PLACE}, "Bérné"),
        ({"Erdoğan": PLAIN, "Erdogan": PLAIN}, "Erdoğan"),
        ({"Gênes": PLACE, "Genes": PLAIN._replace(documents=ELSEWHERE)}, "Gênes"),
        ({"Vérone": PLACE._replace(mentions=1), "Verone": PLACE._replace(mentions=9)}, "Vérone"),
        ({"TrươngTấn Sang": PERSON, "Truong Tan Sang": PERSON}, "Trương Tấn Sang"),
        ({"TrươngTấn Sang": PERSON, "TruongTan Sang": PERSON}, "TrươngTấn Sang"),
        ({"ANA PEÑA": PERSON, "Ana Pena": PERSON}, "Ana Peña"),
        ({"Kim Jong-un": PERSON, "Kim Jong Un": PERSON._replace(mentions=5)}, "Kim Jong-un"),
        ({"Borğa": PLAIN, "Borga": PLAIN}, "Borğa"),
        ({"Vérone": PLACE._replace(languages=FRENCH), "Verone": HERE}, "Vérone"),
        ({"Vérone": HERE, "Verone": PLACE._replace(languages=FRENCH, mentions=1)}, "Vérone"),
        ({"Ana Peña": PERSON._replace(languages=FRENCH), "Ana Pena": ITALIAN_PERSON}, "Ana Peña"),
        ({"Rio-Grande": PLACE, "Rio Grande": PLACE._replace(mentions=5)}, "Rio Grande"),
        ({"Rio-Grande": PLACE._replace(mentions=5), "Rio Grande": PLACE}, "Rio-Grande"),
        ({"Paul DE Gaul": PERSON, "Paul de Gaul": PERSON}, "Paul DE Gaul"),
    ],
)
def test_what_is_one_name_has_the_fullest_form(tallies: dict[str, Tally], name: str) -> None:
    assert statuses(tallies) == dict.fromkeys(tallies, name)


def test_a_verdict_says_how_sure_it_is_and_why() -> None:
    assert judged({"Jose Diaz": PERSON, "José Díaz": PERSON}) == {
        "Jose Diaz": Verdict(
            "José Díaz", "person", VARIANT, FULL_NAME, f"a spelling of 'José Díaz', {MARKS}"
        ),
        "José Díaz": Verdict("José Díaz", "person", CANONICAL, 1.0, MARKS),
    }
    certainties = {
        ("Vérone", "Verone"): (PLACE, PLACE_NAME),
        ("Erdoğan", "Erdogan"): (PLAIN, FOREIGN_WORD),
        ("Hùng Vân", "HùngVân"): (PERSON, FULL_NAME),
        ("Côte Noire", "Cote Noire"): (PLACE, FULL_NAME),
    }
    for (name, other), (tally, certainty) in certainties.items():
        both = {name: tally, other: tally._replace(documents=ELSEWHERE)}
        assert judged(both)[other].certainty == certainty, other
    style = judged({"États-Unis": PLACE, "Etats-Unis": PLACE})["Etats-Unis"]
    assert (style.canonical, style.certainty) == ("États-Unis", HOUSE_STYLE)
    assert style.reason == f"a spelling of 'États-Unis', {MARKS}; {STYLE}"


def test_a_known_place_has_one_form_and_no_mark_of_another_is_lost() -> None:
    found = judged({"Targú Mureş": PLACE, "Târgu Mureş": PLACE._replace(mentions=1)})
    reason = f"a spelling of 'Targú Mureş', {MARKS}; {LOST}"
    assert found["Târgu Mureş"] == Verdict("Targú Mureş", "place", VARIANT, HOUSE_STYLE, reason)


@pytest.mark.parametrize(
    ("certainty", "form", "spelling", "foreign"),
    [
        (FULL_NAME, {"fr": 3}, {"fr": 2}, {"en"}),
        (FULL_NAME, {"fr": 1, "en": 1}, {"en": 9}, set()),
        (FULL_NAME, {"fr": 1, "en": 1}, {"en": 10}, {"en"}),
        (FULL_NAME, {"fr": 3, "en": 2}, {"en": 2}, {"en"}),
        (FULL_NAME, {"fr": 3, "en": 2}, {"en": 1}, set()),
        (FULL_NAME, {}, {"en": 9}, set()),
        (DECIDED, {"fr": 3}, {"fr": 2}, {"en"}),
        (DECIDED, {"fr": 3}, {"fr": 2, "en": 2}, set()),
        (DECIDED, {"fr": 3}, {}, set()),
    ],
)
def test_where_a_form_is_foreign(
    certainty: float, form: dict[str, int], spelling: dict[str, int], foreign: set[str]
) -> None:
    canonical, own = (
        Tally(sum(table.values()), languages=tuple(sorted(table.items())))
        for table in (form, spelling)
    )
    verdict = Verdict("Vérone", "place", VARIANT, certainty, "")
    found = {lang for lang in ("fr", "en") if is_foreign(verdict, canonical, own, lang)}
    assert found == foreign
    for other in (replace(verdict, kind="person"), replace(verdict, status=CANONICAL)):
        assert not is_foreign(other, canonical, own, "en")


def test_a_skeleton_of_many_spellings_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    three = {"Ana Peña": PERSON, "Ana Pena": PERSON, "Ana-Pena": PERSON}
    assert set(statuses(three).values()) == {"Ana Peña"}
    for bound, most in (("_MOST_SPELLINGS", 3), ("_MOST_FORMS", 2)):
        with monkeypatch.context() as patched:
            patched.setattr(cluster, bound, most)
            assert set(statuses(three).values()) == {"Ana Peña"}
            patched.setattr(cluster, bound, most - 1)
            assert judged(three) == {spelling: alone(spelling, "person") for spelling in three}


def test_spellings_apart_are_each_the_only_one() -> None:
    two = {"Pérez": PLAIN, "Perez": PERSON, "PEREZ": PLAIN}
    assert judged({"Vérone": PLACE}) == {"Vérone": alone("Vérone", "place")}
    assert judged(two) == {
        "Pérez": alone("Pérez"),
        "Perez": alone("Perez", "person"),
        "PEREZ": alone("PEREZ", "acronym"),
    }


def test_what_fits_two_names_says_which() -> None:
    found = judged({"Van Hùng": PERSON, "Van Hưng": PLAIN, "Van Hung": PLAIN})
    names = ("Van Hùng", "Van Hưng")
    reason = "fits 'Van Hùng' and 'Van Hưng'"
    assert found["Van Hung"] == Verdict("Van Hung", "person", AMBIGUOUS, 0.0, reason, names)
    two = {"Van-Hùng": PERSON, "Van Hùng": PERSON, "Van Hưng": PERSON, "Van Hung": PERSON}
    assert judged(two)["Van Hung"].candidates == ("Van Hưng", "Van-Hùng")
    words = {"Hùng": PLAIN, "Hưng": PLAIN, "Hung": PLAIN}
    assert judged(words)["Hung"] == alone("Hung")
    assert judged({**words, "Hung": PLACE})["Hung"].status == AMBIGUOUS
    many = {f"Van {name}": PERSON for name in ("Hùng", "Húng", "Hưng", "Hũng", "Hụng", "Hung")}
    several = judged(many)["Van Hung"]
    assert len(several.candidates) == 5
    assert several.reason == "fits 'Van Hùng' and 'Van Húng' and 'Van Hũng' and 'Van Hưng'"


# --- what people decided ------------------------------------------------------------------------


def test_a_lone_spelling_is_left_where_nobody_says_otherwise() -> None:
    assert Rulings().leave("verone", "Vérone")
    assert Rulings(decisions={"Vérone": "Vérone"}).leave("verone", "Vérone")
    assert not Rulings(decisions={"Vérone": "Verone"}).leave("verone", "Vérone")
    assert Rulings(policies={"place": "frequent"}).leave("verone", "Vérone")
    assert not Rulings(policies={"place": "ascii"}).leave("verone", "Vérone")


def test_a_policy_is_that_of_the_kind() -> None:
    assert Rulings().policy("person") == "richest"
    assert Rulings(policies={"place": "ascii"}).policy("person") == "richest"
    both = Rulings(policies={"place": "ascii", "default": "frequent"})
    assert (both.policy("place"), both.policy("person")) == ("ascii", "frequent")


def test_the_lock_tells_two_names_apart_and_what_else_is_one_of_them() -> None:
    others = {"Ana Pena": PERSON, "Ana Peña": PERSON, "Ana-Pena": PERSON}
    apart = Rulings(decisions={s: s for s in ("Ana Pena", "Ana Peña")})
    assert statuses(others, apart) == {"Ana Pena": "Ana Pena", "Ana Peña": "Ana Peña",
                                       "Ana-Pena": ""}  # fmt: skip
    one = Rulings(decisions=dict.fromkeys(("Ana Pena", "Ana Peña"), "Ana Peña"))
    assert statuses(others, one) == dict.fromkeys(others, "Ana Peña")


def test_a_form_of_the_lock_that_stands_nowhere_still_takes_in_spellings() -> None:
    lock = Rulings(decisions={"Verone": "Vérone"})
    found = judged({"Verone": PLACE, "VeRone": PLACE}, lock)
    assert found["Verone"] == Verdict(
        "Vérone", "place", VARIANT, DECIDED, "a spelling of 'Vérone' by the lock"
    )
    lock = Rulings(decisions={"Verone": "Véróne"})
    assert judged({"Verone": PLACE._replace(mentions=1), "Vérone": PLACE}, lock)[
        "Vérone"
    ] == Verdict(
        "Véróne", "place", VARIANT, PLACE_NAME, "a spelling of 'Véróne', the form in the lock"
    )
    lock = Rulings(decisions={"Vérone": "Vérone"})
    here = {"Vérone": PLAIN, "Verone": PLACE._replace(documents=ELSEWHERE)}
    assert statuses(here, lock) == dict.fromkeys(here, "Vérone")
    assert judged(here, lock)["Vérone"] == Verdict(
        "Vérone", "place", CANONICAL, 1.0, "the form in the lock"
    )


def test_of_two_forms_of_the_lock_the_one_with_more_marks_takes_in_what_is_new() -> None:
    lock = Rulings(decisions={"Ana-Peña": "Ana Peña", "Ana-Pena": "Ana Pena"})
    those = {"Ana-Peña": PERSON, "Ana-Pena": PERSON, "ANA PENA": PERSON}
    assert statuses(those, lock) == {"Ana-Peña": "Ana Peña", "Ana-Pena": "Ana Pena",
                                     "ANA PENA": "Ana Peña"}  # fmt: skip


def test_a_form_of_the_lock_says_that_it_is() -> None:
    lock = Rulings(decisions={"Ana-Pena": "Ana Pena"})
    found = judged({"Ana-Pena": PERSON, "Ana Pena": PERSON}, lock)["Ana Pena"]
    assert found == Verdict("Ana Pena", "person", CANONICAL, 1.0, "the form in the lock")


def test_a_form_of_the_lock_takes_no_mark_from_a_crossed_spelling() -> None:
    lock = Rulings(decisions={"José Angel": "José Angel"})
    found = judged({"José Angel": PERSON, "Jose Ángel": PERSON}, lock)["Jose Ángel"]
    reason = f"a spelling of 'José Angel', the form in the lock; {LOST}"
    assert found == Verdict("José Angel", "person", VARIANT, HOUSE_STYLE, reason)


def test_the_authority_file_says_form_and_kind() -> None:
    source = '[[name]]\ncanonical = "José Angel"\naliases = ["Pepe"]\nkind = "organisation"\n'
    said = Rulings(authority=parse_authority(source))
    found = judged({"José Angel": PERSON, "Jose Ángel": PERSON, "Jose Angel": PERSON}, said)
    reason = "a spelling of 'José Angel', the form in the authority file"
    assert found == {
        "José Angel": Verdict(
            "José Angel", "organisation", CANONICAL, 1.0, "the form in the authority file"
        ),
        "Jose Ángel": Verdict("José Angel", "organisation", VARIANT, FULL_NAME, reason),
        "Jose Angel": Verdict("José Angel", "organisation", VARIANT, FULL_NAME, reason),
    }
    assert judged({"Pepe": PLAIN}, said)["Pepe"] == Verdict(
        "José Angel",
        "organisation",
        VARIANT,
        SAID,
        "a spelling of 'José Angel' by the authority file",
    )
    unsaid = Rulings(authority=parse_authority(source.replace('kind = "organisation"\n', "")))
    assert judged({"Pepe": PERSON}, unsaid)["Pepe"].kind == "person"


@pytest.mark.parametrize("where", ["authority", "lock"])
def test_a_form_decided_elsewhere_says_where(where: str) -> None:
    if where == "lock":
        rulings = Rulings(decisions={"Ana Pena": "Ana Pena"})
        reason = "the form in the lock"
    else:
        rulings = Rulings(authority=parse_authority('[[name]]\ncanonical = "Ana Pena"\n'))
        reason = "the form in the authority file"
    found = judged({"Ana Pena": PERSON, "Ana Peña": PERSON}, rulings)
    assert found["Ana Pena"] == Verdict("Ana Pena", "person", CANONICAL, 1.0, reason)
    assert found["Ana Peña"].canonical == "Ana Pena"
    assert found["Ana Peña"].certainty == FULL_NAME, "a mark may go where somebody says so"


def test_the_policy_frequent() -> None:
    frequent = Rulings(policies={"person": "frequent"})
    often = PERSON._replace(mentions=5)
    found = judged({"Ana Peña": PERSON, "Ana Pena": often}, frequent)
    reason = "a spelling of 'Ana Pena', the most frequent form"
    assert found == {
        "Ana Pena": Verdict("Ana Pena", "person", CANONICAL, 1.0, "the most frequent form"),
        "Ana Peña": Verdict("Ana Pena", "person", VARIANT, FULL_NAME, reason),
    }
    for count in (PERSON, often):  # where both are as frequent, marks decide
        assert statuses({"Ana Peña": count, "Ana Pena": PERSON}, frequent) == dict.fromkeys(
            ("Ana Peña", "Ana Pena"), "Ana Peña"
        )
    crossed = judged({"José Angel": often, "Jose Ángel": PERSON}, frequent)["Jose Ángel"]
    assert (crossed.canonical, crossed.certainty) == ("José Angel", CROSSED)


def test_the_policy_ascii() -> None:
    plain = Rulings(policies={"person": "ascii"})
    assert judged({"Ana Peña": PERSON}, plain)["Ana Peña"] == Verdict(
        "Ana Pena", "person", VARIANT, FULL_NAME, "'Ana Pena' by the policy ascii"
    )
    found = judged({"Ana Peña": PERSON, "Ana-Pena": PERSON}, plain)
    assert found["Ana Peña"].canonical == "Ana Pena"
    assert found["Ana Peña"].reason == "a spelling of 'Ana Pena', the form without marks"
    assert judged({"Ana Pena": PERSON}, plain)["Ana Pena"] == alone("Ana Pena", "person")
    assert judged({"Vérone": PLACE}, plain)["Vérone"] == alone("Vérone", "place")
    everything = Rulings(policies={"default": "ascii"})
    assert judged({"Peña": PLAIN}, everything)["Peña"] == alone("Peña")
    assert judged({"ÉTÉ": PLAIN}, everything)["ÉTÉ"] == alone("ÉTÉ", "acronym")
