"""Decides about one alert by the playbook: who leads, who helps, and until when.

The first rule that matches names the lead; every `also` rule that matches adds supports, raises
the severity or shortens promises. No rule can send an alert to a unit it complains about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.supports import INFORMED, REQUIRED
from dispatch.domain.time.cards import CardThresholds
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Effects, Rule
from dispatch.rules.book.rule_index import candidates
from dispatch.rules.book.terms import THE_STREET, SupportCall, Terms
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.matter import Matter, matter_of, raised
from dispatch.rules.deciding.promised import promised, visited
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

    lead: str
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

    @property
    def life_word(self) -> str | None:
        """The word in the description that tells of danger to life."""
        heard = self.trace.matter.heard
        return heard.word if heard else None


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
    first = matter
    if rule.effects.life_safety:
        matter = raised(matter)
    added = _adding(matter)
    if not matter.about.life_safety and [each for each in added if each.effects.life_safety]:
        # Rules that ask for danger to life did not hold yet: they are asked once more.
        matter = raised(matter)
        added = _adding(matter)
    playbook, about, *_ = matter
    facts = about.facts
    every = (rule, *added)
    whistle = facts.whistle or _first([each.effects.whistle for each in every])
    merging = next((each for each in every if each.effects.merge), None)
    return Decision(
        lead=lead,
        rule=rule.id,
        desk=_street(playbook, facts, barred),
        needs_person=rule.effects.needs_person,
        supports=_supports(matter, every, barred, lead),
        whistle=whistle,
        severity=facts.severity or min([each.effects.severity or about.severity for each in every]),
        life_safety=about.life_safety,
        promises=promised(matter, every, whistle, lead),
        ladder=_ladder(matter, every),
        cards=playbook.cards,
        merge=merging.effects.merge if merging else None,
        merge_rule=merging.id if merging else None,
        tags=_tags(every),
        notices=tuple([each.effects.notice for each in every if each.effects.notice]),
        trace=RuleTrace(matter, rule, barred, first.about),
    )


def _lead(matter: Matter, barred: frozenset[str]) -> tuple[Rule, str]:
    """The first rule that matches and names a unit that may act; the catch-all always does."""
    playbook, about, _, _ = matter
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
    playbook, about, _, _ = matter
    to_add = playbook.rules.to_add.get(about.facts.category, ())
    if not (found := candidates(to_add, about.facts)):
        return []
    return [rule for holds, rule in found if holds is None or holds(about)]


def _supports(
    matter: Matter, rules: Iterable[Rule], barred: frozenset[str], lead: str
) -> tuple[SupportCall, ...]:
    """Each helper once, in the order of the rules, in the strongest way that one asks for."""
    found: dict[str, SupportCall] = {}
    for rule in rules:
        for support in rule.effects.supports:
            unit = support.unit
            if unit == THE_STREET:
                unit = matter.about.facts.street or ""
            if not unit or unit == lead or unit in barred:
                continue
            known = found.get(unit)
            if known is None:
                found[unit] = support
            elif known.mode not in {support.mode, REQUIRED}:
                found[unit] = support if support.mode != INFORMED else known
    if not found:
        return ()
    return tuple([_called(matter, unit, each) for unit, each in found.items()])


def _called(matter: Matter, unit: str, call: SupportCall) -> SupportCall:
    """The call of this unit, with its own limits by its own hours; nobody arrives where nobody has
    to come.
    """
    if not call.promises:
        return call if call.unit == unit else _as_listed(unit, call.mode)
    terms = matter.playbook.by_hours(unit, unit, call.promises)
    return SupportCall(unit, call.mode, visited(matter, terms))


@lru_cache(maxsize=1024)
def _as_listed(unit: str, mode: str) -> SupportCall:
    """A call without limits of its own; the same streets are called again and again."""
    return SupportCall(unit, mode)


def _ladder(matter: Matter, rules: Iterable[Rule]) -> str:
    playbook = matter.playbook
    if chosen := _first([rule.effects.ladder for rule in rules]):
        return chosen
    return playbook.life_safety_ladder if matter.about.life_safety else playbook.default_ladder


def _tags(rules: Iterable[Rule]) -> tuple[str, ...]:
    tags = [tag for rule in rules for tag in rule.effects.tags]
    return tuple(dict.fromkeys(tags)) if tags else ()


def _first(values: Iterable[str | None]) -> str | None:
    for value in values:
        if value:
            return value
    return None
