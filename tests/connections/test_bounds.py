"""Open files: as many as are needed where the machine grants them, else fewer places."""

import resource

import pytest

from dispatch.connections.bounds import PLACES, open_files_for, places_granted


@pytest.fixture
def machine(monkeypatch):
    """A machine's soft and hard limit, and what was asked of it."""
    limits = {"now": (1024, 1_048_576)}
    monkeypatch.setattr(resource, "getrlimit", lambda _which: limits["now"])
    monkeypatch.setattr(resource, "setrlimit", lambda _which, wanted: limits.update(now=wanted))
    return limits


def test_a_soft_limit_is_raised_as_far_as_is_needed(machine):
    assert places_granted(threads=564) == PLACES
    assert machine["now"] == (open_files_for(564), 1_048_576)
    assert open_files_for(564) == 6248


@pytest.mark.parametrize("high", [8000, resource.RLIM_INFINITY])
def test_a_high_limit_stays(machine, high):
    machine["now"] = (high, high)
    assert places_granted(threads=564) == PLACES
    assert machine["now"] == (high, high)


def test_under_a_hard_limit_fewer_wait_and_some_always_may(machine):
    machine["now"] = (1024, 4096)
    assert places_granted(threads=564) == PLACES - (6248 - 4096)
    assert machine["now"] == (4096, 4096)
    machine["now"] = (1024, 1024)
    assert places_granted(threads=564) == 128
