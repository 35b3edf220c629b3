"""What the audit trail tells of staff and of volunteers, and that nobody rewrites it unseen."""

from datetime import timedelta

import pytest
from signing_in import CITY, DESK, OFFICE, OWN_TIME, PASSWORD, sign_in
from sqlalchemy import delete, select, text, update

from dispatch import clock
from dispatch.errors import Refused
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.end_grant import end_grant
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.sign_out import sign_out
from dispatch.installation.verify_store import verify_store
from dispatch.store.audit import AuditEvent
from dispatch.store.enrolment import NewPerson
from dispatch.store.marks import is_about, to_the_day
from dispatch.store.people import LINK, SESSION, authenticate
from dispatch.store.sealing import Seal
from dispatch.store.tables import AuditEntry


def somebody(store, login, grant):
    person = add_person(store, NewPerson(login, (grant,)), CITY)
    choose_password(store, make_token(store, person, LINK), PASSWORD)
    return person


def comes_and_goes(store, login):
    with pytest.raises(Refused):
        sign_in(store, login, "wrong", OFFICE)
    secret = sign_in(store, login, PASSWORD, OFFICE).secret
    with store.read() as session:
        found = authenticate(session, store.seal, secret, SESSION, clock.wall())
    sign_out(store, found)


def trail(store):
    with store.read() as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()


def found(store):
    return [
        (each.code, each.params["seq"])
        for check in verify_store(store)
        for each in check.differences
        if each.code.startswith("audit")
    ]


ENTERED = ["person_added", "role_granted", "link_made", "password_set"]
CAME = ["sign_in_failed", "signed_in", "signed_out"]


def test_of_staff_it_tells_who_came_from_where_and_what_was_done_with_their_account(store):
    hua = somebody(store, "hua", DESK)
    comes_and_goes(store, "hua")
    end_grant(store, hua, DESK)
    rows = trail(store)
    assert [row.code for row in rows] == [*ENTERED, *CAME, "role_ended"]
    assert {row.person for row in rows if row.code not in CAME} == {hua}
    assert [row.actor for row in rows if row.code in CAME] == [hua] * 3
    assert [row.address for row in rows if row.code in CAME] == [OFFICE, OFFICE, None]
    assert rows[-1].codes == {"role": "department_dispatcher", "unit": "roads"}
    assert all(clock.wall() - row.at < timedelta(minutes=5) for row in rows)


def test_of_a_volunteer_it_tells_the_day_and_names_nobody(store):
    lan = somebody(store, "lan", OWN_TIME)
    comes_and_goes(store, "lan")
    rows = trail(store)
    assert [row.code for row in rows] == [*ENTERED, *CAME]
    assert {(row.actor, row.person, row.address) for row in rows} == {(None, None, None)}
    assert all(row.at == to_the_day(row.at) for row in rows)
    assert len({row.mark for row in rows}) == len(rows), "no two rows have the same mark"
    assert all(is_about(store.seal, row.mark, lan) for row in rows), "with the key it is known"
    assert not any(lan in str(vars(row)) for row in rows)


def test_a_mistyped_account_may_be_a_volunteers(store):
    with pytest.raises(Refused):
        sign_in(store, "nobody", "wrong", OFFICE)
    [row] = trail(store)
    assert (row.code, row.actor, row.mark, row.address) == ("sign_in_failed", None, None, None)
    assert row.at == to_the_day(row.at)


def test_the_guess_that_locks_an_account_is_told(store):
    hua = somebody(store, "hua", DESK)
    for _ in range(store.settings.lock_out_after):
        with pytest.raises(Refused):
            sign_in(store, "hua", "wrong", OFFICE)
    told = [(row.code, row.actor) for row in trail(store)[len(ENTERED) :]]
    assert told == [("sign_in_failed", hua)] * 4 + [("locked_out", hua)]


def test_what_is_rolled_back_left_no_trace(store):
    def is_refused():
        with store.write() as tx:
            tx.audit(AuditEvent("exported"))
            raise Refused("forbidden")

    with pytest.raises(Refused):
        is_refused()
    assert trail(store) == []


@pytest.fixture
def written(store):
    """A trail of seven rows."""
    somebody(store, "hua", DESK)
    comes_and_goes(store, "hua")
    return store


def rewrite(store, statement):
    with store.write() as tx:
        tx.session.execute(statement)


def test_a_trail_that_nobody_touched_is_whole(written):
    assert found(written) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "at + 1"),
        ("code", "'signed_out'"),
        ("actor", "'somebody else'"),
        ("person", "'somebody else'"),
        ("mark", "'mark'"),
        ("alert_id", "'alert'"),
        ("address", "'10.0.0.9'"),
        ("codes", '\'{"role": "admin"}\''),
        ("hash", "'0'"),
    ],
)
def test_each_value_that_is_changed_is_found(written, column, value):
    rewrite(written, text(f"UPDATE audit SET {column} = {value} WHERE seq = 5"))  # noqa: S608 - ours
    assert ("audit_hash", 5) in found(written)


def test_every_column_is_among_those():
    tried = {"at", "code", "actor", "person", "mark", "alert_id", "address", "codes", "hash", "seq"}
    assert {column.key for column in AuditEntry.__table__.columns} == tried


def test_a_row_that_is_taken_out_is_missed(written):
    rewrite(written, delete(AuditEntry).where(AuditEntry.seq == 3))
    assert found(written) == [("audit_gap", 3), ("audit_hash", 4)]


def test_nobody_continues_the_chain_without_the_key(written):
    key, written.seal = written.seal, Seal(b"another key")
    with written.write() as tx:
        tx.audit(AuditEvent("exported"))
    written.seal = key
    assert found(written) == [("audit_hash", 8)]


def test_a_row_that_is_renumbered_is_found(written):
    rewrite(written, update(AuditEntry).where(AuditEntry.seq == 7).values(seq=9))
    assert found(written) == [("audit_gap", 7), ("audit_hash", 9)]
