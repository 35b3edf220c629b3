"""What a deed works with: the transaction, the alert, the person, and the values of the step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.who import REPORTER
from dispatch.domain.roles import Access, Organisation
from dispatch.domain.supports import LEAD
from dispatch.promises.policy import Policy
from dispatch.rules.book.playbook import Playbook
from dispatch.store.alerts import lead_assignment
from dispatch.store.marks import step_mark
from dispatch.store.tables import Alert, Assignment, TakenStep
from dispatch.store.transaction import Store, Transaction


@dataclass(frozen=True)
class StepContext:
    """`values`: the step's fields as parsed; `situation`: what the law asks about alert
    and person.
    """

    store: Store
    tx: Transaction
    access: Access
    organisation: Organisation
    alert: Alert
    assignments: list[Assignment]
    policy: Policy
    situation: Situation
    step: Step
    values: Mapping[str, Any]
    device_at: datetime | None
    client_id: str
    digest: str

    @property
    def playbook(self) -> Playbook:
        """The active playbook: units and people are looked up in it, promises are not."""
        return self.store.playbook(self.tx.session)

    @property
    def lead(self) -> Assignment | None:
        return lead_assignment(self.assignments)

    def support_of(self, unit: str) -> Assignment | None:
        """The present assignment of a unit that has to come or is told, or None."""
        return next((each for each in self._helping() if each.unit == unit), None)

    @property
    def own_support(self) -> Assignment | None:
        """The assignment that the person acts for with this support's step, or None."""
        mine = self.situation.own_support(self.step)
        return next((row for row in self._helping() if mine and row.id == mine.id), None)

    def _helping(self) -> list[Assignment]:
        return [each for each in self.assignments if each.kind != LEAD and each.to_at is None]

    @property
    def is_reporters(self) -> bool:
        """Whether it is a step of the reporter: then no row tells who that is."""
        return REPORTER in self.step.who

    @property
    def mark(self) -> str:
        """What the answer to this step is marked with, where the reporter takes it."""
        return self.mark_of(self.client_id)

    def mark_of(self, client_id: str) -> str:
        """The same for another step of this person on this alert."""
        return step_mark(self.store.seal, self.alert.id, self.access.person_id, client_id)

    def took(self, taken: TakenStep) -> bool:
        """Whether this person took that step, on this alert."""
        if taken.alert_id != self.alert.id:
            return False
        if taken.actor is not None:
            return taken.actor == self.access.person_id
        return taken.mark == self.mark_of(taken.client_id)
