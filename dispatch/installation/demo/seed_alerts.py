"""Fills the demo with some weeks of alerts, which invented people move through the real steps."""

import hashlib
import heapq
import itertools
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select, update

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.law.clock_names import RUNNING
from dispatch.domain.law.support_steps import may_come_next
from dispatch.domain.reading import Position
from dispatch.errors import Refused
from dispatch.installation.demo.cast import DemoCast
from dispatch.installation.demo.choices import (
    HELPING,
    chosen_step,
    helping_values,
    report_words,
    some_answer,
)
from dispatch.installation.demo.contacting import Contacting
from dispatch.installation.demo.pictures import demo_picture
from dispatch.installation.demo.script import DEMO_SOURCE, DemoReport, demo_reports, when_done
from dispatch.intake.attach_photo import attach_photo
from dispatch.intake.report_alert import Origin, report_alert
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.alerts import assignments_of, supports_of
from dispatch.store.tables import Alert, Notice, Promise
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises

_SWEEP_EVERY: Final = timedelta(hours=1)
# By status, the clock that says when the next step is due.
_CLOCK_OF: Final = {
    "reported": "accept",
    "dispatched": "sign",
    "signed": "arrive",
    "on_site": "dispose",
    "submitted": "dispose",
    "returned": "ruling",
    "verifying": "verify",
    "resolved": "rate",
}


def seed_alerts(store: Store, tell: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Plays the demo once and returns how many alerts it made. `tell`: called with the number done
    and the total.
    """
    if not lacks_past(store):
        return 0
    with store.read() as session:
        playbook = store.playbook(session)
    play = _Simulation(store, playbook)
    play.run(clock.now(), tell)
    _drop_notices(store)
    return play.made


def lacks_past(store: Store) -> bool:
    """Whether a past is wanted and there is none yet."""
    with store.read() as session:
        played = session.scalar(select(exists().where(Alert.source == DEMO_SOURCE)))
    return bool(store.settings.demo_weeks) and not played


def _drop_notices(store: Store) -> None:
    """Drops the notices of the invented past."""
    with store.write() as tx:
        tx.session.execute(
            update(Notice).where(Notice.state == "pending").values(state="dropped"),
        )


@dataclass
class _Simulation:
    """A simulation: what comes next, in order of time, and its random numbers."""

    store: Store
    playbook: Playbook
    made: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))
    _next: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.cast = DemoCast(self.store, self.playbook, self.dice)
        self.zone = ZoneInfo(self.playbook.district.timezone)
        self.contacting = Contacting(
            self.store, self.cast, self.playbook.organisation, self.zone, self._plan
        )

    def run(self, now: datetime, tell: Callable[[int, int], None]) -> None:
        """Plays everything until now; what would come later stays as it is then."""
        weeks = self.store.settings.demo_weeks
        coming = list(demo_reports(self.dice, self.playbook, now, weeks))
        for report in coming:
            self._plan(report.at, self._reporting(report))
        swept = coming[0].at if coming else now
        while self._next and self._next[0][0] <= now:
            at, _, deed = heapq.heappop(self._next)
            with clock.at(at):
                if at - swept >= _SWEEP_EVERY:
                    sweep_promises(self.store)
                    swept = at
                    tell(self.made, len(coming))
                deed()
        self.contacting.hand_over()
        tell(self.made, len(coming))

    def _plan(self, at: datetime, deed: Callable[[], None]) -> None:
        heapq.heappush(self._next, (at, next(self._order), deed))

    def _reporting(self, wanted: DemoReport) -> Callable[[], None]:
        def deed() -> None:
            alert_id = self._new_id()
            shown = wanted.with_photo or wanted.category.photos_min
            picture = demo_picture(wanted.category.icon) if shown else None
            report = self._report(wanted, picture)
            who = self.cast.volunteer()
            origin = Origin(DEMO_SOURCE, alert_id)
            report_alert(self.store, who, who.grants[0], alert_id, report, origin)
            self.cast.remember(alert_id, who)
            self.made += 1
            for unit in self._called(alert_id):
                self._help_on(alert_id, unit)
            if picture:
                self._attach(who, alert_id, picture)
            self._go_on(alert_id)

        return deed

    def _new_id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    def _report(self, wanted: DemoReport, picture: bytes | None) -> ReportedProblem:
        category = wanted.category
        return ReportedProblem(
            category=category.code,
            text=report_words(self.dice, category),
            position=Position(wanted.lon, wanted.lat, 15.0, "wgs84"),
            answers={
                each.name: some_answer(self.dice, each)
                for each in category.fields
                if each.choices and each.shown_when is None
            },
            photos=(_digest(picture),) if picture else (),
        )

    def _attach(self, who: Any, alert_id: str, picture: bytes) -> None:
        digest = hashlib.sha256(picture).hexdigest()
        attach_photo(self.store, who, self.playbook.organisation, alert_id, digest, picture)

    def _go_on(self, alert_id: str) -> None:
        """Plans the next step of the alert, about when it is due."""
        alert, due = self._standing(alert_id)
        if alert.status in _CLOCK_OF:
            at = when_done(self.dice, self.zone, clock.now(), due, urgent=alert.life_safety)
            self._plan(at, lambda: self._step(alert_id))

    def _standing(self, alert_id: str) -> tuple[Alert, datetime | None]:
        with self.store.read() as session:
            alert = session.get_one(Alert, alert_id)
            due = session.scalar(
                select(Promise.due_at).where(
                    Promise.alert_id == alert_id,
                    Promise.state == RUNNING,
                    Promise.clock == _CLOCK_OF.get(alert.status, ""),
                ),
            )
        return alert, due

    def _step(self, alert_id: str) -> None:
        alert, _due = self._standing(alert_id)
        chosen = chosen_step(self.dice, self.cast, alert)
        if chosen is None:
            return
        name, values = chosen
        pictures = [demo_picture("")] if "photos" in values else []
        values = {
            **values,
            **({"photos": [_digest(each) for each in pictures]} if pictures else {}),
        }
        who = self.cast.for_step(alert, name)
        command = StepCommand(
            name, str(uuid.UUID(int=self.dice.getrandbits(128), version=4)), values, alert.version
        )
        try:
            take_step(self.store, who, self.playbook.organisation, alert_id, command)
        except Refused as refused:
            if refused.code == "supports_at_work":  # tried again later
                self._plan(clock.now() + _SWEEP_EVERY, lambda: self._step(alert_id))
            return  # the sweep was faster, or this unit may not: the alert stays as it is
        for picture in pictures:
            self._attach(who, alert_id, picture)
        if name == "sign":
            self.contacting.soon(alert_id)
        self._go_on(alert_id)

    def _called(self, alert_id: str) -> list[str]:
        with self.store.read() as session:
            helping = supports_of(assignments_of(session, alert_id))
        return [each.unit for each in helping if each.is_required]

    def _help_on(self, alert_id: str, unit: str) -> None:
        """Plans the next step of a supporting unit, about when it is due."""
        with self.store.read() as session:
            alert = session.get_one(Alert, alert_id)
            due = session.scalar(
                select(func.min(Promise.due_at)).where(
                    Promise.alert_id == alert_id, Promise.state == RUNNING, Promise.unit == unit
                ),
            )
        if due is not None:
            at = when_done(self.dice, self.zone, clock.now(), due, urgent=alert.life_safety)
            self._plan(at, lambda: self._help(alert_id, unit))

    def _help(self, alert_id: str, unit: str) -> None:
        with self.store.read() as session:
            alert = session.get_one(Alert, alert_id)
            helping = supports_of(assignments_of(session, alert_id))
        mine = next((each for each in helping if each.unit == unit and each.is_required), None)
        coming = next(
            (step for step in HELPING if mine and may_come_next(step, mine, alert.visit)), None
        )
        if mine is None or coming is None:
            return
        values = helping_values(coming, self.cast, alert)
        command = StepCommand(coming, self._new_id(), values, alert.version)
        who = self.cast.for_support(unit, coming)
        try:
            take_step(self.store, who, self.playbook.organisation, alert_id, command)
        except Refused:
            return  # released, or closed meanwhile
        self._help_on(alert_id, unit)


def _digest(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()
