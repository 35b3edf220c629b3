"""Tables of the published playbooks, counters and facts of the installation."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class PlaybookVersion(Base):
    """A published playbook, immutable, with its files packed as they were."""

    __tablename__ = "playbook_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    files: Mapped[bytes] = mapped_column(LargeBinary)
    note: Mapped[str]
    published_at: Mapped[datetime]


class Counter(Base):
    """A counter by name, such as `serial:20261123`."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[int]


class Fact(Base):
    """One named value of the installation: epoch, active playbook, clock offset, last sweep."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str]
