"""The document of the interface: valid, of every address, and nothing in it is left open."""

import re

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from dispatch.app import create_app
from dispatch.blueprints.openapi.document import document
from dispatch.domain.law.steps import STEPS
from dispatch.errors import PROBLEMS
from dispatch.refusals.faults import FAULTS
from dispatch.reports.catalogue import REPORTS
from dispatch.shapes.filters import FILTERS

# Refusals of commands, of the sockets and of addresses that are none.
ELSEWHERE = {
    *("no_such_version", "method_not_allowed", "server_full", "name_taken"),
    *("playbook_refused", "playbook_in_use", "playbook_hands", "may_not_publish"),
    *("mapping_refused", "column_missing", "file_unreadable", "file_not_utf8", "file_broken"),
    *("quote_never_closed", "columns_twice", "no_questions", "settings_refused", "demo_refused"),
    *("not_migrated", "target_not_empty", "not_ready", "too_many_consoles", "wrong_seal_key"),
    *("heir_complained_about", "restore_unfinished", "no_backup", "backup_running"),
    *("backup_damaged", "backup_newer", "other_database", "keys_missing", "keys_wrong"),
    *("disk_full", "not_written", "tool_missing", "tool_failed"),
    *("no_second_factor", "acting_as_whom"),
    *("of_system_admin", "of_security_admin", "of_auditor"),
    *("seal_key_missing", "foreign_seal_key", "not_a_head"),
}


@pytest.fixture(scope="module")
def told():
    return document(with_clock=True)


@pytest.fixture
def app(settings, store):
    return create_app(settings, store)


def inside(value, path=""):
    """Every mapping of the document, with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from inside(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from inside(inner, f"{path}/{place}")


def operations(told):
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid_by_the_schema_of_openapi(told):
    validate(told)


def test_every_address_of_the_server_is_in_it_and_no_other(app, told):
    served = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    known = app.url_map.bind("")
    named = {
        "secret": "x",
        "sign_in_id": "0",
        "tongue": "zh",
        "sha256": "0",
        "id": "1",
        "language": "en",
        "filename": "a.js",
    }
    described = {
        (known.match(path.format(**named), method=method.upper())[0], method.upper())
        for path, method, _ in operations(told)
    }
    assert described == served


def test_every_report_and_each_of_its_files_has_an_address_of_its_own(told):
    for name in REPORTS:
        for address in (name, f"{name}.csv", f"{name}.xlsx"):
            assert "get" in told["paths"][f"/api/v1/reports/{address}"]
    asked = told["paths"]["/api/v1/reports/paused"]["get"]["parameters"]
    assert [each.get("name") for each in asked] == ["department", "street", "category", None]
    asked = told["paths"]["/api/v1/reports/on-time"]["get"]["parameters"]
    [by] = [each for each in asked if each.get("name") == "by"]
    assert by["schema"]["anyOf"][0]["enum"] == ["department", "street", "category", "city"]


def test_every_filter_of_the_list_is_a_parameter(told):
    asked = told["paths"]["/api/v1/alerts"]["get"]["parameters"]
    assert [each["name"] for each in asked[:-1]] == [each.name for each in FILTERS]
    limit = next(each for each in asked if each.get("name") == "limit")
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"]) == (1, 200)


def test_no_object_is_left_open(told):
    bare = [
        path
        for path, each in inside(told)
        if each.get("type") == "object" and not {"properties", "additionalProperties"} & each.keys()
    ]
    assert not bare


def test_every_named_schema_is_used(told):
    used = {each["$ref"].rpartition("/")[2] for _, each in inside(told) if "$ref" in each}
    assert told["components"]["schemas"].keys() - used == set()


def test_what_is_shown_as_an_example_may_be_sent(told):
    shown = 0
    for _, _, operation in operations(told):
        for body in operation.get("requestBody", {}).get("content", {}).values():
            held = Draft202012Validator({**body["schema"], "components": told["components"]})
            for example in body.get("examples", {}).values():
                held.validate(example["value"])
                shown += 1
    assert shown == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"step": "sign"},
        {"step": "fly", "client_id": "7d9f5b0e-3f0a-4c55-9a59-0c4b5c1f2a10"},
        {"step": "urge", "client_id": "7d9f5b0e-3f0a-4c55-9a59-0c4b5c1f2a10", "colour": "red"},
        {"step": "urge", "client_id": "7D9F5B0E-3f0a-4c55-9a59-0c4b5c1f2a10"},
        {"step": "urge", "client_id": "7d9f5b0e-3f0a-4c55-9a59-0c4b5c1f2a10", "note": "x" * 2001},
    ],
)
def test_what_no_step_takes_is_no_body(told, odd):
    body = told["paths"]["/api/v1/alerts/{id}/steps"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    held = Draft202012Validator({**schema, "components": told["components"]})
    assert not held.is_valid(odd)


def test_every_step_that_people_take_is_a_body_with_its_fields(told):
    schemas = told["components"]["schemas"]
    body = told["paths"]["/api/v1/alerts/{id}/steps"]["post"]["requestBody"]
    mapping = body["content"]["application/json"]["schema"]["discriminator"]["mapping"]
    taken = {step.name for step in STEPS.values() if step.is_over_http and not step.later}
    assert mapping.keys() == taken
    for name, where in mapping.items():
        schema = schemas[where.rpartition("/")[2]]
        fields = {field.name for field in STEPS[name].fields}
        assert fields <= schema["properties"].keys(), name
        assert schema["properties"]["step"] == {"type": "string", "const": name}
    snooze = schemas["SnoozeStep"]
    assert snooze["required"] == ["step", "client_id", "clock", "span", "reason"]
    assert snooze["properties"]["span"]["enum"] == ["half_hour", "hour", "two_hours", "four_hours"]
    assert schemas["AcceptStep"]["required"] == ["step", "client_id"]  # the rules may find the lead


def test_every_refusal_stands_at_an_address_or_is_no_refusal_of_addresses(told):
    named = set()
    for path, method, operation in operations(told):
        for status, answer in operation["responses"].items():
            problem = answer.get("content", {}).get("application/problem+json")
            for code, example in (problem or {}).get("examples", {}).items():
                assert example["value"]["status"] == int(status) == PROBLEMS[code].status
                assert f"`{code}`" in answer["description"], (path, method)
                named.add(code)
    assert named == PROBLEMS.keys() - ELSEWHERE
    assert set(told["components"]["schemas"]["FaultCode"]["enum"]) == FAULTS.keys()


def test_the_parameters_of_a_refusal_stand_in_its_sentence(told):
    taken = told["paths"]["/api/v1/alerts/{id}"]["put"]["responses"]["429"]
    assert "{seconds}" in taken["description"]
    assert "Retry-After" in taken["headers"]


def test_who_may_ask_stands_at_every_address(told):
    deed = [{"session": [], "csrf": []}, {"token": []}]
    expected = {True: [], False: [{"session": []}, {"token": []}]}
    for path, method, operation in operations(told):
        is_public = operation["security"] == []
        assert operation["security"] in ((expected[is_public]), deed), (path, method)
        if not is_public and operation["tags"] != ["pages"]:  # a page asks for a sign-in
            assert (operation["security"] == deed) is (method != "get")
            assert "401" in operation["responses"]


def test_every_hole_in_an_address_is_a_parameter(told):
    for path, _, operation in operations(told):
        holes = [each["name"] for each in operation["parameters"] if each.get("in") == "path"]
        assert holes == re.findall(r"{(\w+)}", path)


def test_everybody_reads_it_and_asks_again_by_its_tag(app):
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.get_json()["openapi"] == "3.1.0"
    again = app.test_client().get(
        "/api/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_clock_of_tests_is_described_where_it_can_be_moved(told):
    assert "/test/clock" in told["paths"]
    assert "/test/clock" not in document(with_clock=False)["paths"]
