"""Marks of people: with the key they tell whose a row is; no two rows have the same one."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from dispatch.store.log import Event
from dispatch.store.sealing import Seal

_DAY: Final = timedelta(days=1)
_SALT: Final = 16  # digits at the beginning of a mark that is drawn anew each time


def step_mark(seal: Seal, alert_id: str, person_id: str, client_id: str) -> str:
    """Of the answer to a step that a reporter took."""
    return seal.ref("taken", alert_id, person_id, client_id)


def log_mark(seal: Seal, alert_id: str, person_id: str) -> str:
    """Of a deed of the reporter in the log, drawn anew each time."""
    return _drawn(seal, ("log", alert_id, person_id))


def event_mark(seal: Seal, person_id: str) -> str:
    """Of an event about a volunteer, drawn anew each time; `is_about` recognises it."""
    return _drawn(seal, ("event", person_id))


def is_about(seal: Seal, mark: str, person_id: str) -> bool:
    """Whether an event's mark is this person's."""
    return hmac.compare_digest(mark, _salted(seal, ("event", person_id), mark[:_SALT]))


def _drawn(seal: Seal, parts: tuple[str, ...]) -> str:
    return _salted(seal, parts, secrets.token_hex(_SALT // 2))


def _salted(seal: Seal, parts: tuple[str, ...], salt: str) -> str:
    return salt + seal.ref(*parts, salt)[_SALT:]


def person_event(seal: Seal, code: str, person_id: str, *, by_day: bool, **codes: Any) -> Event:
    """Something that was done with a person: staff by their id, a volunteer by a mark. `by_day`:
    as of `is_kept_by_day`.
    """
    who = {"mark": event_mark(seal, person_id)} if by_day else {"person": person_id}
    return Event(code, codes=who | codes)


def body_mark(seal: Seal, owner: str, digest: str) -> str:
    """A keyed digest of what was sent with an id: without the key no guess at it can be tried."""
    return seal.ref("body", owner, digest)


def to_the_day(at: datetime) -> datetime:
    """The beginning of the day in UTC: so exactly are times of volunteers kept that stand beside no
    alert.
    """
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def to_the_days_end(at: datetime) -> datetime:
    """The end of the day in UTC."""
    return to_the_day(at) + _DAY
