"""The log is chained by the key, and each row that exists is proved once.

Until now whoever could write the log could chain it anew. The old head is kept as a fact, and rows
that the old chain did not prove stay unproved.

Revision ID: 0011
"""

import hmac

import sqlalchemy as sa
from alembic import context, op
from cryptography.exceptions import InvalidTag

from dispatch.errors import Refused
from dispatch.store.migrations import Keys
from dispatch.store.migrations.versions.of_0011.chain import chain_by_key
from dispatch.store.migrations.versions.of_0011.proofs import prove_rows

revision = "0011"
down_revision = "0010"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IDENTITY = sa.table("sealed_identity", sa.column("box", sa.LargeBinary))
_FACT = sa.table("fact", sa.column("name", sa.String), sa.column("value", sa.String))


def upgrade() -> None:
    op.create_table(
        "proof",
        sa.Column("n", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("log_seq", _NUMBER, nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_proof"),
    )
    seal: Keys | None = context.config.attributes.get("seal")
    if seal is None:
        return
    _ask_for_the_key(seal)
    before, head = chain_by_key(seal.log_key)
    mark = hmac.digest(seal.log_key, b"shaodao log key", "sha256").hex()
    _keep("log_key_mark", mark)
    if before.seq:
        _keep("log_head_before_0011", f"{before.seq} {before.hash}")
    prove_rows(seal.log_key, head)


def _ask_for_the_key(seal: Keys) -> None:
    """Raises Refused wrong_seal_key where this key does not open what lies sealed."""
    box = op.get_bind().scalar(sa.select(_IDENTITY.c.box).limit(1))
    if box is None:
        return
    try:
        seal.open(box)
    except InvalidTag as foreign:
        raise Refused("wrong_seal_key") from foreign


def _keep(name: str, value: str) -> None:
    op.get_bind().execute(sa.insert(_FACT).values(name=name, value=value))
