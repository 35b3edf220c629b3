"""A correction that begins or ends a danger to life: date, whistle, severity, first response."""

import pytest
from correcting import WHY, corrects
from moving import MONDAY_TEN, differences, due_at, said_to_the_reporter, sentences, told


@pytest.fixture
def hole(city):
    """A hole in the road on Monday at ten: 5 work days."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports()
    assert differences(city) == []


@pytest.fixture
def collapse(city):
    """A collapsed road: danger to life, four hours, and the street comes first."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports("E0505", answers={})
    assert differences(city) == []


def test_danger_alone_moves_the_date_and_the_reporter_reads_from_which_to_which(city, hole):
    """A rule of the city may give another limit where life is in danger."""
    city.clock.advance(minutes=5)
    before = due_at(hole)
    corrects(city, hole, life_safety=True)
    assert (before, due_at(hole)) == ("11-30 18:00", "11-23 14:05")
    assert hole.now["told"]["due_at"] == hole.promise("dispose")["due_at"]
    [said] = said_to_the_reporter(city, "corrected")
    assert (said["before"][:16], said["due_at"][:16]) == ("2026-11-30T10:00", "2026-11-23T06:05")
    [row] = [line for line in hole.now["timeline"] if line["code"] == "correct"]
    assert row["codes"]["promises"]["dispose"] == "ended"
    assert row["sentence"].endswith("；办结日期由11月30日18:00改为11月23日14:05")
    assert sentences(city.volunteer(), hole).count(row["sentence"]) == 1


def test_without_danger_the_whistle_and_the_first_response_end_as_well(city, collapse):
    """A rule whistled because life was in danger: no face calls it urgent any more."""
    assert collapse.now["whistle"] == "emergency"
    assert "street-futian" in collapse.helping()
    corrects(city, collapse, life_safety=False)
    now = collapse.now
    assert (now["life_safety"], now["whistle"]) == (False, None)
    assert "street-futian" not in collapse.helping()
    assert told(city, "first_released") == ["street-futian"]
    [row] = [line for line in now["timeline"] if line["code"] == "decide_again"]
    assert row["sentence"].endswith("；吹哨类别：应急哨 → 普通派单")
    corrects(city, collapse, life_safety=True)
    assert collapse.now["whistle"] == "emergency"
    assert "street-futian" in collapse.helping()


def test_severity_follows_the_rules_both_ways_where_no_person_set_it(city, hole):
    for danger, severity in ((True, 1), (False, 3)):
        corrects(city, hole, life_safety=danger)
        assert hole.now["severity"] == severity
    assert sentences(city.street(), hole)[-1].endswith(
        "；严重程度：1 级（最重） → 3 级；吹哨类别：应急哨 → 普通派单"
    )


@pytest.mark.both_databases
def test_a_first_response_that_began_goes_on_without_the_danger(city, collapse):
    city.street().takes("support_sign", collapse)
    corrects(city, collapse, life_safety=False)
    assert "street-futian" in collapse.helping()
    assert told(city, "first_released") == []


@pytest.mark.both_databases
def test_a_street_that_is_told_and_now_comes_first_is_called_and_the_other_way_round(city):
    city.clock.reads(MONDAY_TEN)
    tree = city.volunteer().reports("N0102", answers={}, text="堆了东西")
    corrects(city, tree, life_safety=True)
    assert "street-futian" in told(city, "first_to_sign")
    corrects(city, tree, life_safety=False)
    assert told(city, "first_released") == ["street-futian"]


def test_what_a_person_set_stays_when_the_danger_ends(city, collapse):
    corrects(city, collapse, severity="severity_2")
    corrects(city, collapse, life_safety=False)
    assert (collapse.now["severity"], collapse.now["whistle"]) == (2, None)


def test_danger_that_a_person_said_goes_on_when_it_is_accepted_and_so_does_the_whistle(city):
    city.clock.reads(MONDAY_TEN)
    something = city.volunteer().reports("unsure", answers={}, text="这里有点问题")
    city.street().takes("correct", something, **WHY, life_safety=True)
    assert something.now["whistle"] == "emergency"
    city.street().takes("accept", something, lead="JTJ", category="E0113")
    assert (something.now["life_safety"], something.now["whistle"]) == (True, "emergency")
    corrects(city, something, life_safety=False)
    assert (something.now["life_safety"], something.now["whistle"]) == (False, None)
