"""Somebody takes a step: authorised, guarded, applied and recorded in one transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.declared_photos import declare_photos
from dispatch.deeds.machinery.effects import EFFECTS
from dispatch.deeds.machinery.guards import GUARDS
from dispatch.deeds.machinery.merging import SECOND
from dispatch.deeds.machinery.transition import Actor, Move, move
from dispatch.domain.law.relations import may_take, relations
from dispatch.domain.law.steps import REPORTER, STEPS, STREET, VERIFIER, Step
from dispatch.domain.roles import Access, Grant, Organisation
from dispatch.errors import Refused
from dispatch.promises.policy import policy_of
from dispatch.store.alerts import columns_of, current_assignments, facts_for, locked_alert
from dispatch.store.log import canonical
from dispatch.store.rows import add_if_new
from dispatch.store.sealing import reporter_ref
from dispatch.store.tables import Alert, LogEntry, TakenStep
from dispatch.store.transaction import Store, Transaction
from dispatch.telling import notices


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
class Taken:
    """The answer: how the alert stands after the step. `is_new` False: it was taken before."""

    answer: dict[str, Any]
    is_new: bool


def take_step(
    store: Store, access: Access, organisation: Organisation, alert_id: str, wish: Wish
) -> Taken:
    """Raises Refused: not_found, forbidden_step, own_work, step_exists, step_conflict,
    version_conflict, later_step, and whatever the step's own guard refuses.
    """
    step = STEPS.get(wish.step)
    if step is None or step.name in {"report", "record_outcome"}:
        raise Refused("not_found")
    if step.later:
        raise Refused("later_step", step=step.name)
    with store.write() as tx:
        case = _load(store, tx, access, organisation, alert_id, wish)
        held = relations(access, case.facts, organisation)
        # asked behind the lock: of the same step sent twice at once, the second waits for the first
        taken = tx.session.get(TakenStep, wish.client_id)
        is_mine = taken is not None and taken.by_ref == case.by_ref
        if not held and not is_mine:
            raise Refused("not_found")
        if taken is not None:
            return Taken(_first_answer(case, taken), is_new=False)
        grant = _authorised(case, step, held)
        _check_version(tx, case, step, wish)
        GUARDS.get(step.name, _no_guard)(case)
        return Taken(_apply(tx, case, step, grant), is_new=True)


def _no_guard(_case: Case) -> None:
    """Most steps need no more than their status and their role."""


def _first_answer(case: Case, taken: TakenStep) -> dict[str, Any]:
    """What was answered to this client_id before; another body under it is refused."""
    same = taken.by_ref == case.by_ref and taken.alert_id == case.alert.id
    if not same or taken.body_digest != case.digest:
        raise Refused("step_exists")
    return taken.answer


def _digest(wish: Wish) -> str:
    body = {"step": wish.step, "values": {k: str(v) for k, v in wish.values.items()}}
    return hashlib.sha256(canonical(body)).hexdigest()


def _load(
    store: Store,
    tx: Transaction,
    access: Access,
    organisation: Organisation,
    alert_id: str,
    wish: Wish,
) -> Case:
    second = SECOND[wish.step](tx.session, alert_id, wish.values) if wish.step in SECOND else None
    alert = locked_alert(tx.session, alert_id, second)
    assignments = current_assignments(tx.session, alert.id)
    is_reporter = alert.reporter_ref == reporter_ref(store.seal, alert.id, access.person_id)
    return Case(
        store=store,
        tx=tx,
        access=access,
        organisation=organisation,
        alert=alert,
        assignments=assignments,
        facts=facts_for(alert, assignments, is_reporter=is_reporter),
        policy=policy_of(store, tx.session, alert),
        step=wish.step,
        wish_values=dict(wish.values),
        device_at=wish.device_at,
        client_id=wish.client_id,
        digest=_digest(wish),
    )


def _authorised(case: Case, step: Step, held: Mapping[str, Grant]) -> Grant:
    grant = may_take(step, held)
    if grant is None:
        if VERIFIER in step.who and STREET in held and case.is_helped_by_its_street:
            raise Refused("own_work")
        raise Refused("forbidden_step", who=",".join(step.who))
    return grant


def _check_version(tx: Transaction, case: Case, step: Step, wish: Wish) -> None:
    """Nobody acts on what they have not seen; notes and urges move nothing and may cross."""
    moves = step.to is not None or step.moves_version
    if moves and case.alert.version != _version_seen(tx, case, wish):
        raise _conflict(tx, case.alert)
    if case.alert.status not in step.sources:
        raise Refused("step_conflict", status=case.alert.status)


def _version_seen(tx: Transaction, case: Case, wish: Wish) -> int | None:
    if wish.after is None:
        return wish.version
    earlier = tx.session.get(TakenStep, wish.after)
    if earlier is None or earlier.by_ref != case.by_ref or earlier.alert_id != case.alert.id:
        return None
    return earlier.version_after


def _conflict(tx: Transaction, alert: Alert) -> Refused:
    """What changed and by whom: a unit's deed, or the reporter's, whose unit stays untold."""
    last = tx.session.scalar(
        select(LogEntry)
        .where(LogEntry.alert_id == alert.id, LogEntry.role.is_not(None))
        .where(LogEntry.to_status.is_not(None))
        .order_by(LogEntry.seq.desc())
        .limit(1),
    )
    return Refused(
        "version_conflict",
        unit=_unit_of(last, alert),
        step=last.code if last else "",
        at=last.at.isoformat() if last else "",
        version=alert.version,
        status=alert.status,
    )


def _unit_of(last: LogEntry | None, alert: Alert) -> str:
    if last is None or last.unit is None:
        return ""
    return REPORTER if last.actor_ref == alert.reporter_ref else last.unit


def _apply(tx: Transaction, case: Case, step: Step, grant: Grant) -> dict[str, Any]:
    alert = case.alert
    change = EFFECTS.get(step.name, _no_effect)(case)
    declare_photos(case, step.name)
    # what was promised may hang on the deed: accepting names the lead
    policy = policy_of(case.store, tx.session, alert)
    move(tx, policy, alert, _deed(case, step, grant, change))
    columns = columns_of(alert) | _told_with(case, change)
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
    """What the rules say to the reporter, and that the street may not verify its own work."""
    return {
        "notices": change.detail.get("notices", ()),
        "is_work_of_the_street": case.is_helped_by_its_street,
    }


def _no_effect(_case: Case) -> Change:
    return Change()


def _deed(case: Case, step: Step, grant: Grant, change: Change) -> Move:
    is_reporter = grant.role == "volunteer" or case.facts.is_reporter
    ref = case.alert.reporter_ref if is_reporter else case.access.person_id
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


def _answer(alert: Alert, step: Step) -> dict[str, Any]:
    return {
        "id": alert.id,
        "number": alert.number,
        "step": step.name,
        "status": alert.status,
        "version": alert.version,
        "lead": alert.lead,
        "handler": None if REPORTER in step.who else alert.handler,  # no staff, no ids
    }
