"""Takes in a report: the alert is decided and dispatched by the playbook, in one transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from dispatch.deeds.machinery.beginning import begin_clocks
from dispatch.deeds.machinery.placing import desk_place
from dispatch.deeds.machinery.supports import support_codes, support_starts
from dispatch.deeds.machinery.transition import Actor
from dispatch.domain.law.clock_changes import clocks_running
from dispatch.domain.law.clock_names import OF_THE_LEAD
from dispatch.domain.roles import VOLUNTEER, Access, Grant
from dispatch.domain.supports import LEAD
from dispatch.errors import Refused
from dispatch.intake.alert_rows import decided_assignments, next_alert_number
from dispatch.intake.intake_events import decision_events, report_event
from dispatch.intake.merge_at_intake import (
    master_to_merge_into,
    merge_proposal,
    merged_row,
    pass_on_promises,
)
from dispatch.intake.receipts import Receipt, master_receipt, new_receipt, receipt_from_rows
from dispatch.intake.reported_facts import reported_facts
from dispatch.promises.clocks import ClockStart
from dispatch.promises.policy import Policy, copied_policy, policy_of_decision
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision, decide
from dispatch.rules.deciding.matter import visit_of
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.log import canonical
from dispatch.store.marks import body_mark, log_mark
from dispatch.store.rows import add_if_new, add_rows
from dispatch.store.sealing import link_reporter, reporter_ref
from dispatch.store.tables import Alert, Assignment, Photo, Spot
from dispatch.store.transaction import Store, Transaction
from dispatch.telling import notices


@dataclass(frozen=True)
class Origin:
    """Where a report comes from: the app, or another system with its own id."""

    source: str = "app"
    external_id: str | None = None


class _AlreadyReportedError(Exception):
    """The alert exists already: roll back and answer from its rows."""


FROM_APP = Origin()


def report_alert(
    store: Store,
    access: Access,
    grant: Grant,
    alert_id: str,
    report: ReportedProblem,
    origin: Origin = FROM_APP,
) -> Receipt:
    """Takes in the report and returns the receipt; the same id and body again is the same alert.

    Raises Refused: alert_exists for another body or another person's id, place_implausible.
    """
    intake = _Intake(store, access, grant, alert_id, report, origin, body_digest(report))
    try:
        with store.write() as tx:
            return intake.take_in(tx)
    except _AlreadyReportedError:
        return intake.repeated()


def body_digest(report: ReportedProblem) -> str:
    """A digest by which the same report is recognised."""
    return hashlib.sha256(canonical(report.as_json())).hexdigest()


@dataclass(frozen=True)
class _Intake:
    """One report on its way in."""

    store: Store
    access: Access
    grant: Grant
    alert_id: str
    report: ReportedProblem
    origin: Origin
    digest: str

    @property
    def reporter(self) -> str:
        return reporter_ref(self.store.seal, self.alert_id, self.access.person_id)

    @property
    def _actor(self) -> Actor:
        """A service as it is; a person as a volunteer of no unit, whatever role they hold."""
        person = self.access.person_id
        if self.access.is_service:
            return Actor(self.grant.role, self.grant.unit, person)
        mark = log_mark(self.store.seal, self.alert_id, person)
        return Actor(VOLUNTEER, None, mark=mark)

    def take_in(self, tx: Transaction) -> Receipt:
        playbook = self.store.playbook(tx.session)
        role, source = self.grant.role, self.origin.source
        facts, near = reported_facts(tx, playbook, self.report, role, source)
        decision = decide(playbook, facts)
        proposal = merge_proposal(playbook, facts, decision, near)
        master = master_to_merge_into(tx, proposal)
        number = next_alert_number(tx, playbook)
        alert = self._alert_row(playbook, facts, decision, number, tx)
        if master is not None:
            alert = merged_row(alert, master)
        if not add_if_new(tx.session, Alert, alert):
            raise _AlreadyReportedError
        self._insert_what_belongs_to_it(tx, facts)
        policy = policy_of_decision(playbook, alert, decision)
        assignments = [] if master else decided_assignments(self.alert_id, decision, tx.now)
        tx.record(report_event(alert, self._actor, self.report))
        for event in decision_events(alert, facts, decision, proposal, support_codes(assignments)):
            tx.record(event)
        if master is not None:
            pass_on_promises(self.store, tx, policy, alert, decision)
            notices.tell_of_step(tx, alert, "merge")
            return new_receipt(alert, (), decision, master_receipt(tx.session, master))
        add_rows(tx.session, Assignment, assignments)
        begun = _begin_clocks(tx, policy, alert, assignments)
        told = "report" if decision.needs_person else "dispatch"
        said = {**alert, "notices": decision.notices}
        notices.tell_of_step(tx, said, told, helping=assignments)
        return new_receipt(alert, begun, decision)

    def repeated(self) -> Receipt:
        """The answer to a repeated report; raises Refused alert_exists for another one."""
        with self.store.read() as session:
            alert = session.scalar(select(Alert).where(self._same()))
            if alert is None:
                raise Refused("alert_exists")
            if alert.body_digest != body_mark(self.store.seal, alert.id, self.digest):
                raise Refused("alert_exists")
            if alert.reporter_ref != reporter_ref(self.store.seal, alert.id, self.access.person_id):
                raise Refused("alert_exists")
            return receipt_from_rows(session, alert)

    def _same(self) -> ColumnElement[bool]:
        if self.origin.external_id is None:
            return Alert.id == self.alert_id
        return or_(
            Alert.id == self.alert_id,
            and_(
                Alert.source == self.origin.source,
                Alert.external_id == self.origin.external_id,
            ),
        )

    def _alert_row(
        self, playbook: Playbook, facts: Facts, decision: Decision, number: str, tx: Transaction
    ) -> dict[str, Any]:
        category = playbook.categories[facts.category]
        dispatched = not decision.needs_person
        return {
            "id": self.alert_id,
            "number": number,
            "source": self.origin.source,
            "external_id": self.origin.external_id,
            "body_digest": body_mark(self.store.seal, self.alert_id, self.digest),
            "reporter_ref": self.reporter,
            "category": facts.category,
            **desk_place(playbook, facts, facts.about_unit),
            "severity": decision.severity,
            "life_safety": decision.life_safety,
            "household": category.household,
            "about_unit": facts.about_unit,
            "visit": visit_of(playbook, facts.category, life_safety=decision.life_safety),
            "whistle": decision.whistle,
            "status": "dispatched" if dispatched else "reported",
            "version": 1,
            "lead": decision.lead if dispatched else None,
            "round": 1,
            "returns": 0,
            "reworks": 0,
            "redone": 0,
            "reopened": 0,
            "ruled_final": False,
            "policy": copied_policy(decision),
            "playbook_version": self.store.playbook_version(tx.session),
            "reported_at": tx.now,
            "occurred_at": self.report.occurred_at,
            "dispatched_at": tx.now if dispatched else None,
        }

    def _insert_what_belongs_to_it(self, tx: Transaction, facts: Facts) -> None:
        session, position = tx.session, self.report.position
        if facts.lon is not None and facts.lat is not None:
            row = {"alert_id": self.alert_id, "lon": facts.lon, "lat": facts.lat}
            row |= {
                "accuracy_m": position.accuracy_m if position else None,
                "crs": position.crs if position else "wgs84",
            }
            add_rows(session, Spot, [row])
        if not self.access.is_service:
            link_reporter(
                session, self.store.seal, self.alert_id, self.access.person_id, self.grant
            )
        add_rows(session, Photo, [self._photo(each, tx) for each in self.report.photos])

    def _photo(self, sha256: str, tx: Transaction) -> dict[str, Any]:
        return {
            "alert_id": self.alert_id,
            "sha256": sha256,
            "purpose": "report",
            "declared_at": tx.now,
        }


def _begin_clocks(
    tx: Transaction,
    policy: Policy,
    alert: Mapping[str, Any],
    assignments: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Begins the clocks of the alert, of its lead and of its supports; returns those of the alert
    and its lead.
    """
    names = clocks_running(alert["status"], life_safety=alert["life_safety"])
    lead = next((row["id"] for row in assignments if row["kind"] == LEAD), None)
    unit = alert["lead"] or alert["street"]
    starts = [
        ClockStart(alert["id"], name, 1, unit, lead if name in OF_THE_LEAD else None)
        for name in sorted(names)
    ]
    begun = begin_clocks(tx, policy, [*starts, *support_starts(assignments)])
    return [row for row in begun if row["assignment_id"] in {None, lead}]
