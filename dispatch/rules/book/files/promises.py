"""Reads promises.yaml: bases, the district's own promises, named sets, cards, weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.time.cards import CardThreshold, CardThresholds
from dispatch.rules.book.files.limits import PromiseNames, read_promises
from dispatch.rules.book.terms import Basis, Terms
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.rules.language.clock_times import as_date
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, entries, label_of

_HOUR: Final = 3600
_LIMITS: Final = (_HOUR, 8 * _HOUR, 24 * _HOUR, 30 * 24 * _HOUR)  # for which cards are compared
MOST_HOURS: Final = 366 * 24
MOST_PERCENT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Promises:
    """`defaults`: the terms by clock wherever a category says nothing."""

    names: PromiseNames
    defaults: Mapping[str, Terms]
    cards: CardThresholds
    whistles: Mapping[str, Mapping[str, Terms]]


def read_promises_file(
    root: Node, faults: PlaybookFaults, calendars: tuple[str, ...], default_calendar: str
) -> Promises:
    may = ("sets", "basis", "whistles", "scores")
    section = Section(root, faults, ("bases", "promises", "cards"), may)
    bases = {
        basis: _basis(basis, body, faults) for basis, body in entries(section.get("bases"), faults)
    }
    names = PromiseNames(calendars, default_calendar, bases, {})
    sets = {
        name: read_promises(Section(body, faults, ("promises",), ("basis",)), names)
        for name, body in entries(section.get("sets"), faults)
    }
    if (scores := section.get("scores")) is not None:
        faults.doubt(scores, "read_by_nobody", name="scores")  # what older playbooks have
    return Promises(
        PromiseNames(calendars, default_calendar, bases, sets),
        read_promises(section, names),
        section.needed("cards", _cards),
        _whistles(section.get("whistles"), faults, names),
    )


def _whistles(
    node: Node | None, faults: PlaybookFaults, names: PromiseNames
) -> Mapping[str, Mapping[str, Terms]]:
    """By kind of whistle what is promised where a category has no limit of its own."""
    if node is None:
        return {}
    section = Section(node, faults, may=WHISTLES)
    return {
        kind: read_promises(Section(body, faults, ("promises",), ("basis",)), names)
        for kind in WHISTLES
        if (body := section.get(kind))
    }


def _basis(basis: str, node: Node, faults: PlaybookFaults) -> Basis:
    own, others = faults.tongues[:1], faults.tongues[1:]
    section = Section(node, faults, own, (*others, "open", "drafter", "review"))
    return Basis(
        basis,
        label_of(section),
        open=section.flag("open"),
        drafter=section.text("drafter"),
        review=section.read("review", as_date, None),
    )


def _cards(node: Node, faults: PlaybookFaults) -> CardThresholds:
    section = Section(node, faults, ("orange", "red"))
    orange, red = (section.needed(card, _threshold) for card in ("orange", "red"))
    if all(_is_hidden(orange, red, limit) for limit in _LIMITS):
        faults.remark(section.get("red") or node, "red_before_orange")
    return CardThresholds(orange, red)


def _is_hidden(card: CardThreshold, by: CardThreshold, limit: int) -> bool:
    """Whether the later card comes no later than this one."""
    first, then = card.reached_after(limit), by.reached_after(limit)
    return first is not None and then is not None and first >= then


def _threshold(node: Node, faults: PlaybookFaults) -> CardThreshold:
    """`{after_hours: 24, percent_of_limit: 100}`, in the promise's own time."""
    section = Section(node, faults, may=("after_hours", "percent_of_limit"))
    most = {"after_hours": MOST_HOURS, "percent_of_limit": MOST_PERCENT}
    hours, percent = (
        section.count(key, most=limit) if key in section else None for key, limit in most.items()
    )
    if hours is None and percent is None:
        faults.add(node, "empty_threshold")
    return CardThreshold(None if hours is None else hours * _HOUR, percent)
