"""Whatever is sent: a named refusal in the reader's language or a kept alert, never a failure."""

import json
import uuid

import pytest
from hostile import REPORT, faults, named, puts, sends, steps

from dispatch.blueprints.page_table import PAGES

pytestmark = pytest.mark.both_databases

DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000
BODIES = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"{",
    b"\xef\xbb\xbf" + json.dumps(REPORT).encode(),
    json.dumps(REPORT).encode("utf-16"),
    json.dumps(REPORT, ensure_ascii=False).encode("gb18030"),
    b'{"text": "\\ud83d"}',
    b'{"text": "\xed\xa0\xbd"}',
    b'{"category": "E0113", "category": "E0114"}',
    b'{"position": {"lon": NaN, "lat": 1}}',
    b'{"position": {"lon": 1e400, "lat": 1}}',
    b'{"position": {"lon": ' + b"9" * 5000 + b', "lat": 1}}',
    DEEP,
    b"[" * 100_000,
]
ODDITIES = [
    ({"category": None}, ("category", "missing")),
    ({"category": "NO-SUCH"}, ("category", "unknown_value")),
    ({"category": ["E0113"]}, ("category", "unknown_value")),
    ({"category": {"E0113": 1}}, ("category", "unknown_value")),
    ({"text": 5}, ("text", "wrong_type")),
    ({"text": ["x", "y"]}, ("text", "wrong_type")),
    ({"text": "坑"}, ("text", "too_short")),
    ({"text": "     "}, ("text", "text_or_photo")),
    ({"text": "\u200b\u200b\u202e\u3000"}, ("text", "text_or_photo")),
    ({"text": "坑" * 2001}, ("text", "too_long")),
    ({"text": "a\x00b"}, ("text", "control_characters")),
    ({"text": "a\x1b[31mb"}, ("text", "control_characters")),
    ({"position": None}, ("position", "position_or_grid")),
    ({"position": [114, 22]}, ("position", "wrong_type")),
    ({"position": {}}, ("position.lon", "missing")),
    ({"position": {"lon": "114", "lat": 22.5}}, ("position.lon", "wrong_type")),
    ({"position": {"lon": True, "lat": 22.5}}, ("position.lon", "wrong_type")),
    ({"position": {"lon": 10**400, "lat": 22.5}}, ("position.lon", "out_of_range")),
    ({"position": {"lon": 22.5431, "lat": 114.0579}}, ("position.lat", "out_of_range")),
    (
        {"position": {"lon": 114.05, "lat": 22.5, "accuracy_m": -1}},
        ("position.accuracy_m", "out_of_range"),
    ),
    (
        {"position": {"lon": 114.05, "lat": 22.5, "crs": "mercator"}},
        ("position.crs", "unknown_value"),
    ),
    ({"position": {"lon": 114.05, "lat": 22.5, "crs": ["x"]}}, ("position.crs", "unknown_value")),
    ({"position": {"lon": 114.05, "lat": 22.5, "alt": 3}}, ("position.alt", "unknown_field")),
    ({"grid": "street-futian"}, ("grid", "unknown_value")),
    ({"grid": ["x"]}, ("grid", "unknown_value")),
    ({"answers": ["urgency"]}, ("answers", "wrong_type")),
    ({"answers": {"urgency": "disrupts", "colour": 1}}, ("answers.colour", "unknown_field")),
    ({"answers": {"urgency": ["danger"]}}, ("answers.urgency", "unknown_value")),
    ({"answers": {"urgency": 10**4000}}, ("answers.urgency", "unknown_value")),
    ({"answers": None}, ("answers.urgency", "missing")),
    ({"photos": {"a": 1}}, ("photos", "wrong_type")),
    ({"photos": ["0" * 63]}, ("photos.0", "not_a_digest")),
    ({"photos": ["A" * 64]}, ("photos.0", "not_a_digest")),
    ({"photos": [[], {}]}, ("photos.1", "not_a_digest")),
    ({"photos": ["0" * 64] * 2}, ("photos.1", "repeated")),
    ({"photos": [f"{n:064}" for n in range(10)]}, ("photos", "too_many")),
    ({"occurred_at": "2126-01-01T00:00:00Z"}, ("occurred_at", "in_the_future")),
    ({"occurred_at": "2026-01-01T08:00:00"}, ("occurred_at", "not_a_time")),
    ({"occurred_at": "0001-01-01T00:00:00Z"}, ("occurred_at", "not_a_time")),
    ({"occurred_at": 1764000000}, ("occurred_at", "not_a_time")),
    ({"device_at": "yesterday"}, ("device_at", "not_a_time")),
    ({"device_at": ["2026-11-23T10:00:00Z"]}, ("device_at", "not_a_time")),
    ({"landmark": 3}, ("landmark", "wrong_type")),
    ({"landmark": "栋" * 61}, ("landmark", "too_long")),
    ({"landmark": "3\x00"}, ("landmark", "control_characters")),
    ({"reporter": "somebody else"}, ("reporter", "unknown_field")),
    ({"status": "closed"}, ("status", "unknown_field")),
]
KEPT = (
    "𠮷野家前的路灯坏了",
    "🕳️ 坑 👨‍👩‍👧",
    "abc\u202edef\u202c عربى",
    "一\t行\n两行",
    "Ⅷ①㈱ﬁ",
    "e\u0301",
)
PLACES = [
    {"lon": 0, "lat": 0},
    {"lon": 116.4, "lat": 39.9},
    {"lon": 114.0579, "lat": -22.5431},
    {"lon": 180, "lat": 90},
]
# 福田市民中心 as Chinese maps say it
SHIFTED = [
    {"lon": 114.06297, "lat": 22.54031, "crs": "gcj02"},
    {"lon": 114.06949, "lat": 22.54610, "crs": "bd09"},
]
IDS = ("1", "not-a-uuid", "%00", "..%2f..%2fetc", "A" * 4000, "😀", "' OR 1=1 --")


def test_a_crooked_body_is_refused_by_name_in_both_languages(city):
    volunteer, alert = city.volunteer(), city.volunteer().reports()
    for written in BODIES:
        for tongue in ("zh", "en"):
            headers = {"Accept-Language": tongue}
            assert named(puts(volunteer, written, headers=headers)) in {"not_json", "invalid"}
            assert named(steps(volunteer, alert.id, written)) in {"not_json", "invalid"}


def test_every_oddity_of_a_report_is_refused_over_http_and_nothing_is_kept(city):
    for said, fault in ODDITIES:
        answer = puts(city.volunteer(), REPORT | said)
        assert named(answer) == "invalid", said
        assert fault in faults(answer)
    assert sends(city.supervisor(), "GET", "/api/v1/alerts").json["alerts"] == []


def test_all_faults_are_told_at_once_and_a_flood_of_them_is_cut(city):
    answer = puts(city.volunteer(), {"text": 5, "position": [], "photos": 1})
    assert {field for field, _ in faults(answer)} == {"category", "text", "position", "photos"}
    flood = puts(city.volunteer(), {f"f{n}": n for n in range(50_000)})
    assert named(flood) == "invalid"
    assert named(puts(city.volunteer(), {"k" * 900_000: 1})) == "invalid"
    assert named(puts(city.volunteer(), REPORT | {"category": "x" * 900_000})) == "invalid"


def test_a_category_of_another_family_does_not_take_its_questions(city):
    forms = sends(city.volunteer(), "GET", "/api/v1/forms").json["categories"]
    mine = next(form for form in forms if form["code"] == "E0113")
    foreign = next(
        (form["code"], field["name"])
        for form in forms
        if form["family"] != mine["family"]
        for field in form["fields"]
        if field["name"] not in {asked["name"] for asked in mine["fields"]}
    )
    answers = {"urgency": "disrupts", foreign[1]: "yes"}
    answer = puts(city.volunteer(), REPORT | {"answers": answers})
    assert faults(answer) == {(f"answers.{foreign[1]}", "unknown_field")}


def test_rare_characters_are_kept_as_they_were_typed(city):
    for text in KEPT:
        alert = city.volunteer().reports(text=text)
        assert city.supervisor().sees(alert)["text"] == text


def test_markup_comes_back_as_text_in_json_only(city):
    payload = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"
    alert = city.volunteer().reports(text=payload)
    answer = sends(city.supervisor(), "GET", f"/api/v1/alerts/{alert.id}")
    assert (answer.mimetype, answer.json["text"]) == ("application/json", payload)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for page in PAGES.values():
        for path in (page.beginning, f"{page.beginning}?next={payload}"):
            answer = sends(city.supervisor(), "GET", path)
            assert payload not in answer.get_data(as_text=True), path


def test_a_place_where_no_city_is_gets_a_name_of_its_own(city):
    for position in PLACES:
        answer = puts(city.volunteer(), REPORT | {"position": position})
        assert named(answer) == "place_implausible", position


def test_the_same_place_in_other_coordinates_is_the_same_street(city):
    for position in SHIFTED:
        alert = city.volunteer().reports(position=position)
        seen = city.supervisor().sees(alert)
        assert seen["street"] == "street-futian", position
        assert abs(seen["lon"] - 114.0579) < 0.0002
        assert abs(seen["lat"] - 22.5431) < 0.0002


def test_an_id_that_is_none_is_nobodys(city):
    volunteer, alert = city.volunteer(), city.volunteer().reports()
    for odd in (*IDS, alert.seen["number"]):
        assert named(puts(volunteer, REPORT, odd)) in {"invalid", "bad_request", "not_found"}
        step = {"step": "urge", "client_id": str(uuid.uuid4())}
        assert named(steps(volunteer, odd, step)) in {"bad_request", "not_found"}
        for path in (f"alerts/{odd}/photos/{'0' * 64}", f"alerts/{alert.id}/photos/{odd}"):
            answer = sends(volunteer, "GET", f"/api/v1/{path}")
            assert named(answer) in {"bad_request", "not_found"}
            answer = sends(volunteer, "PUT", f"/api/v1/{path}", data=b"x")
            assert named(answer) in {"bad_request", "not_found", "invalid"}


QUERIES = [
    ("alerts?limit=0", "invalid"),
    ("alerts?limit=-1", "invalid"),
    ("alerts?limit=201", "invalid"),
    ("alerts?limit=" + "9" * 5000, "invalid"),
    ("alerts?limit=１０", "invalid"),
    ("alerts?colour=red", "unknown_filter"),
    ("board?status=signed", "unknown_filter"),
    ("board/changes?after=1&colour=red", "unknown_filter"),
    ("alerts?overdue=perhaps", "invalid"),
    ("alerts?mine=perhaps", "invalid"),
    ("alerts?status=nonsense", "invalid"),
    ("alerts?status=signed&status=closed", "invalid"),
    ("alerts?from=yesterday", "invalid"),
    ("alerts?to=2026-11-23T10:00:00", "invalid"),
    ("alerts?q=%00", "bad_request"),
    ("alerts?department=NOPE", "invalid"),
    ("alerts?street=street-futian,NOPE", "invalid"),
    ("alerts?category=NOPE", "invalid"),
    ("alerts?community=NOPE", "invalid"),
    ("alerts?community=street-futian", "invalid"),
    ("alerts?grid=NOPE", "invalid"),
    ("alerts?grid=,", "invalid"),
    ("alerts?category=" + ",".join(["E0113"] * 101), "invalid"),
    ("alerts?status=" + ",".join(["signed"] * 101), "invalid"),
    ("alerts?%00=1", "bad_request"),
    ("alerts?cursor=made-up", "bad_cursor"),
    ("alerts?cursor=" + "x" * 3000, "bad_cursor"),
    ("alerts?cursor=😀", "bad_cursor"),
    ("alerts?cursor=W10=.0123456789abcdef01234567", "bad_cursor"),
    ("board/changes?after=%00", "bad_request"),
    ("board/changes?after=x." + "9" * 5000, "bad_cursor"),
    ("board/changes", "invalid"),
    ("reports/no-such", "unknown_report"),
    ("reports/overdue?colour=red", "unknown_filter"),
    ("reports/overdue?at=0001-01-01T00:00:00Z", "invalid"),
    ("reports/volumes?to=9999-12-31T23:59:59-14:00", "invalid"),
    ("reports/volumes?by=person", "invalid"),
    ("reports/volumes?by=street&by=category", "invalid"),
    ("reports/volumes?from=2026-02-30", "invalid"),
    ("alerts?from=2026-02-30", "invalid"),
    ("reports/volumes?department=%00", "bad_request"),
]


def test_a_question_that_makes_no_sense_is_told_so(city):
    city.volunteer().reports()
    for query, code in QUERIES:
        assert named(sends(city.supervisor(), "GET", f"/api/v1/{query}")) == code, query
    page = sends(city.supervisor(), "GET", "/reports/overdue?at=0001-01-01T00:00:00Z")
    assert page.status_code == 422


def test_a_page_position_goes_only_as_it_was_given(city):
    for _ in range(3):
        city.volunteer().reports()
    first = sends(city.supervisor(), "GET", "/api/v1/alerts?limit=1").json
    given = first["next"]
    assert sends(city.supervisor(), "GET", f"/api/v1/alerts?limit=1&cursor={given}").json["alerts"]
    for forged in (given[:-1] + ("0" if given[-1] != "0" else "1"), "A" + given[1:], given[:-2]):
        answer = sends(city.supervisor(), "GET", f"/api/v1/alerts?cursor={forged}")
        assert named(answer) == "bad_cursor"
    # somebody else's position opens nothing that is not theirs
    stranger = city.person("neighbour")
    answer = sends(stranger, "GET", f"/api/v1/alerts?cursor={given}")
    assert answer.json["alerts"] == []


STEPS = [
    ({"step": "no-such"}, ("step", "unknown_value")),
    ({"step": ["sign"]}, ("step", "unknown_value")),
    ({"step": "record_outcome"}, ("step", "unknown_value")),
    ({"step": "report"}, ("step", "unknown_value")),
    ({"client_id": 5}, ("client_id", "not_a_uuid")),
    ({"client_id": None}, ("client_id", "not_a_uuid")),
    ({"version": None}, ("version", "missing")),
    ({"version": "1"}, ("version", "wrong_type")),
    ({"version": True}, ("version", "wrong_type")),
    ({"version": 1.5}, ("version", "wrong_type")),
    ({"after": "x"}, ("after", "not_a_uuid")),
    ({"device_at": "2026-01-01T00:00:00"}, ("device_at", "not_a_time")),
    ({"to": {"id": 1}}, ("to", "wrong_type")),
    ({"to": "a\x01"}, ("to", "control_characters")),
    ({"colour": "red"}, ("colour", "unknown_field")),
]


def test_each_oddity_of_a_step_is_a_fault_of_its_field(city):
    alert = city.volunteer().reports()
    for said, fault in STEPS:
        step = {"step": "sign", "client_id": str(uuid.uuid4()), "version": 1}
        answer = steps(city.department(), alert.id, step | said)
        assert named(answer) == "invalid", said
        assert fault in faults(answer)
    assert alert.status == "dispatched"


def test_a_version_that_never_was_is_a_conflict_in_words(city):
    alert = city.volunteer().reports()
    for version in (-1, 0, 2, 10**4000):
        step = {"step": "sign", "client_id": str(uuid.uuid4()), "version": version}
        answer = steps(city.department(), alert.id, step)
        assert named(answer) == "version_conflict"
        assert "words." not in answer.json["detail"]


def test_a_fault_names_what_should_have_come_in_the_readers_language(city):
    for tongue, kind in (("zh", "类型不对，应为文字。"), ("en", "Wrong type: it should be text.")):
        answer = puts(city.volunteer(), REPORT | {"text": 5}, headers={"Accept-Language": tongue})
        assert kind in [each["detail"] for each in answer.json["faults"]]
    alert = city.volunteer().reports()
    city.department().signs(alert)
    body = {"step": "call_support", "unit": "NOBODY", "mode": "required", "reason": "一起看"}
    body |= {"client_id": str(uuid.uuid4()), "version": alert.version}
    [fault] = steps(city.department(), alert.id, body).json["faults"]
    assert fault["detail"] == "这件事不能交给这个单位，请从列表里另选一个。"
