"""Which unit owes a clock."""

from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.clock_names import OF_THE_LEAD, OVERALL
from dispatch.domain.law.relations import verifier_desk
from dispatch.domain.roles import AlertFacts, Organisation

_OF_NO_UNIT = frozenset({"ruling", "rate"})  # the district's, and the reporter's


def clock_owner(clock: str, facts: AlertFacts, organisation: Organisation) -> str | None:
    """The lead, the street, or None for the district and the reporter. For the overall clock the
    lead, because its hours count; to verify, whoever's desk may.
    """
    if clock in OF_THE_LEAD or clock == OVERALL:
        return facts.lead
    if clock in _OF_NO_UNIT:
        return None
    owner = verifier_desk(facts, organisation) if clock == "verify" else facts.street
    return None if owner == DISTRICT_DESK else owner


def owing_unit(
    clock: str, unit: str | None, lead: str | None, street: str | None, district: str
) -> str:
    """The unit that answers for a promise: its own `unit`; where it has none, the district. For the
    overall clock whoever leads now, and where nobody does yet the street. Its counterpart in SQL is
    `store.conditions.unit_that_owes`.
    """
    return (lead or street or district) if clock == OVERALL else unit or district
