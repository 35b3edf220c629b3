"""The units and categories that a list is asked for exist, or once did."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import exists, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch import clock
from dispatch.blueprints.request_access import language
from dispatch.domain.reading import Faults, echo, suggested
from dispatch.errors import Fault
from dispatch.reports.criteria import PARTS, Criteria, faults_of
from dispatch.rules.book.playbook import Playbook
from dispatch.store.tables import Alert

# Parts of a street, by which no report narrows.
_OF_A_STREET: Final[Mapping[str, InstrumentedAttribute[Any]]] = MappingProxyType(
    {"community": Alert.community, "grid": Alert.grid}
)


def refuse_unknown_values(session: Session, playbook: Playbook, asked: Mapping[str, str]) -> None:
    """Raises Refused invalid for a unit or a category that never was: nobody reads an empty list
    and believes it.
    """
    faults = Faults()
    for name in asked.keys() & (PARTS.keys() | _OF_A_STREET.keys()):
        for value in asked[name].split(","):
            faults.extend(_faults(session, playbook, name, value))
    faults.refuse()


def _faults(session: Session, playbook: Playbook, name: str, value: str) -> Iterator[Fault]:
    if name in PARTS:
        one: dict[str, Any] = {name: value}
        nothing = Criteria(playbook, language(), clock.now(), true())
        yield from faults_of(session, replace(nothing, **one), ())
        return
    known = [unit.id for unit in playbook.units.values() if unit.kind == name]
    of_old = exists().where(_OF_A_STREET[name] == value)
    if value not in known and not session.scalar(select(of_old)):
        said = {"value": echo(value), "known": suggested(value, known)}
        yield Fault(name, "unknown_value", said)
