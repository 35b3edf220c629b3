"""Tells that X-Forwarded-* headers arrive while no proxy is trusted: every address is the proxy's.

In the server's log and for `readyz`, once an hour.
"""

import logging
import threading
from datetime import datetime
from typing import Final

from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from dispatch import clock
from dispatch.blueprints.request_access import store
from dispatch.errors import Refused
from dispatch.settings import Settings
from dispatch.store.forwarded import EVERY, note_forwarded

_HEADERS: Final = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded")
# Answered whatever becomes of the database, so that nothing is written for it.
_ANSWERED_ALONE: Final = frozenset({"health"})
_NOTES: Final = "shaodao.forwarded"

_log = logging.getLogger(__name__)


class _Notes:
    """When it was told last, by this process."""

    def __init__(self) -> None:
        self._told: datetime | None = None
        self._lock = threading.Lock()

    def is_due(self, at: datetime) -> bool:
        """Whether it is to be told now; then not for an hour."""
        with self._lock:
            if self._told is not None and at - self._told < EVERY:
                return False
            self._told = at
            return True


def install(app: Flask, settings: Settings) -> None:
    """Where proxies are trusted there is nothing to tell."""
    if not settings.trusted_proxies:
        app.extensions[_NOTES] = _Notes()
        app.before_request(_tell)


def is_through_stranger() -> bool:
    """Whether this request came through a proxy that is not trusted, so that its address may be
    everybody's; whoever comes without a proxy can claim it of themselves.
    """
    return not store().settings.trusted_proxies and any(
        name in request.headers for name in _HEADERS
    )


def _tell() -> None:
    notes: _Notes = current_app.extensions[_NOTES]
    at = clock.wall()
    if request.blueprint in _ANSWERED_ALONE or not is_through_stranger() or not notes.is_due(at):
        return
    _log.warning(
        "X-Forwarded-* headers arrive, and DISPATCH_TRUSTED_PROXIES is 0: every request has the "
        "address of the proxy. Set it to the number of proxies, or let the proxy send none"
    )
    try:
        with store().write() as tx:
            note_forwarded(tx.session, at)
    except (Refused, SQLAlchemyError):
        _log.warning("readyz is not told of it: the database does not answer")
