"""Three administrators who are kept apart: of the system, of security, of the audit."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.errors import Refused

SYSTEM: Final = "system"  # the server, backups, settings, tables
SECURITY: Final = "security"  # people, roles, passwords, tokens, second factors
AUDIT: Final = "audit"  # the audit trail, and the proof of the log

ROLE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {SYSTEM: "admin", SECURITY: "security_admin", AUDIT: "auditor"}
)
_NOT_YOURS: Final[Mapping[str, str]] = MappingProxyType(
    {SYSTEM: "of_system_admin", SECURITY: "of_security_admin", AUDIT: "of_auditor"}
)


def refuse_two_duties(roles: Collection[str]) -> None:
    """Raises Refused admins_apart for somebody who holds two of the three roles."""
    if len({*ROLE_OF.values()} & {*roles}) > 1:
        raise Refused("admins_apart")


def refuse_anothers_deed(kind: str, roles: Collection[str], *, is_filled: bool) -> None:
    """Raises Refused for whoever does not hold the role of this kind of deed, or another one of the
    three beside it.

    `is_filled`: somebody holds that role. While nobody does, the system's administrator stands in:
    somebody has to make the first of each.
    """
    refuse_two_duties(roles)
    may = {ROLE_OF[kind]} if is_filled else {ROLE_OF[kind], ROLE_OF[SYSTEM]}
    if not may & {*roles}:
        raise Refused(_NOT_YOURS[kind])
