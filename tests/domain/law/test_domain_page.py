"""docs/domain.md says what the code does: its tables are those of the law, row for row."""

import re
from pathlib import Path

import pytest
from documents import codes, page, section, tables

from dispatch.domain.law import guards, who
from dispatch.domain.law.clock_changes import KEPT_BY
from dispatch.domain.law.clock_names import CLOCKS
from dispatch.domain.law.statuses import OPEN, STATUSES, WITH_LEAD
from dispatch.domain.law.steps import DECIDED_IN, STEPS
from dispatch.domain.roles import ROLES, UNIT_KINDS
from dispatch.domain.supports import MODES
from dispatch.domain.time.ladders import ACTIONS
from dispatch.domain.time.promises import TIME_UNITS
from dispatch.errors import FAULTS, PROBLEMS
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.translations import DEFAULT, catalogue

PAGE = "docs/domain.md"
WORDS = catalogue(DEFAULT)
NOTHING = {"–", ""}
GROUPS = {
    "any open": OPEN,
    "with the lead": WITH_LEAD,
    "in work, or done and undecided": DECIDED_IN,
}


def table(heading, nth=0):
    return tables(section(PAGE, heading))[nth]


def listed(cell):
    """`sign, arrive` as a list; – as none."""
    return [] if cell in NOTHING else [each.strip() for each in cell.split(",")]


def name_of(row):
    return codes(row[0])[0]


def row_of(heading, name):
    rows = {name_of(row): row for row in table(heading)}
    assert name in rows, f"write a row for `{name}` into {PAGE}, {heading}"
    return rows[name]


def statuses_in(cell):
    return GROUPS.get(cell) or frozenset(listed(cell))


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_stands_there_with_its_turn_and_its_clocks(name):
    _, chinese, turn, clocks, remark = row_of("Statuses", name)
    status = STATUSES[name]
    assert (turn, tuple(listed(clocks))) == (status.turn, status.clocks)
    assert remark.startswith("open" if status.open else "over")
    assert chinese == WORDS[f"words.status.{name}"]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_stands_there_from_where_to_where_and_by_whom(name):
    first, chinese, sources, target, who, _ = row_of("Steps", name)
    step = STEPS[name]
    assert statuses_in(sources) == step.sources, f"{PAGE}, Steps, {name}: from"
    assert (None if target in NOTHING else target) == step.to, f"{PAGE}, Steps, {name}: to"
    assert tuple(listed(who)) == step.who, f"{PAGE}, Steps, {name}: who"
    assert ("later" in first) == step.later, f"{PAGE}, Steps, {name}: later"
    assert chinese == WORDS[f"words.step.{name}"]


def test_steps_without_a_row_in_the_code_stand_apart():
    apart = {name for row in table("Steps", 1) for name in codes(row[0])}
    assert not apart & STEPS.keys(), f"{PAGE}: these have a row in the code, move them up"


@pytest.mark.parametrize("name", GROUPS)
def test_a_name_for_several_statuses_says_which(name):
    told = re.search(rf"\*{name}\*: ([^.]+)\.", section(PAGE, "Statuses"))
    assert told, f"{PAGE}, Statuses: say which are meant by *{name}*"
    assert set(codes(told[1])) == GROUPS[name]


WHOLE = {  # section, number of its table → the names of the rows, in their order
    ("Roles", 0): list(ROLES),
    ("Relations", 0): [each for name, each in vars(who).items() if name.isupper()],
    ("Statuses", 0): list(STATUSES),
    ("Steps", 0): list(STEPS),
    ("Whistles", 0): list(WHISTLES),
    ("Promises", 1): list(TIME_UNITS),
}


@pytest.mark.parametrize(("heading", "nth"), WHOLE)
def test_a_table_has_every_row_of_the_code_and_no_other(heading, nth):
    wanted = WHOLE[heading, nth]
    here = [name_of(row) for row in table(heading, nth)]
    assert sorted(here) == sorted(wanted), f"{PAGE}, {heading}"
    assert here == wanted, f"{PAGE}, {heading}: the order of the code"


@pytest.mark.parametrize("name", ROLES)
def test_a_role_is_held_where_and_sees_what_the_code_says(name):
    _, chinese, held_at, sees, _ = row_of("Roles", name)
    role = ROLES[name]
    kinds = UNIT_KINDS if held_at == "any unit" else tuple(listed(held_at))
    assert (kinds, tuple(listed(sees))) == (role.held_at, role.sees)
    assert chinese == WORDS[f"words.role.{name}"]


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_is_kept_by_the_deeds_that_the_code_says(name):
    _, chinese, _, kept_by = row_of("Promises", name)
    assert set(listed(kept_by)) == KEPT_BY[name]
    assert chinese == WORDS[f"words.clock.{name}"]


def test_every_rung_and_mode_is_told():
    rungs = {name for row in table("Ladders") for name in codes(row[0])}
    assert rungs == set(ACTIONS), f"{PAGE}, Ladders"
    assert set(MODES) <= set(codes(section(PAGE, "Supports")))


def test_the_codes_of_refusals_are_those_of_the_product():
    told = {code for row in table("Steps") for code in codes(row[-1])} - {*STEPS}
    assert told <= {*PROBLEMS, *FAULTS}, f"{PAGE}, Steps: no such refusal"


def test_every_refusal_of_a_guard_is_told():
    source = Path(guards.__file__).read_text(encoding="utf-8")
    wanted = set(re.findall(r'Refused\(\s*"(\w+)"', source))
    assert not wanted - set(codes(page(PAGE))), f"say in {PAGE}, Steps, what these refuse"
