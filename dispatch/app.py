"""create_app(): the only module that knows everybody."""

from typing import Final

from flask import Flask

from dispatch import clock
from dispatch.blueprints import door, headers, problems
from dispatch.blueprints.alerts import alerts
from dispatch.blueprints.board import board
from dispatch.blueprints.photos import photos
from dispatch.blueprints.session import session
from dispatch.blueprints.tasks import tasks
from dispatch.settings import Settings
from dispatch.store.transaction import Store

BLUEPRINTS: Final = (session, alerts, board, photos, tasks)


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """The whole product as one WSGI app; `store` where somebody has opened it already.

    Threads that wait for something (relay, timers) are not started here: a server does that
    after it has forked.
    """
    city = store or Store(settings)
    if settings.is_test:
        clock.use_offset(city.city_offset)
    app = Flask(__name__, static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    headers.install(app, settings)
    door.install(app, city)
    problems.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
