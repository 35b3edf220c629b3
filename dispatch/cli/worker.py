"""The HTTP server: one gunicorn worker with a thread for each console and 64 for requests."""

import gc
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from dispatch.app import create_app, start, stop
from dispatch.settings import Settings

REQUESTS: Final = 64
_GRACE_S: Final = 5


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Ends the background first: an open socket would hold the worker until its grace is over. The
    worker waits for it, so that the log's last head is sent.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.alive:
            threading.Thread(target=stop, args=(self.wsgi,)).start()
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C: the same, without haste."""
        self.handle_exit(sig, frame)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """`announce` is told the address once it answers."""

    def __init__(self, settings: Settings, announce: Callable[[str], None]) -> None:
        self._settings = settings
        self._announce = announce
        super().__init__()

    def load_config(self) -> None:
        for name, value in _options(self._settings).items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", self._when_ready)

    def load(self) -> Flask:
        """Called in the worker, after the fork: threads and connections do not survive one."""
        app = create_app(self._settings)
        start(app)
        _keep_out_of_collections()
        return app

    def _when_ready(self, arbiter: Arbiter) -> None:
        host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
        self._announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")


def _keep_out_of_collections() -> None:
    """What stands now stays: the collector need not look through all modules again and again."""
    gc.collect()
    gc.freeze()


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": Worker,
        "workers": 1,
        "threads": settings.consoles + REQUESTS,
        "worker_connections": settings.consoles + 2 * REQUESTS,
        "graceful_timeout": _GRACE_S,
        "preload_app": False,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # which proxies are believed is DISPATCH_TRUSTED_PROXIES' word
        "loglevel": "warning",
    }
