"""What should never have been reported is voided: one asks, a second person decides."""

import pytest
from city import refused
from moving import told

from dispatch.domain.roles import Grant
from dispatch.installation.verify_store import verify_store
from dispatch.sweep.sweep_promises import sweep_promises

WHY = {"reason": "演练时误发的"}
STREET = Grant("street_dispatcher", "street-futian")
DISTRICT = Grant("district_dispatcher", "futian")
NEAR_THE_DISTRICT = (114.0579, 22.70)  # plausible, but in no street's polygon


@pytest.fixture
def test_run(city):
    """A hole in the road that was only a drill, and that the street asks to void."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.street().takes("void", hole, **WHY)
    return hole


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]


def test_a_second_person_confirms_and_every_clock_ends_neutral(city, test_run):
    city.person("colleague", STREET).takes("confirm_void", test_run)
    assert test_run.status == "voided"
    assert {each["state"] for each in test_run.now["promises"]} == {"ended"}
    assert test_run.timeline()[-2:] == ["void", "confirm_void"]
    city.clock.advance(days=30)
    assert "card" not in test_run.timeline()
    assert differences(city) == []


def test_the_district_confirms_as_well(city, test_run):
    city.district().takes("confirm_void", test_run)
    assert test_run.status == "voided"


def test_whoever_asked_does_not_confirm_it(city, test_run):
    with refused("second_person"):
        city.street().takes("confirm_void", test_run)
    assert test_run.status == "dispatched"


def test_nobody_else_asks_or_decides(city, test_run):
    for person in (city.department(), city.supervisor(), city.grid_worker()):
        for step in ("void", "confirm_void", "refuse_void"):
            with refused("forbidden_step"):
                person.takes(step, test_run, **({} if step == "confirm_void" else WHY))


def test_its_clocks_run_on_while_it_is_asked(city, test_run):
    sign = test_run.promise("sign")
    assert sign["state"] == "running"
    city.clock.walk_to(sign["due_at"])
    assert "card" in test_run.timeline()


def test_it_can_be_refused_and_asked_again(city, test_run):
    with refused("void_asked"):
        city.person("colleague", STREET).takes("void", test_run, **WHY)
    city.district().takes("refuse_void", test_run, reason="坑是真的")
    assert test_run.now["timeline"][-1]["sentence"].startswith("福田区级分拨员保留")
    with refused("void_not_asked"):
        city.district().takes("confirm_void", test_run)
    with refused("void_not_asked"):
        city.district().takes("refuse_void", test_run, reason="坑是真的")
    city.street().takes("void", test_run, **WHY)
    assert test_run.status == "dispatched"


def test_whoever_asked_may_take_it_back(city, test_run):
    city.street().takes("refuse_void", test_run, reason="弄错了")
    assert "收回作废申请" in test_run.now["timeline"][-1]["sentence"]


def test_each_is_offered_what_they_may_do(city):
    hole = city.volunteer().reports()
    street, colleague = city.street(), city.person("colleague", STREET)
    assert street.may(hole) & {"void", "confirm_void", "refuse_void"} == {"void"}
    assert city.district().may(hole) & {"void", "confirm_void", "refuse_void"} == set()
    street.takes("void", hole, **WHY)
    assert street.may(hole) & {"void", "confirm_void", "refuse_void"} == {"refuse_void"}
    assert {"confirm_void", "refuse_void"} <= colleague.may(hole) & city.district().may(hole)


def test_the_reporter_reads_what_became_of_it_and_is_told(city, test_run):
    city.district().takes("confirm_void", test_run, note="演练")
    told = city.volunteer().sees(test_run)
    assert told["status"] == "voided"
    assert "区级分拨员确认作废" in told["timeline"][-1]["sentence"]
    assert told["steps"] == []


def test_whoever_asked_is_not_named_anywhere(city, test_run):
    assert "by" not in test_run.now["timeline"][-1]["codes"]
    assert city.street().id not in str(city.supervisor().sees(test_run))


def test_a_sweep_after_it_finds_nothing_to_fire(city, test_run):
    city.district().takes("confirm_void", test_run)
    city.clock.jump(days=60)
    assert sweep_promises(city.store) == 0
    assert differences(city) == []


def test_what_came_to_its_end_is_asked_anew_when_it_is_opened_again(city, photo):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.street().takes("void", hole, reason="重复演练")
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    city.street().takes("reopen", hole, reason="又塌了")
    with refused("void_not_asked"):
        city.district().takes("confirm_void", hole)
    city.street().takes("void", hole, reason="确为演练")
    city.district().takes("confirm_void", hole)
    assert hole.status == "voided"


def test_a_merge_leaves_no_question_behind(city):
    first, second = city.volunteer().reports(), city.person("neighbour").reports()
    city.street().takes("void", second, reason="演练")
    city.street().takes("merge", second, into=first.seen["number"])
    city.street().takes("unmerge", second, reason="不是一处")
    assert "confirm_void" not in city.district().may(second)


def asked_to_confirm(city):
    return set(told(city, "to_confirm_void"))


def test_a_desk_where_nobody_sits_but_whoever_asked_is_not_told_to_confirm(city, test_run):
    assert asked_to_confirm(city) == {"district"}


def test_a_desk_with_a_colleague_is_told_to_confirm(city):
    city.person("colleague", STREET)
    city.street().takes("void", city.volunteer().reports(), **WHY)
    assert asked_to_confirm(city) == {"street-futian", "district"}


def test_the_colleague_may_sit_in_the_community(city):
    hole = city.volunteer().reports()
    community = hole.now["community"]
    city.person("colleague", Grant("street_dispatcher", community))
    city.street().takes("void", hole, **WHY)
    assert asked_to_confirm(city) == {"street-futian", "district"}


def test_where_no_street_is_known_the_district_asks_and_a_colleague_there_is_told(city):
    hole = city.volunteer().reports(at=NEAR_THE_DISTRICT)
    city.district().takes("void", hole, **WHY)
    assert asked_to_confirm(city) == set()
    city.person("colleague", DISTRICT).takes("refuse_void", hole, reason="再看看")
    city.district().takes("void", hole, **WHY)
    assert asked_to_confirm(city) == {"district"}
