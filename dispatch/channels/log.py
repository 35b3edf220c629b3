"""In the server's log: for installations that try out their ladders before a channel is opened."""

import logging

from dispatch.channels.message import Message

_log = logging.getLogger(__name__)


def send(message: Message) -> str:
    """Write one line; the receipt says so."""
    _log.info(
        "%s to %s %s: %s %s",
        message.code,
        message.to_kind,
        message.to_ref,
        message.number,
        dict(message.params),
    )
    return "logged"
