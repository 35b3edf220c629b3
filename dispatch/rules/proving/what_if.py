"""Decides past alerts once more by a candidate playbook and counts what would change."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision, decide
from dispatch.rules.proving.decided_parts import decided_parts


@dataclass(frozen=True, slots=True)
class PastAlert:
    """An alert as it was reported, and what was decided then: lead, rule, limits by clock.

    `parts`: the rest of that decision (`decided_parts`); empty where its playbook is not known.
    """

    number: str
    facts: Facts
    lead: str | None
    rule: str | None
    needs_person: bool
    limits: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MovedAlert:
    """An alert that would go elsewhere. `lead` None: its category is gone."""

    number: str
    category: str
    before: str | None
    lead: str | None
    old_rule: str | None
    rule: str | None
    where: str

    def as_json(self) -> dict[str, object]:
        return {
            "number": self.number,
            "category": self.category,
            "from": self.before,
            "to": self.lead,
            "rule_before": self.old_rule,
            "rule": self.rule,
            "where": self.where,
        }


@dataclass(slots=True)
class WhatIf:
    """`load`: alerts by lead; `limits`: how often a limit differs, by (clock, before, after);
    `parts`: the same for the other parts of the decision, by (part, before, after).
    """

    alerts: int = 0
    moved: list[MovedAlert] = field(default_factory=list)
    load_before: Counter[str] = field(default_factory=Counter)
    load_after: Counter[str] = field(default_factory=Counter)
    limits: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    parts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def as_json(self) -> dict[str, object]:
        units = sorted({*self.load_before, *self.load_after})
        return {
            "alerts": self.alerts,
            "moved": [each.as_json() for each in self.moved],
            "load": [
                {"unit": unit, "before": self.load_before[unit], "after": self.load_after[unit]}
                for unit in units
            ],
            "limits": [
                {"clock": clock, "before": before, "after": after, "alerts": count}
                for (clock, before, after), count in self.limits.most_common()
            ],
            "parts": [
                {"part": part, "before": before, "after": after, "alerts": count}
                for (part, before, after), count in self.parts.most_common()
            ],
        }


def what_if(candidate: Playbook, past: Iterable[PastAlert]) -> WhatIf:
    """Every past alert decided once more by the candidate; nothing is changed by asking."""
    told = WhatIf()
    for alert in past:
        told.alerts += 1
        told.load_before[alert.lead or ""] += 1
        if alert.facts.category not in candidate.categories:
            told.load_after[""] += 1
            told.moved.append(_moved(alert, None, candidate))
            continue
        _compare(told, alert, decide(candidate, alert.facts), candidate)
    return told


def _compare(told: WhatIf, alert: PastAlert, decision: Decision, candidate: Playbook) -> None:
    told.load_after[decision.lead] += 1
    if (decision.lead, decision.needs_person) != (alert.lead, alert.needs_person):
        told.moved.append(_moved(alert, decision, candidate))
    after = {clock: str(terms.limit) for clock, terms in decision.promises.items()}
    for clock in sorted(alert.limits.keys() | after.keys()):
        before, now = alert.limits.get(clock, ""), after.get(clock, "")
        if before != now:
            told.limits[clock, before, now] += 1
    for part, seen in decided_parts(candidate, alert.facts, decision).items():
        if alert.parts and alert.parts[part] != seen:
            told.parts[part, alert.parts[part], seen] += 1


def _moved(alert: PastAlert, decision: Decision | None, candidate: Playbook) -> MovedAlert:
    rule = candidate.rule(decision.rule) if decision else None
    return MovedAlert(
        number=alert.number,
        category=alert.facts.category,
        before=alert.lead,
        lead=decision.lead if decision else None,
        old_rule=alert.rule,
        rule=rule.id if rule else None,
        where=f"{rule.source.file}:{rule.source.line}" if rule else "",
    )
