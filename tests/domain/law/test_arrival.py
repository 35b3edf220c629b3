"""How near is near enough to have arrived."""

from dispatch.domain.law.arrival import judge_arrival

PIN = (114.0579, 22.5431)


def metres_east(metres):
    return (PIN[0] + metres / 102_800, PIN[1])


def test_within_the_radius_and_the_phones_accuracy_is_near():
    assert judge_arrival(PIN, metres_east(119), 20, 100).kind == "near"
    assert judge_arrival(PIN, metres_east(122), 20, 100).kind == "far"


def test_a_far_arrival_says_how_far_and_how_far_is_allowed():
    arrival = judge_arrival(PIN, metres_east(500), 30, 100)
    assert (arrival.distance_m, arrival.allowed_m) == (500, 130)


def test_an_accuracy_above_a_hundred_metres_tells_nothing():
    assert judge_arrival(PIN, PIN, 100, 100).kind == "near"
    assert judge_arrival(PIN, PIN, 101, 100).kind == "unknown"


def test_without_a_pin_or_a_fix_nobody_knows():
    assert judge_arrival(None, PIN, 10, 100).kind == "unknown"
    assert judge_arrival(PIN, None, 10, 100).kind == "unknown"
