"""Requests that move clocks: while another reason stops them, and racing with their own rungs."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from stage import HERE, MONDAY, City

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.promises.pauses import PauseReason, pause_promise, resume_promise
from dispatch.promises.policy import policy_of
from dispatch.store.tables import Alert, LogEntry, Notice, Promise, PromiseEvent, Request, Rung
from dispatch.sweep.sweep_promises import sweep_promises

DUE = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
UNTIL = datetime(2026, 12, 19, 16, 0, tzinfo=UTC)  # the 20th begins in the city


class Moving(City):
    """A city with one alert on its handler's site, and its dispose clock."""

    def begin(self):
        self.report()
        self.step(self.desk, "sign", to=self.handler.person_id)
        self.step(self.handler, "arrive", position=HERE)
        return self

    def asks(self, at=MONDAY, by=2):
        with clock.at(at):
            self.step(self.desk, "extend", by=by, reason="等货")

    def decides(self, step, at, **values: object):
        with clock.at(at):
            self.step(self.district, step, **values)

    def stand(self, at, reason="flood", until=None):
        with clock.at(at), self.store.write() as tx:
            pause_promise(
                tx.session, self._promise(tx.session), tx.now, PauseReason(reason, "JTJ", until)
            )

    def release(self, at, reason="flood"):
        with clock.at(at), self.store.write() as tx:
            policy = policy_of(self.store, tx.session, tx.session.get_one(Alert, self.alert_id))
            resume_promise(tx.session, policy, self._promise(tx.session), tx.now, reason)

    def sweep_at(self, at):
        with clock.at(at):
            return sweep_promises(self.store)

    def dispose(self):
        with self.store.read() as session:
            promise = self._promise(session)
            return promise.state, promise.due_at, promise.flag, promise.card

    def told(self, code):
        """How often the log says it, and somebody was told."""
        with self.store.read() as session:
            logged = session.scalar(select(func.count()).where(LogEntry.code == code))
            notices = select(Notice.to_ref).where(Notice.code == code, Notice.channel == "inbox")
            told = session.scalars(notices).all()
        assert len(told) == len(set(told))
        return logged

    def differences(self):
        return [each for check in verify_store(self.store) for each in check.differences]

    def _promise(self, session):
        mine = Promise.alert_id == self.alert_id, Promise.clock == "dispose"
        return session.scalars(select(Promise).where(*mine)).one()


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield Moving(store).begin()


def test_an_extension_while_the_clock_stands_counts_when_it_goes_on(city):
    city.stand(NOON)
    city.asks(NOON)
    city.decides("grant_extension", NOON)
    assert city.dispose() == ("paused", None, None, None)
    city.release(NOON + timedelta(days=1))
    assert city.dispose() == ("running", DUE + timedelta(days=3), None, None)
    assert city.differences() == []


def test_a_pause_after_the_old_due_time_that_came_before_the_grant_is_weighed_by_the_new_one(city):
    city.asks()
    city.sweep_at(DUE)
    city.stand(DUE + timedelta(hours=15))  # Tuesday, 09:00
    city.decides("grant_extension", DUE + timedelta(days=1))
    assert city.dispose()[:2] == ("paused", None)
    city.release(DUE + timedelta(days=1))
    assert city.dispose()[:2] == ("running", DUE + timedelta(days=3))


def test_the_ladder_is_held_over_a_pause_as_long_as_the_request_is_undecided(city):
    city.asks()
    city.stand(NOON)
    city.release(NOON + timedelta(days=1))
    assert city.dispose() == ("running", DUE + timedelta(days=1), "pending", None)
    city.sweep_at(DUE + timedelta(days=2))
    assert city.dispose()[3] is None
    city.decides("refuse_extension", DUE + timedelta(days=2), reason="不够急")
    city.sweep_at(DUE + timedelta(days=2))
    assert city.dispose()[2:] == (None, "yellow")


def test_two_reasons_count_once_and_the_suspension_goes_first(city):
    city.stand(NOON, until=NOON + timedelta(days=60))
    with clock.at(NOON):
        city.step(city.desk, "suspend", until=date(2026, 12, 20), plan="等货", reason="等货")
    city.decides("grant_suspension", NOON)
    assert city.sweep_at(UNTIL) == 2  # of the unit's promise and of the date told
    assert city.told("suspension_over") == 1
    assert (city.alert().status, city.dispose()[0]) == ("on_site", "paused")
    city.release(datetime(2026, 12, 21, 4, 0, tzinfo=UTC))
    assert city.dispose()[:2] == ("running", datetime(2026, 12, 28, 10, 0, tzinfo=UTC))


def test_an_outage_over_the_end_of_a_suspension_ends_it_once(city):
    with clock.at(NOON):
        city.step(city.desk, "suspend", until=date(2026, 12, 20), plan="等货", reason="等货")
    city.decides("grant_suspension", NOON)
    assert city.sweep_at(UNTIL + timedelta(hours=20)) == 2  # the unit's promise, the date told
    assert city.told("suspension_over") == 1
    assert city.sweep_at(UNTIL + timedelta(hours=20)) == 0
    with clock.at(UNTIL + timedelta(hours=20)):
        assert city.alert().status == "on_site"
        assert city.differences() == []


def test_an_extension_that_somebody_added_behind_the_citys_back_is_found(city):
    with city.store.write() as tx:
        tx.session.execute(update(Promise).where(Promise.clock == "dispose").values(due_at=DUE))
        promise = tx.session.scalars(select(Promise.id).where(Promise.clock == "dispose")).one()
        tx.session.add(
            PromiseEvent(id="1" * 32, promise_id=promise, at=MONDAY, kind="extend", amount=2)
        )
    assert [each.code for each in city.differences()] == ["due"]


def test_the_ninth_tenth_is_counted_without_the_time_in_which_it_stood(city):
    city.stand(NOON)
    city.release(DUE)
    city.asks(DUE + timedelta(days=1))
    assert city.dispose()[2] == "pending"


@pytest.mark.parametrize("verdict", ["grant_extension", "refuse_extension"])
def test_a_decision_at_the_instant_at_which_it_is_missed_has_one_outcome(city, verdict):
    """Told that it is missing, then decided; or decided in time. Never a card for granted time."""
    for _ in range(6):
        city.begin()
        city.asks()
        city.sweep_at(DUE - timedelta(seconds=1))
        _race(city, verdict)
        asked = _fired(city, "undecided")
        carded = _fired(city, "yellow_card")
        assert asked in {0, 1}
        assert carded == (0 if verdict == "grant_extension" else 1)
    assert city.differences() == []


def _race(city, verdict):
    start = threading.Barrier(2)

    def sweep():
        with clock.at(DUE):
            start.wait()
            sweep_promises(city.store)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    with clock.at(DUE):
        start.wait()
        values = {} if verdict == "grant_extension" else {"reason": "不够急"}
        city.step(city.district, verdict, **values)
    sweeper.join()
    city.sweep_at(DUE)


def _fired(city, action):
    with city.store.read() as session:
        return session.scalar(
            select(func.count())
            .select_from(Rung)
            .join(Promise)
            .where(Promise.alert_id == city.alert_id, Promise.clock == "dispose")
            .where(Rung.action == action, Rung.state == "fired"),
        )


def test_two_who_decide_at_once_decide_once(city):
    city.asks()
    answers = []
    start = threading.Barrier(2)

    def decide(step, **values: object):
        with clock.at(MONDAY):
            start.wait()
            try:
                city.step(city.district, step, **values)
                answers.append(step)
            except Exception as refused:  # noqa: BLE001 - whatever it is, it is looked at below
                answers.append(getattr(refused, "code", refused))

    other = threading.Thread(target=decide, args=("refuse_extension",), kwargs={"reason": "不"})
    other.start()
    decide("grant_extension")
    other.join()
    assert "nothing_asked" in answers
    with city.store.read() as session:
        verdicts = list(session.scalars(select(Request.verdict)))
    assert verdicts in (["granted"], ["refused"])
    assert city.differences() == []
