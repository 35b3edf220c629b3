"""What an author wrote becomes a value of its type, or a fault that quotes it, at its place."""

# ruff: noqa: E501 - a table is read by its columns

from datetime import date

import pytest

from dispatch.domain.time.promises import Limit
from dispatch.rules.language import values
from dispatch.rules.language.clock_times import (
    as_clock_span,
    as_date,
    as_limit,
    as_month_day,
    as_segment,
    as_timezone,
    clock_span,
)
from dispatch.rules.language.encodings import is_gbk
from dispatch.rules.language.faults import MOST_FAULTS, PlaybookFaults, PlaybookRefused, guess
from dispatch.rules.language.labels import CityLabel, same_in_all
from dispatch.rules.language.library_reasons import polygon_reason, yaml_reason
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.points import as_point
from dispatch.rules.language.values import Section, as_label, entries, one_of, some_of
from dispatch.rules.language.yaml_reader import read

KEY = "v"


def node_of(written, faults):
    return read(f"{KEY}: {written}\n".encode(), "x.yaml", faults).value[KEY]


def told(faults):
    """Code, path and parameters of what was found, and of what was remarked."""
    return [(each.code, each.path, dict(each.params)) for each in (*faults.found, *faults.remarks)]


def reading(reader, written, *more: object, faults=None):
    faults = faults or PlaybookFaults(("en", "zh"))
    return reader(node_of(written, faults), faults, *more), told(faults)


def wrong(code, path=KEY, **params: object):
    return [(code, path, params)]


LONG = "x" * 41
SINGLE = [
    (values.as_text, "abc", "abc", []),
    (values.as_text, '"a\\x01b"', "a\x01b", wrong("control_character", seen="U+0001")),
    (values.as_text, '"a\\x1fb"', "a\x1fb", wrong("control_character", seen="U+001F")),
    (values.as_text, '"a\\tb"', "a\tb", []),
    (values.as_text, "12", "", wrong("not_text", seen="12")),
    (values.as_text, "true", "", wrong("not_text", seen="true")),
    (values.as_text, "false", "", wrong("not_text", seen="false")),
    (values.as_text, "null", "", wrong("not_text", seen="null")),
    (values.as_text, "[a]", "", wrong("not_text", seen="[…]")),
    (values.as_text, "{a: b}", "", wrong("not_text", seen="{…}")),
    (values.as_integer, "12", 12, []),
    (values.as_integer, "-3", -3, []),
    (values.as_integer, "1.5", 0, wrong("not_integer", seen="1.5")),
    (values.as_integer, "true", 0, wrong("not_integer", seen="true")),
    (values.as_integer, LONG, 0, wrong("not_integer", seen="x" * 40)),
    (values.as_number, "12", 12.0, []),
    (values.as_number, "1.5", 1.5, []),
    (values.as_number, "true", 0.0, wrong("not_number", seen="true")),
    (values.as_number, '"1"', 0.0, wrong("not_number", seen="1")),
    (values.as_flag, "true", True, []),
    (values.as_flag, "false", False, []),
    (values.as_flag, "1", False, wrong("not_flag", seen="1")),
    (values.as_flag, "yes", False, wrong("not_flag", seen="yes")),
    (values.as_texts, "[a, b]", ("a", "b"), []),
    (values.as_texts, "a", ("a",), []),
    (values.as_texts, "null", (), wrong("not_list", seen="null")),
    (values.as_texts, "{a: b}", (), wrong("not_list", seen="{…}")),
    (values.as_texts, "[a, 1]", ("a", ""), wrong("not_text", "v[1]", seen="1")),
    (as_point, "{lon: 180, lat: 90}", (180.0, 90.0), []),
    (as_point, "{lon: -180, lat: -90}", (-180.0, -90.0), []),
    (as_point, "{lon: 180.5, lat: 0}", (180.5, 0.0), wrong("not_degrees", lon="180.5", lat="0.0")),
    (as_point, "{lon: 0, lat: -90.5}", (0.0, -90.5), wrong("not_degrees", lon="0.0", lat="-90.5")),
    (as_clock_span, '"09:00-12:00"', (540, 180), []),
    (as_clock_span, '"22:00 - 06:00"', (1320, 480), []),
    (as_clock_span, '"00:00-24:00"', (0, 1440), []),
    (as_clock_span, '"24:00-01:00"', (1440, 60), []),
    (as_clock_span, '"9-12"', (0, 0), wrong("not_clock_span", seen="9-12")),
    (as_segment, '"22:30-06:00"', (1350, 1800), []),
    (as_date, "2026-02-28", date(2026, 2, 28), []),
    (as_limit, "8 work_hours", Limit(8, "work_hours"), []),
    (as_timezone, "Asia/Shanghai", "Asia/Shanghai", []),
    (as_timezone, "Asia/Schanghai", "UTC", wrong("unknown_timezone", seen="Asia/Schanghai")),
    (as_timezone, "/etc/passwd", "UTC", wrong("unknown_timezone", seen="/etc/passwd")),
    (as_timezone, "US/Eastern", "US/Eastern", []),
    (as_timezone, "Etc/GMT-8", "Etc/GMT-8", []),
    *(
        (as_timezone, name, plain, wrong("timezone_of_machine", seen=name, hint=plain))
        for name, plain in (
            ("posix/Asia/Shanghai", "Asia/Shanghai"),
            ("right/Europe/Amsterdam", "Europe/Amsterdam"),
        )
    ),
    *(
        (as_timezone, name, "UTC", wrong("timezone_of_machine", seen=name))
        for name in ("localtime", "posixrules", "Factory", "posix/Factory")
    ),
    (as_timezone, "../x", "UTC", wrong("unknown_timezone", seen="../x")),
    (as_month_day, "01-01", (1, 1), []),
    (as_month_day, "12-31", (12, 31), []),
    (as_month_day, "02-29", (2, 29), []),
    (as_month_day, "02-30", (2, 30), wrong("no_such_day", seen="02-30")),
    (as_month_day, "04-30", (4, 30), []),
    (as_month_day, "04-31", (4, 31), wrong("no_such_day", seen="04-31")),
    (as_month_day, "09-31", (9, 31), wrong("no_such_day", seen="09-31")),
    (as_month_day, "11-31", (11, 31), wrong("no_such_day", seen="11-31")),
    *((as_month_day, f"{month}-31", (int(month), 31), []) for month in ("01", "03", "05", "07", "08", "10", "12")),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "written", "value", "faults"), SINGLE)
def test_a_value_is_read_as_it_was_meant_or_quoted(reader, written, value, faults):
    assert reading(reader, written) == (value, faults)


@pytest.mark.parametrize(
    ("reader", "written", "code"),
    [
        (as_date, "2026-02-29", "not_date"),
        (as_date, "soon", "not_date"),
        (as_month_day, "13-01", "not_month_day"),
        (as_month_day, "00-10", "not_month_day"),
        (as_month_day, "10-00", "not_month_day"),
        (as_month_day, "10-32", "not_month_day"),
        (as_month_day, "1-1", "not_month_day"),
        (as_limit, "8 workhours", "not_limit"),
        (as_limit, "0 days", "not_limit"),
    ],
)
def test_what_is_no_time_is_quoted(reader, written, code):
    assert reading(reader, written)[1] == wrong(code, seen=written)


def test_a_limit_with_a_full_width_blank_is_told_with_a_plain_one():
    assert reading(as_limit, "8　days")[1] == []
    assert reading(as_limit, '"8，days"')[1] == wrong("not_limit", seen="8，days", hint="8,days")


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("08:30-08:31", (510, 1)),
        ("23:59-00:00", (1439, 1)),
        ("00:00-00:00", None),
        ("24:00-24:00", None),
        ("24:01-02:00", None),
        ("02:00-24:01", None),
        ("25:00-02:00", None),
        ("08:60-09:00", None),
        ("08:00", None),
    ],
)
def test_clock_spans_written_out(written, span):
    assert clock_span(written) == span


KNOWN = {"ROADS": 1, "WATER": 2}
WORDS = [
    (one_of, "ROADS", "ROADS", []),
    (one_of, "ROAD", "ROAD", wrong("unknown_unit", seen="ROAD", hint="ROADS")),
    (one_of, "xyz", "xyz", wrong("unknown_unit", seen="xyz", known="ROADS, WATER")),
    (one_of, "Roads office", "Roads office", wrong("unknown_unit", seen="Roads office", hint="ROADS")),
    (one_of, "Parks office", "Parks office", wrong("unknown_unit", seen="Parks office", known="ROADS, WATER")),
    (one_of, "7", "", wrong("not_text", seen="7")),
    (some_of, "[ROADS, WATER]", frozenset({"ROADS", "WATER"}), []),
    (some_of, "WATER", frozenset({"WATER"}), []),
    (some_of, "[WATER, WATER]", frozenset({"WATER"}), wrong("twice", "v[1]", seen="WATER")),
    (some_of, "[]", frozenset(), wrong("empty_list")),
    (some_of, "null", frozenset(), wrong("not_list", seen="null")),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "written", "value", "faults"), WORDS)
def test_a_word_is_one_of_those_that_are_known(reader, written, value, faults):
    known = PlaybookFaults(("en", "zh"))
    known.name({"ROADS": {"en": "Roads office"}, "PARKS": {"en": "Parks office"}})
    assert reading(reader, written, KNOWN, "unit", faults=known) == (value, faults)


@pytest.mark.parametrize(
    ("written", "label", "faults"),
    [
        ("Town", {"en": "Town", "zh": "Town"}, []),
        ("{en: Town, zh: 城}", {"en": "Town", "zh": "城"}, []),
        ("{en: Town}", {"en": "Town", "zh": "Town"}, []),
        ("{zh: 城}", {"en": "", "zh": "城"}, wrong("missing_key", name="en")),
        ("{en: Town, fr: Ville}", {"en": "Town", "zh": "Town"}, wrong("unknown_key", "v.fr", name="fr", known="en, zh")),
        ("7", {"en": "", "zh": ""}, [*wrong("not_mapping", seen="7")]),
    ],
)  # fmt: skip
def test_a_label_speaks_every_tongue_of_the_city(written, label, faults):
    assert reading(as_label, written) == (label, faults)


def test_a_tongue_that_labels_lack_is_told_once_with_their_number():
    faults = PlaybookFaults(("en", "zh"))
    root = read(b"a: {en: A}\nb: {en: B, zh: B}\nc: {en: C}\n", "x.yaml", faults)
    for node in root.value.values():
        as_label(node, faults)
    faults.remark_lacking()
    [doubt] = faults.remarks
    assert (doubt.line, doubt.code, doubt.level) == (1, "labels_lack", "warning")
    assert doubt.params == {"tongue": "zh", "count": "2"}


def test_a_tongue_that_is_not_spoken_here_gets_the_citys_own_words():
    label = CityLabel({"nl": "Kuil", "en": "Hole"})
    assert (label["fr"], label["en"], CityLabel()["fr"]) == ("Kuil", "Hole", "")
    assert same_in_all("Hole", ("nl", "en")) == {"nl": "Hole", "en": "Hole"}


def section(written, *more: object, **how: object):
    faults = PlaybookFaults(("en", "zh"))
    return Section(node_of(written, faults), faults, *more, **how), faults


def test_a_section_tells_its_unknown_forbidden_and_missing_keys():
    _, faults = section(
        "{lead: x, note: y, leed: z}", ("id",), ("note", "led"), never={"lead": "also_has_lead"}
    )
    assert told(faults) == [
        ("also_has_lead", "v.lead", {}),
        ("unknown_key", "v.leed", {"name": "leed", "hint": "led"}),
        ("missing_key", "v", {"name": "id"}),
    ]


def test_what_is_no_section_is_told_once():
    part, faults = section("[a]", ("id",))
    assert told(faults) == wrong("not_mapping", seen="[…]")
    assert part.text("id") == ""


def test_an_absent_key_gives_what_stands_for_nothing():
    part, faults = section("{empty: null}", (), ("empty", "other"))
    for key in ("empty", "other"):
        assert key not in part
        assert part.get(key) is None
        assert (part.text(key), part.text(key, "x")) == ("", "x")
        assert (part.integer(key), part.integer(key, 7)) == (0, 7)
        assert (part.number(key), part.number(key, 1.5)) == (0.0, 1.5)
        assert (part.flag(key), part.flag(key, default=True)) == (False, True)
        assert (part.count(key, most=5), part.count(key, 9, most=5)) == (0, 9)
        assert (part.texts(key), part.items(key)) == ((), [])
        assert part.label(key) == {"en": "", "zh": ""}
        assert part.choice(key, ("a",), "unit", "b") == "b"
        assert part.reference(key, ("a",), "unit") is None
        assert dict(part.part(key, ("needed",)).node.items()) == {}
    assert told(faults) == []


@pytest.mark.parametrize(
    ("written", "read_as", "is_told"),
    [("0", 3, True), ("1", 1, False), ("5", 5, False), ("6", 3, True), ("-1", 3, True)],
)
def test_a_count_lies_between_its_bounds_both_included(written, read_as, is_told):
    part, faults = section(f"{{n: {written}}}", (), ("n",))
    assert part.count("n", 3, least=1, most=5) == read_as
    assert told(faults) == (
        wrong("out_of_range", "v.n", seen=written, least="1", most="5") if is_told else []
    )


def test_keys_that_the_author_chose_are_given_in_their_order():
    faults = PlaybookFaults()
    assert [key for key, _ in entries(node_of("{b: 1, a: 2}", faults), faults)] == ["b", "a"]
    assert [*entries(None, faults)] == []
    assert [*entries(node_of("[b]", faults), faults)] == []
    assert told(faults) == wrong("not_mapping", seen="[…]")


@pytest.mark.parametrize(
    ("seen", "known", "near"),
    [
        ("ROAD", ["WATER", "ROADS"], {"hint": "ROADS"}),
        ("xyz", ["WATER", "ROADS"], {"known": "WATER, ROADS"}),
        ("xyz", [f"unit-{n}" for n in range(12)], {"known": ", ".join(f"unit-{n}" for n in range(12))}),
        ("xyz", [f"unit-{n}" for n in range(13)], {}),
        ("a，b", ["a"], {"hint": "a,b"}),
        ("x" * 80 + "，", ["a"], {"known": "a"}),
        ("x" * 79 + "，", ["a"], {"hint": "x" * 79 + ","}),
        (7, ["8"], {"known": "8"}),
        ("ROADS", [*(f"{n:04}" for n in range(1999)), "ROADZ"], {"hint": "ROADZ"}),
        ("ROADS", [*(f"{n:04}" for n in range(2000)), "ROADZ"], {}),
    ],
)  # fmt: skip
def test_whoever_slips_is_told_the_nearest_word_or_all_where_they_are_few(seen, known, near):
    assert guess(seen, known) == near


def test_after_a_thousand_faults_nobody_reads_on():
    faults = PlaybookFaults()
    node = Node("x.yaml", 1, 1, None)
    for _ in range(MOST_FAULTS - 1):
        faults.add(node, "empty_list")
    with pytest.raises(PlaybookRefused) as refused:
        faults.add(node, "empty_list")
    assert len(refused.value.faults) == 1001
    assert refused.value.faults[-1].code == "too_many_faults"


def test_no_more_than_a_thousand_remarks_are_kept():
    faults = PlaybookFaults()
    for line in range(1001):
        faults.remark(Node("x.yaml", line + 1, 1, None), "empty_list")
    assert [each.line for each in faults.remarks] == [*range(1, 1001)]


def test_a_refusal_shows_its_first_twenty_faults_in_the_order_of_the_file():
    faults = PlaybookFaults()
    for line in range(25, 0, -1):
        faults.add(Node("x.yaml", line, 3, None), "empty_list")
    lines = str(PlaybookRefused(faults.found)).splitlines()
    assert [line.split(":")[1] for line in lines] == [str(number) for number in range(1, 21)]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("did not find expected ',' or ']'", "bracket_open"),
        ("found unexpected end of stream", "quote_open"),
        ("something new", "other"),
    ],
)
def test_what_the_yaml_library_says_has_a_reason(message, reason):
    assert yaml_reason(message) == reason


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("Self-intersection[114.1 22.5]", ("crosses_itself", "114.1, 22.5")),
        ("Ring Self-intersection[1 2]", ("touches_itself", "1, 2")),
        ("Too few points in geometry component[1 2]", ("too_few_points", "1, 2")),
        ("Something new", ("other", "")),
    ],
)
def test_what_the_map_library_says_has_a_reason_and_a_place(message, reason):
    assert polygon_reason(message) == reason


@pytest.mark.parametrize(
    ("content", "is_chinese"),
    [
        ("发令".encode("gbk"), True),
        ("一".encode("gbk"), True),
        ("é".encode("gb18030"), False),
        (b"\xff\xff", False),
        (b"abc", False),
    ],
)
def test_chinese_of_windows_is_told_from_other_bytes(content, is_chinese):
    assert is_gbk(content) is is_chinese
