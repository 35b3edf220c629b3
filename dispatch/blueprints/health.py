"""For monitors: whether the server is alive, whether it is ready, and its figures."""

import hmac
import threading
from collections.abc import Iterable, Mapping
from typing import Final, cast

from flask import Blueprint, Response, current_app, request
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dispatch.blueprints.headers import is_this_machine, was_passed_on
from dispatch.blueprints.request_access import language, public, store
from dispatch.errors import Refused
from dispatch.feed.sockets import Sockets, sockets_of
from dispatch.installation.readiness import (
    Machine,
    Remark,
    figures,
    in_words,
    look_at_database,
    look_at_machine,
    of_database,
    of_machine,
)
from dispatch.shapes.health import Alive, NotReady, Readiness, ReadyWarning
from dispatch.translations import translate

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def alive() -> Alive:
    return {"ok": True}


@health.get("/readyz")
@public
def ready() -> tuple[Readiness | NotReady, int]:
    """200 while the database answers, sweeps end, due rungs fire, notices go out and there is room;
    warnings beside it.
    """
    machine = _machine()
    of_it = of_machine(machine, store().settings)
    try:
        findings = look_at_database(store())
    except Refused as refused:
        reason: ReadyWarning = {"code": refused.code, "detail": _sentence(refused)}
        return {"ready": False, "warnings": [reason, *_told(of_it)]}, 503
    remarks = sorted(of_database(findings) + of_it, key=lambda each: not each.is_red)
    is_ready = not any(each.is_red for each in remarks)
    told: Readiness = {
        "ready": is_ready,
        "warnings": _told(remarks),
        **figures(findings, machine),
    }
    return told, 200 if is_ready else 503


@health.get("/metrics")
@public
def metrics() -> Response:
    """For Prometheus on this machine, or with the token: nothing about people, places or units.

    Refused as a whole where the database says nothing: an old figure would pass for a new one.
    """
    _refuse_others()
    machine = _machine()
    found = cast("Mapping[str, float]", figures(look_at_database(store()), machine))
    registry = CollectorRegistry()
    ProcessCollector(namespace="shaodao", registry=registry)
    for name, value in {**found, **_of_process()}.items():
        Gauge(f"shaodao_{name}", _MEANINGS[name], registry=registry).set(value)
    _add_disks(registry, machine)
    told = generate_latest(store().meters.registry) + generate_latest(registry)
    return Response(told, content_type=CONTENT_TYPE_LATEST)


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
    "error_share": "Share of the answers of the last five minutes that failed (5xx), 0 to 1.",
    "photos_writable": "1 while a photo could be kept, else 0.",
    "relay_lag_seconds": "Since this process last read the log to its end for the consoles.",
    "sockets": "Consoles connected to this process.",
    "sockets_most": "Consoles that this process lets in.",
    "photos_waiting": "Photos that wait to be decoded or are being decoded.",
    "writes_waiting": "Transactions that wait for their turn to write.",
    "threads": "Threads of this process.",
}


def _refuse_others() -> None:
    """Raises Refused forbidden for whoever is neither on this machine nor has the token."""
    wanted = store().settings.metrics_token
    shown = request.headers.get("Authorization", "")
    if wanted and hmac.compare_digest(shown.encode(), f"Bearer {wanted}".encode()):
        return
    if wanted or was_passed_on() or not is_this_machine(request.remote_addr):
        raise Refused("forbidden")


def _sockets() -> Sockets | None:
    return sockets_of(current_app)


def _machine() -> Machine:
    sockets = _sockets()
    return look_at_machine(store(), sockets.relay_lag_s if sockets else 0)


def _of_process() -> Mapping[str, float]:
    sockets, writes = _sockets(), store().write_queue
    return {
        "sockets": len(sockets.gate.connections()) if sockets else 0,
        "sockets_most": store().settings.consoles,
        "photos_waiting": store().decoder.waiting,
        "writes_waiting": writes.waiting if writes else 0,
        "threads": threading.active_count(),
    }


def _add_disks(registry: CollectorRegistry, machine: Machine) -> None:
    gauge = Gauge(
        "shaodao_disk_free_ratio",
        "Free share of the disk on which this is written, 0 to 1; the lesser of bytes and files.",
        ("where",),
        registry=registry,
    )
    for where, free in machine.free.items():
        gauge.labels(where).set(free)


def _told(remarks: Iterable[Remark]) -> list[ReadyWarning]:
    return [
        cast("ReadyWarning", {"code": each.code, "detail": _words(each), **each.params})
        for each in remarks
    ]


def _words(remark: Remark) -> str:
    return in_words(remark, language())


def _sentence(refused: Refused) -> str:
    return translate(language(), f"problems.{refused.code}", **refused.params)
