"""Bounds how often one signed-in person asks in a minute: everything together, and steps."""

import logging
import time
from typing import Final

from flask import Flask, current_app, request

from dispatch.blueprints.rate_limit import RateLimit
from dispatch.errors import Refused
from dispatch.settings import Settings

_log = logging.getLogger(__name__)

_PACES: Final = "shaodao.paces"
_STEPS: Final = frozenset({"alerts.step_taken"})
# A socket, which is no endpoint and bounded by the number of consoles, and the way out.
_FREE: Final = frozenset({None, "session.end"})


class _Paces:
    """Of this process. `told`: so that a line of the log is written once a minute a person."""

    def __init__(self, settings: Settings) -> None:
        self.requests = RateLimit(settings.requests_per_minute)
        self.steps = RateLimit(settings.steps_per_minute)
        self.told = RateLimit(per_minute=1)


def install(app: Flask, settings: Settings) -> None:
    app.extensions[_PACES] = _Paces(settings)


def keep_pace(person_id: str) -> None:
    """Raises Refused slow_down for one request too many; per person, for an office shares one
    address.
    """
    if request.endpoint in _FREE:
        return
    paces: _Paces = current_app.extensions[_PACES]
    now = time.monotonic()
    steps = paces.steps.ask(person_id, now) if request.endpoint in _STEPS else 0
    if seconds := steps or paces.requests.ask(person_id, now):
        if not paces.told.ask(person_id, now):
            _log.warning("somebody who is signed in was asked to slow down")
        raise Refused("slow_down", seconds=seconds)
