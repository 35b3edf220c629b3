"""The table of addresses is that of the server, and the one that people read."""

import re
from pathlib import Path

import pytest

from dispatch.app import create_app
from dispatch.domain.law.step_fields import ENVELOPE
from dispatch.rules.intake.report_form import FIELDS
from dispatch.shapes.filters import FILTERS
from dispatch.shapes.report import ReportBody
from dispatch.shapes.routes import ROUTES
from dispatch.shapes.steps import StepBody

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
# Beside the interface itself: what programs ask of the server, and the clock of tests.
# Of one address, where another method is open to all.
SIGNED_IN = {"who_am_i", "sign_out"}
BESIDE = {"GET /healthz", "GET /readyz", "GET /metrics", "POST /test/clock"}


def served(app):
    return {
        f"{method} {re.sub(r'<[^>]*>', '{}', rule.rule.removeprefix('/api/v1/'))}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") or f"{method} {rule.rule}" in BESIDE
    }


def test_every_address_of_the_server_is_declared_and_no_other(settings, store):
    declared = [f"{route.method} {re.sub(r'{[^}]*}', '{}', route.path)}" for route in ROUTES]
    assert len(declared) == len(set(declared))
    assert set(declared) == served(create_app(settings, store)), "see dispatch/shapes/routes.py"


def test_whoever_may_ask_without_a_sign_in_is_declared(settings, store):
    app = create_app(settings, store)
    public = {
        rule.rule.removeprefix("/api/v1/")
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "is_public", False)
    }
    for route in ROUTES:
        hidden = re.sub(r"{(\w+)}", r"<\1>", route.path)
        assert route.is_public is (hidden in public and route.name not in SIGNED_IN), route


def test_the_page_names_every_filter_of_the_list_and_no_other():
    [asked] = re.findall(r"`GET alerts\?([^`]*)`", PAGE)
    assert [each.partition("=")[0] for each in asked.split("&")] == [each.name for each in FILTERS]


@pytest.mark.parametrize(("body", "read"), [(ReportBody, FIELDS), (StepBody, ENVELOPE)])
def test_a_body_has_the_fields_that_are_read(body, read):
    assert body.__annotations__.keys() == set(read)
