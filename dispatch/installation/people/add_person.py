"""Adds a person: an account, roles, and a sealed name."""

from collections.abc import Iterator
from typing import Final

from dispatch.domain.administrators import refuse_two_duties
from dispatch.domain.roles import Organisation, check_grant
from dispatch.errors import Fault, Refused
from dispatch.store.enrolment import NewPerson, enrol
from dispatch.store.transaction import Store

LONGEST: Final = 64


def add_person(store: Store, person: NewPerson, organisation: Organisation) -> str:
    """The new person's id; raises Refused invalid (with suggestions),
    admins_apart or name_taken.
    """
    faults = [*_faults(person), *(check_grant(grant, organisation) for grant in person.grants)]
    found = [fault for fault in faults if fault]
    if found:
        raise Refused("invalid", faults=found, count=len(found))
    if store.settings.three_admins:
        refuse_two_duties([grant.role for grant in person.grants])
    with store.write() as tx:
        return enrol(tx, store.seal, person)


def _faults(person: NewPerson) -> Iterator[Fault]:
    for field, value in (("name", person.name.strip()), ("login", person.account)):
        if not value:
            yield Fault(field, "missing")
        elif len(value) > LONGEST:
            yield Fault(field, "too_long", {"most": LONGEST})
        elif not value.isprintable():
            yield Fault(field, "control_characters")
