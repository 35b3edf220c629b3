"""Everything that can be refused: a stable code, a status, and a sentence in the catalogues."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# The sentences stand in translations/<language>/problems.json; a test holds both complete.
PROBLEMS: Final[Mapping[str, int]] = MappingProxyType(
    {
        # the request itself
        "bad_request": 400,
        "not_json": 400,
        "not_found": 404,
        "no_such_version": 404,
        "method_not_allowed": 405,
        "too_large": 413,
        "unsupported_media": 415,
        "invalid": 422,
        "unknown_filter": 422,
        "bad_cursor": 422,
        "slow_down": 429,
        # who is asking
        "not_signed_in": 401,
        "bad_credentials": 401,
        "csrf_missing": 403,
        "https_required": 403,
        "forbidden": 403,
        "forbidden_step": 403,
        "own_work": 403,
        "link_used": 410,
        "locked_out": 429,
        # alerts and their steps
        "alert_exists": 409,
        "version_conflict": 409,
        "step_conflict": 409,
        "step_exists": 409,
        "support_conflict": 409,
        "supports_at_work": 409,
        "return_limit": 409,
        "urged_lately": 409,
        "snooze_limit": 409,
        "no_step_left": 409,
        "life_safety_stays": 409,
        "void_asked": 409,
        "void_not_asked": 409,
        "second_person": 409,
        "already_contacted": 409,
        "request_open": 409,
        "nothing_asked": 409,
        "own_request": 403,
        "asked_too_late": 409,
        "extension_limit": 409,
        "suspension_limit": 409,
        "not_timed": 409,
        "end_date_passed": 409,
        "reopen_late": 409,
        "others_follow": 409,
        "merge_closed": 409,
        "merge_itself": 422,
        "merge_private": 422,
        "unmerge_late": 409,
        "later_step": 422,
        "place_implausible": 422,
        "too_far_away": 422,
        "accusation_elsewhere": 422,
        # photos
        "photo_empty": 422,
        "photo_unreadable": 422,
        "photo_too_large": 413,
        "photo_too_many_pixels": 422,
        "photo_digest_mismatch": 422,
        "photo_undeclared": 422,
        "photo_missing": 422,
        # the feed and the sockets
        "gap_too_wide": 410,
        "server_full": 503,
        # people, playbook, commands
        "name_taken": 409,
        "weak_password": 422,
        "unknown_person": 404,
        "unknown_unit": 404,
        "unknown_report": 404,
        "playbook_refused": 422,
        "playbook_in_use": 409,
        "playbook_hands": 409,
        "no_playbook": 503,
        "calendar_ends": 422,
        "mapping_refused": 422,
        "column_missing": 422,
        "file_unreadable": 422,
        "file_not_utf8": 422,
        "file_broken": 422,
        "no_questions": 422,
        "settings_refused": 422,
        "demo_refused": 409,
        "not_migrated": 503,
        "log_broken": 409,
        "target_not_empty": 409,
        # us
        "busy": 503,
        "not_ready": 503,
        "database_silent": 503,
        "database_away": 503,
        "internal": 500,
    },
)

# What can be wrong with one field.
FAULTS: Final = frozenset(
    {
        "missing",
        "unknown_field",
        "wrong_type",
        "too_long",
        "too_short",
        "too_many",
        "too_few",
        "unknown_value",
        "unknown_alert",
        "out_of_range",
        "in_the_future",
        "not_a_time",
        "not_a_date",
        "not_a_uuid",
        "not_a_digest",
        "not_a_url",
        "control_characters",
        "text_or_photo",
        "position_or_grid",
        "repeated",
        "photo_needed",
        "not_for_this_step",
        "not_grouped",
        "unit_in_use",
    },
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; `field` is its path, as in `answers.depth` or `photos.2`."""

    field: str
    code: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in FAULTS:
            raise LookupError(f"{self.code} has no line in errors.FAULTS")


class Refused(Exception):  # noqa: N818 - the city refuses; nothing broke
    """Raised anywhere, translated once at the border."""

    def __init__(self, code: str, *, faults: Iterable[Fault] = (), **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = PROBLEMS[code]
        self.faults = tuple(faults)
        self.params = params

    def __str__(self) -> str:
        return " ".join(
            (
                self.code,
                *(f"{name}={value}" for name, value in self.params.items()),
                *(f"[{fault.field}: {fault.code}]" for fault in self.faults),
            ),
        )
