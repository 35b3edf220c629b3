"""Somebody else's fuzzer (schemathesis) on the document of the interface, among people of a city.

It makes requests up from the document, right ones and wrong ones, and holds every answer to it:
status, media type, headers, body, and that what the document forbids is refused.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import schemathesis
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
    """The document of one city, and the alerts at which right requests aim, in turn; the first of
    them has a photo.
    """

    def __init__(self, city: Any, alerts: list[Any], sha256: str) -> None:
        config = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}})
        self.schema = schemathesis.openapi.from_wsgi(ADDRESS, city.app, config=config)
        self.city = city
        self.alerts = cycle(alerts)
        self.photo = {"id": alerts[0].id, "sha256": sha256}
        epoch, _, place = city.supervisor().asks("GET", "board")["cursor"].rpartition(".")
        self.cursor = f"{epoch}.{max(1, int(place) - 3)}"

    def operations(self) -> Iterator[Any]:
        """In the order of the document, but those last that change who is who, and the time."""
        found = [each.ok() for each in self.schema.get_all_operations()]
        name = {id(each): each.definition.raw["operationId"] for each in found}
        yield from (each for each in found if name[id(each)] not in LAST)
        yield from (each for last in LAST for each in found if name[id(each)] == last)

    def sends(self, operation: Any, people: dict[str, Any], times: int) -> None:
        """So many requests of one address by these people; raises what an answer is accused of."""
        right, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @settings(max_examples=times, suppress_health_check=list(HealthCheck))
        @given(case=right | wrong, who=st.sampled_from(sorted(people)))
        def run(case: Any, who: str) -> None:
            self._sent(case, people[who])

        run()

    def _sent(self, case: Any, person: Any) -> None:
        if case.meta.generation.mode == GenerationMode.POSITIVE:
            self._aim(case)
        headers = {"Accept-Encoding": "identity"}
        if person.token:
            headers["Authorization"] = f"Bearer {person.token}"
        answer = case.call(headers=headers)
        case.validate_response(answer, excluded_checks=LEFT_OUT)
        if not person.token and case.operation.definition.raw["security"]:
            assert answer.status_code in UNKNOWN, f"{case.as_curl_command()}: who asks?"
        refuses_by_name(case, answer)

    def _aim(self, case: Any) -> None:
        """At what exists, where the fuzzer filled it in."""
        name = case.operation.definition.raw["operationId"]
        alert = next(self.alerts)
        if name == "report_alert":
            case.body |= REPORT
        else:
            names = self.photo if "sha256" in case.path_parameters else {"id": alert.id}
            case.path_parameters |= _known(case.path_parameters, names)
        case.query |= _known(case.query, {**KNOWN, "after": self.cursor})
        if isinstance(case.body, dict):
            version = {"version": alert.now["version"], "to": self.city.handler().id}
            case.body |= _known(case.body, KNOWN | version)


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
