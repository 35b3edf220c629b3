"""Which facts can a condition compare, and how? One function for each; the table is the language.

To add one: write a function of a node and the scope with the YAML key as its name, and a line in
README.md. Nothing else knows the operators.
"""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dispatch.domain.worktime import CalendarPlan
from dispatch.rules import answers
from dispatch.rules.conditions import All, AnyOf, Condition, Leaf, Not
from dispatch.rules.facts import Facts, Situation
from dispatch.rules.faults import Faults, hint
from dispatch.rules.reader import Node
from dispatch.rules.shape import (
    Section,
    as_flag,
    as_integer,
    as_list,
    as_texts,
    entries,
    some_of,
)
from dispatch.rules.spans import MINUTES_A_DAY, as_clock_span, as_date, as_month_day

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS: Final = ("working", "off", "holiday", "weekend", "make_up")
ROLES: Final = frozenset(
    (
        *("volunteer", "grid_worker", "street_dispatcher", "department_dispatcher"),
        *("handler", "district_dispatcher", "supervisor", "admin"),
    )
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The ids that a condition may name. `categories`: each code and group to the codes it means.

    `fields`: each form field's name to the ids of its choices; None where it has none.
    """

    faults: Faults
    fields: Mapping[str, frozenset[str] | None]
    categories: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    zones: frozenset[str]
    calendar: CalendarPlan | None


Operator = Callable[[Node, Scope], Condition]
OPERATORS: Final[dict[str, Operator]] = {}


def operator(function: Operator) -> Operator:
    """Put a function into the language under its own name."""
    OPERATORS[function.__name__] = function
    return function


def condition(node: Node, scope: Scope) -> Condition:
    """The condition that a node describes; the keys of one mapping are joined by `all`."""
    parts: list[Condition] = []
    for key, inner in entries(node, scope.faults):
        if (make := OPERATORS.get(key)) is None:
            near = hint(key, OPERATORS)
            scope.faults.add(node.keys[key], "unknown_operator", seen=key, hint=near)
        else:
            parts.append(make(inner, scope))
    if isinstance(node.value, dict) and not node.value:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _joined(node: Node, scope: Scope) -> tuple[Condition, ...]:
    parts = tuple(condition(item, scope) for item in as_list(node, scope.faults))
    if not parts:
        scope.faults.add(node, "empty_condition")
    return parts


def _all(node: Node, scope: Scope) -> Condition:
    return All(_joined(node, scope))


def _any(node: Node, scope: Scope) -> Condition:
    return AnyOf(_joined(node, scope))


def _not(node: Node, scope: Scope) -> Condition:
    return Not(condition(node, scope))


# Three words of the language are words of Python too.
OPERATORS.update({"all": _all, "any": _any, "not": _not})


@operator
def category(node: Node, scope: Scope) -> Condition:
    """The category, or a group (major class, family) that it belongs to."""
    named = some_of(node, scope.faults, scope.categories, "category")
    codes = frozenset(code for name in named for code in scope.categories.get(name, ()))
    return Leaf(
        "category",
        sorted(named),
        lambda situation: situation.facts.category,
        lambda situation: situation.facts.category in codes,
        node,
        accepts=codes,
    )


def _unit_fact(node: Node, scope: Scope, kind: str, see: Callable[[Facts], str | None]) -> Leaf:
    known = {unit for unit, its_kind in scope.units.items() if its_kind == kind}
    return _word_fact(node, some_of(node, scope.faults, known, kind), kind, see)


def _word_fact(
    node: Node, wanted: frozenset[str], fact: str, see: Callable[[Facts], str | None]
) -> Leaf:
    return Leaf(
        fact,
        sorted(wanted),
        lambda situation: see(situation.facts),
        lambda situation: see(situation.facts) in wanted,
        node,
        accepts=wanted,
    )


@operator
def street(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "street", lambda facts: facts.street)


@operator
def community(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "community", lambda facts: facts.community)


@operator
def grid(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "grid", lambda facts: facts.grid)


@operator
def about_unit(node: Node, scope: Scope) -> Condition:
    """The unit that a complaint is about."""
    wanted = some_of(node, scope.faults, scope.units, "unit")
    return _word_fact(node, wanted, "about_unit", lambda facts: facts.about_unit)


@operator
def reporter_role(node: Node, scope: Scope) -> Condition:
    wanted = some_of(node, scope.faults, ROLES, "role")
    return _word_fact(node, wanted, "reporter_role", lambda facts: facts.reporter_role)


@operator
def source(node: Node, scope: Scope) -> Condition:
    """The system a report came from; sources are named by those who connect them."""
    wanted = frozenset(as_texts(node, scope.faults))
    return _word_fact(node, wanted, "source", lambda facts: facts.source)


@operator
def zone(node: Node, scope: Scope) -> Condition:
    """Inside one of these named polygons."""
    wanted = some_of(node, scope.faults, scope.zones, "zone")
    return Leaf(
        "zone",
        sorted(wanted),
        lambda situation: sorted(situation.facts.zones),
        lambda situation: not wanted.isdisjoint(situation.facts.zones),
        node,
    )


@operator
def place_known(node: Node, scope: Scope) -> Condition:
    """Whether a street of the district was found for the place."""
    return _flag(node, scope, "place_known", lambda situation: situation.facts.street is not None)


@operator
def life_safety(node: Node, scope: Scope) -> Condition:
    """Whether the category, as answered, endangers lives."""
    return _flag(node, scope, "life_safety", lambda situation: situation.limits.life_safety)


def _flag(node: Node, scope: Scope, fact: str, see: Callable[[Situation], bool]) -> Leaf:
    wanted = as_flag(node, scope.faults)
    accepts = frozenset({str(wanted).lower()})
    return Leaf(fact, wanted, see, lambda situation: see(situation) is wanted, node, accepts)


@operator
def near(node: Node, scope: Scope) -> Condition:
    """At most `within_m` metres from a point."""
    section = Section(node, scope.faults, needs=("lon", "lat", "within_m"))
    lon, lat, within = (section.number(key) for key in ("lon", "lat", "within_m"))

    def see(situation: Situation) -> float | None:
        at = situation.facts
        if at.lon is None or at.lat is None:
            return None
        return round(_metres(lon, lat, at.lon, at.lat))

    def holds(situation: Situation) -> bool:
        metres = see(situation)
        return metres is not None and metres <= within

    return Leaf("near", {"within_m": within}, see, holds, node)


def _metres(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle metres: rules about a place need no ellipsoid."""
    north = math.radians(lat_b - lat_a) / 2
    east = math.radians(lon_b - lon_a) / 2
    both = math.cos(math.radians(lat_a)) * math.cos(math.radians(lat_b))
    chord = math.sin(north) ** 2 + both * math.sin(east) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(min(1.0, chord)))


@operator
def text(node: Node, scope: Scope) -> Condition:
    """Words in the description, whatever their width and case."""
    section = Section(node, scope.faults, may=("contains_any", "contains_all"))
    parts: list[Condition] = []
    for key, enough in (("contains_any", any), ("contains_all", all)):
        if (inner := section.get(key)) is not None:
            parts.append(_words(inner, scope, key, enough))
    if not parts:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _words(node: Node, scope: Scope, key: str, enough: Callable[[Iterable[bool]], bool]) -> Leaf:
    written = as_texts(node, scope.faults)
    words = tuple(folded(word) for word in written)

    def see(situation: Situation) -> list[str]:
        said = folded(situation.facts.text)
        return [shown for shown, word in zip(written, words, strict=True) if word in said]

    def holds(situation: Situation) -> bool:
        said = folded(situation.facts.text)
        return enough(word in said for word in words)

    return Leaf("text", {key: list(written)}, see, holds, node)


def folded(words: str) -> str:
    """Text as it is compared: full and half width, capitals and small letters are the same."""
    return unicodedata.normalize("NFKC", words).casefold()


@operator
def answer(node: Node, scope: Scope) -> Condition:
    """Answers to the form's questions; several are joined by `all`."""
    parts: list[Condition] = []
    for name, wanted in entries(node, scope.faults):
        if name not in scope.fields:
            near = hint(name, scope.fields)
            scope.faults.add(node.keys[name], "unknown_field", seen=name, hint=near)
        parts.append(answers.comparison(name, wanted, scope.fields.get(name), scope.faults))
    if isinstance(node.value, dict) and not parts:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


@operator
def photos(node: Node, scope: Scope) -> Condition:
    return _count(node, scope, "photos", lambda situation: situation.facts.photos)


@operator
def open_nearby(node: Node, scope: Scope) -> Condition:
    """How many open alerts of the same kind lie nearby."""
    return _count(node, scope, "open_nearby", lambda situation: situation.facts.open_nearby)


@operator
def severity(node: Node, scope: Scope) -> Condition:
    """From 1, the worst, to 4: of the category as answered, before any rule changes it."""
    return _count(node, scope, "severity", lambda situation: situation.limits.severity)


def _count(node: Node, scope: Scope, fact: str, see: Callable[[Situation], int]) -> Leaf:
    low, high = _interval(node, scope)
    wanted = {"from": low, "to": None if high == math.inf else high}
    if low > high:
        scope.faults.add(node, "empty_interval", low=low, high=high)
    return Leaf(fact, wanted, see, lambda situation: low <= see(situation) <= high, node)


def _interval(node: Node, scope: Scope) -> tuple[float, float]:
    if not isinstance(node.value, dict):
        exactly = as_integer(node, scope.faults)
        return exactly, exactly
    section = Section(node, scope.faults, may=("at_least", "at_most"))
    if not node.value:
        scope.faults.add(node, "empty_condition")
    low = section.integer("at_least")
    return low, section.integer("at_most") if "at_most" in section else math.inf


@operator
def time_of_day(node: Node, scope: Scope) -> Condition:
    """Local clock time of the report: "22:00-06:00" runs over midnight; the end is outside."""
    spans = [as_clock_span(item, scope.faults) for item in as_list(node, scope.faults)]

    def holds(situation: Situation) -> bool:
        minute = situation.local.hour * 60 + situation.local.minute
        return any((minute - start) % MINUTES_A_DAY < length for start, length in spans)

    def see(situation: Situation) -> str:
        return situation.local.strftime("%H:%M")

    return Leaf("time_of_day", node.plain(), see, holds, node)


@operator
def weekday(node: Node, scope: Scope) -> Condition:
    """Local weekday of the report: mon, tue, …"""
    wanted = some_of(node, scope.faults, WEEKDAYS, "weekday")

    def see(situation: Situation) -> str:
        return WEEKDAYS[situation.local.weekday()]

    return Leaf(
        "weekday", sorted(wanted), see, lambda situation: see(situation) in wanted, node, wanted
    )


@operator
def day(node: Node, scope: Scope) -> Condition:
    """The kind of day in the default calendar; a make-up day is a working day too."""
    wanted = some_of(node, scope.faults, DAYS, "day")

    def see(situation: Situation) -> list[str]:
        return _kinds_of_day(scope.calendar, situation.local.date())

    def holds(situation: Situation) -> bool:
        return not wanted.isdisjoint(see(situation))

    return Leaf("day", sorted(wanted), see, holds, node)


def _kinds_of_day(plan: CalendarPlan | None, today: date) -> list[str]:
    if plan is None or not plan.first <= today <= plan.last:
        return []
    tests = {
        "working": bool(plan.segments(today)),
        "off": not plan.segments(today),
        "holiday": today in plan.holidays,
        "make_up": today in plan.working_days,
        "weekend": today.weekday() >= 5,
    }
    return [kind for kind, applies in tests.items() if applies]


@operator
def office_hours(node: Node, scope: Scope) -> Condition:
    """Whether the default calendar's offices are open."""

    def see(situation: Situation) -> bool:
        if (plan := scope.calendar) is None:
            return False
        minute = situation.local.hour * 60 + situation.local.minute
        segments = plan.segments(situation.local.date())
        return any(start <= minute < end for start, end in segments)

    return _flag(node, scope, "office_hours", see)


@operator
def dates(node: Node, scope: Scope) -> Condition:
    """Local date of the report, both ends included."""
    section = Section(node, scope.faults, may=("from", "to"))
    first = section.read("from", as_date, date.min)
    last = section.read("to", as_date, date.max)
    if first > last:
        scope.faults.add(node, "empty_interval", low=first, high=last)

    def see(situation: Situation) -> str:
        return situation.local.date().isoformat()

    def holds(situation: Situation) -> bool:
        return first <= situation.local.date() <= last

    return Leaf("dates", node.plain(), see, holds, node)


@operator
def season(node: Node, scope: Scope) -> Condition:
    """A part of every year, as "05-15" to "10-15", both included; over New Year too."""
    section = Section(node, scope.faults, needs=("from", "to"))
    first = section.read("from", as_month_day, (1, 1))
    last = section.read("to", as_month_day, (12, 31))

    def holds(situation: Situation) -> bool:
        today = (situation.local.month, situation.local.day)
        return first <= today <= last if first <= last else today >= first or today <= last

    def see(situation: Situation) -> str:
        return situation.local.strftime("%m-%d")

    return Leaf("season", node.plain(), see, holds, node)
