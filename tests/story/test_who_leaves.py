"""Whoever handles no more work keeps none: it goes back to the unit's desk, which is told."""

import pytest
from city import CIVIC_CENTRE, refused
from click.testing import CliRunner
from moving import differences, sentences, told

from dispatch.cli import main
from dispatch.domain.roles import Grant
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.people.end_grant import end_grant

HERE = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
HAND = Grant("handler", "JTJ")
LEAVES = {
    "disabled": lambda city, who: disable_person(city.store, who.id),
    "without their role": lambda city, who: end_grant(city.store, who.id, HAND),
}


@pytest.fixture
def hole(city):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    yield hole
    assert differences(city) == []


@pytest.mark.parametrize("how", LEAVES)
def test_their_work_goes_back_to_the_desk_which_sends_somebody_else(city, hole, photo, how):
    city.handler().arrives(hole)
    version, clocks = hole.now["version"], hole.now["promises"]
    LEAVES[how](city, city.handler())
    now = hole.now
    assert (now["status"], now["handler"], now["version"]) == ("on_site", None, version + 1)
    assert now["promises"] == clocks
    assert told(city, "handed_back") == ["JTJ"]
    assert sentences(city.department(), hole)[-1] == (
        "原来派的人不再办理，已退回市交通运输局福田管理局，请另派人"
    )
    other = city.person("other hand", HAND)
    hole.seen["version"] = now["version"]
    city.department().takes("assign", hole, to=other.id)
    other.submits_with(hole, photo)
    city.department().confirms(hole)
    assert hole.status == "verifying"


@pytest.mark.both_databases
def test_who_had_it_on_their_page_is_told_why_it_moved(city, hole):
    disable_person(city.store, city.handler().id)
    with refused("version_conflict") as refusal:
        city.department().takes("assign", hole, to=city.person("other hand", HAND).id)
    assert refusal.problem["detail"]


def test_who_keeps_a_role_at_the_unit_keeps_the_work(city, hole):
    team = Grant("handler", "JTJ-ROADS")
    city.handler().also(team)
    end_grant(city.store, city.handler().id, team)
    assert hole.now["handler"] == city.handler().id
    assert told(city, "handed_back") == []


def test_what_they_did_stays_and_a_role_elsewhere_verifies_none_of_it(city, hole, photo):
    both = city.handler().also(Grant("grid_worker", "street-futian"))
    both.arrives(hole)
    end_grant(city.store, both.id, HAND)
    hole.seen["version"] = hole.now["version"]
    other = city.person("other hand", HAND)
    city.department().takes("assign", hole, to=other.id)
    other.submits_with(hole, photo)
    city.department().confirms(hole)
    assert "verify_ok" not in both.may(hole)


def test_the_part_of_a_unit_that_helps_goes_back_to_that_unit(city, hole):
    hand = city.person("patrol", Grant("handler", "street-futian"))
    call = {"unit": "street-futian", "mode": "required", "reason": "请清走占道摊点"}
    city.department().takes("call_support", hole, **call)
    city.street().takes("support_sign", hole, to=hand.id)
    disable_person(city.store, hand.id)
    assert told(city, "handed_back") == ["street-futian"]
    assert hole.now["handler"] == city.handler().id
    hole.seen["version"] = hole.now["version"]
    other = city.person("other patrol", Grant("handler", "street-futian"))
    city.street().takes("support_assign", hole, to=other.id)
    other.takes("support_arrive", hole, position=HERE)
    other.takes("support_finish", hole, done="已清走")


def test_what_is_verified_or_over_stays_as_it_is(city, hole, photo):
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    version = hole.now["version"]
    disable_person(city.store, city.handler().id)
    assert (hole.now["version"], hole.now["handler"]) == (version, city.handler().id)
    assert told(city, "handed_back") == []


def test_the_command_that_disables_hands_back_as_well(city, hole, monkeypatch, settings):
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", settings.database_url)
    ended = CliRunner().invoke(main, ["person", "disable", city.handler().id])
    assert ended.exit_code == 0, ended.output
    assert hole.now["handler"] is None
