"""The server's log: one JSON line an event, without names, places or what was sent."""

import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from flask import Flask, Response, g, has_request_context, request

from dispatch.settings import Settings

REQUEST_HEADER: Final = "X-Request-Id"
# What stands behind a question mark may be a place, an account or a number.
_QUERY: Final = re.compile(r"\?[^\s\"')]+")
# A one-time link opens an account: what stands behind it is a secret.
_LINK: Final = re.compile(r"(/welcome/)[^\s\"')?]+")
# gunicorn names the sender of what it could not read, and repeats it.
_UNREAD: Final = re.compile(r"(Invalid request) from ip=\S*(: [^':]*).*", re.DOTALL)
_SERVER: Final = "gunicorn.error"
_access = logging.getLogger("dispatch.access")


class JsonLines(logging.Formatter):
    """Time, level, logger, message, request; of an error its kinds and where they arose.

    What an error says of itself is left out: a database repeats the values that it refuses.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, Any] = {
            "at": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if request_id := request_id_here():
            told["request"] = request_id
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            told["errors"] = [_error(each) for each in _chain(record.exc_info[1])]
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    said = record.getMessage()
    if record.name == _SERVER and (found := _UNREAD.fullmatch(said)):
        return f"{found[1]}{found[2]}".strip()
    return _LINK.sub(r"\1…", _QUERY.sub("?…", said))


def request_id_here() -> str:
    """The number of the request that is being answered; empty outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def _chain(error: BaseException) -> list[BaseException]:
    """The error and those that led to it, the last one first."""
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.append(each)
        each = each.__cause__ or each.__context__
    return found


def _error(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"kind": type(error).__qualname__, "where": where}


def write_json_lines() -> None:
    """Everything that this process logs from now on goes to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    _access.setLevel(logging.INFO)


def install(app: Flask, settings: Settings) -> None:
    """Numbers each request; with `access_log` each is a line of the log."""
    app.before_request(_number)
    app.after_request(_note_access if settings.access_log else _say_number)


def _number() -> None:
    g.request_id, g.began = secrets.token_hex(8), time.monotonic()


def _say_number(response: Response) -> Response:
    if request_id := request_id_here():
        response.headers.setdefault(REQUEST_HEADER, request_id)
    return response


def _note_access(response: Response) -> Response:
    """The route in place of the address: no id, number or filter of anything."""
    took = time.monotonic() - g.get("began", time.monotonic())
    told = {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round(took * 1000),
    }
    _access.info("request", extra={"told": told})
    return _say_number(response)
