"""The pages by which people come in: home, sign-in, welcome and the console."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from dispatch.blueprints import assets, door, problems
from dispatch.blueprints.notices import told_here
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.installation.people.welcome import invited
from dispatch.translations import LANGUAGES, has, translate

pages = Blueprint(
    "pages",
    __name__,
    template_folder=str(assets.TEMPLATES),
    static_folder=str(assets.DIST),
    static_url_path=assets.URL,
)

_A_YEAR_S: Final = 365 * 24 * 3600
_CONSOLE: Final = "/console"
_OVERDUE: Final = "/reports/overdue"
_PHONE: Final = "/m/"
# Where a role's work is, the usual first: no page offers a way that ends at a closed door.
_WAYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "supervisor": (_OVERDUE, _CONSOLE),
        "district_dispatcher": (_CONSOLE, _OVERDUE),
        "department_dispatcher": (_CONSOLE, _OVERDUE),
        "street_dispatcher": (_CONSOLE, _OVERDUE),
        "handler": (_PHONE,),
        "grid_worker": (_PHONE,),
        "volunteer": (_PHONE,),
    },
)


@pages.app_context_processor
def _words_and_files() -> dict[str, Any]:
    """What every template may use."""
    return {
        "say": partial(translate, door.language()),
        "has_words": has,
        "lang": "en" if door.language() == "en" else "zh-CN",
        "styles": assets.styles,
        "script": assets.script,
        "sprite": assets.sprite,
        "app_icon": assets.app_icon,
        "ways": _ways,
    }


_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@pages.errorhandler(Refused)
def refused_page(refused: Refused) -> AnyResponse:
    """A refusal as a page; whoever is not signed in is asked to, and comes back afterwards."""
    if refused.status == 401:
        return redirect(url_for("pages.login", next=request.full_path.rstrip("?")))
    told = problems.problem(refused, door.language())
    return make_response(render_template("error.html", problem=told), refused.status)


@pages.app_errorhandler(404)
def _nowhere(_error: HTTPException) -> AnyResponse:
    """Whoever mistyped an address meets a page, a program gets the problem."""
    refused = Refused("not_found")
    is_page = "text/html" in request.headers.get("Accept", "") and "/api/" not in request.path
    return refused_page(refused) if is_page else problems.answer(refused)


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
    """Where this person can go, and what the city tells them of itself."""
    return render_template("home.html", roles=_roles(door.access()), notices=told_here())


@pages.get("/console")
def console() -> str:
    if _CONSOLE not in _ways():
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


def _ways() -> list[str]:
    """The faces that are open to who asks; none before somebody is known."""
    held = _roles(g.admission.access) if "admission" in g else []
    return list(dict.fromkeys(way for role in _WAYS if role in held for way in _WAYS[role]))


def _roles(access: Access) -> list[str]:
    return list(dict.fromkeys(grant.role for grant in access.grants))


def _inside(path: str) -> str:
    """A way back into the product and nowhere else."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
