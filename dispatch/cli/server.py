"""init and serve: set an installation up, and run its server."""

import os
from dataclasses import replace
from typing import Final

import click

from dispatch import clock
from dispatch.cli import language
from dispatch.cli.installation import installation, speak_as_its_city, unready_installation
from dispatch.cli.people import welcome_address
from dispatch.installation.demo.seed_alerts import lacks_past, seed_alerts
from dispatch.installation.demo.seed_people import DemoPeople, seed_people
from dispatch.installation.initialise import initialise
from dispatch.rules.book.loading import read_folder
from dispatch.settings import Settings, load_settings
from dispatch.store.forwarded import was_forwarded
from dispatch.store.private_files import MASK
from dispatch.store.transaction import Store
from dispatch.translations import translate

_ROOM: Final = 12


@click.command("init")
def init() -> None:
    """Make keys, tables and version 1 of the playbook. Safe to repeat."""
    os.umask(MASK)
    with unready_installation() as store:
        link = _initialise(store)
        if link:
            _say("commands.welcome_link", days=3)
            click.echo(welcome_address(store, link))


@click.command("serve")
@click.option("--host", default=None, help="Address to listen on.  [DISPATCH_HOST]")
@click.option("--port", default=None, type=click.IntRange(0, 65535), help="0: any free one.")
@click.option("--demo", is_flag=True, help="With a person in each role, for trying things out.")
def serve(host: str | None, port: int | None, *, demo: bool) -> None:
    """Run the server until Ctrl-C."""
    os.umask(MASK)
    settings = load_settings(os.environ)
    settings = replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
    )
    _prepare(demo=demo)
    _run(settings)


def _prepare(*, demo: bool) -> None:
    """Nothing may stay open: the server forks, and its worker opens its own."""
    if demo:
        with unready_installation() as store:
            if not store.is_migrated:
                _initialise(store)
    with installation(quick=demo) as store:
        if demo:
            _print_demo_people(seed_people(store))
            _seed_past(store)
        with store.read() as session:
            # raises Refused no_playbook now, not at the first request
            store.playbook(session).district.life_words.compile()
            is_forwarded = was_forwarded(session, clock.wall())
        if is_forwarded and not store.settings.trusted_proxies:
            _say("commands.proxy_untrusted")


def _seed_past(store: Store) -> None:
    """The demo's past, once; a bar shows how far it is."""
    if not lacks_past(store):
        return
    with click.progressbar(length=100, label=translate(language(), "commands.demo_past")) as bar:
        seed_alerts(store, lambda done, of: bar.update(100 * done // max(of, 1) - bar.pos))


def _run(settings: Settings) -> None:
    """Gunicorn and the whole product are read only here: `init` and --help need neither."""
    from dispatch.cli.worker import Server  # noqa: PLC0415

    server = Server(settings, announce=lambda address: _say("commands.serving", address=address))
    if server.lacks_files:
        _say("commands.few_open_files", wanted=server.lacks_files)
    server.run()


def _initialise(store: Store) -> str | None:
    done = initialise(store, read_folder(store.settings.playbook))
    speak_as_its_city(store)
    _say("commands.initialised", version=done.version, folder=store.data_dir)
    return done.link


def _print_demo_people(demo: DemoPeople) -> None:
    _say("commands.demo_people", password=demo.password)
    for person in demo.people:
        role = translate(language(), f"words.role.{person.role}")
        click.echo(f"  {person.login:<{_ROOM}} {role} · {person.unit}")


def _say(key: str, **params: object) -> None:
    click.echo(translate(language(), key, **params))
