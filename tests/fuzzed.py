"""Somebody else's fuzzer (schemathesis) on the document of the interface, among people of a city.

It makes requests up from the document, right ones and wrong ones, and holds every answer to it:
status, media type, headers, body, and that what the document forbids is refused.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, product
from typing import Any

import schemathesis
from city import RefusedByCity
from hostile import REPORT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from dispatch.errors import PROBLEMS

ADDRESS = "/api/v1/openapi.json"
# Whoever asks without a token is asked about by a role of its own; and whether an id exists, only
# the city knows, so that it may refuse what the document allows.
LEFT_OUT = [ignored_auth, positive_data_acceptance]
# What whoever shows no token is answered; 302: by a page, which asks for a sign-in.
UNKNOWN = {302, 400, 401}
# What would change the answers of everything after it.
LAST = ("move_clock", "sign_out")
# What exists: of a right request most would else end at the first id that nobody knows.
KNOWN = {
    "category": "E0113",
    "department": "JTJ",
    "street": "street-futian",
    "grid": "futian-01",
    "lead": "JTJ",
    "unit": "SWJ",
    "proposed": "SWJ",
    "about_unit": "JTJ",
    "position": {"lon": 114.0579, "lat": 22.5431},
    "language": "en",
}


class Fuzzer:
    """The document of one city, its people, and the alerts at which right requests aim, in turn;
    the first of them has a photo. A right step is sent by somebody to whom it is offered.
    """

    def __init__(self, city: Any, people: dict[str, Any], alerts: list[Any], sha256: str) -> None:
        config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
        self.schema = schemathesis.openapi.from_wsgi(ADDRESS, city.app, config=config)
        self.city = city
        self.people = people
        self.known = alerts
        self.alerts = cycle(alerts)
        self.offered: dict[str, tuple[Any, Any]] = {}
        self.photo = {"id": alerts[0].id, "sha256": sha256}
        epoch, _, place = city.supervisor().asks("GET", "board")["cursor"].rpartition(".")
        self.cursor = f"{epoch}.{max(1, int(place) - 3)}"

    def operations(self) -> Iterator[Any]:
        """In the order of the document, but those last that change who is who, and the time."""
        found = [each.ok() for each in self.schema.get_all_operations()]
        name = {id(each): each.definition.raw["operationId"] for each in found}
        yield from (each for each in found if name[id(each)] not in LAST)
        yield from (each for last in LAST for each in found if name[id(each)] == last)

    def sends(self, operation: Any, times: int) -> None:
        """So many requests of one address by somebody; raises what an answer is accused of."""
        right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @settings(max_examples=times, suppress_health_check=list(HealthCheck))
        @given(case=right | wrong, who=st.sampled_from(sorted(self.people)))
        def run(case: Any, who: str) -> None:
            self._sent(case, self.people[who])

        run()

    def _sent(self, case: Any, person: Any) -> None:
        if case.meta.generation.mode == GenerationMode.POSITIVE:
            person = self._aim(case, person)
        headers = {"Accept-Encoding": "identity"}
        if person.token:
            headers["Authorization"] = f"Bearer {person.token}"
        answer = case.call(headers=headers)
        case.validate_response(answer, excluded_checks=LEFT_OUT)
        if not person.token and case.operation.definition.raw["security"]:
            assert answer.status_code in UNKNOWN, f"{case.as_curl_command()}: who asks?"
        refuses_by_name(case, answer)
        if case.operation.path.endswith("/steps") and answer.status_code == 201:
            self.offered = {}  # other steps are offered now

    def _aim(self, case: Any, person: Any) -> Any:
        """At what exists, where the fuzzer filled it in; whoever shall send it."""
        name = case.operation.definition.raw["operationId"]
        alert = next(self.alerts)
        if name == "take_step":
            person, alert = self._offers().get(case.body["step"], (person, alert))
            case.body.setdefault("version", 1)
        if name == "report_alert":
            case.body |= REPORT
        else:
            names = self.photo if "sha256" in case.path_parameters else {"id": alert.id}
            case.path_parameters |= _known(case.path_parameters, names)
        case.query |= _known(case.query, {**KNOWN, "after": self.cursor})
        if isinstance(case.body, dict):
            version = {"version": alert.now["version"], "to": self.city.handler().id}
            case.body |= _known(case.body, KNOWN | version)
        return person

    def _offers(self) -> dict[str, tuple[Any, Any]]:
        """By step, somebody to whom it is offered now, and on which alert."""
        if not self.offered:
            told = [each for each in self.people.values() if each.token]
            for person, alert in product(told, self.known):
                with suppress(RefusedByCity):  # not theirs to see
                    steps = person.may(alert)
                    self.offered |= dict.fromkeys(steps - self.offered.keys(), (person, alert))
        return self.offered


def _known(asked: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: known[name] for name in asked.keys() & known.keys()}


def refuses_by_name(case: Any, answer: Any) -> None:
    """The code of a refusal is one that the document names for this address and status; for a
    page it names none.
    """
    if "problem+json" not in (answer.headers.get("content-type") or [""])[0]:
        return
    told = case.operation.definition.raw["responses"][str(answer.status_code)]
    named = told["content"]["application/problem+json"].get("examples", PROBLEMS)
    assert answer.json()["code"] in named, f"{case.as_curl_command()}: {answer.json()}"
