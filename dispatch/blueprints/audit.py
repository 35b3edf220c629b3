"""The audit trail for auditors: a page to look through, and a file to take along."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.bodies import asked_once
from dispatch.blueprints.page_table import PAGES
from dispatch.blueprints.pages import Values, page_blueprint, refuse_outsiders, serve_page
from dispatch.blueprints.request_access import access, language, store
from dispatch.domain.reading import Faults, echo, read_moment
from dispatch.domain.roles import VOLUNTEER
from dispatch.errors import Refused
from dispatch.installation.note_reading import note_export
from dispatch.reports.formats import FORMATS
from dispatch.reports.make_report import ReportTable, refuse_unknown
from dispatch.store.alerts import alert_by_id
from dispatch.store.audit import AUDIT_CODES
from dispatch.store.people import find_person, is_kept_by_day
from dispatch.translations import translate
from dispatch.views.audit_trail import (
    COLUMNS,
    AuditQuery,
    AuditReader,
    AuditRow,
    audit_count,
    audit_rows,
)

audit = page_blueprint("audit")
audit_file = Blueprint("audit_file", __name__, url_prefix="/api/v1")

_FILTERS: Final = ("code", "who", "alert", "from", "to")
_ON_A_PAGE: Final = 100
# What somebody may have mistyped in the form, by the refusal of whoever looks for it.
_MISTYPED: Final = {"unknown_person": "no_account", "not_found": "no_alert"}
_NEWEST: Final = 2**53  # more rows than any number that a browser writes


@serve_page(audit, "audit")
def show() -> Values:
    """The newest rows of what is asked for; older ones by a link. An account or a number that is
    not there finds nothing, and the form says so.
    """
    asked = {name: value for name, value in request.args.items() if value and name != "before"}
    form: dict[str, Any] = {"codes": AUDIT_CODES, "query": asked}
    try:
        with store().read() as session:
            return form | _page(session, *_asked(session, (*_FILTERS, "before")))
    except Refused as refused:
        if refused.code not in _MISTYPED:
            raise
        return form | {"rows": [], "mistyped": _MISTYPED[refused.code]}


def _page(session: Session, reader: AuditReader, query: AuditQuery) -> dict[str, Any]:
    found = audit_rows(session, reader, query, _ON_A_PAGE + 1)
    rows = found[:_ON_A_PAGE]
    return {
        "rows": rows,
        "older": rows[-1]["seq"] if len(found) > len(rows) else None,
        "is_older": query.before is not None,
        "total": audit_count(session, query),
    }


@audit_file.get("/audit.csv")
def take_along() -> Response:
    """All that is asked for, as CSV; that it was taken is itself written down. Raises Refused
    forbidden for whoever may not open the page either.
    """
    refuse_outsiders(PAGES["audit"])
    with store().read() as session:
        reader, query = _asked(session, _FILTERS)
        rows = audit_rows(session, reader, query)
        asked = {**request.args, **_whom(session, query.who)}
    note_export(store(), access(), "audit.csv", asked, len(rows))
    written = FORMATS["csv"].write(_table(rows, reader))
    response = Response(written, content_type=FORMATS["csv"].content_type)
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _whom(session: Session, who: str | None) -> dict[str, str]:
    """Whom it was asked about, as the trail may keep it: staff by their id, a volunteer as one. The
    account stands nowhere in clear.
    """
    if who is None:
        return {}
    by_day = is_kept_by_day(session, who, clock.wall())
    return {"who": VOLUNTEER if by_day else who}


def _table(rows: list[AuditRow], reader: AuditReader) -> ReportTable:
    said = {name: translate(reader.language, f"pages.audit.column.{name}") for name in COLUMNS}
    return ReportTable(
        name="audit",
        title=translate(reader.language, "pages.audit.title"),
        columns=tuple(said.items()),
        rows=[dict(row) for row in rows],
        language=reader.language,
        zone=reader.zone,
    )


def _asked(session: Session, known: tuple[str, ...]) -> tuple[AuditReader, AuditQuery]:
    """Raises Refused unknown_filter, invalid, unknown_person or not_found."""
    asked, faults = asked_once(), Faults()
    refuse_unknown(asked, known)
    playbook = store().playbook(session)
    zone = ZoneInfo(playbook.district.timezone)
    since, until = (_moment(asked, name, zone, faults) for name in ("from", "to"))
    code = asked.get("code") or None
    if code is not None and code not in AUDIT_CODES:
        faults.add("code", "unknown_value", value=echo(code), known=", ".join(AUDIT_CODES))
    before = _before(asked.get("before") or None, faults)
    faults.refuse()
    who, alert = asked.get("who"), asked.get("alert")
    query = AuditQuery(
        code=code,
        who=_person(session, who) if who else None,
        alert_id=alert_by_id(session, alert).id if alert else None,
        since=since,
        until=until,
        before=before,
    )
    return AuditReader(store().seal, language(), zone, playbook), query


def _moment(asked: dict[str, str], name: str, zone: ZoneInfo, faults: Faults) -> datetime | None:
    written = asked.get(name)
    return read_moment(name, written, zone, faults, ends=name == "to") if written else None


def _before(written: str | None, faults: Faults) -> int | None:
    if written is None:
        return None
    if not (written.isascii() and written.isdigit() and 0 < int(written[:17]) < _NEWEST):
        faults.add("before", "wrong_type", wanted="number")
        return None
    return int(written[:17])


def _person(session: Session, who: str) -> str:
    found = find_person(session, store().seal, who)
    if found is None:
        raise Refused("unknown_person", name=echo(who))
    return found.id
