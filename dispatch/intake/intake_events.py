"""The log events of a report: its words, the decision, and where it was merged."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispatch.deeds.machinery.change import decision_detail
from dispatch.deeds.machinery.transition import Actor
from dispatch.domain.law.events import SYSTEM
from dispatch.domain.law.statuses import MERGED
from dispatch.intake.merge_at_intake import MergeProposal
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.log import Event
from dispatch.store.marks import to_the_day


def report_event(alert: Mapping[str, Any], actor: Actor, report: ReportedProblem) -> Event:
    """What the device's clock said is kept to the day: a clock that is always wrong by the same
    would tell whose it is.
    """
    return Event(
        code="report",
        alert_id=alert["id"],
        device_at=report.device_at and to_the_day(report.device_at),
        role=actor.role,
        unit=actor.unit,
        actor=actor.person,
        mark=actor.mark,
        to_status="reported",
        codes={"number": alert["number"], "category": alert["category"]},
        detail={"report": report.as_json()},
    )


def decision_events(
    alert: Mapping[str, Any],
    facts: Facts,
    decision: Decision,
    proposal: MergeProposal | None,
    told: Mapping[str, Any],
) -> Iterator[Event]:
    """The decision with its trace and, where the same problem is nearby, the proposal or the merge;
    `told`: codes of the units that help.
    """
    is_merged = alert["status"] == MERGED
    codes = {
        "lead": decision.lead,
        "rule": decision.rule,
        "playbook": alert["playbook_version"],
        **told,
    }
    yield Event(
        code="propose" if decision.needs_person else "dispatch",
        alert_id=alert["id"],
        from_status="reported",
        to_status="reported" if is_merged else alert["status"],
        codes=codes | ({"merged": True} if is_merged else {}),
        detail=decision_detail(facts, decision) | _merge(proposal),
    )
    if is_merged and proposal:
        yield Event(
            code="merge",
            alert_id=alert["id"],
            role=SYSTEM,
            from_status="reported",
            to_status=MERGED,
            codes={"into": proposal.twin.number, "rule": proposal.rule},
        )


def _merge(proposal: MergeProposal | None) -> dict[str, Any]:
    return {"merge": proposal.as_json()} if proposal else {}
