"""Makes a secret for a person: a bearer token for a program, or a one-time link."""

from datetime import timedelta

from dispatch.store.enrolment import issue_secret
from dispatch.store.people import TOKEN
from dispatch.store.transaction import Store


def make_token(store: Store, person_id: str, kind: str = TOKEN) -> str:
    """The secret, of which only a digest is kept; `kind`: token or link."""
    with store.write() as tx:
        if kind == TOKEN:
            return issue_secret(tx, person_id, kind, timedelta(days=store.settings.token_days))
        return issue_secret(tx, person_id, kind)
