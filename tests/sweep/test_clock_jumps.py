"""The machine's clock is set: back an hour, forward forty days, to and fro by two seconds."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from stage import MONDAY, City

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import LogEntry, Promise, Rung
from dispatch.sweep import rung_effects
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.telling.deliver_notices import deliver_notices

SIGN_DUE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
RETURN = {"reason": "不归我们", "proposed": "CGJ", "clause": "第3条"}
RULING = {"verdict": "upheld", "lead": "CGJ", "reason": "归城管"}
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = City(store)
        for _ in range(3):
            city.report()
        yield city


def sweeps(city, *instants: datetime):
    """How many rungs fire at each of them."""
    fired = []
    for instant in instants:
        with clock.at(instant):
            fired.append(sweep_promises(city.store))
    return fired


def times_told(city):
    """How often the log tells of each rung: that it fired, or by which it was overtaken."""
    with city.store.read() as session:
        rows = list(session.scalars(select(LogEntry)))
    return Counter(
        (row.alert_id, row.codes["clock"], *rung)
        for row in rows
        if "fired_at" in row.codes
        for rung in ([row.codes["level"], row.codes["turn"]], *row.codes["overtaken"])
    )


def rungs(city, *states: str):
    with city.store.read() as session:
        rows = session.execute(
            select(Rung.alert_id, Promise.clock, Rung.level, Rung.turn)
            .join(Promise, Promise.id == Rung.promise_id)
            .where(Rung.state.in_(states)),
        )
        return {tuple(row) for row in rows}


def is_sound(city):
    return [each for check in verify_store(city.store) for each in check.differences] == []


def every_rung_was_told_once(city):
    told = times_told(city)
    return set(told) == rungs(city, "fired", "overtaken") and set(told.values()) <= {1}


def test_set_back_an_hour_nothing_fires_twice_and_what_comes_then_has_its_own_time(city):
    before = sweeps(city, SIGN_DUE, SIGN_DUE - HOUR, SIGN_DUE - HOUR / 2, SIGN_DUE)
    assert before == [9, 0, 0, 0]  # of three alerts each a reminder overtaken, an urge, a card
    with clock.at(SIGN_DUE - HOUR):
        city.report()
    assert sweeps(city, SIGN_DUE, SIGN_DUE + 90 * HOUR)[1] > 0
    assert every_rung_was_told_once(city)
    assert is_sound(city)


def test_forward_forty_days_and_back_all_is_told_once_and_nothing_is_left(city):
    far = SIGN_DUE + timedelta(days=40)
    assert sweeps(city, far)[0] > 0
    assert sweeps(city, SIGN_DUE, far, far + HOUR) == [0, 0, 0]
    assert rungs(city, "pending", "failed") == set()
    assert every_rung_was_told_once(city)
    assert is_sound(city)


def test_to_and_fro_by_two_seconds_each_rung_fires_once_at_its_time(city):
    chance = random.Random(4)
    for due_at in sorted(set(due_times(city))):
        for step in range(-3, 4):
            wrong_by = timedelta(seconds=chance.uniform(-2, 2))
            sweeps(city, due_at + step * SECOND + wrong_by)
    sweeps(city, max(due_times(city)) + 2 * SECOND)
    assert rungs(city, "pending", "failed") == set()
    assert every_rung_was_told_once(city)
    assert is_sound(city)


def due_times(city):
    with city.store.read() as session:
        return list(session.scalars(select(Rung.due_at)))


@pytest.mark.parametrize("jump", [HOUR, 2 * SECOND])
def test_a_clock_that_stood_goes_on_although_time_ran_back_meanwhile(city, jump):
    """The pause seems to end before it began: it ends all the same, and took no time."""
    noon = MONDAY + 2 * HOUR
    with clock.at(noon):
        city.step(city.desk, "return", **RETURN)
    with clock.at(noon - jump):
        city.step(city.district, "rule", **RULING)
    assert city.running() == ["arrive", "dispose", "sign"]
    with clock.at(noon - jump / 2):
        city.step(
            city.someone("department_dispatcher", "CGJ"), "return", **(RETURN | {"proposed": "SWJ"})
        )
    assert "dispose" not in city.running()
    assert is_sound(city)
    with clock.at(noon):
        city.step(city.district, "rule", **(RULING | {"verdict": "rejected"}))
    assert city.running() == ["arrive", "dispose", "sign"]
    assert is_sound(city)


def test_a_try_put_off_by_a_clock_that_ran_ahead_is_not_put_off_for_weeks(city, monkeypatch):
    def fail(_situation):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(rung_effects, "EFFECTS", dict.fromkeys(rung_effects.EFFECTS, fail))
        sweeps(city, SIGN_DUE + timedelta(days=40))
    assert sweeps(city, SIGN_DUE, SIGN_DUE) == [9, 0]
    assert every_rung_was_told_once(city)


def test_what_was_to_be_told_outside_by_a_clock_that_ran_ahead_is_told_today(store):
    """Bundled for a window of next month, it would have waited a month in silence."""
    store.settings = replace(store.settings, webhook_url="http://127.0.0.1:1/nowhere")
    with clock.at(MONDAY):
        City(store).report()
    told: list[str] = []
    ways = {"in_app": lambda _messages: "row", "webhook": told.extend}
    with clock.at(MONDAY + timedelta(days=40)):
        sweep_promises(store)
        deliver_notices(store, ways)
    assert told == []
    with clock.at(MONDAY + HOUR):
        deliver_notices(store, ways)
        once = len(told)
        deliver_notices(store, ways)
    assert once == len(told) > 0
