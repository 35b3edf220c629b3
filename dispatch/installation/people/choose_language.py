"""Sets the language in which a person is answered."""

from sqlalchemy import update

from dispatch.errors import Fault, Refused
from dispatch.store.tables import Person
from dispatch.store.transaction import Store
from dispatch.translations import LANGUAGES


def choose_language(store: Store, person_id: str, language: str) -> None:
    """Raises Refused invalid for a language without translations."""
    if language not in LANGUAGES:
        known = {"value": language, "known": ", ".join(LANGUAGES)}
        raise Refused("invalid", faults=[Fault("language", "unknown_value", known)], count=1)
    with store.write() as tx:
        tx.session.execute(
            update(Person).where(Person.id == person_id).values(language=language),
        )
