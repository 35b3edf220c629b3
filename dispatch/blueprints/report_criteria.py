"""The criteria of a report as a request names them, for whoever may read reports."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.bodies import asked_once
from dispatch.blueprints.page_table import PAGES
from dispatch.blueprints.pages import roles_of
from dispatch.blueprints.request_access import access, language, store
from dispatch.domain.reading import Faults, read_moment
from dispatch.domain.visibility import scope_of
from dispatch.errors import Refused
from dispatch.reports.criteria import PARTS, Criteria
from dispatch.reports.make_report import check_criteria, refuse_unknown
from dispatch.reports.report import Report
from dispatch.store.visibility import visible_in


def refuse_other_readers() -> None:
    """Raises Refused forbidden for whoever may not open the page of reports either."""
    if not PAGES["overdue"].admits(roles_of(access())):
        raise Refused("forbidden")


def read_criteria(
    session: Session, report: Report, parameters: frozenset[str] = frozenset()
) -> Criteria:
    """What the address asks of a report; raises Refused unknown_filter, or invalid with every
    fault.

    `parameters`: those that the route takes beside the report's own; without `by` nothing is
    grouped.
    """
    refuse_unknown(asked_once(), {*report.moments, *PARTS} | parameters)
    playbook, faults = store().playbook(session), Faults()
    zone = ZoneInfo(playbook.district.timezone)
    criteria = Criteria(
        playbook=playbook,
        language=language(),
        now=clock.now(),
        seen=visible_in(scope_of(access(), playbook.organisation)),
        at=_moment("at", zone, faults),
        since=_moment("from", zone, faults),
        until=_moment("to", zone, faults),
        by=_text("by"),
        **{part: _text(part) for part in PARTS},
    )
    check_criteria(session, criteria, report.by if "by" in parameters else (), faults)
    return criteria


def _text(name: str) -> str | None:
    return request.args.get(name) or None


def _moment(name: str, zone: ZoneInfo, faults: Faults) -> datetime | None:
    written = _text(name)
    if written is None:
        return None
    return read_moment(name, written, zone, faults, ends=name != "from")
