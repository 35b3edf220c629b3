"""Whoever was called to help need not come any more: the unit's desk and whom it sent."""

from dispatch.domain.supports import FIRST, INFORMED
from dispatch.store.tables import Assignment
from dispatch.store.transaction import Transaction
from dispatch.telling.notices import notice_row, post


def tell_over(tx: Transaction, support: Assignment) -> None:
    """Tells the desk and whoever was sent that their part on site is over with the alert's work."""
    _tell(tx, support, "first_over", desk=True)


def tell_released(tx: Transaction, support: Assignment, *, desk: bool = True) -> None:
    """Tells the desk (`desk` False: not, it reads more than that) and the person who was sent."""
    if support.finished_at is not None or (support.kind == INFORMED and not desk):
        return
    code = "first_released" if support.kind == FIRST else "support_released"
    _tell(tx, support, code, desk=desk)


def _tell(tx: Transaction, support: Assignment, code: str, *, desk: bool) -> None:
    told = [("desk", support.unit)] if desk else []
    told += [("person", support.handler)] if support.handler else []
    post(
        tx,
        [
            notice_row(tx, support.alert_id, to, code, f"{code}:{support.id}:{n}")
            for n, to in enumerate(told)
        ],
    )
