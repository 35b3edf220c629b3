"""What migration 0010 reads of people before it marks rows anew: reporters and volunteers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op
from cryptography.exceptions import InvalidTag

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.migrations import Keys
from dispatch.store.tables.base import InstantType

REPORTERS_STEPS = ("report", "withdraw", "rate")
VOLUNTEER = "volunteer"
_AT_ONCE = 2000


def table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    """A table with text columns, and others by their types, as it is in this migration."""
    texts = [sa.column(each, sa.String) for each in columns]
    return sa.table(name, *texts, *(sa.column(each, type_) for each, type_ in typed.items()))


ALERT = table("alert", "id", "reporter_ref", "body_digest", reported_at=InstantType)
PERSON = table(
    "person", "id", is_service=sa.Boolean, created_at=InstantType, disabled_at=InstantType
)
GRANT = table(
    "role_grant", "person_id", "role", id=sa.BigInteger, from_at=InstantType, to_at=InstantType
)
_IDENTITY = table("sealed_identity", "person_id", box=sa.LargeBinary)
LINK = table("sealed_link", "id", "ref", box=sa.LargeBinary)
_REPORTS = table("log", "code", "alert_id", "role", "unit")


@dataclass(frozen=True)
class Reporter:
    """Who reported an alert, in which role and of which unit."""

    person: str
    role: str
    unit: str


@dataclass(frozen=True)
class City:
    """The key and the people. `by_day`: the volunteers, whose times are kept to the day; `steps`:
    people by the one mark that all their steps had; `reporters`: by alert, without services;
    `refs`: by alert the reporter's mark in it.
    """

    seal: Keys
    people: frozenset[str]
    by_day: frozenset[str]
    services: tuple[str, ...]
    steps: Mapping[str, str]
    reporters: Mapping[str, Reporter]
    refs: Mapping[str, str]

    def service_of(self, alert_id: str) -> str | None:
        """The service that brought the alert in, or None."""
        ref = self.refs[alert_id]
        mine = (each for each in self.services if self.seal.ref("reporter", alert_id, each) == ref)
        return next(mine, None)


def read_city(seal: Keys | None) -> City:
    """Raises Refused wrong_seal_key where this key does not open what lies sealed."""
    if seal is None:
        raise Refused("wrong_seal_key")
    _check_key(seal)
    people = {row.id: bool(row.is_service) for row in op.get_bind().execute(sa.select(PERSON))}
    staff = {row.person_id for row in op.get_bind().execute(_staff_grants(clock.wall()))}
    services = tuple(each for each, is_service in people.items() if is_service)
    return City(
        seal=seal,
        people=frozenset(people),
        by_day=frozenset(people.keys() - staff - set(services)),
        services=services,
        steps={seal.ref("step", each): each for each in people},
        reporters=_reporters(seal),
        refs={row.id: row.reporter_ref for row in op.get_bind().execute(sa.select(ALERT))},
    )


def change(changed: sa.TableClause, key: str, rows: Iterable[dict[str, Any]]) -> None:
    """Updates each row by its key, many at a time; all `rows` have the same columns."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        columns = [each for each in some[0] if each != key]
        values = {each: sa.bindparam(f"{each}_", type_=changed.c[each].type) for each in columns}
        mine = changed.c[key] == sa.bindparam(f"{key}_")
        given = [{f"{name}_": value for name, value in row.items()} for row in some]
        op.get_bind().execute(sa.update(changed).where(mine).values(values), given)


def _check_key(seal: Keys) -> None:
    for sealed in (_IDENTITY, LINK):
        box = op.get_bind().scalar(sa.select(sealed.c.box).limit(1))
        try:
            if box is not None:
                seal.open(bytes(box))
        except InvalidTag as foreign:
            raise Refused("wrong_seal_key") from foreign


def _staff_grants(at: datetime) -> sa.Select[Any]:
    holds = sa.or_(GRANT.c.to_at.is_(None), GRANT.c.to_at > at)
    return sa.select(GRANT.c.person_id).where(GRANT.c.role != VOLUNTEER, holds)


def _reporters(seal: Keys) -> dict[str, Reporter]:
    boxes = {row.ref: row.box for row in op.get_bind().execute(sa.select(LINK))}
    reported = sa.select(_REPORTS).where(_REPORTS.c.code == "report")
    found: dict[str, Reporter] = {}
    for row in op.get_bind().execute(reported):
        box = boxes.get(seal.ref("alert", row.alert_id))
        if box is not None:
            person = str(seal.open(bytes(box)))
            found[row.alert_id] = Reporter(person, row.role or VOLUNTEER, row.unit or "")
    return found
