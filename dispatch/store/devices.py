"""Known devices: where somebody has signed in before, by a signed cookie that the device keeps."""

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

from dispatch.store.sealing import Seal

_ACCOUNTS: Final = 16  # of one shared computer; the one unused for longest is forgotten
_LENGTH: Final = 32  # hexadecimal digits of a tag
_LONGEST: Final = 1024
_OURS: Final = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")


@dataclass(frozen=True)
class Device:
    """A device: its random id, and a tag for each account that signed in there, last one first."""

    id: str
    tags: tuple[str, ...] = ()

    def knows(self, seal: Seal, account: str, kept: str | None) -> bool:
        """Whether this account has signed in here with its present password. `account`: its keyed
        digest; `kept`: the hash of the password, so that whoever knew an older one is a stranger.
        """
        tag = _tag(seal, self.id, account, kept)
        return any(hmac.compare_digest(tag, each) for each in self.tags)

    def with_account(self, seal: Seal, account: str, kept: str | None) -> "Device":
        tag = _tag(seal, self.id, account, kept)
        return Device(self.id, (tag, *(each for each in self.tags if each != tag))[:_ACCOUNTS])

    def as_cookie(self) -> str:
        return ".".join((self.id, *self.tags))


def device_of(cookie: str) -> Device:
    """The device that shows this cookie; a new one where it shows none of ours."""
    device_id, *tags = cookie[:_LONGEST].encode("ascii", "replace").decode().split(".")
    if not _OURS.fullmatch(device_id):
        return Device(secrets.token_hex(_LENGTH // 2))
    return Device(device_id, tuple(tags[:_ACCOUNTS]))


def _tag(seal: Seal, device_id: str, account: str, kept: str | None) -> str:
    return seal.ref("device", device_id, account, kept or "")[:_LENGTH]
