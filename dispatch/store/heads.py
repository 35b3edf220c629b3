"""The head of an installation: how far log and audit trail reach, kept where nobody rewrites it."""

from sqlalchemy.orm import Session

from dispatch.store.audit import audit_head
from dispatch.store.log_checks import head_of

_BETWEEN = "/"


def whole_head(session: Session) -> str | None:
    """The log's head and the audit trail's, as `joined` writes them; None before anything was
    proved.
    """
    log = head_of(session)
    return joined(log, audit_head(session)) if log else None


def joined(log: str, audit: str | None) -> str:
    """`1234:9f3c…/56:77ab…`; the log's alone while nothing stands in the audit trail."""
    return f"{log}{_BETWEEN}{audit}" if audit else log


def parted(head: str) -> tuple[str, str]:
    """The two heads that stand in one; the second is empty where only the log had one."""
    log, _, audit = head.partition(_BETWEEN)
    return log, audit
