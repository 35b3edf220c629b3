"""The HTTP server: one gunicorn worker with a thread for each console and 64 for requests."""

import ctypes
import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from dispatch.app import create_app, start, stop
from dispatch.blueprints.bodies import DRAIN
from dispatch.blueprints.server_log import JsonLines, write_json_lines
from dispatch.connections.bounds import PLACES, ConnectionBounds, open_files_for, places_granted
from dispatch.connections.patient_worker import PatientWorker
from dispatch.settings import Settings
from dispatch.store.private_files import MASK

REQUESTS: Final = 64
_GRACE_S: Final = 5
_MAPPED_FROM: Final = -3  # M_MMAP_THRESHOLD of mallopt(3)
_LARGE: Final = 128 * 1024  # bytes
_FRAMING: Final = 1024 * 1024  # of a body in chunks, and what makes it longer than the longest
_KNOCKING: Final = 64  # beyond the places: somebody new comes in before another has to go


class Worker(PatientWorker):
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


class JsonLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's own events as lines like all others."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """`announce` is told the address once it answers."""

    def __init__(self, settings: Settings, announce: Callable[[str], None]) -> None:
        self._settings = settings
        self.bounds = _bounds(settings)
        self._announce = announce
        super().__init__()

    @property
    def lacks_files(self) -> int:
        """How many open files it should have where it may not have them; else 0."""
        enough = self.bounds.places == PLACES
        return 0 if enough else open_files_for(self._settings.consoles + REQUESTS)

    def load_config(self) -> None:
        for name, value in _options(self._settings, self.bounds).items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", self._when_ready)

    def load(self) -> Flask:
        """Called in the worker, after the fork: threads and connections do not survive one."""
        write_json_lines()
        _give_memory_back()
        app = create_app(self._settings)
        start(app)
        _keep_out_of_collections()
        return app

    def _when_ready(self, arbiter: Arbiter) -> None:
        host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
        self._announce(f"http://{f'[{host}]' if ':' in host else host}:{port}")


def _give_memory_back() -> None:
    """What is large, such as the bytes of a photo, is mapped by itself and unmapped when it is
    freed. By default the C library raises this bound with each photo and keeps 100 MB of them.
    """
    with suppress(AttributeError, OSError):  # not the GNU C library
        ctypes.CDLL(None).mallopt(_MAPPED_FROM, _LARGE)


def _keep_out_of_collections() -> None:
    """What stands now stays: the collector need not look through all modules again and again."""
    gc.collect()
    gc.freeze()


def _bounds(settings: Settings) -> ConnectionBounds:
    """A body may be as long as anybody reads of it; the data folder has room for what waits."""
    largest = max(settings.photo_max_kib * 1024, settings.body_max_kib * 1024, DRAIN)
    return ConnectionBounds(
        max_body=largest + _FRAMING,
        places=places_granted(settings.consoles + REQUESTS),
        folder=str(settings.data_dir),
    )


def _options(settings: Settings, bounds: ConnectionBounds) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "worker_class": Worker,
        "workers": 1,
        "threads": settings.consoles + REQUESTS,
        "worker_connections": settings.consoles + REQUESTS + bounds.places + _KNOCKING,
        "graceful_timeout": _GRACE_S,
        "preload_app": False,
        "umask": MASK,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # which proxies are believed is DISPATCH_TRUSTED_PROXIES' word
        "loglevel": "warning",
        "logger_class": JsonLogger,
    }
