"""The verbs of stories: people of a city who act over HTTP, with a clock that the story moves."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from answers import check_answer
from flask import Flask
from flask.testing import FlaskClient

from dispatch.domain.roles import Grant, check_grant
from dispatch.store.enrolment import NewPerson, add_grant, enrol, issue_secret
from dispatch.store.people import TOKEN
from dispatch.store.transaction import Store

CIVIC_CENTRE = (114.0579, 22.5431)  # 福田市民中心, in the schematic 福田街道
ELSEWHERE = (114.02, 22.545)  # in another street
# Who plays when a story names nobody else: a road alert walks through all of them.
CAST = {
    "volunteer": Grant("volunteer", "street-futian"),
    "neighbour": Grant("volunteer", "street-futian"),
    "grid_worker": Grant("grid_worker", "street-futian"),
    "street": Grant("street_dispatcher", "street-futian"),
    "department": Grant("department_dispatcher", "JTJ"),
    "handler": Grant("handler", "JTJ"),
    "district": Grant("district_dispatcher", "futian"),
    "supervisor": Grant("supervisor", "futian"),
    "admin": Grant("admin", "futian"),
    "auditor": Grant("auditor", "futian"),
}


class RefusedByCity(AssertionError):  # noqa: N818 - the city refuses
    """A request was refused that the story did not expect to be; see `refused`."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.problem = problem
        self.code = problem.get("code")


@dataclass
class Refusal:
    """What `refused` caught."""

    problem: Mapping[str, Any] = field(default_factory=dict)

    @property
    def faults(self) -> set[tuple[str, str]]:
        return {(fault["field"], fault["code"]) for fault in self.problem.get("faults", ())}


@contextmanager
def refused(code: str) -> Iterator[Refusal]:
    """The block is refused for this reason and no other, in words."""
    refusal = Refusal()
    with pytest.raises(RefusedByCity) as caught:
        yield refusal
    assert caught.value.code == code, caught.value
    assert caught.value.problem["detail"], "a refusal without a sentence"
    refusal.problem = caught.value.problem


class City:
    """A district: one app on one database, its people made when a story first names them."""

    def __init__(self, app: Flask, store: Store) -> None:
        self.app = app
        self.store = store
        self.clock = Clock(app.test_client())
        self._people: dict[str, Person] = {}
        with store.read() as session:
            self.organisation = store.playbook(session).organisation

    def person(self, name: str, grant: Grant | None = None) -> "Person":
        """One of the CAST, or somebody else by role and unit."""
        if name not in self._people:
            self._people[name] = self._newcomer(name, grant or CAST[name])
        return self._people[name]

    def volunteer(self) -> "Person":
        return self.person("volunteer")

    def grid_worker(self) -> "Person":
        return self.person("grid_worker")

    def street(self) -> "Person":
        return self.person("street")

    def department(self) -> "Person":
        return self.person("department")

    def handler(self) -> "Person":
        return self.person("handler")

    def district(self) -> "Person":
        return self.person("district")

    def supervisor(self) -> "Person":
        return self.person("supervisor")

    def auditor(self) -> "Person":
        return self.person("auditor")

    def sends_first_response(self, alert: "Alert") -> None:
        """The street of the place signs what it is called for, and somebody of it arrives."""
        patrol = self.person("patrol", Grant("handler", "street-futian"))
        self.street().takes("support_sign", alert, to=patrol.id)
        spot = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
        patrol.takes("support_arrive", alert, position=spot)

    def people(self) -> list["Person"]:
        """Everybody whom the story has named so far."""
        return list(self._people.values())

    def stranger(self) -> "Person":
        """Somebody who is not signed in."""
        return Person(self, self.app.test_client(), "", "")

    def _newcomer(self, name: str, grant: Grant) -> "Person":
        assert check_grant(grant, self.organisation) is None, f"{name} can hold no {grant}"
        with self.store.write() as deed:
            person_id = enrol(deed, self.store.seal, NewPerson(name, (grant,)))
            token = issue_secret(deed, person_id, TOKEN)
        return Person(self, self.app.test_client(), person_id, token, (grant,))


@dataclass
class Clock:
    """The city's clock, moved over HTTP as anybody may in test."""

    http: FlaskClient

    def advance(self, **span: float) -> Any:
        """`advance(minutes=30)`: walk on, stopping at everything that is due on the way."""
        return self._moved({"advance_s": timedelta(**span).total_seconds()})

    def walk_to(self, instant: str) -> Any:
        """Walk on to a moment that the city itself named."""
        return self._moved({"to": instant})

    def jump(self, **span: float) -> Any:
        """As an outage does: nothing happens in between."""
        return self._moved({"advance_s": timedelta(**span).total_seconds(), "jump": True})

    def reads(self, instant: str) -> Any:
        """Set it, at the beginning of a story: ISO 8601 with an offset."""
        return self._moved({"to": instant, "jump": True})

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self._moved({"advance_s": 0})["now"]).astimezone(UTC)

    def _moved(self, body: Mapping[str, Any]) -> Any:
        return _answer(self.http.post("/test/clock", json=body))


@dataclass
class Person:
    """Somebody with a browser or a phone: everything they do is one HTTP request."""

    city: City
    http: FlaskClient
    id: str
    token: str
    grants: tuple[Grant, ...] = ()

    def again(self) -> "Person":
        """The same person on another device: each has its own connection."""
        return Person(self.city, self.city.app.test_client(), self.id, self.token, self.grants)

    def also(self, grant: Grant) -> "Person":
        """The same person with one more role from now on."""
        with self.city.store.write() as deed:
            add_grant(deed, self.id, grant)
        return replace(self.again(), grants=(*self.grants, grant))

    def asks(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of an answer; raises RefusedByCity."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        return _answer(self.http.open(f"/api/v1/{path}", method=method, headers=headers, **options))

    def reports(self, category: str | None = "E0113", **said: Any) -> "Alert":
        """A hole in the road in front of the civic centre, unless the story says otherwise."""
        alert_id = said.pop("alert_id", None) or str(uuid.uuid4())
        return Alert(self.city, alert_id, self.sends_report(alert_id, category, **said))

    def sends_report(self, alert_id: str, category: str | None = "E0113", **said: Any) -> Any:
        lon, lat = said.pop("at", CIVIC_CENTRE)
        body = {
            "category": category,
            "text": "路面塌了一个坑，有半米宽",
            "position": {"lon": lon, "lat": lat, "accuracy_m": 15, "crs": "wgs84"},
            "answers": {"urgency": "disrupts"},
        }
        return self.asks("PUT", f"alerts/{alert_id}", json=body | said)

    def sends_photo(self, alert: "Alert", photo: bytes) -> Any:
        sha256 = hashlib.sha256(photo).hexdigest()
        kind = {"Content-Type": "application/octet-stream"}
        return self.asks("PUT", f"alerts/{alert.id}/photos/{sha256}", data=photo, headers=kind)

    def takes(self, step: str, alert: "Alert", **fields: Any) -> Any:
        """`takes("sign", alert)`, with the version that the story last saw."""
        body = {"step": step, "client_id": str(uuid.uuid4()), "version": alert.version}
        answer = self.asks("POST", f"alerts/{alert.id}/steps", json=body | fields)
        alert.seen = {**alert.seen, **answer}
        return answer

    def sees(self, alert: "Alert") -> Any:
        return self.asks("GET", f"alerts/{alert.id}")

    def may(self, alert: "Alert") -> set[str]:
        """The steps that this person is offered now."""
        return {step["step"] for step in self.sees(alert)["steps"]}

    def accepts(self, alert: "Alert", lead: str = "JTJ", **said: Any) -> Any:
        """What the reporter could not place is a hole in the road, unless the story says what."""
        if self.sees(alert)["category"] == "unsure":
            said = {"category": "E0113"} | said
        return self.takes("accept", alert, lead=lead, **said)

    def signs(self, alert: "Alert", to: "Person | None" = None) -> Any:
        return self.takes("sign", alert, **({"to": to.id} if to else {}))

    def arrives(self, alert: "Alert", at: tuple[float, float] = CIVIC_CENTRE) -> Any:
        spot = {"lon": at[0], "lat": at[1], "accuracy_m": 15, "crs": "wgs84"}
        return self.takes("arrive", alert, position=spot)

    def submits(self, alert: "Alert", done: str = "已回填并恢复路面", **fields: Any) -> Any:
        return self.takes("submit", alert, done=done, **fields)

    def submits_with(self, alert: "Alert", photo: bytes, **fields: Any) -> Any:
        """Submits with a photo of the result: declared by the step, then sent."""
        answer = self.submits(alert, photos=[hashlib.sha256(photo).hexdigest()], **fields)
        self.sends_photo(alert, photo)
        return answer

    def confirms(self, alert: "Alert") -> Any:
        return self.takes("confirm", alert)

    def verifies(self, alert: "Alert") -> Any:
        return self.takes("verify_ok", alert)

    def rates(self, alert: "Alert", *, solved: bool = True) -> Any:
        return self.takes("rate", alert, solved=solved)


@dataclass
class Alert:
    """An alert of a story: what the last answer said, and what a supervisor sees of it now."""

    city: City
    id: str
    seen: dict[str, Any]

    @property
    def version(self) -> int:
        return self.seen["version"]

    @property
    def status(self) -> str:
        return self.now["status"]

    @property
    def now(self) -> Any:
        return self.city.supervisor().sees(self)

    def timeline(self) -> list[str]:
        """The codes of what happened, in order."""
        return [entry["code"] for entry in self.now["timeline"]]

    def promise(self, clock: str) -> Any:
        """The newest promise of a clock of its own, or of its lead."""
        return self._promise(clock, None)

    def promise_of(self, unit: str, clock: str) -> Any:
        """The newest of a unit that helps."""
        return self._promise(clock, unit)

    def _promise(self, clock: str, support: str | None) -> Any:
        wanted = (clock, support)
        mine = [one for one in self.now["promises"] if (one["clock"], one["support"]) == wanted]
        return mine[-1]

    def helping(self) -> dict[str, str]:
        """How far each unit is that helps."""
        return {each["unit"]: each["state"] for each in self.now["helping"]}


def _answer(response: Any) -> Any:
    """The JSON of an answer, held to its declared shape; raises RefusedByCity."""
    check_answer(response)
    if response.status_code >= 400:
        raise RefusedByCity(response.status_code, response.get_json(silent=True) or {})
    return response.get_json(silent=True)
