"""The notices to desks about the installation itself, and about no alert."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.channels.in_app import IN_APP
from dispatch.domain.desks import DESK_OF_ROLE
from dispatch.domain.roles import valid_grants
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.notices import DeskNotice
from dispatch.store.tables import Notice
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import spoken_day


def desk_notices(session: Session, reader: Reader) -> list[DeskNotice]:
    """The present notices for the desks of the reader, newest first."""
    grants = valid_grants(reader.access, reader.organisation)
    desks = {DESK_OF_ROLE[grant.role] for grant in grants if grant.role in DESK_OF_ROLE}
    rows = session.scalars(
        select(Notice)
        .where(Notice.alert_id.is_(None), Notice.channel == IN_APP)
        .where(Notice.to_ref.in_(desks), Notice.state.in_(("sent", "pending")))
        .order_by(Notice.created_at.desc(), Notice.id.desc()),
    )
    return [
        {
            "id": row.id,
            "code": row.code,
            "at": as_instant(row.created_at),
            "sentence": translate(
                reader.language, f"notices.{row.code}", **dict(_said(row, reader))
            ),
        }
        for row in rows
    ]


def _said(row: Notice, reader: Reader) -> Iterator[tuple[str, Any]]:
    for name, value in row.params.items():
        yield name, spoken_day(value, reader) if name == "last" else value
