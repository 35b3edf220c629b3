"""Who is told of a step, as its deed registered it: rows of the outbox, written with it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dispatch.channels.catalogue import goes_outside
from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.supports import MODES
from dispatch.store.ids import new_id
from dispatch.store.merged import followers_of
from dispatch.store.rows import add_if_new
from dispatch.store.tables import Notice
from dispatch.store.transaction import Transaction

Address = tuple[str, str]

DISTRICT: Final = "district"
HERE: Final = "row"  # the receipt of what is read in the application


def tell_of_step(
    tx: Transaction,
    alert: Mapping[str, Any],
    step: str,
    cause: str | None = None,
    helping: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Write the notices of a step. `cause` tells two of the same step on one alert apart;
    `helping` are the supports that it is about, as assignment rows. What the rules say, the
    alert's `notices`, goes with the one message that it is dispatched; `verifier` is the desk that
    may verify it.
    """
    told = dict.fromkeys(
        (*address, tells.notice)
        for tells in deed_entry(step).tells
        for address in _addresses(alert, tells.audience, helping)
    )
    rows = [
        _notice(tx, alert, *each, f"{cause or step}:{each[-1]}:{n}") for n, each in enumerate(told)
    ]
    texts = [dict(each) for each in alert.get("notices", ())]
    for row in rows:
        if texts and (row["to_kind"], row["code"]) == ("reporter", "dispatched"):
            row["params"] = {"texts": texts}
    post(tx, rows)


def tell_followers(tx: Transaction, alert_id: str, step: str, cause: str) -> None:
    """Whose alert was merged into this one hears of its outcome; to rate is not theirs."""
    if code := deed_entry(step).tells_followers:
        below = followers_of(tx.session, alert_id)
        post(
            tx,
            [
                _notice(tx, {"id": each.id}, "reporter", each.id, code, f"{cause}:{code}:0")
                for each in below
            ],
        )


def tell_district(tx: Transaction, alert_id: str, code: str) -> None:
    """Something about an alert that the district's desk should hear, once."""
    row = _notice(tx, {"id": alert_id}, "desk", "district", code, code)
    if not tx.is_history:
        add_if_new(tx.session, Notice, _posted(tx, row))


def tell_desk(tx: Transaction, desk: str, code: str, params: dict[str, Any], once: str) -> None:
    """Something about the installation and no alert, once."""
    row = _notice(tx, {"id": None}, "desk", desk, code, once)
    if not tx.is_history:
        add_if_new(tx.session, Notice, _posted(tx, row | {"params": params, "once": once}))


def post(tx: Transaction, notices: Sequence[dict[str, Any]]) -> None:
    """Put notices into the outbox; of history nobody is told any more.

    In the application the row itself is the message: there it is with the deed. Only what goes
    outside, too, waits to be taken there.
    """
    if not tx.is_history:
        tx.tell([_posted(tx, each) for each in notices])


def _posted(tx: Transaction, notice: dict[str, Any]) -> dict[str, Any]:
    if goes_outside(tx.settings) and notice["to_kind"] == "desk":
        return notice | {"state": "pending", "sent_at": None, "receipt": None}
    return notice | {"state": "sent", "sent_at": tx.now, "receipt": HERE}


def _addresses(
    alert: Mapping[str, Any], audience: str, helping: Sequence[Mapping[str, Any]]
) -> list[Address]:
    """`to_kind` and `to_ref` of each notice; none where there is nobody."""
    if audience in MODES:
        return [("desk", each["unit"]) for each in helping if each["kind"] == audience]
    if audience == "support_handler":
        return [("person", each["handler"]) for each in helping if each["handler"]]
    address = _address(alert, audience)
    return [address] if address else []


def _address(alert: Mapping[str, Any], audience: str) -> Address | None:
    if audience == "reporter":
        return "reporter", alert["id"]
    if audience == "handler":
        return ("person", alert["handler"]) if alert["handler"] else None
    if audience == "lead":
        return ("desk", alert["lead"]) if alert["lead"] else None
    if audience == "verifier":
        return "desk", alert["verifier"]
    if audience == "street" and alert["street"]:
        return "desk", alert["street"]
    return "desk", DISTRICT


def _notice(
    tx: Transaction, alert: Mapping[str, Any], kind: str, ref: str, code: str, once: str
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alert_id": alert["id"],
        "to_kind": kind,
        "to_ref": ref,
        "code": code,
        "params": {},
        "once": f"{alert['id']}:{once}",
        "channel": "in_app",
        "created_at": tx.now,
        "attempts": 0,
    }
