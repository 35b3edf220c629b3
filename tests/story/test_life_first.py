"""Where lives are in danger: heard in the words, numbers first, the street comes first."""

import hashlib

import pytest
from city import refused
from sqlalchemy import func, select

from dispatch.intake.forget_photos import forget_photos
from dispatch.store.log import chain_breaks
from dispatch.store.tables import Alert, LogEntry, Photo
from dispatch.store.tables.base import Base

GAS = {"text": "楼下闻到煤气味", "answers": {"urgency": "ordinary"}}
BRIBED = "举报某局长受贿"


@pytest.fixture(autouse=True)
def friday_night(city):
    city.clock.reads("2026-11-20T23:30:00+08:00")


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
        assert [*chain_breaks(session)] == []
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
