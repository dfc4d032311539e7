"""Grammar classes of forms, for ``context``: from a dictionary's tags, from lemmas, or from text.

The language file says where they come from::

    [lexicon]
    tagged = "usr/share/hunspell/fr"     # a Hunspell dictionary with po: and is: fields
    infinitives = ["ar", "er", "ir"]      # or: a lemma with such an ending is a verb
    [lexicon.tags]                        # what a tag says; tags that are not named say nothing
    nom = "n"
    fem = "f"

With tags, the class of a form is the set of its analyses. With infinitives, verb forms are told
from the rest and from each other by their last letter. With neither, ``induce`` finds classes in
the text itself. Tags are best and text alone is worst where there is a choice: held-out French
sentences rank above shuffled ones in .83, .80 (endings alone) and .79 of pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from . import hunspell, induce, sources
from .context import COMMON, GRAMMAR


def signatures(
    root: Path,
    table: Mapping[str, Any],
    lemmas: Mapping[str, str],
    pairs: Mapping[tuple[str, str], float],
    functions: Collection[str],
) -> dict[str, str]:
    """The grammar of each form as one word: "fn" for a feminine noun, "fn+3v" if also a verb."""
    if "tagged" in table:
        return _tagged(root / table["tagged"], table["tags"])
    infinitives = tuple(table.get("infinitives", ()))
    if not infinitives:
        return induce.classes(pairs, functions) if pairs else {}
    verbs = {lemma for lemma in lemmas.values() if lemma.endswith(infinitives)}
    return {form: form[-1] for form, lemma in lemmas.items() if lemma in verbs} | {
        verb: verb[-1] for verb in verbs
    }


def _tagged(base: Path, meanings: Mapping[str, str]) -> dict[str, str]:
    aff, dic = base.with_suffix(".aff"), base.with_suffix(".dic")
    if not dic.exists():
        raise sources.CannotBuild(f"no {dic}; NOTICE names the Debian package")
    analyses: defaultdict[str, set[str]] = defaultdict(set)
    for form, tags in hunspell.forms(aff, dic):
        if form.islower():
            said = "".join(sorted({meanings[tag] for tag in tags if tag in meanings}))
            analyses[sources.nfc(form)].add(said)
    return {form: "+".join(sorted(said - {""})) for form, said in analyses.items()}


def classes(
    grammar: Mapping[str, str], pairs: Mapping[tuple[str, str], float], functions: Collection[str]
) -> dict[str, int]:
    """A number from 1 for each form of one of the grammars that are most frequent in text."""
    counts = Counter[str]()
    for (_, word), n in pairs.items():
        if word not in functions and grammar.get(word):
            counts[grammar[word]] += int(min(n, COMMON))
    ranked = sorted(counts, key=lambda said: (-counts[said], said))[:GRAMMAR]
    numbers = {said: i for i, said in enumerate(ranked, start=1)}
    return {form: numbers[said] for form, said in grammar.items() if said in numbers}
