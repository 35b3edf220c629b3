"""What all pages share: how a row of the table is served, built files, refusals as pages."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, Final, TypedDict

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from dispatch.blueprints import assets, problems, request_access
from dispatch.blueprints.page_table import PAGES, TEMPLATES, Page, offered
from dispatch.domain.administrators import ROLE_OF, refuse_two_duties
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.rules.telling.city_words import words_for_faces
from dispatch.rules.telling.drawing import drawn_streets
from dispatch.shapes.words import OwnWords
from dispatch.store.sealing import identities
from dispatch.translations import has_words, tongue_of, translate

Values = Mapping[str, Any]
PageView = Callable[..., Values]

_A_YEAR: Final = "public, max-age=31536000, immutable"


def page_blueprint(name: str, **options: Any) -> Blueprint:
    """A blueprint of pages: its refusals are pages, and no browser keeps what it shows."""
    blueprint = Blueprint(name, __name__, **options)
    blueprint.register_error_handler(Refused, refused_page)
    blueprint.after_request(_keep_built_files)
    return blueprint


def serve_page(blueprint: Blueprint, name: str) -> Callable[[PageView], PageView]:
    """Serve a page of the table at its address; the view returns the values of its template."""
    page = PAGES[name]

    def register(view: PageView) -> PageView:
        @wraps(view)
        def answer(**arguments: str) -> str:
            if not page.is_public:
                refuse_outsiders(page)
            return render_template(page.template, page=page, **view(**arguments))

        blueprint.get(page.address)(request_access.public(answer) if page.is_public else answer)
        return view

    return register


def refuse_outsiders(page: Page) -> None:
    """Raises Refused forbidden for whoever may not open the page; of those of administrators, where
    these are kept apart, admins_apart for whoever holds two of their roles.
    """
    roles = roles_of(request_access.access())
    if not page.admits(roles):
        raise Refused("forbidden")
    is_of_admins = bool(page.roles) and {*page.roles} <= {*ROLE_OF.values()}
    if is_of_admins and request_access.store().settings.three_admins:
        refuse_two_duties(roles)


def refused_page(refused: Refused) -> AnyResponse:
    """A refusal as a page; whoever is not signed in is asked to, and comes back afterwards;
    whoever has yet to set up a second factor is led there.
    """
    if refused.status == 401:
        return redirect(url_for("entrance.login", next=request.full_path.rstrip("?")))
    if refused.code == "second_factor_needed":
        return redirect(url_for("account_page.own_account"))
    g.refused = refused.code
    told = problems.problem(refused, request_access.language())
    return make_response(render_template("error.html", problem=told), refused.status)


def roles_of(access: Access) -> list[str]:
    """The roles that somebody holds, each once."""
    return list(dict.fromkeys(grant.role for grant in access.grants))


def _keep_built_files(response: Response) -> Response:
    """Built files carry their digest in the name: what has changed has another name."""
    if request.endpoint == "pages.static" and response.status_code == 200:
        response.headers["Cache-Control"] = _A_YEAR
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


pages = page_blueprint(
    "pages",
    template_folder=str(TEMPLATES),
    static_folder=str(assets.DIST),
    static_url_path=assets.URL,
)


@pages.app_context_processor
def _words_and_files() -> dict[str, Any]:
    """What every template may use."""
    return {
        "say": partial(translate, request_access.language()),
        "has_words": has_words,
        "lang": translate(request_access.language(), "words.format.lang"),
        "city": _city(),
        "styles": assets.styles,
        "script": assets.script,
        "sprite": assets.sprite,
        "app_icon": assets.app_icon,
        "drawn_streets": _drawn_streets,
        "offered_pages": _offered_pages,
        "signed_in": _signed_in,
        "page": None,  # the row of the table; an error has none
        "pages": PAGES,
    }


def _city() -> OwnWords | None:
    """What its scripts say otherwise than they were built with; None before the first playbook."""
    book = request_access.spoken_playbook()
    return words_for_faces(book, tongue_of(request_access.language())) if book else None


def _drawn_streets() -> tuple[str, ...]:
    """None before the first playbook."""
    book = request_access.spoken_playbook()
    return drawn_streets(book) if book else ()


@pages.app_errorhandler(404)
def _nowhere(_error: HTTPException) -> AnyResponse:
    """Whoever mistyped an address meets a page, a program gets the problem."""
    refused = Refused("not_found")
    is_page = "text/html" in request.headers.get("Accept", "") and "/api/" not in request.path
    return refused_page(refused) if is_page else problems.answer(refused)


class SignedInPerson(TypedDict):
    """Who is signed in: their name, and what they are where."""

    name: str
    roles: list[str]


def _signed_in() -> SignedInPerson | None:
    """Whoever asks; None before somebody is known."""
    if "authentication" not in g:
        return None
    access, city = g.authentication.access, request_access.store()
    with city.read() as session:
        identity = identities(session, city.seal, [access.person_id]).get(access.person_id)
        units = city.playbook(session)
    language = request_access.language()
    roles = [
        f"{label[tongue_of(language)]} · {translate(language, f'words.role.{grant.role}')}"
        for grant in access.grants
        if (label := units.unit_label(grant.unit))
    ]
    return {"name": identity["name"] if identity else "", "roles": list(dict.fromkeys(roles))}


def _offered_pages() -> list[Page]:
    """The pages for the work of whoever asks; none before somebody is known."""
    return offered(roles_of(g.authentication.access)) if "authentication" in g else []
