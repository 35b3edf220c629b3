"""What went out before on a clock, asked once for a whole batch: the leader is told of it (S55)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.tables import Rung

LEADERS: Final = frozenset({"district", "supervisor"})


class Past:
    """The fired rungs of those clocks on which a leader is told now; `add` what fires meanwhile."""

    def __init__(self, session: Session, due: Iterable[Rung]) -> None:
        self._fired: dict[str, list[Rung]] = defaultdict(list)
        told = {rung.promise_id for rung in due if LEADERS.intersection(rung.to)}
        fired = select(Rung).where(Rung.promise_id.in_(told), Rung.state == "fired")
        for rung in session.scalars(fired) if told else ():
            self.add(rung)

    def add(self, rung: Rung) -> None:
        """It fires now; those after it name it."""
        self._fired[rung.promise_id].append(rung)

    def before(self, rung: Rung) -> list[list[str]]:
        """What went out before on its clock: action, when, to whom; and nobody acted."""
        before = [
            ((at, each.level, each.turn), [each.action, at.isoformat(), *each.to])
            for each in self._fired[rung.promise_id]
            if each is not rung and (at := each.fired_at) is not None
        ]
        return [told for _, told in sorted(before)]
