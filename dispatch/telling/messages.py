"""The message of a notice: what a channel may say of an alert, and where its reader goes on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from dispatch.channels.message import Message
from dispatch.domain.time.instants import as_instant
from dispatch.rules.book.playbook import Playbook
from dispatch.store.conditions import is_running, owed_by_helper
from dispatch.store.tables import Alert, Notice, Promise
from dispatch.store.transaction import Store, Transaction

_PAGE: Final = "/console?alert="


@dataclass(frozen=True)
class _Due:
    """A running promise: of which clock, owed by which support, until when."""

    clock: str
    support: str | None
    due_at: str | None


@dataclass(frozen=True)
class MessageTerms:
    """What the messages of some notices are made with: names of the playbook, the address of the
    installation, and the running promises of the alerts, the earliest first.
    """

    playbook: Playbook
    address: str
    due: Mapping[str, Sequence[_Due]]


def message_terms(store: Store, tx: Transaction, alerts: Iterable[Alert | None]) -> MessageTerms:
    known = [alert.id for alert in alerts if alert is not None]
    rows = tx.session.execute(
        select(Promise.alert_id, Promise.clock, Promise.unit, owed_by_helper(), Promise.due_at)
        .where(Promise.alert_id.in_(known), is_running(), Promise.due_at.is_not(None))
        .order_by(Promise.due_at, Promise.clock)
    )
    due: dict[str, list[_Due]] = {}
    for alert_id, clock, unit, helps, at in rows:
        due.setdefault(alert_id, []).append(_Due(clock, unit if helps else None, as_instant(at)))
    return MessageTerms(store.playbook(tx.session), store.settings.public_url, due)


def message_of(notice: Notice, alert: Alert | None, terms: MessageTerms) -> Message:
    said: dict[str, Any] = {} if alert is None else _about(notice, alert, terms)
    return Message(
        id=notice.id,
        to_kind=notice.to_kind,
        to_ref=notice.to_ref,
        code=notice.code,
        params=notice.params,
        number=alert.number if alert else None,
        category=alert.category if alert else None,
        street=alert.street if alert else None,
        life_safety=alert is not None and alert.life_safety,
        **said,
    )


def _about(notice: Notice, alert: Alert, terms: MessageTerms) -> dict[str, Any]:
    tongue = terms.playbook.district.language
    category = terms.playbook.category_label(alert.category)
    street = terms.playbook.unit_label(alert.street or "")
    clock, due_at = _promised(notice, alert, terms)
    return {
        "kind": category[tongue] if category else "",
        "place": street[tongue] if street else "",
        "clock": clock,
        "due_at": due_at,
        "link": f"{terms.address.rstrip('/')}{_PAGE}{alert.id}",
    }


def _promised(notice: Notice, alert: Alert, terms: MessageTerms) -> tuple[str | None, str | None]:
    """The clock that the notice is about, else the earliest that its reader's unit, or the alert,
    owes now.
    """
    if notice.params.get("clock"):
        return notice.params["clock"], notice.params.get("due_at")
    running = terms.due.get(alert.id, ())
    own = [each for each in running if each.support == notice.to_ref]
    first = next(iter(own or [each for each in running if each.support is None]), None)
    return (first.clock, first.due_at) if first else (None, None)
