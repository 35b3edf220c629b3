"""The rows. What may be erased lies apart from what is chained."""

from .alerts import Alert, Assignment, Photo, Request, SealedLink, Spot, TakenStep
from .base import Base, Instant
from .log import LogDetail, LogEntry
from .people import FailedSignIn, Person, RoleGrant, SealedIdentity, SignIn
from .playbooks import Counter, Fact, PlaybookVersion
from .promises import Notice, Promise, PromiseEvent, Rung

__all__ = [
    "Alert",
    "Assignment",
    "Base",
    "Counter",
    "Fact",
    "FailedSignIn",
    "Instant",
    "LogDetail",
    "LogEntry",
    "Notice",
    "Person",
    "Photo",
    "PlaybookVersion",
    "Promise",
    "PromiseEvent",
    "Request",
    "RoleGrant",
    "Rung",
    "SealedIdentity",
    "SealedLink",
    "SignIn",
    "Spot",
    "TakenStep",
]
