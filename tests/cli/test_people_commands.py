"""person, token and init, as an administrator types them."""

import os
import re

import pytest
from click.testing import CliRunner

from dispatch import clock
from dispatch.cli import main
from dispatch.settings import load_settings
from dispatch.store.people import TOKEN, authenticate, person_by_login
from dispatch.store.second_factors import keep_second_factor
from dispatch.store.transaction import Store

LINK = re.compile(r"http://127\.0\.0\.1:8000/welcome/\S{40,}")


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """`typed("person", "add", …)`: what one command did, in a data folder of the test's own."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*words: str):
        return CliRunner().invoke(main, list(words))

    return run


@pytest.fixture
def begun(typed):
    assert typed("init").exit_code == 0
    return typed


def add(typed, *more: str):
    words = ("person", "add", "李华", "--role", "handler", "--at", "JTJ", "--login", "hua")
    return typed(*words, *more)


def test_links_begin_with_the_address_at_which_people_open_it(typed, monkeypatch):
    monkeypatch.setenv("DISPATCH_PUBLIC_URL", "https://shaodao.futian.test/")
    printed = typed("init").stdout + add(typed).stdout
    links = re.findall(r"https?://\S+", printed)
    assert len(links) == 2
    assert all(link.startswith("https://shaodao.futian.test/welcome/") for link in links)


def test_init_prints_a_link_and_may_be_repeated(typed):
    for _ in range(2):
        begun = typed("init")
        assert begun.exit_code == 0
        assert LINK.search(begun.stdout)


def test_somebody_new_gets_a_link(begun):
    added = add(begun)
    assert added.exit_code == 0, added.stderr
    assert LINK.search(added.stdout)
    again = add(begun)
    assert again.exit_code == 1
    assert "is taken" in again.stderr


def test_a_token_stands_alone_on_the_last_line_and_opens_the_door(begun, tmp_path):
    add(begun)
    printed = begun("token", "hua").stdout.splitlines()[-1]
    store = Store(load_settings({"DISPATCH_DATA_DIR": str(tmp_path / "data")}))
    with store.read() as session:
        assert authenticate(session, store.seal, printed, TOKEN, clock.wall())
    store.close()


def test_a_person_is_found_by_account_or_id_and_can_be_disabled(begun):
    person = re.search(r"id (\S+)\.", add(begun).stdout).group(1)
    assert begun("token", person).exit_code == 0
    assert begun("person", "disable", "HUA").exit_code == 0
    missing = begun("person", "disable", "nobody")
    assert (missing.exit_code, "nobody" in missing.stderr) == (1, True)


def test_roles_are_given_and_taken_back(begun):
    add(begun)
    for more in ((), ("--end",)):
        done = begun("person", "grant", "hua", "--role", "handler", "--at", "JTJ-ROADS", *more)
        assert done.exit_code == 0


@pytest.mark.parametrize(
    ("role", "unit", "suggested"), [("handlr", "JTJ", "handler"), ("handler", "JTJJ", "JTJ")]
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(begun, role, unit, suggested):
    refused = begun("person", "add", "李华", "--role", role, "--at", unit)
    assert refused.exit_code == 1
    assert suggested in refused.stderr


@pytest.mark.parametrize("words", [("token", "hua"), ("person", "disable", "hua"), ("serve",)])
def test_before_init_one_is_told_to_do_that_first(typed, words):
    refused = typed(*words)
    assert refused.exit_code == 1
    assert "init" in refused.stderr


def test_a_forgotten_option_is_a_usage_error(typed):
    assert typed("person", "add", "李华").exit_code == 2


def test_sign_ins_and_tokens_are_listed_and_ended(begun):
    add(begun)
    begun("token", "hua")
    begun("token", "hua")
    listed = begun("person", "sign-ins", "hua").stdout.splitlines()
    assert [line.split("\t")[1] for line in listed] == ["token", "token"]
    one = listed[0].split("\t")[0]
    assert begun("person", "sign-out", "hua", one).exit_code == 0
    again = begun("person", "sign-out", "hua", one)
    assert (again.exit_code, "has ended already" in again.stderr) == (1, True)
    assert len(begun("person", "sign-ins", "hua").stdout.splitlines()) == 1
    assert "signed out" in begun("person", "sign-out", "hua").stdout
    assert begun("person", "sign-ins", "hua").stdout == ""


def test_a_lost_second_factor_is_reset_where_there_is_one(begun):
    add(begun)
    none = begun("person", "reset-second-factor", "hua")
    assert (none.exit_code, "nothing to reset" in none.stderr) == (1, True)
    store = Store(load_settings(dict(os.environ)))
    with store.write() as tx:
        person = person_by_login(tx.session, store.seal, "hua")
        keep_second_factor(tx, person.id, "A" * 32, 0, clock.wall())
    store.close()
    assert begun("person", "reset-second-factor", "hua").exit_code == 0
    assert begun("person", "reset-second-factor", "hua").exit_code == 1
    assert begun("verify").exit_code == 0
