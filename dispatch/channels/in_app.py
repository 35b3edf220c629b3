"""In the application: the notice's own row is the message, shown where its reader logs in."""

from collections.abc import Sequence

from dispatch.channels.message import Message


def send(messages: Sequence[Message]) -> str:
    """The receipt: there is no way on which it could be lost."""
    return "row " + " ".join(message.id for message in messages)
