"""What every response says to the browser, and which plain connections are refused."""

import ipaddress
import re
from typing import Final

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from dispatch.errors import Refused
from dispatch.settings import Settings

_POLICY: Final = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
    "worker-src 'self' blob:; connect-src 'self'{sockets}; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_PLAIN_HOST: Final = re.compile(r"[\w.\-]+(:\d+)?|\[[\da-fA-F:]+\](:\d+)?")
# What proxies add: a request that came through one is not of this machine, whoever passed it on.
_PASSED_ON: Final = (
    *("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"),
    *("X-Real-Ip", "Via"),
)
_BELIEVED: Final = "werkzeug.proxy_fix.orig"  # there where a trusted proxy's word was taken
_A_YEAR: Final = "max-age=31536000; includeSubDomains"


def install(app: Flask, settings: Settings) -> None:
    if settings.require_https:
        app.before_request(refuse_plain)
    app.after_request(add)


def trust_proxies(app: Flask, settings: Settings) -> None:
    """Believe as many X-Forwarded-* as there are proxies; called last, so that whatever else stands
    before the app, such as the sockets' gate, sees the request as it was sent.
    """
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]


def refuse_plain() -> None:
    """Raise Refused https_required for a plain connection from anywhere but this machine. What a
    proxy on this machine passes on, that is not trusted, comes from anywhere.
    """
    is_passed_on = was_passed_on() and _BELIEVED not in request.environ
    if not request.is_secure and (is_passed_on or not is_this_machine(request.remote_addr)):
        raise Refused("https_required")


def was_passed_on() -> bool:
    """Whether a proxy says that it passes the request on for somebody."""
    return any(name in request.headers for name in _PASSED_ON)


def is_this_machine(address: str | None) -> bool:
    """Whether an address is one of loopback."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def add(response: Response) -> Response:
    """The headers of every answer, also of refused socket requests, which Flask never sees."""
    for name, value in _FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(sockets=_sockets()))
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", _A_YEAR)
    return response


def _sockets() -> str:
    """Older Safari does not count websockets as 'self'; an odd Host header is left out."""
    host = request.host
    scheme = "wss" if request.is_secure else "ws"
    return f" {scheme}://{host}" if _PLAIN_HOST.fullmatch(host) else ""
