"""Who called a unit to help, and who may therefore release it."""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.who import DISTRICT, LEAD_UNIT, STREET
from dispatch.domain.supports import BY_RULES, FIRST, Support

# By caller, the relation of those who release: what rules called is the street's.
_RELEASED_BY: Final = MappingProxyType(
    {BY_RULES: STREET, STREET: STREET, LEAD_UNIT: LEAD_UNIT, DISTRICT: DISTRICT}
)
# As whom somebody calls who may by several relations, the first that holds.
_CALLS_AS: Final = (LEAD_UNIT, STREET)
_ASKS_AS: Final = (*_CALLS_AS, DISTRICT)


def caller_of(held: Collection[str]) -> str:
    """As whom a person with these relations calls another unit; the law lets nobody else call."""
    return next(relation for relation in _CALLS_AS if relation in held)


def asker_of(held: Collection[str]) -> str:
    """As whom a person with these relations asks for the release of what others called."""
    return next(relation for relation in _ASKS_AS if relation in held)


def released_by(support: Support, *, life_safety: bool) -> str:
    """The relation of those who may release the support: whoever called it, and whoever holds that
    part of the alert now. Where life is in danger, the street that owes the first response does not
    release itself.
    """
    if life_safety and support.mode == FIRST:
        return DISTRICT
    return _RELEASED_BY[support.caller]
