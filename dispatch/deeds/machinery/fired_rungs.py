"""Which rungs of a clock have fired before, read once for a batch: leaders are told of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.desks import LEADER_DESKS
from dispatch.store.tables import Rung

LEADERS: Final = frozenset(LEADER_DESKS)


class FiredRungs:
    """The fired rungs of the clocks on which a leader is told now; `add` those that
    fire meanwhile.
    """

    def __init__(self, session: Session, due: Iterable[Rung]) -> None:
        self._fired: dict[str, list[Rung]] = defaultdict(list)
        told = {rung.promise_id for rung in due if LEADERS.intersection(rung.to)}
        fired = select(Rung).where(Rung.promise_id.in_(told), Rung.state == "fired")
        for rung in session.scalars(fired) if told else ():
            self.add(rung)

    def add(self, rung: Rung) -> None:
        """Adds a rung that fires now, for those after it."""
        self._fired[rung.promise_id].append(rung)

    def before(self, rung: Rung) -> list[list[str]]:
        """What was sent before on the rung's clock: action, when, to whom."""
        before = [
            ((at, each.level, each.turn), [each.action, at.isoformat(), *each.to])
            for each in self._fired[rung.promise_id]
            if each is not rung and (at := each.fired_at) is not None
        ]
        return [told for _, told in sorted(before)]
