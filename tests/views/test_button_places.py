"""The more steps the law has, the calmer the foot of the drawer must stay."""

from paper_city import steps_from

from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.steps import STEPS
from dispatch.views.button_places import button_places, draw_order


def names_at(status):
    return [step.name for step in steps_from(status)]


def test_one_main_button_and_two_beside_it_whatever_is_open():
    for status in OPEN:
        where = list(button_places(names_at(status)).values())
        assert where.count("main") <= 1, status
        assert where.count("beside") <= 2, status


def test_a_department_signs_or_sends_back_and_finds_the_rest_behind_more():
    where = button_places(["sign", "return", "note", "snooze"])
    assert where == {"sign": "main", "return": "beside", "note": "beside", "snooze": "more"}


def test_what_ends_an_alert_stands_apart_at_every_status():
    for status in OPEN:
        where = button_places(names_at(status))
        for step in {"decline", "withdraw", "void", "merge"} & where.keys():
            assert where[step] == "apart", (status, step)


def test_whoever_is_asked_to_void_sees_both_answers():
    where = button_places(["accept", "decline", "confirm_void", "refuse_void", "note"])
    assert (where["confirm_void"], where["refuse_void"]) == ("beside", "beside")


def test_a_step_that_nobody_placed_waits_behind_more():
    assert button_places([*STEPS, "brand_new"])["brand_new"] == "more"


def test_the_two_answers_to_one_question_stand_beside_each_other():
    names = ["note", "grant_suspension", "refuse_suspension", "urge"]
    where = button_places(names)
    drawn = sorted(names, key=lambda name: draw_order(name, where[name]))
    assert drawn[:3] == ["grant_suspension", "refuse_suspension", "note"]
