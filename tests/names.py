"""What the tests of names share: evidence of sentences, and the safe rules applied to a text."""

from __future__ import annotations

from functools import reduce

from normalize.edits import EditedText, resolve
from normalize.evidence import Evidence
from normalize.language import load
from normalize.names.evidence import NameEvidence
from normalize.rules import Rule, all_rules
from normalize.view import View


def view(text: str, lang: str = "fr", names: NameEvidence | None = None) -> View:
    return View(text, load(lang), Evidence(names=names or NameEvidence()))


def learned(*texts: str, lang: str = "fr") -> NameEvidence:
    collected = [NameEvidence.collect(view(t, lang), f"d{i}") for i, t in enumerate(texts)]
    return reduce(NameEvidence.merge, collected, NameEvidence())


def rules() -> list[Rule]:
    return [rule for rule in all_rules().values() if rule.family == "NAM"]


def unified(text: str, lang: str = "fr", names: NameEvidence | None = None) -> str:
    seen = view(text, lang, names)
    edits = [e for r in rules() if r.repair == "safe" for e in r.find(seen) if e.after is not None]
    return EditedText(text).apply(resolve(edits)[0]).text


def codes(text: str, lang: str = "fr", names: NameEvidence | None = None) -> list[str]:
    seen = view(text, lang, names)
    return [rule.code for rule in rules() if list(rule.find(seen))]


def canonical(names: NameEvidence) -> dict[str, str]:
    return {row.spelling: row.canonical for row in names.rows()}


def carriers(*spellings: str) -> list[str]:
    return [f"Hier, le ministre {s} a parlé. Puis {s} est parti." for s in spellings]
