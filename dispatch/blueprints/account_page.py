"""The page of one's own account: password, sign-ins, tokens."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dispatch.blueprints.own_sign_ins import list_own_sign_ins
from dispatch.blueprints.pages import Values, page_blueprint, serve_page
from dispatch.blueprints.request_access import access, store
from dispatch.shapes.session import OwnSignIn
from dispatch.store.people import TOKEN
from dispatch.store.sealing import identities

account_page = page_blueprint("account_page")


@serve_page(account_page, "account")
def own_account() -> Values:
    """Times of a volunteer are those of the day, and are shown as such."""
    person, found = access(), list_own_sign_ins()
    with store().read() as session:
        zone = ZoneInfo(store().playbook(session).district.timezone)
        login = identities(session, store().seal, [person.person_id])[person.person_id]["login"]
    return {
        "login": login,
        "zone": zone,
        "by_day": person.is_kept_by_day,
        "sign_ins": [_shown(each) for each in found if each["kind"] != TOKEN],
        "tokens": [_shown(each) for each in found if each["kind"] == TOKEN],
    }


def _shown(each: OwnSignIn) -> Values:
    times = {name: datetime.fromisoformat(each[name]) for name in ("since", "seen", "until")}
    return {**each, **times}
