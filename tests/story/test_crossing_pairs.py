"""Every pair of steps on one version of an alert, against a written table of which two cross."""

import pytest
from crossing import ACTS, Crossing
from documents import page

from dispatch.domain.law.steps import STEPS

TABLE = "tests/data/crossing_steps.txt"
SIGNED = ("sign", "assign", "call_support")
# scene: the steps that lead to it, over HTTP
SCENES = {
    "reported": (),
    "dispatched, voiding asked": ("void",),
    "signed, a unit called, extension asked": (*SIGNED, "extend"),
    "signed, a release asked": (*SIGNED, "ask_release"),
    "signed, a unit at work": (*SIGNED, "support_sign"),
    "signed, suspension asked": ("sign", "assign", "suspend"),
    "on site, a unit on site": (*SIGNED, "support_sign", "support_arrive", "arrive"),
    "submitted": ("sign", "assign", "arrive", "submit"),
    "returned": ("return",),
    "suspended": ("sign", "suspend", "grant_suspension"),
    "verifying": ("sign", "assign", "arrive", "submit", "confirm"),
    "resolved": ("sign", "assign", "arrive", "submit", "confirm", "verify_ok"),
    "closed": ("sign", "assign", "arrive", "submit", "confirm", "verify_ok", "rate"),
    "merged": ("merge",),
}


def scene_of(city, name):
    crossing = Crossing(city)
    kind = ("unsure", {"answers": {}}) if name == "reported" else ("E0113", {})
    alert = city.volunteer().reports(kind[0], **kind[1])
    crossing.takes(alert, *SCENES[name])
    return crossing, alert


def table():
    """By scene and first step, the answers to the steps at the heads of the columns."""
    scenes, columns = {}, []
    for line in page(TABLE).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            rows = scenes.setdefault(line.strip("[]"), {})
        elif line.startswith(" "):
            columns = line.split()
        else:
            first, *answers = line.split()
            rows[first] = dict(zip(columns, answers, strict=True))
    return scenes


@pytest.mark.parametrize("name", SCENES)
def test_of_two_steps_on_one_version_the_second_is_answered_as_the_table_says(city, name):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    crossing, alert = scene_of(city, name)
    wanted = table()[name]
    found = crossing.answers(alert, list(wanted))
    assert {first: answers.pop("") for first, answers in found.items()} == dict.fromkeys(
        wanted, "201"
    )
    assert found == wanted


def test_the_table_has_every_scene_and_every_step_that_a_person_takes():
    told = table()
    assert list(told) == list(SCENES)
    taken = {name for name, step in STEPS.items() if step.sources and not step.later}
    assert {first for rows in told.values() for first in rows} == taken - {"record_outcome"}
    assert set(ACTS) == taken - {"record_outcome"}


def test_whoever_moves_an_alert_is_never_followed_by_another_move_of_the_same_version():
    """Who holds it, its kind and its place are nobody's by accident."""
    moves = {"accept", "sign", "assign", "return", "rule", "reassign", "arrive", "submit", "merge"}
    moves |= {"send_back", "confirm", "verify_ok", "verify_fail", "rate", "resume", "correct"}
    moves |= {"decline", "withdraw", "confirm_void", "grant_suspension", "reopen", "unmerge"}
    crossed = [
        (scene, first, second)
        for scene, rows in table().items()
        for first, answers in rows.items()
        for second, answer in answers.items()
        if {first, second} <= moves and answer == "201"
    ]
    assert crossed == []
