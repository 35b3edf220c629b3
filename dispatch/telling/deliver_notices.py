"""The outbox: what was written with a deed goes out through its channels, at least once."""

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
from dispatch.telling.outside_copies import copy_outside
from dispatch.telling.pointless import Present, present_of, why_pointless
from dispatch.translations import CityWords, speaking

BATCH: Final = 200
ATTEMPTS: Final = 28  # some six hours: a gateway may be away for a morning
FIRST_RETRY: Final = timedelta(seconds=15)
LONGEST_RETRY: Final = timedelta(minutes=15)
# Whoever took a notice has so long to send it; then it is anybody's again.
LEASE: Final = timedelta(minutes=2)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A notice whose time has come. `pointless`: why it no longer matters."""

    message: Message
    channel: str
    pointless: str | None


@dataclass(frozen=True)
class Outcome:
    """What became of a notice: `state` sent | dropped | pending (it failed; tried again later).

    `is_down`: not this message, the gateway itself is out of order.
    """

    state: str
    receipt: str
    is_down: bool = False


def deliver_notices(store: Store, channels: Mapping[str, Send] | None = None) -> int:
    """Send what waits, oldest first; how many notices went out.

    A channel is asked outside the transaction that keeps its receipt: a slow gateway holds up no
    deed, and after a crash between the two the message goes again under the same id.
    """
    sent = 0
    while waiting := _take(store):
        ways = _ways(store) if channels is None else channels
        with speaking(_words(store)):
            outcomes = dict(_outcomes(ways, waiting))
        with store.write() as tx:
            outside = [name for name in ways if CHANNELS[name].goes_outside]
            sent += _keep(store, tx, outcomes, outside)
    return sent


def _ways(store: Store) -> Mapping[str, Send]:
    with store.read() as session:
        return open_channels(store.settings, store.playbook(session).district.timezone)


def _words(store: Store) -> CityWords:
    """What goes to everybody is said as the city says it."""
    with store.read() as session:
        return city_words(store.playbook(session))


def _take(store: Store) -> list[Waiting]:
    """The oldest that wait, held for a while: another process takes others."""
    if not _anything(store):
        return []
    with store.write() as tx:
        now = store.now(tx.session)
        rows = tx.session.execute(
            select(Notice, Alert)
            .outerjoin(Alert, Alert.id == Notice.alert_id)
            .options(load_only(*_OF_THE_ALERT))
            .where(PENDING, _is_ready(store, now))
            .order_by(Notice.created_at, Notice.id)
            .limit(BATCH)
            .with_for_update(of=Notice, skip_locked=True),
        ).all()
        present = present_of(store, tx, [alert for _, alert in rows])
        taken = [_as_waiting(notice, alert, present) for notice, alert in rows]
        held = update(Notice).where(Notice.id.in_([each.message.id for each in taken]))
        tx.session.execute(held.values(not_before=now + LEASE))
    return taken


def _anything(store: Store) -> bool:
    """Looking costs nobody a lock."""
    with store.read() as session:
        ready = select(Notice.id).where(PENDING, _is_ready(store, store.now(session)))
        return session.scalar(ready.limit(1)) is not None


# Written out, not bound: a partial index serves only a query that shows its condition.
_OF_THE_ALERT: Final = (
    Alert.number,
    Alert.category,
    Alert.street,
    Alert.life_safety,
    Alert.status,
)
PENDING: Final = Notice.state == literal_column("'pending'")


def _is_ready(store: Store, now: datetime) -> ColumnElement[bool]:
    """Its time has come; or it was put off for longer than any is, by a clock that ran ahead."""
    longest = max(LONGEST_RETRY, timedelta(minutes=store.settings.bundle_minutes))
    return or_(
        Notice.not_before.is_(None),
        Notice.not_before <= now,
        Notice.not_before > now + longest,
    )


def _as_waiting(notice: Notice, alert: Alert | None, present: Present) -> Waiting:
    message = Message(
        id=notice.id,
        to_kind=notice.to_kind,
        to_ref=notice.to_ref,
        code=notice.code,
        params=notice.params,
        number=alert.number if alert else None,
        category=alert.category if alert else None,
        street=alert.street if alert else None,
        life_safety=alert is not None and alert.life_safety,
    )
    return Waiting(message, notice.channel, why_pointless(notice, alert, present))


def _outcomes(
    ways: Mapping[str, Send], waiting: Sequence[Waiting]
) -> Iterable[tuple[str, Outcome]]:
    """What goes to one recipient by one channel goes together, as many as it takes at once.

    A gateway that is out of order is asked once: the others would wait as long for nothing.
    """
    bundles: dict[tuple[str, str, str], list[Message]] = defaultdict(list)
    for each in waiting:
        message = each.message
        if each.pointless:
            yield message.id, Outcome("dropped", each.pointless)
        else:
            bundles[each.channel, message.to_kind, message.to_ref].append(message)
    down: dict[str, Outcome] = {}
    for (channel, *_), bundle in bundles.items():
        for messages in _portions(channel, bundle):
            outcome = down.get(channel) or _send(ways, channel, messages)
            if outcome.is_down:
                down[channel] = outcome
            yield from ((message.id, outcome) for message in messages)


def _portions(channel: str, bundle: Sequence[Message]) -> Iterable[Sequence[Message]]:
    """The messages for one recipient, at most as many together as the channel sends at once."""
    size = CHANNELS[channel].at_once if channel in CHANNELS else None
    return [bundle[at : at + size] for at in range(0, len(bundle), size)] if size else [bundle]


def _send(ways: Mapping[str, Send], channel: str, messages: Sequence[Message]) -> Outcome:
    try:
        return Outcome("sent", ways[channel](messages))
    except Exception as error:  # noqa: BLE001 - whatever a gateway raises, the others go out
        _log.exception("notice %s failed on %s", messages[0].id, channel)
        own = CHANNELS[channel].reasons if channel in CHANNELS else ()
        is_down = reason_of(error, own) in ABOUT_THE_GATEWAY
        return Outcome("pending", receipt_of(error, own), is_down)


def _keep(
    store: Store, tx: Transaction, outcomes: Mapping[str, Outcome], outside: Sequence[str]
) -> int:
    notices = tx.session.scalars(
        select(Notice).where(Notice.id.in_(outcomes), Notice.state == "pending").with_for_update(),
    )
    sent = []
    for notice in notices:
        outcome = outcomes[notice.id]
        notice.attempts += 1
        notice.state, notice.receipt = outcome.state, outcome.receipt
        if outcome.state == "sent":
            notice.sent_at = tx.now
            sent.append(notice)
        elif outcome.state == "pending":
            _retry(notice, tx.now)
    copy_outside(store, tx, [each for each in sent if each.channel == IN_APP], outside)
    return len(sent)


def _retry(notice: Notice, now: datetime) -> None:
    """Each time twice as late; after the last attempt it is set aside with its error."""
    if notice.attempts >= ATTEMPTS:
        notice.state = "failed"
    else:
        notice.not_before = now + min(LONGEST_RETRY, FIRST_RETRY * 2 ** (notice.attempts - 1))
