"""The demo's past: plausible, whole, and nobody's."""

from dataclasses import replace
from itertools import islice

import pytest
from sqlalchemy import func, select

from dispatch.installation.demo import seed_alerts as seed
from dispatch.installation.demo.seed_alerts import seed_alerts
from dispatch.installation.demo.seed_people import _password, seed_people
from dispatch.installation.initialise import initialise
from dispatch.rules.book.loading import read_folder
from dispatch.settings import load_settings
from dispatch.store.log_checks import chain_breaks
from dispatch.store.passwords import matches
from dispatch.store.people import person_by_login
from dispatch.store.tables import Alert, Notice, Photo, Promise
from dispatch.store.transaction import Store


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One week of it, played once for all who look."""
    folder = tmp_path_factory.mktemp("demo")
    settings = load_settings({"DISPATCH_DATA_DIR": str(folder), "DISPATCH_DEMO_WEEKS": "1"})
    store = Store(replace(settings, synchronous="NORMAL"))
    initialise(store, read_folder(settings.playbook))
    seed_people(store)
    store.made = seed_alerts(store)
    yield store
    store.close()


def counted(store, column):
    with store.read() as session:
        return dict(session.execute(select(column, func.count()).group_by(column)).all())


def test_a_week_has_alerts_in_every_state_that_people_look_at(demo):
    states = counted(demo, Alert.status)
    assert {"dispatched", "signed", "on_site", "submitted", "verifying", "resolved"} <= set(states)
    assert demo.made == sum(states.values()) > 80


def test_most_promises_are_kept_and_some_are_not(demo):
    outcomes = counted(demo, Promise.state)
    kept = outcomes["met"] / (outcomes["met"] + outcomes["missed"])
    assert 0.75 < kept < 0.99


def test_the_pictures_are_drawn_and_kept(demo):
    with demo.read() as session:
        photos = session.scalars(select(Photo)).all()
    assert photos
    assert all(photo.stored for photo in photos)


def test_nobody_is_told_of_an_invented_past(demo):
    assert counted(demo, Notice.state).get("pending", 0) == 0


def test_the_log_of_the_demo_is_a_log_like_any_other(demo):
    with demo.read() as session:
        assert list(chain_breaks(session, demo.seal.log_key)) == []


def test_the_demo_is_played_once(demo):
    assert seed_alerts(demo) == 0


def test_units_speak_to_the_reporter_and_mostly_in_time(demo):
    with demo.read() as session:
        states = session.execute(
            select(Promise.state, func.count())
            .where(Promise.clock == "contact", Promise.state.in_(("met", "missed")))
            .group_by(Promise.state)
        ).all()
    told = dict(states)
    assert told["met"] > 5 * told.get("missed", 0)


def test_the_demo_s_handler_finds_tasks(demo):
    with demo.read() as session:
        handler = person_by_login(session, demo.seal, "handler")
        mine = select(func.count()).where(Alert.handler == handler.id)
        assert session.scalar(mine) > 0


def test_a_key_whose_first_digits_are_too_alike_still_makes_a_demo(tmp_path, monkeypatch):
    settings = load_settings({"DISPATCH_DATA_DIR": str(tmp_path)})
    store = Store(replace(settings, synchronous="NORMAL"))
    initialise(store, read_folder(settings.playbook))
    monkeypatch.setattr(store.seal, "ref", lambda *_: "aaaaaaaaaabb" + "0123456789abcdef" * 3)
    password, hashed = _password(store.seal)
    assert len(password) == 12
    assert matches(password, hashed)
    store.close()


def test_a_past_is_played_on_either_database(store, monkeypatch):
    every = seed.demo_reports
    monkeypatch.setattr(seed, "demo_reports", lambda *of: list(islice(every(*of), 24)))
    initialise(store, read_folder(store.settings.playbook))
    seed_people(store)
    assert seed_alerts(store) == 24
    assert counted(store, Alert.status).keys() - {"reported", "dispatched"}
    assert seed_alerts(store) == 0
