"""An alert that ROADS leads in the north and others help with, before somebody: for the law."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dispatch.domain.law.relations import relations
from dispatch.domain.law.situation import DisposeTerms, DistrictTerms, RunningClock, Situation
from dispatch.domain.law.who import LEAD_UNIT
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.supports import BY_RULES, Support
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KINDS = {
    "town": "district",
    "north": "street",
    "north-1": "community",
    "north-1-1": "grid",
    **dict.fromkeys(("ROADS", "WATER", "TREES"), "department"),
    "GANG": "team",
    "FIRM": "company",
}
TOWN = Organisation(
    parents={
        "town": None,
        "north": "town",
        "north-1": "north",
        "north-1-1": "north-1",
        **dict.fromkeys(("ROADS", "WATER", "TREES"), "town"),
        "GANG": "ROADS",
        "FIRM": "ROADS",
    },
    kinds=KINDS,
)
PEOPLE = {
    "desk": Grant("department_dispatcher", "ROADS"),
    "water": Grant("department_dispatcher", "WATER"),
    "diver": Grant("handler", "WATER"),
    "street": Grant("street_dispatcher", "north"),
    "boss": Grant("supervisor", "town"),
}
WATER = Support("WATER", id="water", called_at=NOW, caller=LEAD_UNIT)
TREES = Support("TREES", id="trees", called_at=NOW, caller=BY_RULES)
LED = AlertFacts(lead="ROADS", street="north")
BOTH_HELP = replace(LED, helping=(WATER, TREES), supports=("WATER", "TREES"))
A_REMINDER = RunningClock("dispose", None, has_rung=True, snooze_most_s=7200, snooze_s=7200)


def situation_of(who="desk", **known):
    """An alert that ROADS leads in the north, before one of the PEOPLE."""
    access = Access(who, (PEOPLE[who],))
    facts = known.pop("facts", LED)
    situation = Situation(
        alert_id="1",
        now=NOW,
        access=access,
        organisation=TOWN,
        facts=facts,
        district=DistrictTerms(ZoneInfo("Asia/Shanghai"), reopen_days=15),
        status="signed",
        held=relations(access, facts, TOWN),
        supports=facts.helping,
        running_clocks=(A_REMINDER,),
    )
    return replace(situation, **known)


def said(refusal):
    assert isinstance(refusal, Refused)
    if refusal.faults:
        assert refusal.params == {"count": len(refusal.faults)}
        return [(each.field, each.code, dict(each.params)) for each in refusal.faults]
    return refusal.code, dict(refusal.params)


EIGHT_HOURS = DisposeTerms(Limit(8, "hours"), None, None)
