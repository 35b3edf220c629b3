"""The cookies of this product: their names, and how they are read, set and forgotten."""

from typing import Final

from flask import request
from werkzeug.wrappers import Response

from dispatch.store.devices import Device

SESSION_COOKIE: Final = "shaodao_session"
LANGUAGE_COOKIE: Final = "shaodao_language"
# Readable by the page and no secret: somebody has signed in here, so asking who is worthwhile.
HERE_COOKIE: Final = "shaodao_here"
# Which accounts have signed in on this device; stays after signing out.
DEVICE_COOKIE: Final = "shaodao_device"
A_YEAR_S: Final = 365 * 24 * 3600
# A browser takes such a name only over https and from this very host, so that no neighbour in the
# district's domain and nobody on the way plants a session.
_OF_THIS_HOST: Final = "__Host-"


def cookie(name: str) -> str:
    """What the browser shows; empty where it shows none."""
    return request.cookies.get(_written(name), "")


def set_cookie(
    response: Response, name: str, value: str, seconds: int, *, for_scripts: bool = False
) -> None:
    """`for_scripts`: pages read it, so it must be no secret."""
    secure, http_only = request.is_secure, not for_scripts
    response.set_cookie(
        _written(name), value, seconds, secure=secure, httponly=http_only, samesite="Lax"
    )


def remember_device(response: Response, device: Device) -> None:
    set_cookie(response, DEVICE_COOKIE, device.as_cookie(), A_YEAR_S)


def forget_cookie(response: Response, name: str) -> None:
    response.delete_cookie(_written(name), secure=request.is_secure, samesite="Lax")


def _written(name: str) -> str:
    return f"{_OF_THIS_HOST}{name}" if request.is_secure else name
