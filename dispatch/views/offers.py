"""The steps that this person may take on an alert now, and what each of them asks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dispatch.domain.law.relations import LADDER_STEPS, may_take
from dispatch.domain.law.steps import STEPS, Field, Step, steps_from
from dispatch.domain.law.supports import OWN_STEPS
from dispatch.domain.roles import Grant
from dispatch.store.duty import people_in_role
from dispatch.store.sealing import identities
from dispatch.translations import translate
from dispatch.views.neighbours import neighbours, proposed
from dispatch.views.prominence import places, rank
from dispatch.views.takeable import Question, is_takeable
from dispatch.views.timeline import Told

Json = dict[str, Any]
_ABOUT_SUPPORTS: Final = frozenset({"call_support", "release_support"}) | LADDER_STEPS
# A handler's day without a network: whoever has arrived submits, whoever submitted may add a word.
_AHEAD: Final = {
    "arrive": ("submit", "note"),
    "submit": ("note",),
    "support_arrive": ("support_finish", "note"),
}
# Who can lead, those most likely first.
_MAY_LEAD: Final = ("department", "company", "street", "district", "community")


def offered_steps(question: Question, held: Mapping[str, Grant], told: Told) -> list[Json]:
    """As the faces draw them: the main one, those beside it, the others as in the table."""
    steps = [
        step
        for step in steps_from(question.alert.status)
        if may_take(step, held) and is_takeable(step.name, question)
    ]
    return _offers(question, told, steps)


def offered_ahead(
    question: Question, held: Mapping[str, Grant], told: Told
) -> dict[str, list[Json]]:
    """What somebody in a basement may do after a deed of theirs, without hearing from us."""
    return {
        first: _offers(question, told, [STEPS[name] for name in following])
        for first, following in _AHEAD.items()
        if question.alert.status in STEPS[first].sources and may_take(STEPS[first], held)
    }


def _offers(question: Question, told: Told, steps: Sequence[Step]) -> list[Json]:
    language, where = question.reader.language, places(step.name for step in steps)
    return [
        {
            "step": step.name,
            "label": translate(language, f"words.step.{step.name}"),
            "main": where[step.name] == "main",
            "place": where[step.name],
            "fields": [
                _field(question, told, step, field) | question.asking.bounds(field.kind)
                for field in step.fields
                if not _is_idle(question, step, field)
            ],
        }
        for step in sorted(steps, key=lambda each: rank(each.name, where[each.name]))
    ]


def _is_idle(question: Question, step: Step, field: Field) -> bool:
    """Where nobody helps there is nothing to choose from."""
    is_whose = step.name in LADDER_STEPS and field.kind == "unit"
    return is_whose and not question.reach(step.name).supports


def _field(question: Question, told: Told, step: Step, field: Field) -> Json:
    reader = question.reader
    asked: Json = {
        "name": field.name,
        "kind": field.kind,
        "required": field.required or _is_closing_photo(question, step, field),
        "label": translate(reader.language, f"words.field.{step.name}.{field.name}"),
        "choices": _choices(question, step, field),
    }
    if field.kind == "unit":
        asked["proposed"] = None if step.name in _ABOUT_SUPPORTS else _proposed(told)
    if field.kind == "alert":
        same = proposed(question.session, reader, question.alert, told)
        asked["proposed"] = same and same["number"]
    return asked


def _is_closing_photo(question: Question, step: Step, field: Field) -> bool:
    """The picture after the work, where the category's closing condition wants one."""
    category = question.reader.playbook.categories.get(question.alert.category)
    wanted = category is not None and category.closing == "after_photo"
    return wanted and (step.name, field.kind) == ("submit", "photos")


def _proposed(told: Told) -> str | None:
    """The unit that the rules or a returning department named last."""
    row = told.last("return", "propose")
    return None if row is None else row[0].codes.get("proposed") or row[0].codes.get("lead")


def _choices(question: Question, step: Step, field: Field) -> list[dict[str, str]]:
    reader = question.reader
    if step.name == "release_support" and field.kind == "unit":
        units = (each.unit for each in question.supports)
        return [{"id": unit, "label": reader.unit_label(unit)} for unit in units]
    if step.name in LADDER_STEPS and field.kind == "unit":
        units = (each.unit for each in question.reach(step.name).supports)
        return [{"id": unit, "label": reader.unit_label(unit)} for unit in units]
    if field.kind == "unit":
        return [
            {"id": unit.id, "label": unit.label[reader.tongue]}
            for kind in _MAY_LEAD
            for unit in reader.playbook.units.values()
            if unit.kind == kind
        ]
    if field.kind == "alert":
        return neighbours(question.session, reader, question.alert)
    if field.kind == "person":
        own = question.own(step.name) if step.name in OWN_STEPS else None
        return _hands(question, own.unit if own else question.alert.lead)
    chosen = question.clocks(step.name) if field.name == "clock" else field.choices
    return [
        {"id": choice, "label": translate(reader.language, f"words.choice.{choice}")}
        for choice in chosen
    ]


def _hands(question: Question, holder: str | None) -> list[dict[str, str]]:
    """Teams below the unit that gives the task, then its handlers by name: staff see staff."""
    if holder is None:
        return []
    session, reader = question.session, question.reader
    below = reader.organisation.below(holder)
    teams = [
        {"id": unit.id, "label": unit.label[reader.tongue]}
        for unit in reader.playbook.units.values()
        if unit.id in below and unit.id != holder and unit.kind in {"team", "company"}
    ]
    people = people_in_role(session, ("handler",), below)
    names = identities(session, reader.seal, [person for person, _unit in people])
    return teams + [
        {"id": person, "label": f"{names[person]['name']}（{reader.unit_label(unit)}）"}
        for person, unit in people
        if person in names
    ]
