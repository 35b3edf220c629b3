"""The card is one shape: ids, and the name of whoever handles it; in few statements."""

import pytest
from desk import counted
from sqlalchemy import update
from stage import later

from dispatch import clock
from dispatch.domain.time.instants import as_instant
from dispatch.store.tables import Alert, Promise
from dispatch.views.card import cards


def test_a_card_shows_the_alert_in_ids(desk, store):
    alert_id = desk.report(supports=("water",))
    with store.read() as session:
        alert = session.get(Alert, alert_id)
        promise = session.query(Promise).one()
        [card] = cards(session)
    assert card == {
        "id": alert_id,
        "number": alert.number,
        "short": f"{clock.now():%m%d}-00001-{alert.number[-1]}",
        "category": "P0201",
        "status": "dispatched",
        "lead": "roads",
        "street": "futian",
        "community": "gangxia",
        "grid": "grid_1",
        "lon": 114.0579,
        "lat": 22.5431,
        "severity": 3,
        "life_safety": False,
        "whistle": None,
        "reported_at": as_instant(alert.reported_at),
        "version": 1,
        "handler": None,
        "handler_name": None,
        "supports": ["water"],
        "promises": [
            {
                "clock": "sign",
                "support": None,
                "mode": None,
                "unit": None,
                "started_at": as_instant(promise.started_at),
                "due_at": as_instant(promise.due_at),
                "state": "running",
                "limit": {"value": 30, "unit": "minutes"},
                "extended": 0,
                "flag": None,
                "course": None,
                "paused": None,
            },
        ],
        "card": None,
        "supervision": None,
        "suspended_until": None,
        "urged": False,
        "asked": [],
        "awaited": [],
        "source": "pwa",
    }
    assert card["reported_at"].endswith("Z")


def test_a_household_alert_has_no_point_on_the_map(desk, store):
    desk.report(household=True)
    with store.read() as session:
        [card] = cards(session)
    assert (card["lon"], card["lat"]) == (None, None)


def test_an_alert_without_a_place_or_a_lead_has_a_card(desk, store):
    desk.report(lead=None, street=None, community=None, grid=None, status="reported")
    with store.read() as session:
        [card] = cards(session)
    assert (card["lead"], card["street"], card["supports"]) == (None, None, [])


@pytest.mark.parametrize("state", ["met", "missed", "ended"])
def test_a_promise_that_ended_counts_down_no_more(desk, store, state):
    desk.report()
    with store.write() as deed:
        deed.session.execute(update(Promise).values(state=state))
    with store.read() as session:
        [card] = cards(session)
    assert card["promises"] == []


def test_a_promise_beyond_the_calendar_says_so(desk, store):
    desk.report()
    with store.write() as deed:
        deed.session.execute(update(Promise).values(due_at=None, flag="calendar_ends"))
    with store.read() as session:
        [promise] = cards(session)[0]["promises"]
    assert (promise["due_at"], promise["flag"]) == (None, "calendar_ends")


def test_a_hundred_cards_cost_as_many_statements_as_one(desk, store):
    desk.report()
    with counted() as for_one, store.read() as session:
        cards(session, limit=100)
    for number in range(99):
        desk.report(supports=("water", "lianhua")[: number % 3])
    with counted() as for_a_hundred, store.read() as session:
        assert len(cards(session, limit=100)) == 100
    assert len(for_a_hundred) == len(for_one) <= 10


def test_a_page_holds_the_newest(desk, store):
    made = []
    for minutes in range(3):
        with later(minutes=minutes):
            made.append(desk.report())
    with store.read() as session:
        page = cards(session, limit=2)
    assert [card["id"] for card in page] == [made[2], made[1]]
    assert [len(card["promises"]) for card in page] == [1, 1]
