"""Notices about the installation itself, for the desks that somebody holds, over HTTP."""

from contextlib import suppress

from flask import Blueprint, Response, jsonify

from dispatch import clock
from dispatch.blueprints.request_access import access, language, store
from dispatch.domain.time.instants import as_instant
from dispatch.errors import Refused
from dispatch.shapes.notices import DeskNotice, DeskNotices
from dispatch.views.desk_notices import desk_notices
from dispatch.views.reader import Reader

notices = Blueprint("notices", __name__, url_prefix="/api/v1")


@notices.get("/notices")
def listed() -> Response:
    """Empty for people who hold no desk that hears such things."""
    answer: DeskNotices = {"now": as_instant(clock.now()), "notices": notices_here()}
    return jsonify(answer)


def notices_here() -> list[DeskNotice]:
    """For the person who asks; nothing where no playbook was published yet."""
    with suppress(Refused), store().read() as session:
        playbook = store().playbook(session)
        reader = Reader(
            access=access(),
            organisation=playbook.organisation,
            playbook=playbook,
            seal=store().seal,
            language=language(),
            now=clock.now(),
        )
        return desk_notices(session, reader)
    return []
