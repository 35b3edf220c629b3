"""What the log says of a report: its words, what the rules made of it, where it was merged."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispatch.deeds.machinery.transition import SYSTEM
from dispatch.domain.law.statuses import MERGED
from dispatch.domain.roles import Grant
from dispatch.intake.alert_rows import decided_detail
from dispatch.intake.merge_at_intake import Proposal
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.log import Event


def reported(alert: Mapping[str, Any], grant: Grant, report: ReportedProblem) -> Event:
    return Event(
        code="report",
        alert_id=alert["id"],
        role=grant.role,
        unit=grant.unit,
        actor_ref=alert["reporter_ref"],
        to_status="reported",
        codes={"number": alert["number"], "category": alert["category"]},
        detail={"report": report.as_json()},
    )


def decided(
    alert: Mapping[str, Any],
    facts: Facts,
    decision: Decision,
    proposal: Proposal | None,
    told: Mapping[str, Any],
) -> Iterator[Event]:
    """The decision with its trace and, where the same problem lies nearby, what comes of it;
    `told`: which units help.
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
        detail=decided_detail(facts, decision) | _merge(proposal),
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


def _merge(proposal: Proposal | None) -> dict[str, Any]:
    return {"merge": proposal.as_json()} if proposal else {}
