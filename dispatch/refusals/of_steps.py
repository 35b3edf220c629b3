"""What is refused of a step: by the law, by its guard, by its deed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_STEPS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "forbidden_step": Problem(403, ("who",)),
        "own_work": Problem(403),
        "own_report": Problem(403),
        "own_lead": Problem(403),
        "own_handling": Problem(403),
        "version_conflict": Problem(409, ("unit", "step", "at", "status", "version")),
        "step_conflict": Problem(409, ("status",)),
        "step_exists": Problem(409),
        "support_conflict": Problem(409),
        "first_response_first": Problem(409, ("units",)),
        "called_by_another": Problem(403),
        "release_asked": Problem(409),
        "supports_at_work": Problem(409, ("count", "units")),
        "return_limit": Problem(409),
        "return_too_late": Problem(409),
        "urged_lately": Problem(409, ("hours", "at")),
        "snooze_limit": Problem(409, ("minutes",)),
        "snooze_past_due": Problem(409),
        "no_step_left": Problem(409),
        "life_safety_first": Problem(409),
        "life_safety_stays": Problem(409),
        "void_asked": Problem(409),
        "void_not_asked": Problem(409),
        "second_person": Problem(409),
        "already_contacted": Problem(409),
        "request_open": Problem(409),
        "nothing_asked": Problem(409),
        "nothing_corrected": Problem(422),
        "accusation_as_kind": Problem(422),
        "own_request": Problem(403),
        "asked_too_late": Problem(409),
        "extension_limit": Problem(409, ("most",)),
        "suspension_limit": Problem(409),
        "not_timed": Problem(409),
        "end_date_passed": Problem(409),
        "reopen_late": Problem(409, ("days",)),
        "others_follow": Problem(409),
        "merge_closed": Problem(409, ("number", "status")),
        "merge_itself": Problem(422),
        "merge_private": Problem(422),
        "merge_danger": Problem(409, ("number",)),
        "merge_danger_late": Problem(409, ("number", "status")),
        "unmerge_late": Problem(409),
        "later_step": Problem(422, ("step",)),
        "place_implausible": Problem(422),
        "too_far_away": Problem(422, ("distance_m", "allowed_m")),
        "photo_missing": Problem(422),
    },
)
