"""The page of one's own account: password, second factor, sign-ins, tokens."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints.own_sign_ins import list_own_sign_ins
from dispatch.blueprints.pages import Values, page_blueprint, serve_page
from dispatch.blueprints.request_access import access, authentication, language, store
from dispatch.installation.people.set_second_factor import may_have_second_factor
from dispatch.shapes.session import OwnSignIn
from dispatch.store.people import TOKEN
from dispatch.store.sealing import identities
from dispatch.store.second_factors import codes_left, new_offer, offered_secret
from dispatch.translations import translate

account_page = page_blueprint("account_page")

_GROUP: Final = 4  # signs of the secret that are read at once
_BORDER: Final = 4  # modules of white around the code, as its standard asks


@serve_page(account_page, "account")
def own_account() -> Values:
    """Times of a volunteer are those of the day, and are shown as such."""
    person, found = access(), list_own_sign_ins()
    with store().read() as session:
        zone = ZoneInfo(store().playbook(session).district.timezone)
        login = identities(session, store().seal, [person.person_id])[person.person_id]["login"]
        factor = _second_factor(session, login)
    return {
        "login": login,
        "factor": factor,
        "zone": zone,
        "by_day": person.is_kept_by_day,
        "sign_ins": [_shown(each) for each in found if each["kind"] != TOKEN],
        "tokens": [_shown(each) for each in found if each["kind"] == TOKEN],
    }


def _second_factor(session: Session, login: str) -> Values | None:
    """What is said of the second factor, and a new one that is offered; None for a volunteer."""
    here = authentication()
    if not may_have_second_factor(here.access):
        return None
    person_id, at = here.access.person_id, clock.wall()
    offer = new_offer(at)
    secret = offered_secret(store().seal, person_id, offer, at)
    is_set, product = here.has_second_factor, translate(language(), "pages.brand")
    return {
        "is_set": is_set,
        "is_needed": here.must_enrol(store().settings),
        "left": codes_left(session, person_id) if is_set else 0,
        "offer": offer,
        "written": [secret[sign : sign + _GROUP] for sign in range(0, len(secret), _GROUP)],
        "drawn": drawn_code(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=product)),
    }


def drawn_code(address: str) -> Markup:
    """The QR code of an address as SVG, black on white whatever the page's colours are."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, border=_BORDER, light="#fff", svgclass="qr")
    return Markup(svg)  # noqa: S704 - segno writes nothing but numbers of its own


def _shown(each: OwnSignIn) -> Values:
    times = {name: datetime.fromisoformat(each[name]) for name in ("since", "seen", "until")}
    return {**each, **times}
