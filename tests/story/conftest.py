"""A whole city for each story: the Futian playbook published, nobody in it yet."""

from io import BytesIO

import pytest
from city import City
from gravel import MONDAY_TEN, gravel
from PIL import Image
from published import publish

from dispatch.app import create_app
from dispatch.domain.roles import Grant


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


@pytest.fixture
def photo():
    """A small picture, drawn: no test carries a photo of anybody."""
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.fixture
def monday(city):
    city.clock.reads(MONDAY_TEN)


@pytest.fixture
def twins(city, monday):
    """A master of ten o'clock and the same problem, reported by somebody else at half past."""
    master = gravel(city.volunteer())
    city.clock.jump(minutes=30)
    city.person("third", Grant("volunteer", "street-futian"))
    return master, gravel(city.person("neighbour"))
