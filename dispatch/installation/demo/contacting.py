"""In the demo, units contact the reporter after signing, and the demo's handler is given tasks."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.law.clock_names import RUNNING
from dispatch.domain.law.statuses import IN_HAND
from dispatch.domain.roles import Access, Organisation
from dispatch.errors import Refused
from dispatch.installation.demo.cast import DemoCast
from dispatch.installation.demo.script import when_done
from dispatch.store.people import grants_of, person_by_login
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Store
from dispatch.translations import own_language, translate

_TASKS: Final = 3


@dataclass
class Contacting:
    """Has its own random numbers, so that it changes nothing else in the demo."""

    store: Store
    cast: DemoCast
    organisation: Organisation
    zone: ZoneInfo
    plan: Callable[[datetime, Callable[[], None]], None]
    dice: random.Random = field(default_factory=lambda: random.Random(20261124))

    def soon(self, alert_id: str) -> None:
        """Plans the first contact after signing, mostly within its promise."""
        with self.store.read() as session:
            due = session.scalar(
                select(Promise.due_at).where(
                    Promise.alert_id == alert_id,
                    Promise.state == RUNNING,
                    Promise.clock == "contact",
                ),
            )
        if due is not None:
            at = when_done(self.dice, self.zone, clock.now(), due, urgent=True)
            self.plan(at, lambda: self._speak(alert_id))

    def _speak(self, alert_id: str) -> None:
        with self.store.read() as session:
            alert = session.get_one(Alert, alert_id)
        who = self.cast.for_step(alert, "contact")
        self._take(who, alert, "contact", {"message": translate(own_language(), "demo.contact")})

    def hand_over(self) -> None:
        """Gives the newest alerts of their department to the demo's own handler."""
        with self.store.read() as session:
            handler = person_by_login(session, self.store.seal, "handler")
            if handler is None:
                return
            units = [each.unit for each in grants_of(session, handler.id, clock.wall())]
            theirs = select(Alert).where(Alert.status.in_(IN_HAND), Alert.lead.in_(units))
            newest = theirs.order_by(Alert.reported_at.desc(), Alert.id).limit(_TASKS)
            waiting = list(session.scalars(newest))
        for alert in waiting:
            desk = self.cast.for_step(alert, "assign")
            self._take(desk, alert, "assign", {"to": handler.id})

    def _take(self, who: Access, alert: Alert, step: str, values: dict[str, Any]) -> None:
        client_id = str(uuid.UUID(int=self.dice.getrandbits(128), version=4))
        try:
            take_step(
                self.store,
                who,
                self.organisation,
                alert.id,
                StepCommand(step, client_id, values, alert.version),
            )
        except Refused:
            return  # returned or closed meanwhile
