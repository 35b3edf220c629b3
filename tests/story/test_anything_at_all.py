"""Any body whatever, made up by hypothesis: a kept alert or a named refusal, never a failure."""

import json
import uuid

import pytest
from hostile import REPORT, named, puts, steps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.domain.law.steps import STEPS

pytestmark = pytest.mark.both_databases

OFTEN = settings(
    max_examples=settings.default.max_examples * 6 // 10,  # a request each, and the answer
    suppress_health_check=[
        *settings.default.suppress_health_check,
        HealthCheck.function_scoped_fixture,
    ],
)
TEXT = st.text(max_size=30) | st.sampled_from(
    ["E0113", "danger", "2026-11-23T10:00:00+08:00", "0" * 64, "JTJ", "street-futian", "wgs84"],
)
NUMBER = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 2**63, 114.0579])
PLAIN = st.none() | st.booleans() | NUMBER | TEXT
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4)
)
PLACE = st.dictionaries(st.sampled_from(["lon", "lat", "accuracy_m", "crs"]), ANYTHING)
REPORTS = st.fixed_dictionaries(
    {},
    optional={
        "category": TEXT,
        "text": ANYTHING,
        "position": PLACE | ANYTHING,
        "grid": ANYTHING,
        "answers": st.dictionaries(st.sampled_from(["urgency", "x"]), ANYTHING) | ANYTHING,
        "photos": ANYTHING,
        "occurred_at": ANYTHING,
        "landmark": ANYTHING,
        "device_at": ANYTHING,
        "unknown": ANYTHING,
    },
)
FIELDS = sorted({field.name for step in STEPS.values() for field in step.fields})
STEP = st.fixed_dictionaries(
    {"step": st.sampled_from(sorted(STEPS)) | ANYTHING},
    optional={
        "client_id": st.uuids().map(str) | ANYTHING,
        "version": st.just(1) | ANYTHING,
        "after": ANYTHING,
        "device_at": ANYTHING,
        **dict.fromkeys(FIELDS, ANYTHING | PLACE),
    },
)

# with an envelope without fault, so that the fields are looked at
NEARLY = STEP.map(lambda said: {"client_id": str(uuid.uuid4()), "version": 1} | said)


def written(body) -> bytes:
    """As a careless program writes it: NaN, and half characters as escapes."""
    return json.dumps(body).encode()


def is_in_order(answer) -> bool:
    return answer.status_code in {200, 201} or bool(named(answer))


@pytest.fixture
def alert(city):
    return city.volunteer().reports()


@OFTEN
@given(body=ANYTHING | REPORTS | REPORTS.map(lambda said: REPORT | said))
def test_any_report_is_kept_or_refused_by_name(city, body):
    tongue = {"Accept-Language": "en"}
    assert is_in_order(puts(city.volunteer(), written(body), str(uuid.uuid4()), headers=tongue))


@OFTEN
@given(
    body=ANYTHING | STEP | NEARLY,
    who=st.sampled_from(["volunteer", "department", "street"]),
)
def test_any_step_is_taken_or_refused_by_name(city, alert, body, who):
    assert is_in_order(steps(city.person(who), alert.id, written(body)))


@OFTEN
@given(body=st.binary(max_size=60))
def test_any_bytes_are_refused_by_name(city, body):
    assert is_in_order(puts(city.volunteer(), body))
