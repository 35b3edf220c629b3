"""What is refused of somebody who comes in, and of accounts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_PEOPLE: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "not_signed_in": Problem(401),
        "session_locked": Problem(401),
        "bad_credentials": Problem(401),
        "csrf_missing": Problem(403),
        "https_required": Problem(403),
        "forbidden": Problem(403),
        "second_factor_needed": Problem(403),
        "code_wanted": Problem(422),
        "wrong_code": Problem(422),
        "offer_over": Problem(410),
        "no_second_factor": Problem(404),
        "acting_as_whom": Problem(403),
        "of_system_admin": Problem(403),
        "of_security_admin": Problem(403),
        "of_auditor": Problem(403),
        "admins_apart": Problem(409),
        "link_used": Problem(410),
        "locked_out": Problem(429, ("minutes",)),
        "account_guessed": Problem(429, ("minutes",)),
        "name_taken": Problem(409, ("name",)),
        "weak_password": Problem(422, ("least",)),
        "common_password": Problem(422),
        "own_name_password": Problem(422),
        "city_name_password": Problem(422),
        "wrong_password": Problem(422),
        "unknown_person": Problem(404, ("name",)),
        "unknown_sign_in": Problem(404),
    },
)
