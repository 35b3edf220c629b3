"""The street accepts: with the unit of the rules, with another one, or with another kind."""

import pytest
from city import CIVIC_CENTRE, refused
from moving import sentences

from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version

TEN = "2026-11-23T10:00:00+08:00"


@pytest.mark.both_databases
def test_where_the_street_chooses_another_unit_than_the_rules_it_says_so(city):
    city.clock.reads(TEN)
    something = city.volunteer().reports("unsure", answers={})
    city.street().takes("accept", something, lead="SWJ", category="E0114")
    said = "福田街道指定由区水务局办理；按规则会派给区城市管理和综合执法局"
    assert sentences(city.street(), something)[-1] == f"{said}；知会福田交警大队"
    decision = city.street().sees(something)["decision"]
    assert (decision["sentence"], decision["rule"]) == (said, None)
    outcomes = {each["outcome"] for each in decision["considered"]}
    assert "set_aside" in outcomes
    assert "barred" not in outcomes  # nobody complained about a unit
    aside = next(each for each in decision["considered"] if each["outcome"] == "set_aside")
    assert aside["sentence"].endswith("符合，但人选了别的单位")


def test_where_the_street_chooses_the_unit_of_the_rules_they_are_named(city):
    city.clock.reads(TEN)
    something = city.volunteer().reports("unsure", answers={})
    city.street().takes("accept", something, lead="CGJ", category="E0114")
    assert sentences(city.street(), something)[-1] == (
        "规则重新判断：派给区城市管理和综合执法局；知会福田交警大队"
    )
    decision = city.street().sees(something)["decision"]["sentence"]
    assert decision.startswith("受理时按规则"), "nobody corrected anything"
    assert city.street().sees(something)["decision"]["rule"] is not None


def test_with_another_kind_the_street_may_leave_the_unit_to_the_rules(city):
    city.clock.reads(TEN)
    something = city.volunteer().reports("unsure", answers={})
    [accept] = [each for each in city.street().sees(something)["steps"] if each["step"] == "accept"]
    lead = next(each for each in accept["fields"] if each["name"] == "lead")
    assert lead["spared_by"] == ["category", "place"]
    city.street().takes("accept", something, category="E0114")
    assert something.now["lead"] == "CGJ"
    assert sentences(city.street(), something)[-1] == (
        "规则重新判断：派给区城市管理和综合执法局；知会福田交警大队"
    )
    assert city.street().sees(something)["decision"]["rule"] is not None


@pytest.fixture
def proposed(city, settings):
    """A hole for which the rules only propose the road people: its street decides."""
    files = read_folder(settings.playbook)
    leads = (
        files["rules.yaml"]
        .decode()
        .replace("    lead: JTJ\n", "    lead: JTJ\n    needs_person: true\n", 1)
    )
    with city.store.write() as deed:
        publish_version(
            deed.session, files | {"rules.yaml": leads.encode()}, "look first", deed.now
        )
    city.store.forget_playbook()
    return city.volunteer().reports()


def test_without_another_kind_or_place_a_unit_has_to_be_named(city, proposed):
    with refused("invalid") as refusal:
        city.street().takes("accept", proposed, note="请尽快")
    assert refusal.faults == {("lead", "missing")}


def test_where_the_street_only_chooses_another_unit_the_old_decision_is_no_reason(city, proposed):
    by_rules = proposed.now["decision"]["lead"]
    city.street().takes("accept", proposed, lead="SWJ")
    decision = city.street().sees(proposed)["decision"]
    assert decision["lead"] == "SWJ" != by_rules
    assert decision["sentence"].startswith("福田街道指定由区水务局办理；规则只是建议")


LIANHUA = {"lon": 114.0579, "lat": 22.556, "crs": "wgs84"}


def test_a_complaint_about_a_unit_is_not_led_by_the_street_to_which_it_moves(city, proposed):
    """As the street of the place it must not receive it, whoever names it."""
    about = city.volunteer().reports(about_unit="CGJ")
    with refused("invalid") as refusal:
        city.street().takes("accept", about, lead="street-lianhua", place=LIANHUA)
    assert refusal.faults == {("lead", "cannot_be_named")}
    city.street().takes("accept", about, lead="street-lianhua")
    assert about.now["lead"] == "street-lianhua"


def test_a_place_far_away_is_refused_before_anything_is_written(city, proposed):
    before = proposed.now
    with refused("place_implausible"):
        city.street().takes("accept", proposed, lead="SWJ", place={**LIANHUA, "lat": 31.2})
    assert proposed.now == before


def test_another_place_in_the_same_street_is_in_the_story_of_whoever_accepts(city, proposed):
    lon, lat = CIVIC_CENTRE
    near = {"lon": lon + 0.001, "lat": lat, "crs": "wgs84"}
    city.street().takes("accept", proposed, place=near)
    accepted = next(each for each in sentences(city.street(), proposed) if "受理" in each)
    assert accepted.endswith("；地点：移动约 100 米")


def test_the_grid_alone_is_in_the_story_of_whoever_accepts(city, proposed):
    city.street().takes("accept", proposed, place={"grid": "grid-futian-1-2"})
    accepted = next(each for each in sentences(city.street(), proposed) if "受理" in each)
    assert "；地点：改到" in accepted
