"""What is refused because of the server, its data or its settings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_SERVERS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
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
        "busy": Problem(503),
        "not_ready": Problem(503),
        "database_silent": Problem(503),
        "wrong_seal_key": Problem(503),
        "foreign_seal_key": Problem(503),
        "seal_key_missing": Problem(503, ("path",)),
        "not_a_head": Problem(422, ("value",)),
        "database_away": Problem(503),
        "internal": Problem(500, ("reference",)),
    },
)
