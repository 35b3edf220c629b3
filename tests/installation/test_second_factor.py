"""Signing in with a code: set up by its person, taken once, recovered, and reset by a command."""

import re
from dataclasses import replace

import pyotp
import pytest
from signing_in import CITY, DESK, OFFICE, OWN_TIME, PASSWORD, admitted, guess, refusal, sign_in
from sqlalchemy import func, select

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.installation.people import set_second_factor as setting_up
from dispatch.installation.people import sign_in as sign_in_module
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.grant_role import grant_role
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.reset_second_factor import reset_second_factor
from dispatch.installation.people.set_second_factor import OfferedFactor, set_second_factor
from dispatch.store.devices import device_of
from dispatch.store.enrolment import NewPerson
from dispatch.store.guesses import SignInOrigin
from dispatch.store.people import LINK, TOKEN
from dispatch.store.second_factors import codes_left, new_offer, offered_secret, plain_code
from dispatch.store.tables import LogEntry, RecoveryCode, SecondFactor

BOSS = Grant("supervisor", "futian")


class App:
    """An authenticator app that knows one secret. `by`: how many seconds its clock is ahead."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def shows(self, by: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(int(clock.wall().timestamp()) + by)


@pytest.fixture
def wall(wall):
    """Begins in the middle of a half minute, so that a test's own seconds do not matter."""
    into = clock.wall().timestamp() % 30
    wall(seconds=(45 - into) % 30)
    return wall


def sets_up(store, person_id, login="hua"):
    """The person's app and recovery codes, after they confirmed the offer of the account page."""
    secret = sign_in(store, login, PASSWORD, OFFICE).secret
    here, at = admitted(store, secret), clock.wall()
    offer = new_offer(at)
    app = App(offered_secret(store.seal, person_id, offer, at))
    new = OfferedFactor(offer, app.shows())
    return app, set_second_factor(store, here, SignInOrigin(OFFICE, device_of("")), PASSWORD, new)


def opens(store, code, login="hua", address=OFFICE):
    return sign_in(store, login, PASSWORD, address, code=code).access.person_id


def refused(store, code, login="hua"):
    return refusal(opens, store, code, login)


def events(store, person_id):
    with store.read() as session:
        rows = session.scalars(select(LogEntry).order_by(LogEntry.seq))
        return [row.code for row in rows if row.codes.get("person") == person_id]


def test_whoever_has_one_signs_in_with_password_and_code(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    assert refused(store, "") == "code_wanted"
    assert refused(store, "000000") == "wrong_code"
    assert opens(store, app.shows()) == hua
    assert "second_factor_set" in events(store, hua)


def test_a_code_is_taken_once_and_the_one_before_it_no_more(store, hua, wall):
    app, _ = sets_up(store, hua)
    assert refused(store, app.shows()) == "wrong_code"  # the one that confirmed it
    wall(seconds=30)
    before, now = app.shows(-30), app.shows()
    assert opens(store, now) == hua
    assert refused(store, now) == "wrong_code"
    assert refused(store, before) == "wrong_code"
    wall(seconds=30)
    assert opens(store, app.shows()) == hua


@pytest.mark.parametrize(("by", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_s_clock_may_be_one_half_minute_wrong(store, hua, wall, by, is_taken):
    app, _ = sets_up(store, hua)
    wall(minutes=5)
    assert (opens(store, app.shows(by)) == hua) if is_taken else refused(store, app.shows(by))


def test_a_code_is_taken_as_people_type_it(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    shown = app.shows()
    assert opens(
        store, f" {shown[:3]} {shown[3:]}".translate({48 + n: 0xFF10 + n for n in range(10)})
    )


@pytest.mark.parametrize("typed", ["１２", "é" * 6, "٣٤٥٦٧٨", "\u200b", "x" * 256])
def test_whatever_is_typed_is_no_more_than_wrong(store, hua, wall, typed):
    sets_up(store, hua)
    assert refused(store, typed) == "wrong_code"


def test_each_of_ten_recovery_codes_opens_once(store, hua, wall):
    _, codes = sets_up(store, hua)
    assert len(set(codes)) == 10
    assert opens(store, codes[0].lower().replace("-", " ")) == hua
    assert refused(store, codes[0]) == "wrong_code"
    assert all(opens(store, code) == hua for code in codes[1:])
    with store.read() as session:
        assert codes_left(session, hua) == 0
    assert events(store, hua).count("recovery_code_used") == 10


def test_a_recovery_code_is_ten_signs_of_thirty_two(store, hua, wall):
    _, codes = sets_up(store, hua)
    sign = "[2-9A-HJ-NP-Z]"  # none that looks like another on paper
    assert all(re.fullmatch(f"{sign}{{5}}-{sign}{{5}}", code) for code in codes)


def test_a_link_goes_round_no_second_factor(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    choose_password(store, make_token(store, hua, LINK), "another horse 9")
    assert refusal(sign_in, store, "hua", "another horse 9", OFFICE) == "code_wanted"
    signed_in = sign_in(store, "hua", "another horse 9", OFFICE, code=app.shows())
    assert signed_in.access.person_id == hua


def test_recovery_codes_are_somebodys_own_and_stored_as_digests(store, hua, wall):
    _, codes = sets_up(store, hua)
    li = add_person(store, NewPerson("李明", (DESK,), login="ming"), CITY)
    choose_password(store, make_token(store, li, LINK), PASSWORD)
    sets_up(store, li, "ming")
    assert refused(store, codes[0], "ming") == "wrong_code"
    with store.read() as session:
        kept = " ".join(session.scalars(select(RecoveryCode.digest)))
    assert not any(plain_code(code) in kept.upper() for code in codes)


def test_without_the_key_the_database_shows_no_secret(store, hua, wall):
    app, _ = sets_up(store, hua)
    with store.read() as session:
        box = session.scalar(select(SecondFactor.box))
    assert app.secret.encode() not in box
    assert store.seal.open(box) == app.secret


def test_wrong_codes_lock_as_wrong_passwords_do(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    assert guess(store, 2) == ["bad_credentials"] * 2
    assert [refused(store, "000000") for _ in range(4)] == ["wrong_code"] * 3 + ["locked_out"]
    assert refused(store, app.shows()) == "locked_out"


def test_no_hour_takes_more_wrong_codes_than_passwords_from_anywhere(store, hua, wall):
    sets_up(store, hua)
    heard = [
        refusal(opens, store, "000000", "hua", f"198.51.100.{n}") for n in range(60)
    ]  # of each address one
    assert heard.count("wrong_code") == 40
    assert heard[40:] == ["account_guessed"] * 20


def test_a_right_password_without_a_code_is_no_guess_and_opens_nothing(store, hua, wall):
    sets_up(store, hua)
    assert [refused(store, "") for _ in range(8)] == ["code_wanted"] * 8


def test_a_wrong_password_is_told_before_any_code(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    assert refusal(sign_in, store, "hua", "wrong", OFFICE) == "bad_credentials"
    assert opens(store, app.shows()) == hua


def test_setting_it_up_ends_the_sessions_that_had_none(store, hua, wall):
    elsewhere = sign_in(store, "hua", PASSWORD, OFFICE)
    token = make_token(store, hua)
    sets_up(store, hua)
    assert admitted(store, elsewhere.secret) is None
    assert admitted(store, token, TOKEN) is not None


def test_another_one_needs_a_code_of_the_present_one(store, hua, wall):
    app, codes = sets_up(store, hua)
    wall(seconds=30)
    here, at = (
        admitted(store, sign_in(store, "hua", PASSWORD, OFFICE, code=app.shows()).secret),
        clock.wall(),
    )
    offer = new_offer(at)
    other = App(offered_secret(store.seal, hua, offer, at))

    def replaces(present, password=PASSWORD, offered=offer):
        new = OfferedFactor(offered, other.shows(), present)
        return set_second_factor(store, here, SignInOrigin(OFFICE, device_of("")), password, new)

    assert refusal(replaces, "") == "code_wanted"
    assert refusal(replaces, "000000") == "wrong_code"
    assert refusal(replaces, codes[0], "wrong") == "wrong_password"
    assert refusal(replaces, codes[0], PASSWORD, "1.x") == "offer_over"
    fresh = replaces(codes[0])
    assert not {*fresh} & {*codes}
    assert refused(store, codes[1]) == "wrong_code"
    wall(seconds=30)
    assert refused(store, app.shows()) == "wrong_code"
    assert opens(store, other.shows()) == hua
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_an_offer_waits_a_quarter_of_an_hour(store, hua, wall):
    here, at = admitted(store, sign_in(store, "hua", PASSWORD, OFFICE).secret), clock.wall()
    offer = new_offer(at)
    app = App(offered_secret(store.seal, hua, offer, at))
    wall(minutes=15, seconds=1)
    new = OfferedFactor(offer, app.shows())
    where = SignInOrigin(OFFICE, device_of(""))
    assert refusal(set_second_factor, store, here, where, PASSWORD, new) == "offer_over"


@pytest.mark.parametrize("offer", ["", ".", "x.y", "9" * 40 + ".a", "-5.a", "٣.a"])
def test_whatever_is_sent_as_an_offer_is_no_more_than_over(store, hua, offer):
    assert refusal(offered_secret, store.seal, hua, offer, clock.wall()) == "offer_over"


def test_the_app_must_show_the_offered_secret(store, hua, wall):
    here, at = admitted(store, sign_in(store, "hua", PASSWORD, OFFICE).secret), clock.wall()
    new, where = OfferedFactor(new_offer(at), "123456"), SignInOrigin(OFFICE, device_of(""))
    assert refusal(set_second_factor, store, here, where, PASSWORD, new) == "wrong_code"
    assert opens(store, "") == hua


def test_a_volunteer_has_none(store, mei):
    here, at = admitted(store, sign_in(store, "mei", PASSWORD, OFFICE).secret), clock.wall()
    new, where = OfferedFactor(new_offer(at), "123456"), SignInOrigin(OFFICE, device_of(""))
    assert refusal(set_second_factor, store, here, where, PASSWORD, new) == "forbidden"


def test_a_reset_lets_the_password_alone_in_and_is_told(store, hua, wall):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    session, token = (
        sign_in(store, "hua", PASSWORD, OFFICE, code=app.shows()),
        make_token(store, hua),
    )
    reset_second_factor(store, hua)
    assert admitted(store, session.secret) is None
    assert admitted(store, token, TOKEN) is None
    assert opens(store, "") == hua
    assert "second_factor_reset" in events(store, hua)
    assert refusal(reset_second_factor, store, hua) == "no_second_factor"


@pytest.mark.parametrize(
    ("grant", "is_asked"),
    [
        (OWN_TIME, False),
        (Grant("grid_worker", "futian"), False),
        (DESK, False),
        (Grant("handler", "roads"), False),
        (Grant("district_dispatcher", "futian"), True),
        (BOSS, True),
        (Grant("admin", "futian"), True),
        (Grant("security_admin", "futian"), True),
        (Grant("auditor", "futian"), True),
    ],
)
def test_who_is_asked_for_one(store, hua, grant, is_asked):
    asking = replace(store.settings, second_factor="asked")
    found = admitted(store, sign_in(store, "hua", PASSWORD, OFFICE).secret)
    held = replace(found, access=replace(found.access, grants=(grant,)))
    assert held.must_enrol(asking) is is_asked
    assert not held.must_enrol(store.settings)
    assert not replace(held, kind=TOKEN).must_enrol(asking)
    assert not replace(held, has_second_factor=True).must_enrol(asking)


def test_whoever_becomes_a_supervisor_is_asked_from_then_on(store, hua, wall):
    asking = replace(store.settings, second_factor="asked")
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    assert not admitted(store, secret).must_enrol(asking)
    grant_role(store, hua, BOSS, CITY)
    assert admitted(store, secret).must_enrol(asking)
    _, codes = sets_up(store, hua)
    assert not admitted(
        store, sign_in(store, "hua", PASSWORD, OFFICE, code=codes[0]).secret
    ).must_enrol(asking)


@pytest.mark.parametrize("code", ["", "000000"])
def test_whoever_set_it_up_while_a_password_was_compared_is_not_slipped_past(
    store, hua, wall, meanwhile, code
):
    meanwhile(sign_in_module, lambda: sets_up(store, hua))
    assert refused(store, code) == "code_wanted"


def test_a_code_of_one_that_was_replaced_meanwhile_opens_nothing(store, hua, wall, meanwhile):
    app, _ = sets_up(store, hua)
    wall(seconds=30)
    meanwhile(sign_in_module, lambda: (reset_second_factor(store, hua), sets_up(store, hua)))
    assert refused(store, app.shows()) == "code_wanted"


def test_of_two_who_set_one_up_at_once_the_second_is_refused(store, hua, wall, meanwhile):
    meanwhile(setting_up, lambda: sets_up(store, hua))
    assert refusal(sets_up, store, hua) == "not_signed_in"
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_a_token_replaces_none_that_was_set_up_meanwhile(store, hua, wall, meanwhile):
    token = make_token(store, hua)
    here, offer = admitted(store, token, TOKEN), new_offer(clock.wall())
    app = App(offered_secret(store.seal, hua, offer, clock.wall()))
    meanwhile(setting_up, lambda: sets_up(store, hua))
    new, desk = OfferedFactor(offer, app.shows()), SignInOrigin(OFFICE, device_of(""))
    assert refusal(set_second_factor, store, here, desk, PASSWORD, new) == "code_wanted"
