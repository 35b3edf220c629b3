"""What do conditions and effects say, as plain values that can be compared and shown?"""

from dispatch.rules.book.rule import Effects, Rule
from dispatch.rules.book.terms import Terms
from dispatch.rules.conditions.tree import All, Condition, Leaf, Not

Json = dict[str, object]


def rule_as_json(rule: Rule) -> Json:
    """All that a rule says, without where it stands: equal for rules that do the same."""
    told: Json = {"label": dict(rule.label), "when": condition_as_json(rule.when)}
    return told | effects_as_json(rule.effects) | {"basis": rule.basis}


def condition_as_json(condition: Condition | None) -> object:
    """`{"category": ["E0113"]}`, `{"all": […]}`; None where it always holds."""
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        return {condition.fact: condition.wanted}
    if isinstance(condition, Not):
        return {"not": condition_as_json(condition.part)}
    word = "all" if isinstance(condition, All) else "any"
    return {word: [condition_as_json(part) for part in condition.parts]}


def effects_as_json(effects: Effects) -> Json:
    """Only what the effects do."""
    told: Json = {
        "lead": effects.lead,
        "needs_person": effects.needs_person,
        "supports": {each.unit: each.mode for each in effects.supports},
        "whistle": effects.whistle,
        "severity": effects.severity,
        "promises": {clock: terms_as_text(terms) for clock, terms in effects.promises.items()},
        "ladder": effects.ladder,
        "merge": effects.merge,
        "tags": list(effects.tags),
        "notice": dict(effects.notice) if effects.notice else None,
    }
    return {key: value for key, value in told.items() if value}


def terms_as_text(terms: Terms) -> str:
    """`8 work_hours (shenzhen)`: what is compared; the basis is told apart."""
    return f"{terms.limit} ({terms.calendar})"
