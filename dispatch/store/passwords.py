"""Hashes passwords, compares them, and refuses weak ones."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from dispatch.errors import Refused
from dispatch.store.common_passwords import is_common, says_city_name, says_own_name

SHORTEST: Final = 10
LONGEST: Final = 128
_DISTINCT: Final = 5
# OWASP's second choice: 19 MiB and about 30 ms, so that a cheap server survives the morning.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
# Two at a time: many sign-ins at once must not take all memory and cores.
_turns = threading.BoundedSemaphore(2)
_PATIENCE_S: Final = 10


def hash_password(
    password: str, login: str, name: str = "", city: frozenset[str] = frozenset()
) -> str:
    """The Argon2id hash of a new password. `city`: the names of its places and units. Raises
    Refused weak_password, own_name_password, city_name_password or common_password.
    """
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < _DISTINCT:
        raise Refused("weak_password", least=SHORTEST)
    if says_own_name(password, login, name):
        raise Refused("own_name_password")
    if says_city_name(password, city):
        raise Refused("city_name_password")
    if is_common(password):
        raise Refused("common_password")
    with _turn():
        return HASHER.hash(_normal(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password; takes as long for an account that has none."""
    with _turn():
        try:
            return HASHER.verify(kept or _of_nobody(), _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _of_nobody() -> str:
    """Compared where there is no such account, so that the time taken does not reveal it."""
    return HASHER.hash("nobody has this password")


def _normal(password: str) -> str:
    """The same characters however the keyboard composes them (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_PATIENCE_S):
        raise Refused("busy")
    try:
        yield
    finally:
        _turns.release()
