"""Asked in time, done meanwhile, and nobody has decided: the district's silence accuses nobody."""

import pytest
from city import refused
from moving import (
    BUSY,
    differences,
    due_at,
    is_late,
    sentences,
    signed_hole,
    told,
)

from dispatch.domain.roles import Grant
from dispatch.installation.people.grant_role import grant_role

# Due on Monday the 30th at 18:00; two work days more are Wednesday at 18:00.
AFTER, TOO_LATE_EVEN_SO = "2026-12-01T10:00:00+08:00", "2026-12-03T10:00:00+08:00"
AGAIN = {"reason": "又塌了", "photos": ["0" * 64]}


@pytest.fixture
def hole(city):
    """At its handler's, who asked for two work days more before it was late."""
    hole = signed_hole(city)
    city.handler().arrives(hole)
    city.department().takes("extend", hole, by=2, reason=BUSY)
    yield hole
    assert differences(city) == []


def is_done(city, hole, photo, at=AFTER):
    city.clock.walk_to(at)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)


def grants(city, hole):
    city.district().takes("grant_extension", hole)


def refuses(city, hole):
    city.district().takes("refuse_extension", hole, reason="仓库里有井盖")


def disposed(hole):
    promise = hole.promise("dispose")
    return promise["state"], promise["outcome"], promise["flag"]


def counted(city):
    """What the report says of the road people: due, and kept."""
    rows = city.supervisor().asks("GET", "reports/on-time")["rows"]
    return [(row["due"], row["kept"]) for row in rows if row["department"] == "JTJ"]


def was_overdue(city, at):
    """Whether the supervisors' list of that moment names it."""
    return bool(city.supervisor().asks("GET", "reports/overdue", query_string={"at": at})["rows"])


def test_done_after_the_due_time_and_undecided_nobody_is_accused(city, hole, photo):
    is_done(city, hole, photo)
    assert disposed(hole) == ("pending", None, "pending")
    assert hole.status == "verifying"
    assert (hole.now["card"], is_late(city, hole)) == (None, False)
    assert counted(city) == []
    assert not was_overdue(city, "2026-12-01T09:00:00+08:00")
    assert hole.now["requests"][0]["kind"] == "extend"
    assert {"grant_extension", "refuse_extension"} <= city.district().may(hole)


def test_granted_after_the_deed_it_was_in_time_as_of_the_asking(city, hole, photo):
    is_done(city, hole, photo)
    grants(city, hole)
    assert disposed(hole) == ("met", "met", None)
    assert (due_at(hole), hole.promise("dispose")["extended"]) == ("12-02 18:00", 2)
    assert hole.now["requests"] == []
    assert sentences(city.volunteer(), hole)[-1].endswith("处置时限改为12月2日18:00")
    city.clock.walk_to("2026-12-02T20:00:00+08:00")
    assert counted(city) == [(1, 1)]


@pytest.mark.both_databases
def test_refused_after_the_deed_it_was_missed(city, hole, photo):
    is_done(city, hole, photo)
    refuses(city, hole)
    assert disposed(hole) == ("missed", "missed", None)
    assert counted(city) == [(1, 0)]
    assert was_overdue(city, "2026-12-01T09:00:00+08:00")
    assert told(city, "not_extended") == ["JTJ"]


def test_what_the_extension_would_not_have_reached_is_missed_all_the_same(city, hole, photo):
    is_done(city, hole, photo, at=TOO_LATE_EVEN_SO)
    assert disposed(hole) == ("pending", None, "pending")
    grants(city, hole)
    assert disposed(hole) == ("missed", "missed", None)


def test_done_in_time_there_is_nothing_left_to_decide(city, hole, photo):
    is_done(city, hole, photo, at="2026-11-30T17:00:00+08:00")
    assert disposed(hole) == ("met", "met", None)
    assert hole.now["requests"] == []
    with refused("nothing_asked"):
        grants(city, hole)


def test_who_asked_too_late_to_be_held_is_not_excused(city, photo):
    hole = signed_hole(city)
    city.handler().arrives(hole)
    city.clock.walk_to("2026-11-30T17:30:00+08:00")
    with refused("asked_too_late"):
        city.department().takes("extend", hole, by=2, reason=BUSY)
    is_done(city, hole, photo)
    assert disposed(hole) == ("missed", "missed", None)


def test_the_district_may_still_decide_when_the_reporter_is_asked(city, hole, photo):
    is_done(city, hole, photo)
    city.grid_worker().verifies(hole)
    assert hole.status == "resolved"
    grants(city, hole)
    assert disposed(hole)[0] == "met"


def test_closed_undecided_it_counts_for_nobody(city, hole, photo):
    """The alert is over: what the district left unsaid neither accuses nor excuses."""
    is_done(city, hole, photo)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    assert disposed(hole) == ("ended", None, "pending")
    assert hole.now["requests"] == []
    with refused("step_conflict"):
        grants(city, hole)
    assert counted(city) == []
    assert not was_overdue(city, "2026-12-01T09:00:00+08:00")


def test_closed_by_itself_undecided_it_counts_for_nobody(city, hole, photo):
    is_done(city, hole, photo)
    city.grid_worker().verifies(hole)
    city.clock.advance(days=8)
    assert hole.status == "closed"
    assert disposed(hole) == ("ended", None, "pending")


def test_voided_undecided_it_counts_for_nobody(city, hole, photo):
    is_done(city, hole, photo)
    city.street().takes("void", hole, reason="测试件")
    city.district().takes("confirm_void", hole)
    assert disposed(hole) == ("ended", None, "pending")
    assert counted(city) == []


def test_rework_is_held_as_well_and_has_the_rest_that_the_extension_leaves(city, hole, photo):
    is_done(city, hole, photo)
    city.clock.advance(hours=1)  # that the grid worker takes to look
    city.grid_worker().takes("verify_fail", hole, **AGAIN)
    assert disposed(hole) == ("running", None, "pending")
    without = due_at(hole)
    grants(city, hole)
    first, rework = [one for one in hole.now["promises"] if one["clock"] == "dispose"]
    assert (first["outcome"], rework["state"], rework["flag"]) == ("met", "running", None)
    # A quarter of 41 office hours; of the 55 with the extension 13 are left.
    assert (without, due_at(hole)) == ("12-02 16:15", "12-03 10:00")


@pytest.mark.both_databases
def test_rework_that_nobody_decided_about_is_not_late_and_counts_with_the_first(city, hole, photo):
    is_done(city, hole, photo)
    city.grid_worker().takes("verify_fail", hole, **AGAIN)
    city.handler().arrives(hole)
    city.clock.walk_to(TOO_LATE_EVEN_SO)
    assert (hole.now["card"], is_late(city, hole)) == (None, False)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    grants(city, hole)
    both = [one["outcome"] for one in hole.now["promises"] if one["clock"] == "dispose"]
    assert both == ["met", "missed"]


def test_rework_that_is_refused_more_time_is_late_at_once(city, hole, photo):
    is_done(city, hole, photo)
    city.grid_worker().takes("verify_fail", hole, **AGAIN)
    city.handler().arrives(hole)
    city.clock.walk_to(TOO_LATE_EVEN_SO)
    refuses(city, hole)
    city.clock.advance(seconds=1)
    first, rework = [one for one in hole.now["promises"] if one["clock"] == "dispose"]
    assert (first["outcome"], rework["card"]) == ("missed", "yellow")
    assert is_late(city, hole)


def test_whoever_gives_the_rework_away_gives_the_request_away(city, hole, photo):
    """Another unit has it now: the first round counts for nobody, nor does the second."""
    is_done(city, hole, photo)
    city.grid_worker().takes("verify_fail", hole, **AGAIN)
    city.street().takes("reassign", hole, lead="CGJ", reason="井盖归城管")
    *before, fresh = [one for one in hole.now["promises"] if one["clock"] == "dispose"]
    assert [(one["unit"], one["state"]) for one in before] == [("JTJ", "ended"), ("JTJ", "ended")]
    assert (fresh["unit"], fresh["state"], fresh["flag"]) == ("CGJ", "running", None)
    assert hole.now["requests"] == []


def test_merged_during_rework_all_of_it_ends_neutral(city, hole, photo):
    is_done(city, hole, photo)
    city.grid_worker().takes("verify_fail", hole, **AGAIN)
    other = city.volunteer().reports()
    city.street().takes("merge", hole, into=other.id)
    both = [one["state"] for one in hole.now["promises"] if one["clock"] == "dispose"]
    assert both == ["ended", "ended"]


def test_the_district_hears_that_its_word_is_missing_although_the_work_is_done(city, hole, photo):
    city.clock.walk_to("2026-11-30T18:00:30+08:00")
    assert told(city, "undecided") == ["district", "supervisor"]
    is_done(city, hole, photo)
    assert told(city, "to_decide") == ["district"]


# A suspension (挂账) that nobody decided about holds every clock that it would have stopped


@pytest.fixture
def waiting(city):
    """Signed, not yet on site; asked to put it off while the arrival was in time."""
    hole = signed_hole(city)
    put_off = {"until": "2026-12-20", "plan": "到货后施工", "reason": BUSY}
    city.department().takes("suspend", hole, **put_off)
    city.clock.walk_to("2026-11-26T10:00:00+08:00")  # the arrival was due the evening before
    city.handler().arrives(hole)
    yield hole
    assert differences(city) == []


@pytest.mark.both_databases
def test_who_arrives_while_the_suspension_is_undecided_is_not_late(city, waiting):
    arrival = waiting.promise("arrive")
    assert (arrival["state"], arrival["flag"]) == ("pending", "pending")
    assert not is_late(city, waiting)
    city.district().takes("grant_suspension", waiting)
    assert waiting.promise("arrive")["outcome"] == "met"  # its clock stood since the asking


def test_who_arrived_late_and_is_refused_the_suspension_was_late(city, waiting):
    city.district().takes("refuse_suspension", waiting, reason="可以先加盖板")
    assert waiting.promise("arrive")["outcome"] == "missed"


def test_who_submits_takes_the_suspension_back_and_what_was_kept_meanwhile_is_neutral(
    city, waiting, photo
):
    city.handler().submits_with(waiting, photo)
    assert waiting.now["requests"] == []
    assert waiting.promise("arrive")["state"] == "ended"
    assert waiting.promise("dispose")["flag"] is None


def test_whoever_asked_does_not_decide_after_the_deed_either(city, photo):
    hole = signed_hole(city)
    city.handler().arrives(hole)
    both = city.person("both", Grant("department_dispatcher", "JTJ"))
    grant_role(city.store, both.id, Grant("district_dispatcher", "futian"), city.organisation)
    both.takes("extend", hole, by=2, reason=BUSY)
    is_done(city, hole, photo)
    assert "grant_extension" not in both.may(hole)
    with refused("own_request"):
        both.takes("grant_extension", hole)
