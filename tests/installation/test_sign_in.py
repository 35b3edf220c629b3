"""Coming in: by password, by token, by a link that works once; and being kept out."""

from datetime import timedelta

import pytest
from signing_in import (
    CAFE,
    CITY,
    DESK,
    OFFICE,
    OWN_TIME,
    PASSWORD,
    admitted,
    guess,
    refusal,
    sign_in,
)
from sqlalchemy import event, select

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.people.end_grant import end_grant
from dispatch.installation.people.grant_role import grant_role
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.note_visit import note_visit
from dispatch.installation.people.sign_out import sign_out
from dispatch.store import sign_ins
from dispatch.store.enrolment import NewPerson
from dispatch.store.marks import is_about
from dispatch.store.people import LINK, SESSION, TOKEN, authenticate
from dispatch.store.sealing import Seal
from dispatch.store.tables import LogEntry, Person, RoleGrant, SignIn


def test_whoever_knows_the_password_is_let_in_with_their_roles(store, hua):
    signed_in = sign_in(store, "hua", PASSWORD, OFFICE)
    admission = admitted(store, signed_in.secret)
    assert admission.access == signed_in.access
    assert admission.access.person_id == hua
    assert admission.access.grants == (DESK,)
    assert admission.csrf == signed_in.csrf


@pytest.mark.parametrize("typed", ["HUA", " hua ", "ｈｕａ"])
def test_an_account_is_the_same_however_it_is_typed(store, hua, typed):
    assert sign_in(store, typed, PASSWORD, OFFICE).access.person_id == hua


def test_a_wrong_password_and_an_unknown_account_sound_alike(store, hua):
    assert refusal(sign_in, store, "hua", "wrong", OFFICE) == "bad_credentials"
    assert refusal(sign_in, store, "nobody", PASSWORD, OFFICE) == "bad_credentials"


def test_an_account_without_a_password_cannot_be_guessed(store):
    add_person(store, NewPerson("王明", (), login="ming"), CITY)
    assert refusal(sign_in, store, "ming", "", OFFICE) == "bad_credentials"
    assert refusal(sign_in, store, "ming", "nobody has this password", OFFICE) == "bad_credentials"


def test_five_wrong_passwords_lock_the_account_for_that_address(store, hua, wall):
    assert guess(store, 6) == ["bad_credentials"] * 5 + ["locked_out"]
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "locked_out"
    assert sign_in(store, "hua", PASSWORD, CAFE).access.person_id == hua
    wall(minutes=14, seconds=58)
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "locked_out"
    wall(seconds=4)
    assert sign_in(store, "hua", PASSWORD, OFFICE).access.person_id == hua


def test_a_lock_says_how_many_minutes_are_left(store, hua, wall):
    guess(store, 5)
    wall(minutes=10, seconds=30)
    with pytest.raises(Refused) as refused:
        sign_in(store, "hua", PASSWORD, OFFICE)
    assert refused.value.params == {"minutes": 5}


def test_a_lock_is_not_lengthened_by_more_guesses(store, hua, wall):
    guess(store, 5)
    wall(minutes=10)
    guess(store, 3)
    wall(minutes=5, seconds=5)
    assert sign_in(store, "hua", PASSWORD, OFFICE)


def test_the_right_password_forgets_the_wrong_ones(store, hua):
    guess(store, 4)
    sign_in(store, "hua", PASSWORD, OFFICE)
    assert guess(store, 5) == ["bad_credentials"] * 5


def test_wrong_passwords_of_this_morning_do_not_count_tonight(store, hua, wall):
    guess(store, 4)
    wall(hours=1)
    guess(store, 4)
    assert sign_in(store, "hua", PASSWORD, OFFICE)


def test_a_new_password_lifts_the_lock(store, hua):
    guess(store, 6)
    choose_password(store, make_token(store, hua, LINK), "another horse 9")
    assert sign_in(store, "hua", "another horse 9", OFFICE)
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "bad_credentials"


def test_moving_the_citys_clock_ends_no_session_and_lifts_no_lock(store, hua):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    guess(store, 5, CAFE)
    clock.use_offset(lambda: timedelta(days=30))
    assert admitted(store, secret)
    assert refusal(sign_in, store, "hua", PASSWORD, CAFE) == "locked_out"


def test_a_session_ends_after_its_hours(store, hua, wall):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    wall(hours=11, minutes=59)
    assert admitted(store, secret)
    wall(minutes=2)
    assert admitted(store, secret) is None


def test_what_has_ended_is_swept_by_the_next_sign_in(store, hua, wall):
    sign_in(store, "hua", PASSWORD, OFFICE)
    wall(hours=13)
    sign_in(store, "hua", PASSWORD, OFFICE)
    with store.read() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1


def test_signing_out_ends_the_session_at_the_server(store, hua):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    sign_out(store, admitted(store, secret))
    assert admitted(store, secret) is None


def test_a_link_works_once(store, hua):
    link = make_token(store, hua, LINK)
    assert choose_password(store, link, "another horse 9") == "hua"
    assert refusal(choose_password, store, link, "third horse 10") == "link_used"
    assert sign_in(store, "hua", "another horse 9", OFFICE)


def test_a_link_ends_after_three_days(store, hua, wall):
    link = make_token(store, hua, LINK)
    wall(days=3, minutes=1)
    assert refusal(choose_password, store, link, PASSWORD) == "link_used"


@pytest.mark.parametrize(
    ("simple", "code"),
    [
        ("short 1", "weak_password"),
        ("aaaaaaaaaaaaaaaa", "weak_password"),
        ("x" * 129, "weak_password"),
        ("my hua password", "own_name_password"),
        ("李华李华2026secret", "own_name_password"),
        ("LiHua-20260101", "own_name_password"),
        ("hualihuali 7 stones", "own_name_password"),
        ("1234567890", "common_password"),
        ("qwertyuiop", "common_password"),
        ("Password123", "common_password"),
        ("Admin@123456", "common_password"),
        ("woaini1314520", "common_password"),
        ("1qaz2wsx3edc", "common_password"),
        ("Shaodao2026!", "city_name_password"),
        ("ｐａｓｓｗｏｒｄ１２３", "common_password"),
    ],
)
def test_a_simple_password_is_refused_and_the_link_stays_good(store, hua, simple, code):
    link = make_token(store, hua, LINK)
    assert refusal(choose_password, store, link, simple) == code
    assert choose_password(store, link, "another horse 9")


def test_a_new_password_ends_the_sessions_and_tokens_of_the_old_one(store, hua):
    session, token = sign_in(store, "hua", PASSWORD, OFFICE).secret, make_token(store, hua)
    choose_password(store, make_token(store, hua, LINK), "another horse 9")
    assert admitted(store, session) is None
    assert admitted(store, token, TOKEN) is None


@pytest.mark.parametrize(("made", "shown"), [(TOKEN, SESSION), (LINK, TOKEN), (LINK, SESSION)])
def test_a_secret_is_good_for_its_own_purpose_only(store, hua, made, shown):
    assert admitted(store, make_token(store, hua, made), shown) is None


def test_a_disabled_person_is_out_at_once_and_stays_out(store, hua):
    secret, token = sign_in(store, "hua", PASSWORD, OFFICE).secret, make_token(store, hua)
    link = make_token(store, hua, LINK)
    disable_person(store, hua)
    disable_person(store, hua)
    assert admitted(store, secret) is None
    assert admitted(store, token, TOKEN) is None
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "bad_credentials"
    assert refusal(choose_password, store, link, PASSWORD) == "link_used"
    assert refusal(disable_person, store, "nobody") == "unknown_person"


def test_a_token_made_for_somebody_disabled_opens_nothing(store, hua):
    disable_person(store, hua)
    assert admitted(store, make_token(store, hua), TOKEN) is None


def test_a_role_counts_from_when_it_is_given_until_it_is_taken_back(store, hua, wall):
    token = make_token(store, hua)
    handler = Grant("handler", "roads")
    grant_role(store, hua, handler, CITY)
    grant_role(store, hua, handler, CITY)
    wall(seconds=1)
    assert admitted(store, token, TOKEN).access.grants == (DESK, handler)
    end_grant(store, hua, DESK)
    wall(seconds=1)
    assert admitted(store, token, TOKEN).access.grants == (handler,)


@pytest.mark.parametrize(
    ("grant", "field", "suggested"),
    [
        (Grant("departmnt_dispatcher", "roads"), "role", "department_dispatcher"),
        (Grant("department_dispatcher", "raods"), "at", "roads"),
        (Grant("department_dispatcher", "futian"), "at", "roads"),
    ],
)
def test_an_unknown_role_or_unit_is_refused_with_the_nearest_that_exist(
    store, hua, grant, field, suggested
):
    with pytest.raises(Refused) as refused:
        grant_role(store, hua, grant, CITY)
    (fault,) = refused.value.faults
    assert fault.field == field
    assert suggested in str(fault.params["known"])


def test_an_account_belongs_to_one_person(store, hua):
    assert refusal(add_person, store, NewPerson("华", (), login="HUA"), CITY) == "name_taken"


def test_all_that_is_wrong_with_a_new_person_is_said_at_once(store):
    with pytest.raises(Refused) as refused:
        add_person(store, NewPerson("a\x00b", (Grant("mayor", "roads"),), login="x" * 65), CITY)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("name", "control_characters"),
        ("login", "too_long"),
        ("role", "unknown_value"),
    ]


def test_a_request_is_recognised_by_one_statement(store, hua):
    token = make_token(store, hua)
    statements = []
    with store.read() as session:
        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        assert authenticate(session, store.seal, token, TOKEN, clock.wall())
    assert len([said for said in statements if said.startswith("SELECT")]) == 1


def test_a_visit_is_written_down_now_and_then_only(store, hua, wall):
    token = make_token(store, hua)
    wall(minutes=9)
    note_visit(store, admitted(store, token, TOKEN))
    first = admitted(store, token, TOKEN).seen_at
    wall(minutes=2)
    note_visit(store, admitted(store, token, TOKEN))
    assert admitted(store, token, TOKEN).seen_at - first > timedelta(minutes=10)


def test_what_is_done_to_accounts_stands_in_the_log_and_sign_ins_do_not(store, hua):
    sign_in(store, "hua", PASSWORD, OFFICE)
    disable_person(store, hua)
    with store.read() as session:
        codes = session.scalars(select(LogEntry.code).order_by(LogEntry.seq)).all()
    assert codes == ["person_added", "role_granted", "link_made", "password_set", "person_disabled"]


def is_beginning_of_a_day(at):
    return (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def test_of_a_volunteer_only_the_day_is_kept(store, mei, wall):
    """To the minute it would stand beside an alert of that minute."""
    secret = sign_in(store, "mei", PASSWORD, OFFICE).secret
    wall(hours=1)
    note_visit(store, admitted(store, secret))
    with store.read() as session:
        row = session.scalars(select(SignIn)).one()
        times = (row.created_at, row.seen_at, row.expires_at)
        grant = session.scalars(select(RoleGrant)).one()
        events = session.scalars(select(LogEntry)).all()
    end_grant(store, mei, OWN_TIME)
    disable_person(store, mei)
    with store.read() as session:
        person, ended = session.get(Person, mei), session.get(RoleGrant, grant.id)
    kept = [*times, grant.from_at, person.created_at, person.disabled_at, ended.to_at]
    assert all(map(is_beginning_of_a_day, [*kept, *(each.at for each in events)]))
    assert not any(mei in str(each.codes) for each in events)


def test_a_volunteers_session_lasts_at_least_its_hours(store, mei, wall):
    secret = sign_in(store, "mei", PASSWORD, OFFICE).secret
    wall(hours=11, minutes=59)
    assert admitted(store, secret)
    wall(hours=24, minutes=2)
    assert admitted(store, secret) is None


def test_whose_an_event_about_a_volunteer_is_only_the_key_tells(store, mei, hua):
    with store.read() as session:
        codes = session.scalars(select(LogEntry.codes)).all()
    marks = [each["mark"] for each in codes if "mark" in each]
    assert len(set(marks)) == len(marks) == 4
    assert all(is_about(store.seal, mark, mei) for mark in marks)
    assert not any(is_about(store.seal, mark, hua) for mark in marks)
    assert {each["person"] for each in codes if "person" in each} == {hua}


def test_a_volunteer_who_becomes_staff_is_kept_as_staff_from_then_on(store, mei, wall):
    grant_role(store, mei, DESK, CITY)
    wall(seconds=1)
    secret = sign_in(store, "mei", PASSWORD, OFFICE).secret
    assert timedelta() <= clock.wall() - admitted(store, secret).seen_at < timedelta(minutes=1)
    with store.read() as session:
        last = session.scalars(select(LogEntry).order_by(LogEntry.seq.desc()).limit(1)).one()
    assert last.codes == {"person": mei, "role": DESK.role, "unit": DESK.unit}


def test_no_row_of_a_session_says_whose_it_is(store, hua):
    sign_in(store, "hua", PASSWORD, OFFICE)
    sign_in(store, "hua", PASSWORD, CAFE)
    with store.read() as session:
        rows = session.scalars(select(SignIn)).all()
    assert len({row.ref for row in rows}) == len(rows) == 2
    assert not any(hua in str(vars(row)) for row in rows)


def test_a_process_that_never_saw_a_secret_finds_whose_it_is(store, hua):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    store.seal.owners.clear()
    assert admitted(store, secret).access.person_id == hua
    sign_out(store, admitted(store, secret))
    assert admitted(store, secret) is None, "known, and ended all the same"


def test_with_another_key_nobody_is_signed_in_and_nothing_breaks(store, hua):
    session, link = sign_in(store, "hua", PASSWORD, OFFICE).secret, make_token(store, hua, LINK)
    store.seal = Seal(b"another key")
    assert admitted(store, session) is None
    assert refusal(choose_password, store, link, "another horse 9") == "link_used"


def test_of_too_many_sessions_the_one_unused_for_longest_ends(store, hua, wall, monkeypatch):
    monkeypatch.setattr(sign_ins, "MOST", 3)
    opened = []
    for _ in range(4):
        opened.append(sign_in(store, "hua", PASSWORD, OFFICE).secret)
        wall(minutes=1)
    assert [bool(admitted(store, secret)) for secret in opened] == [False, True, True, True]
