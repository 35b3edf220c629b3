"""The parts of a decision beside lead and limits, as text that can be compared and shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.about_unit import barred_units
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import SupportCall
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision


def decided_parts(book: Playbook, facts: Facts, decision: Decision) -> dict[str, str]:
    """Each part as text, empty where there is nothing of it."""
    seen = {name: part(decision) for name, part in _OF_DECISION.items()}
    return seen | {
        "street": facts.street or "",
        "verifier": _verifier(book, facts, decision),
    }


def _verifier(book: Playbook, facts: Facts, decision: Decision) -> str:
    """The street of the place, unless it works on it, is complained about, or is unknown."""
    barred = barred_units(book.organisation, facts.about_unit, facts.street)
    working = {decision.lead, *(each.unit for each in decision.supports)}
    is_free = facts.street and facts.street not in barred | working
    return facts.street or "" if is_free else book.district.id


def _supports(decision: Decision) -> str:
    return ", ".join(sorted(map(_support, decision.supports)))


def _support(call: SupportCall) -> str:
    """`STREET: first (sign 10 minutes, arrive 15 minutes)`; without limits of its own no list."""
    own = ", ".join(f"{clock} {terms.limit}" for clock, terms in call.promises.items())
    return f"{call.unit}: {call.mode}" + (f" ({own})" if own else "")


def _notices(decision: Decision) -> str:
    return " | ".join(next(iter(words.values()), "") for words in decision.notices)


_OF_DECISION: Final[Mapping[str, Callable[[Decision], str]]] = MappingProxyType(
    {
        "supports": _supports,
        "severity": lambda decision: str(decision.severity),
        "life_safety": lambda decision: str(decision.life_safety).lower(),
        "life_word": lambda decision: decision.life_word or "",
        "whistle": lambda decision: decision.whistle or "",
        "ladder": lambda decision: decision.ladder,
        "merge": lambda decision: decision.merge or "",
        "tags": lambda decision: ", ".join(decision.tags),
        "notices": _notices,
    }
)
PARTS: Final = (*_OF_DECISION, "street", "verifier")
