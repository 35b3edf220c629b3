"""A city acted on without HTTP: a cast, `report`, `step`, its rows; and `later(hours=2)`."""

import uuid
from datetime import UTC, datetime, timedelta

from published import publish
from sqlalchemy import select

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.reading import Position
from dispatch.domain.roles import Access, Grant
from dispatch.intake.report_alert import report_alert
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.tables import Alert, Person, Promise, RoleGrant

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shenzhen
HERE = Position(114.0579, 22.5431, 20.0, "wgs84")
HOLE = ReportedProblem("E0113", text="路面塌了一块", position=HERE)


class City:
    """The store with its cast, on one Monday morning."""

    def __init__(self, store):
        self.store = store
        publish(store)
        with store.read() as session:
            self.organisation = store.playbook(session).organisation
        self.volunteer = self.someone("volunteer", "futian")
        self.street = self.someone("street_dispatcher", "futian-street")
        self.grid_worker = self.someone("grid_worker", "futian-street")
        self.desk = self.someone("department_dispatcher", "JTJ")
        self.handler = self.someone("handler", "JTJ")
        self.district = self.someone("district_dispatcher", "futian")

    def someone(self, role, unit):
        unit = self.slug(unit)
        person = str(uuid.uuid4())
        with self.store.write() as tx:
            tx.session.add(
                Person(
                    id=person,
                    login_ref=person,
                    language="zh_Hans_CN",
                    is_service=False,
                    made_by_demo=False,
                    created_at=tx.now,
                )
            )
            tx.session.flush()
            tx.session.add(RoleGrant(person_id=person, role=role, unit=unit, from_at=MONDAY))
        return Access(person, (Grant(role, unit),))

    def slug(self, unit):
        """Streets are found by the place of the story, the district by its kind."""
        kinds = self.organisation.kinds
        if unit == "futian":
            return next(slug for slug, kind in kinds.items() if kind == "district")
        if unit == "futian-street":
            with self.store.read() as session:
                place = self.store.playbook(session).places.resolve(HERE.lon, HERE.lat)
            return place.street
        return unit

    def report(self, report=HOLE, by=None):
        self.alert_id, by = str(uuid.uuid4()), by or self.volunteer
        return report_alert(self.store, by, by.grants[0], self.alert_id, report)

    def step(self, who, name, version=None, **values):
        wish = StepCommand(name, str(uuid.uuid4()), values, version or self.alert().version)
        return take_step(self.store, who, self.organisation, self.alert_id, wish).answer

    def alert(self):
        with self.store.read() as session:
            return session.get(Alert, self.alert_id)

    def promises(self):
        """Clock and state of what the units and desks owe; the date told to the reporter apart."""
        with self.store.read() as session:
            rows = session.scalars(
                select(Promise)
                .where(Promise.alert_id == self.alert_id, Promise.clock != "overall")
                .order_by(Promise.started_at, Promise.clock, Promise.id)
            )
            return [(row.clock, row.state) for row in rows]

    def running(self):
        return sorted(clock for clock, state in self.promises() if state == "running")


def later(**delta: float):
    return clock.at(clock.now() + timedelta(**delta))
