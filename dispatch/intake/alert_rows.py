"""The first rows of an alert, and where its place is."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.deeds.machinery.change import reporter_texts
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.numbers import alert_number
from dispatch.domain.places import Place
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.installation_facts import next_number
from dispatch.store.transaction import Transaction


def place_of(
    playbook: Playbook, report: ReportedProblem
) -> tuple[float | None, float | None, Place]:
    """Longitude and latitude of the pin in WGS-84, and the units there; None, None for a report by
    grid. Raises Refused place_implausible.
    """
    if report.position is None:
        return None, None, _place_of_grid(playbook, report.grid)
    lon, lat = to_wgs84(report.position.lon, report.position.lat, report.position.crs)
    place = playbook.places.resolve(lon, lat)
    # a point within a polygon is plausible; the distance is computed only for others
    if place.street is None and not playbook.places.plausible(lon, lat):
        raise Refused("place_implausible")
    return lon, lat, place


def _place_of_grid(playbook: Playbook, grid: str | None) -> Place:
    community = playbook.units[grid].parent if grid else None
    street = playbook.units[community].parent if community else None
    return Place(street=street, community=community, grid=grid, zones=frozenset())


def next_alert_number(tx: Transaction, playbook: Playbook) -> str:
    """The next alert number of the local day."""
    local = tx.now.astimezone(ZoneInfo(playbook.district.timezone)).date()
    serial = next_number(tx.session, f"serial:{local:%Y%m%d}")
    return alert_number(playbook.district.code, local, serial)


def decision_detail(facts: Facts, decision: Decision) -> dict[str, Any]:
    """The decision's trace, the texts of the rules, and the facts that no other row keeps:
    `playbook replay` and `explain` need them as they were.
    """
    detail: dict[str, Any] = {"decision": decision.trace.as_json()} | reporter_texts(decision)
    if facts.open_nearby or facts.earlier:
        earlier = [each.isoformat() for each in facts.earlier]
        detail["facts"] = {"open_nearby": facts.open_nearby, "earlier": earlier}
    return detail


def decided_assignments(alert_id: str, decision: Decision, now: datetime) -> list[dict[str, Any]]:
    """The assignments that the decision makes; none where a person has to decide."""
    if decision.needs_person or decision.lead is None:
        return []
    units = [("lead", decision.lead), *((each.mode, each.unit) for each in decision.supports)]
    return [assignment_row(alert_id, kind, unit, 1, now) for kind, unit in units]
