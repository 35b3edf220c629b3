"""Encrypts identities: only this module can link a person and an alert, and only with the key."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.store.engines import Engines
from dispatch.store.rows import add_those_new
from dispatch.store.tables import SealedIdentity, SealedLink

_NONCE: Final = 12
# What is encrypted is filled up to a multiple of this, so that its length tells nothing.
_BLOCK: Final = 192
# A person's links are numbered from 0 without gaps, and looked up so many at a time.
_FIRST_LINKS: Final = 64
# Enough to find the end of a few dozen links in one statement, and of millions in some more.
_PROBES: Final = (*range(_FIRST_LINKS), *(2**power for power in range(6, 24)))
_BETWEEN: Final = 32


class Seal:
    """Encrypts (AES-256-GCM) and digests (HMAC-SHA-256) with keys derived from one secret."""

    def __init__(self, secret: bytes) -> None:
        self._box = AESGCM(_derive(secret, b"box"))
        self._ref = _derive(secret, b"ref")
        self._cursor = _derive(secret, b"cursor")
        self.log_key: Final = _derive(secret, b"log")  # chains the log; opens nothing
        # by digest of a secret whose it is, as far as this process knows: that never changes
        self.owners: dict[str, str] = {}
        self.numbers: dict[str, int] = {}  # by person the next of their links, likewise

    def close(self, value: object) -> bytes:
        """The JSON value, encrypted; different each time, and short ones equally long."""
        nonce, plain = os.urandom(_NONCE), json.dumps(value).encode()
        filled = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)  # JSON ignores blanks at its end
        return nonce + self._box.encrypt(nonce, filled, None)

    def open(self, box: bytes) -> Any:
        """The value that was closed; raises cryptography's InvalidTag for a foreign or
        changed box.
        """
        return json.loads(self._box.decrypt(box[:_NONCE], box[_NONCE:], None))

    def ref(self, *parts: str) -> str:
        """A keyed digest: the same for the same parts, and meaningless without the key."""
        return hmac.new(self._ref, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()

    def sign(self, text: str) -> str:
        """A short signature for what a client hands back unchanged, such as a list's cursor."""
        return hmac.new(self._cursor, text.encode(), hashlib.sha256).hexdigest()[:24]


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return hmac.new(secret, b"shaodao/" + purpose, hashlib.sha256).digest()


def load_seal(written_key: str, data_dir: Path, is_sealed: Callable[[], bool]) -> Seal:
    """The seal by the setting, else by DATA_DIR/seal.key, made at first use (mode 0600). Raises
    Refused seal_key_missing where rows are sealed already: another key would not open them.
    """
    if written_key:
        return Seal(written_key.encode())
    path = data_dir / "seal.key"
    if not path.exists():
        if is_sealed():
            raise Refused("seal_key_missing", path=str(path))
        _make_key(path)
    return Seal(path.read_bytes().strip())


def is_sealed(engines: Engines) -> bool:
    """Whether somebody's name lies sealed in this database. Then its connections are closed: no
    store will stand on them without the key.
    """
    with engines.read.connect() as connection:
        if not inspect(connection).has_table(SealedIdentity.__tablename__):
            return False
        found = connection.scalar(select(SealedIdentity.person_id).limit(1))
    if found is not None:
        engines.dispose()
    return found is not None


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster: its key is the key
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())


def reporter_ref(seal: Seal, alert_id: str, person_id: str) -> str:
    """The reporter's pseudonym on this alert: different on every alert, so that alerts cannot be
    linked.
    """
    return seal.ref("reporter", alert_id, person_id)


def link_reporter(
    session: Session, seal: Seal, alert_id: str, person_id: str, grant: Grant
) -> None:
    """Writes both directions between reporter and alert, as two rows that do not point at each
    other: to the person with the grant by which they reported, and from the person's next number
    to the alert.
    """
    to_person = _link(_from_alert(seal, alert_id), seal.close([person_id, grant.role, grant.unit]))
    rows, known = [to_person], seal.numbers.get(person_id)
    first = _links_of(session, seal, person_id) if known is None else known
    for number in count(first):
        rows.append(_link(_from_person(seal, person_id, number), seal.close(alert_id)))
        if secrets.randbits(1):  # so that the order of rows does not tell the direction
            rows.reverse()
        if len(add_those_new(session, SealedLink, rows)) == len(rows):
            break
        rows = []  # another report took this number at the same moment
    _remember(session, seal, person_id, number + 1)


def _remember(session: Session, seal: Seal, person_id: str, number: int) -> None:
    """Once it is committed: a number that was rolled back is given again, so that there is no
    gap.
    """
    if not session.in_nested_transaction():
        known = {person_id: number}
        event.listen(session, "after_commit", lambda _: seal.numbers.update(known), once=True)


def _link(ref: str, box: bytes) -> dict[str, Any]:
    return {"id": secrets.token_hex(16), "ref": ref, "box": box}


def _from_alert(seal: Seal, alert_id: str) -> str:
    return seal.ref("alert", alert_id)


def _from_person(seal: Seal, person_id: str, number: int) -> str:
    """Another digest for each alert of a person, so that their rows do not look alike."""
    return seal.ref("person", person_id, str(number))


def _links_of(session: Session, seal: Seal, person_id: str) -> int:
    """How many alerts the person reported: the first number that has no link."""
    last: int = -1
    free: int = _PROBES[-1] + 1
    probes: Sequence[int] = _PROBES
    while free - last > 1:
        refs = {_from_person(seal, person_id, number): number for number in probes}
        found = set(session.scalars(select(SealedLink.ref).where(SealedLink.ref.in_(refs))))
        last = max((number for ref, number in refs.items() if ref in found), default=last)
        free = min((number for ref, number in refs.items() if ref not in found), default=free)
        probes = range(last + 1, free, max(1, (free - last) // _BETWEEN))
    return free


def alerts_of(session: Session, seal: Seal, person_id: str) -> list[str]:
    """The ids of the alerts that a person reported, oldest first. Call it for that person alone."""
    return [seal.open(box) for box in _boxes_of(session, seal, person_id)]


def _boxes_of(session: Session, seal: Seal, person_id: str) -> Iterator[bytes]:
    first, size = 0, _FIRST_LINKS
    while True:
        refs = [_from_person(seal, person_id, first + number) for number in range(size)]
        rows = session.execute(
            select(SealedLink.ref, SealedLink.box).where(SealedLink.ref.in_(refs)),
        )
        boxes = {row.ref: row.box for row in rows}
        yield from (boxes[ref] for ref in refs if ref in boxes)
        if len(boxes) < size:
            return
        first, size = first + size, size * 2


def reporter_of(session: Session, seal: Seal, alert_id: str) -> str | None:
    """The id of the person who reported an alert, or None."""
    opened = _reported(session, seal, [alert_id]).get(alert_id)
    return None if opened is None else str(opened[0])


def reporters_roles(session: Session, seal: Seal, alert_ids: Iterable[str]) -> dict[str, str]:
    """By alert the role in which it was reported: the log tells of a volunteer each time. Those
    that a service brought in have none here.
    """
    return {alert: role for alert, (_, role, _) in _reported(session, seal, alert_ids).items()}


def _reported(session: Session, seal: Seal, alert_ids: Iterable[str]) -> dict[str, list[str]]:
    """By alert: person, role and unit of whoever reported it."""
    refs = {_from_alert(seal, alert_id): alert_id for alert_id in alert_ids}
    rows = session.execute(select(SealedLink.ref, SealedLink.box).where(SealedLink.ref.in_(refs)))
    return {refs[ref]: seal.open(box) for ref, box in rows}


def identities(session: Session, seal: Seal, person_ids: Iterable[str]) -> dict[str, Any]:
    """The sealed `{name, login, phone}` of people, by person id."""
    rows = session.execute(
        select(SealedIdentity.person_id, SealedIdentity.box).where(
            SealedIdentity.person_id.in_(list(person_ids)),
        ),
    )
    return {person_id: seal.open(box) for person_id, box in rows}
