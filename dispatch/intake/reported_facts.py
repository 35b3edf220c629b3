"""Collects the facts about a report that the rules are given."""

from datetime import timedelta

from dispatch.domain.duplicates import stands_for_no_place
from dispatch.intake.alert_rows import place_of
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.nearby import Nearby, alerts_nearby
from dispatch.store.transaction import Transaction


def reported_facts(
    tx: Transaction, playbook: Playbook, report: ReportedProblem, role: str, source: str
) -> tuple[Facts, Nearby]:
    """The facts, and the alerts nearby that they count. Raises Refused place_implausible."""
    lon, lat, place = place_of(playbook, report)
    pin = None if lon is None or lat is None else (lon, lat)
    near = _nearby(tx, playbook, report.category, pin)
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


def desk_place(playbook: Playbook, facts: Facts) -> dict[str, str | None]:
    """The street, community and grid that are responsible; all None where the alert complains about
    that street or one of its units, for then the district stands for it.
    """
    tree, about = playbook.organisation, facts.about_unit
    place = {"street": facts.street, "community": facts.community, "grid": facts.grid}
    street = facts.street
    if about and street and (tree.is_within(about, street) or tree.is_within(street, about)):
        return dict.fromkeys(place)
    return dict(place)


def _nearby(
    tx: Transaction, playbook: Playbook, category: str, pin: tuple[float, float] | None
) -> Nearby:
    """Queried only where a rule of the category asks for it, to keep the intake fast."""
    days = playbook.days_asked(category)
    if days is None or pin is None:
        return Nearby()
    district = playbook.district
    if stands_for_no_place(pin, district.default_points):
        return Nearby()
    since = tx.now - timedelta(days=days) if days else None
    return alerts_nearby(tx.session, category, pin, _within_m(playbook, category), since)


def _within_m(playbook: Playbook, category: str) -> int:
    """The distance within which an alert of this category may be the same problem."""
    own = playbook.categories[category].nearby_m
    return playbook.district.nearby_m if own is None else own
