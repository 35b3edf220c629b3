"""Gives a person a role at a unit."""

from dispatch import clock
from dispatch.domain.roles import Grant, Organisation, check_grant
from dispatch.errors import Refused
from dispatch.store.enrolment import add_grant
from dispatch.store.people import grants_of
from dispatch.store.transaction import Store


def grant_role(store: Store, person_id: str, grant: Grant, organisation: Organisation) -> None:
    """Raises Refused invalid, with suggestions; giving a role that is held changes nothing."""
    fault = check_grant(grant, organisation)
    if fault:
        raise Refused("invalid", faults=[fault], count=1)
    with store.write() as tx:
        if grant not in grants_of(tx.session, person_id, clock.wall()):
            add_grant(tx, person_id, grant)
