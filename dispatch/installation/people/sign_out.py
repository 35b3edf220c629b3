"""Signs a person out: the session ends here, whatever the browser keeps."""

from sqlalchemy import delete

from dispatch.store.audit import SIGNED_OUT, done_by
from dispatch.store.people import Authentication
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store


def sign_out(store: Store, authentication: Authentication) -> None:
    who = authentication.access
    with store.write() as tx:
        tx.session.execute(delete(SignIn).where(SignIn.digest == authentication.digest))
        tx.audit(done_by(tx.seal, SIGNED_OUT, who.person_id, by_day=who.is_kept_by_day))
