"""The codes of the log row of a correction: what became what."""

from typing import Any, Final, cast

from dispatch.deeds.machinery.change import Codes
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.coordinates import Point
from dispatch.domain.duplicates import metres
from dispatch.domain.law.rows.choices import SEVERITIES
from dispatch.store.alerts import pin
from dispatch.store.tables import Alert

CORRECTABLE: Final = ("category", "place", "severity", "life_safety")
_A_KILOMETRE: Final = 1000
MaybePoint = tuple[float | None, float | None]


def changed_codes(context: StepContext, found: frozenset[str]) -> Codes:
    """What becomes what; where it was, by units only: a place is no code."""
    alert = context.alert
    codes: Codes = {"changed": [name for name in CORRECTABLE if name in found]} if found else {}
    if "category" in found:
        codes |= {"category": context.values["category"], "category_before": alert.category}
    for name in sorted(found & {"severity", "life_safety"}):
        codes |= {name: value_set(context.values, name), f"{name}_before": getattr(alert, name)}
    if "place" in found:
        codes["place_before"] = [alert.street, alert.community, alert.grid]
    return codes


def place_codes(
    context: StepContext, found: frozenset[str], street: str | None, pin_before: MaybePoint
) -> Codes:
    """Where the place is now, by units, how far from where it was, and its street where that is
    another one.
    """
    alert, now = context.alert, pin_of(context)
    if "place" not in found:
        return {}
    codes: Codes = {"place": [alert.street, alert.community, alert.grid]}
    if None not in (*pin_before, *now):
        codes["moved_m"] = _roughly(metres(cast("Point", pin_before), cast("Point", now)))
    if alert.street not in {None, street}:
        codes |= {"street": alert.street, "kind_and_street": "category" in found}
    return codes


def followed_codes(alert: Alert, was: Codes, found: frozenset[str]) -> Codes:
    """What became of severity and whistle by the rules, where no person named it; that severity is
    the new kind's goes without saying.
    """
    said = found | {"severity"} if "category" in found else found
    new = [name for name in was if name not in said and getattr(alert, name) != was[name]]
    codes: Codes = {"followed": new} if new else {}
    for name in new:
        codes |= {name: getattr(alert, name), f"{name}_before": was[name]}
    return codes


def _roughly(distance: float) -> int:
    """To ten metres, from a kilometre on to a hundred: nobody pins a place more exactly."""
    step = 10 if distance < _A_KILOMETRE else 100
    return max(step, round(distance / step) * step)


def value_set(values: Any, name: str) -> Any:
    value = values.get(name)
    return SEVERITIES.index(value) + 1 if name == "severity" and value else value


def pin_of(context: StepContext) -> MaybePoint:
    context.tx.session.flush()
    spot = pin(context.tx.session, context.alert.id)
    return (spot.lon, spot.lat) if spot else (None, None)
