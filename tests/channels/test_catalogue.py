"""A channel is one value: what it needs is there, and the city asks its value alone."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import select
from stage import MONDAY, City, later

from dispatch import channels, clock
from dispatch.channels import catalogue
from dispatch.channels.catalogue import CHANNELS
from dispatch.channels.channel import Channel
from dispatch.channels.reasons import ABOUT_THE_GATEWAY, OTHER, REASONS
from dispatch.settings import SETTINGS
from dispatch.store.tables import Notice
from dispatch.telling import deliver_notices as outbox
from dispatch.telling.deliver_notices import deliver_notices
from dispatch.translations import LANGUAGES
from dispatch.translations import catalogue as words_of

pytestmark = pytest.mark.one_database("which channels there are")

ROOM = Path(channels.__file__).parent


def test_every_file_with_a_channel_is_in_the_catalogue():
    modules = [file.stem for file in ROOM.glob("*.py") if file.stem != "__init__"]
    written = {}
    for module in modules:
        for name, value in vars(import_module(f"dispatch.channels.{module}")).items():
            if isinstance(value, Channel):
                written[module] = (name, value)
    assert {name for name, _ in written.values()} == {"CHANNEL"}, f"call it CHANNEL: {written}"
    lost = [module for module, (_, value) in written.items() if value not in CHANNELS.values()]
    assert not lost, f"put these into dispatch/channels/catalogue.py: {lost}"


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_has_its_knobs(name):
    channel = CHANNELS[name]
    missing = {*channel.needs, *channel.knobs} - {setting.name for setting in SETTINGS}
    assert not missing, f"write into dispatch/settings.py, for {name}: {sorted(missing)}"


@pytest.mark.parametrize("name", CHANNELS)
def test_what_goes_outside_is_closed_until_somebody_sets_it_up(name, settings):
    channel = CHANNELS[name]
    assert bool(channel.needs) == channel.goes_outside, f"name what {name} needs to be open"
    assert channel.is_open(settings) != channel.goes_outside


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_has_its_words_in_every_language(name):
    wanted = set(CHANNELS[name].words)
    missing = {
        f"dispatch/translations/{language}/notices.json": sorted(wanted - set(words_of(language)))
        for language in LANGUAGES
    }
    assert not any(missing.values()), f"write these words: {missing}"


def test_every_reason_for_which_a_gateway_is_left_alone_is_somebodys():
    known = {reason for _, reason in REASONS} | {OTHER}
    for channel in CHANNELS.values():
        known |= {reason for _, reason in channel.reasons}
    assert known >= ABOUT_THE_GATEWAY


# A channel that is in the catalogue, and nowhere else


@pytest.fixture
def posted(monkeypatch):
    """What a channel of tomorrow was given: opened by a knob, two messages at a time."""
    posted = []

    def post(messages):
        posted.append([message.code for message in messages])
        return "posted"

    pigeon = Channel("pigeon", lambda *_: post, needs=("heartbeat_url",), at_once=2)
    more = MappingProxyType({**CHANNELS, "pigeon": pigeon})
    monkeypatch.setattr(catalogue, "CHANNELS", more)
    monkeypatch.setattr(outbox, "CHANNELS", more)
    return posted


def told(store, channel):
    with store.read() as session:
        kept = select(Notice).where(Notice.channel == channel, Notice.to_kind == "desk")
        return list(session.scalars(kept))


def test_one_more_channel_in_the_catalogue_carries_what_desks_are_told(store, posted):
    store.settings = replace(store.settings, heartbeat_url="http://127.0.0.1:1", bundle_minutes=0)
    with clock.at(MONDAY):
        city = City(store)
        for _ in range(3):
            city.report()
        assert {each.state for each in told(store, "in_app")} == {"pending"}
        deliver_notices(store)
    with later(minutes=1):
        deliver_notices(store)
    assert {each.state for each in told(store, "in_app")} == {"sent"}
    assert {each.receipt for each in told(store, "pigeon")} == {"posted"}
    assert [len(each) for each in posted] == [2, 1]


def test_a_channel_that_nobody_set_up_keeps_nothing_waiting(store, posted):
    with clock.at(MONDAY):
        City(store).report()
    assert {each.state for each in told(store, "in_app")} == {"sent"}
    assert deliver_notices(store) == 0
    assert posted == []
