"""Writes into the audit trail who asked for what is not theirs: once a person, route and hour."""

import logging
import threading
from collections import Counter
from typing import Any, Final

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from dispatch import clock
from dispatch.blueprints.request_access import store
from dispatch.errors import Refused
from dispatch.installation.note_refusal import note_refusal

_log = logging.getLogger(__name__)

_COUNTED: Final = "shaodao.refused_access"
# What a console asks again by itself, also when its person has lost the role meanwhile.
_BY_ITSELF: Final = frozenset({"board.whole_board", "board.changes"})
# Not 403, and yet a refusal of what somebody's roles do not allow.
_REFUSED_AS: Final = frozenset({"admins_apart"})
_STEP: Final = "alerts.step_taken"
# What one may not see is answered as what is not there. A face meets that now and then, when an
# alert has gone elsewhere; so often in an hour only whoever tries one after the other.
_UNSEEN: Final = frozenset({"alerts.shown", "photos.whole", "photos.thumb", "photos.sent"})
_TRIED: Final = 20
# Only the reporter hears it: beside a person and an hour, few alerts would be left to guess from.
_TELLS_WHO_REPORTED: Final = frozenset({"own_report"})


class _Counted:
    """How often somebody was refused in this hour, by person and route; in this process."""

    def __init__(self) -> None:
        self._hour = 0
        self._times: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def count(self, person_id: str, route: str) -> int:
        """One more; how many times it is now."""
        hour = int(clock.wall().timestamp()) // 3600
        with self._lock:
            if hour != self._hour:
                self._hour, self._times = hour, Counter()
            self._times[person_id, route] += 1
            return self._times[person_id, route]


def install(app: Flask) -> None:
    app.extensions[_COUNTED] = _Counted()
    app.after_request(_note)


def _note(response: Response) -> Response:
    """Of people who are signed in; who comes in, or fails to, is told where that is decided."""
    code, status = str(g.get("refused", "")), response.status_code
    if "authentication" in g and code and (times := _times_wanted(code, status)):
        _note_once(code, times)
    return response


def _times_wanted(code: str, status: int) -> int:
    """At which time in an hour a refusal is written down; 0: it is none of access."""
    if request.endpoint in _BY_ITSELF or code in _TELLS_WHO_REPORTED:
        return 0
    if code == "not_found":
        return _TRIED if request.endpoint in _UNSEEN else int(request.endpoint == _STEP)
    return int(status == 403 or code in _REFUSED_AS)


def _note_once(code: str, times: int) -> None:
    who = g.authentication.access
    route = f"{request.method} {request.url_rule.rule if request.url_rule else request.path}"
    counted: _Counted = current_app.extensions[_COUNTED]
    # counted apart, so that what was not found hides no refusal of the same route
    if counted.count(who.person_id, f"{route} {code == 'not_found'}") != times:
        return
    codes: dict[str, Any] = {"refused": code, "route": route}
    if step := g.get("asked_step"):
        codes["step"] = step
    if times > 1:
        codes["times"] = times
    try:
        note_refusal(store(), who, request.remote_addr or "", codes)
    except (Refused, SQLAlchemyError) as error:  # the answer stands, whatever becomes of the note
        _log.warning("a refusal was not written into the audit trail", exc_info=error)
