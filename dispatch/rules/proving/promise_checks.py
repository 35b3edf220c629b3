"""Promises that make no sense to whoever reads them.

Answers that change nothing, and arrivals that are promised for after the end of the work.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations

from dispatch.domain.time.promises import due
from dispatch.domain.time.worktime import Calendar, CalendarEnds
from dispatch.rules.book.category import Category, FormField, Limits
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import Terms
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.tree import Condition, Leaf
from dispatch.rules.deciding.matter import matter_of
from dispatch.rules.language.faults import PlaybookFault
from dispatch.rules.proving.sample_week import EACH_HOUR, MONDAY_MIDNIGHT


def answers_that_change_nothing(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Two answers of one question that bring the same: people choose, and nothing follows. A
    question that no condition asks for is for whoever reads it, and changes nothing on purpose.
    """
    asked = _asked_for(playbook)
    for category in playbook.categories.values():
        for field in category.fields:
            if field.choices and f"answer.{field.name}" in asked:
                yield from _same_answers(playbook, category, field)


def _same_answers(
    playbook: Playbook, category: Category, field: FormField
) -> Iterator[PlaybookFault]:
    """The first pair of answers that bring the same."""
    effects = {each.id: _effect(playbook, category, field, each.id) for each in field.choices}
    for one, other in combinations(effects, 2):
        if effects[one] == effects[other]:
            words = {"category": category.code, "question": field.name, "one": one, "other": other}
            at = category.source
            yield PlaybookFault(
                at.file, at.line, at.column, at.path, "same_answers", words, "warning"
            )
            return


def _effect(playbook: Playbook, category: Category, field: FormField, choice: str) -> object:
    """What follows from an answer: the limits it chooses, and which comparisons of it hold."""
    facts = Facts(category.code, MONDAY_MIDNIGHT, answers={field.name: choice})
    matter = matter_of(playbook, facts)
    book = playbook.rules
    rules = (*book.leading[category.code], *book.adding[category.code])
    shown = tuple(each.shown_when for each in category.fields if each.shown_when)
    conditions = (*(rule.when for rule in rules if rule.when), *shown)
    held = [leaf.holds(matter.about) for each in conditions for leaf in _leaves(each, field)]
    return _promised(matter.limits), held


def _promised(limits: Limits) -> object:
    terms = {clock: (str(each.limit), each.calendar) for clock, each in limits.promises.items()}
    return limits.severity, limits.life_safety, terms


def _leaves(condition: Condition, field: FormField) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf in condition.leaves() if leaf.fact == f"answer.{field.name}")


def _asked_for(playbook: Playbook) -> frozenset[str]:
    """The answers that some condition of the playbook asks for."""
    categories = playbook.categories.values()
    book = playbook.rules
    conditions = (
        *(limits.when for each in categories for limits in each.limits),
        *(rule.when for rule in (*book.rules, *book.also)),
    )
    return frozenset(leaf.fact for each in conditions if each for leaf in each.leaves())


def arrivals_after_the_end(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Limits by which somebody may still come when the work should be done; also where one of the
    two is the district's own.
    """
    return _after_the_end(playbook, "arrive", any, "late_arrival")


def signatures_after_the_end(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Limits by which somebody may still sign when the work should be done, whenever it begins."""
    return _after_the_end(playbook, "sign", all, "late_signature")


def _after_the_end(
    playbook: Playbook, clock: str, is_told: Callable[[list[bool]], bool], code: str
) -> Iterator[PlaybookFault]:
    """Limits of a clock that ends after the work; `is_told`: in any or in all hours of a week."""

    @cache
    def comes_late(terms: Terms, dispose: Terms) -> bool:
        tried = list(_each_hour(playbook.calendars, terms, dispose))
        return bool(tried) and is_told(tried)

    for category in playbook.categories.values():
        for limits in category.limits:
            terms, dispose = (limits.promises.get(each) for each in (clock, "dispose"))
            if terms and dispose and comes_late(terms, dispose):
                at, words = limits.source, {"category": category.code}
                words |= {clock: str(terms.limit), "dispose": str(dispose.limit)}
                yield PlaybookFault(at.file, at.line, at.column, at.path, code, words, "warning")


def _each_hour(calendars: Mapping[str, Calendar], one: Terms, other: Terms) -> Iterator[bool]:
    """For each hour of the week at which both begin whether the one is due after the other."""
    for start in EACH_HOUR:
        try:
            first, then = (
                due(start, each.limit, calendars[each.calendar]) for each in (one, other)
            )
        except CalendarEnds:
            continue
        yield bool(first and then and first > then)
