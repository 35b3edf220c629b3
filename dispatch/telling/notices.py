"""Who is told of a step: rows of the outbox, written with the deed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dispatch.domain.supports import MODES
from dispatch.store.ids import new_id
from dispatch.store.merged import followers_of
from dispatch.store.rows import add_if_new
from dispatch.store.tables import Notice
from dispatch.store.transaction import Transaction

Address = tuple[str, str]

DISTRICT: Final = "district"
# Whoever has to come to help signs for it; the others are told that they are asked nothing.
CALLED: Final = (("required", "support_to_sign"), ("informed", "support_informed"))
# step → (to whom, with which words). A reporter hears of four moments at most (DOMAIN §8).
TOLD: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "report": (("street", "to_accept"),),
    "dispatch": (("reporter", "dispatched"), ("lead", "to_sign"), *CALLED),
    "accept": (("reporter", "dispatched"), ("lead", "to_sign"), *CALLED),
    "decline": (("reporter", "declined"),),
    "sign": (("handler", "task"),),
    "assign": (("handler", "task"),),
    "return": (("district", "to_rule"),),
    "rule": (("lead", "to_sign"), *CALLED),
    "reassign": (("lead", "to_sign"),),
    "arrive": (("reporter", "arrived"),),
    "submit": (("lead", "to_confirm"),),
    "send_back": (("handler", "sent_back"),),
    "confirm": (("street", "to_verify"), ("verifier", "to_verify")),
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
    "call_support": CALLED,
    "release_support": (("required", "support_released"), ("informed", "support_released")),
    "support_sign": (("support_handler", "task"),),
    "support_assign": (("support_handler", "task"),),
    "support_finish": (("lead", "support_finished"),),
    "extend": (("district", "to_decide"),),
    "grant_extension": (("lead", "extended"),),
    "refuse_extension": (("lead", "not_extended"),),
    "suspend": (("district", "to_decide"),),
    "grant_suspension": (("lead", "suspended"),),
    "refuse_suspension": (("lead", "not_suspended"),),
    "resume": (("lead", "resumed"),),
    "suspension_over": (("lead", "resumed"),),
}

# step on the alert that others were merged into → what the reporters of those are told.
FOLLOWED: Final[Mapping[str, str]] = {
    "verify_ok": "master_resolved",
    "decline": "master_declined",
    "confirm_void": "master_voided",
}


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
    alert's `notices`, goes with the one message that it is dispatched.
    """
    told = dict.fromkeys(
        (*address, code)
        for audience, code in TOLD.get(step, ())
        for address in _addresses(alert, audience, helping)
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
    if code := FOLLOWED.get(step):
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
    if tx.goes_outside and notice["to_kind"] == "desk":
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
    if audience == "verifier":  # the street hears of it for its grid workers
        return ("desk", DISTRICT) if alert.get("is_work_of_the_street") else None
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
