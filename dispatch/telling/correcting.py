"""Whom a correction concerns: the reporter, the units that hold or lose the alert, the desks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.statuses import HELD
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction
from dispatch.telling.addresses import Address
from dispatch.telling.notices import notice_row, post


@dataclass(frozen=True)
class AlertBefore:
    """Who held the alert, where it was and whether it endangered life, before it was corrected."""

    status: str
    lead: str | None
    handler: str | None
    street: str | None
    life_safety: bool

    @classmethod
    def of(cls, alert: Alert) -> "AlertBefore":
        return cls(alert.status, alert.lead, alert.handler, alert.street, alert.life_safety)


def tell_of_correction(
    tx: Transaction,
    alert: Alert,
    was: AlertBefore,
    *,
    is_told: bool,
    verifier: str,
    texts: Sequence[Mapping[str, str]],
    cause: str,
) -> None:
    """Whoever gets the alert is asked for the next step, whoever keeps it reads that it changed,
    and whoever loses it that it is no longer theirs. `is_told`: the reporter reads of it, too.
    `verifier`: the desk that may verify now. `texts`: what the rules say to the reporter, with the
    notice that it is dispatched.
    """
    told = [
        *_holders(alert, was),
        *_desks_of_the_place(alert, was, verifier),
        *_reporter(alert, was, is_told=is_told),
    ]
    post(
        tx,
        [
            notice_row(tx, alert.id, to, code, f"{cause}:{code}:{n}", _said(code, texts))
            for n, (to, code) in enumerate(dict.fromkeys(told))
        ],
    )


def _said(code: str, texts: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {"texts": [dict(each) for each in texts]} if texts and code == "dispatched" else {}


def _holders(alert: Alert, was: AlertBefore) -> Iterator[tuple[Address, str]]:
    """The lead and the handler, before and now."""
    mine = [("desk", was.lead), ("person", was.handler)]
    code = "corrected" if alert.lead == was.lead else "taken_away"
    if was.status in HELD:
        yield from (((kind, ref), code) for kind, ref in mine if ref)
    if alert.lead is not None and alert.lead != was.lead:
        yield ("desk", alert.lead), "to_sign"


def _desks_of_the_place(
    alert: Alert, was: AlertBefore, verifier: str
) -> Iterator[tuple[Address, str]]:
    """The street to which the alert belongs now, where it is the street's turn."""
    if alert.street == was.street:
        return
    if was.status == "reported" and alert.lead is None:
        yield ("desk", alert.street or DISTRICT_DESK), "to_accept"
    if was.status == "verifying":
        yield ("desk", verifier), "to_verify"


def _reporter(alert: Alert, was: AlertBefore, *, is_told: bool) -> Iterator[tuple[Address, str]]:
    if is_told:
        is_first = was.lead is None and alert.lead is not None
        yield ("reporter", alert.id), "dispatched" if is_first else "corrected"


def tell_released(tx: Transaction, alert_id: str, unit: str, cause: str) -> None:
    """A unit that was called to help need not come any more."""
    code = "support_released"
    post(tx, [notice_row(tx, alert_id, ("desk", unit), code, f"{cause}:{code}:{unit}")])
