"""The effects of a rule in words, one part for each; the table of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.domain.law.rows.choices import SEVERITIES
from dispatch.domain.supports import RULE_MODES
from dispatch.domain.time.promises import TIME_UNITS
from dispatch.rules.book.files.effects import MERGES
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import THE_STREET
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.rules.telling.names import name_of
from dispatch.translations import tongue_of, translate


def effects_in_words(effects: Mapping[str, Any], playbook: Playbook, language: str) -> list[str]:
    """`effects` as they are kept with a decision: only what the rule does."""
    words = _Words(playbook, language)
    parts = (
        teller.tell(words, effects[what]) for what, teller in TELLERS.items() if effects.get(what)
    )
    return [each for part in parts for each in part]


class _Words:
    """The language of the words, and the playbook whose names are used."""

    def __init__(self, playbook: Playbook, language: str) -> None:
        self._playbook = playbook
        self.language = language

    def say(self, what: str, **words: object) -> str:
        return translate(self.language, f"playbook.comes.{what}", **words)

    def unit(self, slug: str) -> str:
        if slug == THE_STREET:
            return self.say("the_street")
        return name_of(slug, self._playbook, self.language)

    def listed(self, parts: list[str]) -> str:
        return self.say("and").join(parts)

    def limit(self, written: str) -> str:
        """`20 minutes (shenzhen)` or `20 minutes`: 20 分钟."""
        value, unit = written.split(" ")[:2]
        one = "_one" if value == "1" else ""
        return translate(self.language, f"words.limit{one}.{unit}", n=value)


def _supports(words: _Words, supports: Mapping[str, Any]) -> Iterator[str]:
    """How each unit helps, with its own limits where its call has some."""
    for unit, call in supports.items():
        mode, own = (call, {}) if isinstance(call, str) else (call["mode"], call["promises"])
        told = words.say(mode, unit=words.unit(unit))
        limits = [*_promises(words, own)]
        yield words.say("by_own_limits", told=told, limits=words.listed(limits)) if limits else told


def _whistle(words: _Words, whistle: str) -> Iterator[str]:
    yield words.say("whistle", whistle=translate(words.language, f"words.whistle.{whistle}"))


def _severity(words: _Words, severity: int) -> Iterator[str]:
    level = translate(words.language, f"words.choice.severity_{severity}")
    yield words.say("severity", severity=level)


def _life_safety(words: _Words, _raised: object) -> Iterator[str]:
    yield words.say("life_safety")


def _promises(words: _Words, promises: Mapping[str, str]) -> Iterator[str]:
    for clock, limit in promises.items():
        name = translate(words.language, f"words.clock.{clock}")
        yield words.say("promise", clock=name, limit=words.limit(limit))


def _ladder(words: _Words, ladder: str) -> Iterator[str]:
    yield words.say("ladder", ladder=ladder)


def _merge(words: _Words, merge: str) -> Iterator[str]:
    yield words.say(f"merge.{merge}")


def _tags(words: _Words, tags: list[str]) -> Iterator[str]:
    yield words.say("tags", tags=", ".join(tags))


def _notice(words: _Words, notice: Mapping[str, str]) -> Iterator[str]:
    yield words.say("notice", words=notice[tongue_of(words.language)])


@dataclass(frozen=True, slots=True)
class EffectTeller:
    """`tell` puts what is kept of an effect into words; `words`: the keys of the catalogue that it
    uses, which must have words in every language.
    """

    tell: Callable[[_Words, Any], Iterator[str]]
    words: tuple[str, ...]


def _each(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{prefix}.{name}" for name in names)


_LIMITS: Final = (*_each("words.limit", TIME_UNITS), *_each("words.limit_one", TIME_UNITS))
# In the order of telling. The lead, and whether a person must decide, are told apart.
TELLERS: Final[Mapping[str, EffectTeller]] = MappingProxyType(
    {
        "supports": EffectTeller(
            _supports,
            _each("playbook.comes", (*RULE_MODES, THE_STREET, "by_own_limits", "and")),
        ),
        "life_safety": EffectTeller(_life_safety, ("playbook.comes.life_safety",)),
        "whistle": EffectTeller(
            _whistle, ("playbook.comes.whistle", *_each("words.whistle", WHISTLES))
        ),
        "severity": EffectTeller(
            _severity, ("playbook.comes.severity", *_each("words.choice", SEVERITIES))
        ),
        "promises": EffectTeller(
            _promises, ("playbook.comes.promise", *_each("words.clock", PROMISED_CLOCKS), *_LIMITS)
        ),
        "merge": EffectTeller(_merge, _each("playbook.comes.merge", MERGES)),
        "ladder": EffectTeller(_ladder, ("playbook.comes.ladder",)),
        "tags": EffectTeller(_tags, ("playbook.comes.tags",)),
        "notice": EffectTeller(_notice, ("playbook.comes.notice",)),
    }
)
