"""A suspension (挂账): asked, granted until a date, refused; ended by hand or by the date."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dispatch.deeds.machinery import requests
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.transition import SYSTEM, Actor, Move, move
from dispatch.domain.law.clocks import STANDS_IN
from dispatch.domain.law.extensions import MOST_SUSPENSIONS, latest_end
from dispatch.domain.time.instants import at_clock_time
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.promises.pauses import Standing, pause
from dispatch.promises.policy import policy_of
from dispatch.store.requests import GRANTED, REFUSED, SUSPEND, granted, last_granted
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import tell_of_step

SUSPENDED: Final = "suspended"
OVER: Final = "suspension_over"


def check_suspend(case: Case) -> None:
    """Once for a unit and a promise, until a date that comes, within a year from today."""
    if granted(case.tx.session, case.alert, SUSPEND) >= MOST_SUSPENSIONS:
        raise Refused("suspension_limit")
    today = case.tx.now.astimezone(_zone(case)).date()
    first, last = today + timedelta(days=1), latest_end(today)
    if not first <= case.wish_values["until"] <= last:
        raise case.refuse_field("until", "out_of_range", least=str(first), most=str(last))
    requests.check_asking(case)


def suspend(case: Case) -> Change:
    until = case.wish_values["until"].isoformat()
    running = clocks.running(case.tx.session, case.alert.id)
    mine = [each for clock, each in running.main.items() if clock in STANDS_IN[SUSPENDED]]
    stopping = [*mine, *running.of_supports()]
    requests.ask(case, SUSPEND, stopping, until=until)
    return Change(codes={"until": until}, detail=words_of(case, "reason", "plan"))


def check_grant(case: Case) -> None:
    request = requests.check_decision(case, SUSPEND)
    if _end_of(case, request.codes["until"]) <= case.tx.now:
        raise Refused("end_date_passed")


def check_refusal(case: Case) -> None:
    requests.check_decision(case, SUSPEND)


def grant_suspension(case: Case) -> Change:
    """The clocks stand from the moment of asking: a slow decision costs the unit nothing."""
    request = requests.decide(case, SUSPEND, GRANTED)
    for promise in requests.undecided(case.tx.session, case.alert.id):
        _stood(case, promise, Standing(SUSPENDED, request.unit, since=request.asked_at))
    until = _end_of(case, request.codes["until"])
    request.codes = {**request.codes, "from": case.alert.status}
    case.alert.suspended_until = until
    return Change(
        codes={"until": request.codes["until"]},
        detail=words_of(case, "note"),
        standing=Standing(SUSPENDED, request.unit, until, since=request.asked_at),
    )


def _stood(case: Case, promise: Promise, standing: Standing) -> None:
    """It was kept while the district was silent: its clock stood then, and so it was not late."""
    pause(case.tx.session, promise, case.tx.now, standing)
    promise.state, promise.due_at, promise.flag = "met", None, None


def refuse_suspension(case: Case) -> Change:
    request = requests.decide(case, SUSPEND, REFUSED)
    return Change(codes={"until": request.codes["until"]}, detail=words_of(case, "reason"))


def resume(case: Case) -> Change:
    """By hand, before its date: the alert goes back to where it was suspended."""
    return Change(target=_back(case.tx, case.alert), detail=words_of(case, "note"))


def end_suspension(store: Store, tx: Transaction, alert: Alert, codes: dict[str, Any]) -> None:
    """Its date has come: the alert is in the unit's hands again, and the unit is told."""
    deed = Move(OVER, _back(tx, alert), Actor(SYSTEM, None), codes=codes)
    move(tx, policy_of(store, tx.session, alert), alert, deed)
    columns = {each.key: getattr(alert, each.key) for each in Alert.__mapper__.column_attrs}
    tell_of_step(tx, columns, OVER)


def _back(tx: Transaction, alert: Alert) -> str:
    request = last_granted(tx.session, alert.id, SUSPEND)
    return request.codes["from"] if request else "signed"


def _end_of(case: Case, until: str) -> datetime:
    """The date as it begins in the city."""
    begins = datetime.combine(date.fromisoformat(until), time())
    return at_clock_time(begins, _zone(case)).astimezone(UTC)


def _zone(case: Case) -> ZoneInfo:
    return ZoneInfo(case.playbook.district.timezone)
