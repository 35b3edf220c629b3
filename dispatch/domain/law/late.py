"""When a promise is late: the one definition, for the console, the lists and the figures."""

from datetime import datetime

from dispatch.domain.law.clock_names import AWAITS_DECISION, RUNNING_OR_PAUSED, TO_RATE


def is_due(due_at: datetime | None, now: datetime) -> bool:
    """Whether the due time has come: what runs is late from then on."""
    return due_at is not None and due_at <= now


def is_after_due(due_at: datetime | None, stopped_at: datetime) -> bool:
    """Whether something came too late: at the due time itself it is in time."""
    return due_at is not None and stopped_at > due_at


def late(
    *,
    clock: str,
    state: str,
    due_at: datetime | None,
    now: datetime,
    flag: str | None = None,
    stopped_at: datetime | None = None,
) -> bool:
    """Whether a promise is late at `now`.

    It is late while it runs or is paused past its due time; a paused promise that still has a due
    time was late before it was paused. Nobody is late to rate. `stopped_at`: it counted until then.
    """
    if clock == TO_RATE or flag == AWAITS_DECISION or not is_due(due_at, now):
        return False
    still_counts = state in RUNNING_OR_PAUSED and stopped_at is None
    return still_counts or (stopped_at is not None and stopped_at > now)
