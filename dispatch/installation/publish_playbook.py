"""Publishes a version of the playbook, a new or an older one: checked, signed, logged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from dispatch import clock
from dispatch.errors import Fault, Refused
from dispatch.installation.complaints import refuse_complained_about
from dispatch.installation.hand_over import hand_over, refuse_bad_heirs
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
from dispatch.store.audit import PUBLISHED, AuditEvent
from dispatch.store.log import Event
from dispatch.store.playbooks import activate, active_version, read_version
from dispatch.store.transaction import Store, Transaction
from dispatch.store.units_in_use import open_alerts_at, people_at

# A case may be wrong although the rule is right: only this can be overridden, with a reason.
OVERRIDABLE: Final = frozenset({"case_failed"})
# So many alerts of a unit are named by their numbers.
MOST_NAMED: Final = 5
_DESKS: Final = frozenset({"department", "team", "company", "street"})


@dataclass(frozen=True, slots=True)
class Publication:
    """`override`: the reason to publish although cases fail; `heirs`: by unit that goes the one
    that takes over its people and open alerts.
    """

    version: int
    note: str = ""
    hands: Signatories = NOBODY_NAMED
    override: str = ""
    heirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Replacement:
    """The version in force, the one that comes after it, and who takes over from whom."""

    before: Playbook
    after: Playbook
    heirs: Mapping[str, str]


def publish_playbook(store: Store, publication: Publication) -> None:
    """The version decides within a second in every process; alerts keep their promises.

    Raises PlaybookRefused with the errors; Refused: no_such_version, may_not_publish,
    playbook_hands, playbook_in_use, and invalid where the heirs are wrong.
    """
    with store.write() as tx:
        publish_kept(store, tx, publication)
    store.forget_playbook()


def publish_kept(store: Store, tx: Transaction, publication: Publication) -> None:
    """The same within a transaction; afterwards the caller calls `store.forget_playbook()`."""
    candidate = read_version(tx.session, publication.version)
    hands = _hands(tx, publication)
    overridden = _refuse_broken(candidate, publication.override)
    _refuse_hands(store, tx, hands, candidate)
    before = active_version(tx.session)
    change = _Replacement(_active(tx, candidate), candidate, publication.heirs)
    refuse_bad_heirs(change.before, candidate, publication.heirs)
    _refuse_units_in_use(tx, change)
    refuse_complained_about(tx.session, candidate.organisation, publication.heirs)
    activate(tx.session, publication.version)
    hand_over(store, tx, candidate, publication.heirs)
    event = _event(publication, candidate, hands, before, overridden)
    tx.record(event)
    tx.audit(AuditEvent(PUBLISHED, actor=hands.publisher, codes=event.codes))


def _hands(tx: Transaction, publication: Publication) -> Signatories:
    given = publication.hands
    drafter = given.drafter or drafter_of(tx.session, publication.version)
    return Signatories(given.publisher, drafter, given.reviewer)


def _refuse_hands(store: Store, tx: Transaction, hands: Signatories, candidate: Playbook) -> None:
    """Roles are held in the district of the version that decides now."""
    district = _active(tx, candidate).district.id
    refuse_strangers(store, tx, hands, district)
    refuse_too_few(store, tx, hands, district)


def _active(tx: Transaction, candidate: Playbook) -> Playbook:
    """The version in force; the candidate where none is."""
    active = active_version(tx.session)
    return candidate if active is None else read_version(tx.session, active)


def _refuse_broken(candidate: Playbook, reason: str) -> list[PlaybookFault]:
    """The failing cases that the reason overrides; every other error refuses the publication."""
    found = check_playbook(candidate, clock.now().date())
    errors = [fault for fault in found if fault.level == "error"]
    if any(fault.code not in OVERRIDABLE for fault in errors) or (errors and not reason):
        raise PlaybookRefused(errors)
    return errors


def _refuse_units_in_use(tx: Transaction, change: _Replacement) -> None:
    """Refuses a version that drops units while people or alerts are there that nobody inherits."""
    dropped = change.before.units.keys() - change.after.units.keys() - change.heirs.keys()
    faults = list(_in_use(tx, sorted(dropped)))
    if faults:
        units = [fault.field for fault in faults]
        how = " ".join(f"--hand-over {unit}={_heir(change, unit)}" for unit in units)
        raise Refused("playbook_in_use", faults=faults, units=", ".join(units), how=how)


def _in_use(tx: Transaction, dropped: list[str]) -> Iterator[Fault]:
    people = people_at(tx.session, dropped, clock.wall())
    alerts = open_alerts_at(tx.session, dropped)
    for unit in dropped:
        if people[unit] or alerts[unit]:
            numbers = ", ".join(alerts[unit][:MOST_NAMED]) or "–"
            said = {"people": people[unit], "alerts": len(alerts[unit]), "numbers": numbers}
            yield Fault(unit, "unit_in_use", said)


def _heir(change: _Replacement, gone: str) -> str:
    """Who might take over: the nearest unit above that stays, or one of the kind with a like id."""
    above = change.before.organisation.ancestors(gone)
    kind = change.before.units[gone].kind
    alike = [unit.id for unit in change.after.units.values() if unit.kind == kind]
    new = [unit for unit in alike if unit not in change.before.units]
    stays = [unit for unit in above if change.after.organisation.kind(unit) in _DESKS]
    found = [*get_close_matches(gone, new, 1, 0.3), *stays, *get_close_matches(gone, alike, 1, 0.0)]
    return next(iter(found), "UNIT")


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
        **({"heirs": dict(publication.heirs)} if publication.heirs else {}),
    }
    words = {"note": publication.note, "override": publication.override if overridden else ""}
    return Event(code=PUBLISHED, codes=codes, detail=words)
