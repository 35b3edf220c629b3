"""Whom a rung reaches now; where nobody works at a desk, the next one above is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dispatch.domain.desks import DISTRICT_DESK, SUPERVISOR_DESK
from dispatch.domain.law.clock_names import OF_THE_LEAD
from dispatch.domain.roles import HANDLER_ROLES
from dispatch.store.role_holders import holds_role_within, units_with_people
from dispatch.store.tables import Alert, Assignment, Promise
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.addresses import Address

_DESK_ROLES: Final = ("street_dispatcher", "department_dispatcher", "district_dispatcher")
# Nobody is above these: each stands in for the other, and one without people counts as missed.
_LEADERS: Final = {
    DISTRICT_DESK: (("district_dispatcher",), SUPERVISOR_DESK),
    SUPERVISOR_DESK: (("supervisor",), DISTRICT_DESK),
}


@dataclass(frozen=True)
class RungRecipients:
    """The addresses of a rung; `missed`: the recipients of the ladder at whose desk
    nobody works.
    """

    addresses: tuple[Address, ...]
    missed: tuple[str, ...]


def rung_recipients(
    store: Store, tx: Transaction, alert: Alert, promise: Promise, to: Sequence[str]
) -> RungRecipients:
    """The present holder of each role; where there is none, the next unit above, and last the
    district.
    """
    desks = _Desks(store, tx, owing_support(alert, promise) or alert.lead)
    wanted = {each: RECIPIENTS[each](tx, alert, promise) for each in to if each in RECIPIENTS}
    found = {each: desks.held(address) for each, address in wanted.items() if address}
    missed = tuple(
        each
        for each, address in found.items()
        if address != wanted[each] or not desks.is_there(address)
    )
    if not found:  # for example a handler, before anybody was sent
        return RungRecipients((desks.held(("desk", DISTRICT_DESK)),), tuple(to))
    return RungRecipients(tuple(dict.fromkeys(found.values())), missed)


def owing_support(alert: Alert, promise: Promise) -> str | None:
    """The unit that owes the clock, where it is a support; None for the lead's and the alert's."""
    helps = promise.assignment_id is not None and promise.unit != alert.lead
    return promise.unit if helps else None


def _owing_desk(_tx: Transaction, _alert: Alert, promise: Promise) -> Address:
    return ("desk", promise.unit or DISTRICT_DESK)


def _handler(tx: Transaction, alert: Alert, promise: Promise) -> Address | None:
    """Whoever works on the alert for the unit that owes this clock. A clock of the alert itself is
    kept by no handler: its desk is told.
    """
    if promise.clock not in OF_THE_LEAD:
        return _owing_desk(tx, alert, promise)
    person = alert.handler
    if owing_support(alert, promise):
        person = tx.session.get_one(Assignment, promise.assignment_id).handler
    return ("person", person) if person else None


RECIPIENTS: Final[Mapping[str, Callable[[Transaction, Alert, Promise], Address | None]]] = {
    "lead": _owing_desk,
    "handler": _handler,
    "street": lambda _tx, alert, _: ("desk", alert.street or DISTRICT_DESK),
    "district": lambda _tx, _alert, _: ("desk", DISTRICT_DESK),
    "supervisor": lambda _tx, _alert, _: ("desk", SUPERVISOR_DESK),
    "reporter": lambda _tx, alert, _: ("reporter", alert.id),
}


class _Desks:
    """Who works where, read once a transaction. `unit`: the unit whose handlers are meant."""

    def __init__(self, store: Store, tx: Transaction, unit: str | None) -> None:
        self._tx = tx
        self._unit = unit
        self._organisation = store.playbook(tx.session).organisation

    def held(self, wanted: Address) -> Address:
        kind, ref = wanted
        if kind == "reporter" or self._tx.is_history:
            return wanted
        if ref in _LEADERS:
            return self._leader(wanted)
        if kind == "person":
            return wanted if self._works(ref) else self._leader(("desk", DISTRICT_DESK))
        found = next(("desk", unit) for unit in self._upwards(ref) if self._is_staffed(unit))
        return self._leader(found) if found[1] == DISTRICT_DESK else found

    def is_there(self, address: Address) -> bool:
        """Whether anybody reads it; always true for replayed history, of which nobody is told."""
        return self._tx.is_history or address[1] not in _LEADERS or self._leads(address[1])

    def _leader(self, wanted: Address) -> Address:
        other = _LEADERS[wanted[1]][1]
        return ("desk", other) if not self._leads(wanted[1]) and self._leads(other) else wanted

    def _leads(self, desk: str) -> bool:
        known = self._tx.session.info.setdefault("led", {})
        if desk not in known:
            known[desk] = bool(units_with_people(self._tx.session, _LEADERS[desk][0]))
        return bool(known[desk])

    def _upwards(self, unit: str) -> Iterator[str]:
        above = (unit, *self._organisation.ancestors(unit))
        yield from (each for each in above if self._organisation.kind(each) != "district")
        yield DISTRICT_DESK

    def _is_staffed(self, unit: str) -> bool:
        return unit == DISTRICT_DESK or unit in self._staffed()

    def _staffed(self) -> frozenset[str]:
        known = self._tx.session.info
        if "staffed" not in known:
            known["staffed"] = units_with_people(self._tx.session, _DESK_ROLES)
        staffed: frozenset[str] = known["staffed"]
        return staffed

    def _works(self, person: str) -> bool:
        """Whether the person handles work for this unit or one below it: whoever left no longer
        sees the alert.
        """
        below = self._organisation.below(self._unit) if self._unit else ()
        return holds_role_within(self._tx.session, person, HANDLER_ROLES, below)
