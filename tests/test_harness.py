"""The harness itself: each test has its own empty database on both kinds."""

import both_asked
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import psycopg

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


def test_a_statement_is_the_products_own_by_who_built_it():
    product, library = "/city/dispatch/store/people.py", "/lib/sqlalchemy/engine/base.py"
    assert both_asked.is_products_own(iter([library, product, __file__]))
    assert not both_asked.is_products_own(iter([library, __file__, product]))
    assert not both_asked.is_products_own(iter([library]))


def test_what_only_sqlite_was_asked_is_named_with_its_test():
    asked = {"sqlite": {"B": "b", "A": "a", "C": "c"}, "postgresql": {"B": "d"}}
    assert both_asked.left_out(asked) == {"A": "a", "C": "c"}


def test_one_query_has_one_shape_on_both_databases():
    query = select(LogEntry.seq).where(LogEntry.code.in_(["a", "b"]))
    lite, postgres = (
        query.compile(dialect=sqlite.dialect()),
        query.compile(dialect=psycopg.dialect()),
    )
    assert both_asked.shape(lite) == both_asked.shape(postgres)
    upsert = sqlite.insert(LogEntry).on_conflict_do_nothing().compile(dialect=sqlite.dialect())
    assert both_asked.shape(upsert) is None
