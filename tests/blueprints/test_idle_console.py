"""A console before which nobody sits: its words and deeds are locked, its board goes on."""

from datetime import timedelta

import pytest
from city import City
from published import publish

from dispatch import clock
from dispatch.app import create_app

SESSION = "/api/v1/session"


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


@pytest.fixture
def idle(monkeypatch):
    """`idle(31)`: so many minutes go by at the wall."""
    moved, real = [timedelta()], clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + moved[0])

    def wait(minutes):
        moved[0] += timedelta(minutes=minutes)

    return wait
