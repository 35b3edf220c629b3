"""Whoever takes data out, or reads of somebody's home without acting on it, is written down."""

import pytest
from sqlalchemy import select

from dispatch.store.tables import AuditEntry

pytestmark = pytest.mark.both_databases


def trail(store, code):
    with store.read() as session:
        rows = select(AuditEntry).where(AuditEntry.code == code).order_by(AuditEntry.seq)
        return session.scalars(rows).all()


def downloads(person, address):
    answer = person.http.get(
        f"/api/v1/reports/{address}", headers={"Authorization": f"Bearer {person.token}"}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def test_a_file_that_somebody_takes_along_is_told_with_its_filter_and_rows(city, store):
    city.volunteer().reports()
    city.clock.jump(days=9)
    sheet = downloads(city.supervisor(), "overdue.csv?street=street-futian").text
    [row] = trail(store, "exported")
    assert row.actor == city.supervisor().id
    assert row.codes["name"] == "overdue.csv"
    assert row.codes["filter"] == {"street": "street-futian"}
    assert row.codes["rows"] == len(sheet.splitlines()) - 1 > 0


def test_figures_on_a_screen_are_no_export(city, store):
    downloads(city.supervisor(), "overdue")
    assert trail(store, "exported") == []


def test_staff_who_read_of_a_home_without_acting_on_it_are_told(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    city.street().sees(wages)
    city.street().sees(wages)
    [row] = trail(store, "words_read")
    assert (row.actor, row.alert_id) == (city.street().id, wages.id)


def test_whoever_acts_on_it_reads_it_for_that(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    city.street().takes("note", wages, note="去看过了")
    city.street().sees(wages)
    assert trail(store, "words_read") == []


def test_a_reporter_reads_their_own_words_and_supervisors_read_none(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    assert city.volunteer().sees(wages)["text"]
    assert city.supervisor().sees(wages)["text"] is None
    assert trail(store, "words_read") == []


def test_a_hole_in_the_road_is_everybodys(city, store):
    city.street().sees(city.volunteer().reports())
    assert trail(store, "words_read") == []
