"""What every test starts from: an environment of its own, and time that nobody left moved."""

import os
from datetime import timedelta

import pytest

from dispatch import clock
from dispatch.settings import PREFIX


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """The developer's own DISPATCH_ variables never reach a test."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def unmoved_clock():
    yield
    clock.use_offset(timedelta)
