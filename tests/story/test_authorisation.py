"""Every route of the product, asked by every role, at its own unit and at another one."""

import uuid
from dataclasses import dataclass, field
from hashlib import sha256

import pytest

from dispatch.domain.roles import ROLES, Grant

# Who asks. The alert is a hole in the road: reported by `reporter`, at 福田街道, led by JTJ.
CALLERS = {
    "reporter": Grant("volunteer", "street-futian"),
    "volunteer": Grant("volunteer", "street-futian"),
    "grid_worker": Grant("grid_worker", "street-futian"),
    "grid_worker elsewhere": Grant("grid_worker", "street-shatou"),
    "street": Grant("street_dispatcher", "street-futian"),
    "street elsewhere": Grant("street_dispatcher", "street-shatou"),
    "department": Grant("department_dispatcher", "JTJ"),
    "department elsewhere": Grant("department_dispatcher", "CGJ"),
    "handler": Grant("handler", "JTJ"),
    "handler elsewhere": Grant("handler", "CGJ"),
    "district": Grant("district_dispatcher", "futian"),
    "supervisor": Grant("supervisor", "futian"),
    "admin": Grant("admin", "futian"),
    "security_admin": Grant("security_admin", "futian"),
    "auditor": Grant("auditor", "futian"),
}
ALL = set(CALLERS)
SEE = {
    "reporter",
    "grid_worker",
    "street",
    "department",
    "handler",
    "district",
    "supervisor",
}
REPORT = ALL - {"admin", "security_admin", "auditor"}
READ_REPORTS = {
    "street",
    "street elsewhere",
    "department",
    "department elsewhere",
    "district",
    "supervisor",
}
HAVE_A_BOARD = ALL - {"reporter", "volunteer", "admin", "security_admin", "auditor"}


@dataclass(frozen=True)
class Route:
    """Who gets which answer; all others get `rest`. `send` makes the request of a caller."""

    allowed: dict[int, set[str]]
    rest: int = 404
    send: dict = field(default_factory=dict)
    nobody: int = 401


def public(status: int) -> Route:
    """Open to whoever comes; they all get the same answer to the empty request of this test."""
    return Route({status: ALL}, nobody=status)


NOTE = {"step": "note", "note": "去看过了"}
HOLE = {
    "category": "E0113",
    "text": "路面塌了一个坑，有半米宽",
    "position": {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"},
    "answers": {"urgency": "disrupts"},
}

# A new route gets a row here, on purpose: who may ask it, and what all the others hear.
ROUTES = {
    "GET /healthz": public(200),
    "GET /readyz": public(200),
    "GET /metrics": public(200),  # counters only, nothing about anybody
    "POST /test/clock": public(422),  # there only with DISPATCH_ENV=test
    "POST /api/v1/session": public(422),
    "POST /api/v1/welcome/<secret>": public(422),
    "GET /api/v1/session": Route({200: ALL}),
    "PUT /api/v1/session/language": Route({204: ALL}, send={"json": {"language": "en"}}),
    "POST /api/v1/session/here": Route({204: ALL}),
    "PUT /api/v1/session/password": Route(
        {422: ALL}, send={"json": {"old": "not the password", "new": "another horse 9"}}
    ),
    "PUT /api/v1/session/second-factor": Route(
        {403: {"reporter", "volunteer"}},
        410,
        {"json": {"offer": "0.old", "code": "000000", "password": "no matter which"}},
    ),
    "GET /api/v1/session/sign-ins": Route({200: ALL}),
    "DELETE /api/v1/session/sign-ins/<sign_in_id>": Route({404: ALL}),
    "PUT /api/v1/alerts/<alert_id>": Route({201: REPORT}, 403, {"json": HOLE, "new": True}),
    "GET /api/v1/alerts": Route({200: ALL}),
    "GET /api/v1/alerts/<id_or_number>": Route({200: SEE}),
    "POST /api/v1/alerts/<alert_id>/steps": Route(
        {201: SEE - {"reporter", "supervisor"}, 403: {"reporter", "supervisor"}},
        send={"json": NOTE},
    ),
    "PUT /api/v1/alerts/<alert_id>/photos/<sha256>": Route({200: SEE}, send={"photo": True}),
    "GET /api/v1/alerts/<alert_id>/photos/<sha256>": Route({200: SEE}),
    "GET /api/v1/alerts/<alert_id>/photos/<sha256>/thumb": Route({200: SEE}),
    "GET /api/v1/board": Route({200: HAVE_A_BOARD}, 403),
    "GET /api/v1/board/changes": Route({422: HAVE_A_BOARD}, 403, {"query_string": "after=x"}),
    "GET /api/v1/places": Route({200: ALL}),
    "GET /api/v1/forms": Route({200: ALL}),
    "GET /api/v1/tasks": Route({200: ALL}),
    "GET /api/v1/notices": Route({200: ALL}),
    "GET /api/v1/reports/<name>": Route({200: READ_REPORTS}, 403),
    "GET /api/v1/reports/<name>.<any(csv, xlsx):kind>": Route({200: READ_REPORTS}, 403),
    # pages: whoever is not signed in is asked to
    "GET /": Route({200: ALL}, nobody=302),
    "GET /account": Route({200: ALL}, nobody=302),
    "GET /console": Route({200: READ_REPORTS}, 403, nobody=302),
    "GET /reports/overdue": Route({200: READ_REPORTS}, 403, nobody=302),
    "GET /audit": Route({200: {"auditor"}}, 403, nobody=302),
    "GET /api/v1/audit.csv": Route({200: {"auditor"}}, 403),
    "GET /m/": public(200),  # the app without anything in it
    "GET /login": public(200),
    "GET /language/<language>": public(302),
    "GET /api/v1/words/<tongue>": public(200),
    "GET /api/v1/openapi.json": public(200),
    "GET /welcome/<secret>": public(410),
    # the last: they end the session or token by which they were asked
    "DELETE /api/v1/session/sign-ins": Route({204: ALL}),
    "DELETE /api/v1/session": Route({204: ALL}),
}


class Scene:
    """The hole in the road with its photo, everybody who asks, and how they ask."""

    def __init__(self, city, photo):
        self.city, self.photo = city, photo
        self.sha256 = sha256(photo).hexdigest()
        self.people = {name: city.person(name, grant) for name, grant in CALLERS.items()}
        self.people["nobody"] = city.stranger()
        self.alert = self.people["reporter"].reports(photos=[self.sha256])
        self.people["reporter"].sends_photo(self.alert, photo)

    def asks(self, caller, route):
        method, rule = route.split(" ", 1)
        send = dict(ROUTES[route].send)
        alert_id = str(uuid.uuid4()) if send.pop("new", False) else self.alert.id
        if send.pop("photo", False):
            send["data"] = self.photo
        if method == "POST" and "json" not in send:
            send["json"] = {}
        if "step" in send.get("json", {}):
            send["json"] = {**send["json"], "client_id": str(uuid.uuid4())}
        path = (
            rule.replace("<alert_id>", alert_id)
            .replace("<id_or_number>", alert_id)
            .replace("<sha256>", self.sha256)
            .replace("<secret>", "guess")
            .replace("<sign_in_id>", "0" * 16)
            .replace("<name>", "overdue")
            .replace("<any(csv, xlsx):kind>", "csv")
            .replace("<language>", "en")
        )
        person = self.people[caller]
        headers = {"Authorization": f"Bearer {person.token}"} if person.token else {}
        return person.http.open(path, method=method, headers=headers, **send)


@pytest.fixture
def scene(city, photo):
    return Scene(city, photo)


def expected(route: Route, caller: str) -> int:
    if caller == "nobody":
        return route.nobody
    return next((status for status, who in route.allowed.items() if caller in who), route.rest)


def test_every_route_has_its_row(city):
    rules = city.app.url_map.iter_rules()
    asked = {
        f"{method} {rule.rule}" for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    asked -= {route for route in asked if route.endswith("/<path:filename>")}  # built files
    new = asked - set(ROUTES)
    assert not new, f"say in ROUTES of tests/story/test_authorisation.py who may ask these: {new}"
    assert set(ROUTES) - asked == set(), "these routes are gone"


def test_every_role_is_among_those_who_ask():
    assert {grant.role for grant in CALLERS.values()} == set(ROLES)


@pytest.mark.both_databases
def test_each_role_gets_what_is_theirs_and_nothing_else(scene):
    wrong = []
    for name, route in ROUTES.items():
        for caller in scene.people:
            answer = scene.asks(caller, name)
            if answer.status_code != expected(route, caller):
                wrong.append(f"{name}: {caller} got {answer.status_code} {answer.text[:80]}")
    assert not wrong, "\n".join(wrong)


def test_whoever_may_not_see_an_alert_hears_the_same_as_of_one_that_is_not_there(scene):
    outsider = scene.people["department elsewhere"]
    headers = {"Authorization": f"Bearer {outsider.token}"}
    real = outsider.http.get(f"/api/v1/alerts/{scene.alert.id}", headers=headers)
    made_up = outsider.http.get(f"/api/v1/alerts/{uuid.uuid4()}", headers=headers)
    assert real.status_code == made_up.status_code == 404
    assert real.json == made_up.json


def test_a_list_holds_what_one_may_open_and_no_more(scene):
    for caller in ALL:
        listed = scene.asks(caller, "GET /api/v1/alerts").text
        opened = scene.asks(caller, "GET /api/v1/alerts/<id_or_number>").status_code == 200
        assert (scene.alert.id in listed) == opened, caller


def test_the_buttons_one_is_shown_are_the_steps_one_may_take(scene):
    may = {
        "reporter": {"withdraw"},
        "grid_worker": {"note"},
        "street": {"correct", "decline", "escalate", "merge", "note", "reassign", "urge", "void"},
        "department": {"note", "return", "sign", "snooze"},
        "handler": {"note", "snooze"},
        "district": {"correct", "escalate", "note", "reassign"},
        "supervisor": {"escalate", "urge"},
    }
    for caller, steps in may.items():
        assert scene.people[caller].may(scene.alert) == steps, caller


def test_nobody_who_opens_an_alert_reads_who_reported_it(scene):
    reporter = scene.people["reporter"]
    for caller in SEE:
        read = scene.asks(caller, "GET /api/v1/alerts/<id_or_number>").text
        assert reporter.id not in read
