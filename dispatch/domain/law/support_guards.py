"""The guards of what is done with units that help: who is called, comes, and may be released."""

from dispatch.domain.law.naming import hands_of
from dispatch.domain.law.request_names import RELEASE
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.support_callers import released_by
from dispatch.domain.supports import FIRST, Support
from dispatch.errors import Fault, Refused


def first_response_came(_step: Step, situation: Situation) -> Refused | None:
    """Where life is in danger, whose duty it is comes after somebody is there: of the first
    response, or, where it was released, of whoever helps. Nobody is waited for where none was
    called.
    """
    called = [each for each in situation.supports if each.mode == FIRST]
    awaited = called or situation.first_released
    who_can = called or (*awaited, *situation.supports)
    if not situation.life_safety or not awaited or any(each.has_come for each in who_can):
        return None
    return Refused("first_response_first", units=sorted({each.unit for each in awaited}))


def somebody_helps(_step: Step, situation: Situation) -> Refused | None:
    return None if situation.supports else _nobody_to_name("unit")


def called_somebody(_step: Step, situation: Situation) -> Refused | None:
    """Some unit that helps was called by whoever the person acts for."""
    is_mine = any(_is_mine(each, situation) for each in situation.supports)
    return None if is_mine else Refused("called_by_another")


def others_called(_step: Step, situation: Situation) -> Refused | None:
    """Some unit that is at work was called by others; one question at a time."""
    if situation.waiting_request(RELEASE):
        return Refused("release_asked")
    at_work = [each for each in situation.supports if each.is_at_work]
    of_others = any(not _is_mine(each, situation) for each in at_work)
    return None if of_others else _nobody_to_name("unit")


def asked_of_me(_step: Step, situation: Situation) -> Refused | None:
    """Somebody asked for the release of a unit that whoever the person acts for has called."""
    request = situation.waiting_request(RELEASE)
    wanted = [each for each in situation.supports if request and each.unit == request.support]
    if not wanted:
        return Refused("nothing_asked")
    is_mine = any(_is_mine(each, situation) for each in wanted)
    return None if is_mine else Refused("called_by_another")


def _is_mine(support: Support, situation: Situation) -> bool:
    """Whether the person acts for whoever may release it."""
    return released_by(support, life_safety=situation.life_safety) in situation.held


def has_hands(step: Step, situation: Situation) -> Refused | None:
    """There is a team or a person to whom the unit can give the work."""
    own = situation.own_support(step)
    hands = hands_of(own.unit if own else situation.facts.lead, situation)
    return None if hands.teams or hands.units & situation.staffed else _nobody_to_name("to")


def comes_next(step: Step, situation: Situation) -> Refused | None:
    return None if situation.own_support(step) else Refused("support_conflict")


def _nobody_to_name(field: str) -> Refused:
    return Refused("invalid", faults=(Fault(field, "nobody_to_send"),), count=1)
