"""Who is told of a step: rows of the outbox, written with the deed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dispatch.store.ids import new_id
from dispatch.store.merged import followers_of
from dispatch.store.rows import add_rows
from dispatch.store.tables import Notice
from dispatch.store.transaction import Transaction

DISTRICT: Final = "district"
# step → (to whom, with which words). A reporter hears of four moments at most (DOMAIN §8).
TOLD: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "report": (("street", "to_accept"),),
    "dispatch": (("reporter", "dispatched"), ("lead", "to_sign")),
    "accept": (("reporter", "dispatched"), ("lead", "to_sign")),
    "decline": (("reporter", "declined"),),
    "sign": (("handler", "task"),),
    "assign": (("handler", "task"),),
    "return": (("district", "to_rule"),),
    "rule": (("lead", "to_sign"),),
    "reassign": (("lead", "to_sign"),),
    "arrive": (("reporter", "arrived"),),
    "submit": (("lead", "to_confirm"),),
    "send_back": (("handler", "sent_back"),),
    "confirm": (("street", "to_verify"),),
    "verify_ok": (("reporter", "please_rate"),),
    "verify_fail": (("lead", "rework"),),
    "urge": (("lead", "urged"),),
    "merge": (("reporter", "merged"), ("lead", "merged_away"), ("handler", "merged_away")),
    "merged_in": (("lead", "merged_in"),),
    "unmerge": (("street", "to_accept"),),
    "void": (("street", "to_confirm_void"), ("district", "to_confirm_void")),
    "confirm_void": (("reporter", "voided"), ("lead", "voided"), ("handler", "voided")),
    "reopen": (("lead", "reopened"),),
    "refuse_void": (("street", "void_refused"),),
}

# step on the alert that others were merged into → what the reporters of those are told.
FOLLOWED: Final[Mapping[str, str]] = {
    "verify_ok": "master_resolved",
    "decline": "master_declined",
    "confirm_void": "master_voided",
}


HERE: Final = "row"  # the receipt of what is read in the application


def tell_of_step(
    tx: Transaction, alert: Mapping[str, Any], step: str, cause: str | None = None
) -> None:
    """Write the notices of a step. `cause` tells two of the same step on one alert apart."""
    told = ((_address(alert, audience), code) for audience, code in TOLD.get(step, ()))
    once = dict.fromkeys((*address, code) for address, code in told if address is not None)
    post(tx, [_notice(tx, alert, *each, cause or step) for each in once])


def tell_followers(tx: Transaction, alert_id: str, step: str, cause: str) -> None:
    """Whose alert was merged into this one hears of its outcome; to rate is not theirs."""
    if step in FOLLOWED:
        below = followers_of(tx.session, alert_id)
        post(
            tx,
            [
                _notice(tx, {"id": each.id}, "reporter", each.id, FOLLOWED[step], cause)
                for each in below
            ],
        )


def post(tx: Transaction, notices: Sequence[dict[str, Any]]) -> None:
    """Put notices into the outbox; of history nobody is told any more.

    In the application the row itself is the message: there it is with the deed. Only what goes
    outside, too, waits to be taken there.
    """
    if tx.is_history:
        return
    here = {"state": "sent", "sent_at": tx.now, "receipt": HERE}
    waiting = {"state": "pending", "sent_at": None, "receipt": None}
    goes_out = tx.goes_outside
    add_rows(
        tx.session,
        Notice,
        [each | (waiting if goes_out and each["to_kind"] == "desk" else here) for each in notices],
    )


def _address(alert: Mapping[str, Any], audience: str) -> tuple[str, str] | None:
    """`to_kind` and `to_ref` of a notice; None where there is nobody."""
    if audience == "reporter":
        return "reporter", alert["id"]
    if audience == "handler":
        return ("person", alert["handler"]) if alert["handler"] else None
    if audience == "lead":
        return ("desk", alert["lead"]) if alert["lead"] else None
    if audience == "street" and alert["street"]:
        return "desk", alert["street"]
    return "desk", DISTRICT


def _whose(kind: str, ref: str) -> str:
    """The district's desk beside another one; nobody else is told the same twice."""
    return ref if ref == DISTRICT else kind


def _notice(
    tx: Transaction, alert: Mapping[str, Any], kind: str, ref: str, code: str, cause: str
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alert_id": alert["id"],
        "to_kind": kind,
        "to_ref": ref,
        "code": code,
        "params": {},
        "once": f"{alert['id']}:{cause}:{code}:{_whose(kind, ref)}",
        "channel": "in_app",
        "created_at": tx.now,
        "attempts": 0,
    }
