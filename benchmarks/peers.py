"""The same rules in other engines, each used as its guide advises and found by category first."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from benchmarks.rule_sets import DESK
from dispatch.rules.conditions.facts import Facts

Rules = list[dict[str, object]]
Decide = Callable[[Facts], str]


def installed() -> Mapping[str, Callable[[Rules], Decide]]:
    """The peers that `make bench` installed; none of them is needed by the product."""
    peers = {"zen": ("zen-engine", zen_engine), "rule_engine": ("rule-engine", rule_engine)}
    return {name: make for module, (name, make) in peers.items() if find_spec(module)}


def _by_category(rules: Rules) -> dict[str, Rules]:
    found: dict[str, Rules] = defaultdict(list)
    for rule in rules:
        found[str(rule["category"])].append(rule)
    return found


def _seen(facts: Facts) -> dict[str, Any]:
    urgency = facts.answers.get("urgency")
    return {"street": facts.street, "urgency": urgency, "photos": facts.photos}


def zen_engine(rules: Rules) -> Decide:
    """One decision table a category, hit policy "first"."""
    import zen  # noqa: PLC0415 - only where it is installed

    engine = zen.ZenEngine()
    tables = {
        category: engine.create_decision(json.dumps(_table(mine)))
        for category, mine in _by_category(rules).items()
    }

    def decide(facts: Facts) -> str:
        if (table := tables.get(facts.category)) is None:
            return DESK
        return table.evaluate(_seen(facts))["result"].get("lead", DESK)

    return decide


def _table(rules: Rules) -> dict[str, Any]:
    """A graph of input, table and output, as its editor writes it."""
    fields = ("street", "urgency", "photos")
    inputs = [{"id": field, "name": field, "field": field} for field in fields]
    content = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "lead", "name": "lead", "field": "lead"}],
        "rules": [_row(rule) for rule in rules],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"nodes": nodes, "edges": edges}


def _row(rule: dict[str, object]) -> dict[str, object]:
    photos = "" if rule["photos"] is None else f">= {rule['photos']}"
    return {
        "_id": rule["id"],
        "street": f'"{rule["street"]}"',
        "urgency": f'"{rule["urgency"]}"',
        "photos": photos,
        "lead": f'"{rule["lead"]}"',
    }


def rule_engine(rules: Rules) -> Decide:
    """One compiled expression a rule, the first that matches."""
    import rule_engine as engine  # noqa: PLC0415 - only where it is installed

    compiled = {
        category: [(engine.Rule(_expression(rule)), str(rule["lead"])) for rule in mine]
        for category, mine in _by_category(rules).items()
    }

    def decide(facts: Facts) -> str:
        seen = _seen(facts)
        mine = compiled.get(facts.category, ())
        return next((lead for rule, lead in mine if rule.matches(seen)), DESK)

    return decide


def _expression(rule: dict[str, object]) -> str:
    photos = "" if rule["photos"] is None else f" and photos >= {rule['photos']}"
    return f'street == "{rule["street"]}" and urgency == "{rule["urgency"]}"{photos}'
