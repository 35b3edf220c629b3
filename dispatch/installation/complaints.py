"""Keeps a complaint about a unit from that unit where another unit's work is handed over to it."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.numbers import short
from dispatch.domain.roles import Organisation
from dispatch.errors import Fault, Refused
from dispatch.store.conditions import is_open, is_present
from dispatch.store.tables import Alert, Assignment
from dispatch.store.transaction import Transaction

_MOST_NAMED: Final = 5


def refuse_complained_about(
    session: Session, organisation: Organisation, heirs: Mapping[str, str]
) -> None:
    """`organisation`: as it is afterwards. Raises Refused invalid, with the alerts that somebody
    has to give to another unit first.
    """
    faults = [*_complained_about(session, organisation, heirs)]
    if faults:
        raise Refused("invalid", faults=faults, count=len(faults))


def _complained_about(
    session: Session, organisation: Organisation, heirs: Mapping[str, str]
) -> Iterator[Fault]:
    for gone, heir in heirs.items():
        numbers = [
            short(alert.number)
            for alert in _work_of(session, gone, heir)
            if heir in _barred(organisation, heirs, alert)
        ]
        if numbers:
            named = ", ".join(numbers[:_MOST_NAMED])
            said = {"value": heir, "alerts": len(numbers), "numbers": named}
            yield Fault("hand_over", "heir_complained_about", said)


def _barred(organisation: Organisation, heirs: Mapping[str, str], alert: Alert) -> frozenset[str]:
    about, street = (
        heirs.get(unit, unit) if unit else None for unit in (alert.about_unit, alert.street)
    )
    return barred_units(organisation, about, street)


def _work_of(session: Session, *units: str) -> list[Alert]:
    """The open alerts about a unit that one of these leads or helps with."""
    helps = select(Assignment.alert_id).where(is_present(), Assignment.unit.in_(units))
    works = or_(Alert.lead.in_(units), Alert.id.in_(helps))
    found = select(Alert).where(is_open(), Alert.about_unit.is_not(None), works)
    return list(session.scalars(found.order_by(Alert.id)))


def hand_over_complaints(tx: Transaction, gone: str, heir: str) -> None:
    """Whoever takes over a unit answers for it: what is about the one is about the other."""
    about = update(Alert).where(is_open(), Alert.about_unit == gone)
    tx.session.execute(about.values(about_unit=heir))
