"""Tells a decision with its trace, in sentences for people and as JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence

from dispatch.rules.book.files.effects import effects_as_json
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Effects
from dispatch.rules.book.terms import Terms
from dispatch.rules.conditions.tree import Miss
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.deciding.trace import Considered
from dispatch.rules.telling.effects_in_words import effects_in_words
from dispatch.rules.telling.facts_in_words import FactWording, value_in_words
from dispatch.rules.telling.names import name_of
from dispatch.translations import tongue_of, translate


def sentences(decision: Decision, playbook: Playbook, language: str) -> Iterator[str]:
    """The lead, the promises and all that comes with them, then one line for each rule considered
    and one for the others.
    """
    yield f"{decision.lead}  ({name_of(decision.lead, playbook, language)})"
    for clock, terms in decision.promises.items():
        yield f"  {clock}: {terms.limit}  ({terms.basis})"
    for line in _coming(decision, playbook, language):
        yield f"  {line}"
    category = decision.trace.matter.about.facts.category
    for considered in decision.trace.considered():
        yield sentence(considered, playbook, language, category)
    yield translate(language, "playbook.why.others", count=decision.trace.others)


def _coming(decision: Decision, playbook: Playbook, language: str) -> Iterator[str]:
    """What the decision brings beside lead and promises."""
    lead_unit = playbook.units.get(decision.lead)
    if lead_unit and lead_unit.duties:
        yield translate(language, "playbook.comes.duties", duties=lead_unit.duties)
    if decision.needs_person:
        desk = name_of(decision.desk, playbook, language)
        lead = name_of(decision.lead, playbook, language)
        yield translate(language, "playbook.comes.desk", unit=desk, lead=lead)
    if decision.life_word:
        yield translate(language, "playbook.comes.life_word", word=decision.life_word)
    effects = {
        "supports": effects_as_json(Effects(supports=decision.supports)).get("supports"),
        "whistle": decision.whistle,
        "severity": decision.severity,
        "merge": decision.merge,
        "ladder": decision.ladder,
        "tags": decision.tags,
    }
    yield from effects_in_words(effects, playbook, language)
    for notice in decision.notices:
        yield from effects_in_words({"notice": notice}, playbook, language)


def decision_as_json(decision: Decision) -> dict[str, object]:
    """The decision and its whole trace, for machines."""
    return {
        "lead": decision.lead,
        "rule": decision.rule,
        "desk": decision.desk,
        "needs_person": decision.needs_person,
        "supports": {each.unit: each.mode for each in decision.supports},
        "whistle": decision.whistle,
        "severity": decision.severity,
        "life_safety": decision.life_safety,
        "life_word": decision.life_word,
        "promises": _terms_as_json(decision.promises),
        "support_promises": {
            each.unit: _terms_as_json(each.promises) for each in decision.supports if each.promises
        },
        "ladder": decision.ladder,
        "merge": decision.merge,
        "tags": list(decision.tags),
        "notices": [dict(each) for each in decision.notices],
        "trace": decision.trace.as_json(),
    }


def _terms_as_json(promises: Mapping[str, Terms]) -> dict[str, object]:
    return {
        clock: {"limit": str(terms.limit), "calendar": terms.calendar, "basis": terms.basis}
        for clock, terms in promises.items()
    }


def sentence(considered: Considered, playbook: Playbook, language: str, category: str) -> str:
    """What came of one rule: `rule lead-jtj (rules.yaml:35) matched: it decides`."""
    rule = considered.rule
    words = {
        "rule": rule.label[tongue_of(language)],
        "place": f"{rule.source.file}:{rule.source.line}",
    }
    if miss := considered.miss:
        words |= _missed(miss, playbook, language, category)
    elif considered.outcome == "added":
        added = effects_in_words(effects_as_json(rule.effects), playbook, language)
        words["added"] = added_words(added, language)
    return translate(language, f"playbook.why.{considered.outcome}", **words)


def added_words(parts: Sequence[str], language: str) -> str:
    """The parts in one sentence; where a decision was kept without its effects, a general one."""
    between = translate(language, "words.format.semicolon")
    return between.join(parts) or translate(language, "playbook.comes.its_part")


def _missed(miss: Miss, playbook: Playbook, language: str, category: str) -> dict[str, str]:
    wording = FactWording(playbook, language, category, miss.fact)
    return {
        "fact": wording.name,
        "seen": value_in_words(miss.seen, wording),
        "wanted": value_in_words(miss.wanted, wording),
    }
