"""What the live tests share."""

import pytest
from desk import Desk


@pytest.fixture
def desk(store):
    return Desk(store)
