"""Writes the notices of a step, as its deed registered them, into the outbox."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from dispatch.channels.catalogue import goes_outside
from dispatch.channels.in_app import IN_APP
from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.deed_table import Audience, deed_entry
from dispatch.domain.law.events import AFTER_RESTORE
from dispatch.domain.supports import RULE_MODES
from dispatch.store.ids import new_id
from dispatch.store.merged import followers_of
from dispatch.store.rows import RowValues, add_if_new
from dispatch.store.tables import Notice
from dispatch.store.transaction import Transaction
from dispatch.telling.addresses import Address

READ_IN_APP: Final = "row"  # the receipt of notices that are read in the application


def tell_of_step(
    tx: Transaction,
    alert: Mapping[str, Any],
    step: str,
    cause: str | None = None,
    helping: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Writes the notices of a step. `cause` tells apart two of the same step on one alert;
    `helping`: the supports that it is about, as assignment rows.

    `alert["desks"]`: the desks of `caller` and `asker`, where the step tells them.
    `alert["status_before"]`: from which status the step led, where it led anywhere.
    `alert["said"]`: by notice, what it says beside its own words.
    `alert["notices"]`, what the rules say, goes with the notice that it is dispatched;
    `alert["verifier"]` is the desk that may verify it; `alert["alone_at"]` are the desks at which
    nobody sits but whoever took the step.
    """
    said = alert.get("said", {})
    told = dict.fromkeys(
        (address, tells.notice)
        for tells in deed_entry(step).tells
        if tells.into is None or tells.into == alert["status"] != alert.get("status_before")
        if not tells.if_said or tells.notice in said
        if tells.of is None or tells.of in {each["kind"] for each in helping}
        for address in _addresses(alert, tells.audience, helping)
        if not (tells.by_another and address[1] in alert.get("alone_at", ()))
    )
    rows = [
        _notice(tx, alert, address, code, f"{cause or step}:{code}:{n}")
        | {"params": dict(said.get(code, {}))}
        for n, (address, code) in enumerate(told)
    ]
    texts = [dict(each) for each in alert.get("notices", ())]
    for row in rows:
        if texts and (row["to_kind"], row["code"]) == ("reporter", "dispatched"):
            row["params"] = {"texts": texts}
    post(tx, rows)


def tell_followers(tx: Transaction, alert_id: str, step: str, cause: str) -> None:
    """Tells the reporters whose alerts were merged into this one of its outcome; they do not rate
    it.
    """
    if code := deed_entry(step).tells_followers:
        below = followers_of(tx.session, alert_id)
        post(
            tx,
            [
                _notice(tx, {"id": each.id}, ("reporter", each.id), code, f"{cause}:{code}:0")
                for each in below
            ],
        )


def tell_district(tx: Transaction, alert_id: str, code: str) -> None:
    """Tells the district's desk once of something about an alert."""
    row = _notice(tx, {"id": alert_id}, ("desk", DISTRICT_DESK), code, code)
    if not tx.is_history:
        add_if_new(tx.session, Notice, _posted(tx, row))


def tell_desk(tx: Transaction, desk: str, code: str, params: dict[str, Any], once: str) -> None:
    """Tells a desk once of something about the installation and no alert."""
    row = notice_row(tx, None, ("desk", desk), code, once, params)
    if not tx.is_history:
        add_if_new(tx.session, Notice, _posted(tx, row))


def post(tx: Transaction, notices: Sequence[RowValues]) -> None:
    """Puts notices into the outbox; none for replayed history.

    In the application the row itself is the message, so it is sent when it is written; only what
    also goes outside waits to be delivered.
    """
    if not tx.is_history:
        tx.tell([_posted(tx, each) for each in notices])


def _posted(tx: Transaction, notice: RowValues) -> RowValues:
    if tx.after_restore:
        notice = {**notice, "params": {**notice["params"], AFTER_RESTORE: True}}
    if goes_outside(tx.settings) and notice["to_kind"] == "desk":
        return notice | {"state": "pending", "sent_at": None, "receipt": None}
    return notice | {"state": "sent", "sent_at": tx.now, "receipt": READ_IN_APP}


def _addresses(
    alert: Mapping[str, Any], audience: Audience, helping: Sequence[Mapping[str, Any]]
) -> list[Address]:
    """`(to_kind, to_ref)` of each notice; empty where there is nobody."""
    if audience in RULE_MODES:
        return [("desk", each["unit"]) for each in helping if each["kind"] == audience]
    if audience == "support_handler":
        return [("person", each["handler"]) for each in helping if each["handler"]]
    kind, ref = _ADDRESSES[audience](alert)
    return [(kind, ref)] if ref else []


# Where no street is known, its work is the district's.
_ADDRESSES: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str | None]]]] = {
    "reporter": lambda alert: ("reporter", alert["id"]),
    "handler": lambda alert: ("person", alert["handler"]),
    "lead": lambda alert: ("desk", alert["lead"]),
    "verifier": lambda alert: ("desk", alert["verifier"]),
    "street": lambda alert: ("desk", alert["street"] or DISTRICT_DESK),
    "district": lambda _: ("desk", DISTRICT_DESK),
    "caller": lambda alert: ("desk", alert["desks"]["caller"]),
    "asker": lambda alert: ("desk", alert["desks"]["asker"]),
}


def _notice(
    tx: Transaction, alert: Mapping[str, Any], to: Address, code: str, once: str
) -> RowValues:
    return notice_row(tx, alert["id"], to, code, f"{alert['id']}:{once}")


def notice_row(
    tx: Transaction,
    alert_id: str | None,
    to: Address,
    code: str,
    once: str,
    params: dict[str, Any] | None = None,
) -> RowValues:
    """A notice in the application, to be put into the outbox by `post`."""
    kind, ref = to
    return {
        "id": new_id(),
        "alert_id": alert_id,
        "to_kind": kind,
        "to_ref": ref,
        "code": code,
        "params": params or {},
        "once": once,
        "channel": IN_APP,
        "created_at": tx.now,
        "attempts": 0,
    }
