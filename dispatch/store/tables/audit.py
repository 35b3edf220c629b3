"""Table of the audit trail: who came in, who changed rights, who took data out; append-only."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, BigKey


class AuditEntry(Base):
    """Something that whoever supervises the installation may have to look up.

    `actor`: the staff member who did it; `person`: the one whom it concerns; `mark`: a volunteer,
    whichever of the two, by a keyed digest that no other row has. `address`: where staff came
    from. `at` is wall time, a volunteer's to the day. `hash` is keyed and covers this row and the
    hash of the row before.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(String(32), index=True)
    actor: Mapped[str | None] = mapped_column(String(36), index=True)
    person: Mapped[str | None] = mapped_column(String(36), index=True)
    mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    alert_id: Mapped[str | None] = mapped_column(String(36), index=True)
    address: Mapped[str | None] = mapped_column(String(64))
    codes: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(String(64))
