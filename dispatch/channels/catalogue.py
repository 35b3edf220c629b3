"""Every channel by its name, and those that an installation has opened."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.channels import dry_run, email, in_app, webhook
from dispatch.channels.channel import Channel
from dispatch.channels.message import Send
from dispatch.settings import Settings

CHANNELS: Final[Mapping[str, Channel]] = MappingProxyType(
    {
        channel.name: channel
        for channel in (
            in_app.CHANNEL,
            email.CHANNEL,
            webhook.CHANNEL,
        )
    },
)


def open_channels(settings: Settings, zone: str) -> Mapping[str, Send]:
    """By name; with `channels_dry` the outside ones only write into the server's log."""
    return {
        channel.name: dry_run.send if _is_dry(channel, settings) else channel.open(settings, zone)
        for channel in CHANNELS.values()
        if channel.is_open(settings)
    }


def goes_outside(settings: Settings) -> bool:
    """Whether anything that people are told leaves the application here."""
    return any(each.goes_outside and each.is_open(settings) for each in CHANNELS.values())


def _is_dry(channel: Channel, settings: Settings) -> bool:
    return channel.goes_outside and settings.channels_dry
