"""The outbox: sends waiting notices through their channels, at least once."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, literal_column, or_, select, update
from sqlalchemy.orm import load_only

from dispatch.channels.catalogue import CHANNELS, open_channels
from dispatch.channels.in_app import IN_APP
from dispatch.channels.message import Message, Send
from dispatch.channels.reasons import ABOUT_THE_GATEWAY, reason_of, receipt_of
from dispatch.rules.telling.city_words import city_words
from dispatch.store.tables import Alert, Notice
from dispatch.store.transaction import Store, Transaction
from dispatch.store.written import UNPROVED
from dispatch.telling.messages import MessageTerms, message_of, message_terms
from dispatch.telling.obsolete import CurrentState, current_state, why_obsolete
from dispatch.telling.outside_copies import copy_outside
from dispatch.translations import CityWords, speaking

BATCH: Final = 200
ATTEMPTS: Final = 28  # about six hours: a gateway may be down for a morning
FIRST_RETRY: Final = timedelta(seconds=15)
LONGEST_RETRY: Final = timedelta(minutes=15)
# How long a process has to send the notices that it took; then others may take them.
LEASE: Final = timedelta(minutes=2)
_TRIED_AGAIN: Final = "again"  # how a delivery is counted that failed and is not given up
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WaitingNotice:
    """A notice that is ready to be sent. `obsolete`: why it no longer matters, or None."""

    message: Message
    channel: str
    obsolete: str | None


@dataclass(frozen=True)
class Delivery:
    """The result for a notice: `state` sent, dropped or pending (it failed and is tried again).

    `is_down`: the gateway itself is out of order, not only this message.
    """

    state: str
    receipt: str
    is_down: bool = False


def deliver_notices(store: Store, channels: Mapping[str, Send] | None = None) -> int:
    """Sends what waits, oldest first; returns how many notices were sent.

    A channel sends outside of transactions: a slow gateway holds up nobody, and after a crash
    between sending and writing the receipt the message is sent again under the same id.
    """
    sent = 0
    while waiting := _take(store):
        senders = _senders(store) if channels is None else channels
        with speaking(_words(store)):
            deliveries = dict(_deliveries(senders, waiting))
        with store.write() as tx:
            outside = [name for name in senders if CHANNELS[name].goes_outside]
            sent += _keep(store, tx, deliveries, outside)
    return sent


def _senders(store: Store) -> Mapping[str, Send]:
    with store.read() as session:
        return open_channels(store.settings, store.playbook(session).district.timezone)


def _words(store: Store) -> CityWords:
    """What goes to everybody is said as the city says it."""
    with store.read() as session:
        return city_words(store.playbook(session))


def _take(store: Store) -> list[WaitingNotice]:
    """The oldest notices that wait, reserved for a while so that another process takes others."""
    if not _anything(store):
        return []
    with store.write() as tx:
        now = store.now(tx.session)
        rows = tx.session.execute(
            select(Notice, Alert)
            .outerjoin(Alert, Alert.id == Notice.alert_id)
            .options(load_only(*_OF_THE_ALERT))
            .where(IS_PENDING, _is_ready(store, now))
            .order_by(Notice.created_at, Notice.id)
            .limit(BATCH)
            .with_for_update(of=Notice, skip_locked=True),
        ).all()
        alerts = [alert for _, alert in rows]
        current, terms = current_state(store, tx, alerts), message_terms(store, tx, alerts)
        taken = [_as_waiting(notice, alert, current, terms) for notice, alert in rows]
        held = update(Notice).where(Notice.id.in_([each.message.id for each in taken]))
        tx.session.execute(
            held.values(not_before=now + LEASE).execution_options(**{UNPROVED: True})
        )
    return taken


def _anything(store: Store) -> bool:
    """Read first, for reading takes no lock."""
    with store.read() as session:
        ready = select(Notice.id).where(IS_PENDING, _is_ready(store, store.now(session)))
        return session.scalar(ready.limit(1)) is not None


# The columns of the alert that messages and the check for obsolete notices need.
_OF_THE_ALERT: Final = (
    Alert.number,
    Alert.category,
    Alert.street,
    Alert.life_safety,
    Alert.status,
)
# A literal, not a parameter: only then does the database use the partial index.
IS_PENDING: Final = Notice.state == literal_column("'pending'")


def _is_ready(store: Store, now: datetime) -> ColumnElement[bool]:
    """Its time has come; or it lies further ahead than any delay, because a clock ran ahead."""
    longest = max(LONGEST_RETRY, timedelta(minutes=store.settings.bundle_minutes))
    return or_(
        Notice.not_before.is_(None),
        Notice.not_before <= now,
        Notice.not_before > now + longest,
    )


def _as_waiting(
    notice: Notice, alert: Alert | None, current: CurrentState, terms: MessageTerms
) -> WaitingNotice:
    message = message_of(notice, alert, terms)
    return WaitingNotice(message, notice.channel, why_obsolete(notice, alert, current))


def _deliveries(
    senders: Mapping[str, Send], waiting: Sequence[WaitingNotice]
) -> Iterable[tuple[str, Delivery]]:
    """Messages to one recipient by one channel go together, as many as it sends at once.

    A gateway that is out of order is tried once: the other messages would only wait for it.
    """
    bundles: dict[tuple[str, str, str], list[Message]] = defaultdict(list)
    for each in waiting:
        message = each.message
        if each.obsolete:
            yield message.id, Delivery("dropped", each.obsolete)
        else:
            bundles[each.channel, message.to_kind, message.to_ref].append(message)
    down: dict[str, Delivery] = {}
    for (channel, *_), bundle in bundles.items():
        for messages in _portions(channel, bundle):
            delivery = down.get(channel) or _send(senders, channel, messages)
            if delivery.is_down:
                down[channel] = delivery
            yield from ((message.id, delivery) for message in messages)


def _portions(channel: str, bundle: Sequence[Message]) -> Iterable[Sequence[Message]]:
    """The messages for one recipient in groups of at most as many as the channel sends at once."""
    size = CHANNELS[channel].at_once if channel in CHANNELS else None
    return [bundle[at : at + size] for at in range(0, len(bundle), size)] if size else [bundle]


def _send(senders: Mapping[str, Send], channel: str, messages: Sequence[Message]) -> Delivery:
    try:
        return Delivery("sent", senders[channel](messages))
    except Exception as error:  # noqa: BLE001 - whatever a gateway raises, the other messages are sent
        _log.exception("notice %s failed on %s", messages[0].id, channel)
        own = CHANNELS[channel].reasons if channel in CHANNELS else ()
        is_down = reason_of(error, own) in ABOUT_THE_GATEWAY
        return Delivery("pending", receipt_of(error, own), is_down)


def _keep(
    store: Store, tx: Transaction, deliveries: Mapping[str, Delivery], outside: Sequence[str]
) -> int:
    notices = tx.session.scalars(
        select(Notice)
        .where(Notice.id.in_(deliveries), Notice.state == "pending")
        .with_for_update(),
    )
    sent = []
    for notice in notices:
        delivery = deliveries[notice.id]
        notice.attempts += 1
        notice.state, notice.receipt = delivery.state, delivery.receipt
        if delivery.state == "sent":
            notice.sent_at = tx.now
            sent.append(notice)
        elif delivery.state == "pending":
            _retry(notice, tx.now)
        outcome = _TRIED_AGAIN if notice.state == "pending" else notice.state
        store.meters.deliveries.labels(notice.channel, outcome).inc()
    copy_outside(store, tx, [each for each in sent if each.channel == IN_APP], outside)
    return len(sent)


def _retry(notice: Notice, now: datetime) -> None:
    """The delay doubles each time; after the last attempt the notice is set aside with
    its error.
    """
    if notice.attempts >= ATTEMPTS:
        notice.state = "failed"
    else:
        notice.not_before = now + min(LONGEST_RETRY, FIRST_RETRY * 2 ** (notice.attempts - 1))
