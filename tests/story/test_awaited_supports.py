"""A lead that has confirmed is done; what is missing then is missing of the units that help."""

import pytest


@pytest.fixture
def collapse(city):
    """A collapsed road: JTJ leads, the traffic police have to come, the street is the first."""
    return city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})


def test_what_the_lead_has_confirmed_goes_on_when_the_last_support_is_released(
    city, collapse, photo
):
    city.department().signs(collapse, to=city.handler())
    city.handler().arrives(collapse)
    city.handler().submits_with(collapse, photo)
    city.department().confirms(collapse)
    assert collapse.promise("dispose")["state"] == "met"
    assert {"confirm", "send_back"}.isdisjoint(city.department().may(collapse))
    city.clock.advance(hours=3)
    assert collapse.now["told"]["state"] == "running", "the city is late by the support"
    city.street().takes("release_support", collapse, unit="JJDD", reason="已通车")
    assert (collapse.now["status"], collapse.promise_of("JJDD", "dispose")["state"]) == (
        "verifying",
        "missed",
    )
    assert collapse.promise("dispose")["state"] == "met"


def test_what_is_sent_in_again_is_confirmed_again(city, collapse, photo):
    city.department().signs(collapse, to=city.handler())
    city.handler().arrives(collapse)
    city.handler().submits_with(collapse, photo)
    city.department().takes("send_back", collapse, reason="没有围挡")
    city.handler().submits(collapse, photos=["0" * 64])
    city.department().confirms(collapse)
    assert collapse.now["awaited"] == ["JJDD"]
