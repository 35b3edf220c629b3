"""Publishes a version of the playbook, a new or an older one: checked, signed, logged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dispatch import clock
from dispatch.errors import Fault, Refused
from dispatch.installation.keep_playbook import drafter_of
from dispatch.installation.signatories import (
    NOBODY_NAMED,
    Signatories,
    refuse_strangers,
    refuse_too_few,
)
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookFault, PlaybookRefused
from dispatch.rules.proving.checks import check_playbook
from dispatch.store.log import Event
from dispatch.store.playbooks import activate, active_version, read_version
from dispatch.store.transaction import Store, Transaction
from dispatch.store.units_in_use import open_alerts_at, people_at

PUBLISHED: Final = "playbook_published"
# A case may be wrong although the rule is right: only this can be overridden, with a reason.
OVERRIDABLE: Final = frozenset({"case_failed"})


@dataclass(frozen=True, slots=True)
class Publication:
    """`override`: the reason to publish although cases fail."""

    version: int
    note: str = ""
    hands: Signatories = NOBODY_NAMED
    override: str = ""


def publish_playbook(store: Store, publication: Publication) -> None:
    """The version decides within a second in every process; alerts keep their promises.

    Raises PlaybookRefused with the errors; Refused: no_such_version, may_not_publish,
    playbook_hands, playbook_in_use.
    """
    with store.write() as tx:
        publish_kept(store, tx, publication)
    store.forget_playbook()


def publish_kept(store: Store, tx: Transaction, publication: Publication) -> None:
    """The same within a transaction; afterwards the caller calls `store.forget_playbook()`."""
    candidate = read_version(tx.session, publication.version)
    hands = _hands(tx, publication)
    _refuse_hands(store, tx, hands, candidate)
    overridden = _refuse_broken(candidate, publication.override)
    _refuse_units_in_use(tx, candidate)
    before = active_version(tx.session)
    activate(tx.session, publication.version)
    tx.record(_event(publication, candidate, hands, before, overridden))


def _hands(tx: Transaction, publication: Publication) -> Signatories:
    given = publication.hands
    drafter = given.drafter or drafter_of(tx.session, publication.version)
    return Signatories(given.publisher, drafter, given.reviewer)


def _refuse_hands(store: Store, tx: Transaction, hands: Signatories, candidate: Playbook) -> None:
    """Roles are held in the district of the version that decides now."""
    active = active_version(tx.session)
    book = candidate if active is None else read_version(tx.session, active)
    refuse_strangers(store, tx, hands, book.district.id)
    refuse_too_few(store, tx, hands, book.district.id)


def _refuse_broken(candidate: Playbook, reason: str) -> list[PlaybookFault]:
    """The failing cases that the reason overrides; every other error refuses the publication."""
    found = check_playbook(candidate, clock.now().date())
    errors = [fault for fault in found if fault.level == "error"]
    if any(fault.code not in OVERRIDABLE for fault in errors) or (errors and not reason):
        raise PlaybookRefused(errors)
    return errors


def _refuse_units_in_use(tx: Transaction, candidate: Playbook) -> None:
    """Refuses a version that drops units of the active one while people or alerts are there."""
    active = active_version(tx.session)
    if active is None:
        return
    dropped = read_version(tx.session, active).units.keys() - candidate.units.keys()
    faults = list(_in_use(tx, sorted(dropped)))
    if faults:
        units = ", ".join(fault.field for fault in faults)
        raise Refused("playbook_in_use", faults=faults, units=units)


def _in_use(tx: Transaction, dropped: list[str]) -> Iterator[Fault]:
    people = people_at(tx.session, dropped, clock.wall())
    alerts = open_alerts_at(tx.session, dropped)
    for unit in dropped:
        if people[unit] or alerts[unit]:
            yield Fault(unit, "unit_in_use", {"people": people[unit], "alerts": alerts[unit]})


def _event(
    publication: Publication,
    candidate: Playbook,
    hands: Signatories,
    before: int | None,
    overridden: list[PlaybookFault],
) -> Event:
    codes = {
        "version": publication.version,
        "before": before,
        "hash": candidate.hash,
        "drafter": hands.drafter,
        "reviewer": hands.reviewer,
        "publisher": hands.publisher,
        "failing_cases": len(overridden),
    }
    words = {"note": publication.note, "override": publication.override if overridden else ""}
    return Event(code=PUBLISHED, codes=codes, detail=words)
