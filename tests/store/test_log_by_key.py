"""A log of before, chained without a key, is chained by key once; its old head is kept."""

import uuid
from contextlib import closing
from pathlib import Path

import filled
import pytest
from sqlalchemy import MetaData, delete, text, update
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.installation.verify_log import LogLook
from dispatch.installation.verify_store import verify_store
from dispatch.store.engines import open_engines
from dispatch.store.installation_facts import fact
from dispatch.store.log_checks import refuse_foreign_key
from dispatch.store.transaction import Store

BEFORE = "0010"
NEWEST = text("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")


@pytest.fixture
def before(databases):
    """The small town as it was: where it is, and its engine."""
    url = databases.create(f"unkeyed_{uuid.uuid4().hex}")
    engines = open_engines(url, "NORMAL")
    filled.restore(engines.write, BEFORE)
    yield url, engines.write
    engines.dispose()


def table_of(connection, name):
    found = MetaData()
    found.reflect(connection, only=[name])
    return found.tables[name]


def named(url, folder, *since: str):
    """What verify names once the town is upgraded, by row where it is one of the log."""
    with closing(Store(filled.settings(url, folder))) as store:
        store.migrate()
        checks = list(verify_store(store, LogLook(since)))
    return [(each.code, each.params.get("seq")) for check in checks for each in check.differences]


def test_every_row_of_before_is_proved_and_the_old_head_is_kept_and_known(before, tmp_path):
    url, engine = before
    with engine.connect() as connection:
        seq, head = connection.execute(NEWEST).one()
    assert named(url, tmp_path, f"{seq}:{head}") == []
    assert named(url, tmp_path, f"{seq}:{'0' * 64}") == [("head_lost", None)]
    with engine.connect() as connection, Session(connection) as session:
        assert fact(session, "log_head_before_0011") == f"{seq} {head}"
        assert connection.execute(NEWEST).one() != (seq, head)


def test_what_was_changed_before_is_named_afterwards(before, tmp_path):
    url, engine = before
    with engine.begin() as connection:
        log = table_of(connection, "log")
        connection.execute(update(log).where(log.c.seq == 30).values(unit="x"))
    assert named(url, tmp_path) == [("log_hash", 30)]


def test_details_that_were_erased_before_are_no_difference_and_later_ones_are(before, tmp_path):
    url, engine = before
    with engine.begin() as connection:
        detail = table_of(connection, "log_detail")
        connection.execute(delete(detail).where(detail.c.seq == 30))
    assert named(url, tmp_path) == []
    with engine.begin() as connection:
        connection.execute(delete(detail).where(detail.c.seq == 31))
    assert named(url, tmp_path) == [("log_erased", 31)]


def test_with_another_key_nothing_is_chained(before, tmp_path):
    url, engine = before
    with engine.connect() as connection:
        head = connection.execute(NEWEST).one()
    with closing(Store(other_town(url, tmp_path))) as store:
        with pytest.raises(Refused, match="wrong_seal_key"):
            store.migrate()
        assert not store.is_migrated
    with engine.connect() as connection:
        assert connection.execute(NEWEST).one() == head
    assert named(url, tmp_path) == []


def test_another_key_later_is_told_from_a_changed_log(before, tmp_path):
    url, engine = before
    assert named(url, tmp_path) == []
    other = Store(other_town(url, tmp_path))
    foreign = pytest.raises(Refused, match="foreign_seal_key")
    with closing(other), other.read() as session, foreign:
        refuse_foreign_key(session, other.seal.log_key)
    with engine.begin() as connection:
        kept = table_of(connection, "fact")
        connection.execute(update(kept).where(kept.c.name == "log_key_mark").values(value="x"))
    with closing(Store(filled.settings(url, tmp_path))) as store, store.read() as session:
        refuse_foreign_key(session, store.seal.log_key)
    assert named(url, tmp_path) == [("row_changed", None)]


def other_town(url: str, folder: Path):
    return filled.load_settings(
        {
            "DISPATCH_DATA_DIR": str(folder),
            "DISPATCH_DATABASE_URL": url,
            "DISPATCH_SEAL_KEY": "of another town",
        }
    )
