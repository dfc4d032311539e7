"""What decides on names: the authority file, the lock, and the policies."""

from __future__ import annotations

from typing import Any

import pytest

from normalize.names.authority import parse_authority
from normalize.names.evidence import NameEvidence

from .names import canonical, carriers, learned, unified

FILE = """
[[name]]
canonical = "Kishida Fumio"
aliases = ["Fumio Kishida"]
kind = "person"
id = "Q1"

[[name]]
canonical = "Nguyễn Văn Hùng"
aliases = ["Nguyen Van Hung"]

[[never-merge]]
names = ["Le Van Tam", "Lê Văn Tâm"]
"""


def test_the_authority_file_decides() -> None:
    authority = parse_authority(FILE)
    texts = carriers(
        "Fumio Kishida", "Nguyễn Văn Hưng", "Nguyen Van Hung", "Le Van Tam", "Lê Văn Tâm"
    )
    names = learned(*texts).with_authority(authority)
    assert canonical(names) == {
        "Fumio Kishida": "Kishida Fumio",
        "Nguyễn Văn Hưng": "Nguyễn Văn Hưng",
        "Nguyen Van Hung": "Nguyễn Văn Hùng",
        "Le Van Tam": "Le Van Tam",
        "Lê Văn Tâm": "Lê Văn Tâm",
    }
    assert unified("Hier, Fumio Kishida a parlé.", names=names) == "Hier, Kishida Fumio a parlé."
    kinds = {r.spelling: r.kind for r in names.rows()}
    assert kinds["Fumio Kishida"] == "person"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[[name]]\ncanonical = 3", "names.toml:2: canonical holds 3"),
        ("\n[[name]]\naliases = []", "names.toml:2: a name without 'canonical'"),
        ('[[name]]\ncanonical = "A"\nalias = []', "names.toml:3: unknown key 'alias'; try use 'al"),
        ('[[name]]\ncanonical = "A"\nkind = "persn"', "names.toml:3: unknown kind 'persn'"),
        ('[[name]]\ncanonical = "A"\nid = "36014"', "names.toml:3: id = '36014'"),
        ('[[name]]\ncanonical = "A"\naliases = "B"', "names.toml:3: aliases = 'B'"),
        ('[[nam]]\ncanonical = "A"', "names.toml:1: unknown table 'nam'"),
        ('[name]\ncanonical = "A"', "names.toml:1: 'name' is no list"),
        ('[[name]]\ncanonical = "A"\n[[name]]\ncanonical = "B"\naliases = ["A"]',
         "names.toml:3: 'A' is already 'A'"),
        ('[[name]]\ncanonical = "A"\n[[name]]\ncanonical = "A"', "names.toml:3: 'A' is already"),
        ('[[never-merge]]\nnames = ["A"]', "names.toml:1: never-merge holds"),
        ('[[name]]\ncanonical = "A"\naliases = ["B"]\n[[never-merge]]\nnames = ["A", "B"]',
         "names.toml:4: ['A', 'B'] share an entry"),
        ("[[name", "names.toml: not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_authority_file_is_explained(source: str, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        parse_authority(source)
    assert str(error.value).startswith(message)


def test_the_lock_keeps_canonical_forms() -> None:
    before = learned(*carriers("Hoang Xuân Chiên", "Hoang Xuan Chien"))
    lock = before.to_lock()
    assert list(lock["decided"]) == ["Hoang Xuân Chiên"]
    locked = NameEvidence.from_lock(lock)
    assert locked.to_lock() == lock
    grown = learned(*carriers("Hoang Xuân Chiên", "Hoang Xuan Chien", "Hoàng Xuân Chiên"))
    assert set(canonical(grown).values()) == {"Hoàng Xuân Chiên"}
    assert set(canonical(grown.keeping(locked)).values()) == {"Hoang Xuân Chiên"}
    text = "Le général Hoàng Xuân Chiên parle."
    assert unified(text, names=locked) == "Le général Hoang Xuân Chiên parle."


def test_a_spelling_moved_in_the_lock_is_merged() -> None:
    lock = learned(*carriers("Kishida Fumio", "Fumio Kishida")).to_lock()
    moved = lock["decided"].pop("Fumio Kishida")["spellings"]
    lock["decided"]["Kishida Fumio"]["spellings"].update(moved)
    names = NameEvidence.from_lock(lock)
    assert unified("Hier, Fumio Kishida a parlé.", names=names) == "Hier, Kishida Fumio a parlé."
    assert names.to_lock() == lock


def test_a_lost_space_is_never_decided() -> None:
    lock = learned(*carriers("UedaKazumasa")).to_lock()
    assert lock["decided"] == {}
    names = NameEvidence.from_lock(lock)
    assert unified("Hier, Ueda Kazumasa a parlé.", names=names) == "Hier, Ueda Kazumasa a parlé."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"decided": []}, "names.decided: expected a table"),
        ({"decided": {"A": {"kind": "person"}}}, "names.decided['A'].spellings: expected a table"),
        ({"undecided": {"A": {"mentions": -1}}}, "names.undecided['A'].mentions: expected a count"),
        ({"undecided": {"A": {"x": 1}}}, "names.undecided['A']: unknown count 'x'"),
        ({"decided": {c: {"spellings": {"C": {}}} for c in "AB"}}, "names.decided['B']: 'C' alr"),
        ({"undecided": {"-": {}}}, "names.undecided: '-' is no name"),
    ],
)
def test_a_damaged_lock_is_explained(data: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        NameEvidence.from_lock(data)
    assert str(error.value).startswith(message)


def test_policies() -> None:
    texts = [*carriers("Tô Lâm", "To Lam", "To Lam"), "Il vit à Hanoi. Il dort à Hanoi.",
             "Il vit à Hanoï."]  # fmt: skip
    names = learned(*texts)
    assert set(canonical(names).values()) == {"Tô Lâm", "Hanoï"}
    frequent = names.with_policy({"place": "frequent"})
    assert set(canonical(frequent).values()) == {"Tô Lâm", "Hanoi"}
    plain = names.with_policy({"default": "ascii"})
    assert set(canonical(plain).values()) == {"To Lam", "Hanoi"}
    assert unified("Le président Tô Lâm parle.", names=plain) == "Le président To Lam parle."
    assert unified("Tô Lâm et Lê Duẩn", names=NameEvidence().with_policy({"person": "ascii"})) == (
        "To Lam et Le Duan"
    )


def test_the_authority_file_may_change_hyphens_and_marks() -> None:
    decided = parse_authority('[[name]]\ncanonical = "Kim Jong-un"\n')
    names = NameEvidence().with_authority(decided)
    clean = unified("M. Kim Jong Un parle. Selon Kim Jông-un, oui.", names=names)
    assert clean == "M. Kim Jong-un parle. Selon Kim Jong-un, oui."


DECIDED = {"kind": "person", "spellings": {"Le Van Tam": {"mentions": 2}, "Lê Văn Tâm": {}}}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"decided": []}, "names.decided"),
        ({"decided": {"A": {"kind": "person"}}}, r"names.decided\['A'\].spellings"),
        (
            {"decided": {"Lê Văn Tâm": DECIDED, "Le Van Tam": DECIDED}},
            "'Le Van Tam' already stands under 'Lê Văn Tâm'",
        ),
        (
            {"decided": {"Lê Văn Tâm": DECIDED}, "undecided": {"Le Van Tam": {"mentions": 1}}},
            "names.undecided: 'Le Van Tam' also stands under 'Lê Văn Tâm'",
        ),
    ],
)
def test_a_lock_that_contradicts_itself_is_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NameEvidence.from_lock(data)


def test_decisions_of_two_locks_are_joined() -> None:
    one = NameEvidence.from_lock({"decided": {"B": {"kind": "person", "spellings": {"X": {}}}}})
    other = NameEvidence.from_lock(
        {"decided": {"A": {"kind": "person", "spellings": {"X": {}, "Y": {}}}}}
    )
    for both in (one.merge(other), other.merge(one)):
        assert both.rulings.decisions == {"X": "A", "Y": "A"}, "the first in code point order"
    assert one.merge(NameEvidence()).rulings == NameEvidence().merge(one).rulings == one.rulings
