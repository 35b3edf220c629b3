"""Ladders: which rung comes when, what fires after an outage, and which card an alert wears."""

import pytest
from calendars import FUTIAN, at, local

from dispatch.domain.time.cards import (
    CardThreshold,
    CardThresholds,
    card_of,
    plan_cards,
    worst_card,
)
from dispatch.domain.time.escalation import DueRung, RunningPromise, plan_rungs, to_fire
from dispatch.domain.time.ladders import DUE, After, Before, LadderRung, Share, parse_rung_time
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, due
from dispatch.domain.time.worktime import CalendarEnds

HOUR = 3600
CARDS = CardThresholds(
    orange=CardThreshold(seconds=4 * HOUR, percent=100),
    red=CardThreshold(seconds=16 * HOUR, percent=300),
)


def a_promise(start="2026-11-23T09:00", limit="8 work_hours", pauses=()):
    written = Limit.parse(limit)
    due_at = due(at(start), written, FUTIAN, pauses)
    return RunningPromise(at(start), due_at, written, FUTIAN, pauses)


def times(ladder, promised, *, life_safety=False):
    rungs = plan_rungs(ladder, promised, life_safety=life_safety)
    return [rung.due_at and local(rung.due_at) for rung in rungs]


# When rungs come


@pytest.mark.parametrize(
    ("moment", "time"),
    [
        ("50%", "2026-11-23T15:00"),
        ("80%", "2026-11-23T17:24"),
        ("due", "2026-11-24T10:00"),
        ("100%", "2026-11-24T10:00"),
        ("150%", "2026-11-24T16:00"),
        ("90 minutes before", "2026-11-24T08:30"),
        ("2 work_hours before", "2026-11-23T17:00"),
        ("1 work_days before", "2026-11-23T10:00"),
        ("30 minutes after", "2026-11-24T10:30"),
        ("4 work_hours after", "2026-11-24T16:00"),
        ("1 work_days after", "2026-11-25T18:00"),
        ("1 days after", "2026-11-25T10:00"),
    ],
)
def test_a_rung_of_eight_work_hours_comes_at(moment, time):
    assert times([LadderRung(parse_rung_time(moment), "notice")], a_promise()) == [time]


def test_a_rung_before_the_start_comes_at_the_start():
    assert times([LadderRung(Before(Limit(2, "days")), "notice")], a_promise()) == [
        "2026-11-23T09:00"
    ]


def test_rungs_keep_the_order_of_the_ladder():
    ladder = [
        LadderRung(Share(80), "notice"),
        LadderRung(DUE, "urge", ("lead",)),
        LadderRung(DUE, "yellow_card"),
    ]
    rungs = plan_rungs(ladder, a_promise(), life_safety=False)
    assert [(r.level, r.turn, r.action, r.to) for r in rungs] == [
        (1, 0, "notice", ()),
        (2, 0, "urge", ("lead",)),
        (3, 0, "yellow_card", ()),
    ]


def test_a_pause_moves_the_shares_with_the_due_time():
    pause = [Pause(at("2026-11-23T10:00"), at("2026-11-23T11:00"))]
    ladder = [
        LadderRung(Share(50), "notice"),
        LadderRung(DUE, "urge"),
        LadderRung(Share(125), "urge"),
    ]
    assert times(ladder, a_promise(pauses=pause)) == [
        "2026-11-23T16:00",
        "2026-11-24T11:00",
        "2026-11-24T15:00",
    ]


def test_a_pause_after_the_due_time_moves_what_comes_after_it():
    pause = [Pause(at("2026-11-24T11:00"), at("2026-11-24T12:00"))]
    late = a_promise(pauses=pause)
    assert times(
        [LadderRung(DUE, "urge"), LadderRung(After(Limit(2, "work_hours")), "urge")], late
    ) == [
        "2026-11-24T10:00",
        "2026-11-24T15:00",
    ]


def test_the_shares_of_a_continuation_are_shares_of_its_remainder():
    begin = at("2026-11-23T14:00")
    remainder = RunningPromise(
        begin, at("2026-11-23T16:00"), Limit(8, "work_hours"), FUTIAN, seconds=2 * HOUR
    )
    assert times([LadderRung(Share(50), "notice")], remainder) == ["2026-11-23T15:00"]


def test_a_rung_repeats_exactly_as_often_as_it_says():
    rung = LadderRung(DUE, "urge", repeat=2, every=Limit(4, "hours"))
    rungs = plan_rungs([rung], a_promise(), life_safety=False)
    assert [(r.level, r.turn, local(r.due_at)) for r in rungs] == [
        (1, 0, "2026-11-24T10:00"),
        (1, 1, "2026-11-24T14:00"),
        (1, 2, "2026-11-24T18:00"),
    ]


def test_a_rung_for_working_hours_waits_for_opening_unless_life_is_at_stake():
    at_night = a_promise("2026-11-23T22:00", "30 minutes")
    ladder = [LadderRung(DUE, "urge", working_hours_only=True)]
    assert times(ladder, at_night) == ["2026-11-24T09:00"]
    assert times(ladder, at_night, life_safety=True) == ["2026-11-23T22:30"]


def test_a_repeat_is_counted_from_the_moment_and_not_from_the_opening_it_waited_for():
    at_night = a_promise("2026-11-23T22:00", "30 minutes")
    rung = LadderRung(DUE, "urge", repeat=1, every=Limit(12, "hours"), working_hours_only=True)
    assert times([rung], at_night) == ["2026-11-24T09:00", "2026-11-24T10:30"]


def test_a_rung_beyond_the_calendar_has_no_time_yet():
    last_day = a_promise("2026-12-31T09:00", "4 work_hours")
    rung = LadderRung(After(Limit(8, "work_hours")), "urge", repeat=1, every=Limit(1, "hours"))
    assert times([rung, LadderRung(DUE, "urge")], last_day) == [None, None, "2026-12-31T15:00"]


@pytest.mark.parametrize("text", ["80%", "due", "30 minutes before", "2 work_hours after"])
def test_a_moment_is_written_as_it_is_read(text):
    assert str(parse_rung_time(text)) == text


@pytest.mark.parametrize(
    "text", ["", "0%", "soon", "80", "before", "2 weeks before", "-1 hours after"]
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError, match=r"moment|limit|unit"):
        parse_rung_time(text)


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "shout"},
        {"action": "urge", "repeat": 2},
        {"action": "urge", "every": Limit(1, "hours")},
        {"action": "urge", "repeat": -1, "every": Limit(1, "hours")},
    ],
)
def test_a_rung_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ValueError, match=r"action|repeats"):
        LadderRung(DUE, **wrong)


# What fires


def a_rung(level, time, action="notice", clock="dispose", turn=0):
    return DueRung(f"{clock}{level}.{turn}", clock, at(f"2026-11-23T{time}"), level, turn, action)


def fired(*rungs: DueRung):
    """Who fires and whom it names as overtaken."""
    return [(f.rung.id, [o.id for o in f.overtakes]) for f in to_fire(rungs)]


def test_in_quiet_running_each_rung_fires_by_itself():
    assert fired(a_rung(1, "10:00")) == [("dispose1.0", [])]
    assert fired() == []


def test_after_an_outage_the_highest_due_rung_fires_and_names_the_lower_ones():
    outage = a_rung(2, "11:00", "urge"), a_rung(1, "10:00"), a_rung(3, "12:00", "open_supervision")
    assert fired(*outage) == [("dispose3.0", ["dispose1.0", "dispose2.0"])]


def test_each_clock_has_a_ladder_of_its_own():
    assert fired(a_rung(1, "10:00"), a_rung(1, "09:00", clock="sign"), a_rung(2, "11:00")) == [
        ("sign1.0", []),
        ("dispose2.0", ["dispose1.0"]),
    ]


def test_the_oldest_fires_first_whatever_its_clock_overtakes():
    """One clock began to wait earlier, and its highest rung came later: what fires counts."""
    outage = a_rung(1, "09:00"), a_rung(2, "12:00"), a_rung(1, "10:00", clock="sign")
    assert [rung for rung, _ in fired(*outage)] == ["sign1.0", "dispose2.0"]


def test_cards_are_never_overtaken_and_overtake_nobody():
    """The unit gets its card; whoever stands above it still hears what the ladder says."""
    outage = (
        a_rung(1, "10:00"),
        a_rung(100, "11:00", "yellow_card"),
        a_rung(2, "12:00", "urge"),
        a_rung(101, "13:00", "orange_card"),
    )
    assert fired(*outage) == [
        ("dispose100.0", []),
        ("dispose2.0", ["dispose1.0"]),
        ("dispose101.0", []),
    ]


def test_what_is_due_at_the_same_moment_does_not_overtake_each_other():
    together = a_rung(2, "11:00", "urge"), a_rung(3, "11:00", "raise_severity"), a_rung(1, "10:00")
    assert fired(*together) == [("dispose2.0", []), ("dispose3.0", ["dispose1.0"])]


def test_a_reminder_that_waited_for_the_office_to_open_overtakes_no_leader():
    weekend = a_rung(1, "12:00"), a_rung(2, "10:00", "urge"), a_rung(3, "11:00", "urge")
    assert fired(*weekend) == [("dispose3.0", ["dispose2.0"]), ("dispose1.0", [])]


def test_the_last_of_many_repeats_overtakes_no_leader():
    hourly = [a_rung(1, f"{hour}:00", turn=turn) for turn, hour in enumerate(range(10, 14))]
    assert fired(*hourly, a_rung(2, "11:30", "urge")) == [
        ("dispose2.0", ["dispose1.0", "dispose1.1"]),
        ("dispose1.3", ["dispose1.2"]),
    ]


def test_a_repeat_overtakes_the_times_before_it():
    assert fired(a_rung(1, "10:00"), a_rung(1, "11:00", turn=1)) == [("dispose1.1", ["dispose1.0"])]


# Cards and lights


@pytest.mark.parametrize(
    ("late_hours", "card"),
    [(None, None), (0, "yellow"), (3.99, "yellow"), (4, "orange"), (15.99, "orange"), (16, "red")],
)
def test_a_card_comes_only_after_overdue_and_grows_with_the_delay(late_hours, card):
    late = None if late_hours is None else int(late_hours * HOUR)
    assert card_of(late, 40 * HOUR, CARDS, life_safety=False) == card


def test_a_short_limit_is_measured_by_its_own_length():
    shown = [card_of(late * HOUR, HOUR, CARDS, life_safety=False) for late in (0, 1, 3)]
    assert shown == ["yellow", "orange", "red"]


def test_life_safety_overdue_is_red_at_once():
    assert card_of(0, HOUR, CARDS, life_safety=True) == "red"
    assert card_of(None, HOUR, CARDS, life_safety=True) is None


def test_without_thresholds_it_stays_yellow():
    assert card_of(1000 * HOUR, HOUR, CardThresholds(), life_safety=False) == "yellow"


def test_cards_are_planned_in_the_promises_own_time():
    planned = plan_cards(CARDS, a_promise(), life_safety=False, level=4)
    assert [(r.action, r.level, local(r.due_at)) for r in planned] == [
        ("yellow_card", 4, "2026-11-24T10:00"),
        ("orange_card", 5, "2026-11-24T16:00"),
        ("red_card", 6, "2026-11-26T12:00"),
    ]
    of_life_safety = plan_cards(CARDS, a_promise(limit="30 minutes"), life_safety=True, level=1)
    assert [(r.action, local(r.due_at)) for r in of_life_safety] == [
        ("red_card", "2026-11-23T09:30")
    ]


def test_of_a_limit_that_no_calendar_knows_only_the_first_card_has_a_time():
    """It took over another alert's due time, and its own lies in a year that nobody has loaded."""
    limit = Limit.parse("20 work_days")
    borrowed = RunningPromise(at("2026-12-21T09:00"), at("2026-12-24T18:00"), limit, FUTIAN)
    with pytest.raises(CalendarEnds):
        borrowed.given()
    planned = plan_cards(CARDS, borrowed, life_safety=False, level=4)
    assert [(card.action, card.due_at) for card in planned] == [
        ("yellow_card", at("2026-12-24T18:00")),
        ("orange_card", None),
        ("red_card", None),
    ]


def test_an_alert_wears_the_worst_card_of_its_running_clocks():
    assert worst_card(["yellow", None, "red", "orange"]) == "red"
    assert worst_card([None]) is None
