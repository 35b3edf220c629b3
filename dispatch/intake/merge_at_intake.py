"""Merges a new alert with the same problem nearby: proposed to the street, or done at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dispatch.deeds.machinery.merging import record_merged_in
from dispatch.domain.duplicates import Neighbour, stays_alone, twin_of
from dispatch.domain.law.clock_changes import clocks_running
from dispatch.domain.law.clock_names import ENDED, OVERALL
from dispatch.domain.law.statuses import MERGED, TAKES_IN
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.policy import Policy, policy_of
from dispatch.promises.taken_over import Owed, take_over
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.store.alerts import locked_alert
from dispatch.store.merged import is_private
from dispatch.store.nearby import Nearby
from dispatch.store.rows import RowValues, add_rows
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Store, Transaction

AUTO: Final = "auto"
PROPOSE: Final = "propose"


@dataclass(frozen=True)
class MergeProposal:
    """Into which alert a new one should be merged, and by which rule; `mode`: propose or auto."""

    mode: str
    rule: str | None
    twin: Neighbour

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the decision."""
        twin = self.twin
        said = {"mode": self.mode, "rule": self.rule, "into": twin.id, "number": twin.number}
        return said | {"metres": twin.metres}


def merge_proposal(
    playbook: Playbook, facts: Facts, decision: Decision, near: Nearby
) -> MergeProposal | None:
    """The proposal of the rules, or None. Alerts about a home or a unit are never merged; where
    life is in danger a person decides.
    """
    category, twin = playbook.categories[facts.category], twin_of(near.around, TAKES_IN)
    alone = stays_alone(household=category.household, about_unit=facts.about_unit)
    if decision.merge is None or twin is None or alone or category.about_unit:
        return None
    mode = PROPOSE if decision.life_safety else decision.merge
    return MergeProposal(mode, decision.merge_rule, twin)


def master_to_merge_into(tx: Transaction, proposal: MergeProposal | None) -> Alert | None:
    """The alert to merge into, its row locked; None where a person decides, where it was closed
    meanwhile, or where it is private. Replayed alerts are never merged.
    """
    if proposal is None or proposal.mode != AUTO or tx.is_history:
        return None
    try:
        master = locked_alert(tx.session, proposal.twin.id)
    except Refused:
        return None
    return master if master.status in TAKES_IN and not is_private(master) else None


def merged_row(row: Mapping[str, Any], master: Alert) -> dict[str, Any]:
    """The new alert's row as merged: it has no lead and is over as it comes in."""
    at = row["reported_at"]
    over = {"merged_into": master.id, "merged_at": at, "closed_at": at, "handler": None}
    return {**row, **over, "status": MERGED, "lead": None, "dispatched_at": None}


def pass_on_promises(
    store: Store, tx: Transaction, policy: Policy, row: Mapping[str, Any], decision: Decision
) -> None:
    """The other alert takes over what the new one would have promised earlier."""
    master = tx.session.get_one(Alert, row["merged_into"])
    status = "reported" if decision.needs_person else "dispatched"
    names = clocks_running(status, life_safety=decision.life_safety)
    unit = row["street"] if decision.needs_person else decision.lead
    starts = [ClockStart(row["id"], name, 1, unit) for name in sorted(names)]
    rows = clocks.planned_promises(tx.session, policy, starts, tx.now)
    owed = {
        each["clock"]: Owed(each["unit"], {row["id"]: each["due_at"]})
        for each in rows
        if each["due_at"]
    }
    moved = take_over(tx, policy_of(store, tx.session, master), master, owed)
    if master.status == "reported":
        _keep_for_later(tx, rows)
    record_merged_in(tx, master, row["number"], moved, row["id"])


def _keep_for_later(tx: Transaction, rows: Sequence[RowValues]) -> None:
    """Nobody accepted the other alert yet: what the new one promised is kept on it, ended, until
    somebody does.
    """
    ended = {"state": ENDED, "stopped_at": tx.now}
    waits = [row | ended for row in rows if row["clock"] == OVERALL and row["due_at"]]
    add_rows(tx.session, Promise, waits)
