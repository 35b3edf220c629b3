"""Gives a person a role at a unit."""

from dispatch import clock
from dispatch.domain.administrators import refuse_two_duties
from dispatch.domain.roles import Grant, Organisation, check_grant, is_staff
from dispatch.errors import Refused
from dispatch.store.enrolment import add_grant
from dispatch.store.people import SESSION, grants_of, is_kept_by_day
from dispatch.store.sign_ins import end_sign_ins
from dispatch.store.transaction import Store


def grant_role(store: Store, person_id: str, grant: Grant, organisation: Organisation) -> None:
    """Raises Refused invalid, with suggestions, or admins_apart. Giving a role that is held changes
    nothing.

    A volunteer who becomes staff signs in anew: their phone stayed signed in as a volunteer's.
    """
    fault = check_grant(grant, organisation)
    if fault:
        raise Refused("invalid", faults=[fault], count=1)
    with store.write() as tx:
        held = grants_of(tx.session, person_id, clock.wall())
        if store.settings.three_admins:
            refuse_two_duties([each.role for each in (*held, grant)])
        if grant not in held:
            if is_staff([grant]) and is_kept_by_day(tx.session, person_id, clock.wall()):
                end_sign_ins(tx.session, store.seal, person_id, (SESSION,))
            add_grant(tx, person_id, grant)
