"""The criteria of a report as a request names them, for whoever may read reports."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.bodies import asked_once
from dispatch.blueprints.page_table import PAGES
from dispatch.blueprints.pages import roles_of
from dispatch.blueprints.request_access import access, language, store
from dispatch.domain.reading import Faults, echo, read_moment
from dispatch.domain.visibility import scope_of
from dispatch.errors import Refused
from dispatch.reports.criteria import PARTS, Criteria
from dispatch.reports.make_report import check_criteria
from dispatch.store.visibility import visible_in

FILTERS: Final = frozenset({"from", "to", "at", *PARTS})


def refuse_other_readers() -> None:
    """Raises Refused forbidden for whoever may not open the page of reports either."""
    if not PAGES["overdue"].admits(roles_of(access())):
        raise Refused("forbidden")


def read_criteria(
    session: Session, groupings: tuple[str, ...], parameters: frozenset[str] = frozenset()
) -> Criteria:
    """What the address asks for; raises Refused unknown_filter, or invalid with every fault.

    `groupings`: what `by` may name. `parameters`: those that the route takes beside FILTERS.
    """
    known = FILTERS | parameters
    for name in asked_once():
        if name not in known:
            raise Refused("unknown_filter", name=echo(name), known=", ".join(sorted(known)))
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
    check_criteria(session, criteria, groupings, faults)
    return criteria


def _text(name: str) -> str | None:
    return request.args.get(name) or None


def _moment(name: str, zone: ZoneInfo, faults: Faults) -> datetime | None:
    written = _text(name)
    if written is None:
        return None
    return read_moment(name, written, zone, faults, ends=name != "from")
