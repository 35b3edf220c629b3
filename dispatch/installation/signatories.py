"""Who stands behind a publication: people who may publish, as many as the installation asks for."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import PUBLISHING_ROLES
from dispatch.errors import Refused
from dispatch.store.role_holders import holds_role_within
from dispatch.store.sealing import identities
from dispatch.store.tables import Person
from dispatch.store.transaction import Store, Transaction


@dataclass(frozen=True, slots=True)
class Signatories:
    """The people behind a publication, by id; None where nobody was named."""

    publisher: str | None = None
    drafter: str | None = None
    reviewer: str | None = None

    def named(self) -> set[str]:
        """The different people among them."""
        return {each for each in (self.publisher, self.drafter, self.reviewer) if each}


NOBODY_NAMED: Final = Signatories()


def refuse_strangers(store: Store, tx: Transaction, hands: Signatories, district: str) -> None:
    """Publisher and reviewer hold a role that may publish; raises Refused may_not_publish. Whoever
    wrote the draft may have left since.
    """
    for person in sorted({each for each in (hands.publisher, hands.reviewer) if each}):
        if not holds_role_within(tx.session, person, PUBLISHING_ROLES, [district]):
            known = identities(tx.session, store.seal, [person])
            name = known[person]["login"] if person in known else person
            raise Refused("may_not_publish", name=name, district=district)


def refuse_too_few(store: Store, tx: Transaction, hands: Signatories, district: str) -> None:
    """A publisher, and as many different people as are asked for; raises Refused playbook_hands."""
    wanted = hands_wanted(store, tx.session)
    if wanted == 1 or (hands.publisher and len(hands.named()) >= wanted):
        return
    given = len(hands.named())
    raise Refused("playbook_hands", hands=wanted, given=given, district=district)


def hands_wanted(store: Store, session: Session) -> int:
    """As set; in a demo, whose people are one person at one machine, always 1."""
    is_demo = session.scalar(select(exists().where(Person.made_by_demo)))
    return 1 if is_demo else store.settings.publish_hands
