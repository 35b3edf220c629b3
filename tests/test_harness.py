"""The harness itself: each test has its own empty database on both kinds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dispatch.store.log import Event
from dispatch.store.tables import LogEntry


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_migrated_tables_that_nobody_wrote_to(store, turn):
    assert store.is_migrated
    with store.read() as session:
        assert session.scalars(select(LogEntry)).all() == []
    with store.write() as deed:
        deed.record(Event(code="note", codes={"turn": turn}))
    with store.read() as session:
        assert [entry.seq for entry in session.scalars(select(LogEntry))] == [1]


def test_both_databases_are_told_apart(database_url, store):
    assert store.is_sqlite == database_url.startswith("sqlite")


def test_the_cluster_forgets_nothing_but_rows(postgresql_url, cluster, postgresql_tables):
    cluster.empty(postgresql_tables)
    with cluster.connect(postgresql_tables) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_what_was_drawn_yesterday_is_drawn_today():
    def drawn():
        numbers = []

        @settings(settings.get_profile("steady"), max_examples=20)
        @given(st.integers())
        def look(number):
            numbers.append(number)

        look()
        return numbers

    assert drawn() == drawn()
