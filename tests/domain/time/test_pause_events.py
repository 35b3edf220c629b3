"""Which pauses do the events of a promise tell of?"""

from calendars import at

from dispatch.domain.time.promises import Pause, split_pauses


def test_paused_twice_for_one_reason_it_stands_since_the_first_time():
    ten, eleven, noon = (at(f"2026-11-23T{hour}:00") for hour in (10, 11, 12))
    events = [("pause", ten, "flood"), ("pause", eleven, "flood")]
    assert split_pauses(events) == ([], {"flood": ten})
    assert split_pauses([*events, ("resume", noon, "flood")]) == ([Pause(ten, noon)], {})


def test_a_release_without_its_pause_is_none():
    assert split_pauses([("resume", at("2026-11-23T10:00"), "flood")]) == ([], {})
