"""Nobody without the key changes, deletes or inserts a row unseen, or rewrites the log."""

import hashlib
import io

import filled
import pytest
from behind import behind
from PIL import Image
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.installation.verify_log import LogLook
from dispatch.installation.verify_store import verify_store
from dispatch.intake.attach_photo import attach_photo
from dispatch.store.audit import AuditEvent, append_audit
from dispatch.store.heads import whole_head
from dispatch.store.installation_facts import set_fact
from dispatch.store.log import GENESIS, canonical
from dispatch.store.log_checks import head_of
from dispatch.store.photos import photo_path
from dispatch.store.proved import CHAINED, FREE, FREE_FACTS, NUMBERS
from dispatch.store.tables import (
    Alert,
    AuditEntry,
    Base,
    Fact,
    LogDetail,
    LogEntry,
    Notice,
    Person,
    Photo,
    Proof,
    RoleGrant,
)
from dispatch.telling.deliver_notices import deliver_notices

TABLES = sorted(Base.metadata.tables)
WATCHED = [name for name in TABLES if "*" not in FREE.get(name, {})]


@pytest.fixture
def town(store):
    """The small town with an alert of every story, and notices that went out."""
    with clock.at(filled.MONDAY):
        ids = filled.fill(store)
        deliver_notices(store)
        yield filled.Town(store, {name: ids[name] for name in filled.CAST})


def test_a_town_that_nobody_touched_is_proved_to_the_last_row(town):
    with behind(town.store) as thief:
        assert thief.found() == []
        counted = {name: thief.runs(_count(name)).scalar() for name in WATCHED}
    assert [name for name, count in counted.items() if not count] == []


def _count(name):
    return select(func.count()).select_from(Base.metadata.tables[name])


def test_each_table_is_proved_chained_or_free_with_a_reason():
    apart = {*NUMBERS, *CHAINED, *(name for name, free in FREE.items() if "*" in free)}
    assert apart == {*TABLES}, "dispatch/store/proved.py: a number in NUMBERS, or a reason in FREE"
    for name, free in FREE.items():
        columns = {*Base.metadata.tables[name].columns.keys(), "*"}
        assert free.keys() <= columns, f"no such columns of {name}: {free.keys() - columns}"
    reasons = [*FREE_FACTS.values(), *(why for free in FREE.values() for why in free.values())]
    assert all(len(why) > 30 for why in reasons)


@pytest.mark.long
def test_one_changed_value_in_each_column_of_each_table_is_named(town):
    missed = [
        f"{name}.{column.name}"
        for name in WATCHED
        for column in Base.metadata.tables[name].columns
        if column.name not in FREE.get(name, {}) and not _is_named(town, column)
    ]
    assert missed == [], "prove these in dispatch/store/proved.py, or list them with a reason"


def _is_named(town, column):
    with behind(town.store) as thief:
        thief.changes(column)
        return bool(thief.found())


def test_what_is_listed_as_free_may_change(town):
    for name, free in FREE.items():
        for column in free.keys() - {"*"}:
            with behind(town.store) as thief:
                thief.changes(Base.metadata.tables[name].c[column])
                assert thief.found() == [], f"{name}.{column} is proved: take it from the list"


def test_one_deleted_row_of_each_table_is_named(town):
    for name in WATCHED:
        table = Base.metadata.tables[name]
        key = next(iter(table.primary_key.columns))
        with behind(town.store) as thief:
            one = thief.runs(select(key).order_by(key).limit(1)).scalar()
            thief.runs(delete(table).where(key == one))
            assert thief.found() != [], name


def test_an_inserted_right_of_an_administrator_is_named(town):
    with behind(town.store) as thief:
        one = thief.runs(select(func.max(RoleGrant.id))).scalar() + 1
        thief.copies(RoleGrant.__table__, id=one, role="admin")
        assert thief.found() == ["row_foreign"]


def test_an_inserted_person_is_named(town):
    with behind(town.store) as thief:
        thief.copies(Person.__table__, id="0" * 36, login_ref="f" * 64)
        assert thief.found() == ["row_foreign"]


def test_a_row_put_back_to_what_it_was_is_named(town):
    """Whoever kept yesterday's row with all that belongs to it has the key's digest of it, too."""
    with town.store.read() as session:
        before = session.scalars(select(Alert).where(Alert.status == "dispatched")).first()
        session.expunge_all()
    town.step(before.id, "sign", "roads", {})
    old = {column.name: getattr(before, column.name) for column in Alert.__table__.columns}
    with behind(town.store) as thief:
        thief.runs(update(Alert.__table__).where(Alert.id == before.id).values(old))
        assert thief.found() == ["row_changed"]


def test_a_cut_tail_is_named_where_rows_prove_what_came_later(town):
    """With its details, and with the proofs of it."""
    with town.store.read() as session:
        head = session.scalar(select(func.max(LogEntry.seq)))
        since = session.scalar(select(Proof.log_seq).order_by(Proof.n.desc()).offset(5).limit(1))
    assert since < head
    with behind(town.store) as thief:
        for table in (LogDetail, LogEntry):
            thief.runs(delete(table.__table__).where(table.seq > since))
        assert "proof_cut" in thief.found()
        thief.runs(delete(Proof.__table__).where(Proof.log_seq > since))
        assert set(thief.found()) >= {"row_changed"}


def test_proofs_that_were_cut_off_alone_are_named(town):
    with town.store.read() as session:
        last = session.scalar(select(func.max(Proof.n)))
        seq = session.scalar(select(func.max(LogEntry.seq)))
    with behind(town.store) as thief:
        thief.runs(delete(Proof.__table__).where(Proof.log_seq == seq))
        assert "proof_behind" in thief.found()
    with behind(town.store) as thief:
        thief.runs(delete(Proof.__table__).where(Proof.n < last))
        assert {"proof_gap", "row_foreign"} <= set(thief.found())


def test_a_tail_that_left_no_trace_is_named_by_the_head_that_was_kept(town):
    with town.store.write() as tx:
        set_fact(tx.session, "yesterday", "1")
    yesterday = _head(town.store)
    with town.store.write() as tx:
        set_fact(tx.session, "today", "1")
    today = _head(town.store)
    with behind(town.store) as thief:
        assert thief.found(yesterday, today) == []
        thief.runs(delete(Fact.__table__).where(Fact.name == "today"))
        thief.runs(delete(Proof.__table__).where(Proof.n == int(today.partition(":")[0])))
        assert thief.found() == []
        assert thief.found(yesterday) == []
        assert thief.found(yesterday, today) == ["head_lost"]


def test_a_cut_tail_of_the_audit_trail_is_named_by_a_head_of_before(town):
    """And one that was written anew behind it, by the product itself."""
    head = _whole_head(town.store)
    last = int(head.partition("/")[2].partition(":")[0])
    with behind(town.store) as thief:
        assert thief.found(head) == []
        thief.runs(delete(AuditEntry.__table__).where(AuditEntry.seq == last))
        assert thief.found() == [], "the rest of the chain holds"
        assert thief.found(head) == ["audit_head_lost"]
    with behind(town.store) as thief:
        thief.runs(delete(AuditEntry.__table__).where(AuditEntry.seq > last - 2))
        with Session(thief.connection) as session:
            append_audit(session, town.store.seal, [AuditEvent("exported")] * 3)
            session.flush()
        assert thief.found() == []
        assert thief.found(head) == ["audit_head_lost"]


def test_a_head_of_before_there_was_an_audit_trail_asks_for_the_log_alone(town):
    with behind(town.store) as thief:
        assert thief.found(_head(town.store)) == []


def _whole_head(store):
    with store.read() as session:
        return whole_head(session)


def _head(store):
    with store.read() as session:
        return head_of(session)


def test_a_log_that_was_chained_anew_without_the_key_is_named(town):
    """As it was chained before there was a key, and by a key of the thief's own."""
    columns = [column for column in LogEntry.__table__.columns if column.name != "hash"]
    with behind(town.store) as thief:
        thief.runs(update(LogEntry.__table__).where(LogEntry.seq == 5).values(unit="WATER"))
        previous = GENESIS
        for row in thief.runs(select(*columns).order_by(LogEntry.seq)).mappings().all():
            told = previous.encode() + canonical(dict(row))
            previous = hashlib.sha256(told).hexdigest()
            mine = LogEntry.seq == row["seq"]
            thief.runs(update(LogEntry.__table__).where(mine).values(hash=previous))
        assert {"log_hash", "proof_hash"} <= set(thief.found())


def test_each_row_of_the_log_that_follows_a_forged_one_is_not_accused(town):
    with behind(town.store) as thief:
        thief.runs(update(LogEntry.__table__).where(LogEntry.seq == 5).values(unit="WATER"))
        assert thief.found() == ["log_hash"]


def test_what_was_sent_cannot_be_unsent(town):
    sent = Notice.state == "sent"
    with behind(town.store) as thief:
        one = thief.runs(select(Notice.id).where(sent).limit(1)).scalar()
        thief.runs(update(Notice.__table__).where(Notice.id == one).values(state="dropped"))
        assert thief.found() == ["row_changed"]


def test_the_proofs_grow_with_what_is_written_and_with_nothing_else(town):
    before = _head(town.store)
    with town.store.write() as tx:
        tx.session.execute(select(Alert).limit(1))
        set_fact(tx.session, "swept_at", clock.wall().isoformat())
    assert _head(town.store) == before


def test_what_a_savepoint_took_back_is_not_proved(town):
    with town.store.history():
        with pytest.raises(ZeroDivisionError):
            _broken_off(town.store)
        with town.store.write() as tx:
            set_fact(tx.session, "kept", "1")
    assert _differences(town.store) == []
    with town.store.read() as session:
        assert session.get(Fact, "taken_back") is None


def _broken_off(store):
    with store.write() as tx:
        set_fact(tx.session, "taken_back", "1")
        raise ZeroDivisionError


def _differences(store):
    return [each.code for check in verify_store(store) for each in check.differences]


def test_a_photo_s_file_that_was_replaced_or_lost_is_named(town):
    sent = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(sent, "JPEG")
    digest = hashlib.sha256(sent.getvalue()).hexdigest()
    alert = town.report("hole", {"urgency": "ordinary"}, (digest,))
    attach_photo(
        town.store, town.people["volunteer"], town.organisation, alert, digest, sent.getvalue()
    )
    assert _differences(town.store) == []
    with town.store.read() as session:
        stored = session.scalar(select(Photo.stored).where(Photo.alert_id == alert))
    file = photo_path(town.store.data_dir, stored)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x")
    assert _differences(town.store) == ["photo_changed"]
    assert [each for check in _quick(town.store) for each in check.differences] == []
    file.unlink()
    assert _differences(town.store) == ["photo_lost"]
    file.write_bytes(whole)
    assert _differences(town.store) == []


def _quick(store):
    return verify_store(store, LogLook(reads_files=False))
