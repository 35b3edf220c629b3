"""A whole city whose supervisors read; the Futian playbook published, nobody in it yet."""

import pytest
from city import City
from published import publish

from dispatch.app import create_app


@pytest.fixture
def city(store, settings):
    publish(store)
    city = City(create_app(settings, store), store)
    city.clock.reads("2026-11-23T10:00:00+08:00")  # a Monday, offices open
    return city


@pytest.fixture
def look(city):
    """`look(person, "/reports/overdue")`: the answer as a browser gets it."""

    def open_page(person, path):
        return person.http.get(path, headers={"Authorization": f"Bearer {person.token}"})

    return open_page


@pytest.fixture
def late(city):
    """A hole in the road that nobody has signed for two days."""
    hole = city.volunteer().reports()
    city.clock.advance(days=2)
    return hole
