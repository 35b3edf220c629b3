"""Why whoever holds an alert now holds it, where people decided that after the rules."""

from typing import Final

from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import HolderReason
from dispatch.views.reader import Reader
from dispatch.views.sentences import sentence_of
from dispatch.views.timeline import AlertLog

# The steps by which people say who leads, and the words that they give with them.
_NAMING: Final = ("accept", "reassign", "rule")
_WORDS: Final = ("reason", "note")


def held_because(log: AlertLog, reader: Reader, lead: str | None) -> HolderReason | None:
    """The step that gave it to the unit that leads now; None where the rules did, or nobody."""
    row = log.last("dispatch", *_NAMING)
    if row is None or row[0].code not in _NAMING or row[0].codes.get("lead") != lead:
        return None
    entry, body = row
    return {
        "at": as_instant(entry.at),
        "sentence": sentence_of(entry, reader),
        "words": [body[name] for name in _WORDS if body.get(name)],
    }
