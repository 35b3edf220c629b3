"""What each step demands beyond status and role before its fields are filled: one table.

A guard returns the refusal, or None where nothing stands in the way.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.request_limits import MOST_EXTENSIONS, MOST_SUSPENSIONS, asked_in_time
from dispatch.domain.law.request_names import EXTEND, RETURN, SUSPEND, VOID
from dispatch.domain.law.rows.choices import SHORTEST_SPAN_S
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.support_guards import (
    asked_of_me,
    called_somebody,
    comes_next,
    first_response_came,
    has_hands,
    others_called,
    somebody_helps,
)
from dispatch.domain.law.support_steps import OWN_STEPS
from dispatch.domain.law.windows import reopens_until, unmerges_until
from dispatch.errors import Refused

URGE_EVERY: Final = timedelta(hours=4)
MOST_RETURNS: Final = 2

Guard = Callable[[Step, Situation], Refused | None]


def _free_to_go(_step: Step, situation: Situation) -> Refused | None:
    """A danger to life stays with the street, and an alert that others were merged into stays open
    for them.
    """
    if situation.life_safety:
        return Refused("life_safety_stays")
    return Refused("others_follow") if situation.has_followers else None


def _is_no_danger(_step: Step, situation: Situation) -> Refused | None:
    """Whoever finds that nobody is in danger says so first."""
    return Refused("life_safety_first") if situation.life_safety else None


def _return(_step: Step, situation: Situation) -> Refused | None:
    """Once for each unit, twice for an alert, never after a final ruling, only until it should have
    been signed, or until a working day after signing.
    """
    asked = any(
        request.kind == RETURN and request.unit == situation.facts.lead
        for request in situation.requests
    )
    if asked or situation.returns >= MOST_RETURNS or situation.is_ruled_final:
        return Refused("return_limit")
    too_late = situation.returns_until is not None and situation.now > situation.returns_until
    return Refused("return_too_late") if too_late else None


def _not_my_own(kind: str) -> Guard:
    """The guard of a decision: a request of this kind waits, and somebody else asked for it."""

    def guard(_step: Step, situation: Situation) -> Refused | None:
        request = situation.waiting_request(EXTEND, SUSPEND)
        if request is None or request.kind != kind:
            return Refused("nothing_asked")
        return Refused("own_request") if request.is_mine else None

    return guard


def _ruled_by_another(_step: Step, situation: Situation) -> Refused | None:
    request = situation.waiting_request(RETURN)
    return Refused("own_request") if request is not None and request.is_mine else None


def _somebody_comes(_step: Step, situation: Situation) -> Refused | None:
    return Refused("step_conflict", status=situation.status) if situation.visit == "none" else None


def _was_there(_step: Step, situation: Situation) -> Refused | None:
    """An alert that must be visited cannot be submitted before anybody arrived."""
    from_afar = situation.status == "signed" and situation.visit == "required"
    return Refused("step_conflict", status=situation.status) if from_afar else None


def _not_confirmed(_step: Step, situation: Situation) -> Refused | None:
    """A lead that has confirmed waits for the units that still work, and for nothing else."""
    if not situation.is_confirmed:
        return None
    awaited = [each.unit for each in situation.supports if each.is_waited_for]
    return Refused("supports_at_work", units=awaited, count=len(awaited))


def _urged_long_ago(_step: Step, situation: Situation) -> Refused | None:
    if situation.urged_at is None or situation.now >= situation.urged_at + URGE_EVERY:
        return None
    again = situation.urged_at + URGE_EVERY
    return Refused(
        "urged_lately",
        hours=URGE_EVERY // timedelta(hours=1),
        at=again,
    )


def _first_contact(_step: Step, situation: Situation) -> Refused | None:
    return Refused("already_contacted") if situation.is_contacted else None


def _not_asked_yet(_step: Step, situation: Situation) -> Refused | None:
    return Refused("void_asked") if situation.waiting_request(VOID) else None


def _was_asked(_step: Step, situation: Situation) -> Refused | None:
    return None if situation.waiting_request(VOID) else Refused("void_not_asked")


def _second_person(_step: Step, situation: Situation) -> Refused | None:
    request = situation.waiting_request(VOID)
    if request is None:
        return Refused("void_not_asked")
    return Refused("second_person") if request.is_mine else None


def _asks_in_time(_step: Step, situation: Situation) -> Refused | None:
    """One request at a time, before nine tenths of the time to dispose are used."""
    if situation.waiting_request(EXTEND, SUSPEND):
        return Refused("request_open")
    if situation.dispose is None or situation.dispose.used_and_given is None:
        return Refused("not_timed")
    return None if asked_in_time(*situation.dispose.used_and_given) else Refused("asked_too_late")


def _extensions_left(_step: Step, situation: Situation) -> Refused | None:
    spent = situation.granted(EXTEND) >= MOST_EXTENSIONS
    return Refused("extension_limit", most=MOST_EXTENSIONS) if spent else None


def _suspensions_left(_step: Step, situation: Situation) -> Refused | None:
    return Refused("suspension_limit") if situation.granted(SUSPEND) >= MOST_SUSPENSIONS else None


def _date_to_come(_step: Step, situation: Situation) -> Refused | None:
    """An alert cannot be suspended until a date that has come already."""
    request = situation.waiting_request(SUSPEND)
    past = request is not None and request.until is not None and request.until <= situation.today
    return Refused("end_date_passed") if past else None


def _reopens(_step: Step, situation: Situation) -> Refused | None:
    """Within the district's days after closing, and only where the unit that led is still there."""
    days, zone = situation.district.reopen_days, situation.district.zone
    until = reopens_until(situation.closed_at, days, zone) if situation.closed_at else None
    if until is None or situation.now > until:
        return Refused("reopen_late", days=days)
    return (
        None if situation.can_be_led else Refused("unknown_unit", unit=situation.facts.lead or "–")
    )


def _may_be_followed(_step: Step, situation: Situation) -> Refused | None:
    return Refused("merge_private") if situation.is_private else None


def _unmerges(_step: Step, situation: Situation) -> Refused | None:
    in_time = situation.merged_at is not None and situation.now <= unmerges_until(
        situation.merged_at
    )
    return None if in_time else Refused("unmerge_late")


def _ladder_in_hand(step: Step, situation: Situation) -> Refused | None:
    """Some clock within reach has a rung left that a person may fire."""
    return None if situation.reachable_clocks(step) else Refused("no_step_left")


def _reminder_in_hand(step: Step, situation: Situation) -> Refused | None:
    """Some reminder within reach can still be put off by the shortest span."""
    clocks = situation.reachable_clocks(step)
    if any(each.put_off_s >= SHORTEST_SPAN_S for each in clocks):
        return None
    if any(each.snooze_s >= SHORTEST_SPAN_S for each in clocks):
        return Refused("snooze_past_due")
    most = [each.snooze_most_s for each in clocks if each.snooze_most_s is not None]
    return Refused("snooze_limit", minutes=max(most) // 60) if most else Refused("no_step_left")


GUARDS: Final[Mapping[str, tuple[Guard, ...]]] = MappingProxyType(
    {
        "decline": (_is_no_danger,),
        "withdraw": (_free_to_go,),
        "return": (_return, first_response_came),
        "rule": (_ruled_by_another,),
        "assign": (has_hands,),
        "arrive": (_somebody_comes,),
        "submit": (_was_there,),
        "confirm": (_not_confirmed,),
        "send_back": (_not_confirmed,),
        "release_support": (somebody_helps, called_somebody),
        "ask_release": (others_called,),
        "agree_release": (asked_of_me,),
        "refuse_release": (asked_of_me,),
        **dict.fromkeys(OWN_STEPS, (comes_next,)),
        "support_assign": (comes_next, has_hands),
        "urge": (_urged_long_ago,),
        "contact": (_first_contact,),
        "void": (_not_asked_yet,),
        "confirm_void": (_second_person,),
        "refuse_void": (_was_asked,),
        "extend": (_extensions_left, _asks_in_time),
        "grant_extension": (_not_my_own(EXTEND),),
        "refuse_extension": (_not_my_own(EXTEND),),
        "suspend": (_suspensions_left, _asks_in_time),
        "grant_suspension": (_not_my_own(SUSPEND), _date_to_come),
        "refuse_suspension": (_not_my_own(SUSPEND),),
        "reopen": (_reopens,),
        "merge": (_may_be_followed,),
        "unmerge": (_unmerges,),
        **dict.fromkeys(LADDER_STEPS, (_ladder_in_hand,)),
        "snooze": (_reminder_in_hand,),
    },
)
