"""Sets another kind, place or danger on an alert, and lets the rules run again on what was set.

The reporter's words, answers and pictures stay as they were sent; so does the decision before,
in its own log row.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete

from dispatch.deeds.machinery.change import Codes, decision_detail
from dispatch.deeds.machinery.correction_codes import (
    CORRECTABLE,
    changed_codes,
    followed_codes,
    pin_of,
    place_codes,
    value_set,
)
from dispatch.deeds.machinery.placing import PinAndPlace, desk_place, find_place, nearby_asked
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.law.deed_table import DeedEntry, enter_deed
from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.domain.law.looked_up import Corrected, LookedUp
from dispatch.domain.reading import NamedGrid, Position
from dispatch.promises.policy import copied_policy
from dispatch.rules.book.category import can_be_set
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.deciding.engine import decide as decide_now
from dispatch.rules.deciding.matter import visit_of
from dispatch.store.log import Event
from dispatch.store.past_alerts import facts_as_reported
from dispatch.store.tables import Spot

enter_deed(
    DECIDED_AGAIN,
    DeedEntry(
        variants=("moved", "chosen", "chosen_freely", "dispatched", "needs_person", "differs")
    ),
)


@dataclass(frozen=True)
class DecidedAgain:
    """What a correction changed: the decision on it with its facts and the one before, the codes
    and the erasable details for the log, and the codes of what followed from the rules.
    """

    changes: frozenset[str]
    facts: Facts
    decision: Decision
    before: Decision
    codes: Codes
    detail: Codes
    followed: Codes

    @property
    def moves_desk(self) -> bool:
        """Whether the rules may name another unit: the kind or the place is another one."""
        return not self.changes.isdisjoint({"category", "place"})


def look_up_correction(context: StepContext) -> LookedUp:
    """What the step would change, and whether its kind and its place are known."""
    values, known = context.values, set(CORRECTABLE) & context.values.keys()
    unknown = frozenset(name for name in known if not _is_known(context, name))
    if "category" in unknown and _is_accusation(context):
        return LookedUp(corrected=Corrected(is_accusation=True))
    if unknown:
        return LookedUp(corrected=Corrected(unknown=unknown))
    where = _new_place(context)
    if where is None and values.get("place") is not None:
        return LookedUp(corrected=Corrected(is_implausible=True))
    changes = {name for name in known - {"place"} if _now(context, name) != value_set(values, name)}
    if where is not None and (where[:2] != pin_of(context) or where[2].grid != context.alert.grid):
        changes.add("place")
    opens_home = "category" in changes and _opens_home(context)
    return LookedUp(corrected=Corrected(changes=frozenset(changes), opens_home=opens_home))


def decide_again(
    context: StepContext, decide: Callable[[Playbook, Facts], Decision]
) -> DecidedAgain:
    """Writes the new kind and place, lets the rules run on them, and copies what they promise."""
    found = look_up_correction(context).corrected.changes
    before_it = decide_now(_book(context), facts_now(context))
    codes, street, before = changed_codes(context, found), context.alert.street, pin_of(context)
    detail = _move_pin(context) if "place" in found else {}
    codes |= place_codes(context, found, street, before)
    if "category" in found:
        context.alert.category = context.values["category"]
    least = _severity_said(context, found)
    facts = facts_with(context, found)
    decision = decide(_book(context), facts)
    if least is not None and least < decision.severity:
        facts = replace(facts, severity=least)
        decision = decide(_book(context), facts)
    followed = _set_what_follows(context, found, decision, before_it)
    return DecidedAgain(found, facts, decision, before_it, codes, detail, followed)


def decided_again(context: StepContext, again: DecidedAgain, **outcome: Any) -> Event:
    """The log row of the decision. `outcome`: codes that choose its sentence."""
    decision = again.decision
    return Event(
        DECIDED_AGAIN,
        alert_id=context.alert.id,
        codes={
            "lead": decision.lead,
            "rule": decision.rule,
            "playbook": context.policy.version,
            "needs_person": decision.needs_person,
            **again.followed,
            **outcome,
        },
        detail=decision_detail(again.facts, decision),
    )


def facts_now(context: StepContext) -> Facts:
    """The facts by which the rules decided last."""
    seal = context.store.seal
    return facts_as_reported(context.tx.session, seal, context.alert.id, _book(context))


def _book(context: StepContext) -> Playbook:
    """The version that decided about the alert: its promises and ladders are in it."""
    return context.policy.playbook


def _is_known(context: StepContext, name: str) -> bool:
    value = context.values[name]
    if name == "category":
        category = _book(context).categories.get(value)
        return category is not None and can_be_set(category)
    if name == "place" and isinstance(value, NamedGrid):
        unit = _book(context).units.get(value.grid)
        return unit is not None and unit.kind == "grid"
    return True


def _opens_home(context: StepContext) -> bool:
    wanted = _book(context).categories[context.values["category"]]
    return context.alert.household and not wanted.household


def _is_accusation(context: StepContext) -> bool:
    category = _book(context).categories.get(context.values["category"])
    return category is not None and category.accusation


def _now(context: StepContext, name: str) -> Any:
    return getattr(context.alert, name)


def _new_place(context: StepContext) -> PinAndPlace | None:
    """The place that is named; None where none is, and where it is nowhere near the district."""
    where = context.values.get("place")
    if where is None:
        return None
    if isinstance(where, NamedGrid):
        return find_place(_book(context), None, where.grid)
    return find_place(_book(context), where, None)


def _move_pin(context: StepContext) -> Codes:
    """Writes the point and the units there; the details keep what was sent."""
    alert, session, where = context.alert, context.tx.session, context.values["place"]
    found = _new_place(context)
    if found is None:
        return {}
    for name, unit in desk_place(_book(context), found[2], alert.about_unit).items():
        setattr(alert, name, unit)
    session.execute(delete(Spot).where(Spot.alert_id == alert.id))
    if not isinstance(where, Position):
        return {}
    lon, lat = to_wgs84(where.lon, where.lat, where.crs)
    spot = Spot(alert_id=alert.id, lon=lon, lat=lat, accuracy_m=where.accuracy_m, crs=where.crs)
    session.add(spot)
    return {"position": [where.lon, where.lat, where.accuracy_m, where.crs]}


def _severity_said(context: StepContext, found: frozenset[str]) -> int | None:
    """The severity that a person said, where another kind must not make it less."""
    if "category" not in found or "severity" in found:
        return None
    before: int | None = context.alert.policy.get("set", {}).get("severity")
    now: int | None = value_set(context.values, "severity")
    return now or before


def facts_with(context: StepContext, found: frozenset[str]) -> Facts:
    """The facts of the report with what the step sets, whether it is written yet or not. Of what a
    person set before, another kind leaves the danger alone: whoever says so takes it back.
    """
    session, alert = context.tx.session, context.alert
    session.flush()
    kept = alert.policy.get("set", {})
    if "category" in found:
        is_danger = kept.get("life_safety") or context.values.get("life_safety")
        kept = {"life_safety": True} if is_danger else {}
    now = {name: value_set(context.values, name) for name in found - {"place"}}
    by_hand = {"severity": None, "life_safety": None, **kept, **now}
    facts = replace(facts_now(context), **by_hand, **_place_facts(context, found))
    if found.isdisjoint({"category", "place"}):
        return facts
    here = None if facts.lon is None or facts.lat is None else (facts.lon, facts.lat)
    near = nearby_asked(
        session, _book(context), facts.category, here, alert.reported_at, but=alert.id
    )
    return replace(facts, open_nearby=near.open, earlier=tuple(near.earlier))


def _place_facts(context: StepContext, found: frozenset[str]) -> dict[str, Any]:
    """Of a pin the units there; of a grid those that are responsible."""
    where = _new_place(context) if "place" in found else None
    if where is None:
        return {}
    lon, lat, place = where
    units = {"street": place.street, "community": place.community, "grid": place.grid}
    if lon is None:
        units = desk_place(_book(context), place, context.alert.about_unit)
    return {**units, "lon": lon, "lat": lat, "zones": place.zones}


def _set_what_follows(
    context: StepContext, found: frozenset[str], decision: Decision, before: Decision
) -> Codes:
    """Severity, danger, whistle and what the category says; returns the codes of what no person
    named. Where the rules say the same severity as before, what a ladder made worse stays so.
    """
    alert, category = context.alert, _book(context).categories[context.alert.category]
    is_new = "category" in found or decision.severity != before.severity
    was = {"severity": alert.severity, "whistle": alert.whistle}
    alert.severity = decision.severity if is_new else min(alert.severity, decision.severity)
    alert.whistle = decision.whistle
    alert.life_safety = decision.life_safety
    alert.policy = copied_policy(decision)
    if "category" in found:
        alert.household = category.household
    if found:
        book, danger = _book(context), alert.life_safety
        alert.visit = visit_of(book, alert.category, life_safety=danger)
    return followed_codes(alert, was, found)
