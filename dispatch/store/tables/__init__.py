"""The tables. What may be erased is in other tables than what the log's chain covers."""

from .alerts import Alert, Assignment, Photo, Request, SealedLink, Spot, TakenStep
from .audit import AuditEntry
from .base import Base, InstantType
from .log import LogDetail, LogEntry, Proof
from .people import (
    FailedSignIn,
    GuessedAccount,
    Person,
    RecoveryCode,
    RoleGrant,
    SealedIdentity,
    SecondFactor,
    SignIn,
)
from .playbooks import Counter, Fact, PlaybookVersion
from .promises import Notice, Promise, PromiseEvent, Rung

__all__ = [
    "Alert",
    "Assignment",
    "AuditEntry",
    "Base",
    "Counter",
    "Fact",
    "FailedSignIn",
    "GuessedAccount",
    "InstantType",
    "LogDetail",
    "LogEntry",
    "Notice",
    "Person",
    "Photo",
    "PlaybookVersion",
    "Promise",
    "PromiseEvent",
    "Proof",
    "RecoveryCode",
    "Request",
    "RoleGrant",
    "Rung",
    "SealedIdentity",
    "SealedLink",
    "SecondFactor",
    "SignIn",
    "Spot",
    "TakenStep",
]
