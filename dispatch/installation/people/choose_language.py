"""Sets the language in which a person is answered."""

from sqlalchemy import update

from dispatch.errors import Fault, Refused
from dispatch.store.tables import Person
from dispatch.store.transaction import Store
from dispatch.translations import spoken_languages


def choose_language(store: Store, person_id: str, language: str) -> None:
    """Raises Refused invalid for one that we do not speak."""
    if language not in spoken_languages():
        known = {"value": language, "known": ", ".join(spoken_languages())}
        raise Refused("invalid", faults=[Fault("language", "unknown_value", known)], count=1)
    with store.write() as tx:
        tx.session.execute(
            update(Person).where(Person.id == person_id).values(language=language),
        )
