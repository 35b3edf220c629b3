"""For monitors: whether the server is alive, whether it is ready, and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.request_access import public, store
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.shapes.health import Alive, HealthFigures, NotReady, Readiness, ReadyWarning
from dispatch.store.backlog import Backlog, read_backlog
from dispatch.store.backup_age import age_of_installation, notices_held, since_backup
from dispatch.store.forwarded import was_forwarded
from dispatch.sweep.warn_of_horizon import HORIZON

health = Blueprint("health", __name__)

# A gateway may be away for a while: that is to be known, but no reason to turn people away.
LATEST_NOTICE: Final = timedelta(minutes=15)
# Whoever delivers takes each notice within seconds, whether or not a gateway then takes it.
LATEST_TAKEN: Final = timedelta(seconds=90)


@health.get("/healthz")
@public
def alive() -> Alive:
    return {"ok": True}


@health.get("/readyz")
@public
def ready() -> tuple[Readiness | NotReady, int]:
    """200 while the database answers, sweeps end and due rungs fire; warnings beside it."""
    try:
        findings = _find()
    except Refused as refused:
        return {"ready": False, "warnings": [{"code": refused.code}]}, 503
    faults: list[ReadyWarning] = [{"code": code} for code in findings.backlog.faults]
    warnings = [*faults, *_warnings(findings), *_ending(findings)]
    return {"ready": not faults, "warnings": warnings, **_figures(findings)}, 503 if faults else 200


@health.get("/metrics")
@public
def metrics() -> Response:
    """For Prometheus: lags and the process; nothing about people, places or units.

    Refused as a whole where the database says nothing: an old figure would pass for a new one.
    """
    findings = _find()
    registry = CollectorRegistry()
    ProcessCollector(namespace="shaodao", registry=registry)
    for name, value in cast("Mapping[str, float]", _figures(findings)).items():
        Gauge(f"shaodao_{name}", _MEANINGS[name], registry=registry).set(value)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


_MEANINGS: Final = {
    "rung_late_seconds": "How late the oldest due but unfired ladder rung is.",
    "notice_late_seconds": "How long the oldest undelivered notice has waited.",
    "notice_untaken_seconds": "How long the oldest notice has lain that nobody tried to send.",
    "rungs_failing": "Due ladder rungs that failed and will be tried again.",
    "rungs_set_aside": "Ladder rungs that failed for good and wait for a person.",
    "notices_set_aside": "Notices that no channel took.",
    "promises_undated": "Running promises that wait for a calendar.",
    "notices_held": "Notices that wait for a person's approval since a restore.",
    "backup_age_seconds": "Since the last backup was taken; -1: there was none yet.",
    "sweep_age_seconds": "Since the last sweep came to its end; -1: none ever did.",
    "calendar_days": "Days until the first calendar ends.",
}


@dataclass(frozen=True)
class _Copies:
    """`backed_up_ago`: None where it never was; `is_late`: so long that it is to be told; `held`:
    notices that a restore left to a person.
    """

    backed_up_ago: timedelta | None
    is_late: bool
    held: int


@dataclass(frozen=True)
class _Findings:
    """What was found, and when in the city's time."""

    backlog: Backlog
    copies: _Copies
    playbook: Playbook
    now: datetime
    is_forwarded: bool


def _find() -> _Findings:
    """Within seconds, or Refused: whoever asks must not wait for what they ask about."""
    with store().monitor() as session:
        now, wall = clock.now(), clock.wall()
        backlog = read_backlog(session, now, wall)
        is_forwarded = not store().settings.trusted_proxies and was_forwarded(session, wall)
        playbook = store().playbook(session)
        return _Findings(backlog, _copies(session, now), playbook, now, is_forwarded)


def _copies(session: Session, now: datetime) -> _Copies:
    hours = store().settings.backup_hours
    ago = since_backup(session, clock.wall())
    waited = age_of_installation(session, now) if ago is None else ago
    is_late = hours > 0 and waited > timedelta(hours=hours)
    return _Copies(ago, is_late, notices_held(session))


def _figures(findings: _Findings) -> HealthFigures:
    found, swept = findings.backlog, findings.backlog.swept_ago
    copied = findings.copies.backed_up_ago
    ends = min(calendar.plan.last for calendar in findings.playbook.calendars.values())
    return {
        "rung_late_seconds": found.rung_late.total_seconds(),
        "notice_late_seconds": found.notice_late.total_seconds(),
        "notice_untaken_seconds": found.notice_untaken.total_seconds(),
        "rungs_failing": found.rungs_failing,
        "rungs_set_aside": found.rungs_set_aside,
        "notices_set_aside": found.notices_set_aside,
        "promises_undated": found.promises_undated,
        "notices_held": findings.copies.held,
        "backup_age_seconds": -1 if copied is None else copied.total_seconds(),
        "sweep_age_seconds": -1 if swept is None else swept.total_seconds(),
        "calendar_days": (ends - findings.now.date()).days,
    }


def _warnings(findings: _Findings) -> list[ReadyWarning]:
    found = findings.backlog
    holds = {
        "notices_wait": found.notice_late > LATEST_NOTICE,
        "nobody_delivers": found.notice_untaken > LATEST_TAKEN,
        "rungs_failing": found.rungs_failing > 0,
        "rungs_set_aside": found.rungs_set_aside > 0,
        "notices_set_aside": found.notices_set_aside > 0,
        "promises_undated": found.promises_undated > 0,
        "notices_held": findings.copies.held > 0,
        "backup_late": findings.copies.is_late,
        "proxy_untrusted": findings.is_forwarded,
    }
    return [{"code": code} for code, is_so in holds.items() if is_so]


def _ending(findings: _Findings) -> list[ReadyWarning]:
    return [
        {"code": "calendar_ends", "calendar": name, "last": calendar.plan.last.isoformat()}
        for name, calendar in findings.playbook.calendars.items()
        if calendar.plan.last < (findings.now + HORIZON).date()
    ]
