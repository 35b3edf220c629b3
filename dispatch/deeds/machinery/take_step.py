"""Somebody takes a step: asked of the law, applied and recorded in one transaction."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.conflicts import check_version
from dispatch.deeds.machinery.declared_photos import declare_photos
from dispatch.deeds.machinery.registry import DEEDS
from dispatch.deeds.machinery.transition import Actor, Move, move
from dispatch.domain.law.allowed import grant_for, moment_refusal, person_refusal
from dispatch.domain.law.relations import verifier_desk
from dispatch.domain.law.steps import STEPS, Step
from dispatch.domain.law.values import values_refusal
from dispatch.domain.law.who import REPORTER
from dispatch.domain.roles import Access, Grant, Organisation
from dispatch.errors import Refused
from dispatch.promises.policy import policy_of
from dispatch.rules.book.playbook import Playbook
from dispatch.shapes.steps import StepTaken
from dispatch.store.alerts import alert_columns, locked_alert
from dispatch.store.log import canonical
from dispatch.store.rows import add_if_new
from dispatch.store.sealing import Seal
from dispatch.store.situations import read_alert_rows, situation_of
from dispatch.store.tables import Alert, TakenStep
from dispatch.store.transaction import Store, Transaction
from dispatch.telling import notices

# Reports come in by another door, and outcomes are recorded by the importing service alone.
_NOT_OVER_HTTP: Final = frozenset({"report", "record_outcome"})


@dataclass(frozen=True)
class Wish:
    """A step as it was asked for. `version` seen, or `after` an own earlier step (queued ones)."""

    step: str
    client_id: str
    values: Mapping[str, Any]
    version: int | None = None
    after: str | None = None
    device_at: datetime | None = None


@dataclass(frozen=True)
class _Taker:
    """Who takes a step, by which playbooks, when."""

    access: Access
    organisation: Organisation
    playbook: Playbook
    editions: Callable[[int], Playbook]
    seal: Seal
    now: datetime


@dataclass(frozen=True)
class Taken:
    """The answer: how the alert stands after the step. `is_new` False: it was taken before."""

    answer: StepTaken
    is_new: bool


def take_step(
    store: Store, access: Access, organisation: Organisation, alert_id: str, wish: Wish
) -> Taken:
    """Raises Refused: not_found, step_exists, version_conflict, and whatever the law refuses."""
    step = STEPS.get(wish.step)
    if step is None or step.name in _NOT_OVER_HTTP:
        raise Refused("not_found")
    if step.later:
        raise Refused("later_step", step=step.name)
    with store.write() as tx:
        case = _load(store, tx, access, organisation, alert_id, step, wish)
        # asked behind the lock: of the same step sent twice at once, the second waits for the first
        taken = tx.session.get(TakenStep, wish.client_id)
        is_mine = taken is not None and taken.by_ref == case.by_ref
        if not case.situation.held and not is_mine:
            raise Refused("not_found")
        if taken is not None:
            return Taken(_first_answer(case, taken), is_new=False)
        grant = _lawful(case, wish)
        return Taken(_apply(tx, case, grant), is_new=True)


def _lawful(case: Case, wish: Wish) -> Grant:
    """The grant by which the step is taken; raises Refused where the law forbids it."""
    step, situation = case.step, case.situation
    grant = grant_for(step, situation)
    if grant is None:
        raise person_refusal(step, situation)
    check_version(case, wish.version, wish.after)
    if refusal := moment_refusal(step, situation):
        raise _in_words(case, refusal)
    if refusal := values_refusal(step, situation, case.values, DEEDS[step.name].finds(case)):
        raise refusal
    return grant


def _in_words(case: Case, refusal: Refused) -> Refused:
    """Units by their names, as the person calls them."""
    if "units" not in refusal.params:
        return refusal
    units, tongue = case.playbook.units, "en" if case.access.language == "en" else "zh"
    named: list[str] = refusal.params["units"]  # type: ignore[assignment]
    labels = [units[unit].label[tongue] if unit in units else unit for unit in named]
    params = {**refusal.params, "units": ", ".join(labels)}
    return Refused(refusal.code, faults=refusal.faults, **params)


def _first_answer(case: Case, taken: TakenStep) -> StepTaken:
    """What was answered to this client_id before; another body under it is refused."""
    same = taken.by_ref == case.by_ref and taken.alert_id == case.alert.id
    if not same or taken.body_digest != case.digest:
        raise Refused("step_exists")
    return cast("StepTaken", taken.answer)


def _digest(wish: Wish) -> str:
    body = {"step": wish.step, "values": {k: str(v) for k, v in wish.values.items()}}
    return hashlib.sha256(canonical(body)).hexdigest()


def _load(
    store: Store,
    tx: Transaction,
    access: Access,
    organisation: Organisation,
    alert_id: str,
    step: Step,
    wish: Wish,
) -> Case:
    session = tx.session
    second = DEEDS[step.name].second(session, alert_id, wish.values)
    alert = locked_alert(session, alert_id, second)
    read = read_alert_rows(session, alert)
    policy = policy_of(store, session, alert)
    playbook = store.playbook(session)
    who = _Taker(access, organisation, playbook, policy.editions, store.seal, tx.now)
    return Case(
        store=store,
        tx=tx,
        access=access,
        organisation=organisation,
        alert=alert,
        assignments=read.assignments,
        policy=policy,
        situation=situation_of(session, who, read),
        step=step,
        values=dict(wish.values),
        device_at=wish.device_at,
        client_id=wish.client_id,
        digest=_digest(wish),
    )


def _apply(tx: Transaction, case: Case, grant: Grant) -> StepTaken:
    alert, step = case.alert, case.step
    change = DEEDS[step.name].effect(case)
    declare_photos(case)
    # what was promised may hang on the deed: accepting names the lead
    policy = policy_of(case.store, tx.session, alert)
    move(tx, policy, alert, _move(case, grant, change))
    columns = alert_columns(alert) | _told_with(case, change)
    notices.tell_of_step(tx, columns, step.name, cause=case.client_id, helping=change.helping)
    notices.tell_followers(tx, alert.id, step.name, cause=case.client_id)
    answer = _answer(alert, step)
    taken = {
        "client_id": case.client_id,
        "alert_id": alert.id,
        "by_ref": case.by_ref,
        "body_digest": case.digest,
        "version_after": alert.version,
        "answer": answer,
    }
    if not add_if_new(tx.session, TakenStep, taken):  # at this moment, for another alert
        raise Refused("step_exists")
    return answer


def _told_with(case: Case, change: Change) -> dict[str, Any]:
    """What the rules say to the reporter, and whose desk verifies."""
    return {
        "notices": change.detail.get("notices", ()),
        "verifier": verifier_desk(case.situation.facts, case.organisation),
    }


def _move(case: Case, grant: Grant, change: Change) -> Move:
    step, alert = case.step, case.alert
    is_reporter = grant.role == "volunteer" or case.situation.facts.is_reporter
    ref = alert.reporter_ref if is_reporter else case.access.person_id
    return Move(
        step=step.name,
        target=change.target or step.to,
        actor=Actor(grant.role, grant.unit, ref),
        codes=change.codes,
        detail=change.detail,
        device_at=case.device_at,
        moves_version=step.moves_version,
        budgets=change.budgets,
        standing=change.standing,
    )


def _answer(alert: Alert, step: Step) -> StepTaken:
    return {
        "id": alert.id,
        "number": alert.number,
        "step": step.name,
        "status": alert.status,
        "version": alert.version,
        "lead": alert.lead,
        "handler": None if REPORTER in step.who else alert.handler,  # no staff, no ids
    }
