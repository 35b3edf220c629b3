"""Where life is in danger, somebody comes first whenever the work begins, goes on or moves."""

import hashlib

import pytest
from correcting import corrects
from moving import MONDAY_TEN, differences, told

from dispatch.domain.roles import Grant

AGAIN = {"reason": "还在往下塌"}
STREET = "street-futian"


@pytest.fixture
def city_on_monday(city):
    city.clock.reads(MONDAY_TEN)
    yield city
    assert differences(city) == []


def is_mended(city, alert, photo):
    """As far as the verifier's turn."""
    city.department().signs(alert, to=city.handler())
    for unit, state in alert.helping().items():
        if state == "to_sign" and unit != STREET:  # the lead waits for nobody else
            city.street().takes("release_support", alert, unit=unit, reason="不用来了")
    city.handler().arrives(alert)
    city.handler().submits_with(alert, photo)
    city.department().confirms(alert)


def is_closed(city, alert, photo):
    is_mended(city, alert, photo)
    city.grid_worker().takes("verify_ok", alert, grade="good")
    city.volunteer().rates(alert)


def comes_back(city, alert, photo):
    """The grid worker found it as it was."""
    picture = photo + b"again"
    seen = [hashlib.sha256(picture).hexdigest()]
    city.grid_worker().takes("verify_fail", alert, photos=seen, **AGAIN)
    city.grid_worker().sends_photo(alert, picture)


def is_called(city, alert):
    """Whether the street was called to come first and has to sign for it."""
    return alert.helping().get(STREET) == "to_sign"


def sentence(alert, step):
    return [line["sentence"] for line in alert.now["timeline"] if line["code"] == step][-1]


def test_a_danger_first_said_while_the_result_is_verified_calls_with_the_rework(
    city_on_monday, photo
):
    city = city_on_monday
    hole = city.volunteer().reports()
    is_mended(city, hole, photo)
    corrects(city, hole, life_safety=True)
    assert told(city, "first_to_sign") == [], "nobody works on it yet"
    city.clock.advance(minutes=10)
    comes_back(city, hole, photo)
    assert (hole.status, is_called(city, hole)) == ("signed", True)
    assert told(city, "first_to_sign") == [STREET]
    assert hole.promise_of(STREET, "arrive")["due_at"] == "2026-11-23T02:25:00Z"
    assert sentence(hole, "verify_fail").endswith("退回返工，福田街道先期处置")


def test_a_danger_first_said_while_it_is_rated_calls_when_it_is_done_again(city_on_monday, photo):
    city = city_on_monday
    hole = city.volunteer().reports()
    is_mended(city, hole, photo)
    city.grid_worker().verifies(hole)
    corrects(city, hole, life_safety=True)
    city.volunteer().rates(hole, solved=False)
    assert is_called(city, hole)
    assert sentence(hole, "rate").endswith("重新办理，福田街道先期处置")


def test_the_second_time_it_is_not_solved_nobody_is_called_before_somebody_looked(
    city_on_monday, photo
):
    city = city_on_monday
    hole = city.volunteer().reports()
    is_mended(city, hole, photo)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole, solved=False)
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo + b"2")
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    corrects(city, hole, life_safety=True)
    city.volunteer().rates(hole, solved=False)
    assert (hole.status, told(city, "first_to_sign")) == ("verifying", [])
    comes_back(city, hole, photo)
    assert is_called(city, hole)


def test_rework_calls_nobody_who_was_there(city_on_monday, photo):
    city = city_on_monday
    collapse = city.volunteer().reports("E0505", answers={})
    city.sends_first_response(collapse)
    is_mended(city, collapse, photo)
    comes_back(city, collapse, photo)
    assert told(city, "first_to_sign") == [STREET]
    assert not is_called(city, collapse)


def test_rework_calls_the_street_that_was_released_when_the_lead_was_done(city_on_monday, photo):
    city = city_on_monday
    collapse = city.volunteer().reports("E0505", answers={})
    is_mended(city, collapse, photo)
    assert STREET not in collapse.helping()
    comes_back(city, collapse, photo)
    assert is_called(city, collapse)


def test_a_danger_that_is_opened_again_calls_a_first_response_anew(city_on_monday, photo):
    """Days later nobody stands there any more."""
    city = city_on_monday
    collapse = city.volunteer().reports("E0505", answers={})
    city.sends_first_response(collapse)
    is_closed(city, collapse, photo)
    city.clock.jump(days=3)
    city.street().takes("reopen", collapse, **AGAIN)
    assert is_called(city, collapse)
    assert told(city, "first_to_sign") == [STREET, STREET]
    assert collapse.promise_of(STREET, "arrive")["due_at"] == "2026-11-26T02:15:00Z"
    assert "福田街道先期处置" in sentence(collapse, "reopen")
    city.sends_first_response(collapse)
    assert collapse.helping()[STREET] == "on_site"


def test_without_danger_nobody_comes_first(city_on_monday, photo):
    city = city_on_monday
    hole = city.volunteer().reports()
    is_mended(city, hole, photo)
    comes_back(city, hole, photo)
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo + b"2")
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    city.street().takes("reopen", hole, **AGAIN)
    assert told(city, "first_to_sign") == []
    assert sentence(hole, "reopen").endswith("第一次的结果保留在记录里")


@pytest.fixture
def led_by_the_street(city_on_monday):
    """A collapsed road that the street took over before anybody came."""
    collapse = city_on_monday.volunteer().reports("E0505", answers={})
    city_on_monday.street().takes("reassign", collapse, lead=STREET, reason="街道来办")
    return collapse


def test_a_correction_that_takes_the_lead_from_a_street_that_never_came_calls_it(
    city_on_monday, led_by_the_street
):
    city = city_on_monday
    corrects(city, led_by_the_street, category="E0502")
    assert led_by_the_street.now["lead"] != STREET
    assert is_called(city, led_by_the_street)
    assert told(city, "first_to_sign") == [STREET, STREET]


def test_a_correction_that_says_there_is_no_danger_calls_nobody_who_led(
    city_on_monday, led_by_the_street
):
    city = city_on_monday
    corrects(city, led_by_the_street, category="E0113", life_safety=False)
    assert STREET not in led_by_the_street.helping()


def test_a_street_that_was_there_as_lead_is_not_called_again(city_on_monday, led_by_the_street):
    city, patrol = city_on_monday, city_on_monday.person("patrol", Grant("handler", STREET))
    city.street().signs(led_by_the_street, to=patrol)
    patrol.arrives(led_by_the_street)
    corrects(city, led_by_the_street, category="E0502")
    assert led_by_the_street.now["lead"] != STREET
    assert STREET not in led_by_the_street.helping()


@pytest.mark.parametrize("moved", ["reassigned", "corrected"])
def test_a_street_that_led_before_anybody_spoke_of_danger_comes_first_once_another_leads(
    city_on_monday, moved
):
    city = city_on_monday
    hole = city.volunteer().reports()
    city.street().takes("reassign", hole, lead=STREET, reason="街道来办")
    corrects(city, hole, life_safety=True)
    assert told(city, "first_to_sign") == [], "it leads"
    if moved == "reassigned":
        city.street().takes("reassign", hole, lead="ZJJ", reason="属住建")
        assert sentence(hole, "reassign").endswith("，福田街道先期处置")
    else:
        corrects(city, hole, category="E0502")
    assert hole.now["lead"] != STREET
    assert is_called(city, hole)
