"""The pages by which people come in: home, sign-in, welcome and the console."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dispatch.actions.welcome import invited
from dispatch.blueprints import assets, door
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.translations import LANGUAGES, translate

pages = Blueprint(
    "pages",
    __name__,
    template_folder=str(assets.TEMPLATES),
    static_folder=str(assets.DIST),
    static_url_path=assets.URL,
)

_A_YEAR_S: Final = 365 * 24 * 3600
_DISPATCHERS: Final = frozenset(
    {"street_dispatcher", "department_dispatcher", "district_dispatcher", "supervisor"},
)
# Where a role's work is; the first that a person holds decides.
_WORKPLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "supervisor": "/reports/overdue",
        "district_dispatcher": "/console",
        "department_dispatcher": "/console",
        "street_dispatcher": "/console",
        "handler": "/m/",
        "grid_worker": "/m/",
        "volunteer": "/m/",
    },
)


@pages.app_context_processor
def _words_and_files() -> dict[str, Any]:
    """What every template may use."""
    return {
        "say": partial(translate, door.language()),
        "lang": "en" if door.language() == "en" else "zh-CN",
        "styles": assets.styles,
        "script": assets.script,
        "sprite": assets.sprite,
        "app_icon": assets.app_icon,
    }


_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@pages.errorhandler(Refused)
def refused_page(refused: Refused) -> AnyResponse:
    """A refusal as a page; whoever is not signed in is asked to, and comes back afterwards."""
    if refused.status == 401:
        return redirect(url_for("pages.login", next=request.full_path.rstrip("?")))
    sentence = translate(door.language(), f"problems.{refused.code}", **refused.params)
    return make_response(render_template("error.html", sentence=sentence), refused.status)


@pages.after_request
def _keep_built_files(response: Response) -> Response:
    """Built files carry their digest in the name: what has changed has another name."""
    if request.endpoint == "pages.static" and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={_A_YEAR_S}, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


@pages.get("/")
def home() -> str:
    """Where this person can go."""
    roles = _roles(door.access())
    places = [path for role, path in _WORKPLACES.items() if role in roles]
    return render_template("home.html", places=list(dict.fromkeys(places)), roles=roles)


@pages.get("/console")
def console() -> str:
    if not _DISPATCHERS & set(_roles(door.access())):
        raise Refused("forbidden")
    return render_template("console.html")


@pages.get("/login")
@door.public
def login() -> str:
    return render_template("login.html", elder="elder" in request.args, plain=_is_plain())


def _is_plain() -> bool:
    """Over http to another machine everybody on the way reads along: that is said."""
    host = urlsplit(request.host_url).hostname
    return not request.is_secure and host not in _THIS_MACHINE


@pages.get("/language/<language>")
@door.public
def speak(language: str) -> AnyResponse:
    """Choose a language on this device and go back."""
    response = redirect(_inside(request.args.get("next", "/")))
    if language in LANGUAGES:
        response.set_cookie(door.LANGUAGE_COOKIE, language, max_age=_A_YEAR_S, samesite="Lax")
    return response


@pages.get("/welcome/<secret>")
@door.public
def choose_password(secret: str) -> str:
    _, account = invited(door.store(), secret)
    return render_template("welcome.html", account=account, secret=secret)


def _roles(access: Access) -> list[str]:
    return list(dict.fromkeys(grant.role for grant in access.grants))


def _inside(path: str) -> str:
    """A way back into the product and nowhere else."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
