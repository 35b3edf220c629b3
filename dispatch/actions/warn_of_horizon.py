"""The district hears in good time that a calendar ends: once for each calendar and its end."""

from datetime import timedelta
from typing import Final

from dispatch import clock
from dispatch.store.facts import fact, set_fact
from dispatch.store.log import Event
from dispatch.store.transaction import Store

# The State Council publishes next year's days in November: time to load them before they count.
HORIZON: Final = timedelta(days=45)


def warn_of_horizon(store: Store) -> list[str]:
    """Write a log row for each calendar that ends within the horizon; their names."""
    soon = (clock.now() + HORIZON).date()
    with store.read() as session:
        plans = [calendar.plan for calendar in store.playbook(session).calendars.values()]
        ending = {
            f"warned_of.{plan.name}": plan.last.isoformat() for plan in plans if plan.last < soon
        }
        unsaid = {name: last for name, last in ending.items() if fact(session, name) != last}
    if not unsaid:
        return []
    with store.write() as tx:
        for name, last in unsaid.items():
            set_fact(tx.session, name, last)
            codes = {"calendar": name.removeprefix("warned_of."), "last": last}
            tx.record(Event(code="horizon", codes=codes))
    return [name.removeprefix("warned_of.") for name in unsaid]
