"""What a step changes beside status and clocks: one function a step, all in one table."""

from collections.abc import Callable, Mapping
from typing import Final

from dispatch.deeds.machinery import (
    extensions,
    merging,
    reopening,
    support_deeds,
    suspensions,
    voiding,
)
from dispatch.deeds.machinery.alert_rows import texts_for_reporter
from dispatch.deeds.machinery.arriving import arrive_for
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words, words_of
from dispatch.deeds.machinery.ladder import escalate_now, snooze
from dispatch.deeds.machinery.leading import give_task, give_to
from dispatch.deeds.machinery.rework import rest_to_dispose
from dispatch.deeds.machinery.supports import call_in, told_of
from dispatch.domain.supports import REQUIRED
from dispatch.promises.policy import copied_policy
from dispatch.rules.engine import decide_for
from dispatch.store.ids import new_id
from dispatch.store.past_alerts import facts_of
from dispatch.store.requests import RETURN, open_request
from dispatch.store.tables import Request


def _accept(case: Case) -> Change:
    """The street names the lead; promised is what the rules promise where that unit leads."""
    lead = case.wish_values["lead"]
    playbook = case.policy.playbook
    facts = facts_of(case.tx.session, case.alert.id, playbook)
    decision = decide_for(playbook, facts, lead)
    case.alert.policy = copied_policy(decision)
    give_to(case, lead)
    called = call_in(case, [(each.unit, each.mode) for each in decision.supports])
    detail = words_of(case, "note") | texts_for_reporter(decision)
    codes = {"lead": lead, **told_of(called)}
    return Change(codes=codes, detail=detail, helping=called)


def _decline(case: Case) -> Change:
    return Change(
        codes={"reason": case.wish_values["reason"]}, detail=words_of(case, "where_instead")
    )


def _sign(case: Case) -> Change:
    lead = case.lead
    if lead is not None:
        lead.signed_at = case.tx.now
    return _assign(case) if case.wish_values.get("to") else Change(detail=words_of(case, "note"))


def _assign(case: Case) -> Change:
    change = give_task(case, case.lead)
    case.alert.handler = change.codes.get("handler")
    return change


def _return(case: Case) -> Change:
    alert, proposed = case.alert, case.wish_values["proposed"]
    alert.returns += 1
    case.tx.session.add(
        Request(
            id=new_id(),
            alert_id=alert.id,
            kind=RETURN,
            unit=alert.lead or "",
            asked_at=case.tx.now,
            codes={"proposed": proposed, "from": alert.status, "asker": case.by_ref},
        ),
    )
    return Change(
        codes={"proposed": proposed},
        detail=words_of(case, "reason", "clause", "finding"),
    )


def _rule(case: Case) -> Change:
    """Upheld: another lead. Rejected: the same, and it counts. Joint: the same with a support."""
    verdict, alert = case.wish_values["verdict"], case.alert
    request = open_request(case.tx.session, alert.id, RETURN)
    proposed = request.codes["proposed"] if request else alert.lead
    named = str(case.wish_values.get("lead") or proposed)
    if request is not None:
        request.ruled_at, request.verdict = case.tx.now, verdict
    alert.ruled_final = bool(case.wish_values.get("final"))
    give_to(case, named if verdict == "upheld" else alert.lead or named)
    called = call_in(case, [(named, REQUIRED)] if verdict == "joint" else [])
    return Change(
        codes={
            "verdict": verdict,
            "lead": alert.lead,
            "final": alert.ruled_final,
            **told_of(called),
        },
        detail=words_of(case, "reason"),
        helping=called,
    )


def _reassign(case: Case) -> Change:
    before, lead = case.alert.lead, case.wish_values["lead"]
    give_to(case, lead)
    return Change(codes={"lead": lead, "before": before}, detail=words_of(case, "reason"))


def _arrive(case: Case) -> Change:
    change = arrive_for(case, case.lead)
    case.alert.handler = case.alert.handler or case.access.person_id
    return change


def _submit(case: Case) -> Change:
    if case.lead is not None:
        case.lead.finished_at = case.tx.now
        case.lead.handler = case.lead.handler or case.access.person_id
    case.alert.handler = case.alert.handler or case.access.person_id
    return only_words(case)


def _verify_ok(case: Case) -> Change:
    change = only_words(case)
    change.codes = {"grade": case.wish_values.get("grade")}
    return change


def _verify_fail(case: Case) -> Change:
    case.alert.reworks += 1
    change = only_words(case)
    change.budgets = rest_to_dispose(case)
    return change


def _rate(case: Case) -> Change:
    """Solved: closed. Not solved: done again; the second time the street looks for itself."""
    solved, grade = case.wish_values["solved"], case.wish_values.get("grade")
    change = Change(codes={"solved": solved, "grade": grade}, detail=words_of(case, "note"))
    if solved:
        return change
    case.alert.redone += 1
    change.target = "signed" if case.alert.redone == 1 else "verifying"
    if change.target == "signed":
        change.budgets = rest_to_dispose(case)
    return change


def _urge(case: Case) -> Change:
    case.alert.urged_at = case.tx.now
    return Change(detail=words_of(case, "note"))


def _snooze(case: Case) -> Change:
    return Change(codes=snooze(case), detail=words_of(case, "reason"))


def _escalate(case: Case) -> Change:
    return Change(codes=escalate_now(case), detail=words_of(case, "reason"))


def _contact(case: Case) -> Change:
    """Words to the reporter, who reads them in their own story as the unit's."""
    if case.lead is not None:
        case.lead.contacted_at = case.tx.now
    return Change(detail=words_of(case, "message"))


EFFECTS: Final[Mapping[str, Callable[[Case], Change]]] = {
    "accept": _accept,
    "decline": _decline,
    "withdraw": only_words,
    "sign": _sign,
    "assign": _assign,
    "return": _return,
    "rule": _rule,
    "reassign": _reassign,
    "arrive": _arrive,
    "note": only_words,
    "submit": _submit,
    "send_back": only_words,
    "confirm": only_words,
    "verify_ok": _verify_ok,
    "verify_fail": _verify_fail,
    "rate": _rate,
    "urge": _urge,
    "snooze": _snooze,
    "escalate": _escalate,
    "call_support": support_deeds.call_support,
    "release_support": support_deeds.release_support,
    "support_sign": support_deeds.sign,
    "support_assign": support_deeds.assign,
    "support_arrive": support_deeds.arrive,
    "support_finish": support_deeds.finish,
    "void": voiding.ask,
    "confirm_void": voiding.confirm,
    "refuse_void": voiding.refuse,
    "contact": _contact,
    "extend": extensions.extend,
    "grant_extension": extensions.grant_extension,
    "refuse_extension": extensions.refuse_extension,
    "suspend": suspensions.suspend,
    "grant_suspension": suspensions.grant_suspension,
    "refuse_suspension": suspensions.refuse_suspension,
    "resume": suspensions.resume,
    "reopen": reopening.reopen,
    "merge": merging.merge,
    "unmerge": merging.unmerge,
}
