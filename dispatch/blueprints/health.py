"""Is the server alive, does the city keep its promises, and what do the meters say?"""

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dispatch import clock
from dispatch.actions.warn_of_horizon import HORIZON
from dispatch.blueprints.door import public, store
from dispatch.rules.playbook import Playbook
from dispatch.store.pulse import Pulse, pulse

health = Blueprint("health", __name__)

# A gateway may be away for a while: that is to be known, but no reason to turn people away.
LATEST_NOTICE: Final = timedelta(minutes=15)


@health.get("/healthz")
@public
def alive() -> dict[str, bool]:
    return {"ok": True}


@health.get("/readyz")
@public
def ready() -> tuple[dict[str, Any], int]:
    """200 while the database answers, sweeps end and due rungs fire; warnings beside it."""
    now = clock.now()
    found, playbook = _look(now)
    faults = [{"code": code} for code in found.faults]
    warnings = [*faults, *_warnings(found), *_ending(playbook, now)]
    told = {"ready": not faults, "warnings": warnings, **_figures(found, playbook, now)}
    return told, 503 if faults else 200


@health.get("/metrics")
@public
def metrics() -> Response:
    """For Prometheus: lags and the process; nothing about people, places or units."""
    now = clock.now()
    registry = CollectorRegistry()
    ProcessCollector(namespace="shaodao", registry=registry)
    for name, value in _figures(*_look(now), now).items():
        Gauge(f"shaodao_{name}", _MEANINGS[name], registry=registry).set(value)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


_MEANINGS: Final = {
    "rung_late_seconds": "How late the oldest due but unfired ladder rung is.",
    "notice_late_seconds": "How long the oldest undelivered notice has waited.",
    "rungs_set_aside": "Ladder rungs that failed for good and wait for a person.",
    "notices_set_aside": "Notices that no channel took.",
    "promises_undated": "Running promises that wait for a calendar.",
    "sweep_age_seconds": "Since the last sweep came to its end; -1: none ever did.",
    "calendar_days": "Days until the first calendar ends.",
}


def _look(now: datetime) -> tuple[Pulse, Playbook]:
    with store().read() as session:
        return pulse(session, now, clock.wall()), store().playbook(session)


def _figures(found: Pulse, playbook: Playbook, now: datetime) -> dict[str, float]:
    swept = found.swept_ago
    ends = min(calendar.plan.last for calendar in playbook.calendars.values())
    return {
        "rung_late_seconds": found.rung_late.total_seconds(),
        "notice_late_seconds": found.notice_late.total_seconds(),
        "rungs_set_aside": found.rungs_set_aside,
        "notices_set_aside": found.notices_set_aside,
        "promises_undated": found.promises_undated,
        "sweep_age_seconds": -1 if swept is None else swept.total_seconds(),
        "calendar_days": (ends - now.date()).days,
    }


def _warnings(found: Pulse) -> list[dict[str, str]]:
    holds = {
        "notices_wait": found.notice_late > LATEST_NOTICE,
        "rungs_set_aside": found.rungs_set_aside > 0,
        "notices_set_aside": found.notices_set_aside > 0,
        "promises_undated": found.promises_undated > 0,
    }
    return [{"code": code} for code, is_so in holds.items() if is_so]


def _ending(playbook: Playbook, now: datetime) -> list[dict[str, str]]:
    return [
        {"code": "calendar_ends", "calendar": name, "last": calendar.plan.last.isoformat()}
        for name, calendar in playbook.calendars.items()
        if calendar.plan.last < (now + HORIZON).date()
    ]
