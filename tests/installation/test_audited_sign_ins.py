"""What somebody does with their account, and what becomes of its tokens, is in the audit trail."""

import pytest
from signing_in import CAFE, OFFICE, PASSWORD, refusal, sign_in
from sqlalchemy import select

from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.end_sign_in import end_all, end_sign_in, sign_out_everywhere
from dispatch.installation.people.make_token import make_token
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.marks import is_about, to_the_day
from dispatch.store.sign_ins import id_of, secret_digest
from dispatch.store.tables import AuditEntry


@pytest.fixture
def told(store, hua, mei):
    """`told()`: what was written since two people entered."""
    with store.read() as session:
        entered = len(session.scalars(select(AuditEntry.seq)).all())

    def since():
        with store.read() as session:
            return session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()[entered:]

    return since


def named(rows):
    return [(row.code, row.actor, row.person) for row in rows]


def change(store, person, old, new):
    change_password(store, person, old, new, SignInOrigin(OFFICE, device_of("")), "")


def test_ones_own_password_and_a_slip_at_it(store, hua, told):
    assert refusal(change, store, hua, "wrong 1", "another horse 9") == "wrong_password"
    change(store, hua, PASSWORD, "another horse 9")
    assert named(told()) == [("sign_in_failed", hua, None), ("password_set", None, hua)]


def test_who_ends_a_sign_in_or_a_token_of_their_own_did_it(store, hua, told):
    lost, token = sign_in(store, "hua", PASSWORD, CAFE).secret, make_token(store, hua)
    end_sign_in(store, hua, id_of(secret_digest(lost)))
    end_sign_in(store, hua, id_of(secret_digest(token)))
    sign_out_everywhere(store, hua)
    assert named(told()) == [
        ("signed_in", hua, None),
        ("token_made", None, hua),
        ("sign_in_ended", hua, None),
        ("token_ended", hua, None),
        ("sign_ins_ended", hua, None),
    ]


def test_what_the_administrator_ends_is_done_with_somebodys_account(store, hua, told):
    token = make_token(store, hua)
    end_sign_in(store, hua, id_of(secret_digest(token)), by_admin=True)
    end_all(store, hua)
    assert named(told())[1:] == [("token_ended", None, hua), ("all_sign_ins_ended", None, hua)]


def test_an_id_that_opens_nothing_ends_nothing_and_is_not_told(store, hua, told):
    assert refusal(end_sign_in, store, hua, "0" * 16) == "unknown_sign_in"
    assert told() == []


def test_a_token_whose_time_is_over_is_told_once_and_a_session_is_not(store, hua, told, wall):
    make_token(store, hua)
    sign_in(store, "hua", PASSWORD, OFFICE)
    wall(days=store.settings.token_days, minutes=1)
    sign_in(store, "hua", PASSWORD, OFFICE)
    sign_in(store, "hua", PASSWORD, OFFICE)
    assert [row.code for row in told()].count("token_expired") == 1
    assert ("token_expired", None, hua) in named(told())


def test_of_a_volunteer_it_is_told_to_the_day_and_without_a_name(store, mei, told):
    secret = sign_in(store, "mei", PASSWORD, CAFE).secret
    end_sign_in(store, mei, id_of(secret_digest(secret)))
    sign_out_everywhere(store, mei)
    rows = told()
    assert [row.code for row in rows] == ["signed_in", "sign_in_ended", "sign_ins_ended"]
    assert {(row.actor, row.person, row.address) for row in rows} == {(None, None, None)}
    assert all(row.at == to_the_day(row.at) for row in rows)
    assert all(is_about(store.seal, row.mark, mei) for row in rows)


def test_guesses_from_many_addresses_are_told_where_they_lock_the_account(store, hua, told):
    guess, codes = 0, []
    while "locked_out" not in codes:
        assert refusal(sign_in, store, "hua", f"wrong {guess}", f"10.9.{guess}.1") in {
            "bad_credentials",
            "account_guessed",
        }
        guess, codes = guess + 1, [row.code for row in told()]
    assert codes == ["sign_in_failed"] * (guess - 1) + ["locked_out"]
    assert refusal(sign_in, store, "hua", "wrong", "10.8.0.1") == "account_guessed"
    assert [row.code for row in told()] == codes, "what is not looked at is no wrong password"
