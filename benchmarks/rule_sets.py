"""Playbooks of up to 18,000 rules, and alerts that meet them: what the rule engines are put to."""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dispatch.rules.conditions.facts import Facts

CATEGORIES = 150
STREETS = 10
URGENCIES = ("danger", "disrupts", "ordinary")
UNITS = 20
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
DESK = "town"

_DISTRICT = """\
id: town
label: Town
timezone: Asia/Shanghai
language: en
place: {center: {lon: 114.0, lat: 22.5}, radius_km: 5, plausible_km: 50}
emergency: [{number: "119", label: Fire}]
areas:
"""
_CALENDARS = """\
default: town
calendars:
  town: {version: "1", first: 2026-01-01, last: 2027-12-31, week: {mon: ["09:00-18:00"]}}
"""
_PROMISES = """\
bases: {rule: {zh: 规定, en: The rule}}
basis: rule
promises: {accept: 30 minutes, sign: 2 work_hours, dispose: 2 days}
cards: {orange: {after_hours: 24}, red: {after_hours: 72}}
"""
_LADDERS = """\
default: usual
ladders: {usual: {label: Usual, rungs: [{at: 80%, do: notice, to: [lead]}]}}
"""
_CATEGORIES = """\
questions:
  urgency: {kind: choice, label: Urgency, choices: {danger: A, disrupts: B, ordinary: C}}
groups: {things: {label: Things}}
categories:
"""


def rule_table(count: int) -> list[dict[str, object]]:
    """Rules as plain values: a category, a street, an answer, now and then photos.

    Each can match: of the same street and answer, those that ask for more photos come first.
    """
    chance = random.Random(count)
    rules: list[dict[str, object]] = []
    for category in range(CATEGORIES):
        mine = count // CATEGORIES + (category < count % CATEGORIES)
        for street, urgency, photos in _situations_of(chance, mine):
            rule: dict[str, object] = {"id": f"r{len(rules)}", "category": f"c{category}"}
            rule |= {"street": street, "urgency": urgency, "photos": photos}
            rules.append(rule | {"lead": f"U{chance.randrange(UNITS)}"})
    return rules


def _situations_of(chance: random.Random, count: int) -> list[tuple[str, str, int | None]]:
    streets = [f"s{number}" for number in range(STREETS)]
    every = list(itertools.product(streets, URGENCIES, (3, 2, 1, None)))
    return sorted(chance.sample(every, count), key=lambda each: -(each[2] or 0))


def files_of(rules: list[dict[str, object]]) -> dict[str, bytes]:
    """A whole playbook that says the same."""
    streets = "".join(f"  s{n}: {{kind: street, label: S{n}}}\n" for n in range(STREETS))
    units = "".join(f"  U{n}: {{label: U{n}}}\n" for n in range(UNITS))
    categories = "".join(
        f"  c{n}: {{label: C, group: things, form: {{urgency: {{}}}}, "
        "limits: [{promises: {}}]}\n"
        for n in range(CATEGORIES)
    )
    texts = {
        "district.yaml": _DISTRICT + streets,
        "departments.yaml": "units:\n" + units,
        "places.geojson": '{"type": "FeatureCollection", "features": []}',
        "calendars.yaml": _CALENDARS,
        "promises.yaml": _PROMISES,
        "ladders.yaml": _LADDERS,
        "categories.yaml": _CATEGORIES + categories,
        "rules.yaml": "rules:\n" + "".join(map(_rule, rules)) + f"otherwise: {{lead: {DESK}}}\n",
        "labels.yaml": "whistle: Whistle\n",
        "cases.yaml": "cases: []\n",
    }
    return {name: text.encode() for name, text in texts.items()}


def _rule(rule: dict[str, object]) -> str:
    photos = "" if rule["photos"] is None else f", photos: {{at_least: {rule['photos']}}}"
    when = "category: {category}, street: {street}, answer: {{urgency: {urgency}}}"
    said = when.format(**rule) + photos
    return f"  - {{id: {rule['id']}, when: {{{said}}}, lead: {rule['lead']}, basis: rule}}\n"


def situations(count: int) -> Iterator[Facts]:
    """Alerts all over the town, each of its own; one in ten has no answer."""
    chance = random.Random(7)
    for number in range(count):
        answers = {} if number % 10 == 0 else {"urgency": chance.choice(URGENCIES)}
        yield Facts(
            category=f"c{chance.randrange(CATEGORIES)}",
            reported_at=MONDAY + timedelta(minutes=number % 400),
            answers=answers,
            street=f"s{chance.randrange(STREETS)}",
            photos=chance.randrange(4),
        )
