"""What the law says to whoever calls, releases and waits for units that help, one a line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dispatch.domain.law.request_names import RELEASE
from dispatch.domain.law.situation import RequestFacts
from dispatch.domain.supports import Support

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def asked(kind, *, mine=False, ago=1, verdict=None, until=None, support=None):
    at = NOW - timedelta(hours=ago)
    return RequestFacts(kind, "ROADS", at, mine, verdict, until, support)


HELPER = Support("WATER", id="w", called_at=NOW)
FIRST = replace(HELPER, mode="first")
GONE = Support("TREES", mode="first", id="t", called_at=NOW)

# step, what is known of the alert, the refusal
OF_SUPPORTS = [
    *(
        ("return", {"life_safety": danger, "supports": (replace(HELPER, **first),)}, code)
        for danger, first, code in (
            (True, {"mode": "first"}, "first_response_first"),
            (True, {"mode": "first", "signed_at": NOW}, "first_response_first"),
            (True, {"mode": "first", "signed_at": NOW, "arrived_at": NOW}, None),
            (True, {"mode": "first", "signed_at": NOW, "finished_at": NOW}, None),
            (True, {"mode": "required"}, None),
            (False, {"mode": "first"}, None),
        )
    ),
    *(
        ("return", {"life_safety": danger, "first_released": (first,), "supports": others}, code)
        for danger, first, others, code in (
            (True, GONE, (), "first_response_first"),
            (True, GONE, (HELPER,), "first_response_first"),
            (True, GONE, (replace(HELPER, signed_at=NOW, arrived_at=NOW),), None),
            (True, replace(GONE, arrived_at=NOW), (), None),
            (True, replace(GONE, arrived_at=NOW), (FIRST,), "first_response_first"),
            (False, GONE, (), None),
        )
    ),
    *(
        (
            "release_support",
            {"who": who, "life_safety": danger, "supports": (FIRST,)},
            code,
        )
        for danger, who, code in (
            (True, "street", "called_by_another"),
            (True, "desk", "called_by_another"),
            (True, "district", None),
            (False, "street", None),
            (False, "district", "called_by_another"),
        )
    ),
    ("ask_release", {"who": "street", "life_safety": True, "supports": (FIRST,)}, None),
    ("release_support", {}, "invalid"),
    *(
        ("release_support", {"who": who, "supports": (replace(HELPER, caller=caller),)}, code)
        for caller, who, code in (
            ("rules", "street", None),
            ("rules", "desk", "called_by_another"),
            ("rules", "district", "called_by_another"),
            ("street", "street", None),
            ("street", "desk", "called_by_another"),
            ("lead_unit", "desk", None),
            ("lead_unit", "street", "called_by_another"),
            ("district", "district", None),
            ("district", "street", "called_by_another"),
        )
    ),
    # asked of whoever called the unit
    ("ask_release", {}, "invalid"),
    ("ask_release", {"supports": (HELPER,)}, None),
    ("ask_release", {"who": "street", "supports": (HELPER,)}, "invalid"),
    (
        "ask_release",
        {"supports": (HELPER,), "requests": (asked(RELEASE, support="WATER"),)},
        "release_asked",
    ),
    *(
        (step, {"who": who, "supports": supports, "requests": requests}, code)
        for step in ("agree_release", "refuse_release")
        for who, supports, requests, code in (
            ("street", (HELPER,), (asked(RELEASE, support="WATER"),), None),
            ("street", (HELPER,), (), "nothing_asked"),
            ("street", (), (asked(RELEASE, support="WATER"),), "nothing_asked"),
            ("desk", (HELPER,), (asked(RELEASE, support="WATER"),), "called_by_another"),
        )
    ),
]
