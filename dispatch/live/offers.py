"""The steps that this person may take on an alert now, and what each of them asks."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.domain.lifecycle import Field, Step, steps_from
from dispatch.domain.roles import Grant
from dispatch.domain.standing import may_take
from dispatch.live.neighbours import neighbours
from dispatch.live.prominence import places
from dispatch.live.reader import Reader
from dispatch.live.takeable import Question, is_takeable
from dispatch.live.timeline import Told
from dispatch.store.duty import people_in_role
from dispatch.store.sealing import identities
from dispatch.store.tables import Alert
from dispatch.translations import translate

Json = dict[str, Any]
# Who can lead, those most likely first.
_MAY_LEAD: Final = ("department", "company", "street", "district", "community")


def offered_steps(
    session: Session, reader: Reader, alert: Alert, held: Mapping[str, Grant], told: Told
) -> list[Json]:
    """In the table's order, as the faces draw them."""
    question = Question(session, reader, alert)
    steps = [
        step
        for step in steps_from(alert.status)
        if may_take(step, held) and is_takeable(step.name, question)
    ]
    where = places(step.name for step in steps)
    return [
        {
            "step": step.name,
            "label": translate(reader.language, f"words.step.{step.name}"),
            "main": where[step.name] == "main",
            "place": where[step.name],
            "fields": [_field(session, reader, alert, told, step, field) for field in step.fields],
        }
        for step in steps
    ]


def _field(
    session: Session, reader: Reader, alert: Alert, told: Told, step: Step, field: Field
) -> Json:
    asked: Json = {
        "name": field.name,
        "kind": field.kind,
        "required": field.required or _is_closing_photo(reader, alert, step, field),
        "label": translate(reader.language, f"words.field.{step.name}.{field.name}"),
        "choices": _choices(session, reader, alert, field),
    }
    if field.kind == "unit":
        asked["proposed"] = _proposed(told)
    return asked


def _is_closing_photo(reader: Reader, alert: Alert, step: Step, field: Field) -> bool:
    """The picture after the work, where the category's closing condition wants one."""
    category = reader.playbook.categories.get(alert.category)
    wanted = category is not None and category.closing == "after_photo"
    return wanted and (step.name, field.kind) == ("submit", "photos")


def _proposed(told: Told) -> str | None:
    """The unit that the rules or a returning department named last."""
    row = told.last("return", "propose")
    return None if row is None else row[0].codes.get("proposed") or row[0].codes.get("lead")


def _choices(session: Session, reader: Reader, alert: Alert, field: Field) -> list[dict[str, str]]:
    if field.kind == "unit":
        return [
            {"id": unit.id, "label": unit.label[reader.tongue]}
            for kind in _MAY_LEAD
            for unit in reader.playbook.units.values()
            if unit.kind == kind
        ]
    if field.kind == "alert":
        return neighbours(session, reader, alert)
    if field.kind == "person":
        return _hands(session, reader, alert)
    return [
        {"id": choice, "label": translate(reader.language, f"words.choice.{choice}")}
        for choice in field.choices
    ]


def _hands(session: Session, reader: Reader, alert: Alert) -> list[dict[str, str]]:
    """Teams below the lead unit, then its handlers by name: staff see staff."""
    if alert.lead is None:
        return []
    below = reader.organisation.below(alert.lead)
    teams = [
        {"id": unit.id, "label": unit.label[reader.tongue]}
        for unit in reader.playbook.units.values()
        if unit.id in below and unit.id != alert.lead and unit.kind in {"team", "company"}
    ]
    people = people_in_role(session, ("handler",), below)
    names = identities(session, reader.seal, [person for person, _unit in people])
    return teams + [
        {"id": person, "label": f"{names[person]['name']}（{reader.unit_label(unit)}）"}
        for person, unit in people
        if person in names
    ]
