"""Collects the facts about a report that the rules are given."""

from dispatch.deeds.machinery.placing import nearby_asked, place_of
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.nearby import Nearby
from dispatch.store.transaction import Transaction


def reported_facts(
    tx: Transaction, playbook: Playbook, report: ReportedProblem, role: str, source: str
) -> tuple[Facts, Nearby]:
    """The facts, and the alerts nearby that they count. Raises Refused place_implausible."""
    lon, lat, place = place_of(playbook, report.position, report.grid)
    pin = None if lon is None or lat is None else (lon, lat)
    near = nearby_asked(tx.session, playbook, report.category, pin, tx.now)
    facts = Facts(
        category=report.category,
        reported_at=tx.now,
        text=report.text,
        answers=report.answers or {},
        street=place.street,
        community=place.community,
        grid=place.grid,
        zones=frozenset(place.zones),
        lon=lon,
        lat=lat,
        reporter_role=role,
        source=source,
        photos=len(report.photos),
        open_nearby=near.open,
        earlier=tuple(near.earlier),
        occurred_at=report.occurred_at,
        about_unit=report.about_unit(playbook),
    )
    return facts, near
