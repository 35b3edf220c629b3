"""Tells conditions that never hold, or always do, by what they join and what `not` takes out."""

from collections.abc import Iterator

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Effects
from dispatch.rules.conditions.tree import All, AnyOf, Condition, Leaf, Not, required
from dispatch.rules.language.faults import Level, PlaybookFault, Source
from dispatch.rules.proving.boxes import box_of
from dispatch.rules.proving.clashes import first_clash, foreign_question, held_together
from dispatch.rules.proving.contradictions import always_holds, never_holds


def conditions_that_say_nothing(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Single comparisons are looked at where they are read: here is what becomes of several."""
    told = [rule.when for rule in playbook.rules.rules if rule.when and _is_told(rule.when)]
    known = set(map(id, told))
    for condition in _conditions(playbook):
        if id(condition) in known:
            continue
        if found := next(_proven(condition, playbook), None):
            yield found


def _is_told(condition: Condition) -> bool:
    """Sets of values that have nothing in common are told where rules are compared."""
    return not all(box_of(required(condition)).values())


def _proven(condition: Condition, playbook: Playbook) -> Iterator[PlaybookFault]:
    if _joins(condition):
        for proven, code in ((never_holds, "never_holds"), (always_holds, "always_holds")):
            if proven(condition):
                yield _fault(condition.leaves()[0], code)
    for together in held_together(condition):
        if (leaf := first_clash(together, playbook)) is not None:
            yield _fault(leaf, "never_holds_beside")
        elif (leaf := foreign_question(together, playbook)) is not None:
            question = leaf.fact.partition(".")[2]
            yield _fault(leaf, "question_of_others", question=question)


def _fault(leaf: Leaf, code: str, level: Level = "error", **words: str) -> PlaybookFault:
    at = Source.of(leaf.at)
    return PlaybookFault(at.file, at.line, at.column, at.path, code, words, level)


def _conditions(playbook: Playbook) -> Iterator[Condition]:
    book = playbook.rules
    found = [rule.when for rule in (*book.rules, *book.also)]
    for category in playbook.categories.values():
        found += [limits.when for limits in category.limits]
        found += [asked.shown_when for asked in category.fields]
    yield from (each for each in found if each is not None)


def _joins(condition: Condition) -> bool:
    """Whether anything is joined by `any` or `not`; `all` alone is looked at by what it holds."""
    if isinstance(condition, All):
        return any(map(_joins, condition.parts))
    return isinstance(condition, AnyOf | Not)


def parts_that_do_nothing(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Rules that add nothing, and `not` of what the rest of the condition leaves out already."""
    for rule in playbook.rules.also:
        if rule.effects == Effects():
            at = rule.source
            place = (at.file, at.line, at.column, at.path)
            yield PlaybookFault(*place, "no_effect", {"rule": rule.id}, "warning")
    for condition in _conditions(playbook):
        for leaf in _idle_denials(condition):
            yield _fault(leaf, "not_of_others", "warning")


def _idle_denials(condition: Condition) -> Iterator[Leaf]:
    box = box_of(required(condition))
    for part in condition.parts if isinstance(condition, All) else ():
        if isinstance(part, Not) and isinstance(leaf := part.part, Leaf):
            values = box.get(leaf.fact)
            if values and leaf.accepts and values.isdisjoint(leaf.accepts):
                yield leaf
