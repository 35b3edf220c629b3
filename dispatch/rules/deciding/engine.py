"""Decides about one alert by the playbook: who leads, who helps, and until when.

The first rule that matches names the lead; every `also` rule that matches adds supports, raises
the severity or shortens promises. No rule can send an alert to a unit it complains about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.supports import REQUIRED
from dispatch.domain.time.cards import CardThresholds
from dispatch.domain.time.promises import due
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Effects, Rule
from dispatch.rules.book.rule_index import candidates
from dispatch.rules.book.terms import THE_STREET, SupportCall, Terms
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.matter import Matter, matter_of
from dispatch.rules.deciding.trace import RuleTrace
from dispatch.rules.language.labels import Label


class Decision(NamedTuple):
    """What the playbook says about one alert; a tuple, because a frozen dataclass of so many
    fields takes longer to make than the decision itself.

    `lead` is only a proposal where `needs_person`; `desk` is whose turn it is then: the street of
    the place, or the district where no street is known or may act. `promises` holds the terms of
    every clock the alert can have. `rule` is the id of the deciding rule, `merge_rule` of the one
    that says what becomes of the same problem nearby.
    """

    lead: str | None
    rule: str
    desk: str
    needs_person: bool
    supports: tuple[SupportCall, ...]
    whistle: str | None
    severity: int
    life_safety: bool
    promises: Mapping[str, Terms]
    ladder: str
    cards: CardThresholds
    merge: str | None
    merge_rule: str | None
    tags: tuple[str, ...]
    notices: tuple[Label, ...]
    trace: RuleTrace


def decide(playbook: Playbook, facts: Facts) -> Decision:
    """Who leads, who helps and what is promised; the same playbook and facts give the same.

    Raises KeyError for a category that the playbook does not have.
    """
    matter = matter_of(playbook, facts)
    barred = barred_units(playbook.organisation, facts.about_unit, facts.street)
    return _decided(matter, barred, *_lead(matter, barred))


def decide_for(playbook: Playbook, facts: Facts, lead: str) -> Decision:
    """As `decide`, where a person chose the lead: by the first rule that names it, or by none."""
    matter = matter_of(playbook, facts)
    barred = barred_units(playbook.organisation, facts.about_unit, facts.street)
    last = playbook.rules.otherwise
    chosen = replace(last, id="", effects=Effects(lead=lead))
    for rule in (*playbook.rules.leading.get(facts.category, ()), last):
        named = resolve_unit(playbook, facts, rule.effects.lead, barred)
        if named == lead and (rule.when is None or rule.when.holds(matter.about)):
            chosen = rule
            break
    return _decided(matter, barred, chosen, lead)


def _decided(matter: Matter, barred: frozenset[str], rule: Rule, lead: str) -> Decision:
    playbook, about, limits = matter
    facts = about.facts
    every = (rule, *_adding(matter))
    whistle = facts.whistle or _first([each.effects.whistle for each in every])
    merging = next((each for each in every if each.effects.merge), None)
    return Decision(
        lead=lead,
        rule=rule.id,
        desk=_street(playbook, facts, barred),
        needs_person=rule.effects.needs_person,
        supports=_supports(matter, every, barred, lead),
        whistle=whistle,
        severity=min([each.effects.severity or limits.severity for each in every]),
        life_safety=limits.life_safety,
        promises=_promises(matter, every, whistle, lead),
        ladder=_ladder(matter, every),
        cards=playbook.cards,
        merge=merging.effects.merge if merging else None,
        merge_rule=merging.id if merging else None,
        tags=_tags(every),
        notices=tuple([each.effects.notice for each in every if each.effects.notice]),
        trace=RuleTrace(matter, rule, barred),
    )


def _lead(matter: Matter, barred: frozenset[str]) -> tuple[Rule, str]:
    """The first rule that matches and names a unit that may act; the catch-all always does."""
    playbook, about, _ = matter
    facts = about.facts
    for holds, rule in candidates(playbook.rules.to_lead.get(facts.category, ()), facts):
        if holds is None or holds(about):
            lead = resolve_unit(playbook, facts, rule.effects.lead, barred)
            if lead not in barred:
                return rule, lead
    last = playbook.rules.otherwise
    lead = resolve_unit(playbook, facts, last.effects.lead, barred)
    return last, playbook.district.id if lead in barred else lead


def resolve_unit(playbook: Playbook, facts: Facts, unit: str | None, barred: frozenset[str]) -> str:
    """The unit itself, or whoever stands for the street of the place."""
    if unit is None or unit == THE_STREET:
        return _street(playbook, facts, barred)
    return unit


def _street(playbook: Playbook, facts: Facts, barred: frozenset[str]) -> str:
    if facts.street is None or facts.street in barred:
        return playbook.district.id
    return facts.street


def _adding(matter: Matter) -> list[Rule]:
    """Every `also` rule that holds, in order."""
    playbook, about, _ = matter
    to_add = playbook.rules.to_add.get(about.facts.category, ())
    if not (found := candidates(to_add, about.facts)):
        return []
    return [rule for holds, rule in found if holds is None or holds(about)]


def _supports(
    matter: Matter, rules: Iterable[Rule], barred: frozenset[str], lead: str
) -> tuple[SupportCall, ...]:
    """Each helper once, in the order of the rules; "required" is stronger than "informed"."""
    found: dict[str, str] = {}
    for rule in rules:
        for support in rule.effects.supports:
            unit = support.unit
            if unit == THE_STREET:
                unit = matter.about.facts.street or ""
            helps = unit and unit != lead and unit not in barred
            if helps and found.get(unit) != REQUIRED:
                found[unit] = support.mode
    return tuple([SupportCall(unit, mode) for unit, mode in found.items()]) if found else ()


def _promises(
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
    return terms


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
    start = matter.about.facts.reported_at
    ends, other_ends = (_due(matter.playbook, start, each) for each in (now, other))
    if ends is None or other_ends is None:
        return other
    return other if other_ends < ends else now


def _due(playbook: Playbook, start: datetime, terms: Terms) -> datetime | None:
    try:
        return due(start, terms.limit, playbook.calendars[terms.calendar])
    except CalendarEnds:
        return None


def _ladder(matter: Matter, rules: Iterable[Rule]) -> str:
    playbook = matter.playbook
    if chosen := _first([rule.effects.ladder for rule in rules]):
        return chosen
    return playbook.life_safety_ladder if matter.limits.life_safety else playbook.default_ladder


def _tags(rules: Iterable[Rule]) -> tuple[str, ...]:
    tags = [tag for rule in rules for tag in rule.effects.tags]
    return tuple(dict.fromkeys(tags)) if tags else ()


def _first(values: Iterable[str | None]) -> str | None:
    for value in values:
        if value:
            return value
    return None
