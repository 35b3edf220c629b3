"""An app with the sign-in alone, people with accounts, and `Caller`: a browser that signs in."""

from dataclasses import dataclass

from answers import check_answer
from flask import Flask
from flask.testing import FlaskClient
from published import publish

from dispatch.blueprints import headers, problems, request_access
from dispatch.blueprints.account import account
from dispatch.blueprints.session import session
from dispatch.domain.roles import Grant, Organisation
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK
from dispatch.store.transaction import Store

CITY = Organisation(
    parents={"futian": None, "roads": "futian"},
    kinds={"futian": "district", "roads": "department"},
)
PASSWORD = "correct horse 8"
SESSION = "/api/v1/session"


@dataclass
class Caller:
    """Somebody's browser: sends the CSRF token that it was given at the sign-in."""

    http: FlaskClient
    csrf: str = ""

    def signs_in(self, login="hua", password=PASSWORD, **options):
        answer = self.http.post(SESSION, json={"login": login, "password": password}, **options)
        check_answer(answer)
        self.csrf = (answer.json or {}).get("csrf", "")
        return answer

    def sends(self, method, path, **options):
        headers = {"X-CSRF-Token": self.csrf, **options.pop("headers", {})}
        return self.http.open(path, method=method, headers=headers, **options)


def open_app(store: Store) -> Flask:
    """The sign-in and nothing else of the product; tests add routes of their own."""
    publish(store)
    app = Flask("city")
    headers.install(app, store.settings)
    request_access.install(app, store)
    problems.install(app)
    app.register_blueprint(session)
    app.register_blueprint(account)
    headers.trust_proxies(app, store.settings)
    return app


def somebody(
    store: Store,
    login="hua",
    name="李华",
    role="department_dispatcher",
    unit="roads",
    city=CITY,
):
    """A person who has chosen a password; their id."""
    person = add_person(store, NewPerson(name, (Grant(role, unit),), login=login), city)
    choose_password(store, make_token(store, person, LINK), PASSWORD)
    return person
