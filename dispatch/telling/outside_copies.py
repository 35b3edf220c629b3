"""Copies notices to desks into the outside channels, bundled by time window."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from dispatch.store.ids import new_id
from dispatch.store.rows import add_if_new
from dispatch.store.tables import Alert, Notice
from dispatch.store.transaction import Store, Transaction


def copy_outside(
    store: Store, tx: Transaction, told: Sequence[Notice], channels: Sequence[str]
) -> None:
    """Writes one row for each outside channel, with the receipt; only desks have an address there.

    The first notice for a recipient opens a window, and those within it are sent with it.
    Life-safety is sent at once.
    """
    desks = [notice for notice in told if notice.to_kind == "desk"]
    if not desks or not channels:
        return
    urgent = _life_safety(tx, desks)
    window = timedelta(minutes=store.settings.bundle_minutes)
    for notice in desks:
        for channel in channels:
            at = None
            if notice.alert_id not in urgent:
                at = _window_of(tx, channel, notice.to_ref) or tx.now + window
            add_if_new(tx.session, Notice, _copy(tx, notice, channel, at))


def _life_safety(tx: Transaction, notices: Sequence[Notice]) -> set[str]:
    mine = {notice.alert_id for notice in notices if notice.alert_id}
    urgent = select(Alert.id).where(Alert.id.in_(mine), Alert.life_safety.is_(True))
    return set(tx.session.scalars(urgent))


def _window_of(tx: Transaction, channel: str, desk: str) -> datetime | None:
    """When the bundle that is being collected for this desk is sent; None where there is none."""
    return tx.session.scalar(
        select(func.min(Notice.not_before)).where(
            Notice.state == "pending",
            Notice.channel == channel,
            Notice.to_ref == desk,
            Notice.attempts == 0,
            Notice.not_before > tx.now,
        ),
    )


def _copy(tx: Transaction, notice: Notice, channel: str, at: datetime | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alert_id": notice.alert_id,
        "to_kind": notice.to_kind,
        "to_ref": notice.to_ref,
        "code": notice.code,
        "params": notice.params,
        "once": f"{channel}:{notice.id}",
        "channel": channel,
        "created_at": tx.now,
        "state": "pending",
        "not_before": at,
        "attempts": 0,
    }
