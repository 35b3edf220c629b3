"""The people of the demo's past: for each step somebody who may take it."""

import random
import uuid
from functools import cached_property

from dispatch import clock
from dispatch.domain.reading import Position
from dispatch.domain.roles import Access, Grant
from dispatch.rules.book.playbook import Playbook
from dispatch.store.alerts import pin
from dispatch.store.people import access_of, person_by_login
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store

_DESK = {
    "street": "street_dispatcher",
    "community": "street_dispatcher",
    "district": "district_dispatcher",
}
_METRES = 0.00001  # a degree of latitude is about 111 km


class DemoCast:
    """People by role and unit, the same one each time."""

    def __init__(self, store: Store, playbook: Playbook, dice: random.Random) -> None:
        self._store = store
        self._playbook = playbook
        self._dice = dice
        self._known: dict[tuple[str, str], Access] = {}
        self._reporters: dict[str, Access] = {}
        self._volunteers = [self._person("volunteer", unit) for unit in self._of_kind("community")]

    def volunteer(self) -> Access:
        """Sometimes the demo's own volunteer, so that they have alerts to look at."""
        known = self._demo_volunteer if self._dice.random() < 0.05 else None
        return known or self._dice.choice(self._volunteers)

    @cached_property
    def _demo_volunteer(self) -> Access | None:
        with self._store.read() as session:
            person = person_by_login(session, self._store.seal, "volunteer")
            return access_of(session, person, clock.wall()) if person else None

    def for_step(self, alert: Alert, step: str) -> Access:
        """Somebody who may take the step."""
        unit = alert.street or self._playbook.district.id
        district = self._playbook.district.id
        if step == "rate":
            return self._reporter(alert)
        if step in {"accept", "verify_ok", "verify_fail"}:
            return self._verifier(alert, unit, step)
        if step == "rule":
            return self._person("district_dispatcher", district)
        lead = alert.lead or district
        if step in {"arrive", "submit"}:
            return self._person("handler", self.team_of(lead) or lead)
        return self._desk(lead)

    def for_support(self, unit: str, step: str) -> Access:
        """Somebody of a supporting unit."""
        if step in {"support_arrive", "support_finish"}:
            return self._person("handler", unit)
        return self._desk(unit)

    def _desk(self, unit: str) -> Access:
        kind = self._playbook.units[unit].kind
        return self._person(_DESK.get(kind, "department_dispatcher"), unit)

    def _verifier(self, alert: Alert, street: str, step: str) -> Access:
        if step == "accept" or alert.lead != alert.street:
            return self._desk(street)
        return self._person("district_dispatcher", self._playbook.district.id)

    def _reporter(self, alert: Alert) -> Access:
        """Whoever reported it; remembered here, for links to reporters are sealed."""
        return self._reporters[alert.id]

    def remember(self, alert_id: str, who: Access) -> None:
        """Remembers who reported the alert, for its rating."""
        self._reporters[alert_id] = who

    def proposed(self, alert: Alert) -> str:
        """The unit that is named where the rules left the choice to the street: the
        street itself.
        """
        return alert.street or self._playbook.district.id

    def another_lead(self, alert: Alert) -> str:
        """Some other department."""
        others = [unit for unit in self._of_kind("department") if unit != alert.lead]
        return self._dice.choice(others) if others else self._playbook.district.id

    def team_of(self, unit: str | None) -> str | None:
        """The first team of a unit, or None."""
        units = self._playbook.units.values()
        return next(
            (each.id for each in units if each.parent == unit and each.kind == "team"), None
        )

    def near(self, alert: Alert) -> Position | None:
        """A position a few metres from the pin."""
        with self._store.read() as session:
            spot = pin(session, alert.id)
        if spot is None:
            return None
        lon, lat = (each + self._dice.uniform(-15, 15) * _METRES for each in (spot.lon, spot.lat))
        return Position(lon, lat, 12.0, "wgs84")

    def _of_kind(self, kind: str) -> list[str]:
        return [unit.id for unit in self._playbook.units.values() if unit.kind == kind]

    def _person(self, role: str, unit: str) -> Access:
        if (role, unit) not in self._known:
            name = uuid.uuid5(uuid.NAMESPACE_URL, f"{role}@{unit}")
            self._known[role, unit] = Access(str(name), (Grant(role, unit),))
        return self._known[role, unit]
