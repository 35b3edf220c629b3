"""Three administrators kept apart: every command by each of them, and who acts."""

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from dispatch.cli import main
from dispatch.settings import load_settings
from dispatch.store.people import person_by_login
from dispatch.store.tables import AuditEntry
from dispatch.store.transaction import Store

ANOTHERS = "This belongs to"
FILE = "file"
# Each command once, by whose it is, with arguments that say enough to be understood.
ACCOUNTS = {"system": "admin", "security": "wei", "audit": "an"}
SYSTEM = {
    "backup": ("kept",),
    "notices held": (),
    "notices release": (),
    "notices drop": (),
    "promises reapply": ("--dry-run",),
    "promises load-year": ("2027", FILE),
    "replay": (FILE, "--mapping", FILE),
}
SECURITY = {
    "person add": ("李明", "--role", "handler", "--at", "JTJ", "--login", "ming"),
    "person disable": ("nobody",),
    "person grant": ("nobody", "--role", "handler", "--at", "JTJ"),
    "person link": ("nobody",),
    "person sign-ins": ("nobody",),
    "person sign-out": ("nobody",),
    "person reset-second-factor": ("nobody",),
    "token": ("nobody",),
}
AUDIT = {"verify": ()}
NOBODYS = {
    *("init", "serve", "restore", "check", "due", "report", "playbook check", "playbook test"),
    *("playbook explain", "playbook find", "playbook replay", "playbook publish"),
    *("playbook diff", "playbook import", "playbook export", "playbook versions"),
}
KINDS = {"system": SYSTEM, "security": SECURITY, "audit": AUDIT}


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """`typed("wei", "person link", …)`: what one command did; None: nobody said who runs it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    Path(FILE).write_text("nothing\n")

    def run(who, command, *more: str):
        acting = ("--as", who) if who else ()
        return CliRunner().invoke(main, [*acting, *command.split(), *more])

    return run


@pytest.fixture
def apart(typed, monkeypatch):
    """A city with one administrator of each kind."""
    monkeypatch.setenv("DISPATCH_THREE_ADMINS", "1")
    assert typed(None, "init").exit_code == 0
    adds(typed, "admin", "wei", "security_admin")
    adds(typed, "wei", "an", "auditor")
    return typed


def adds(typed, who, login, role):
    done = typed(who, "person add", login, "--role", role, "--at", "futian", "--login", login)
    assert done.exit_code == 0, done.stderr


def every_command():
    def inside(group, context, before=()):
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, click.Group):
                yield from inside(found, click.Context(found), (*before, name))
            else:
                yield " ".join((*before, name))

    return set(inside(main, click.Context(main)))


def test_every_command_is_somebodys_or_nobodys():
    assert every_command() == {*SYSTEM, *SECURITY, *AUDIT, *NOBODYS}


@pytest.mark.long
def test_no_administrator_can_do_anothers_deed(apart):
    wrong = []
    for kind, commands in KINDS.items():
        for command, more in commands.items():
            for who, account in ACCOUNTS.items():
                done = apart(account, command, *more)
                assert "Usage:" not in done.output, done.output  # it was understood
                is_refused = done.exit_code == 1 and ANOTHERS in done.stderr
                if is_refused is (who == kind):
                    wrong.append(f"{command} by {who}: {done.output}")
    assert not wrong, "\n".join(wrong)


def test_nobody_runs_one_without_a_name(apart):
    for commands in KINDS.values():
        for command, more in commands.items():
            done = apart(None, command, *more)
            assert (done.exit_code, "--as ACCOUNT" in done.stderr) == (1, True), command


def test_what_is_nobodys_alone_needs_no_name(apart):
    for command in ("playbook versions", "report overdue", "due --help", "init"):
        assert apart(None, command).exit_code == 0, command


def test_a_name_must_be_somebody_who_can_sign_in(apart):
    assert "nobody" in apart("nobody", "verify").stderr
    apart("wei", "person disable", "an")
    assert apart("an", "verify").exit_code == 1


def test_nobody_is_given_two_of_the_three_roles(apart):
    for who, other in (("an", "admin"), ("admin", "auditor"), ("wei", "auditor")):
        done = apart("wei", "person grant", who, "--role", other, "--at", "futian")
        assert (done.exit_code, "nobody may hold two" in done.stderr) == (1, True)
    taken = apart("wei", "person grant", "an", "--role", "auditor", "--at", "futian", "--end")
    assert taken.exit_code == 0
    assert apart("wei", "person grant", "an", "--role", "admin", "--at", "futian").exit_code == 0


def test_whoever_held_two_before_they_were_kept_apart_does_neither(typed, monkeypatch):
    typed(None, "init")
    adds(typed, None, "both", "security_admin")
    assert typed(None, "person grant", "both", "--role", "auditor", "--at", "futian").exit_code == 0
    monkeypatch.setenv("DISPATCH_THREE_ADMINS", "1")
    for command in ("verify", "person link both"):
        assert "nobody may hold two" in typed("both", command).stderr


def test_the_systems_administrator_stands_in_until_there_is_one_of_each(typed, monkeypatch):
    monkeypatch.setenv("DISPATCH_THREE_ADMINS", "1")
    typed(None, "init")
    assert typed("admin", "verify").exit_code == 0
    adds(typed, "admin", "wei", "security_admin")
    assert ANOTHERS in typed("admin", "person link", "wei").stderr
    assert typed("admin", "verify").exit_code == 0
    adds(typed, "wei", "an", "auditor")
    assert ANOTHERS in typed("admin", "verify").stderr


def test_who_ran_what_stands_in_the_audit_trail(apart):
    apart("wei", "person link", "an")
    store = Store(load_settings(dict(os.environ)))
    with store.read() as session:
        wei = person_by_login(session, store.seal, "wei").id
        rows = session.scalars(select(AuditEntry).where(AuditEntry.code == "command_run"))
        told = [row.codes["command"] for row in rows if row.actor == wei]
    store.close()
    assert told == ["person add", "person link"]


def test_where_they_are_not_kept_apart_one_administrator_does_all_as_before(typed):
    typed(None, "init")
    assert typed(None, "verify").exit_code == 0
    assert typed(None, "person link", "admin").exit_code == 0
    assert typed("admin", "verify").exit_code == 0
