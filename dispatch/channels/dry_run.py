"""The dry run of outside channels: one line in the server's log instead of a message."""

import logging
from collections.abc import Sequence

from dispatch.channels.message import Message

_log = logging.getLogger(__name__)


def send(messages: Sequence[Message]) -> str:
    """Write one line each; the receipt says so."""
    for message in messages:
        _log.info(
            "%s to %s %s: %s %s",
            message.code,
            message.to_kind,
            message.to_ref,
            message.number or "–",
            dict(message.params),
        )
    return "logged"
