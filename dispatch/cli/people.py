"""person add | disable | grant | link, and token: people, their roles and their keys."""

import click

from dispatch import clock
from dispatch.blueprints.page_table import PAGES
from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.domain.roles import Grant, Organisation
from dispatch.domain.time.instants import as_instant
from dispatch.errors import Refused
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.people.end_grant import end_grant
from dispatch.installation.people.end_sign_in import end_all, end_sign_in
from dispatch.installation.people.grant_role import grant_role
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.reset_second_factor import reset_second_factor
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK, find_person
from dispatch.store.sign_ins import open_sign_ins
from dispatch.store.transaction import Store
from dispatch.translations import translate


@click.group()
def person() -> None:
    """Add or disable people, give them roles. PERSON is an account or an id."""


@person.command("add")
@click.argument("name")
@click.option("--role", required=True, help="volunteer, grid_worker, street_dispatcher …")
@click.option("--at", "unit", required=True, metavar="UNIT", help="The unit's id in the playbook.")
@click.option("--login", default="", help="The account; the name by default.")
def add_command(name: str, role: str, unit: str, login: str) -> None:
    """Add somebody, and print the link by which they choose a password."""
    with installation() as store:
        new = NewPerson(name, (Grant(role, unit),), login)
        person_id = add_person(store, new, _organisation(store))
        _say("commands.person_added", login=new.account, id=person_id)
        _print_link(store, make_token(store, person_id, LINK))


@person.command("disable")
@click.argument("who", metavar="PERSON")
def disable_command(who: str) -> None:
    """Let somebody in no more; what they did stays."""
    with installation() as store:
        disable_person(store, _find(store, who))
        _say("commands.person_disabled", login=who)


@person.command("grant")
@click.argument("who", metavar="PERSON")
@click.option("--role", required=True)
@click.option("--at", "unit", required=True, metavar="UNIT")
@click.option("--end", is_flag=True, help="Take the role back.")
def grant_command(who: str, role: str, unit: str, *, end: bool) -> None:
    """Give somebody a role at a unit, or take it back."""
    with installation() as store:
        person_id, grant = _find(store, who), Grant(role, unit)
        if end:
            end_grant(store, person_id, grant)
        else:
            grant_role(store, person_id, grant, _organisation(store))
        _say("commands.role_ended" if end else "commands.role_granted", login=who)


@person.command("link")
@click.argument("who", metavar="PERSON")
def link_command(who: str) -> None:
    """Print a one-time link for a new password; it also lifts a lock-out."""
    with installation() as store:
        _print_link(store, make_token(store, _find(store, who), LINK))


@person.command("sign-ins")
@click.argument("who", metavar="PERSON")
def sign_ins_command(who: str) -> None:
    """List somebody's open sign-ins and tokens: id, kind, last use, end, device."""
    with installation() as store:
        person_id = _find(store, who)
        with store.read() as session:
            found = open_sign_ins(session, store.seal, person_id, clock.wall())
        for each in found:
            times = (as_instant(each.seen_at), as_instant(each.expires_at))
            click.echo("\t".join((each.id, each.kind, *times, each.used_on)))


@person.command("sign-out")
@click.argument("who", metavar="PERSON")
@click.argument("sign_in_id", metavar="[ID]", default="")
def sign_out_command(who: str, sign_in_id: str) -> None:
    """End the sign-in or token of this ID; without ID every sign-in and every token."""
    with installation() as store:
        person_id = _find(store, who)
        if sign_in_id:
            end_sign_in(store, person_id, sign_in_id, by_admin=True)
        else:
            end_all(store, person_id)
        _say("commands.signed_out", login=who)


@person.command("reset-second-factor")
@click.argument("who", metavar="PERSON")
def reset_second_factor_command(who: str) -> None:
    """Take away the second factor of somebody who has lost phone and recovery codes."""
    with installation() as store:
        reset_second_factor(store, _find(store, who))
        _say("commands.second_factor_reset", login=who)


@click.command("token")
@click.argument("who", metavar="PERSON")
def token(who: str) -> None:
    """Print a bearer token for a program, alone on the last line."""
    with installation() as store:
        click.echo(make_token(store, _find(store, who)))


def welcome_address(store: Store, secret: str) -> str:
    """As people open it; without DISPATCH_PUBLIC_URL as the server listens."""
    settings = store.settings
    public = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    return f"{public}{PAGES['welcome'].beginning}{secret}"


def _print_link(store: Store, secret: str) -> None:
    _say("commands.welcome_link", days=3)
    click.echo(welcome_address(store, secret))


def _find(store: Store, who: str) -> str:
    with store.read() as session:
        found = find_person(session, store.seal, who)
    if found is None:
        raise Refused("unknown_person", name=who)
    return found.id


def _organisation(store: Store) -> Organisation:
    with store.read() as session:
        return store.playbook(session).organisation


def _say(key: str, **params: object) -> None:
    click.echo(translate(language(), key, **params))
