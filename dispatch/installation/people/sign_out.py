"""Signs a person out: the session ends here, whatever the browser keeps."""

from sqlalchemy import delete

from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store


def sign_out(store: Store, digest: str) -> None:
    with store.write() as tx:
        tx.session.execute(delete(SignIn).where(SignIn.digest == digest))
