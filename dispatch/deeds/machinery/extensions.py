"""An extension (延期) of the time to dispose: asked, granted, refused."""

from dispatch.deeds.machinery import requests
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.rework import rest_of
from dispatch.domain.law.extensions import MOST_EXTENSIONS
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.promises.clocks import PENDING
from dispatch.promises.due_times import EXTEND as EXTENDED
from dispatch.promises.replan import plan_again
from dispatch.store.ids import new_id
from dispatch.store.requests import EXTEND, GRANTED, REFUSED, granted
from dispatch.store.tables import Promise, PromiseEvent, Request


def check_extend(case: Case) -> None:
    """Twice at most for a unit and a promise, each time by no more than the limit as written."""
    if granted(case.tx.session, case.alert, EXTEND) >= MOST_EXTENSIONS:
        raise Refused("extension_limit", most=MOST_EXTENSIONS)
    limit = Limit.parse(requests.check_asking(case).limit)
    if not 1 <= case.wish_values["by"] <= limit.value:
        raise case.refuse_field("by", "out_of_range", least=1, most=limit.value)


def extend(case: Case) -> Change:
    promise = requests.check_asking(case)
    by = Limit(case.wish_values["by"], Limit.parse(promise.limit).unit)
    requests.ask(case, EXTEND, [promise], by=by.value, unit=by.unit)
    return Change(codes={"by": str(by)}, detail=words_of(case, "reason"))


def check_decision(case: Case) -> None:
    requests.check_decision(case, EXTEND)


def grant_extension(case: Case) -> Change:
    """The promise is as if it had been so long from its start, whenever the district decides:
    also where it was kept meanwhile, and so is the rework that goes on with its rest.
    """
    request = requests.check_decision(case, EXTEND)
    rounds = list(requests.undecided(case.tx.session, case.alert.id))
    if (running := _running(case)) is not None:
        rounds.append(running)
    case.tx.session.add(_event(case, rounds[0], request))
    requests.decide(case, EXTEND, GRANTED)
    for before, promise in zip([None, *rounds], rounds, strict=False):
        _decided(case, promise, before)
    by = Limit(request.codes["by"], request.codes["unit"])
    due_at = rounds[-1].due_at and rounds[-1].due_at.isoformat()
    return Change(codes={"by": str(by), "due_at": due_at}, detail=words_of(case, "note"))


def _decided(case: Case, promise: Promise, before: Promise | None) -> None:
    """`before`: the round whose rest this one goes on with; that rest has grown."""
    if before is not None:
        promise.budget_s = rest_of(case, before)
    if promise.state == PENDING:
        promise.flag = None
    plan_again(case.tx.session, case.policy, promise)
    if promise.state == PENDING and promise.stopped_at is not None:
        in_time = promise.due_at is None or promise.stopped_at <= promise.due_at
        promise.state = "met" if in_time else "missed"


def _event(case: Case, promise: Promise, request: Request) -> PromiseEvent:
    return PromiseEvent(
        id=new_id(),
        promise_id=promise.id,
        at=case.tx.now,
        kind=EXTENDED,
        owner=request.unit,
        amount=request.codes["by"],
    )


def refuse_extension(case: Case) -> Change:
    """As if nobody had asked."""
    request = requests.decide(case, EXTEND, REFUSED)
    by = Limit(request.codes["by"], request.codes["unit"])
    return Change(codes={"by": str(by)}, detail=words_of(case, "reason"))


def _running(case: Case) -> Promise | None:
    return clocks.running(case.tx.session, case.alert.id).main.get(requests.CLOCK)
