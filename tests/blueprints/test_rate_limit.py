"""How often somebody may do something."""

from dispatch.blueprints.rate_limit import RateLimit


def test_so_many_at_once_and_then_so_many_a_minute():
    limit = RateLimit(per_minute=30)
    for _ in range(30):
        assert limit.wait("ming", 0) == 0
        limit.take("ming", 0)
    assert limit.wait("ming", 0) == 2
    assert limit.wait("hua", 0) == 0
    assert limit.wait("ming", 1.9) == 1
    assert limit.wait("ming", 2) == 0
    assert limit.wait("ming", 60) == 0


def test_a_quiet_hour_saves_nothing_up():
    limit = RateLimit(per_minute=2)
    limit.take("ming", 0)
    for _ in range(2):
        limit.take("ming", 3600)
    assert limit.wait("ming", 3600) == 30


def test_without_a_limit_nobody_waits():
    limit = RateLimit(per_minute=0)
    for _ in range(1000):
        limit.take("ming", 0)
    assert limit.wait("ming", 0) == 0


def test_those_who_came_once_are_forgotten():
    limit = RateLimit(per_minute=60)
    for caller in range(10_001):
        limit.take(f"caller {caller}", now=caller)
    assert len(limit._taken) < 100  # noqa: SLF001 - that it does not grow is what is asked


def test_whoever_asks_in_vain_takes_nothing():
    limit = RateLimit(per_minute=2)
    assert [limit.ask("ming", 0) for _ in range(4)] == [0, 0, 30, 30]
    assert limit.ask("ming", 30) == 0
