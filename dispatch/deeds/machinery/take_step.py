"""Takes a step for a person: checked by the law, applied and logged in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.conflicts import version_refusal
from dispatch.deeds.machinery.declared_photos import declare_photos
from dispatch.deeds.machinery.kept_answers import first_answer, keep_answer, step_digest
from dispatch.deeds.machinery.leaving import words_of_leaving
from dispatch.deeds.machinery.registry import DEEDS
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.transition import Actor, Move, move_alert
from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.allowed import allowed, grant_for
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.relations import verifier_desk
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.values import values_refusal
from dispatch.domain.law.who import REPORTER
from dispatch.domain.roles import VOLUNTEER, Access, Grant, Organisation
from dispatch.errors import Refused
from dispatch.promises.policy import policy_of
from dispatch.rules.book.playbook import Playbook
from dispatch.shapes.steps import StepTaken
from dispatch.store.alerts import alert_columns, alert_facts, locked_alert
from dispatch.store.marks import log_mark, to_the_day
from dispatch.store.role_holders import is_alone_in_role
from dispatch.store.sealing import Seal
from dispatch.store.situations import read_alert_rows, situation_of
from dispatch.store.tables import TakenStep
from dispatch.store.transaction import Store, Transaction
from dispatch.telling import notices
from dispatch.translations import tongue_of


@dataclass(frozen=True)
class StepCommand:
    """A step as it was asked for. `version`: the one that the person saw; or `after`: the client's
    id of their own earlier step, for steps that were queued offline.
    """

    step: str
    client_id: str
    values: Mapping[str, Any]
    version: int | None = None
    after: str | None = None
    device_at: datetime | None = None


@dataclass(frozen=True)
class _StepViewer:
    """Who takes a step, by which playbooks, when."""

    access: Access
    organisation: Organisation
    playbook: Playbook
    editions: Callable[[int], Playbook]
    seal: Seal
    now: datetime


@dataclass(frozen=True)
class StepOutcome:
    """The answer: the alert after the step. `is_new` False: the step was taken before."""

    answer: StepTaken
    is_new: bool


def take_step(
    store: Store, access: Access, organisation: Organisation, alert_id: str, command: StepCommand
) -> StepOutcome:
    """Raises Refused: not_found, step_exists, version_conflict, and whatever the law refuses."""
    step = STEPS.get(command.step)
    if step is None or not step.is_over_http:
        raise Refused("not_found")
    with store.write() as tx:
        context = _load(store, tx, access, organisation, alert_id, step, command)
        # read after the lock: of the same step sent twice at once, the second waits for the first
        taken = tx.session.get(TakenStep, command.client_id)
        is_mine = taken is not None and context.took(taken)
        if not context.situation.held and not is_mine:
            raise Refused("not_found")
        if taken is not None:
            return StepOutcome(first_answer(context, taken), is_new=False)
        grant = _lawful(context, command)
        return StepOutcome(_apply(tx, context, grant), is_new=True)


def _lawful(context: StepContext, command: StepCommand) -> Grant:
    """The grant by which the step is taken; raises Refused where the law forbids it."""
    step, situation = context.step, context.situation
    outdated = version_refusal(context, command.version, command.after)
    if refusal := allowed(step, situation, outdated):
        raise _in_words(context, refusal)
    looked_up = DEEDS[step.name].looks_up(context)
    if refusal := values_refusal(step, situation, context.values, looked_up):
        raise refusal
    return cast("Grant", grant_for(step, situation))


def _in_words(context: StepContext, refusal: Refused) -> Refused:
    """The refusal with units by their names in the person's language."""
    if "units" not in refusal.params:
        return refusal
    book, tongue = context.playbook, tongue_of(context.access.language)
    named: list[str] = refusal.params["units"]  # type: ignore[assignment]
    labels = [label[tongue] if (label := book.unit_label(unit)) else unit for unit in named]
    params = {**refusal.params, "units": ", ".join(labels)}
    return Refused(refusal.code, faults=refusal.faults, **params)


def _load(
    store: Store,
    tx: Transaction,
    access: Access,
    organisation: Organisation,
    alert_id: str,
    step: Step,
    command: StepCommand,
) -> StepContext:
    session = tx.session
    deed = DEEDS.get(step.name)  # a step that the law has for later has none
    second = deed.second(session, alert_id, command.values) if deed else None
    alert = locked_alert(session, alert_id, second)
    read = read_alert_rows(session, alert)
    policy = policy_of(store, session, alert)
    playbook = store.playbook(session)
    who = _StepViewer(access, organisation, playbook, policy.editions, store.seal, tx.now)
    return StepContext(
        store=store,
        tx=tx,
        access=access,
        organisation=organisation,
        alert=alert,
        assignments=read.assignments,
        policy=policy,
        situation=situation_of(session, who, read),
        step=step,
        values=dict(command.values),
        device_at=command.device_at,
        client_id=command.client_id,
        digest=step_digest(store.seal, step.name, command.client_id, command.values),
    )


def _apply(tx: Transaction, context: StepContext, grant: Grant) -> StepTaken:
    alert, step = context.alert, context.step
    change = DEEDS[step.name].effect(context)
    declare_photos(context)
    # read after the effect: accepting copies another policy
    policy = policy_of(context.store, tx.session, alert)
    move_alert(tx, policy, alert, _move(context, grant, change))
    for event in change.then:
        tx.record(event)
    columns = alert_columns(alert) | _told_with(context, change)
    notices.tell_of_step(tx, columns, step.name, cause=context.client_id, helping=change.helping)
    notices.tell_followers(tx, alert.id, step.name, cause=context.client_id)
    answer = _answer(context)
    keep_answer(context, answer)
    return answer


def _told_with(context: StepContext, change: Change) -> dict[str, Any]:
    """From which status it led, what the rules say to the reporter, whose desk verifies now, and at
    which desks nobody else sits.
    """
    facts = alert_facts(context.alert, context.assignments, is_reporter=False)
    return {
        "status_before": context.situation.status,
        "alone_at": frozenset(_alone_at(context)),
        "notices": change.detail.get("notices", ()),
        "desks": change.desks,
        "said": change.said,
        "verifier": verifier_desk(facts, context.organisation),
    }


def _alone_at(context: StepContext) -> Iterator[str]:
    """The desks of the street and of the district at which the person sits alone, where a notice
    has to know.
    """
    if not any(each.by_another for each in deed_entry(context.step.name).tells):
        return
    alert, district = context.alert, context.playbook.district.id
    street = [unit for unit in (alert.street, alert.community) if unit]
    for desk, role, units in (
        (alert.street, "street_dispatcher", street),
        (DISTRICT_DESK, "district_dispatcher", [district]),
    ):
        person = context.access.person_id
        if desk and is_alone_in_role(context.tx.session, person, (role,), units):
            yield desk


def _move(context: StepContext, grant: Grant, change: Change) -> Move:
    step, at = context.step, context.device_at
    return Move(
        step=step.name,
        target=change.target or step.to,
        actor=_actor(context, grant),
        codes=change.codes,
        detail=change.detail,
        device_at=to_the_day(at) if at and context.is_reporters else at,
        moves_version=step.moves_version or change.moves_version,
        budgets=change.budgets,
        pause=change.pause,
        moves_as=change.moves_as,
    )


def _actor(context: StepContext, grant: Grant) -> Actor:
    """The reporter acts as a volunteer of no unit: any other role or unit would tell who it is.
    Staff who reported the alert themselves act as staff, as on any other.
    """
    person = context.access.person_id
    if not context.is_reporters:
        return Actor(grant.role, grant.unit, person)
    mark = log_mark(context.store.seal, context.alert.id, person)
    return Actor(VOLUNTEER, None, mark=mark)


def _answer(context: StepContext) -> StepTaken:
    alert, step = context.alert, context.step
    return {
        "id": alert.id,
        "number": alert.number,
        "step": step.name,
        "status": alert.status,
        "version": alert.version,
        "lead": alert.lead,
        "handler": None if REPORTER in step.who else alert.handler,  # no staff, no ids
        "left": words_of_leaving(context),
    }
