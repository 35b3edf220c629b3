"""A city with people, alerts and a photo; and an empty installation somewhere else."""

import hashlib
import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from city import City
from PIL import Image
from published import publish

from dispatch.app import create_app

_NAMES = itertools.count(1)


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


@pytest.fixture
def elsewhere(request, settings, tmp_path):
    """The settings of an installation that is not there yet: `elsewhere()` is another each time."""

    def settings_of_another(**other):
        number = next(_NAMES)
        folder = tmp_path / f"elsewhere{number}"
        url = f"sqlite:///{folder / 'dispatch.sqlite3'}"
        if settings.database_url.startswith("postgresql"):
            url = request.getfixturevalue("cluster").create(f"elsewhere{number}")
        return replace(settings, data_dir=folder, database_url=url, **other)

    return settings_of_another


@pytest.fixture
def alert(city, photo):
    """A hole in the road, with a picture of it."""
    sha256 = hashlib.sha256(photo).hexdigest()
    alert = city.volunteer().reports(photos=[sha256])
    city.volunteer().sends_photo(alert, photo)
    return alert


@pytest.fixture
def photo():
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "JPEG")
    return drawn.getvalue()
