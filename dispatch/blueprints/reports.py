"""What supervisors read: the overdue page, and every report as JSON, CSV or XLSX."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.console import refused_page
from dispatch.blueprints.door import access, language, store
from dispatch.domain.sight import scope
from dispatch.errors import Fault, Refused
from dispatch.reports import files, on_time, overdue, paused
from dispatch.reports.asked import BY, Asked, Row
from dispatch.reports.catalogue import make
from dispatch.store.sight import seen_by

report_pages = Blueprint("report_pages", __name__)
reports = Blueprint("reports", __name__, url_prefix="/api/v1/reports")
report_pages.register_error_handler(Refused, refused_page)

_READERS: Final = frozenset(
    {"supervisor", "district_dispatcher", "department_dispatcher", "street_dispatcher"},
)
_FILTERS: Final = frozenset({"from", "to", "at", "by", *BY, "show"})
_WEEK: Final = timedelta(days=7)
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN: Final = 10  # of each card, until somebody asks for all
# Beyond these no calendar of ours knows a week before, a local time or a month's beginning.
_YEARS: Final = range(1970, 2101)

Write = Callable[[Any, str, str], bytes]
_FILES: Final[Mapping[str, tuple[str, Write]]] = MappingProxyType(
    {
        "csv": ("text/csv; charset=utf-8", files.as_csv),
        "xlsx": (_XLSX, files.as_xlsx),
    },
)


@report_pages.get("/reports/overdue")
def overdue_page() -> str:
    """Readable without scripts and on paper; the numbers are those of the API."""
    with store().read() as session:
        asked = _asked(session)
        found = overdue.rows(session, asked)
        before = overdue.total_at(session, asked, asked.instant - _WEEK)
        kept = on_time.rows(session, _this_month(asked))
        stand = {} if asked.at else paused.by_promise(session, asked)
    cards = Counter(row["card"] for row in found)
    late = Counter(row["department"] for row in found)
    red = Counter(row["department"] for row in found if row["card"] == "red")
    return render_template(
        "overdue.html",
        asked=asked,
        found=found,
        shown=None if request.args.get("show") == "all" else _SHOWN,
        groups=[(card, [row for row in found if row["card"] == card]) for card in overdue.CARDS],
        cards=cards,
        fewer=before - len(found),
        stand=stand,
        waiting=_waiting(stand, found),
        departments=[row | _now(row["department"], late, red) for row in kept],
        zone=ZoneInfo(asked.playbook.district.timezone),
        query={name: value for name, value in request.args.items() if value and name != "show"},
    )


@reports.get("/<name>")
def as_json(name: str) -> Response:
    with store().read() as session:
        report = make(name, session, _asked(session))
    return Response(files.as_json(report), mimetype="application/json")


@reports.get("/<name>.<any(csv, xlsx):kind>")
def as_file(name: str, kind: str) -> Response:
    mimetype, write = _FILES[kind]
    with store().read() as session:
        asked = _asked(session)
        report = make(name, session, asked)
    written = write(report, asked.language, asked.playbook.district.timezone)
    response = Response(written, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _asked(session: Session) -> Asked:
    """What the address asks for; raises Refused forbidden, unknown_filter or invalid."""
    if not _READERS & {grant.role for grant in access().grants}:
        raise Refused("forbidden")
    for name in request.args:
        if name not in _FILTERS:
            raise Refused("unknown_filter", name=name, known=", ".join(sorted(_FILTERS)))
    playbook = store().playbook(session)
    return Asked(
        playbook=playbook,
        language=language(),
        now=clock.now(),
        seen=seen_by(scope(access(), playbook.organisation)),
        at=_instant("at"),
        since=_instant("from"),
        until=_instant("to"),
        by=_by(),
        department=request.args.get("department") or None,
        street=request.args.get("street") or None,
        category=request.args.get("category") or None,
    )


def _by() -> str | None:
    by = request.args.get("by") or None
    if by is not None and by not in BY:
        known = {"value": by, "known": ", ".join(BY)}
        raise Refused("invalid", faults=(Fault("by", "unknown_value", known),), count=1)
    return by


def _instant(name: str) -> datetime | None:
    """An instant with its offset: a report of a whole city must not guess."""
    written = request.args.get(name)
    if not written:
        return None
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or instant.year not in _YEARS:
        raise Refused("invalid", faults=(Fault(name, "not_a_time"),), count=1)
    return instant


def _waiting(stand: Mapping[str, Row], late: Iterable[Row]) -> list[Row]:
    """An alert whose clocks stand, once, by the work's own; late ones stand elsewhere already."""
    shown = {row["promise"] for row in late}
    rows = [row for promise, row in stand.items() if promise not in shown]
    one_each: dict[str, Row] = {}
    for row in rows:
        if row["id"] not in one_each or row["clock"] == "dispose":
            one_each[row["id"]] = row
    return list(one_each.values())


def _this_month(asked: Asked) -> Asked:
    """The promises due since the month began by the district's clock."""
    local = asked.instant.astimezone(ZoneInfo(asked.playbook.district.timezone))
    began = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return _changed(asked, since=began, until=asked.instant)


def _changed(asked: Asked, **changes: Any) -> Asked:
    return Asked(**{**vars(asked), **changes})


def _now(unit: str | None, late: Counter[str | None], red: Counter[str | None]) -> dict[str, int]:
    return {"late": late[unit], "red": red[unit]}
