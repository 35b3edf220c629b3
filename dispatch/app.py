"""create_app(): joins store, routes, sockets and timers into one application."""

from typing import Final, Protocol

from flask import Flask

from dispatch import clock
from dispatch.blueprints import (
    compression,
    forwarded,
    headers,
    problems,
    refused_access,
    request_access,
    request_meters,
    server_log,
)
from dispatch.blueprints.account import account
from dispatch.blueprints.account_page import account_page
from dispatch.blueprints.alerts import alerts
from dispatch.blueprints.audit import audit, audit_file
from dispatch.blueprints.board import ConsoleAuthenticator, board
from dispatch.blueprints.city_clock import city_clock
from dispatch.blueprints.console import console
from dispatch.blueprints.entrance import entrance
from dispatch.blueprints.health import health
from dispatch.blueprints.interface import interface
from dispatch.blueprints.notices import notices
from dispatch.blueprints.overdue import overdue
from dispatch.blueprints.pages import pages
from dispatch.blueprints.photos import photos
from dispatch.blueprints.pwa import pwa
from dispatch.blueprints.reports import reports
from dispatch.blueprints.session import session
from dispatch.blueprints.tasks import tasks
from dispatch.blueprints.words import words
from dispatch.feed.sockets import Sockets
from dispatch.settings import Settings
from dispatch.store.transaction import Store
from dispatch.timers.jobs import Jobs

BLUEPRINTS: Final = (
    session,
    account,
    alerts,
    board,
    photos,
    tasks,
    notices,
    reports,
    pages,
    entrance,
    account_page,
    console,
    overdue,
    audit,
    audit_file,
    pwa,
    words,
    interface,
    health,
)
_BACKGROUND: Final = "shaodao.background"


class Background(Protocol):
    """What runs besides the requests: the relay, the scheduler, the process that decodes photos."""

    def start(self) -> None:
        """Start; called once, after the fork."""

    def stop(self) -> None:
        """Stop; called before the process ends."""


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The whole product as one WSGI app; `store` where one is open already.

    Nothing runs in the background until `start`.
    """
    city = store or Store(settings)
    if settings.is_test:
        clock.use_offset(city.city_offset)
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    request_meters.install(app, city.meters)
    server_log.install(app, settings)
    compression.install(app)
    headers.install(app, settings)
    forwarded.install(app, settings)
    request_access.install(app, city)
    problems.install(app)
    refused_access.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.is_test:
        app.register_blueprint(city_clock)
    background: tuple[Background, ...] = (
        city.decoder,
        Sockets(app, city, ConsoleAuthenticator(app)),
        Jobs(city),
    )
    headers.trust_proxies(app, settings)
    app.extensions[_BACKGROUND] = background
    return app


def start(app: Flask) -> None:
    """Starts what runs in the background: once a process, after the fork."""
    for each in app.extensions[_BACKGROUND]:
        each.start()


def stop(app: Flask) -> None:
    """Stops it, in reverse order."""
    for each in reversed(app.extensions[_BACKGROUND]):
        each.stop()
