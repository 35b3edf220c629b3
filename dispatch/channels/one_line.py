"""A message in one line: what happened, its number, until when. No names, no address."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.channels.message import Message
from dispatch.translations import own_language, translate

# The words of a line, for the channels that write one.
WORDS: Final = ("notices.plain", "notices.timed")


def one_line(message: Message, zone: str) -> str:
    """`临期提醒 440304-…：“签收”11-24 18:00 前`; the language is the district's."""
    if message.number is None:
        return translate(own_language(), f"notices.{message.code}", **message.params)
    what = translate(own_language(), f"notices.{message.code}")
    clock, due_at = message.params.get("clock"), message.params.get("due_at")
    if not clock or not due_at:
        return translate(own_language(), "notices.plain", what=what, number=message.number)
    until = datetime.fromisoformat(due_at).astimezone(ZoneInfo(zone))
    return translate(
        own_language(),
        "notices.timed",
        what=what,
        number=message.number,
        clock=translate(own_language(), f"words.clock.{clock}"),
        until=f"{until:%m-%d %H:%M}",
    )
