"""Hands over what a unit holds that goes: its people, its open alerts, its desk's notices.

It happens within the publication that removes the unit, for its successor may come with it. Clocks
that are not late go on as they are; what was late stays with the unit that was late.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.events import HANDED_OVER, SYSTEM
from dispatch.domain.law.request_names import RELEASE
from dispatch.domain.reading import echo, suggested
from dispatch.domain.roles import Grant, check_grant
from dispatch.domain.supports import LEAD
from dispatch.errors import Fault, Refused
from dispatch.installation.clocks_of_heirs import hand_over_clocks
from dispatch.installation.complaints import hand_over_complaints
from dispatch.promises import clocks
from dispatch.promises.requests import lapse_release
from dispatch.rules.book.playbook import Playbook
from dispatch.store.conditions import has_not_ended, is_open, is_present, is_running_or_paused
from dispatch.store.enrolment import add_grant, record_person
from dispatch.store.log import Event
from dispatch.store.marks import to_the_day
from dispatch.store.people import is_kept_by_day
from dispatch.store.requests import open_request
from dispatch.store.tables import Alert, Assignment, Notice, Promise, Request, RoleGrant
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import notice_row, post

_PLACES: Final = ("lead", "street", "community", "grid")


def refuse_bad_heirs(before: Playbook, after: Playbook, heirs: Mapping[str, str]) -> None:
    """Each of these units goes, and its heir is there afterwards; raises Refused invalid."""
    faults = [*_bad_heirs(before, after, heirs)]
    if faults:
        raise Refused("invalid", faults=faults, count=len(faults))


def _bad_heirs(before: Playbook, after: Playbook, heirs: Mapping[str, str]) -> Iterator[Fault]:
    going = [unit for unit in before.units if unit not in after.units]
    for gone, heir in heirs.items():
        for unit, known in ((gone, going), (heir, list(after.units))):
            if unit not in known:
                said = {"value": echo(unit), "known": suggested(unit, known)}
                yield Fault("hand_over", "unknown_value", said)


def hand_over(store: Store, tx: Transaction, after: Playbook, heirs: Mapping[str, str]) -> None:
    """Each unit's people, open alerts and notices go to its heir, each alert with a row in its
    story and a notice at the heir's desk. Raises Refused invalid for a role that cannot be held
    there.
    """
    for gone, heir in heirs.items():
        _people(tx, after, gone, heir)
        hand_over_complaints(tx, gone, heir)
        for alert in _open_alerts(tx.session, gone):
            _alert(store, tx, alert, gone, heir)
            _tell(tx, after, alert, gone, heir)
        desk = (Notice.to_kind == "desk") & (Notice.to_ref == gone)
        tx.session.execute(update(Notice).where(desk).values(to_ref=heir))


def _people(tx: Transaction, after: Playbook, gone: str, heir: str) -> None:
    at = clock.wall()
    held = select(RoleGrant).where(RoleGrant.unit == gone)
    for row in tx.session.scalars(held.where(has_not_ended(at))):
        if fault := check_grant(Grant(row.role, heir), after.organisation):
            raise Refused("invalid", faults=(fault,), count=1)
        by_day = is_kept_by_day(tx.session, row.person_id, at)
        codes = {"role": row.role, "unit": gone}
        row.to_at = to_the_day(at) if by_day else at
        record_person(tx, "role_ended", row.person_id, by_day=by_day, **codes)
        if not _holds(tx.session, row.person_id, Grant(row.role, heir)):
            add_grant(tx, row.person_id, Grant(row.role, heir))


def _holds(session: Session, person: str, grant: Grant) -> bool:
    same = (RoleGrant.person_id == person, RoleGrant.role == grant.role)
    held = select(RoleGrant.id).where(
        *same, RoleGrant.unit == grant.unit, RoleGrant.to_at.is_(None)
    )
    return session.scalar(held.limit(1)) is not None


def _open_alerts(session: Session, unit: str) -> list[Alert]:
    """Those that it leads, helps with, or is the place of; locked, in the order of their ids."""
    place = or_(*(getattr(Alert, name) == unit for name in _PLACES))
    works = select(Assignment.alert_id).where(_present(unit))
    found = select(Alert).where(is_open(), or_(place, Alert.id.in_(works)))
    return list(session.scalars(found.order_by(Alert.id).with_for_update(of=Alert)))


def _present(unit: str) -> ColumnElement[bool]:
    return is_present() & or_(Assignment.unit == unit, Assignment.team == unit)


def _alert(store: Store, tx: Transaction, alert: Alert, gone: str, heir: str) -> None:
    _part_of_helper(tx, alert, gone, heir)
    for name in _PLACES:
        if getattr(alert, name) == gone:
            setattr(alert, name, heir)
    mine = Assignment.alert_id == alert.id
    for column in (Assignment.unit, Assignment.team):
        held = update(Assignment).where(mine, is_present(), column == gone)
        tx.session.execute(held.values({column: heir}))
    hand_over_clocks(store, tx, alert, gone, heir)
    asked = (Request.alert_id == alert.id, Request.unit == gone, Request.ruled_at.is_(None))
    tx.session.execute(update(Request).where(*asked).values(unit=heir))
    release = open_request(tx.session, alert.id, RELEASE)
    if release is not None and release.codes["support"] == gone:
        release.codes = release.codes | {"support": heir}
    alert.version += 1


def _part_of_helper(tx: Transaction, alert: Alert, gone: str, heir: str) -> None:
    """Nobody leads and helps, or helps twice: where the heir is there already, the lesser part
    ends; what it was late with stays missed.
    """
    theirs = Assignment.unit.in_((gone, heir))
    rows = select(Assignment).where(Assignment.alert_id == alert.id, theirs)
    present = list(tx.session.scalars(rows.where(is_present())))
    present.sort(key=lambda row: (row.kind != LEAD, row.unit != heir))
    for row in present[1:]:
        row.to_at = tx.now
        lapse_release(tx, alert, row.unit)
        for promise in tx.session.scalars(
            select(Promise).where(Promise.assignment_id == row.id, is_running_or_paused())
        ):
            clocks.take_away(tx.session, promise, tx.now)
    tx.session.flush()


def _tell(tx: Transaction, after: Playbook, alert: Alert, gone: str, heir: str) -> None:
    codes = {"before": gone, "to_unit": heir}
    tx.record(Event(HANDED_OVER, alert_id=alert.id, role=SYSTEM, codes=codes))
    is_ground = after.organisation.kind(heir) in {"community", "grid"}
    desk = (alert.street or DISTRICT_DESK) if is_ground else heir
    once = f"{alert.id}:{HANDED_OVER}:{gone}:{alert.version}"
    post(tx, [notice_row(tx, alert.id, ("desk", desk), HANDED_OVER, once, {"unit": gone})])
