"""What a report brings beside the pin: where exactly, in words, and what the phone's clock said."""

import uuid
from datetime import timedelta

import pytest
from city import refused
from sqlalchemy import select

from dispatch import clock
from dispatch.domain.time.instants import as_instant
from dispatch.store.tables import LogEntry


def test_the_landmark_reaches_whoever_goes_there(city):
    hole = city.volunteer().reports(landmark="3 栋门口，保安亭旁")
    city.department().signs(hole, to=city.handler())
    for person in (city.volunteer(), city.handler(), city.street(), city.department()):
        assert person.sees(hole)["landmark"] == "3 栋门口，保安亭旁"


def test_an_alert_without_a_landmark_has_none(city):
    assert city.street().sees(city.volunteer().reports())["landmark"] is None
    assert city.street().sees(city.volunteer().reports(landmark=None))["landmark"] is None


def test_a_telephone_number_in_the_landmark_is_masked_as_everywhere(city):
    hole = city.volunteer().reports(landmark="到了打 13800138000")
    assert "13800138000" not in city.street().sees(hole)["landmark"]


@pytest.mark.both_databases
def test_the_landmark_of_a_household_goes_where_its_words_go(city):
    wages = city.volunteer().reports("N0201", answers={}, landmark="3 栋 502")
    seen = {person.sees(wages)["landmark"] for person in (city.street(), city.volunteer())}
    assert (seen, city.supervisor().sees(wages)["landmark"]) == ({"3 栋 502"}, None)


def test_the_same_report_with_another_landmark_is_another_report(city):
    alert_id = str(uuid.uuid4())
    city.volunteer().reports(alert_id=alert_id, landmark="3 栋门口")
    city.volunteer().reports(alert_id=alert_id, landmark="3 栋门口")
    with refused("alert_exists"):
        city.volunteer().reports(alert_id=alert_id, landmark="4 栋门口")


@pytest.mark.both_databases
def test_a_clock_that_is_wrong_is_kept_to_its_day_and_refuses_nobody(city, store):
    """To the second it would tell whose phone it is: it is wrong by the same each time."""
    said = clock.now() + timedelta(days=400)
    hole = city.volunteer().reports(device_at=as_instant(said))
    with store.read() as session:
        row = session.scalar(
            select(LogEntry).where(LogEntry.alert_id == hole.id, LogEntry.code == "report")
        )
        assert row is not None
        assert row.device_at == said.replace(hour=0, minute=0, second=0, microsecond=0)


def test_the_phones_clock_makes_no_other_report_of_it(city):
    alert_id, now = str(uuid.uuid4()), clock.now()
    city.volunteer().reports(alert_id=alert_id, device_at=as_instant(now))
    city.volunteer().reports(alert_id=alert_id, device_at=as_instant(now - timedelta(hours=1)))
