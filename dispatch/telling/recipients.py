"""Whom does a rung reach now? A desk at which nobody works hands up at once, and that is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dispatch.domain.roles import HANDLER_ROLES
from dispatch.store.role_holders import holds_role_within, units_with_people
from dispatch.store.tables import Alert, Assignment, Promise
from dispatch.store.transaction import Store, Transaction

DISTRICT: Final = "district"
SUPERVISOR: Final = "supervisor"
_DESK_ROLES: Final = ("street_dispatcher", "department_dispatcher", "district_dispatcher")
# Above these there is nobody: each stands in for the other, and an empty one is told as missed.
_LEADERS: Final = {
    DISTRICT: (("district_dispatcher",), SUPERVISOR),
    SUPERVISOR: (("supervisor",), DISTRICT),
}

Address = tuple[str, str]  # `to_kind` and `to_ref` of a notice


@dataclass(frozen=True)
class Reached:
    """Whom a rung reaches; `missed`: recipients for whom nobody is there, as the ladder says."""

    addresses: tuple[Address, ...]
    missed: tuple[str, ...]


def reached(
    store: Store, tx: Transaction, alert: Alert, promise: Promise, to: Sequence[str]
) -> Reached:
    """The present holder of each role; where there is none, whoever stands above, at last the
    district, whose desk somebody must hold.
    """
    desks = _Desks(store, tx, support_of(alert, promise) or alert.lead)
    wanted = {each: WHO[each](tx, alert, promise) for each in to if each in WHO}
    found = {each: desks.held(address) for each, address in wanted.items() if address}
    missed = tuple(
        each
        for each, address in found.items()
        if address != wanted[each] or not desks.is_there(address)
    )
    if not found:  # a handler before anybody was sent
        return Reached((desks.held(("desk", DISTRICT)),), tuple(to))
    return Reached(tuple(dict.fromkeys(found.values())), missed)


def support_of(alert: Alert, promise: Promise) -> str | None:
    """The unit whose clock it is, where that unit helps: nobody leads and helps at once."""
    helps = promise.assignment_id is not None and promise.unit != alert.lead
    return promise.unit if helps else None


def _handler(tx: Transaction, alert: Alert, promise: Promise) -> Address | None:
    """Whoever works on it for the unit that owes this clock."""
    person = alert.handler
    if support_of(alert, promise):
        person = tx.session.get_one(Assignment, promise.assignment_id).handler
    return ("person", person) if person else None


WHO: Final[Mapping[str, Callable[[Transaction, Alert, Promise], Address | None]]] = {
    "lead": lambda _tx, _, promise: ("desk", promise.unit or DISTRICT),  # whoever owes this clock
    "handler": _handler,
    "street": lambda _tx, alert, _: ("desk", alert.street or DISTRICT),
    "district": lambda _tx, _alert, _: ("desk", DISTRICT),
    "supervisor": lambda _tx, _alert, _: ("desk", SUPERVISOR),
    "reporter": lambda _tx, alert, _: ("reporter", alert.id),
}


class _Desks:
    """Who works where, asked once a transaction. `unit`: whose hands are meant."""

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
            return wanted if self._works(ref) else self._leader(("desk", DISTRICT))
        found = next(("desk", unit) for unit in self._upwards(ref) if self._is_staffed(unit))
        return self._leader(found) if found[1] == DISTRICT else found

    def is_there(self, address: Address) -> bool:
        """Does anybody read it? Of history nobody is told."""
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
        yield DISTRICT

    def _is_staffed(self, unit: str) -> bool:
        return unit == DISTRICT or unit in self._staffed()

    def _staffed(self) -> frozenset[str]:
        known = self._tx.session.info
        if "staffed" not in known:
            known["staffed"] = units_with_people(self._tx.session, _DESK_ROLES)
        staffed: frozenset[str] = known["staffed"]
        return staffed

    def _works(self, person: str) -> bool:
        """For this unit or one below it: whoever went elsewhere sees the alert no more."""
        below = self._organisation.below(self._unit) if self._unit else ()
        return holds_role_within(self._tx.session, person, HANDLER_ROLES, below)
