"""Every refusal and every fault of a field: its code, its HTTP status, its parameters."""

import dataclasses
import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Problem:
    """One reason to refuse. `params`: the names of the parameters of its sentence."""

    status: int
    params: tuple[str, ...] = ()


# What is refused of a step: by the law, by its guard, by its deed.
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
# What is refused of the bytes of a photo.
OF_PHOTOS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "photo_empty": Problem(422),
        "photo_unreadable": Problem(422),
        "photo_too_large": Problem(413, ("max_mb",)),
        "photo_too_many_pixels": Problem(422, ("max_megapixels",)),
        "photo_too_complex": Problem(422),
        "photo_heic": Problem(422),
        "photo_digest_mismatch": Problem(422),
        "photo_undeclared": Problem(422),
        "photos_busy": Problem(503, ("seconds",)),
    },
)
# The sentences are in translations/<language>/problems.json. Tests check that none is missing, and
# that every refusal is raised with these parameters.
PROBLEMS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        # the request itself
        "bad_request": Problem(400),
        "not_json": Problem(400),
        "not_found": Problem(404),
        "no_such_version": Problem(404, ("version",)),
        "method_not_allowed": Problem(405),
        "too_large": Problem(413, ("max_mb",)),
        "unsupported_media": Problem(415, ("wanted",)),
        "invalid": Problem(422, ("count",)),
        "unknown_filter": Problem(422, ("name", "known")),
        "bad_cursor": Problem(422),
        "slow_down": Problem(429, ("seconds",)),
        # who is asking
        "not_signed_in": Problem(401),
        "session_locked": Problem(401),
        "bad_credentials": Problem(401),
        **dict.fromkeys(("csrf_missing", "https_required", "forbidden"), Problem(403)),
        "second_factor_needed": Problem(403),
        **dict.fromkeys(("code_wanted", "wrong_code"), Problem(422)),
        **dict.fromkeys(("link_used", "offer_over"), Problem(410)),
        "locked_out": Problem(429, ("minutes",)),
        "account_guessed": Problem(429, ("minutes",)),
        # reports
        "alert_exists": Problem(409),
        "accusation_elsewhere": Problem(422, ("number",)),
        **OF_STEPS,
        **OF_PHOTOS,
        # the feed and the sockets
        "gap_too_wide": Problem(410),
        "server_full": Problem(503, ("seconds",)),
        "too_many_consoles": Problem(429, ("most",)),
        # people, playbook, commands
        "name_taken": Problem(409, ("name",)),
        "weak_password": Problem(422, ("least",)),
        **dict.fromkeys(("common_password", "own_name_password", "wrong_password"), Problem(422)),
        "unknown_person": Problem(404, ("name",)),
        **dict.fromkeys(("unknown_sign_in", "no_second_factor"), Problem(404)),
        "unknown_unit": Problem(404, ("unit",)),
        "unknown_report": Problem(404, ("name", "known")),
        "playbook_refused": Problem(422, ("count",)),
        "playbook_in_use": Problem(409, ("units", "how")),
        "playbook_hands": Problem(409, ("hands", "given", "district")),
        "may_not_publish": Problem(409, ("name", "district")),
        "no_playbook": Problem(503),
        "calendar_ends": Problem(422, ("calendar", "last")),
        "mapping_refused": Problem(422, ("where",)),
        "column_missing": Problem(422, ("columns", "has")),
        "file_unreadable": Problem(422, ("path",)),
        "file_not_utf8": Problem(422, ("path",)),
        "file_broken": Problem(422, ("path", "reason")),
        "quote_never_closed": Problem(422, ("path", "row")),
        "columns_twice": Problem(422, ("path", "names")),
        "no_questions": Problem(422, ("path", "has")),
        "settings_refused": Problem(422, ("count",)),
        "demo_refused": Problem(409),
        "not_migrated": Problem(503),
        "target_not_empty": Problem(409, ("path",)),
        "restore_unfinished": Problem(503, ("path",)),
        "no_backup": Problem(404, ("path",)),
        "backup_running": Problem(409, ("path",)),
        "backup_damaged": Problem(422, ("path",)),
        "backup_newer": Problem(422, ("version",)),
        "other_database": Problem(422, ("kind", "here")),
        "keys_missing": Problem(422, ("names", "path")),
        "keys_wrong": Problem(422, ("names", "path")),
        "disk_full": Problem(503, ("path",)),
        "not_written": Problem(500, ("path", "reason")),
        "tool_missing": Problem(503, ("tool",)),
        "tool_failed": Problem(503, ("tool", "reason")),
        # us
        **dict.fromkeys(("busy", "not_ready", "database_silent"), Problem(503)),
        "wrong_seal_key": Problem(503),
        "foreign_seal_key": Problem(503),
        "seal_key_missing": Problem(503, ("path",)),
        "not_a_head": Problem(422, ("value",)),
        "database_away": Problem(503),
        "internal": Problem(500, ("reference",)),
    },
)

# What can be wrong with one field, and the parameters of its sentence.
FAULTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "missing": (),
        "unknown_field": ("known",),
        "wrong_type": ("wanted",),
        "too_long": ("most",),
        "too_short": ("least",),
        "too_many": ("most",),
        "unknown_value": ("value", "known"),
        "unknown_alert": ("value",),
        "cannot_be_named": (),
        "heir_complained_about": ("value", "alerts", "numbers"),
        "leads_already": (),
        "called_already": (),
        "does_not_help": (),
        "called_here": (),
        "not_a_hand": (),
        "nobody_to_send": (),
        "out_of_range": ("least", "most"),
        "in_the_future": (),
        "not_a_time": (),
        "not_a_date": (),
        "not_a_uuid": (),
        "not_a_digest": (),
        "not_a_url": ("known",),
        "control_characters": (),
        "text_or_photo": (),
        "position_or_grid": (),
        "repeated": (),
        "photo_needed": ("least",),
        "not_grouped": (),
        "unit_in_use": ("people", "alerts", "numbers"),
    },
)


class ParametersWarning(UserWarning):
    """A refusal or a fault came with other parameters than its code declares. Users still get the
    refusal; tests treat it as an error.
    """


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; `field` is its path, such as `answers.depth` or `photos.2`."""

    field: str
    code: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in FAULTS:
            raise LookupError(f"{self.code} has no line in errors.FAULTS")
        _compare(self.code, FAULTS[self.code], self.params)


class Refused(Exception):  # noqa: N818 - a refusal is no error of the program
    """A request is refused; raised anywhere, made into an answer at the border."""

    def __init__(self, code: str, *, faults: Iterable[Fault] = (), **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = PROBLEMS[code].status
        _compare(code, PROBLEMS[code].params, params)
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


def _compare(code: str, declared: Collection[str], passed: Collection[str]) -> None:
    if set(declared) != set(passed):
        said = f"{code} is declared with {sorted(declared)}, and was refused with {sorted(passed)}"
        warnings.warn(said, ParametersWarning, stacklevel=4)
