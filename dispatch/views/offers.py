"""The steps that this person may take on an alert now, and what each of them asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy.orm import Session

from dispatch.domain.law.allowed import allowed_steps, grant_for
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS, Field, Step
from dispatch.domain.law.values import bounds, is_required
from dispatch.shapes.steps import FieldBounds, OfferedChoice, StepField, StepOffer
from dispatch.store.tables import Alert
from dispatch.translations import translate
from dispatch.views.choices import Choices
from dispatch.views.neighbours import proposed
from dispatch.views.prominence import places, rank
from dispatch.views.reader import Reader
from dispatch.views.timeline import Told

_ABOUT_SUPPORTS: Final = frozenset({"call_support", "release_support"}) | LADDER_STEPS


@dataclass(frozen=True)
class Offering:
    """One reader before one alert, with what its page has read of it already."""

    session: Session
    reader: Reader
    alert: Alert
    situation: Situation
    told: Told


def offered_steps(offering: Offering) -> list[StepOffer]:
    """As the faces draw them: the main one, those beside it, the others as in the table."""
    return _offers(offering, allowed_steps(offering.situation))


def offered_ahead(offering: Offering) -> dict[str, list[StepOffer]]:
    """What somebody in a basement may do after a deed of theirs, without hearing from us."""
    return {
        step.name: _offers(offering, [STEPS[name] for name in deed_entry(step.name).ahead])
        for step in STEPS.values()
        if deed_entry(step.name).ahead
        and offering.situation.status in step.sources
        and grant_for(step, offering.situation)
    }


def _offers(offering: Offering, steps: Sequence[Step]) -> list[StepOffer]:
    language, where = offering.reader.language, places(step.name for step in steps)
    return [
        {
            "step": step.name,
            "label": translate(language, f"words.step.{step.name}"),
            "main": where[step.name] == "main",
            "place": where[step.name],
            "fields": _fields(offering, step),
        }
        for step in sorted(steps, key=lambda each: rank(each.name, where[each.name]))
    ]


def _fields(offering: Offering, step: Step) -> list[StepField]:
    choices = Choices(offering.session, offering.reader, offering.alert, offering.situation)
    asked = ((field, choices.of(step, field)) for field in step.fields)
    return [
        _field(offering, step, field, found)
        for field, found in asked
        if found or not _is_whose(step, field)  # where nobody helps there is nothing to choose
    ]


def _is_whose(step: Step, field: Field) -> bool:
    return step.name in LADDER_STEPS and field.kind == "unit"


def _field(offering: Offering, step: Step, field: Field, choices: list[OfferedChoice]) -> StepField:
    reader = offering.reader
    asked: StepField = {
        "name": field.name,
        "kind": field.kind,
        "required": is_required(step, field, offering.situation),
        "label": translate(reader.language, f"words.field.{step.name}.{field.name}"),
        "choices": choices,
    }
    if field.kind == "unit":
        asked["proposed"] = None if step.name in _ABOUT_SUPPORTS else _proposed(offering.told)
    if field.kind == "alert":
        same = proposed(offering.session, reader, offering.alert, offering.told)
        asked["proposed"] = same and same["number"]
    return {**asked, **cast("FieldBounds", bounds(field, offering.situation))}


def _proposed(told: Told) -> str | None:
    """The unit that the rules or a returning department named last."""
    row = told.last("return", "propose")
    return None if row is None else row[0].codes.get("proposed") or row[0].codes.get("lead")
