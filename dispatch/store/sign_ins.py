"""Sessions, tokens and links of people; whose each is, only the key tells."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidTag
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch.store.marks import to_the_day, to_the_days_end
from dispatch.store.rows import add_if_new
from dispatch.store.sealing import Seal
from dispatch.store.tables import SignIn

# So many sessions, tokens and links of one person hold at once; then the one unused for longest
# makes room.
MOST: Final = 1024
_TRIES: Final = 16
_MOST_KNOWN: Final = 50_000
_ID_LENGTH: Final = 16


@dataclass(frozen=True)
class NewSignIn:
    """`kind`: session, token or link. `by_day`: a volunteer's, whose times are kept to the day.
    `used_on`: browser and system, for the person's own list.
    """

    person_id: str
    kind: str
    lasts: timedelta
    csrf: str | None = None
    by_day: bool = True
    used_on: str = ""


@dataclass(frozen=True)
class OpenSignIn:
    """A session or token of somebody, as they see it themselves; `id` opens nothing."""

    id: str
    kind: str
    used_on: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def secret_digest(secret: str) -> str:
    """SHA-256: enough for secrets of 256 random bits, and cheap enough for each request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add_sign_in(session: Session, seal: Seal, new: NewSignIn, at: datetime) -> str:
    """Makes a secret and returns it; only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    seen = to_the_day(at) if new.by_day else at
    row = {
        "digest": (digest := secret_digest(secret)),
        "kind": new.kind,
        "box": seal.close([new.person_id, new.used_on]),
        "csrf": new.csrf,
        "created_at": seen,
        "seen_at": seen,
        "expires_at": to_the_days_end(at + new.lasts) if new.by_day else at + new.lasts,
    }
    while not any(add_if_new(session, SignIn, row | _numbered(seal, new)) for _ in range(_TRIES)):
        _end_oldest(session, seal, new.person_id)
    _remember(seal, digest, new.person_id)
    return secret


def _numbered(seal: Seal, new: NewSignIn) -> dict[str, str]:
    """A number at random, so that a free one is found without a look at those that are taken."""
    return {"ref": _ref(seal, new.person_id, secrets.randbelow(MOST))}


def _ref(seal: Seal, person_id: str, number: int) -> str:
    return seal.ref("sign_in", person_id, str(number))


def _refs(seal: Seal, person_id: str) -> list[str]:
    return [_ref(seal, person_id, number) for number in range(MOST)]


def _end_oldest(session: Session, seal: Seal, person_id: str) -> None:
    theirs = SignIn.ref.in_(_refs(seal, person_id))
    oldest = select(SignIn.digest).where(theirs).order_by(SignIn.seen_at, SignIn.digest).limit(1)
    session.execute(delete(SignIn).where(SignIn.digest == oldest.scalar_subquery()))


def end_sign_ins(
    session: Session, seal: Seal, person_id: str, kinds: Collection[str], but: str = ""
) -> None:
    """Ends every session, token or link of a person at once, but one of a certain digest."""
    theirs = (SignIn.ref.in_(_refs(seal, person_id)), SignIn.kind.in_(kinds))
    session.execute(delete(SignIn).where(*theirs, SignIn.digest != but))


def delete_sign_in(session: Session, seal: Seal, person_id: str, sign_in_id: str) -> str | None:
    """Ends one by its id; its kind, or None where the person has none."""
    theirs = (SignIn.ref.in_(_refs(seal, person_id)), SignIn.kind != "link")
    chosen = SignIn.digest.startswith(sign_in_id, autoescape=True)
    ended = delete(SignIn).where(*theirs, chosen).returning(SignIn.kind)
    is_whole = len(sign_in_id) == _ID_LENGTH
    return session.scalar(ended) if is_whole else None


def open_sign_ins(
    session: Session, seal: Seal, person_id: str, at: datetime
) -> tuple[OpenSignIn, ...]:
    """Sessions and tokens of a person that hold, the one used last first."""
    theirs = (SignIn.ref.in_(_refs(seal, person_id)), SignIn.kind != "link")
    rows = session.scalars(select(SignIn).where(*theirs, SignIn.expires_at > at))
    return tuple(
        OpenSignIn(
            id_of(row.digest),
            row.kind,
            _used_on(seal, row.box),
            row.created_at,
            row.seen_at,
            row.expires_at,
        )
        for row in sorted(rows, key=lambda row: (row.seen_at, row.digest), reverse=True)
    )


def id_of(digest: str) -> str:
    """How a sign-in is named to its person."""
    return digest[:_ID_LENGTH]


def those_open(session: Session, digests: Collection[str], at: datetime) -> set[str]:
    """Which of these sign-ins hold."""
    asked = select(SignIn.digest).where(SignIn.digest.in_(digests), SignIn.expires_at > at)
    return set(session.scalars(asked))


def whose_link(session: Session, seal: Seal, secret: str, kind: str, at: datetime) -> str | None:
    """The id of the person whom a secret that holds is for."""
    box = session.scalar(
        select(SignIn.box).where(
            SignIn.digest == secret_digest(secret), SignIn.kind == kind, SignIn.expires_at > at
        ),
    )
    return None if box is None else owner_in(seal, box)


def owner_of(session: Session, seal: Seal, digest: str) -> str | None:
    """Whose a secret is that was ever seen, by its digest: asked of the database once a process."""
    known = seal.owners.get(digest)
    if known is None:
        box = session.scalar(select(SignIn.box).where(SignIn.digest == digest))
        known = None if box is None else owner_in(seal, box)
        if known is not None:
            _remember(seal, digest, known)
    return known


def _remember(seal: Seal, digest: str, person_id: str) -> None:
    if len(seal.owners) >= _MOST_KNOWN:
        seal.owners.clear()
    seal.owners[digest] = person_id


def owner_in(seal: Seal, box: bytes) -> str | None:
    """The id of the person in a sign-in's box, or None where it was sealed with another key."""
    try:
        return _opened(seal, box)[0]
    except InvalidTag:
        return None


def _used_on(seal: Seal, box: bytes) -> str:
    try:
        return _opened(seal, box)[1]
    except InvalidTag:
        return ""


def _opened(seal: Seal, box: bytes) -> tuple[str, str]:
    """Person, browser and system; boxes of before revision 0012 hold the person alone."""
    kept = seal.open(box)
    return (kept, "") if isinstance(kept, str) else (kept[0], kept[1])
