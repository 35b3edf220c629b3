"""Every id that a playbook may choose fits into the columns in which it is kept."""

from datetime import date

import pytest

from dispatch.domain.numbers import LONGEST_CODE, alert_number
from dispatch.rules.language.said import LONGEST_ID
from dispatch.store.tables import Base

# Table and column, and what of the playbook stands there.
OF_UNITS = {
    *("alert.street", "alert.community", "alert.grid", "alert.about_unit", "alert.lead"),
    *("assignment.unit", "assignment.team", "request.unit", "log.unit", "role_grant.unit"),
    *("promise.unit", "promise_event.owner"),
}
OF_OTHERS = {"alert.category", "promise.calendar", "promise.ladder"}


def length(place):
    table, _, column = place.partition(".")
    return Base.metadata.tables[table].columns[column].type.length


@pytest.mark.parametrize("place", sorted(OF_UNITS | OF_OTHERS))
def test_the_longest_id_fits(place):
    assert length(place) >= LONGEST_ID


def test_a_desk_of_the_longest_id_is_told_once():
    """`rung:`, the rung, the kind of whom it tells, and the unit."""
    assert length("notice.to_ref") >= LONGEST_ID
    kind = length("notice.to_kind")
    assert length("notice.once") >= len("rung::") + length("rung.id") + kind + 1 + LONGEST_ID


def test_no_column_of_such_a_name_was_forgotten():
    names = {place.partition(".")[2] for place in OF_UNITS | OF_OTHERS}
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in names
    }
    assert found == OF_UNITS | OF_OTHERS


def test_the_number_of_an_alert_fits_on_a_day_of_nine_million():
    number = alert_number("9" * LONGEST_CODE, date(2026, 11, 23), 9_999_999)
    assert len(number) <= length("alert.number")
