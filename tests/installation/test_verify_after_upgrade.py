"""What an earlier version of the software planned otherwise is told as such, and is no fault."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select
from stage import City

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Promise, Rung

SATURDAY = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)  # ten o'clock in the city
OPENING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Watched(City):
    """A city into whose rungs somebody writes, who has the key as well."""

    def checked(self, what):
        checks = [each for each in verify_store(self.store) if each.name not in {"proofs", "rows"}]
        return [each.code for check in checks for each in getattr(check, what)]

    def tampers(self, statement):
        with self.store.write() as tx:
            tx.session.execute(statement)


@pytest.fixture
def city(store):
    with clock.at(SATURDAY):
        yield Watched(store)


def signed_on_saturday(city):
    """The reporter is to be contacted by Sunday ten o'clock, before any office opens."""
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    with city.store.read() as session:
        found = select(Promise.id, Promise.due_at).where(Promise.clock == "contact")
        return session.execute(found).one()


def put_reminder(city, promise, at):
    row = {
        "id": "9" * 32,
        "promise_id": promise,
        "alert_id": city.alert_id,
        "level": 1,
        "turn": 0,
        "action": "notice",
        "to": ["lead"],
        "due_at": at,
        "state": "pending",
    }
    city.tampers(insert(Rung).values(**row))


def test_what_a_version_before_the_upgrade_planned_is_a_remark_and_no_fault(city):
    """Reminders waited for the opening, also where the due time came sooner."""
    promise, due_at = signed_on_saturday(city)
    assert due_at < OPENING
    assert city.checked("differences") == []
    put_reminder(city, promise, OPENING)
    assert city.checked("differences") == []
    assert city.checked("remarks") == ["rung_of_earlier_plan"]


def test_what_was_moved_to_any_other_time_is_a_fault(city):
    promise, due_at = signed_on_saturday(city)
    for at in (OPENING + timedelta(minutes=1), due_at - timedelta(hours=1)):
        put_reminder(city, promise, at)
        assert city.checked("differences") == ["rung_surplus"]
        city.tampers(delete(Rung).where(Rung.id == "9" * 32))
