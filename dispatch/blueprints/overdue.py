"""The page of what is overdue: readable without scripts and on paper."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from flask import request

from dispatch.blueprints.pages import Values, page_blueprint, serve_page
from dispatch.blueprints.report_criteria import read_criteria
from dispatch.blueprints.request_access import language, store
from dispatch.domain.law.clock_names import OVERALL
from dispatch.domain.law.statuses import WORK_DONE
from dispatch.domain.time.ladders import GRAVEST_FIRST
from dispatch.reports import on_time, paused
from dispatch.reports import overdue as late_alerts
from dispatch.reports.criteria import CITY, Criteria, Row
from dispatch.translations.spoken_instant import spoken_decimal

overdue = page_blueprint("overdue")

_SHOW: Final = frozenset({"show"})
_GROUPS: Final = (*GRAVEST_FIRST, None)  # without a card: late by the told date alone
_WEEK: Final = timedelta(days=7)
_SHOWN: Final = 10  # of each card, until somebody asks for all


@serve_page(overdue, "overdue")
def show() -> Values:
    """The numbers are those of the API; it is one list, so that it takes no grouping."""
    with store().read() as session:
        criteria = read_criteria(session, late_alerts.REPORT, _SHOW)
        found = late_alerts.rows(session, criteria)
        before = late_alerts.total_at(session, criteria, criteria.instant - _WEEK)
        month = _this_month(criteria)
        kept = on_time.rows(session, month)
        whole = on_time.rows(session, replace(month, by=CITY))
        late = late_alerts.rows(session, replace(criteria, by="department"))
        stand = {} if criteria.at else paused.by_promise(session, criteria)
    cards, in_own_time = Counter(row["card"] for row in found), _in_own_time(found)
    return {
        "criteria": criteria,
        "decimal": partial(spoken_decimal, language=language()),
        "found": found,
        "shown": None if request.args.get("show") == "all" else _SHOWN,
        "groups": [(card, [row for row in found if row["card"] == card]) for card in _GROUPS],
        "cards": cards,
        "fewer": before - len(found),
        "stand": stand,
        "emergencies": {row["id"] for row in found if _is_emergency(row)},
        "waiting": _waiting(stand, found),
        "departments": _departments(kept, late, criteria),
        "total": (whole or [on_time.nothing_due(CITY, CITY, criteria)])[0]
        | {"late": len(found), "red": cards["red"]},
        "in_own_time": in_own_time,
        "counted_again": sum(row["alerts"] for row in late) + in_own_time - len(found),
        "is_whole": not (criteria.is_narrowed or criteria.at),
        "zone": ZoneInfo(criteria.playbook.district.timezone),
        "query": {name: value for name, value in request.args.items() if value and name != "show"},
    }


def _is_emergency(row: Row) -> bool:
    """As on the console: the danger is over once the work is done."""
    is_urgent = row["life_safety"] or row["whistle"] == "emergency"
    return is_urgent and row["status"] not in WORK_DONE


def _this_month(criteria: Criteria) -> Criteria:
    """The promises due since the month began by the district's clock."""
    local = criteria.instant.astimezone(ZoneInfo(criteria.playbook.district.timezone))
    began = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return replace(criteria, since=began, until=criteria.instant)


def _waiting(stand: Mapping[str, Row], late: Iterable[Row]) -> list[Row]:
    """One row for each alert with paused clocks, preferring its clock to dispose; clocks that are
    late are listed above already.
    """
    shown = {row["promise"] for row in late}
    rows = [row for promise, row in stand.items() if promise not in shown]
    one_each: dict[str, Row] = {}
    for row in rows:
        if row["id"] not in one_each or row["clock"] == "dispose":
            one_each[row["id"]] = row
    return list(one_each.values())


def _in_own_time(found: Iterable[Row]) -> int:
    """How many are late by the date that the reporter was told, and by no unit's own limit."""
    return sum(row["clock"] == OVERALL for row in found)


def _departments(kept: Iterable[Row], late: Iterable[Row], criteria: Criteria) -> list[Row]:
    """Whoever had something due this month, by rank; then whoever only holds something late: the
    district and streets as well.
    """
    now = {row["department"]: {"late": row["alerts"], "red": row["red"]} for row in late}
    none = {"late": 0, "red": 0}
    ranked = [row | now.pop(row["department"], none) for row in kept]
    others = [
        on_time.nothing_due("department", unit, criteria) | held for unit, held in now.items()
    ]
    return ranked + others
