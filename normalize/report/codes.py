"""What a rule's code means, where the rule is known."""

from __future__ import annotations

from functools import lru_cache

from ..rules import Rule, Stage, all_rules


def rule_of(code: str) -> Rule | None:
    """The rule with this code; ``None`` for a code from elsewhere, such as an old build."""
    return all_rules().get(code)


@lru_cache
def is_layout(code: str) -> bool:
    """Whether the rule only brings text into the form of the corpus: its edits mend no defect."""
    rule = rule_of(code)
    return rule is not None and rule.stage in (Stage.LAYOUT, Stage.LINE_ENDS)
