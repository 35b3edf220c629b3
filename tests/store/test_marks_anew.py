"""Rows from when a person had one mark for all deeds are marked anew, as the city goes on."""

import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filled
import pytest
from filled import Town
from sqlalchemy import MetaData, insert, select, text, update
from thief import marks_in, steal

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.errors import Refused
from dispatch.store.engines import open_engines
from dispatch.store.installation_facts import fact
from dispatch.store.log_checks import chain_breaks
from dispatch.store.people import SESSION, authenticate
from dispatch.store.sealing import alerts_of, reporter_of, reporters_roles
from dispatch.store.sign_ins import secret_digest
from dispatch.store.tables import LogEntry, Request, TakenStep
from dispatch.store.transaction import Store

BEFORE = "0009"
SEEN = datetime(2026, 11, 23, 7, 31, 12, tzinfo=UTC)
DAY = SEEN.replace(hour=0, minute=0, second=0)


@pytest.fixture
def before(databases, tmp_path):
    """The small town as it was, with a session of a volunteer and one of a dispatcher: where it
    is, and the ids in it.
    """
    url = databases.create(f"before_{uuid.uuid4().hex}")
    engines = open_engines(url, "NORMAL")
    ids = filled.restore(engines.write, BEFORE)
    with engines.write.begin() as connection:
        for who in ("volunteer", "street"):
            connection.execute(insert(table_of(connection, "sign_in")), signed_in(who, ids[who]))
    yield url, engines.write, ids
    engines.dispose()


def table_of(connection, name):
    found = MetaData()
    found.reflect(connection, only=[name], resolve_fks=False)
    return found.tables[name]


def signed_in(who, person):
    times = {"created_at": SEEN, "seen_at": SEEN, "expires_at": SEEN + timedelta(days=30)}
    micros = {name: int(at.timestamp()) * 1_000_000 for name, at in times.items()}
    row = {"digest": secret_digest(f"of {who}"), "kind": SESSION, "person_id": person}
    return row | {"csrf": "x"} | micros


@pytest.fixture
def town(before, tmp_path):
    url, _, ids = before
    with closing(Store(filled.settings(url, tmp_path))) as store:
        store.migrate()
        yield Town(store, ids)


@pytest.fixture
def ids(before):
    return before[2]


def reports(ids):
    return {each for name, each in ids.items() if name not in filled.CAST}


def test_the_reporter_still_finds_every_report_of_theirs(town, ids):
    mine = reports(ids)
    with town.store.read() as session:
        assert set(alerts_of(session, town.store.seal, ids["volunteer"])) == mine
        assert reporter_of(session, town.store.seal, ids["late"]) == ids["volunteer"]
        roles = reporters_roles(session, town.store.seal, mine)
    assert roles == dict.fromkeys(mine, "volunteer")


def test_no_two_marks_are_alike_and_none_of_before_is_left(town, ids):
    loot, ref = steal(town.store), town.store.seal.ref
    marks = list(marks_in(loot))
    assert len(set(marks)) == len(marks) > 100
    told = str(loot)
    for name in filled.CAST:
        for purpose in ("step", "person"):
            assert ref(purpose, ids[name]) not in told, (purpose, name)


def test_no_page_of_the_file_keeps_a_mark_of_before(before, town, ids):
    """Neither in a row nor where one was, once everybody has closed it."""
    store = town.store
    if not store.is_sqlite:
        pytest.skip("PostgreSQL clears its pages by itself: docs/operating.md says how at once")
    with store.write() as tx:
        file = tx.session.connection().exec_driver_sql("PRAGMA database_list").first().file
    mark = store.seal.ref("step", ids["volunteer"]).encode()
    before[1].dispose()
    store.close()
    folder = Path(file).parent
    kept = [each.read_bytes() for each in folder.glob(f"{Path(file).name}*")]
    assert any(b"taken_step" in each for each in kept)
    assert not [len(each) for each in kept if mark in each]


def test_a_step_that_was_taken_before_is_answered_as_it_was(town, ids):
    with town.store.read() as session:
        rows = session.scalars(select(TakenStep).where(TakenStep.alert_id == ids["withdrawn"]))
        [taken] = rows.all()
    wish = StepCommand("withdraw", taken.client_id, {}, 1)
    arguments = (town.store, town.people["volunteer"], town.organisation, ids["withdrawn"])
    again = take_step(*arguments, wish)
    assert (again.is_new, again.answer) == (False, taken.answer)
    with pytest.raises(Refused, match="step_exists"):
        take_step(*arguments, StepCommand("withdraw", taken.client_id, {"note": "No"}, 1))


def test_staff_stand_by_their_ids_and_the_reporter_by_marks(town, ids):
    with town.store.read() as session:
        taken = session.scalars(select(TakenStep)).all()
        asked = dict(session.execute(select(Request.alert_id, Request.asker)).all())
        log = session.scalars(select(LogEntry).where(LogEntry.alert_id == ids["closed"])).all()
    hands = {each.answer["step"]: (each.actor, bool(each.mark)) for each in taken}
    assert hands["sign"] == (ids["roads"], False)
    assert (hands["withdraw"], hands["rate"]) == ((None, True), (None, True))
    assert asked[ids["undecided"]] == ids["roads"]
    told = {each.code: (each.role, each.unit, each.actor, bool(each.mark)) for each in log}
    assert told["report"] == told["rate"] == ("volunteer", None, None, True)
    assert told["sign"] == ("department_dispatcher", "ROADS", ids["roads"], False)


def test_whoever_was_signed_in_still_is_and_a_volunteer_to_the_day(town, ids):
    for who, seen in (("volunteer", DAY), ("street", SEEN)):
        with town.store.read() as session:
            found = authenticate(session, town.store.seal, f"of {who}", SESSION, SEEN)
        assert (found.access.person_id, found.seen_at) == (ids[who], seen)


def test_events_about_a_volunteer_are_marked_and_of_the_day(town, ids):
    with town.store.read() as session:
        added = session.scalars(select(LogEntry).where(LogEntry.code == "person_added")).all()
    volunteers = [each for each in added if "mark" in each.codes]
    assert [each.at.hour for each in volunteers] == [0]
    assert {each.codes.get("person") for each in added} == {
        *(ids[name] for name in filled.CAST if name != "volunteer"),
        None,
    }


def test_the_log_is_chained_anew_and_its_old_head_is_kept(before, tmp_path):
    url, engine, _ = before
    newest = text("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")
    with engine.connect() as connection:
        seq, head = connection.execute(newest).one()
    with closing(Store(filled.settings(url, tmp_path))) as store:
        store.migrate()
        with store.read() as session:
            assert list(chain_breaks(session, store.seal.log_key)) == []
            assert fact(session, "log_head_before_0010") == f"{seq} {head}"
            assert session.scalar(select(LogEntry.hash).where(LogEntry.seq == seq)) != head


def test_what_was_changed_in_the_log_before_is_still_named_afterwards(before, tmp_path):
    url, engine, _ = before
    with engine.begin() as connection:
        log = table_of(connection, "log")
        connection.execute(update(log).where(log.c.seq == 30).values(code="note"))
    with closing(Store(filled.settings(url, tmp_path))) as store:
        store.migrate()
        with store.read() as session:
            assert [
                (each.seq, each.what) for each in chain_breaks(session, store.seal.log_key)
            ] == [(30, "hash")]


def test_with_another_key_nothing_is_changed_and_the_sentence_says_what_to_do(before, tmp_path):
    url, engine, _ = before
    none = {"DISPATCH_DATA_DIR": str(tmp_path), "DISPATCH_DATABASE_URL": url}
    with pytest.raises(Refused, match="seal_key_missing"):
        Store(filled.load_settings(none))
    assert not (tmp_path / "seal.key").exists()
    other = none | {"DISPATCH_SEAL_KEY": "of another town"}
    with closing(Store(filled.load_settings(other))) as store:
        with pytest.raises(Refused, match="wrong_seal_key"):
            store.migrate()
        assert not store.is_migrated
    with engine.connect() as connection:
        assert "by_ref" in table_of(connection, "taken_step").c
    with closing(Store(filled.settings(url, tmp_path))) as store:
        store.migrate()
        assert store.is_migrated


def test_life_goes_on(town, ids):
    with clock.at(filled.MONDAY + timedelta(hours=8)):
        new = town.report("hole", {"urgency": "ordinary"})
        town.step(ids["resolved"], "rate", "volunteer", {"solved": True})
    with town.store.read() as session:
        assert alerts_of(session, town.store.seal, ids["volunteer"])[-1] == new
