"""A fuzzer that nobody here wrote finds no failure, and no answer that the document leaves out."""

import hashlib

import pytest
from fuzzed import Fuzzer
from profiles import times

pytestmark = [pytest.mark.both_databases, pytest.mark.hypothesis, pytest.mark.long]

WHO = ("volunteer", "grid_worker", "street", "department", "handler", "district", "supervisor")


@pytest.fixture
def alerts(city, photo):
    """At every station of the way, the first with a photo."""
    sha256 = hashlib.sha256(photo).hexdigest()
    new, signed, on_site, submitted, verifying, resolved = (
        city.volunteer().reports(photos=[sha256]) for _ in range(6)
    )
    city.volunteer().sends_photo(new, photo)
    for alert in (signed, on_site, submitted, verifying, resolved):
        city.department().signs(alert, to=city.handler())
    for alert in (on_site, submitted, verifying, resolved):
        city.handler().arrives(alert)
    for alert in (submitted, verifying, resolved):
        city.handler().submits_with(alert, photo)
    for alert in (verifying, resolved):
        city.department().confirms(alert)
    city.grid_worker().verifies(resolved)
    return [new, signed, on_site, submitted, verifying, resolved]


def test_every_address_answers_a_fuzzer_as_the_document_says(city, alerts, photo):
    people = {name: city.person(name) for name in WHO} | {"stranger": city.stranger()}
    fuzzer = Fuzzer(city, people, alerts, hashlib.sha256(photo).hexdigest())
    for operation in fuzzer.operations():
        fuzzer.sends(operation, times(3, 300))
