"""Log rows as sentences, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from dispatch.domain.law.audience import REPORTERS_STEPS
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.events import AFTER_RESTORE, DECIDED_AGAIN
from dispatch.store.tables import LogEntry
from dispatch.translations import has_words, translate
from dispatch.views.corrections import changes_in_words
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import spoken_day, spoken_limit, spoken_moment

# Codes whose values are units, and those whose values have words of their own.
_UNITS: Final = frozenset(
    {
        "lead",
        "before",
        "by_rules",
        "chosen_by",
        "proposed",
        "street",
        "team",
        "to",
        "to_unit",
        "unit",
        "unit_late",
        "support",
        "supports",
        "first_response",
        "informed",
        "released",
        "awaited",
    }
)
_WORDED: Final[Mapping[str, str]] = {
    "reason": "words.choice",
    "verdict": "words.choice",
    "grade": "words.choice",
    "clock": "words.clock",
    "clocks": "words.clock",
    "with_step": "words.step",
    "card": "words.card",
}
_TOLD: Final[Mapping[str, Callable[[str, Reader], str]]] = {
    "rule": lambda code, reader: reader.rule_label(code),
    "category": lambda code, reader: reader.category_label(code),
    "category_before": lambda code, reader: reader.category_label(code),
    "by": spoken_limit,
    "until": spoken_day,
    "answered_until": spoken_moment,
    "due_at": spoken_moment,
    "told_at": spoken_moment,
    "told_before": spoken_moment,
}
# Whom a decision that was made anew calls or releases, in the order of telling.
_ANEW: Final = ("first_response", "supports", "informed", "released")
# The codes of rows about units that come for the first response.
_OF_THE_FIRST: Final = ("first", "first_response")


def sentence_of(entry: LogEntry, reader: Reader) -> str:
    shown = {name: shown_code(name, value, reader) for name, value in entry.codes.items()}
    params = {"who": who_did(entry, reader)} | shown
    if "changed" in entry.codes:
        params["changes"] = changes_in_words(entry.codes, "changed", reader)
    sentence = translate(reader.language, _sentence_key(entry), **params)
    semicolon = translate(reader.language, "words.format.semicolon")
    sentence = semicolon.join([sentence, *_added(entry, reader, shown)])
    if AFTER_RESTORE in entry.codes:
        return translate(reader.language, "log.after_restore", sentence=sentence)
    return sentence


def _added(entry: LogEntry, reader: Reader, shown: Mapping[str, str]) -> Iterator[str]:
    """What follows the sentence: another place within the street that accepted, whom a decision
    that was made anew calls or releases, and what it changed besides.
    """
    codes = entry.codes
    if entry.code == "accept" and "place" in codes and "street" not in codes:
        yield changes_in_words({**codes, "place_only": ["place"]}, "place_only", reader)
    if entry.code == DECIDED_AGAIN:
        for name in _ANEW:
            if codes.get(name):
                yield translate(reader.language, f"log.anew.{name}", units=shown[name])
    if "followed" in codes:
        yield changes_in_words(codes, "followed", reader)


def _sentence_key(entry: LogEntry) -> str:
    """A first response has sentences of its own: it is no help to the lead."""
    plain = f"log.{entry.code}"
    keys = [f"{plain}.{_variant(entry)}", plain]
    if any(entry.codes.get(code) for code in _OF_THE_FIRST):
        keys = [each for key in keys for each in (f"{key}.first", key)]
    return next((key for key in keys if has_words(key)), plain)


def _variant(entry: LogEntry) -> str:
    """Which of several sentences a step has, by what it led to."""
    named = (name for name in deed_entry(entry.code).variants if entry.codes.get(name))
    return next(named, str(entry.codes.get("verdict", "plain")))


def who_did(entry: LogEntry, reader: Reader) -> str:
    """Role and unit, never a name."""
    role, unit = role_and_unit(entry)
    if role is None:
        return translate(reader.language, "log.nobody")
    role_label = translate(reader.language, f"words.role.{role}")
    if role == "volunteer" or not unit:
        return role_label
    where = reader.unit_label(unit)
    rest = _rest(role_label, where)
    key = "role_at_unit" if rest == role_label else "role_of_unit"
    return translate(reader.language, f"log.{key}", role=rest, unit=where)


def _rest(role: str, unit: str) -> str:
    """The role without the part that ends the unit's name: 福田街道 + 街道分拨员 gives 分拨员."""
    shared = (n for n in range(len(role) - 1, 0, -1) if unit.endswith(role[:n]))
    return role[next(shared, 0) :]


def shown_code(name: str, value: Any, reader: Reader) -> str:
    if isinstance(value, list | tuple):
        comma = translate(reader.language, "words.format.comma")
        return comma.join(shown_code(name, each, reader) for each in value)
    if name in _TOLD and value:
        return _TOLD[name](value, reader)
    if name in _UNITS:
        return _whoever(value, reader)
    key = f"{_WORDED.get(name, '')}.{value}"
    if name in _WORDED and has_words(key):
        return translate(reader.language, key)
    return "" if value is None else str(value)


def _whoever(value: str | None, reader: Reader) -> str:
    """A unit by its label, a role by the role's."""
    if value == "person":  # a handler or a grid worker
        return translate(reader.language, "log.whoever_was_sent")
    role = f"words.turn.{value}"
    if value not in reader.playbook.units and has_words(role):
        return translate(reader.language, role)
    return reader.unit_label(value)


def role_and_unit(entry: LogEntry) -> tuple[str | None, str | None]:
    """The reporter's steps are shown as a volunteer's, whatever role the person has: "the grid
    worker of grid 3" would identify them.
    """
    return ("volunteer", None) if entry.code in REPORTERS_STEPS else (entry.role, entry.unit)
