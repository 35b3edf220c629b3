"""Encrypts identities: only this module can link a person and an alert, and only with the key."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.rows import add_rows
from dispatch.store.tables import SealedIdentity, SealedLink

_NONCE = 12


class Seal:
    """Encrypts (AES-256-GCM) and digests (HMAC-SHA-256) with keys derived from one secret."""

    def __init__(self, secret: bytes) -> None:
        self._box = AESGCM(_derive(secret, b"box"))
        self._ref = _derive(secret, b"ref")
        self._cursor = _derive(secret, b"cursor")

    def close(self, value: object) -> bytes:
        """The JSON value, encrypted; different each time."""
        nonce = os.urandom(_NONCE)
        return nonce + self._box.encrypt(nonce, json.dumps(value).encode(), None)

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


def load_seal(written_key: str, data_dir: Path) -> Seal:
    """The seal by the setting, else by DATA_DIR/seal.key, made at first use (mode 0600)."""
    if written_key:
        return Seal(written_key.encode())
    path = data_dir / "seal.key"
    if not path.exists():
        _make_key(path)
    return Seal(path.read_bytes().strip())


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


def link_reporter(session: Session, seal: Seal, alert_id: str, person_id: str) -> None:
    """Writes both directions between reporter and alert, as two rows that do not point at each
    other.
    """
    pair = [
        _link(seal.ref("alert", alert_id), seal.close(person_id)),
        _link(seal.ref("person", person_id), seal.close(alert_id)),
    ]
    # in either order, so that the order of rows does not tell the direction
    if secrets.randbits(1):
        pair.reverse()
    add_rows(session, SealedLink, pair)


def _link(ref: str, box: bytes) -> dict[str, Any]:
    return {"id": secrets.token_hex(16), "ref": ref, "box": box}


def alerts_of(session: Session, seal: Seal, person_id: str) -> list[str]:
    """The ids of the alerts that a person reported, unordered. Call it for that person alone."""
    boxes = session.scalars(
        select(SealedLink.box).where(SealedLink.ref == seal.ref("person", person_id)),
    )
    return [seal.open(box) for box in boxes]


def reporter_of(session: Session, seal: Seal, alert_id: str) -> str | None:
    """The id of the person who reported an alert, or None."""
    box = session.scalar(
        select(SealedLink.box).where(SealedLink.ref == seal.ref("alert", alert_id))
    )
    return None if box is None else str(seal.open(box))


def identities(session: Session, seal: Seal, person_ids: Iterable[str]) -> dict[str, Any]:
    """The sealed `{name, login, phone}` of people, by person id."""
    rows = session.execute(
        select(SealedIdentity.person_id, SealedIdentity.box).where(
            SealedIdentity.person_id.in_(list(person_ids)),
        ),
    )
    return {person_id: seal.open(box) for person_id, box in rows}
