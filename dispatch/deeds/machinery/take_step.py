"""Takes a step for a person: checked by the law, applied and logged in one transaction."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.conflicts import version_refusal
from dispatch.deeds.machinery.declared_photos import declare_photos
from dispatch.deeds.machinery.leaving import words_of_leaving
from dispatch.deeds.machinery.registry import DEEDS
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.transition import Actor, Move, move_alert
from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.allowed import allowed, grant_for
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.relations import verifier_desk
from dispatch.domain.law.steps import STEPS, Step
from dispatch.domain.law.values import values_refusal
from dispatch.domain.law.who import REPORTER
from dispatch.domain.roles import Access, Grant, Organisation
from dispatch.errors import Refused
from dispatch.promises.policy import policy_of
from dispatch.rules.book.playbook import Playbook
from dispatch.shapes.steps import StepTaken
from dispatch.store.alerts import alert_columns, alert_facts, locked_alert
from dispatch.store.log import canonical
from dispatch.store.role_holders import is_alone_in_role
from dispatch.store.rows import add_if_new
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
        is_mine = taken is not None and taken.by_ref == context.by_ref
        if not context.situation.held and not is_mine:
            raise Refused("not_found")
        if taken is not None:
            return StepOutcome(_first_answer(context, taken), is_new=False)
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


def _first_answer(context: StepContext, taken: TakenStep) -> StepTaken:
    """The answer that this client_id got before; raises Refused step_exists for another body."""
    is_same = (taken.by_ref, taken.alert_id) == (context.by_ref, context.alert.id)
    if not is_same or taken.body_digest != context.digest:
        raise Refused("step_exists")
    return cast("StepTaken", taken.answer)


def _digest(command: StepCommand) -> str:
    body = {"step": command.step, "values": {k: str(v) for k, v in command.values.items()}}
    return hashlib.sha256(canonical(body)).hexdigest()


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
        digest=_digest(command),
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
    taken = {
        "client_id": context.client_id,
        "alert_id": alert.id,
        "by_ref": context.by_ref,
        "body_digest": context.digest,
        "version_after": alert.version,
        "answer": answer,
    }
    if not add_if_new(tx.session, TakenStep, taken):  # used at this moment for another alert
        raise Refused("step_exists")
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
    step, alert = context.step, context.alert
    is_reporter = context.situation.facts.is_reporter
    ref = alert.reporter_ref if is_reporter else context.access.person_id
    return Move(
        step=step.name,
        target=change.target or step.to,
        actor=Actor(grant.role, grant.unit, ref),
        codes=change.codes,
        detail=change.detail,
        device_at=context.device_at,
        moves_version=step.moves_version or change.moves_version,
        budgets=change.budgets,
        pause=change.pause,
        moves_as=change.moves_as,
    )


def _answer(context: StepContext) -> StepTaken:
    return {
        "id": context.alert.id,
        "number": context.alert.number,
        "step": context.step.name,
        "status": context.alert.status,
        "version": context.alert.version,
        "lead": context.alert.lead,
        "handler": None if REPORTER in context.step.who else context.alert.handler,
        "left": words_of_leaving(context),
    }
