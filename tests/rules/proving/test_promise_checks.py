"""Promises that make no sense: found at whatever hour of the week, and told once."""

from datetime import date

import pytest
from town import FILES, as_bytes, town, with_change

from dispatch.rules.book.loading import load
from dispatch.rules.proving.checks import check, told_value
from dispatch.rules.proving.differences import differences

TODAY = date(2026, 11, 23)
SUNDAY_NIGHT = """\
  night:
    version: "1"
    first: 2026-01-01
    last: 2027-12-31
    week: {mon: ["12:00-13:00"], sun: ["23:00-24:00"]}
"""


def late(arrive, dispose, calendars=""):
    """Whether the check finds that somebody may come when the work should be done."""
    files = with_change("calendars.yaml", "calendars:\n", f"calendars:\n{calendars}")
    was = "promises: {dispose: 3 work_days}"
    now = f"promises: {{arrive: {arrive}, dispose: {dispose}}}"
    assert was in files["categories.yaml"]
    files["categories.yaml"] = files["categories.yaml"].replace(was, now)
    found = [each for each in check(as_bytes(files), TODAY) if each.code == "late_arrival"]
    return [(each.path, dict(each.params)) for each in found]


@pytest.mark.parametrize(
    ("arrive", "dispose", "is_late"),
    [
        ("1 hours", "1 hours", False),
        ("61 minutes", "1 hours", True),
        ("2 work_hours", "3 work_hours", False),
        ("2 work_hours", "2 hours", True),
        ("1 days", "2 work_days", False),
        # only who reports in the last hour of the week waits for somebody beyond midnight
        ("2 hours", "{limit: 1 work_hours, calendar: night}", True),
        ("1 hours", "{limit: 1 work_hours, calendar: night}", False),
    ],
)
def test_nobody_comes_after_the_work_should_be_done_at_any_hour_of_the_week(
    arrive, dispose, is_late
):
    found = late(arrive, dispose, SUNDAY_NIGHT)
    assert [path for path, _ in found] == (["categories.hole.limits[1]"] if is_late else [])
    if is_late:
        written = dispose.removeprefix("{limit: ").partition(",")[0]
        assert found[0][1] == {"category": "hole", "arrive": arrive, "dispose": written}


SAME = """\
      colour: {kind: choice, label: Colour, choices: {red: Red, blue: Blue, grey: Grey}}
      depth: {kind: number, label: Depth"""


def same(rule, limits=""):
    """The pair of answers about the colour of a hole that bring the same."""
    files = with_change("categories.yaml", "      depth: {kind: number, label: Depth", SAME)
    if limits:
        files["categories.yaml"] = files["categories.yaml"].replace(
            "      - when: {answer: {urgency: danger}}", limits
        )
    files["rules.yaml"] = files["rules.yaml"].replace("rules:\n", f"rules:\n{rule}")
    found = [each for each in check(as_bytes(files), TODAY) if each.code == "same_answers"]
    return [(each.params["question"], each.params["one"], each.params["other"]) for each in found]


LEADS = (
    "  - {{id: x, when: {{category: hole, answer: {{colour: {}}}}}, lead: WATER, basis: rule}}\n"
)


@pytest.mark.parametrize(
    ("rule", "limits", "found"),
    [
        ("", "", []),  # no condition asks for it: it is for whoever reads
        (LEADS.format("red"), "", [("colour", "blue", "grey")]),
        (LEADS.format("[red, blue]"), "", [("colour", "red", "blue")]),
        (LEADS.format("grey"), "", [("colour", "red", "blue")]),
        (LEADS.format("red") + LEADS.format("blue").replace("id: x", "id: y"), "", []),
        (
            "",
            """\
      - {when: {answer: {colour: red}}, severity: 2, promises: {}}
      - when: {answer: {urgency: danger}}""",
            [("colour", "blue", "grey")],
        ),
    ],
)
def test_answers_of_which_nothing_follows_are_told_by_their_first_pair(rule, limits, found):
    assert same(rule, limits) == found


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (frozenset({"b", "a"}), "[a, b]"),
        ({"dispose": "2 days", "sign": None}, "{dispose: 2 days, sign: None}"),
        (True, "true"),
        (3, "3"),
        ("WATER", "WATER"),
    ],
)
def test_what_a_case_wants_is_told_as_its_author_writes_it(value, told):
    assert told_value(value) == told


def test_limits_are_compared_in_a_week_that_the_calendar_still_knows():
    ends = with_change("calendars.yaml", "last: 2027-12-31", "last: 2026-06-30")
    ends["calendars.yaml"] = ends["calendars.yaml"].replace(
        "holidays: [2026-11-24]", "holidays: []"
    )
    ends["calendars.yaml"] = ends["calendars.yaml"].replace("[2026-11-29]", "[]")
    longer = dict(ends)
    longer["categories.yaml"] = ends["categories.yaml"].replace("3 work_days", "4 work_days")
    before, after = load(as_bytes(ends)), load(as_bytes(longer))
    assert [each.danger for each in differences(before, after) if each.kind == "limit"] == [True]
    assert [each.danger for each in differences(after, before) if each.kind == "limit"] == [False]


def test_where_no_calendar_reaches_nobody_is_said_to_sign_too_late():
    ends = with_change("calendars.yaml", "last: 2027-12-31", "last: 2026-06-30")
    calendars = ends["calendars.yaml"].replace("[2026-11-24]", "[]").replace("[2026-11-29]", "[]")
    promises = ends["promises.yaml"].replace("sign: 2 work_hours", "sign: 5 work_days")
    files = ends | {"calendars.yaml": calendars, "promises.yaml": promises}
    assert "late_signature" not in {each.code for each in check(as_bytes(files), TODAY)}


def test_a_promise_that_goes_is_longer_than_any_and_one_that_comes_is_not():
    gone = load(as_bytes(with_change("promises.yaml", "accept: 30 minutes, ", "")))
    told = [each for each in differences(town(), gone) if each.kind == "limit"]
    assert {each.danger for each in told} == {True}
    assert {each.after for each in told} == {None}
    back = [each for each in differences(gone, town()) if each.kind == "limit"]
    assert {each.danger for each in back} == {False}


CELL = "[[[{0}, 22.42], [{1}, 22.42], [{1}, 22.44], [{0}, 22.44], [{0}, 22.42]]]"


def strip(number, shift=0.0):
    """An area of the north that is drawn in the south, over a part of the one before it."""
    west = 114.0 + 0.006 * number + shift
    outline = CELL.format(f"{west:.4f}", f"{west + 0.0065:.4f}")
    return (
        f'{{"type": "Feature", "properties": {{"id": "c{number}"}}, "geometry": '
        f'{{"type": "Polygon", "coordinates": {outline}}}}},\n'
    )


@pytest.mark.parametrize(("count", "told"), [(9, 9), (10, 10), (12, 10)])
def test_of_each_kind_of_fault_of_a_map_ten_are_told(count, told):
    files = dict(FILES)
    areas = "".join(
        f"  c{n}: {{kind: community, parent: north, label: C{n}}}\n" for n in range(count)
    )
    files["district.yaml"] = files["district.yaml"].replace("areas:\n", f"areas:\n{areas}")
    strips = "".join(map(strip, range(count)))
    files["places.geojson"] = files["places.geojson"].replace(
        '"features": [\n', f'"features": [\n{strips}'
    )
    found = [each.code for each in check(as_bytes(files), TODAY)]
    assert found.count("area_outside") == told
    assert found.count("areas_overlap") == min(count - 1, 10)
