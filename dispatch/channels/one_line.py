"""A message in one line: what happened, its number, kind, street, until when, and where to read on.

No names, and no words of anybody.
"""

from datetime import datetime
from typing import Final

from dispatch.channels.message import Message
from dispatch.domain.law.events import AFTER_RESTORE
from dispatch.translations import own_language, translate
from dispatch.translations.spoken_instant import spoken_instant

# The words of a line, for the channels that write one.
WORDS: Final = (
    "notices.plain",
    "notices.about",
    "notices.between",
    "notices.by",
    "notices.after_restore",
)


def one_line(message: Message, zone: str) -> str:
    """`待签收 440304-…：道路破损 · 福田街道 · “签收”11月24日18:00 到期`, as the district speaks."""
    if message.number is None:
        return translate(own_language(), f"notices.{message.code}", **message.params)
    what = translate(own_language(), f"notices.{message.code}")
    if message.params.get(AFTER_RESTORE):
        what = translate(own_language(), "notices.after_restore", what=what)
    said = {"what": what, "number": message.number}
    about = [part for part in (message.kind, message.place, _until(message, zone)) if part]
    between = translate(own_language(), "notices.between")
    line = translate(
        own_language(),
        "notices.about" if about else "notices.plain",
        **said,
        **({"about": between.join(about)} if about else {}),
    )
    return f"{line} {message.link}" if message.link.startswith("http") else line


def _until(message: Message, zone: str) -> str:
    if not message.clock or not message.due_at:
        return ""
    clock = translate(own_language(), f"words.clock.{message.clock}")
    until = spoken_instant(datetime.fromisoformat(message.due_at), zone, own_language())
    return translate(own_language(), "notices.by", clock=clock, until=until)
