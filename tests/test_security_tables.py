"""The tables for auditors are whole, and every test that they name is there and is collected."""

import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from documents import HOUSE, codes, page, section, tables

from dispatch.settings import PREFIX, SETTINGS
from dispatch.store.audit import AUDIT_CODES
from dispatch.store.tables import AuditEntry, LogEntry

ASVS, DENGBAO = "docs/security/asvs.md", "docs/security/dengbao.md"
LEVELS = json.loads((HOUSE / "tests/data/asvs_levels.json").read_text(encoding="utf-8"))
STATES = {
    ASVS: {"held", "otherwise", "absent", "not ours", "missing"},
    DENGBAO: {"已做到", "做法不同", "未做到", "不归软件"},
}
HELD = {"held", "已做到"}
TEST = re.compile(r"[\w/]+\.py::test_\w+")
# How many points 安全计算环境 of the third level has, by section; a section without letters is one.
POINTS = {1: 4, 2: 7, 3: 4, 4: 6, 5: 1, 6: 1, 7: 2, 8: 2, 9: 3, 10: 2, 11: 2}


def rows(name):
    """The rows of all tables of points: those that begin with a number."""
    found = (row for table in tables(page(name)) for row in table)
    return [row for row in found if re.match(r"\d+\.\d", row[0])]


def state_of(row):
    return row[-2]


def named(row):
    return [each for each in codes(row[-1]) if TEST.fullmatch(each)]


def collected(files):
    """What pytest finds in these files, without the parameters."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    told = subprocess.run([*command, *files], capture_output=True, text=True, cwd=HOUSE, check=True)
    return {line.split("[")[0].removeprefix("tests/") for line in told.stdout.splitlines()}


def test_each_point_of_asvs_has_its_row_in_order():
    assert {row[0]: int(row[1]) for row in rows(ASVS)} == LEVELS
    assert [row[0] for row in rows(ASVS)] == [*LEVELS]


def test_each_point_of_the_computing_environment_has_its_row():
    counted = Counter(
        int(found[1]) for row in rows(DENGBAO) if (found := re.match(r"8\.1\.4\.(\d+)", row[0]))
    )
    assert counted == POINTS


@pytest.mark.parametrize("name", STATES)
def test_each_row_says_how_it_stands_and_why(name):
    for row in rows(name):
        assert state_of(row) in STATES[name], row
        assert row[-1], row


@pytest.mark.parametrize("name", STATES)
def test_what_is_held_names_who_holds_it(name):
    unproved = [row[0] for row in rows(name) if state_of(row) in HELD and not named(row)]
    assert not unproved, f"{name} says without a test that these are held: {unproved}"


def test_every_test_that_is_named_is_there_and_is_collected():
    asked = {each for name in STATES for row in rows(name) for each in named(row)}
    files = sorted({f"tests/{each.split('::')[0]}" for each in asked})
    lost = [file for file in files if not (HOUSE / file).exists()]
    assert not lost, f"the tables for auditors name files that are not there: {lost}"
    gone = sorted(asked - collected(files))
    assert not gone, f"the tables for auditors name tests that are not there: {gone}"


def test_whatever_looks_like_a_test_is_read_as_one():
    for name in STATES:
        written = [each for each in codes(page(name)) if "::" in each]
        assert not [each for each in written if not TEST.fullmatch(each)]


def test_the_inventory_of_logs_names_every_event_of_the_audit_trail():
    inventory = section("docs/security.md", "What is logged where")
    told = set(codes(inventory))
    assert {*AUDIT_CODES, AuditEntry.__tablename__, LogEntry.__tablename__} <= told
    knobs = {each for each in told if each.startswith(PREFIX)}
    assert knobs <= {each.variable for each in SETTINGS}


def test_security_leads_to_both_tables():
    led = section("docs/security.md", "Point by point")
    for name in STATES:
        assert f"({name.removeprefix('docs/')})" in led
