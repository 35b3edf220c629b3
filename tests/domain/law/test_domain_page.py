"""The golden tables of the law stand in docs/domain.md: the code changes only with them."""

import law_in_words
import pytest
from documents import codes, page, section
from law_in_words import PAGE, listed, refusals_in, rows

import dispatch.deeds  # noqa: F401 - each deed registers itself at import
from dispatch.domain.law import who
from dispatch.domain.law.clock_changes import KEPT_BY
from dispatch.domain.law.clock_names import CLOCKS
from dispatch.domain.law.deed_table import DEED_TABLE, main_steps, side_steps
from dispatch.domain.law.rows.choices import DECIDED_IN
from dispatch.domain.law.statuses import OPEN, STATUSES, WITH_LEAD
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import ROLES, UNIT_KINDS
from dispatch.domain.supports import MODES
from dispatch.domain.time.ladders import ACTIONS
from dispatch.domain.time.promises import TIME_UNITS
from dispatch.errors import PROBLEMS
from dispatch.refusals.faults import FAULTS
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.translations import DEFAULT, catalogue

WORDS = catalogue(DEFAULT)
STATUSES_IN_WORDS = law_in_words.statuses()
STEPS_IN_WORDS = law_in_words.steps()


def row_of(heading, name):
    known = rows(heading)
    assert name in known, f"write a row for `{name}` into {PAGE}, {heading}"
    return known[name]


@pytest.mark.parametrize("name", STATUSES)
def test_a_status_is_whose_turn_the_page_says_with_its_clocks(name):
    row_of("Statuses", name)
    written, status = STATUSES_IN_WORDS[name], STATUSES[name]
    assert (written.turn, written.clocks) == (status.turn, status.clocks)
    assert written.is_open == status.open
    assert written.chinese == WORDS[f"words.status.{name}"]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_leads_where_the_page_says_and_belongs_to_whom_it_says(name):
    row_of("Steps", name)
    written, step = STEPS_IN_WORDS[name], STEPS[name]
    assert written.sources == step.sources, f"{PAGE}, Steps, {name}: from"
    assert written.to == step.to, f"{PAGE}, Steps, {name}: to"
    assert written.who == step.who, f"{PAGE}, Steps, {name}: who"
    assert written.later == step.later, f"{PAGE}, Steps, {name}: later"
    assert written.chinese == WORDS[f"words.step.{name}"]


def test_a_step_is_sent_with_the_fields_that_the_page_lists():
    written = law_in_words.fields()
    for name, step in STEPS.items():
        wanted = [(field.name, field.kind, field.required, field.audience) for field in step.fields]
        assert written.get(name, []) == wanted, f"{PAGE}, Steps, fields of {name}"
    assert not written.keys() - STEPS.keys()


def test_a_deed_tells_whom_the_page_says_and_its_button_stands_there():
    assert law_in_words.deeds().keys() == DEED_TABLE.keys()
    for name, written in law_in_words.deeds().items():
        entry = DEED_TABLE[name]
        told = [(each.audience, each.notice, each.asks, each.into) for each in entry.tells]
        told += [("followers", entry.tells_followers, None, None)] if entry.tells_followers else []
        assert written == (told, entry.button.place, entry.photos), f"{PAGE}, Steps, deed {name}"


def test_the_buttons_stand_in_the_order_of_the_page():
    assert law_in_words.order_of_buttons() == (main_steps(), side_steps())


def test_steps_without_a_row_in_the_code_stand_apart():
    apart = {name for row in rows("Steps", 1).values() for name in codes(row[0])}
    assert not apart & STEPS.keys(), f"{PAGE}: these have a row in the code, move them up"


@pytest.mark.parametrize(
    ("name", "statuses"),
    [*zip(law_in_words.GROUPS, (OPEN, WITH_LEAD, DECIDED_IN, frozenset(STATUSES)), strict=True)],
)
def test_a_name_for_several_statuses_says_which(name, statuses):
    assert law_in_words.group(name) == statuses, f"{PAGE}, Statuses: *{name}*"


WHOLE = {  # section, number of its table → the names of the rows, in their order
    ("Roles", 0): list(ROLES),
    ("Relations", 0): [each for name, each in vars(who).items() if name.isupper()],
    ("Statuses", 0): list(STATUSES),
    ("Steps", 0): list(STEPS),
    ("Whistles", 0): list(WHISTLES),
    ("Promises", 0): list(CLOCKS),
    ("Promises", 1): list(TIME_UNITS),
}


@pytest.mark.parametrize(("heading", "nth"), WHOLE)
def test_a_table_has_every_row_of_the_code_and_no_other(heading, nth):
    wanted, here = WHOLE[heading, nth], list(rows(heading, nth))
    assert sorted(here) == sorted(wanted), f"{PAGE}, {heading}"
    assert here == wanted, f"{PAGE}, {heading}: the order of the code"


@pytest.mark.parametrize("name", ROLES)
def test_a_role_is_held_where_and_sees_what_the_page_says(name):
    _, chinese, held_at, sees, _ = row_of("Roles", name)
    role = ROLES[name]
    kinds = UNIT_KINDS if held_at == "any unit" else listed(held_at)
    assert (kinds, listed(sees)) == (role.held_at, role.sees)
    assert chinese == WORDS[f"words.role.{name}"]


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_is_kept_by_the_deeds_that_the_page_says(name):
    _, chinese, _, kept_by = row_of("Promises", name)
    assert set(listed(kept_by)) == KEPT_BY[name]
    assert chinese == WORDS[f"words.clock.{name}"]


def test_every_rung_and_mode_is_told():
    rungs = {name for row in rows("Ladders").values() for name in codes(row[0])}
    assert rungs == set(ACTIONS), f"{PAGE}, Ladders: a row for each action of a rung"
    assert set(MODES) <= set(codes(section(PAGE, "Supports")))


def test_the_codes_of_refusals_are_those_of_the_product():
    told = {code for row in rows("Steps").values() for code in codes(row[-1])} - {*STEPS}
    assert told <= {*PROBLEMS, *FAULTS}, f"{PAGE}, Steps: no such refusal"


@pytest.mark.parametrize("room", ["guards", "values"])
def test_every_refusal_of_the_law_is_told(room):
    untold = refusals_in(f"dispatch/domain/law/{room}.py") - set(codes(page(PAGE)))
    assert not untold, f"say in {PAGE}, Steps, what these refuse: {untold}"
