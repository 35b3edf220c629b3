"""Whoever reported never verifies, in whatever role they come back."""

import pytest
from city import refused

from dispatch.domain.roles import Grant

ROLES = {
    "grid worker": Grant("grid_worker", "street-futian"),
    "dispatcher of the street": Grant("street_dispatcher", "street-futian"),
}


def waits_to_be_verified(city, reporter, photo):
    hole = reporter.reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    return hole


@pytest.mark.parametrize("name", ROLES)
def test_whoever_reported_does_not_verify_a_colleague_does(city, photo, name):
    hole = waits_to_be_verified(city, city.person(name, ROLES[name]), photo)
    reporter, colleague = city.person(name), city.person("colleague", ROLES[name])
    assert {"verify_ok", "verify_fail"}.isdisjoint(reporter.may(hole))
    with refused("own_report") as refusal:
        reporter.verifies(hole)
    assert refusal.problem["detail"].startswith("这件事是您自己上报的")
    with refused("own_report"):
        reporter.takes("verify_fail", hole, reason="没修好", photos=["0" * 64])
    colleague.verifies(hole)
    reporter.rates(hole)
    assert hole.status == "closed"


def test_a_volunteer_who_has_become_a_dispatcher_as_well_does_not_verify(city, photo):
    hole = waits_to_be_verified(city, city.volunteer(), photo)
    promoted = city.volunteer().also(Grant("street_dispatcher", "street-futian"))
    assert "verify_ok" not in promoted.may(hole)
    with refused("own_report"):
        promoted.verifies(hole)
    city.street().verifies(hole)
