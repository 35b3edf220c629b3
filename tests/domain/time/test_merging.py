"""Due times that a promise takes over: the earliest counts, moved by the pauses since."""

from calendars import FUTIAN, at, local

from dispatch.domain.time.escalation import RunningPromise, plan_rungs
from dispatch.domain.time.ladders import LadderRung, Share
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.taken_over import (
    MERGE,
    UNMERGE,
    TakenOver,
    earliest,
    taken_over,
    with_pauses_ended,
)

TEN, NOON, FOUR = at("2026-11-23T10:00"), at("2026-11-23T12:00"), at("2026-11-23T16:00")
TOMORROW = at("2026-11-24T10:00")


def due(own, *taken: object, pauses=()):
    found = earliest(own, [TakenOver(*each) for each in taken], "work_hours", FUTIAN, pauses)
    return found and local(found)


def test_the_earliest_counts():
    assert due(TOMORROW, (TEN, FOUR)) == "2026-11-23T16:00"
    assert due(FOUR, (TEN, TOMORROW)) == "2026-11-23T16:00"
    assert due(TOMORROW) == "2026-11-24T10:00"


def test_a_pause_since_the_merge_moves_it_by_working_time_and_an_earlier_one_does_not():
    hour = Pause(at("2026-11-23T11:00"), at("2026-11-23T15:00"))  # one hour before lunch, one after
    assert due(TOMORROW, (TEN, FOUR), pauses=[hour]) == "2026-11-23T18:00"
    assert due(TOMORROW, (at("2026-11-23T15:00"), FOUR), pauses=[hour]) == "2026-11-23T16:00"


def test_while_it_is_paused_it_is_not_due_and_what_was_late_stays_late():
    standing = [Pause(at("2026-11-23T11:00"))]
    assert due(None, (TEN, FOUR), pauses=standing) is None
    assert due(None, (TEN, at("2026-11-23T09:30")), pauses=standing) == "2026-11-23T09:30"


def test_what_was_unmerged_counts_no_more():
    events = [
        (MERGE, TEN, "a", FOUR),
        (MERGE, NOON, "b", TOMORROW),
        (UNMERGE, at("2026-11-23T14:30"), "a", None),
    ]
    assert taken_over(events) == {"b": TakenOver(NOON, TOMORROW)}
    again = [*events, (MERGE, FOUR, "a", TOMORROW)]
    assert taken_over(again)["a"] == TakenOver(FOUR, TOMORROW)


def test_what_was_granted_before_the_merge_moves_nothing_and_since_then_moves_it():
    def extended(*granted: object):
        return taken_over([(MERGE, NOON, "a", FOUR)], [(each, 60) for each in granted])["a"]

    assert extended(TEN) == TakenOver(NOON, FOUR)
    assert extended(NOON) == TakenOver(NOON, FOUR, 60)  # in the very moment: to be had by both
    assert extended(TEN, FOUR, TOMORROW) == TakenOver(NOON, FOUR, 120)


def test_a_clock_that_stands_is_taken_over_as_if_it_went_on_now():
    ended, standing = Pause(TEN, NOON), Pause(FOUR)
    assert with_pauses_ended([ended, standing], TOMORROW) == [ended, Pause(FOUR, TOMORROW)]


def test_shares_of_a_hastened_limit_are_shares_of_the_time_until_it_is_due():
    ladder = [LadderRung(Share(50), "notice", ("lead",)), LadderRung(Share(100), "urge", ("lead",))]
    promised = RunningPromise(TEN, NOON, Limit(8, "work_hours"), FUTIAN, hastened=True)
    planned = plan_rungs(ladder, promised, life_safety=False)
    assert [local(each.due_at) for each in planned] == ["2026-11-23T11:00", "2026-11-23T12:00"]
    late = RunningPromise(FOUR, NOON, Limit(8, "work_hours"), FUTIAN, hastened=True)
    [first, _] = plan_rungs(ladder, late, life_safety=False)
    assert first.due_at == FOUR  # due before it began: at once
