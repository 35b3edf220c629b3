"""One alert on the table of somebody who takes a step: what guards and effects look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.domain.law.relations import has_helped, next_own
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access, AlertFacts, Organisation
from dispatch.errors import Fault, Refused
from dispatch.promises.policy import Policy
from dispatch.rules.engine import barred_units
from dispatch.rules.facts import Facts
from dispatch.rules.playbook import Category, Playbook, Unit
from dispatch.store.alerts import lead_assignment, supports_of
from dispatch.store.tables import Alert, Assignment
from dispatch.store.transaction import Store, Transaction


@dataclass(frozen=True)
class Case:
    """`wish_values`: the step's fields as parsed."""

    store: Store
    tx: Transaction
    access: Access
    organisation: Organisation
    alert: Alert
    assignments: list[Assignment]
    facts: AlertFacts
    policy: Policy
    step: str
    wish_values: dict[str, Any]
    device_at: datetime | None
    client_id: str
    digest: str

    @property
    def playbook(self) -> Playbook:
        """The playbook of today: units and people are looked up in it, promises are not."""
        return self.store.playbook(self.tx.session)

    @property
    def category(self) -> Category:
        return self.policy.playbook.categories[self.alert.category]

    @property
    def lead(self) -> Assignment | None:
        return lead_assignment(self.assignments)

    def support_of(self, unit: str) -> Assignment | None:
        """The assignment of a unit that helps now: one that has to come, or is told."""
        return next((each for each in self._helping() if each.unit == unit), None)

    @property
    def own_support(self) -> Assignment | None:
        """The one that the person acts for with this step of its own, where it comes next."""
        supports = supports_of(self.assignments)
        visit = self.alert.visit
        mine = next_own(self.access, supports, self.organisation, STEPS[self.step], visit)
        return next((row for row in self._helping() if mine and row.id == mine.id), None)

    @property
    def is_helped_by_its_street(self) -> bool:
        """Its street came to work on it beside the lead, so somebody else verifies."""
        return has_helped(self.facts, self.organisation)

    def _helping(self) -> list[Assignment]:
        return [each for each in self.assignments if each.kind != "lead" and each.to_at is None]

    @property
    def by_ref(self) -> str:
        """The person, as those rows know them that only ask "the same one?"."""
        return self.store.seal.ref("step", self.access.person_id)

    @property
    def barred(self) -> frozenset[str]:
        """Units that the alert is about, and so those above and below, and its street."""
        if self.alert.about_unit is None:
            return frozenset()
        facts = Facts(
            category=self.alert.category,
            reported_at=self.alert.reported_at,
            street=self.alert.street,
            about_unit=self.alert.about_unit,
        )
        return barred_units(self.playbook, facts)

    def unit(self, name: str) -> Unit:
        """The unit that a field names; raises Refused invalid where it cannot hold an alert."""
        slug = self.wish_values.get(name)
        unit = self.playbook.units.get(slug) if slug else None
        if unit is None or unit.kind in {"grid", "team"}:
            raise self.refuse_field(name, "unknown_value", value=slug or "", known="units")
        return unit

    def refuse_field(self, field: str, code: str, **params: object) -> Refused:
        """A refusal for one field."""
        return Refused("invalid", faults=(Fault(field, code, params),), count=1)
