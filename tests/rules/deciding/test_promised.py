"""Of two promises about one alert the sooner one counts, whatever its unit and its calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from town import as_bytes, with_change

from dispatch.rules.book.loading import load
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide

DUTY = """\
  duty:
    version: "1"
    first: 2026-01-01
    last: 2027-12-31
    open_on_holidays: true
    week: {mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"],
      fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"]}
"""


def clock(written):
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def promised(now, other, at="2026-11-23T10:00"):
    """What is promised of a leak for which its kind says one limit and a rule another."""
    files = with_change("calendars.yaml", "calendars:\n", f"calendars:\n{DUTY}")
    files["categories.yaml"] = files["categories.yaml"].replace(
        "    limits: [{promises: {}}]\n  noise",
        f"    limits: [{{promises: {{dispose: {now}}}}}]\n  noise",
    )
    rule = f"  - {{id: quick, when: {{category: leak}}, promises: {{dispose: {other}}}}}\n"
    files["rules.yaml"] = files["rules.yaml"].replace("also:\n", f"also:\n{rule}")
    terms = decide(load(as_bytes(files)), Facts("leak", clock(at))).promises["dispose"]
    return f"{terms.limit} {terms.calendar}"


BY_DUTY = "{{limit: {}, calendar: duty}}".format
# what the kind promises, what the rule promises, what counts
SOONER = [
    ("3 work_days", "2 work_days", "2 work_days town"),
    ("2 work_days", "3 work_days", "2 work_days town"),
    ("2 work_days", "2 work_days", "2 work_days town"),
    # from Monday: the town works on Fridays and Mondays, those on duty every day
    ("2 work_days", BY_DUTY("3 work_days"), "3 work_days duty"),
    ("1 work_days", BY_DUTY("5 work_days"), "1 work_days town"),
    (BY_DUTY("3 work_days"), "2 work_days", "3 work_days duty"),
    ("2 hours", "119 minutes", "119 minutes town"),
    ("119 minutes", "2 hours", "119 minutes town"),
    ("2 hours", "120 minutes", "2 hours town"),
    ("120 minutes", BY_DUTY("2 hours"), "120 minutes town"),
    ("60 minutes", "61 minutes", "60 minutes town"),
    ("8 hours", "8 work_hours", "8 hours town"),
    ("2 days", "2 work_hours", "2 work_hours town"),
]


@pytest.mark.parametrize(("now", "other", "counts"), SOONER)
def test_the_sooner_of_two_promises_counts(now, other, counts):
    assert promised(now, other) == counts


@pytest.mark.parametrize(
    ("now", "other"),
    [("3 work_days", "2 days"), ("2 days", "3 work_days"), ("3 work_days", "30 work_hours")],
)
def test_where_no_calendar_tells_it_the_rule_counts(now, other):
    assert promised(now, other, at="2027-12-31T10:00") == f"{other} town"
