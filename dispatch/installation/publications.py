"""Who published which version of the playbook, when and why, as the log has it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.audit import PUBLISHED
from dispatch.store.sealing import Seal, identities
from dispatch.store.tables import LogDetail, LogEntry

_HANDS = ("publisher", "drafter", "reviewer")

Publications = dict[int, list[dict[str, str | None]]]


def publications(session: Session, seal: Seal) -> Publications:
    """By version each time that it came into force: at, the names of its hands, note, override."""
    rows = session.execute(
        select(LogEntry.at, LogEntry.codes, LogDetail.body)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .where(LogEntry.code == PUBLISHED)
        .order_by(LogEntry.seq)
    ).all()
    names = _names(session, seal, (codes.get(hand) for _, codes, _ in rows for hand in _HANDS))
    found: Publications = {}
    for at, codes, detail in rows:
        words = detail or {}
        hands = {hand: names.get(codes.get(hand) or "") for hand in _HANDS}
        told = {"at": at.isoformat(), **hands}
        told |= {"note": words.get("note"), "override": words.get("override")}
        found.setdefault(codes["version"], []).append(told)
    return found


def _names(session: Session, seal: Seal, people: Iterable[str | None]) -> dict[str, str]:
    known = identities(session, seal, sorted({each for each in people if each}))
    return {person: sealed["name"] for person, sealed in known.items()}
