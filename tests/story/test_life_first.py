"""Where lives are in danger: heard in the words, numbers first, the street comes first."""

import hashlib

import pytest
from city import CIVIC_CENTRE, refused
from sqlalchemy import func, select

from dispatch.domain.roles import Grant
from dispatch.intake.forget_photos import forget_photos
from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import Alert, LogEntry, Notice, Photo
from dispatch.store.tables.base import Base

pytestmark = pytest.mark.both_databases

GAS = {"text": "楼下闻到煤气味", "answers": {"urgency": "ordinary"}}
HERE = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
BRIBED = "举报某局长受贿"


@pytest.fixture(autouse=True)
def friday_night(city):
    city.clock.reads("2026-11-20T23:30:00+08:00")


def told_by_notices(city, unit):
    """What a unit's desk was told, in order."""
    with city.store.read() as session:
        rows = select(Notice.code).where(Notice.to_ref == unit)
        return [*session.scalars(rows.order_by(Notice.created_at, Notice.id))]


def kept(city):
    with city.store.read() as session:
        counts = (select(func.count()).select_from(table) for table in (Alert, LogEntry))
        return [session.scalar(count) for count in counts]


def test_gas_smelt_at_night_is_urgent_whatever_was_answered(city):
    gas = city.volunteer().reports("E0502", **GAS)
    assert gas.seen["life_safety"]
    numbers = [each["number"] for each in gas.seen["emergency"]]
    assert numbers[:2] == ["119", "0755-25199999"]
    assert all(each["sentence"] for each in gas.seen["emergency"])
    assert gas.promise("arrive")["due_at"] == "2026-11-20T16:00:00Z"


def test_the_street_comes_first_by_limits_of_its_own_and_the_lead_waits_for_it_in_nothing(
    city, photo
):
    cable = city.volunteer().reports("E0505", text="路面塌陷", answers={})
    own = {one["clock"]: one for one in cable.now["promises"] if one["support"] == "street-futian"}
    assert own["arrive"]["due_at"] == "2026-11-20T15:45:00Z"
    assert own["arrive"]["due_at"] < cable.promise("arrive")["due_at"]
    assert cable.helping()["street-futian"] == "to_sign"


def test_what_comes_first_is_called_first_response_on_cards_in_buttons_and_in_the_story(city):
    cable = city.volunteer().reports("E0505", text="路面塌陷", answers={})
    [card] = [one for one in city.street().asks("GET", "board")["cards"] if one["id"] == cable.id]
    modes = {one["support"]: one["mode"] for one in card["promises"]}
    assert modes == {None: None, "street-futian": "first", "JJDD": "required"}
    street, worker = city.street(), city.grid_worker()
    labels = {one["step"]: one["label"] for one in street.sees(cable)["steps"]}
    assert labels["support_sign"] == "签收先期处置"
    street.takes("support_sign", cable, to=worker.id)
    worker.takes("support_arrive", cable, position=HERE)
    worker.takes("support_finish", cable, done="已拉警戒线")
    assert told_by_notices(city, "JTJ") == ["to_sign", "first_finished"]
    told = [one["sentence"] for one in cable.now["timeline"] if one["code"].startswith("support_")]
    assert told == [
        "福田街道分拨员已签收先期处置，已派人前往",
        "福田街道 · 网格员已到场先期处置",
        "福田街道 · 网格员已完成先期处置",
    ]
    city.clock.advance(hours=3)
    assert not [one for one in cable.timeline() if "福田街道协办" in one]


def test_a_desk_finds_the_first_response_that_waits_for_its_signature_among_its_tasks(city):
    cable = city.volunteer().reports("E0505", text="路面塌陷", answers={})
    street = city.street()
    elsewhere = city.person("other desk", Grant("street_dispatcher", "street-lianhua"))
    assert [one["id"] for one in street.asks("GET", "tasks")["tasks"]] == [cable.id]
    assert elsewhere.asks("GET", "tasks")["tasks"] == []
    assert city.department().asks("GET", "tasks")["tasks"] == []
    street.takes("support_sign", cable)
    assert street.asks("GET", "tasks")["tasks"] == []


def test_a_word_raises_a_kind_that_knows_no_danger(city):
    tiles = city.volunteer().reports("P0284", text="地砖翘起，老人摔伤流血", answers={})
    assert tiles.seen["life_safety"]
    calm = city.volunteer().reports("P0284", text="地砖翘起，没有人受伤", answers={})
    assert not calm.seen["life_safety"]
    assert "emergency" not in calm.seen


@pytest.mark.parametrize(
    "said", [{"category": "N1303"}, {"category": "E0113", "accusation": True}], ids=["kind", "yes"]
)
def test_an_accusation_is_refused_with_the_channel_and_nothing_is_kept(city, said):
    volunteer = city.volunteer()
    before = kept(city)
    with refused("accusation_elsewhere") as refusal:
        volunteer.reports(said["category"], text=BRIBED, accusation=said.get("accusation"))
    assert "12388" in refusal.problem["detail"]
    assert kept(city) == before


def test_words_alone_refuse_nothing_and_life_words_win(city):
    assert city.volunteer().reports("E0113", text="举报噪音，天天吵").seen["number"]
    assert city.volunteer().reports("E0113", text=BRIBED).seen["number"]
    fire = city.volunteer().reports("E0113", text=f"{BRIBED}，他家着火了", accusation=True)
    assert fire.seen["life_safety"]


def test_an_accusation_that_was_taken_in_is_declined_and_its_words_are_erased_everywhere(
    city, photo
):
    volunteer = city.volunteer()
    bribe = volunteer.reports("E0113", text=BRIBED, photos=[hashlib.sha256(photo).hexdigest()])
    volunteer.sends_photo(bribe, photo)
    city.street().takes(
        "decline", bribe, reason="accusation", where_instead="某局长受贿的事请打 12388"
    )
    assert bribe.status == "declined"
    assert "受贿" not in everything_kept(city)
    seen = volunteer.sees(bribe)
    assert (seen["text"], seen["photos"]) == ("", [])
    assert seen["timeline"][-1]["words"] == ["纪检监察举报 12388"]
    with city.store.read() as session:
        assert [*chain_breaks(session, city.store.seal.log_key)] == []
    assert forget_photos(city.store) == 1
    with city.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Photo)) == 0


def test_what_is_declined_for_another_reason_keeps_its_words(city):
    told = city.volunteer().reports("E0113", text="隔壁区的路面坏了")
    city.street().takes("decline", told, reason="outside_district", where_instead="请打邻区热线")
    assert "隔壁区的路面坏了" in everything_kept(city)


def everything_kept(city):
    """Every row of every table, as one text."""
    with city.store.read() as session:
        tables = Base.metadata.sorted_tables
        return str([[*session.execute(select(table))] for table in tables])
