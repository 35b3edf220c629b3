"""What is promised about one alert: the category's terms, the whistle's, and what rules change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from dispatch.domain.time.promises import due
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.terms import Terms
from dispatch.rules.deciding.matter import Matter, visit_of

# What no calendar stops: compared without one.
_SECONDS: Final[Mapping[str, int]] = {"minutes": 60, "hours": 3600}


def promised(
    matter: Matter, rules: Sequence[Rule], whistle: str | None, lead: str
) -> Mapping[str, Terms]:
    """The category's terms, replaced by the deciding rule's, shortened by the others'."""
    book, street = matter.playbook, matter.about.facts.street
    terms = book.by_hours(lead, street, _whistled(matter, whistle))
    changes = [rule.effects.promises for rule in rules]
    if not any(changes):
        return terms
    deciding, *also = [book.by_hours(lead, street, each) for each in changes]
    terms = {**terms, **deciding}
    for promises in also:
        for clock, shorter in promises.items():
            terms[clock] = _sooner(matter, terms.get(clock), shorter)
    return visited(matter, terms)


def _whistled(matter: Matter, whistle: str | None) -> Mapping[str, Terms]:
    """The category's terms; those of the whistle stand in for the district's general ones."""
    limits = matter.limits
    if whistle is None or not (own := matter.playbook.whistles.get(whistle)):
        return limits.promises
    instead = {
        clock: terms
        for clock, terms in own.items()
        if clock in limits.promises and clock not in limits.own
    }
    return {**limits.promises, **instead}


def _sooner(matter: Matter, now: Terms | None, other: Terms) -> Terms:
    """Whichever ends first for this alert: units of time are compared by what they come to."""
    if now is None:
        return other
    if now.calendar == other.calendar and now.limit.unit == other.limit.unit:
        return other if other.limit.value < now.limit.value else now
    if now.limit.unit in _SECONDS and other.limit.unit in _SECONDS:
        return other if _by_the_wall(other) < _by_the_wall(now) else now
    start = matter.about.facts.reported_at
    ends, other_ends = (_due(matter.playbook, start, each) for each in (now, other))
    if ends is None or other_ends is None:
        return other
    return other if other_ends < ends else now


def _by_the_wall(terms: Terms) -> int:
    return terms.limit.value * _SECONDS[terms.limit.unit]


def _due(playbook: Playbook, start: datetime, terms: Terms) -> datetime | None:
    try:
        return due(start, terms.limit, playbook.calendars[terms.calendar])
    except CalendarEnds:
        return None


def visited(matter: Matter, terms: Mapping[str, Terms]) -> Mapping[str, Terms]:
    """Without the arrival where nobody has to come."""
    book, about = matter.playbook, matter.about
    if "arrive" not in terms:
        return terms
    if visit_of(book, about.facts.category, life_safety=about.life_safety) != "none":
        return terms
    return {clock: each for clock, each in terms.items() if clock != "arrive"}
