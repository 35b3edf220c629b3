"""The steps that this person may take on an alert now, and the fields of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from sqlalchemy.orm import Session

from dispatch.domain.law.allowed import allowed_steps, grant_for
from dispatch.domain.law.audience import audience_of
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.values import bounds, is_required
from dispatch.domain.supports import FIRST
from dispatch.shapes.steps import FieldBounds, OfferedChoice, StepField, StepOffer
from dispatch.store.tables import Alert
from dispatch.translations import translate
from dispatch.views.button_places import button_places, draw_order
from dispatch.views.choices import Choices
from dispatch.views.neighbours import proposed_merge
from dispatch.views.reader import Reader
from dispatch.views.timeline import AlertLog

_ABOUT_SUPPORTS: Final = frozenset({"call_support", "release_support"}) | LADDER_STEPS


@dataclass(frozen=True)
class OfferContext:
    """One reader and one alert, with what its page has read already."""

    session: Session
    reader: Reader
    alert: Alert
    situation: Situation
    log: AlertLog


def offered_steps(context: OfferContext) -> list[StepOffer]:
    """The steps in the order in which faces show them: the main one, those beside it,
    the others.
    """
    return _offers(context, allowed_steps(context.situation))


def offered_ahead(context: OfferContext) -> dict[str, list[StepOffer]]:
    """By step, the steps that the person may take after it while offline."""
    return {
        step.name: _offers(context, [STEPS[name] for name in deed_entry(step.name).ahead])
        for step in STEPS.values()
        if deed_entry(step.name).ahead
        and context.situation.status in step.sources
        and grant_for(step, context.situation)
    }


def _offers(context: OfferContext, steps: Sequence[Step]) -> list[StepOffer]:
    language, where = context.reader.language, button_places(step.name for step in steps)
    return [
        {
            "step": step.name,
            "label": translate(language, f"{_named_in(context, step)}.{step.name}"),
            "main": where[step.name] == "main",
            "place": where[step.name],
            "fields": _fields(context, step),
        }
        for step in sorted(steps, key=lambda each: draw_order(each.name, where[each.name]))
    ]


def _named_in(context: OfferContext, step: Step) -> str:
    """The group of words that names the step: one's own part may be the first response."""
    mine = context.situation.own_support(step)
    return "words.first_step" if mine is not None and mine.mode == FIRST else "words.step"


def _fields(context: OfferContext, step: Step) -> list[StepField]:
    choices = Choices(context.session, context.reader, context.alert, context.situation)
    asked = ((field, choices.of(step, field)) for field in step.fields)
    return [
        _field(context, step, field, found)
        for field, found in asked
        if found or not _is_whose(step, field)  # without supports there is nothing to choose
    ]


def _is_whose(step: Step, field: Field) -> bool:
    return step.name in LADDER_STEPS and field.kind == "unit"


def _field(
    context: OfferContext, step: Step, field: Field, choices: list[OfferedChoice]
) -> StepField:
    reader = context.reader
    asked: StepField = {
        "name": field.name,
        "kind": field.kind,
        "required": is_required(step, field, context.situation),
        "label": translate(reader.language, f"words.field.{step.name}.{field.name}"),
        "choices": choices,
    }
    if audience := audience_of(step, field):
        asked["audience"] = audience
    if field.spared_by:
        asked["spared_by"] = list(field.spared_by)
    if field.kind == "unit":
        asked["proposed"] = _proposed(context.log, choices, step)
    if field.kind == "alert":
        same = proposed_merge(context.session, reader, context.alert, context.log)
        asked["proposed"] = same and same["number"]
    return {**asked, **cast("FieldBounds", bounds(field, context.situation))}


def _proposed(log: AlertLog, choices: list[OfferedChoice], step: Step) -> str | None:
    """The unit that the rules or a returning department proposed last, where it can be chosen."""
    row = None if step.name in _ABOUT_SUPPORTS else log.last("return", "propose", DECIDED_AGAIN)
    unit = None if row is None else row[0].codes.get("proposed") or row[0].codes.get("lead")
    return unit if unit in {each["id"] for each in choices} else None
