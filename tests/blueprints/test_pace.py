"""How often somebody may do something."""

from dispatch.blueprints.pace import Pace


def test_so_many_at_once_and_then_so_many_a_minute():
    pace = Pace(per_minute=30)
    for _ in range(30):
        assert pace.wait("ming", 0) == 0
        pace.take("ming", 0)
    assert pace.wait("ming", 0) == 2
    assert pace.wait("hua", 0) == 0
    assert pace.wait("ming", 1.9) == 1
    assert pace.wait("ming", 2) == 0
    assert pace.wait("ming", 60) == 0


def test_a_quiet_hour_saves_nothing_up():
    pace = Pace(per_minute=2)
    pace.take("ming", 0)
    for _ in range(2):
        pace.take("ming", 3600)
    assert pace.wait("ming", 3600) == 30


def test_without_a_limit_nobody_waits():
    pace = Pace(per_minute=0)
    for _ in range(1000):
        pace.take("ming", 0)
    assert pace.wait("ming", 0) == 0


def test_those_who_came_once_are_forgotten():
    pace = Pace(per_minute=60)
    for caller in range(10_001):
        pace.take(f"caller {caller}", now=caller)
    assert len(pace._taken) < 100  # noqa: SLF001 - that it does not grow is what is asked
