"""Ends a role of a person; that it was held stays on record.

Work that only this role let them handle goes back to its unit.
"""

from sqlalchemy import update

from dispatch import clock
from dispatch.deeds.machinery.handing_back import hand_back_work
from dispatch.domain.roles import Grant
from dispatch.store.enrolment import record_person
from dispatch.store.marks import to_the_day
from dispatch.store.people import is_kept_by_day
from dispatch.store.tables import RoleGrant
from dispatch.store.transaction import Store


def end_grant(store: Store, person_id: str, grant: Grant) -> None:
    with store.write() as tx:
        held = (RoleGrant.person_id == person_id, RoleGrant.to_at.is_(None))
        same = (RoleGrant.role == grant.role, RoleGrant.unit == grant.unit)
        at = clock.wall()
        by_day = is_kept_by_day(tx.session, person_id, at)
        ended = update(RoleGrant).where(*held, *same)
        tx.session.execute(ended.values(to_at=to_the_day(at) if by_day else at))
        codes = {"role": grant.role, "unit": grant.unit}
        record_person(tx, "role_ended", person_id, by_day=by_day, **codes)
        hand_back_work(store, tx, person_id)
