"""Counts every answer by its route, never by the path that was asked."""

import time
from typing import Final

from flask import Flask, Response, g, request

from dispatch.blueprints.request_access import store
from dispatch.meters import Meters

# Where reports and their photos come in.
_INTAKE: Final = frozenset({"alerts.report", "photos.sent"})
_SERVERS_FAULTS: Final = (
    *("busy", "database_away", "internal", "no_room", "photos_busy", "writes_wait"),
)
_NO_ROUTE: Final = "none"
# Whoever asks how the server does makes neither errors nor their absence.
_WATCHING: Final = "health"


def install(app: Flask, meters: Meters) -> None:
    """Called first of all, so that whatever refuses a request is counted, too."""
    for code in _SERVERS_FAULTS:
        meters.intake_refusals.labels(code)  # from 0 on, so that the first one is an increase
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.begun_at = time.perf_counter()


def _count(response: Response) -> Response:
    meters, rule = store().meters, request.url_rule
    route = rule.rule if rule else _NO_ROUTE
    method = request.method if rule else _NO_ROUTE
    meters.requests.labels(route, method, str(response.status_code)).inc()
    if "begun_at" in g:
        meters.request_seconds.labels(route).observe(time.perf_counter() - g.begun_at)
    if request.blueprint != _WATCHING:
        meters.recent.note(failed=response.status_code >= 500)
    _count_refusal(meters)
    return response


def _count_refusal(meters: Meters) -> None:
    code = g.get("refused")
    if code and request.endpoint in _INTAKE:
        meters.intake_refusals.labels(code).inc()
