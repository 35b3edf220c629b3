"""Whom alerts would go to by one of two playbooks and not by the other."""

from collections.abc import Iterator, Mapping

from dispatch.rules.book.category import Category
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.sample_week import MONDAY_MORNING
from dispatch.rules.questions.answers import Answer

LedRoute = dict[str, object]


def changed_routes(
    before: Playbook, after: Playbook
) -> Iterator[tuple[str, tuple[LedRoute, LedRoute]]]:
    """By situation who leads before and after: each category, unanswered and for each single
    choice, and each case of both.
    """
    street = next((u.id for u in before.units.values() if u.kind == "street"), None)
    common = before.categories.keys() & after.categories.keys()
    for code in before.categories:
        for answers in _situations(before.categories[code]) if code in common else ():
            facts = Facts(code, MONDAY_MORNING, answers=answers, street=street)
            yield from _route(" ".join((code, *map(str, answers.values()))), facts, before, after)
    for case in (*before.cases, *after.cases):
        if case.facts.category in common:
            yield from _route(case.label, case.facts, before, after)


def _situations(category: Category) -> Iterator[Mapping[str, Answer]]:
    yield {}
    for field in category.fields:
        for choice in field.choices:
            yield {field.name: choice.id}


def _route(
    name: str, facts: Facts, before: Playbook, after: Playbook
) -> Iterator[tuple[str, tuple[LedRoute, LedRoute]]]:
    old, new = decide(before, facts), decide(after, facts)
    if old.lead != new.lead:
        was, now = ({"lead": each.lead, "rule": each.rule} for each in (old, new))
        yield name, (dict(was), dict(now))
