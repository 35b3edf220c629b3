"""Which pauses do the events of a promise tell of?"""

from calendars import at

from dispatch.domain.time.pauses import Pause, PauseEvent, split_pauses


def test_paused_twice_for_one_reason_it_stands_since_the_first_time():
    ten, eleven, noon = (at(f"2026-11-23T{hour}:00") for hour in (10, 11, 12))
    events = [PauseEvent("pause", ten, "flood"), PauseEvent("pause", eleven, "flood")]
    assert split_pauses(events) == ([], {"flood": ten})
    assert split_pauses([*events, PauseEvent("resume", noon, "flood")]) == ([Pause(ten, noon)], {})


def test_a_release_without_its_pause_is_none():
    assert split_pauses([PauseEvent("resume", at("2026-11-23T10:00"), "flood")]) == ([], {})
