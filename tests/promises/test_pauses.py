"""Clocks that stand: for reasons that overlap, until a date, and never to make late undone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from stage import MONDAY, City

from dispatch import clock
from dispatch.promises.pauses import PauseReason, pause_promise, resume_promise
from dispatch.promises.policy import policy_of
from dispatch.store.tables import Alert, LogEntry, Promise, PromiseEvent, Rung
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.views.alert_page import alert_page
from dispatch.views.reader import Reader

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00, closing time of the morning
TEA = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 15:00
DUE = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


class Standstill(City):
    """A city whose dispose clock is stopped and released."""

    def stand(self, at, reason, until=None, owner="JTJ"):
        with clock.at(at), self.store.write() as tx:
            pause_promise(
                tx.session, self._promise(tx.session), tx.now, PauseReason(reason, owner, until)
            )

    def release(self, at, reason):
        with clock.at(at), self.store.write() as tx:
            policy = policy_of(self.store, tx.session, tx.session.get_one(Alert, self.alert_id))
            return resume_promise(tx.session, policy, self._promise(tx.session), tx.now, reason)

    def dispose(self):
        with self.store.read() as session:
            promise = self._promise(session)
            return promise.state, promise.due_at

    def sweep_at(self, at):
        with clock.at(at):
            return sweep_promises(self.store)

    def told(self, code):
        with self.store.read() as session:
            rows = select(LogEntry.codes).where(LogEntry.code == code)
            return list(session.scalars(rows))

    def _promise(self, session):
        mine = Promise.alert_id == self.alert_id, Promise.clock == "dispose"
        return session.scalars(select(Promise).where(*mine)).one()


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = Standstill(store)
        city.report()
        yield city


def test_a_paused_clock_has_no_due_time_and_gets_its_remainder_back_to_the_second(city):
    city.stand(NOON, "waiting_for_parts")
    assert city.dispose() == ("paused", None)
    assert city.release(NOON + timedelta(days=1), "waiting_for_parts")
    assert city.dispose() == ("running", DUE + timedelta(days=1))


def test_two_overlapping_reasons_count_once_and_one_gone_keeps_the_clock_paused(city):
    city.stand(NOON, "waiting_for_parts")
    city.stand(TEA, "flood")
    assert not city.release(NOON + timedelta(days=1), "waiting_for_parts")
    assert city.dispose() == ("paused", None)
    assert city.release(NOON + timedelta(days=2), "flood")
    assert city.dispose() == ("running", DUE + timedelta(days=2))


def test_a_pause_goes_on_by_itself_on_its_date_and_says_so(city):
    city.stand(NOON, "flood", until=NOON + timedelta(days=1))
    assert city.sweep_at(NOON + timedelta(hours=23)) == 0
    assert city.sweep_at(NOON + timedelta(days=1)) == 1
    assert city.dispose() == ("running", DUE + timedelta(days=1))
    assert [row["reason"] for row in city.told("clock_resumed")] == ["flood"]
    assert city.sweep_at(NOON + timedelta(days=1)) == 0


def test_after_an_outage_the_clock_goes_on_from_its_date_as_if_nobody_had_slept(city):
    city.stand(NOON, "flood", until=NOON + timedelta(days=1))
    city.sweep_at(NOON + timedelta(days=3))
    assert city.dispose() == ("running", DUE + timedelta(days=1))
    [told] = city.told("clock_resumed")
    assert (told["reason"], told["late_s"]) == ("flood", 2 * 24 * 3600)


def test_two_dates_that_passed_in_one_outage_both_count(city):
    city.stand(NOON, "flood", until=TEA)
    city.stand(NOON, "waiting_for_parts", until=NOON + timedelta(days=1))
    city.sweep_at(NOON + timedelta(days=3))
    assert city.dispose() == ("running", DUE + timedelta(days=1))
    assert [row["reason"] for row in city.told("clock_resumed")] == ["flood", "waiting_for_parts"]


def test_who_releases_after_the_date_finds_it_ended_then(city):
    city.stand(NOON, "flood", until=TEA)
    assert city.release(TEA + timedelta(days=2), "flood")
    city.stand(DUE - timedelta(days=3), "flood")  # the same reason once more, without a date
    assert city.release(DUE - timedelta(days=2), "flood")
    with city.store.read() as session:
        ends = select(PromiseEvent.at).where(PromiseEvent.kind == "resume")
        assert sorted(session.scalars(ends)) == [TEA, DUE - timedelta(days=2)]


def test_a_date_that_passes_while_another_reason_stands_leaves_the_clock_paused(city):
    city.stand(NOON, "flood", until=NOON + timedelta(hours=2))
    city.stand(NOON, "waiting_for_parts")
    city.sweep_at(NOON + timedelta(hours=3))
    assert city.dispose() == ("paused", None)
    assert len(city.told("clock_resumed")) == 1
    assert city.release(NOON + timedelta(days=1), "waiting_for_parts")


def test_one_reason_gone_the_other_still_ends_on_its_own_date(city):
    city.stand(NOON, "flood", until=NOON + timedelta(hours=3))
    city.stand(NOON, "waiting_for_parts", until=NOON + timedelta(days=1))
    assert not city.release(TEA, "flood")
    assert city.sweep_at(NOON + timedelta(days=1)) == 1
    assert city.dispose() == ("running", DUE + timedelta(days=1))
    assert [row["reason"] for row in city.told("clock_resumed")] == ["waiting_for_parts"]


def test_a_reason_given_twice_for_one_date_ends_once(city):
    city.stand(NOON, "waiting_for_parts")
    for _ in range(2):
        city.stand(NOON, "flood", until=TEA)
    assert city.sweep_at(TEA) == 2
    assert [row["reason"] for row in city.told("clock_resumed")] == ["flood"]
    assert city.dispose() == ("paused", None)


def test_the_date_of_each_pause_is_a_step_of_its_own(city):
    city.stand(NOON, "flood", until=TEA)
    city.stand(NOON, "waiting_for_parts", until=TEA)
    with city.store.read() as session:
        steps = select(Rung.level, Rung.turn).where(Rung.action == "resume").order_by(Rung.turn)
        assert [tuple(step) for step in session.execute(steps)] == [(0, 0), (0, 1)]


def test_at_the_due_instant_it_is_too_late_for_a_pause(city):
    city.stand(DUE, "flood")
    assert city.dispose() == ("paused", DUE)


def test_who_releases_before_the_date_is_the_last_to_do_so(city):
    city.stand(NOON, "flood", until=TEA)
    city.release(NOON + timedelta(minutes=5), "flood")
    city.sweep_at(TEA)
    assert city.told("clock_resumed") == []


def test_a_pause_in_closed_hours_changes_nothing(city):
    city.stand(NOON, "flood")
    city.release(NOON + timedelta(hours=2), "flood")  # the lunch break
    assert city.dispose() == ("running", DUE)


def test_a_pause_after_the_deadline_does_not_unbreach(city):
    city.sweep_at(DUE)
    city.stand(DUE + timedelta(hours=1), "flood")
    city.release(DUE + timedelta(days=1), "flood")
    assert city.dispose() == ("running", DUE)


def test_while_a_clock_stands_none_of_its_rungs_fires(city):
    city.stand(NOON, "flood")
    city.sweep_at(DUE + timedelta(days=5))
    with city.store.read() as session:
        rows = select(Rung.state).join(Promise).where(Promise.clock == "dispose")
        assert set(session.scalars(rows)) == {"cancelled"}


def test_a_pause_keeps_its_owner_its_reason_and_its_date(city):
    city.stand(NOON, "flood", until=TEA, owner="JTJ")
    with city.store.read() as session:
        [event] = session.scalars(select(PromiseEvent))
    assert (event.owner, event.reason, event.until) == ("JTJ", "flood", TEA)


def test_a_rung_set_aside_is_not_planned_again(city):
    with city.store.write() as tx:
        rung = tx.session.scalars(
            select(Rung).join(Promise).where(Promise.clock == "dispose", Rung.level == 1)
        ).one()
        rung.state = "failed"
    city.stand(NOON, "flood")
    city.release(TEA, "flood")
    with city.store.read() as session:
        mine = select(Rung.state).join(Promise).where(Promise.clock == "dispose", Rung.level == 1)
        assert list(session.scalars(mine)) == ["failed"]


def test_a_rung_that_was_overtaken_is_not_planned_again(city):
    city.sweep_at(DUE)
    city.stand(DUE + timedelta(hours=1), "flood")
    city.release(DUE + timedelta(days=1), "flood")
    with city.store.read() as session:
        mine = select(Rung.state).join(Promise).where(Promise.clock == "dispose", Rung.level == 1)
        assert list(session.scalars(mine)) == ["overtaken"]


def test_the_page_says_why_a_clock_stands_since_when_by_whom_and_until(city):
    city.stand(NOON, "flood", until=TEA, owner="JTJ")
    with clock.at(NOON), city.store.read() as session:
        playbook = city.store.playbook(session)
        seal = city.store.seal
        calendars = city.store.calendars(session)
        reader = Reader(
            city.street, city.organisation, playbook, seal, "en", clock.now(), calendars
        )
        [dispose] = [
            each
            for each in alert_page(session, reader, city.alert_id)["promises"]
            if each["clock"] == "dispose"
        ]
    assert dispose["paused"] == {
        "reason": "flood",
        "owner": "JTJ",
        "since": "2026-11-23T04:00:00Z",
        "until": "2026-11-23T07:00:00Z",
        "given_s": (6 + 5 * 7) * 3600,  # Monday from 10:00, then five working days of 7 hours
        "left_s": (4 + 5 * 7) * 3600,
    }


def test_a_clock_set_back_keeps_what_happened_in_order(city):
    city.stand(NOON, "returned")
    city.release(TEA, "returned")
    city.stand(NOON, "returned")  # by a machine's clock that was set back
    with city.store.read() as session:
        events = session.scalars(select(PromiseEvent).order_by(PromiseEvent.at)).all()
    assert [(each.kind, each.at) for each in events] == [
        ("pause", NOON),
        ("resume", TEA),
        ("pause", TEA + timedelta(microseconds=1)),
    ]
