"""Every refusal and every failure as application/problem+json, in the asked language."""

import logging
import secrets
from typing import Final

import orjson
from flask import Flask, Response, g
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from dispatch.blueprints.request_access import language
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.errors import Fault, Refused
from dispatch.shapes.problem import ProblemBody
from dispatch.store.disk_room import is_full
from dispatch.translations import has_words, translate

_log = logging.getLogger(__name__)

MIMETYPE: Final = "application/problem+json"
# What Flask and Werkzeug refuse by themselves, in our words.
_CODES: Final = {404: "not_found", 405: "method_not_allowed"}
# Which parameter of a refusal says how long to wait, and in what.
_WAITS: Final = {"seconds": 1, "minutes": 60}
_SHORT_WAIT_S: Final = 2
# A body of a mebibyte can hold a hundred thousand faults; nobody corrects more than these at once.
_MOST_FAULTS: Final = 100
# Parameters of a fault that may name a kind of thing.
_KINDS: Final = frozenset({"wanted", "known"})


def install(app: Flask) -> None:
    app.register_error_handler(Refused, answer)
    app.register_error_handler(CalendarEnds, _answer_calendar)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OperationalError, _answer_busy)
    app.register_error_handler(PoolTimeoutError, _answer_busy)
    app.register_error_handler(Exception, _answer_unexpected)


def problem(refused: Refused, language: str) -> ProblemBody:
    """The refusal as RFC 9457 wants it; `code` and `faults` are ours."""
    return {
        "type": f"urn:shaodao:problem:{refused.code}",
        "title": translate(language, f"problems.status.{refused.status}"),
        "status": refused.status,
        "code": refused.code,
        "detail": translate(language, f"problems.{refused.code}", **refused.params),
        "faults": [
            {
                "field": fault.field,
                "code": fault.code,
                "detail": _in_words(fault, language),
            }
            for fault in refused.faults[:_MOST_FAULTS]
        ],
    }


def _in_words(fault: Fault, language: str) -> str:
    """What should have been sent, as people call it."""
    params = dict(fault.params)
    for name in _KINDS & params.keys():
        if has_words(key := f"words.wanted.{params[name]}"):
            params[name] = translate(language, key)
    return translate(language, f"problems.fault.{fault.code}", **params)


def answer(refused: Refused) -> Response:
    """The response to a refusal, with the headers that its status asks for."""
    g.refused = refused.code
    told = orjson.dumps(problem(refused, language()))
    response = Response(told, refused.status, mimetype=MIMETYPE)
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    wait = _wait(refused)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _wait(refused: Refused) -> int | None:
    for name, seconds in _WAITS.items():
        if isinstance(refused.params.get(name), int):
            return int(str(refused.params[name])) * seconds
    return _SHORT_WAIT_S if refused.status in {429, 503} else None


def _answer_http(error: HTTPException) -> Response | HTTPException:
    """Redirections go through; the rest gets our words and keeps its headers, such as Allow."""
    if error.code is None or error.code < 400:
        return error
    response = answer(Refused(_CODES.get(error.code, "bad_request")))
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _answer_calendar(ends: CalendarEnds) -> Response:
    """A question that no loaded year answers; nobody guesses."""
    return answer(Refused("calendar_ends", calendar=ends.calendar, last=ends.last))


def _answer_busy(error: Exception) -> Response:
    if is_full(error):
        return _answer_full(error)
    _log.warning("the database did not answer in time", exc_info=error)
    return answer(Refused("busy"))


def _answer_full(error: Exception) -> Response:
    _log.error("a disk is full", exc_info=error)
    return answer(Refused("no_room"))


def _answer_unexpected(error: Exception) -> Response:
    """What went wrong is for the log; people get a reference to it."""
    if is_full(error):
        return _answer_full(error)
    reference = secrets.token_hex(4)
    _log.error("unexpected failure %s", reference, exc_info=error)
    return answer(Refused("internal", reference=reference))
