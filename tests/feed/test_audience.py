"""Who hears of a change: everybody who may, and nobody else."""

from desk import eyes_of
from sqlalchemy import select

from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import Support
from dispatch.feed.audience import change_kind, read_visibilities
from dispatch.store.tables import Alert
from dispatch.store.visibility import visible_in
from dispatch.views.card import cards

MING = "ming"
PEOPLE = {
    "volunteer": eyes_of("volunteer@futian"),
    "own grid worker": eyes_of("grid_worker@grid_1"),
    "other grid worker": eyes_of("grid_worker@grid_9"),
    "own street": eyes_of("street_dispatcher@futian"),
    "own community": eyes_of("street_dispatcher@gangxia"),
    "other street": eyes_of("street_dispatcher@lianhua"),
    "roads": eyes_of("department_dispatcher@roads"),
    "roads team": eyes_of("department_dispatcher@roads_team"),
    "water": eyes_of("department_dispatcher@water"),
    "handler": eyes_of("handler@roads", name=MING),
    "other handler": eyes_of("handler@roads", name="hong"),
    "water handler": eyes_of("handler@water", name="shui"),
    "contractor": eyes_of("handler@paving_ltd", name="lao"),
    "district": eyes_of("district_dispatcher@district"),
    "supervisor": eyes_of("supervisor@district"),
    "admin": eyes_of("admin@district"),
}
CITY_HALL = {"district", "supervisor"}
NEAR = {"own grid worker", "own street", "own community"} | CITY_HALL


def told(store, alert_id):
    """Who is told of this alert, and what: {person: card | gone}."""
    with store.read() as session:
        visibility = read_visibilities(session, select(Alert.id))[alert_id]
    heard = {name: change_kind(scope.topics(), visibility) for name, scope in PEOPLE.items()}
    return {name: what for name, what in heard.items() if what}


def of(card, gone=()):
    return dict.fromkeys(card, "card") | dict.fromkeys(gone, "gone")


def test_a_new_alert_is_told_to_its_place_its_department_and_the_district(desk, store):
    alert = desk.report(lead="roads")
    assert told(store, alert) == of(NEAR | {"roads", "handler", "other handler"})


def test_a_support_hears_and_is_told_when_released(desk, store):
    alert = desk.report(lead="roads", supports=("water",))
    assert told(store, alert)["water"] == "card"
    desk.release(alert)
    assert told(store, alert)["water"] == "gone"


def test_a_department_that_loses_the_alert_is_told_that_it_is_gone(desk, store):
    alert = desk.report(lead="roads")
    desk.pass_to(alert, lead="water")
    assert told(store, alert) == of(
        NEAR | {"water", "water handler"}, gone={"roads", "handler", "other handler"}
    )


def test_those_who_have_to_help_hear_until_they_are_released(desk, store):
    alert = desk.report(lead="roads", helping=(Support("water"),))
    heard = told(store, alert)
    assert (heard["water"], heard["water handler"]) == ("card", "card")
    desk.release(alert)
    heard = told(store, alert)
    assert (heard["water"], heard["water handler"]) == ("gone", "gone")


def test_a_helpers_task_given_to_another_is_gone_for_the_one_before(desk, store):
    alert = desk.report(lead="roads", helping=(Support("water", handler="shui"),))
    desk.give_help(alert, "water", handler="shui")
    assert told(store, alert)["water handler"] == "card"
    desk.give_help(alert, "water", handler="quan")
    assert told(store, alert)["water handler"] == "gone"


def test_a_task_given_to_one_handler_is_gone_for_the_others(desk, store):
    alert = desk.report(lead="roads")
    desk.give(alert, handler=MING)
    assert told(store, alert) == of(NEAR | {"roads", "handler"}, gone={"other handler"})


def test_a_task_given_to_another_is_gone_for_the_one_before(desk, store):
    alert = desk.report(lead="roads")
    desk.give(alert, handler=MING)
    desk.give(alert, handler="hong")
    heard = told(store, alert)
    assert (heard["handler"], heard["other handler"]) == ("gone", "card")


def test_a_contractor_hears_only_what_it_is_given(desk, store):
    alert = desk.report(lead="roads")
    desk.give(alert, team="paving_ltd")
    assert told(store, alert)["contractor"] == "card"
    desk.give(alert, team="roads_team")
    assert told(store, alert)["contractor"] == "gone"


def test_an_ended_alert_is_gone_for_those_who_saw_it_and_no_news_to_others(desk, store):
    alert = desk.report(lead="roads")
    desk.change(alert, status="closed")
    assert told(store, alert) == of((), gone=NEAR | {"roads", "handler", "other handler"})


def test_an_alert_without_a_place_is_told_to_the_district_alone(desk, store):
    alert = desk.report(lead=None, street=None, community=None, grid=None, status="reported")
    assert told(store, alert) == of(CITY_HALL)


def test_neither_reporters_nor_admins_hear_of_anything(desk, store):
    alert = desk.report(lead="roads", supports=("water",))
    assert not {"volunteer", "admin"} & set(told(store, alert))


SITUATIONS = {
    "at the department": {},
    "in another street": {"street": "lianhua", "community": None, "grid": None},
    "nowhere": {"lead": None, "street": None, "community": None, "grid": None},
    "led by the street": {"lead": "futian"},
    "supported": {"lead": "water", "supports": ("roads",)},
    "helped": {"lead": "water", "helping": (Support("roads"),)},
    "helped by a team": {"lead": "water", "helping": (Support("roads", team="roads_team"),)},
    "helped by one": {"lead": "water", "helping": (Support("roads", handler=MING),)},
    "helped by a contractor": {"lead": "water", "helping": (Support("roads", team="paving_ltd"),)},
    "led by the team": {"lead": "roads_team"},
    "handled": {"handler": MING},
    "handled elsewhere": {"lead": "water", "handler": MING},
}


def test_the_lists_filter_and_the_audience_agree(desk, store):
    """The database's condition, the pure scope and the live topics are one rule."""
    made = {desk.report(**facts): facts_of(facts) for facts in SITUATIONS.values()}
    for team in ("roads_team", "paving_ltd"):
        alert = desk.report()
        desk.give(alert, team=team)
        made[alert] = facts_of({"team": team})
    released = desk.report(lead="water", supports=("roads",))
    desk.release(released)
    made[released] = facts_of({"lead": "water"})
    with store.read() as session:
        stand = read_visibilities(session, select(Alert.id))
        for person, scope in PEOPLE.items():
            listed = {card["id"] for card in cards(session, visible_in(scope))}
            held = {alert for alert, facts in made.items() if scope.holds(facts)}
            heard = {alert for alert in made if change_kind(scope.topics(), stand[alert]) == "card"}
            assert listed == held == heard, person


def facts_of(facts):
    place = {"lead": "roads", "street": "futian", "community": "gangxia", "grid": "grid_1"}
    return AlertFacts(**(place | facts))
