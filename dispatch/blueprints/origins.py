"""Where a request comes from: its address, its known device, and its browser in plain words."""

from typing import Final

from flask import request

from dispatch.blueprints.cookies import DEVICE_COOKIE, cookie
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin

# The first that stands in the header counts: most browsers name others, too.
_BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("UCBrowser", "UC"),
    ("MQQBrowser", "QQ"),
    ("360", "360"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def origin_here() -> SignInOrigin:
    """Of the request that is answered now."""
    device = device_of(cookie(DEVICE_COOKIE))
    return SignInOrigin(request.remote_addr or "", device, browser_in(request.user_agent.string))


def browser_in(header: str) -> str:
    """Browser and system as a person knows them; empty for those that we do not know."""
    named = (_first(header, names) for names in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, named))


def _first(header: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for written, name in names if written in header), "")
