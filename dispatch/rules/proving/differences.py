"""The differences between two playbooks: rules, limits, routes, and every other field.

Dangerous ones come first: what concerns lives, privacy, or lets somebody wait longer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.proving.changed_routes import changed_routes
from dispatch.rules.proving.longer_limits import changed_limits
from dispatch.rules.proving.plain_values import InOrder, Plain, plain_playbook

# What these mappings name comes and goes under its own kind; the rest of them is compared by field.
_NAMED: Final = ("units", "categories", "calendars", "ladders")
# The kind of a changed field by its path; the first that fits. Anything else is a plain `field`.
KINDS: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"district\.(emergency|hotlines)\b.*", "emergency"),
        (r"categories\.[^.]+\.emergency\b.*", "emergency"),
        (r"district\.(life_words|danger)\b.*", "life_words"),
        (r"district\.accusations\b.*|categories\.[^.]+\.accusation", "accusation"),
        (r"district\.timezone|calendars\.[^.]+\.timezone", "timezone"),
        (r"district\.languages?", "language"),
        (r"(district|units)\..*", "organisation"),
        (r"calendars\.[^.]+\.(week|makeup_hours)\b.*", "hours"),
        (r"calendars\.[^.]+\.(holidays|working_days|open_on_holidays)", "holidays"),
        (r"cards\..*", "cards"),
        (r"places\..*|zones\..*", "map"),
        (r"categories\.[^.]+\.fields\b.*", "question"),
        (r"categories\.[^.]+\.(household|about_unit)", "privacy"),
        (r"categories\.(.+\.)?life_safety", "life_safety"),
        (r"categories\..+\.severity", "severity"),
        (r"categories\.[^.]+\.closing", "closing"),
        (r"categories\..*", "category"),
        (r"cases\..*", "case"),
        (r"labels\..*|words\..*", "word"),
        (r"bases\..*", "basis"),
        (r"whistles\..*", "whistle"),
        (r"ladders\..*", "ladder"),
    )
)
_DANGEROUS_KINDS: Final = frozenset(
    {"emergency", "life_words", "accusation", "privacy", "life_safety"}
)
_OF_LIVES: Final = re.compile(r"life|emergency|household|about_unit|mask|\bstops?\b|'first'")


@dataclass(frozen=True, slots=True)
class PlaybookDifference:
    """`kind`: rule order limit route, units categories calendars ladders for what comes or goes,
    else the kind of field by which it is told. None: it is not there. `danger`: it concerns lives
    or privacy, or lets somebody wait longer.
    """

    kind: str
    id: str
    before: object
    after: object
    danger: bool = False

    def as_json(self) -> dict[str, object]:
        told = {"kind": self.kind, "id": self.id, "before": self.before, "after": self.after}
        return {**told, "danger": self.danger}


def differences(before: Playbook, after: Playbook) -> list[PlaybookDifference]:
    """Everything that somebody who publishes `after` should know, the dangerous things first."""
    return sorted(_all(before, after), key=lambda each: not each.danger)


def _all(before: Playbook, after: Playbook) -> Iterator[PlaybookDifference]:
    old, new = plain_playbook(before), plain_playbook(after)
    yield from _rules(old.pop("rules"), new.pop("rules"))
    yield from _order(before.rules, after.rules)
    for name, limits, longer in changed_limits(before, after):
        yield PlaybookDifference("limit", name, *limits, danger=longer)
    for name, led in changed_routes(before, after):
        yield PlaybookDifference("route", name, *led)
    for kind in _NAMED:
        yield from _comings_and_goings(kind, old[kind], new[kind])
    for each in (old, new):
        _drop_what_was_told(each)
    for path, was, now in _changed("", old, new):
        yield _field(path, was, now)


def _rules(before: Plain, after: Plain) -> Iterator[PlaybookDifference]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield PlaybookDifference("rule", name, was, now, danger=_speaks_of_lives(was, now))


def _speaks_of_lives(was: Plain | None, now: Plain | None) -> bool:
    """Whether a changed part of a rule names lives: its condition or its effects."""
    parts = {*(was or ()), *(now or ())} - {"label", "basis"}
    changed = [key for key in parts if (was or {}).get(key) != (now or {}).get(key)]
    return any(
        _OF_LIVES.search(f"{key} {(was or {}).get(key)} {(now or {}).get(key)}") for key in changed
    )


def _order(before: RuleBook, after: RuleBook) -> Iterator[PlaybookDifference]:
    """Leading rules that are in both and stand in another order: the first match decides."""
    old, new = ([rule.id for rule in book.rules] for book in (before, after))
    old, new = _common(old, new), _common(new, old)
    if old != new:
        moved = next(name for place, name in enumerate(new) if name != old[place])
        yield PlaybookDifference("order", moved, old, new)


def _common(names: Iterable[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [name for name in names if name in known]


def _comings_and_goings(
    kind: str, before: Mapping[str, Plain], after: Mapping[str, Plain]
) -> Iterator[PlaybookDifference]:
    for name in dict.fromkeys((*before, *after)):
        if (name in before) != (name in after):
            gone = before.get(name)
            danger = bool(gone and gone.get("life_safety"))
            was, now = (True if name in each else None for each in (before, after))
            yield PlaybookDifference(kind, name, was, now, danger)


def _drop_what_was_told(told: Plain) -> None:
    """The areas stand among the units, and the limits of categories are told by clock."""
    told["district"].pop("areas", None)
    for category in told["categories"].values():
        for limits in category["limits"].values():
            for terms in limits["promises"].values():
                terms.pop("limit"), terms.pop("calendar")


def _changed(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """By path what differs: as deep as both sides have mappings."""
    if before == after and not isinstance(before, dict):  # equal dicts may be in another order
        return
    if not (isinstance(before, dict) and isinstance(after, dict)):
        yield path, *_without_common(before, after)
        return
    for key in dict.fromkeys((*before, *after)):
        inner = f"{path}.{key}" if path else key
        if key in before and key in after:
            yield from _changed(inner, before[key], after[key])
        elif path not in _NAMED:
            yield inner, before.get(key), after.get(key)
    if isinstance(before, InOrder):
        old, new = _common(before, after), _common(after, before)
        if old != new:
            yield f"{path}.order", old, new


def _without_common(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two long lists only what one of them has alone."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    was = [each for each in before if each not in after]
    now = [each for each in after if each not in before]
    return (was, now) if was or now else (before, after)


def _field(path: str, was: object, now: object) -> PlaybookDifference:
    kind = next((kind for pattern, kind in KINDS if pattern.fullmatch(path)), "field")
    danger = kind in _DANGEROUS_KINDS or bool(_OF_LIVES.search(path))
    return PlaybookDifference(kind, path, was, now, danger)
