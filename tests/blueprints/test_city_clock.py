"""The test clock: open to anybody in test, and nowhere else."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dispatch.app import create_app
from dispatch.store.transaction import Store

pytestmark = pytest.mark.one_database("how a wish for time is read and refused")

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def http(settings, store):
    return create_app(settings, store).test_client()


def moved(http, **body: object):
    return http.post("/test/clock", json=body)


def test_it_walks_and_says_where_it_stands(http):
    before = moved(http, advance_s=0).json
    after = moved(http, advance_s=1800).json
    assert after.keys() == {"now", "fired"}
    assert (
        datetime.fromisoformat(after["now"]) - datetime.fromisoformat(before["now"]) == HALF_AN_HOUR
    )


def test_it_goes_to_an_instant_and_jumps_back(http):
    assert moved(http, to="2027-03-01T09:00:00+08:00").json["now"] == "2027-03-01T01:00:00Z"
    assert moved(http, advance_s=-86400, jump=True).json["now"] == "2027-02-28T01:00:00Z"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance_s": "1"},
        {"advance_s": True},
        {"advance_s": 1, "faster": True},
        {"to": "2027-03-01T01:00:00Z", "advance_s": "1"},
        {"advance_s": 1e300},
        {"advance_s": 1e18},
        {"advance_s": 1e11},
        {"advance_s": -1e11},
        {"to": 5},
        {"to": "2027-03-01T09:00"},
        {"to": "9999-12-31T23:59:59Z"},
        {"to": "9999-12-31T23:59:59-14:00"},
        {"to": "0001-01-01T00:00:00+14:00"},
        {"to": "0001-01-01T00:00:00Z"},
        {"to": "2101-01-01T00:00:00Z"},
        {"to": "1969-12-31T23:59:59Z"},
    ],
)
@pytest.mark.parametrize("jump", [False, True])
def test_what_is_no_time_is_refused_and_the_city_goes_on(http, body, jump):
    before = moved(http, advance_s=0).json["now"]
    answer = moved(http, **body, jump=jump)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert moved(http, advance_s=0).json["now"] == before


def test_in_production_there_is_no_such_clock(settings):
    production = replace(settings, env="production")
    with closing(Store(production)) as store:
        answer = create_app(production, store).test_client().post("/test/clock", json={})
    assert answer.status_code == 404
