"""What is refused of a playbook, and of files that a command reads."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_FILES: Final[Mapping[str, Problem]] = MappingProxyType(
    {
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
    },
)
