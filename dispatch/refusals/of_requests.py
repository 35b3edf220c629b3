"""What is refused of a request, whatever it asks for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_REQUESTS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
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
        "alert_exists": Problem(409),
        "accusation_elsewhere": Problem(422, ("number",)),
        "gap_too_wide": Problem(410),
        "server_full": Problem(503, ("seconds",)),
        "too_many_consoles": Problem(429, ("most",)),
        "unknown_unit": Problem(404, ("unit",)),
        "unknown_report": Problem(404, ("name", "known")),
    },
)
