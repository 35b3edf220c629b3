"""Sessions and tokens of whoever asks, as the account page and the interface show them."""

from dispatch import clock
from dispatch.blueprints.request_access import authentication, store
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.session import OwnSignIn
from dispatch.store.people import TOKEN
from dispatch.store.sign_ins import OpenSignIn, id_of, open_sign_ins


def list_own_sign_ins() -> list[OwnSignIn]:
    """Those of whoever asks, the one used last first."""
    here = authentication()
    with store().read() as session:
        found = open_sign_ins(session, store().seal, here.access.person_id, clock.wall())
    return [_told(each, id_of(here.digest)) for each in found]


def _told(each: OpenSignIn, here: str) -> OwnSignIn:
    return {
        "id": each.id,
        "kind": "token" if each.kind == TOKEN else "session",
        "used_on": each.used_on,
        "since": as_instant(each.created_at),
        "seen": as_instant(each.seen_at),
        "until": as_instant(each.expires_at),
        "is_this": each.id == here,
    }
