"""What somebody sent is a value of its kind, or the fault that says what is wrong with it."""

# ruff: noqa: E501 - a table is read by its columns

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.domain.reading import (
    Faults,
    Position,
    echo,
    read_digests,
    read_instant,
    read_moment,
    read_position,
    read_text,
    read_uuid,
    suggested,
)
from dispatch.errors import Refused

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SHENZHEN = ZoneInfo("Asia/Shanghai")
ONE, OTHER = "a" * 64, "0123456789abcdef" * 4


def read_with(reader, name, value, **how):
    """What a reader makes of a value, and the faults that it notes."""
    faults = Faults()
    return reader(name, value, faults, **how), [
        (each.field, each.code, dict(each.params)) for each in faults
    ]


def read(written, now=NOON):
    value, faults = read_with(read_instant, "occurred_at", written, now=now)
    return value, [code for _, code, _ in faults]


@pytest.mark.parametrize(
    ("ahead", "is_forgiven"),
    [
        (timedelta(minutes=-1), True),
        (timedelta(minutes=5), True),
        (timedelta(minutes=5, microseconds=1), False),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(days=1), False),
    ],
)
def test_a_clock_that_runs_ahead_is_forgiven_five_minutes_to_the_second(ahead, is_forgiven):
    moment = NOON + ahead
    told = (moment, []) if is_forgiven else (None, ["in_the_future"])
    assert read(moment.isoformat()) == told


def test_the_offset_of_the_device_counts():
    assert read("2026-11-23T20:05:00+08:00") == (NOON + timedelta(minutes=5), [])
    assert read("2026-11-23T20:05:01+08:00") == (None, ["in_the_future"])


@pytest.mark.parametrize(
    "written", [None, 5, "", "noon", "2026-11-23T12:00", "1969-12-31T23:59:59+00:00"]
)
def test_what_is_no_instant_since_1970_is_told(written):
    assert read(written) == (None, ["not_a_time"])


def test_1970_itself_is_one():
    assert read("1970-01-01T00:00:00+00:00") == (datetime(1970, 1, 1, tzinfo=UTC), [])


TOO_LONG = ("note", "too_long", {"most": 2000})
TEXTS = [
    (" 路灯不亮 ", "路灯不亮", None),
    ("a\tb\nc\r", "a\tb\nc", None),
    ("字" * 2000, "字" * 2000, None),
    ("字" * 2001, None, TOO_LONG),
    (" \u3000\u200b\u200e ", "", None),
    ("", "", None),
    *((f"a{each}b", None, ("note", "control_characters", {})) for each in "\0\x08\x0b\x0c\x0e\x1f\x7f\ud800\udfff"),
    *((f"a{each}b", f"a{each}b", None) for each in "\x80\ud7ff\ue000"),
    (7, None, ("note", "wrong_type", {"wanted": "text"})),
    (None, None, ("note", "wrong_type", {"wanted": "text"})),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "kept", "fault"), TEXTS)
def test_a_text_is_kept_without_what_nobody_sees(sent, kept, fault):
    assert read_with(read_text, "note", sent) == (kept, [fault] if fault else [])


def test_a_text_may_be_as_long_as_its_field_says():
    assert read_with(read_text, "unit", "JTJ", longest=3) == ("JTJ", [])
    assert read_with(read_text, "unit", "JTJ2", longest=3)[1] == [("unit", "too_long", {"most": 3})]


KNOWN = {"known": "lon, lat, accuracy_m, crs"}
WIDE, HIGH, FAR = (
    {"least": -180, "most": 180},
    {"least": -90, "most": 90},
    {"least": 0, "most": 100_000},
)
POSITIONS = [
    ({"lon": 180, "lat": 90}, Position(180.0, 90.0, None, "wgs84"), []),
    ({"lon": -180, "lat": -90, "accuracy_m": 0}, Position(-180.0, -90.0, 0.0, "wgs84"), []),
    ({"lon": 114.05, "lat": 22.5, "accuracy_m": 100_000, "crs": "gcj02"}, Position(114.05, 22.5, 100_000.0, "gcj02"), []),
    ({"lon": 1, "lat": 2, "accuracy_m": None, "crs": "bd09"}, Position(1.0, 2.0, None, "bd09"), []),
    ({"lon": 180.1, "lat": 90.1}, None, [("at.lon", "out_of_range", WIDE), ("at.lat", "out_of_range", HIGH)]),
    ({"lon": -180.1, "lat": -90.1}, None, [("at.lon", "out_of_range", WIDE), ("at.lat", "out_of_range", HIGH)]),
    ({"lon": float("nan"), "lat": 10**400}, None, [("at.lon", "out_of_range", WIDE), ("at.lat", "out_of_range", HIGH)]),
    ({"lon": 1, "lat": 2, "accuracy_m": -1}, Position(1.0, 2.0, None, "wgs84"), [("at.accuracy_m", "out_of_range", FAR)]),
    ({"lon": 1, "lat": 2, "accuracy_m": 100_001}, Position(1.0, 2.0, None, "wgs84"), [("at.accuracy_m", "out_of_range", FAR)]),
    ({"lon": True, "lat": "north"}, None, [("at.lon", "wrong_type", {"wanted": "number"}), ("at.lat", "wrong_type", {"wanted": "number"})]),
    ({"lat": 2}, None, [("at.lon", "missing", {})]),
    ({"lon": 1}, None, [("at.lat", "missing", {})]),
    ({"lon": 1, "lat": 2, "crs": "nad27"}, None, [("at.crs", "unknown_value", {"value": "nad27", "known": "wgs84, gcj02, bd09"})]),
    ({"lon": 1, "lat": 2, "height": 3}, Position(1.0, 2.0, None, "wgs84"), [("at.height", "unknown_field", KNOWN)]),
    ([1, 2], None, [("at", "wrong_type", {"wanted": "{lon, lat, accuracy_m, crs}"})]),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "kept", "faults"), POSITIONS)
def test_a_position_lies_on_the_globe(sent, kept, faults):
    assert read_with(read_position, "at", sent) == (kept, faults)


NINE = [f"{number:064x}" for number in range(9)]
DIGESTS = [
    ([], [], []),
    ([ONE, OTHER], [ONE, OTHER], []),
    (NINE, NINE, []),
    ([*NINE, ONE], None, [("photos", "too_many", {"most": 9})]),
    ([ONE, OTHER, ONE], [ONE, OTHER, ONE], [("photos.2", "repeated", {})]),
    ([ONE[1:], ONE], [ONE[1:], ONE], [("photos.0", "not_a_digest", {})]),
    ([ONE.upper(), 7], [ONE.upper(), 7], [("photos.0", "not_a_digest", {}), ("photos.1", "not_a_digest", {})]),
    (ONE, None, [("photos", "wrong_type", {"wanted": "list"})]),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "kept", "faults"), DIGESTS)
def test_photos_are_named_by_their_digests_each_once(sent, kept, faults):
    assert read_with(read_digests, "photos", sent) == (kept, faults)


@pytest.mark.parametrize(
    ("sent", "is_one"),
    [
        ("0f8fad5b-d9cb-469f-a165-70867728950e", True),
        ("0F8FAD5B-D9CB-469F-A165-70867728950E", False),
        ("0f8fad5bd9cb469fa16570867728950e", False),
        ("0f8fad5b-d9cb-469f-a165-70867728950e ", False),
        (None, False),
    ],
)
def test_a_client_id_is_a_uuid_in_small_letters(sent, is_one):
    told = (sent, []) if is_one else (None, [("client_id", "not_a_uuid", {})])
    assert read_with(read_uuid, "client_id", sent) == told


MOMENTS = [
    ("2026-11-23", False, "2026-11-22T16:00:00+00:00"),
    ("2026-11-23", True, "2026-11-23T16:00:00+00:00"),
    ("2026-11-23T09:00:00+08:00", False, "2026-11-23T09:00:00+08:00"),
    ("2026-11-23T09:00:00+08:00", True, "2026-11-23T09:00:00+08:00"),
    ("1970-01-02", False, "1970-01-01T16:00:00+00:00"),
    ("1970-01-01", False, None),  # still 1969 in Greenwich
    ("2100-12-31", False, "2100-12-30T16:00:00+00:00"),
    ("2101-01-01T00:00:00+00:00", False, None),
    ("2100-12-31T23:59:59+00:00", False, "2100-12-31T23:59:59+00:00"),
    ("9999-12-31", True, None),
    ("2026-11-31", False, None),
    ("2026-11-23T09:00:00", False, None),  # whose clock?
    ("20261123", False, None),
    ("soon", False, None),
]


@pytest.mark.parametrize(("written", "ends", "moment"), MOMENTS)
def test_a_day_begins_at_its_midnight_and_ends_as_a_whole(written, ends, moment):
    faults = Faults()
    found = read_moment("since", written, SHENZHEN, faults, ends=ends)
    assert (found and found.isoformat()) == moment
    assert [(each.field, each.code) for each in faults] == (
        [] if moment else [("since", "not_a_time")]
    )


def test_a_refusal_repeats_no_more_than_forty_signs():
    assert echo("字" * 41) == "字" * 40
    assert echo(12) == "12"


def test_a_slip_is_answered_with_the_five_nearest_and_a_riddle_with_the_first_five():
    units = [*(f"ROADS-{number}" for number in range(7)), "WATER", "PARKS"]
    assert suggested("WATR", units) == "WATER, PARKS"
    assert suggested("ROADS-", units).count("ROADS") == 5
    assert suggested("xyz", units) == "ROADS-0, ROADS-1, ROADS-2, ROADS-3, ROADS-4"
    assert suggested("", ()) == ""


def test_all_faults_are_refused_at_once_and_none_is_no_refusal():
    faults = Faults()
    faults.refuse()
    faults.add("lon", "missing")
    faults.add("lat", "too_long", most=90)
    with pytest.raises(Refused) as refused:
        faults.refuse()
    assert (refused.value.code, refused.value.params) == ("invalid", {"count": 2})
    assert [(each.field, each.code, each.params) for each in refused.value.faults] == [
        ("lon", "missing", {}),
        ("lat", "too_long", {"most": 90}),
    ]
