"""`Desk` writes alerts as bare rows for tests of board and cards; `Console` keeps what it reads."""

import itertools
import uuid
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine, event, update

from dispatch import clock
from dispatch.domain.numbers import alert_number
from dispatch.domain.roles import Access, Grant, Organisation
from dispatch.domain.visibility import scope_of
from dispatch.store.installation_facts import next_number, set_fact
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Assignment, Promise, Spot

UNITS = {
    "district": (None, "district"),
    "futian": ("district", "street"),
    "lianhua": ("district", "street"),
    "gangxia": ("futian", "community"),
    "grid_1": ("gangxia", "grid"),
    "grid_9": ("gangxia", "grid"),
    "roads": ("district", "department"),
    "roads_team": ("roads", "team"),
    "paving_ltd": ("roads_team", "company"),
    "water": ("district", "department"),
}
DISTRICT = Organisation(
    parents={unit: parent for unit, (parent, _) in UNITS.items()},
    kinds={unit: kind for unit, (_, kind) in UNITS.items()},
)
LABELS = {"units": {"roads": {"zh": "交通局", "en": "Roads"}}, "categories": {}}


def access(*grants: str, name="ming"):
    return Access(name, tuple(Grant(*grant.split("@")) for grant in grants))


def eyes_of(*grants: str, name="ming"):
    """What somebody with these grants sees."""
    return scope_of(access(*grants, name=name), DISTRICT)


class Desk:
    """Writes alerts as actions do: rows and log in one transaction."""

    def __init__(self, store):
        self.store = store
        self._serial = itertools.count(1)
        with store.write() as deed:
            set_fact(deed.session, "epoch", "first")

    def report(self, lead="roads", *, supports=(), helping=(), **facts: object):
        """An alert in Futian street, dispatched to the roads department; its id."""
        alert_id = str(uuid.uuid4())
        with self.store.write() as deed:
            deed.session.add(Alert(**self._alert(deed, alert_id, lead, facts)))
            deed.session.flush()
            deed.session.add(Spot(alert_id=alert_id, lon=114.0579, lat=22.5431, crs="wgs84"))
            self._promise(deed, alert_id)
            self._assign(deed, alert_id, "lead", lead, handler=facts.get("handler"))
            for unit in supports:
                self._assign(deed, alert_id, "informed", unit)
            for each in helping:
                hands = {"team": each.team, "handler": each.handler}
                self._assign(deed, alert_id, "required", each.unit, **hands)
            deed.record(Event("reported", alert_id=alert_id, to_status="dispatched"))
        return alert_id

    def change(self, alert_id, **values: object):
        """A step: the alert's row changes and the log says so."""
        with self.store.write() as deed:
            self._update(deed, alert_id, values)
            deed.record(Event("stepped", alert_id=alert_id))

    def pass_to(self, alert_id, lead):
        """The lead changes: one assignment ends, another begins."""
        with self.store.write() as deed:
            self._end(deed, alert_id, "lead")
            self._assign(deed, alert_id, "lead", lead)
            self._update(deed, alert_id, {"lead": lead, "handler": None})
            deed.record(Event("reassign", alert_id=alert_id))

    def give(self, alert_id, *, team=None, handler=None):
        """The lead gives it to a team or to somebody, within its assignment."""
        with self.store.write() as deed:
            current = (Assignment.alert_id == alert_id, Assignment.to_at.is_(None))
            deed.session.execute(
                update(Assignment)
                .where(*current, Assignment.kind == "lead")
                .values(team=team, handler=handler),
            )
            self._update(deed, alert_id, {"handler": handler})
            given = {"team": team} if team else {"handler": handler}
            deed.record(Event("assign", alert_id=alert_id, codes=given))

    def give_help(self, alert_id, unit, *, handler):
        """A unit that helps gives its part to somebody."""
        with self.store.write() as deed:
            current = (Assignment.alert_id == alert_id, Assignment.to_at.is_(None))
            deed.session.execute(
                update(Assignment)
                .where(*current, Assignment.kind == "required", Assignment.unit == unit)
                .values(handler=handler),
            )
            codes = {"support": unit, "handler": handler}
            deed.record(Event("support_assign", alert_id=alert_id, codes=codes))

    def release(self, alert_id):
        """The supports may go."""
        with self.store.write() as deed:
            self._end(deed, alert_id, "informed")
            self._end(deed, alert_id, "required")
            deed.record(Event("released", alert_id=alert_id))

    def chatter(self, rows):
        """Log rows that speak of no alert."""
        with self.store.write() as deed:
            for _ in range(rows):
                deed.record(Event("signed_in"))

    def _alert(self, deed, alert_id, lead, facts):
        serial = next_number(deed.session, "serial")
        return {
            "id": alert_id,
            "number": alert_number("440304", clock.now().date(), serial),
            "source": "pwa",
            "body_digest": "0" * 64,
            "reporter_ref": uuid.uuid4().hex,
            "category": "P0201",
            "street": "futian",
            "community": "gangxia",
            "grid": "grid_1",
            "severity": 3,
            "life_safety": False,
            "household": False,
            "visit": "required",
            "status": "dispatched",
            "version": 1,
            "lead": lead,
            "policy": {},
            "playbook_version": 1,
            "reported_at": deed.now,
            "dispatched_at": deed.now,
        } | facts

    def _promise(self, deed, alert_id):
        deed.session.add(
            Promise(
                id=uuid.uuid4().hex,
                alert_id=alert_id,
                clock="sign",
                round=1,
                limit="30 minutes",
                calendar="futian",
                playbook_version=1,
                ladder="ordinary",
                started_at=deed.now,
                due_at=deed.now + timedelta(minutes=30),
                state="running",
            ),
        )

    def _assign(self, deed, alert_id, kind, unit, team=None, handler=None):
        if unit is None:
            return
        deed.session.add(
            Assignment(
                id=uuid.uuid4().hex,
                alert_id=alert_id,
                kind=kind,
                round=1,
                unit=unit,
                team=team,
                handler=handler,
                from_at=deed.now,
            ),
        )

    def _end(self, deed, alert_id, kind):
        deed.session.execute(
            update(Assignment)
            .where(
                Assignment.alert_id == alert_id,
                Assignment.kind == kind,
                Assignment.to_at.is_(None),
            )
            .values(to_at=deed.now),
        )

    def _update(self, deed, alert_id, values):
        deed.session.execute(
            update(Alert).where(Alert.id == alert_id).values(version=Alert.version + 1, **values),
        )


class Console:
    """A console as the page keeps one: snapshot, then changes; overlaps drop out by position."""

    def __init__(self):
        self.cards = {}
        self.complete = -1
        self.cursor = ""

    def hold(self, snapshot):
        self.cards = {card["id"]: card for card in snapshot["cards"]}
        self._reach(snapshot["cursor"])

    def catch_up(self, answer):
        for change in answer["changes"]:
            self.hear(change)
        self._reach(answer["cursor"])

    def hear(self, change):
        if seq_of(change["cursor"]) > self.complete:
            if "card" in change:
                self.cards[change["card"]["id"]] = change["card"]
            else:
                self.cards.pop(change["gone"], None)
        if "complete" in change:
            self._reach(change["complete"])

    def _reach(self, cursor):
        if seq_of(cursor) >= self.complete:
            self.complete, self.cursor = seq_of(cursor), cursor


@contextmanager
def counted():
    """The statements that the database hears inside the block."""
    heard = []

    def hear(_connection, _cursor, statement, *_rest: object):
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def seq_of(cursor):
    return int(cursor.rpartition(".")[2])
