"""Rungs fire when they are due: once, in order, whatever happens to the engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from stage import HERE, MONDAY, City, later

from dispatch import clock
from dispatch.channels import in_app
from dispatch.errors import Refused
from dispatch.store.installation_facts import set_clock_offset
from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import LogEntry, Notice, Promise, Rung
from dispatch.sweep import rung_effects
from dispatch.sweep import walk_clock as walking
from dispatch.sweep.sweep_promises import ATTEMPTS, _is_due, sweep_promises
from dispatch.sweep.walk_clock import jump_clock, walk_clock
from dispatch.telling.deliver_notices import ATTEMPTS as SENDINGS
from dispatch.telling.deliver_notices import deliver_notices

# To be signed within one work day: Tuesday's close, and 80 % of the 13 work hours until then.
SIGN_DUE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
REMINDER = datetime(2026, 11, 24, 7, 24, tzinfo=UTC)
TEA_TIME = {"days": 1, "hours": 5, "minutes": 48}  # after Monday 10:00: Tuesday 15:48


class Watched(City):
    """A city whose rungs, notices and log rows can be asked for."""

    def rungs(self, clock_name):
        with self.store.read() as session:
            rows = session.scalars(
                select(Rung)
                .join(Promise, Promise.id == Rung.promise_id)
                .where(Promise.clock == clock_name, Rung.alert_id == self.alert_id)
                .order_by(Rung.due_at, Rung.level)
            )
            return [(rung.action, rung.state) for rung in rows]

    def told(self, *codes: str):
        with self.store.read() as session:
            rows = session.scalars(
                select(LogEntry).where(LogEntry.code.in_(codes)).order_by(LogEntry.seq)
            )
            return [row.codes for row in rows]

    def count(self, row):
        with self.store.read() as session:
            return session.scalar(select(func.count()).select_from(row))


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = Watched(store)
        city.report()
        yield city


def sweep_after(city, **delta: float):
    with later(**delta):
        return sweep_promises(city.store)


def test_nothing_fires_before_its_time(city):
    assert sweep_promises(city.store) == 0
    assert city.rungs("sign")[0] == ("notice", "pending")
    with clock.at(REMINDER - timedelta(microseconds=1)):
        assert sweep_promises(city.store) == 0
    with clock.at(REMINDER):
        assert sweep_promises(city.store) == 1


def test_a_reminder_is_logged_with_the_time_it_was_due_and_the_time_it_fired(city):
    with later(**TEA_TIME) as now:
        assert sweep_promises(city.store) == 1
    [reminder] = city.told("remind")
    assert (reminder["clock"], reminder["to"]) == ("sign", ["JTJ"])
    due_at = datetime.fromisoformat(reminder["due_at"])
    assert due_at == REMINDER
    assert datetime.fromisoformat(reminder["fired_at"]) == now
    assert reminder["late_s"] == 24 * 60


def test_a_rung_fires_once_however_often_the_sweep_comes(city):
    assert sweep_after(city, **TEA_TIME) == 1
    notices = city.count(Notice)
    assert [sweep_after(city, **TEA_TIME) for _ in range(3)] == [0, 0, 0]
    assert city.count(Notice) == notices


def test_at_the_due_time_the_unit_is_urged_and_the_alert_gets_its_yellow_card(city):
    sweep_after(city, **TEA_TIME)
    with clock.at(SIGN_DUE):
        assert sweep_promises(city.store) == 2
        assert city.alert().card == "yellow"
        assert city.alert().urged_at == SIGN_DUE
        assert city.alert().version == 1
    assert [(row["card"], row["to"]) for row in city.told("card")] == [("yellow", ["JTJ"])]


def test_after_an_outage_the_highest_rung_fires_and_names_the_lower_ones(city):
    with clock.at(SIGN_DUE):
        assert sweep_promises(city.store) == 3
    assert city.rungs("sign")[:3] == [
        ("notice", "overtaken"),
        ("urge", "fired"),
        ("yellow_card", "fired"),
    ]
    assert city.told("remind") == []
    named = [row["overtaken"] for row in city.told("notify", "card")]
    assert [[1, 0]] in named
    assert city.rungs("dispose")[0] == ("notice", "pending")


def test_who_signs_in_time_stops_every_rung_of_that_clock(city):
    city.step(city.desk, "sign")
    city.step(city.desk, "contact", message="今天下午去看")
    with clock.at(SIGN_DUE):
        sweep_promises(city.store)
    assert {state for _, state in city.rungs("sign")} == {"cancelled"}
    assert city.alert().card is None


def test_who_signs_at_the_due_instant_after_the_card_has_missed_it(city):
    with clock.at(SIGN_DUE):
        sweep_promises(city.store)
        city.step(city.desk, "sign")
    assert ("sign", "missed") in city.promises()


def test_who_signs_at_the_due_instant_before_the_sweep_has_kept_it(city):
    with clock.at(SIGN_DUE):
        city.step(city.desk, "sign")
        sweep_promises(city.store)
    assert ("sign", "met") in city.promises()
    assert city.told("card") == []


def test_the_alert_wears_the_worst_card_of_its_running_clocks_only(city):
    with clock.at(SIGN_DUE):
        sweep_promises(city.store)
        city.step(city.desk, "sign")
        assert city.alert().card is None


def test_a_failing_rung_is_tried_again_and_the_others_of_its_batch_go_on(city, monkeypatch):
    poisoned = city.alert_id
    city.report()
    urge = rung_effects.EFFECTS["notice"]

    def fail_for_one(situation):
        if situation.alert.id == poisoned:
            raise RuntimeError("the playbook names a moon")
        urge(situation)

    monkeypatch.setattr(rung_effects, "EFFECTS", {**rung_effects.EFFECTS, "notice": fail_for_one})
    assert sweep_after(city, **TEA_TIME) == 1
    with city.store.read() as session:
        failed = session.scalar(select(Rung).where(Rung.attempts == 1))
    assert (failed.state, failed.alert_id) == ("pending", poisoned)
    assert "moon" in failed.error
    for attempt in range(1, ATTEMPTS):
        sweep_after(city, days=1, hours=6, minutes=10 * attempt)
    with city.store.read() as session:
        parked = session.get_one(Rung, failed.id)
        assert (parked.state, parked.attempts) == ("failed", ATTEMPTS)
        assert list(chain_breaks(session, city.store.seal.log_key)) == []
    assert len(city.told("rung_failed")) == 1


def test_a_rung_whose_rows_cannot_be_written_is_found_and_the_others_go_on(city, monkeypatch):
    poisoned = city.alert_id
    city.report()
    half_done = rung_effects.EFFECTS["notice"]

    def spoil_one(situation):
        half_done(situation)
        if situation.alert.id == poisoned:
            situation.alert.urged_at = datetime(2026, 1, 1)  # noqa: DTZ001 - no instant at all

    monkeypatch.setattr(rung_effects, "EFFECTS", {**rung_effects.EFFECTS, "notice": spoil_one})
    assert sweep_after(city, **TEA_TIME) == 1
    with city.store.read() as session:
        [failed] = session.scalars(select(Rung).where(Rung.attempts == 1))
    assert failed.alert_id == poisoned
    assert "naive" in failed.error


def test_nothing_of_a_failed_rung_is_written(city, monkeypatch):
    before = city.count(LogEntry), city.count(Notice)
    half_done = rung_effects.EFFECTS["notice"]

    def fail_late(situation):
        half_done(situation)
        raise RuntimeError

    monkeypatch.setattr(rung_effects, "EFFECTS", {**rung_effects.EFFECTS, "notice": fail_late})
    sweep_after(city, **TEA_TIME)
    assert (city.count(LogEntry), city.count(Notice)) == before


def test_the_lower_rungs_wait_with_the_failing_one_that_would_overtake_them(city, monkeypatch):
    def fail(_situation):
        raise RuntimeError

    monkeypatch.setattr(rung_effects, "EFFECTS", {**rung_effects.EFFECTS, "urge": fail})
    with clock.at(SIGN_DUE):
        assert [sweep_promises(city.store) for _ in range(2)] == [1, 0]
    states = ["pending", "pending", "fired"]
    assert [state for _, state in city.rungs("sign")][:3] == states


def test_a_rung_whose_clock_was_ended_meanwhile_is_cancelled(city):
    with city.store.write() as tx:
        tx.session.execute(update(Promise).where(Promise.clock == "sign").values(state="ended"))
    sweep_after(city, **TEA_TIME)
    assert city.rungs("sign")[0] == ("notice", "cancelled")
    assert city.told("remind") == []


def test_a_return_after_the_deadline_does_not_unbreach(city):
    with later(days=10):
        sweep_promises(city.store)
        with pytest.raises(Refused, match="return_too_late"):
            city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
        city.step(city.street, "reassign", lead="CGJ", reason="属城管职责")
    with city.store.read() as session:
        rows = session.scalars(select(Promise).where(Promise.clock == "dispose"))
        owed = {each.unit: each for each in rows}
    late, fresh = owed["JTJ"], owed["CGJ"]
    assert (late.state, late.card) == ("missed", "yellow")
    assert late.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert (fresh.state, fresh.card) == ("running", None)


def test_a_withdrawn_alert_wears_no_card(city):
    with clock.at(SIGN_DUE):
        sweep_promises(city.store)
        assert city.alert().card == "yellow"
        city.step(city.volunteer, "withdraw")
    assert city.alert().card is None


def resolved(city):
    city.step(city.desk, "sign", to=city.handler.person_id)
    city.step(city.handler, "arrive", position=HERE)
    city.step(city.handler, "submit", done="补好了", photos=["0" * 64])
    city.step(city.desk, "confirm")
    city.step(city.grid_worker, "verify_ok")


def test_what_nobody_rated_closes_by_itself_and_counts_as_nothing(city):
    resolved(city)
    assert sweep_after(city, days=6) == 0
    assert sweep_after(city, days=8) == 1
    assert city.alert().status == "closed"
    assert ("rate", "ended") in city.promises()
    [lapse] = city.told("lapse")
    assert "solved" not in lapse
    assert city.told("rate", "remind", "card", "notify") == []


def test_a_rung_that_reaches_nobody_goes_up_at_once(city):
    with city.store.write() as tx:
        tx.session.execute(update(Rung).where(Rung.action == "notice").values(to=["handler"]))
    sweep_after(city, **TEA_TIME)
    [reminder] = city.told("remind")
    assert (reminder["no_recipient"], reminder["to"]) == (["handler"], ["district"])


# Delivery


@pytest.fixture
def connected(city):
    """A city whose desks are told outside, too; one of its desks has just been told."""
    city.store.settings = replace(city.store.settings, webhook_url="http://127.0.0.1:1/nowhere")
    city.report()
    return city


def told(city):
    """What the desk of the newest alert is told: the state of each notice."""
    with city.store.read() as session:
        mine = select(Notice.state).where(Notice.alert_id == city.alert_id)
        return list(session.scalars(mine.where(Notice.to_kind == "desk")))


def test_a_notice_is_taken_outside_once(connected):
    here = {"in_app": in_app.send}
    assert told(connected) == ["pending"]
    assert deliver_notices(connected.store, here) == 1
    assert deliver_notices(connected.store, here) == 0
    assert told(connected) == ["sent"]


def test_a_dead_gateway_is_tried_again_later_and_then_set_aside(connected):
    for hour in range(SENDINGS):
        with later(hours=hour):
            assert deliver_notices(connected.store, {"in_app": dead}) == 0
            assert deliver_notices(connected.store, {"in_app": dead}) == 0
    assert told(connected) == ["failed"]


def test_a_gateway_that_returns_gets_what_waited_once(connected):
    here = {"in_app": in_app.send}
    deliver_notices(connected.store, {"in_app": dead})
    assert deliver_notices(connected.store, here) == 0
    with later(minutes=1):
        assert deliver_notices(connected.store, here) == 1
        assert deliver_notices(connected.store, here) == 0


def dead(_message):
    raise ConnectionError


def test_a_reminder_about_a_closed_alert_is_dropped_with_a_reason(connected):
    city = connected
    sweep_after(city, **TEA_TIME)
    resolved(city)
    city.step(city.volunteer, "rate", solved=True)
    deliver_notices(city.store, {"in_app": in_app.send})
    with city.store.read() as session:
        mine = select(Notice).where(Notice.alert_id == city.alert_id)
        [reminder] = session.scalars(mine.where(Notice.code == "remind", Notice.to_kind == "desk"))
    assert (reminder.state, reminder.receipt) == ("dropped", "the alert is closed")


# The test clock


@pytest.fixture
def moving(store):
    """A city whose clock is a row, as in the test environment."""
    clock.use_offset(store.city_offset)
    jump_clock(store, MONDAY)
    city = Watched(store)
    city.report()
    return city


def test_the_clock_walks_and_stops_at_every_due_instant(moving):
    walked = walk_clock(moving.store, SIGN_DUE + timedelta(minutes=1))
    assert walked.fired == 3
    assert walked.now == SIGN_DUE + timedelta(minutes=1)
    assert [state for _, state in moving.rungs("sign")][:3] == ["fired"] * 3
    assert all(row["late_s"] == 0 for row in moving.told("remind", "notify", "card"))
    assert set(told(moving)) == {"sent"}


def test_the_walk_goes_past_a_rung_that_fails_and_ends_when_it_is_parked(moving, monkeypatch):
    """It stays due where the clock stands: looked for there again, the walk would never end."""

    def fail(_situation):
        raise RuntimeError

    stops = []

    def set_offset(session, offset):
        stops.append(clock.base() + offset)
        assert len(stops) < 30, "the walk stands still"
        set_clock_offset(session, offset)

    monkeypatch.setattr(walking, "set_clock_offset", set_offset)
    monkeypatch.setattr(rung_effects, "EFFECTS", {**rung_effects.EFFECTS, "notice": fail})
    walked = walk_clock(moving.store, REMINDER + timedelta(minutes=30))
    assert walked.fired == 0
    assert moving.rungs("sign")[0] == ("notice", "failed")
    tries = [at - REMINDER for at in stops if at < walked.now]
    assert [each.total_seconds() for each in tries][:5] == [0, 30, 90, 210, 450]


def test_the_clock_jumps_as_after_an_outage(moving):
    assert jump_clock(moving.store, SIGN_DUE + timedelta(minutes=1)).fired == 2
    assert moving.rungs("sign")[0] == ("notice", "overtaken")


def test_the_clock_jumps_back_and_nothing_fires_twice(moving):
    jump_clock(moving.store, SIGN_DUE + timedelta(minutes=1))
    assert jump_clock(moving.store, MONDAY).now == MONDAY
    assert walk_clock(moving.store, SIGN_DUE + timedelta(minutes=1)).fired == 0


def test_an_idle_sweep_looks_only_at_what_is_due(city):
    looked = select(Rung.promise_id).where(*_is_due(clock.now())).order_by(Rung.due_at)
    with city.store.read() as session:
        words = looked.compile(session.get_bind(), compile_kwargs={"literal_binds": False})
    # The condition of the partial index stands in the query; a bound value would hide it.
    assert "state = 'pending'" in str(words)
