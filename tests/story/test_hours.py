"""Departments with hours of their own: a duty desk that never closes, and a night shift."""

import hashlib
from datetime import datetime

import pytest
from calendars import ROUND_THE_CLOCK, SHANGHAI
from city import City

from dispatch.app import create_app
from dispatch.domain.roles import Grant
from dispatch.installation.verify_store import verify_store
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version

FRIDAY_EVENING = "2026-11-27T20:00:00+08:00"
NIGHT = """\
  night:
    version: "1"
    first: 2026-01-01
    last: 2026-12-31
    week: {mon: ["22:00-06:00"], wed: ["22:00-06:00"], fri: ["22:00-06:00"]}
"""
HOURS = f"calendars:\n{ROUND_THE_CLOCK}    work_day: same_time\n{NIGHT}"


@pytest.fixture
def city(store, settings):
    """Futian, where transport has a duty desk and urban management works at night."""
    files = read_folder(settings.playbook)
    for name, old, new in (
        ("calendars.yaml", "calendars:\n", HOURS),
        ("departments.yaml", "  JTJ:\n", "  JTJ:\n    calendar: duty\n"),
        ("departments.yaml", "  CGJ:\n", "  CGJ:\n    calendar: night\n"),
    ):
        text = files[name].decode()
        assert old in text
        files[name] = text.replace(old, new, 1).encode()
    with store.write() as deed:
        publish_version(deed.session, files, "own hours", deed.now)
    return City(create_app(settings, store), store)


@pytest.fixture
def hole(city):
    city.clock.reads(FRIDAY_EVENING)
    return city.volunteer().reports()


def due(alert, clock):
    """When a promise is due, as a clock on a wall in Futian reads."""
    return on_the_wall(alert.promise(clock))


def told(alert):
    """The date that the reporter was told, in the same way."""
    return on_the_wall(alert.now["told"])


def on_the_wall(promise):
    at = datetime.fromisoformat(promise["due_at"])
    return f"{at.astimezone(SHANGHAI):%a %d %H:%M}"


def at_night(city):
    """Dispatcher and handler of the department that works at night."""
    roles = ("department_dispatcher", "handler")
    return [city.person(f"CGJ {role}", Grant(role, "CGJ")) for role in roles]


def nothing_differs(store):
    return [each for check in verify_store(store) for each in check.differences] == []


def test_a_duty_desk_promises_round_the_clock(hole):
    assert due(hole, "sign") == "Sat 28 20:00"
    assert due(hole, "arrive") == "Sun 29 20:00"
    assert due(hole, "dispose") == "Wed 02 20:00"


def test_a_night_shift_promises_hours_and_the_end_of_its_night(city):
    city.clock.reads(FRIDAY_EVENING)
    litter = city.volunteer().reports("P0186", answers={})
    assert litter.now["lead"] == "CGJ"
    assert due(litter, "sign") == "Sat 28 02:00"  # four hours of the shift that begins at ten
    # The next shift after Friday's date is Monday's, and it ends on Tuesday.
    assert due(litter, "arrive") == "Tue 01 06:00"


def test_another_department_signs_by_its_own_hours_and_the_reporters_promise_stands(
    city, hole, store
):
    city.clock.walk_to("2026-11-28T10:00:00+08:00")
    city.street().takes("reassign", hole, lead="CGJ", reason="属于城管职责")
    assert due(hole, "sign") == "Tue 01 06:00"  # Monday's shift
    assert due(hole, "arrive") == "Thu 03 06:00"  # Wednesday's
    assert due(hole, "dispose") == "Thu 10 06:00"  # its whole limit: five shifts of its own
    assert told(hole) == "Wed 02 20:00"
    assert nothing_differs(store)


def test_what_is_left_goes_on_by_the_hours_in_which_it_was_counted(city, hole, store, photo):
    city.clock.walk_to("2026-11-28T10:00:00+08:00")
    city.street().takes("reassign", hole, lead="CGJ", reason="属于城管职责")
    desk, hands = at_night(city)
    city.clock.walk_to("2026-11-30T10:00:00+08:00")
    desk.takes("return", hole, reason="不归我们", proposed="SWJ", clause="第3条")
    city.clock.walk_to("2026-11-30T16:00:00+08:00")
    city.district().takes("rule", hole, verdict="rejected", reason="应由你单位办理")
    assert due(hole, "sign") == "Tue 01 06:00"  # the rest of what it had before it returned it
    assert due(hole, "dispose") == "Thu 10 06:00"  # it stood by day, when nobody works here
    assert told(hole) == "Wed 02 20:00"

    desk.signs(hole, hands)
    city.clock.walk_to("2026-12-01T02:00:00+08:00")
    hands.arrives(hole)
    hands.submits_with(hole, photo)
    desk.confirms(hole)
    city.clock.walk_to("2026-12-01T10:00:00+08:00")
    seen = [hashlib.sha256(photo).hexdigest()]
    city.grid_worker().takes("verify_fail", hole, reason="坑还在", photos=seen)
    # 36 hours of the night shift were left, and 42 hours of the duty desk for the date told.
    assert due(hole, "dispose") == "Sat 12 02:00"
    assert told(hole) == "Thu 03 04:00"
    assert nothing_differs(store)


def test_what_a_calendar_of_the_unit_becomes_moves_nothing_that_was_promised(city, hole, store):
    before = hole.promise("dispose")
    files = read_folder(store.settings.playbook)  # without hours of anybody's own
    with store.write() as deed:
        files["calendars.yaml"] = files["calendars.yaml"].replace(b"calendars:\n", HOURS.encode())
        publish_version(deed.session, files, "no own hours", deed.now)
    store.forget_playbook()
    city.clock.advance(minutes=10)
    assert hole.promise("dispose")["due_at"] == before["due_at"]
    assert nothing_differs(store)
    city.street().takes("reassign", hole, lead="CGJ", reason="属于城管职责")
    assert due(hole, "sign") == "Mon 30 18:00"  # by the hours of today
