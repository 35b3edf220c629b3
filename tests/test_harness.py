"""The harness itself: each test has its own empty database on both kinds."""

import pytest
from sqlalchemy import inspect, text

from dispatch.store.engines import open_engines


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_migrated_tables_that_nobody_wrote_to(store, turn):
    assert store.is_migrated
    with store.write() as deed:
        tables = inspect(deed.session.connection()).get_table_names()
        deed.session.execute(text("CREATE TABLE left_behind (turn integer)"))
    assert "alert" in tables
    assert "left_behind" not in tables


def test_both_databases_are_told_apart(database_url, store):
    assert store.is_sqlite == database_url.startswith("sqlite")


def test_a_database_that_goes_away_takes_its_connections_with_it(postgresql_url):
    engines = open_engines(postgresql_url, "FULL")
    with engines.read.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engines.dispose()
