"""The names of the city that no password may be made of."""

from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.store.transaction import Store


def city_names(store: Store, session: Session) -> frozenset[str]:
    """Those of the playbook in force; none before the first one, or where it cannot be read."""
    try:
        return store.playbook(session).guessed_names
    except (Refused, PlaybookRefused):
        return frozenset()
