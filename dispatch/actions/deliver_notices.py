"""The outbox: what was written with a deed goes out through its channel, at least once."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import literal_column, or_, select

from dispatch import clock
from dispatch.channels import in_app
from dispatch.channels import log as log_channel
from dispatch.channels.message import Message
from dispatch.domain.lifecycle import OPEN
from dispatch.store.tables import Alert, Notice
from dispatch.store.transaction import Store, Transaction

BATCH: Final = 200
ATTEMPTS: Final = 8
FIRST_RETRY: Final = timedelta(seconds=15)
ABOUT_TIME: Final = frozenset({"remind", "notify", "card"})  # pointless once the alert is closed

Send = Callable[[Message], str]
CHANNELS: Final[Mapping[str, Send]] = {"in_app": in_app.send, "log": log_channel.send}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A notice whose time has come."""

    message: Message
    channel: str
    is_pointless: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a notice: `state` sent | dropped | pending (it failed; tried again later)."""

    state: str
    receipt: str


def deliver_notices(store: Store, channels: Mapping[str, Send] = CHANNELS) -> int:
    """Send what waits, oldest first; how many notices went out.

    A channel is asked outside the transaction that keeps its receipt: a slow gateway holds up no
    deed, and after a crash between the two the message goes again under the same id.
    """
    sent = 0
    while waiting := _waiting(store):
        outcomes = {each.message.id: _outcome(channels, each) for each in waiting}
        with store.write() as tx:
            _keep(tx, outcomes)
        sent += sum(outcome.state == "sent" for outcome in outcomes.values())
    return sent


def _waiting(store: Store) -> list[Waiting]:
    now = clock.now()
    with store.read() as session:
        rows = session.execute(
            select(Notice, Alert)
            .join(Alert, Alert.id == Notice.alert_id)
            .where(
                Notice.state
                == literal_column("'pending'"),  # shows the partial index its condition
                or_(Notice.not_before.is_(None), Notice.not_before <= now),
            )
            .order_by(Notice.created_at, Notice.id)
            .limit(BATCH),
        )
        return [_as_waiting(notice, alert) for notice, alert in rows]


def _as_waiting(notice: Notice, alert: Alert) -> Waiting:
    message = Message(
        id=notice.id,
        to_kind=notice.to_kind,
        to_ref=notice.to_ref,
        code=notice.code,
        params=notice.params,
        number=alert.number,
        category=alert.category,
        street=alert.street,
        life_safety=alert.life_safety,
    )
    pointless = notice.code in ABOUT_TIME and alert.status not in OPEN
    return Waiting(message, notice.channel, pointless)


def _outcome(channels: Mapping[str, Send], waiting: Waiting) -> Outcome:
    if waiting.is_pointless:
        return Outcome("dropped", "the alert is closed")
    try:
        return Outcome("sent", channels[waiting.channel](waiting.message))
    except Exception as error:  # noqa: BLE001 - whatever a gateway raises, the others go out
        _log.exception("notice %s failed on %s", waiting.message.id, waiting.channel)
        return Outcome("pending", repr(error)[:500])


def _keep(tx: Transaction, outcomes: Mapping[str, Outcome]) -> None:
    notices = tx.session.scalars(
        select(Notice).where(Notice.id.in_(outcomes), Notice.state == "pending").with_for_update(),
    )
    for notice in notices:
        outcome = outcomes[notice.id]
        notice.attempts += 1
        notice.state, notice.receipt = outcome.state, outcome.receipt
        if outcome.state == "sent":
            notice.sent_at = tx.now
        elif outcome.state == "pending":
            _retry(notice, tx.now)


def _retry(notice: Notice, now: datetime) -> None:
    """Each time twice as late; after the last attempt it is set aside with its error."""
    if notice.attempts >= ATTEMPTS:
        notice.state = "failed"
    else:
        notice.not_before = now + FIRST_RETRY * 2 ** (notice.attempts - 1)
