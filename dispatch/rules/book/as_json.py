"""Rules and conditions as plain values that can be compared and shown."""

from dispatch.rules.book.files.effects import effects_as_json
from dispatch.rules.book.rule import Rule
from dispatch.rules.conditions.tree import All, Condition, Leaf, Not
from dispatch.rules.language.json_schema import Json


def rule_as_json(rule: Rule) -> Json:
    """All that a rule says, without where it stands: equal for rules that do the same."""
    told: Json = {"label": dict(rule.label), "when": condition_as_json(rule.when)}
    return told | effects_as_json(rule.effects) | {"basis": rule.basis}


def condition_as_json(condition: Condition | None) -> Json | None:
    """`{"category": ["E0113"]}`, `{"all": […]}`; None where it always holds."""
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        return {condition.fact: condition.wanted}
    if isinstance(condition, Not):
        return {"not": condition_as_json(condition.part)}
    word = "all" if isinstance(condition, All) else "any"
    return {word: [condition_as_json(part) for part in condition.parts]}
