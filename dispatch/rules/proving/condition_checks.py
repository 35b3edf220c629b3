"""Tells conditions that never hold, or always do, because of what `not` takes out of them."""

from collections.abc import Iterator

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.tree import All, AnyOf, Condition, Not
from dispatch.rules.language.faults import PlaybookFault, Source
from dispatch.rules.proving.contradictions import always_holds, never_holds


def conditions_that_say_nothing(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Comparisons alone are looked at where rules are compared, and single ones where they are
    read: here is what is left.
    """
    for condition in _conditions(playbook):
        if not _denies(condition):
            continue
        for proven, code in ((never_holds, "never_holds"), (always_holds, "always_holds")):
            if proven(condition):
                at = Source.of(condition.leaves()[0].at)
                yield PlaybookFault(at.file, at.line, at.column, at.path, code, {}, "error")


def _conditions(playbook: Playbook) -> Iterator[Condition]:
    book = playbook.rules
    found = [rule.when for rule in (*book.rules, *book.also)]
    for category in playbook.categories.values():
        found += [limits.when for limits in category.limits]
        found += [asked.shown_when for asked in category.fields]
    yield from (each for each in found if each is not None)


def _denies(condition: Condition) -> bool:
    if isinstance(condition, All | AnyOf):
        return any(map(_denies, condition.parts))
    return isinstance(condition, Not)
