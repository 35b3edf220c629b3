"""A report as it was sent: what is kept of it, and every fault at once with what its sentence needs."""

# ruff: noqa: E501 - a table is read by its columns

from datetime import UTC, datetime, timedelta

import pytest
from town import as_bytes, town, with_change

from dispatch.domain.reading import LONGEST_TEXT, Position
from dispatch.errors import Refused
from dispatch.rules.book.heard import LifeWords
from dispatch.rules.book.loading import load
from dispatch.rules.intake.report_form import ReportedProblem, read_report

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOLE = {
    "category": "hole",
    "text": "路面塌了一块",
    "grid": "north-1-1",
    "answers": {"urgency": "ordinary"},
}
FORMS, PLACES = {"known": "GET /api/v1/forms"}, {"known": "GET /api/v1/places"}
PHOTO = "a" * 64


def read(book=None, **sent: object):
    return read_report(book or town(), {**HOLE, **sent}, NOW)


def refused(book=None, **sent: object):
    with pytest.raises(Refused) as found:
        read(book, **sent)
    refusal = found.value
    faults = [(each.field, each.code, dict(each.params)) for each in refusal.faults]
    return faults or (refusal.code, dict(refusal.params))


FAULTS = [
    ({"category": None}, [("category", "missing", {})]),
    ({"category": "nothing"}, [("category", "unknown_value", {"value": "nothing"} | FORMS)]),
    ({"category": ["hole"]}, [("category", "unknown_value", {"value": "['hole']"} | FORMS)]),
    ({"text": None}, [("text", "text_or_photo", {})]),
    ({"text": "坑"}, [("text", "too_short", {"least": 2})]),
    ({"text": 7}, [("text", "wrong_type", {"wanted": "text"})]),
    ({"text": "字" * 2001}, [("text", "too_long", {"most": 2000})]),
    ({"grid": None}, [("position", "position_or_grid", {})]),
    ({"grid": "north-1"}, [("grid", "unknown_value", {"value": "north-1"} | PLACES)]),
    ({"grid": ["north-1-1"]}, [("grid", "unknown_value", {"value": "['north-1-1']"} | PLACES)]),
    ({"position": {"lon": 114.05}}, [("position.lat", "missing", {})]),
    ({"about_unit": "FIRE"}, [("about_unit", "unknown_value", {"value": "FIRE"} | FORMS)]),
    ({"about_unit": ["WATER"]}, [("about_unit", "unknown_value", {"value": "['WATER']"} | FORMS)]),
    ({"about_unit": "town"}, [("about_unit", "unknown_value", {"value": "town"} | FORMS)]),
    ({"accusation": "yes"}, [("accusation", "wrong_type", {"wanted": "true or false"})]),
    ({"photos": "one"}, [("photos", "wrong_type", {"wanted": "list"})]),
    ({"occurred_at": "soon"}, [("occurred_at", "not_a_time", {})]),
    ({"occurred_at": "2026-11-24T10:00:00+08:00"}, [("occurred_at", "in_the_future", {})]),
    ({"device_at": "soon"}, [("device_at", "not_a_time", {})]),
    ({"landmark": "字" * 61}, [("landmark", "too_long", {"most": 60})]),
    ({"answers": ["danger"]}, [("answers", "wrong_type", {"wanted": "object"})]),
    ({"answers": {}}, [("answers.urgency", "missing", {})]),
    ({"answers": {"urgency": "ordinary", "colour": 1}}, [("answers.colour", "unknown_field", {"known": "urgency, depth"})]),
    ({"answers": {"urgency": "soon"}}, [("answers.urgency", "unknown_value", {"value": "soon", "known": "danger, ordinary"})]),
    ({"answers": {"urgency": "ordinary", "depth": 1_000_000_001}}, [("answers.depth", "out_of_range", {"least": -1e9, "most": 1e9})]),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "faults"), FAULTS)
def test_a_fault_is_told_with_what_its_sentence_needs(sent, faults):
    assert refused(**sent) == faults


def test_what_nobody_asked_for_is_told_with_what_can_be_said():
    [(field, code, params)] = refused(weather="rain")
    assert (field, code) == ("weather", "unknown_field")
    assert params["known"].split(", ")[:2] == ["category", "text"]


def test_every_fault_is_told_at_once():
    told = refused(category="nothing", text="坑", grid="south", photos=[PHOTO, PHOTO])
    assert [(field, code) for field, code, _ in told] == [
        ("category", "unknown_value"),
        ("grid", "unknown_value"),
        ("photos.1", "repeated"),
        ("text", "too_short"),
    ]


def test_a_landmark_is_masked_as_numbers_are_written_in_the_city():
    dutch = town("district.yaml", "timezone: Asia/Shanghai", "timezone: Europe/Amsterdam")
    assert read(dutch, landmark="bel 0612345678").landmark == "bel ********78"


def test_a_report_is_kept_as_it_was_meant():
    told = read(
        text=" 打13812345678 ",
        grid=None,
        position={"lon": 114.05, "lat": 22.54, "accuracy_m": 20, "crs": "gcj02"},
        answers={"urgency": "danger", "depth": 2},
        photos=[PHOTO],
        occurred_at="2026-11-23T09:00:00+08:00",
        device_at="2030-01-01T00:00:00+00:00",
        landmark=" 桥下，13812345678 ",
        about_unit="WATER",
        accusation=False,
    )
    assert told == ReportedProblem(
        category="hole",
        text="打*********78",
        position=Position(114.05, 22.54, 20.0, "gcj02"),
        grid=None,
        answers={"urgency": "danger", "depth": 2},
        photos=(PHOTO,),
        occurred_at=datetime(2026, 11, 23, 1, tzinfo=UTC),
        landmark="桥下，*********78",
        device_at=datetime(2030, 1, 1, tzinfo=UTC),
        about="WATER",
    )
    assert told.as_json() == {
        "category": "hole",
        "text": "打*********78",
        "position": [114.05, 22.54, 20.0, "gcj02"],
        "grid": None,
        "answers": {"urgency": "danger", "depth": 2},
        "photos": [PHOTO],
        "occurred_at": "2026-11-23T01:00:00+00:00",
        "landmark": "桥下，*********78",
        "about_unit": "WATER",
    }


def test_the_least_that_can_be_said_is_a_kind_a_place_and_two_signs():
    told = read(category="leak", text="漏水", answers=None)
    assert told == ReportedProblem("leak", text="漏水", grid="north-1-1", answers={})
    assert told.as_json() == {
        "category": "leak",
        "text": "漏水",
        "position": None,
        "grid": "north-1-1",
        "answers": {},
        "photos": [],
        "occurred_at": None,
    }
    assert read(text=None, photos=[PHOTO]).text == ""


def test_the_order_of_pictures_makes_no_other_report():
    one, other = (read(photos=each) for each in ([PHOTO, "b" * 64], ["b" * 64, PHOTO]))
    assert one.as_json() == other.as_json()


def test_an_instant_may_lie_five_minutes_ahead_and_the_devices_clock_anywhere():
    ahead = NOW + timedelta(minutes=5)
    assert read(occurred_at=ahead.isoformat()).occurred_at == ahead
    far = datetime(9999, 1, 1, tzinfo=UTC)
    assert read(device_at=far.isoformat()).device_at == far


@pytest.mark.parametrize(("photos", "least"), [([], 2), ([PHOTO], 2), ([PHOTO, "b" * 64], None)])
def test_a_kind_may_need_pictures(photos, least):
    book = town("categories.yaml", "visit: none", "visit: none\n    photos: 2")
    if least is None:
        assert read(book, category="noise", answers={}, photos=photos).photos == tuple(photos)
    else:
        told = refused(book, category="noise", answers={}, photos=photos)
        assert told == [("photos", "photo_needed", {"least": least})]


def test_a_question_is_asked_only_where_it_is_shown():
    shown = "depth: {kind: number, label: Depth, required: true, shown_when: {answer: {urgency: danger}}}"
    book = town("categories.yaml", "depth: {kind: number, label: Depth}", shown)
    assert read(book).answers == {"urgency": "ordinary"}
    assert read(book, answers={"urgency": "ordinary", "depth": 1}).answers == {
        "urgency": "ordinary"
    }
    assert refused(book, answers={"urgency": "danger"}) == [("answers.depth", "missing", {})]


OFFICIALS = 'accusations: {words: [受贿], number: "12388", label: 纪检}\nlife_words: [{words: [着火]}]\nareas:\n'


def test_an_accusation_is_told_where_it_belongs_unless_life_is_in_danger():
    files = with_change("district.yaml", "areas:\n", OFFICIALS)
    files["categories.yaml"] = files["categories.yaml"].replace(
        "visit: none", "visit: none\n    accusation: true"
    )
    book = load(as_bytes(files))
    elsewhere = ("accusation_elsewhere", {"number": "12388"})
    assert refused(book, accusation=True) == elsewhere
    assert refused(book, category="noise", answers={}) == elsewhere
    assert read(book, accusation=True, text="这里着火了").text == "这里着火了"
    assert read(book, category="noise", answers={}, text="这里着火了").category == "noise"
    assert refused(town(), accusation=True) == ("accusation_elsewhere", {"number": "–"})


def test_of_an_accusation_no_more_is_listened_to_than_may_be_written(monkeypatch):
    """Comparing marks above a letter takes the square of their number: a mebibyte took an hour."""
    heard = []

    def hears(_words, text):
        heard.append(len(text))

    monkeypatch.setattr(LifeWords, "first_in", hears)
    elsewhere = ("accusation_elsewhere", {"number": "–"})
    assert refused(town(), accusation=True, text="a" + "\u0301\u0327" * 250_000) == elsewhere
    assert refused(town(), accusation=True, text=["字" * 250_000]) == elsewhere
    assert heard == [LONGEST_TEXT] * 2


def test_whoever_is_complained_about_is_named_with_the_report_or_in_its_answer():
    files = with_change(
        "categories.yaml",
        "visit: none\n",
        "visit: none\n    about_unit: true\n    form: {who: {kind: unit, label: Who}}\n",
    )
    book = load(as_bytes(files))
    named = read(book, category="noise", answers={"who": "WATER"})
    assert named.about_unit(book) == "WATER"
    assert read(book, category="noise", answers={}).about_unit(book) is None
    assert read(book, about_unit="ROADS").about_unit(book) == "ROADS"
    assert read(book).about_unit(book) is None
    gone = ReportedProblem("noise", answers={"who": "GONE"})
    assert gone.about_unit(book) is None
    assert ReportedProblem("noise").about_unit(book) is None
