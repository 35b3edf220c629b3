"""更正: kind, place, severity or danger to life were wrong; the rules run again."""

from dataclasses import replace
from typing import Final

from dispatch.deeds.machinery.awaited import goes_on
from dispatch.deeds.machinery.beginning import begin_clocks, owner_of_clocks
from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.correcting import (
    DecidedAgain,
    decide_again,
    decided_again,
    look_up_correction,
)
from dispatch.deeds.machinery.first_response import first_instead
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import (
    call_supports,
    called_codes,
    end_support,
    support_codes,
)
from dispatch.deeds.machinery.suspending import hurry
from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.relations import verifier_desk
from dispatch.domain.law.statuses import SUSPENDED, WITH_LEAD
from dispatch.domain.law.steps import STEPS
from dispatch.domain.supports import BY_RULES, COMING, REQUIRED
from dispatch.domain.time.cards import worst_card
from dispatch.promises import clocks
from dispatch.promises.corrected import Correction, correct_clocks, correct_taken_over
from dispatch.promises.policy import policy_of
from dispatch.promises.requests import told_date
from dispatch.rules.deciding.engine import Decision, decide
from dispatch.store.rows import RowValues
from dispatch.telling.correcting import AlertBefore, tell_of_correction
from dispatch.telling.new_dates import new_date, told_codes
from dispatch.telling.releasing import tell_released

# Where the lead can be another one by the rules; elsewhere the work is done, or put off, or waits
# for a ruling, and the rules' lead is only said.
_MAY_MOVE: Final = STEPS["reassign"].sources


@deed(
    "correct",
    tells=(
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("first", "first_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    variants=("told_at",),
    looks_up=look_up_correction,
)
def correct(context: StepContext) -> Change:
    """The lead stays unless the rules name another one than before; then it is as reassigned."""
    alert = context.alert
    was, told_before = AlertBefore.of(alert), told_date(context.tx.session, alert.id)
    again = decide_again(context, decide)
    if alert.life_safety and not was.life_safety:
        hurry(context)
    lead = _another_lead(context, again)
    change = _stays(context, was) if lead is None else _goes_to(context, lead, was)
    released = _release_unnamed(context, again.before, again.decision)
    called = _call_named(context, again.before, again.decision)
    if lead is not None:
        called += call_supports(context, first_instead(context, was.lead, again.decision), BY_RULES)
    change.helping = called
    if change.target is None and not any(row["kind"] == REQUIRED for row in called):
        change = goes_on(context, change)
    date = new_date(told_before, told_date(context.tx.session, alert.id))
    change.codes = again.codes | support_codes(called) | change.codes | told_codes(date)
    change.detail = again.detail | masked_words(context, "reason")
    news = called_codes(called) | ({"released": released} if released else {})
    change.then = [decided_again(context, again, **news, **_outcome(context, again, change))]
    facts = replace(context.situation.facts, street=alert.street)
    tell_of_correction(
        context.tx,
        alert,
        was,
        to_reporter=date if date or again.moves_desk else None,
        verifier=verifier_desk(facts, context.organisation),
        texts=again.decision.notices,
        cause=context.client_id,
    )
    return change


def _another_lead(context: StepContext, again: DecidedAgain) -> str | None:
    """The unit that the rules name now and did not name before; None where the lead stays."""
    alert, decision, before = context.alert, again.decision, again.before
    is_known = decision.lead in context.playbook.units
    if not again.moves_desk or decision.needs_person or not is_known:
        return None
    if alert.status == "reported":
        return decision.lead
    is_new = decision.lead not in {alert.lead, before.lead}
    if alert.lead in barred_units(context.organisation, alert.about_unit, alert.street):
        is_new = decision.lead != alert.lead  # it came to whom it must not reach
    return decision.lead if is_new and alert.status in _MAY_MOVE else None


def _goes_to(context: StepContext, lead: str, was: AlertBefore) -> Change:
    """As accepted, where nobody had it yet; else as reassigned."""
    alert = context.alert
    as_step = "accept" if alert.status == "reported" else "reassign"
    assign_lead(context, lead)
    found = correct_taken_over(_correction(context, was))
    begin_clocks(context.tx, policy_of(context.store, context.tx.session, alert), found.begun)
    return Change(target="dispatched", moves_as=as_step, codes={"before": was.lead})


def _stays(context: StepContext, was: AlertBefore) -> Change:
    tx, alert = context.tx, context.alert
    found = correct_clocks(_correction(context, was))
    begin_clocks(tx, policy_of(context.store, tx.session, alert), found.begun)
    tx.session.flush()
    running = clocks.open_promises(tx.session, alert.id).all()
    alert.card = worst_card(promise.card for promise in running)
    return Change(codes={"promises": found.outcomes} if found.outcomes else {})


def _correction(context: StepContext, was: AlertBefore) -> Correction:
    tx, alert = context.tx, context.alert
    return Correction(
        tx,
        policy_of(context.store, tx.session, alert),
        alert,
        owner_of_clocks(tx.session, context.policy, alert),
        was.life_safety,
    )


def _has_supports(context: StepContext) -> bool:
    alert = context.alert
    return alert.lead is not None and alert.status in WITH_LEAD | {"reported", SUSPENDED}


def _named(decision: Decision) -> list[tuple[str, str]]:
    return [(each.unit, each.mode) for each in decision.supports]


def _release_unnamed(context: StepContext, before: Decision, now: Decision) -> list[str]:
    """Releases the units that the rules named before and no more, where they have not signed, and
    returns those that read so. Whoever has begun goes on until a person releases them.
    """
    if not _has_supports(context):
        return []
    named = _named(now)
    gone = [unit for unit, mode in _named(before) if (unit, mode) not in named]
    return [unit for unit in gone if _release(context, unit, dict(named).get(unit))]


def _call_named(context: StepContext, before: Decision, now: Decision) -> list[RowValues]:
    """Calls the units that the rules name now and did not name before, or for something else."""
    if not _has_supports(context) or context.alert.status == SUSPENDED:
        return []
    known = [] if context.alert.status == "reported" else _named(before)
    wanted = [each for each in _named(now) if each not in known]
    return [*call_supports(context, wanted, BY_RULES)]


def _release(context: StepContext, unit: str, now: str | None) -> bool:
    """Releases the unit that the rules called, unless it signed or is only asked for more (`now`:
    as what they name it from now on). Returns whether it need not come any more.
    """
    support = context.support_of(unit)
    if support is None or support.signed_at is not None or support.caller not in {None, BY_RULES}:
        return False
    end_support(context, support)
    is_over = now not in COMING or support.kind in COMING
    if is_over:
        tell_released(context.tx, support)
    return is_over and now is None


def _outcome(context: StepContext, again: DecidedAgain, change: Change) -> dict[str, bool]:
    """Which sentence the log has: the alert went to another unit, or the rules would send it."""
    if change.target is not None:
        return {"dispatched" if change.moves_as == "accept" else "moved": True}
    lead = context.alert.lead
    return {"differs": lead is not None and lead != again.decision.lead}
