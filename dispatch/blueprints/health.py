"""Is the server alive, does the city keep its promises, and what do the meters say?"""

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dispatch import clock
from dispatch.blueprints.door import public, store
from dispatch.rules.playbook import Playbook
from dispatch.store.pulse import Pulse, pulse

health = Blueprint("health", __name__)

# A rung fires within a tick; one that waits longer means that nobody sweeps.
LATEST_RUNG: Final = timedelta(minutes=1)
# A gateway may be away for a while: that is to be known, but no reason to turn people away.
LATEST_NOTICE: Final = timedelta(minutes=15)
HORIZON: Final = timedelta(days=60)  # the State Council publishes next year's days in November


@health.get("/healthz")
@public
def alive() -> dict[str, bool]:
    return {"ok": True}


@health.get("/readyz")
@public
def ready() -> tuple[dict[str, Any], int]:
    """200 while the database answers and due rungs fire; warnings beside it."""
    now = clock.now()
    found, playbook = _look(now)
    is_ready = found.rung_late <= LATEST_RUNG
    told = {"ready": is_ready, "warnings": _warnings(found, playbook, now), **_figures(found)}
    return told, 200 if is_ready else 503


@health.get("/metrics")
@public
def metrics() -> Response:
    """For Prometheus: lags and the process; nothing about people, places or units."""
    registry = CollectorRegistry()
    ProcessCollector(namespace="shaodao", registry=registry)
    for name, value in _figures(_look(clock.now())[0]).items():
        Gauge(f"shaodao_{name}", _MEANINGS[name], registry=registry).set(value)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


_MEANINGS: Final = {
    "rung_late_seconds": "How late the oldest due but unfired ladder rung is.",
    "notice_late_seconds": "How long the oldest undelivered notice has waited.",
}


def _look(now: datetime) -> tuple[Pulse, Playbook]:
    with store().read() as session:
        return pulse(session, now), store().playbook(session)


def _figures(found: Pulse) -> dict[str, float]:
    return {
        "rung_late_seconds": found.rung_late.total_seconds(),
        "notice_late_seconds": found.notice_late.total_seconds(),
    }


def _warnings(found: Pulse, playbook: Playbook, now: datetime) -> list[dict[str, str]]:
    late = [{"code": "notices_wait"}] if found.notice_late > LATEST_NOTICE else []
    ending = [
        {"code": "calendar_ends", "calendar": name, "last": calendar.plan.last.isoformat()}
        for name, calendar in playbook.calendars.items()
        if calendar.plan.last < (now + HORIZON).date()
    ]
    return [*late, *ending]
