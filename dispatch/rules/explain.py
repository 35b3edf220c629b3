"""How is a decision told to a person? Its trace in sentences, in the words of its playbook."""

from collections.abc import Iterator, Mapping

from dispatch.rules.conditions import NOT_ASKED, Miss
from dispatch.rules.engine import Decision
from dispatch.rules.playbook import Playbook
from dispatch.rules.trace import Considered
from dispatch.translations import has, translate

_SHORT = {"zh_Hans_CN": "zh", "en": "en"}
_MOST_WORDS = 8


def sentences(decision: Decision, playbook: Playbook, language: str) -> Iterator[str]:
    """The lead, the promises, then one line for each rule considered and one for the others."""
    yield f"{decision.lead}  ({name_of(decision.lead or '', playbook, language)})"
    for clock, terms in decision.promises.items():
        yield f"  {clock}: {terms.limit}  ({terms.basis})"
    for considered in decision.trace.considered():
        yield sentence(considered, playbook, language)
    yield translate(language, "playbook.why.others", count=decision.trace.others)


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
        "promises": {
            clock: {"limit": str(terms.limit), "calendar": terms.calendar, "basis": terms.basis}
            for clock, terms in decision.promises.items()
        },
        "ladder": decision.ladder,
        "merge": decision.merge,
        "tags": list(decision.tags),
        "notices": [dict(each) for each in decision.notices],
        "trace": decision.trace.as_json(),
    }


def sentence(considered: Considered, playbook: Playbook, language: str) -> str:
    """What came of one rule: `rule lead-jtj (rules.yaml:35) matched: it decides`."""
    rule = considered.rule
    words = {
        "rule": rule.label[_SHORT.get(language, "zh")],
        "place": f"{rule.source.file}:{rule.source.line}",
    }
    if miss := considered.miss:
        words |= _missed(miss, playbook, language)
    return translate(language, f"playbook.why.{considered.outcome}", **words)


def _missed(miss: Miss, playbook: Playbook, language: str) -> dict[str, str]:
    key = f"playbook.fact.{miss.fact}"
    return {
        "fact": translate(language, key) if has(key) else miss.fact.removeprefix("answer."),
        "seen": told(miss.seen, playbook, language),
        "wanted": told(miss.wanted, playbook, language),
    }


def told(value: object, playbook: Playbook, language: str) -> str:
    """A seen or wanted value in words; ids by their labels."""
    if value is NOT_ASKED:
        return translate(language, "playbook.not_asked")
    if value is None:
        return translate(language, "playbook.unknown_value")
    if isinstance(value, bool):
        return translate(language, f"playbook.why.{'yes' if value else 'no'}")
    if isinstance(value, Mapping):
        return _told_mapping(value, playbook, language)
    if isinstance(value, list | tuple):
        return _told_list(value, playbook, language)
    return name_of(str(value), playbook, language)


def _told_mapping(value: Mapping[str, object], playbook: Playbook, language: str) -> str:
    if "not" in value:
        wanted = told(value["not"], playbook, language)
        return translate(language, "playbook.why.not", wanted=wanted)
    if value.keys() == {"from", "to"}:
        low, high = value["from"], value["to"]
        key = "at_least" if high is None else "between"
        return translate(language, f"playbook.why.{key}", low=low, high=high)
    parts = (told(each, playbook, language) for each in value.values())
    return " ".join(f"{key} {part}" for key, part in zip(value, parts, strict=True))


def _told_list(values: list[object] | tuple[object, ...], playbook: Playbook, language: str) -> str:
    if not values:
        return translate(language, "playbook.why.none")
    words = [told(each, playbook, language) for each in values[:_MOST_WORDS]]
    return ", ".join(words) + (" …" if len(values) > _MOST_WORDS else "")


def name_of(identity: str, playbook: Playbook, language: str) -> str:
    """The label of a unit, category, group or zone; anything else as it is."""
    short = _SHORT.get(language, "zh")
    for known in (playbook.units, playbook.categories, playbook.groups):
        if (found := known.get(identity)) is not None:
            return found.label[short]
    return playbook.zones.get(identity, {}).get(short, identity)
