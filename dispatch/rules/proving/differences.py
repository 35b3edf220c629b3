"""The differences between two playbooks: rules, limits, and where alerts would go."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dispatch.rules.book.as_json import rule_as_json
from dispatch.rules.book.category import Category
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.book.terms import terms_as_text
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.questions.answers import Answer

# An ordinary Monday: routes are compared as they are then.
_MONDAY: Final = datetime(2026, 11, 23, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PlaybookDifference:
    """`kind`: rule order limit route unit category calendar; None: it is not there."""

    kind: str
    id: str
    before: object
    after: object

    def as_json(self) -> dict[str, object]:
        return {"kind": self.kind, "id": self.id, "before": self.before, "after": self.after}


def differences(before: Playbook, after: Playbook) -> Iterator[PlaybookDifference]:
    """Everything that somebody who publishes `after` should know, rules first."""
    yield from _changed("rule", _rules(before), _rules(after))
    yield from _order(before.rules, after.rules)
    yield from _changed("limit", _limits(before), _limits(after))
    yield from _routes(before, after)
    for kind in ("units", "categories", "calendars", "ladders"):
        yield from _comings_and_goings(kind, getattr(before, kind), getattr(after, kind))


def _changed(
    kind: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[PlaybookDifference]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield PlaybookDifference(kind, name, before.get(name), after.get(name))


def _rules(playbook: Playbook) -> dict[str, object]:
    book = playbook.rules
    return {rule.id: rule_as_json(rule) for rule in (*book.rules, *book.also, book.otherwise)}


def _order(before: RuleBook, after: RuleBook) -> Iterator[PlaybookDifference]:
    """Leading rules that are in both and stand in another order: the first match decides."""
    common = {rule.id for rule in before.rules} & {rule.id for rule in after.rules}
    old, new = _ids(before.rules, common), _ids(after.rules, common)
    if old != new:
        moved = [name for name, other in zip(new, old, strict=True) if name != other]
        yield PlaybookDifference("order", moved[0], old, new)


def _ids(rules: Iterable[Rule], known: set[str]) -> list[str]:
    return [rule.id for rule in rules if rule.id in known]


def _limits(playbook: Playbook) -> dict[str, object]:
    """`E0113 danger dispose`: by category, variant and clock."""
    return {
        f"{code} {limits.code or number} {clock}": terms_as_text(terms)
        for code, category in playbook.categories.items()
        for number, limits in enumerate(category.limits)
        for clock, terms in limits.promises.items()
    }


def _routes(before: Playbook, after: Playbook) -> Iterator[PlaybookDifference]:
    """Who leads each category, unanswered and for each single choice, and each case of both."""
    street = next((u.id for u in before.units.values() if u.kind == "street"), None)
    for code in before.categories.keys() & after.categories.keys():
        for answers in _situations(before.categories[code]):
            facts = Facts(code, _MONDAY, answers=answers, street=street)
            yield from _route(" ".join((code, *map(str, answers.values()))), facts, before, after)
    for case in (*before.cases, *after.cases):
        if {case.facts.category} <= before.categories.keys() & after.categories.keys():
            yield from _route(case.label, case.facts, before, after)


def _situations(category: Category) -> Iterator[Mapping[str, Answer]]:
    yield {}
    for field in category.fields:
        for choice in field.choices:
            yield {field.name: choice.id}


def _route(
    name: str, facts: Facts, before: Playbook, after: Playbook
) -> Iterator[PlaybookDifference]:
    old, new = decide(before, facts), decide(after, facts)
    if old.lead != new.lead:
        led = ({"lead": each.lead, "rule": each.rule} for each in (old, new))
        yield PlaybookDifference("route", name, *led)


def _comings_and_goings(
    kind: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[PlaybookDifference]:
    for name in dict.fromkeys((*before, *after)):
        if (name in before) != (name in after):
            yield PlaybookDifference(kind, name, name in before or None, name in after or None)
