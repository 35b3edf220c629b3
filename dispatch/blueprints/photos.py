"""Photos over HTTP: sent as bytes, shown only to those who may see their alert."""

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.blueprints.bodies import in_megabytes, read_bytes
from dispatch.blueprints.photo_room import photo_room
from dispatch.blueprints.request_access import access, store
from dispatch.domain.law.relations import may_read_words, relations
from dispatch.domain.reading import Faults, read_digests
from dispatch.domain.roles import Access, Organisation
from dispatch.errors import Refused
from dispatch.installation.note_reading import THUMB_SEEN, note_reading
from dispatch.intake.attach_photo import attach_photo
from dispatch.shapes.report import PhotoKept
from dispatch.store.alerts import alert_facts, assignments_of
from dispatch.store.audit import PHOTO_SEEN
from dispatch.store.photos import photo_path
from dispatch.store.sealing import Seal, reporter_ref
from dispatch.store.tables import Alert, Photo

photos = Blueprint("photos", __name__, url_prefix="/api/v1/alerts/<alert_id>/photos")


@photos.put("/<sha256>")
def sent(alert_id: str, sha256: str) -> tuple[Response, int]:
    """201 kept, 200 it was there already."""
    who, city = access(), store()
    faults = Faults()
    read_digests("sha256", [sha256], faults)
    faults.refuse()
    with city.read() as session:
        organisation = city.playbook(session).organisation
    # room for its bytes until it is kept; a turn at decoding only when the last of them has come
    with photo_room().receiving(who.person_id, _announced()) as take:
        file = _file_sent(city.settings.photo_max_kib, take)
        is_new = attach_photo(city, who, organisation, alert_id, sha256, file)
    kept: PhotoKept = {"sha256": sha256}
    return jsonify(kept), 201 if is_new else 200


def _announced() -> int:
    """The length that the sender says; what is too large is told so, whatever room there is."""
    announced = request.content_length or 0
    return announced if announced <= store().settings.photo_max_kib * 1024 else 0


def _file_sent(max_kib: int, take: Callable[[int], None]) -> bytes:
    try:
        return read_bytes(max_kib, take)
    except Refused as refused:
        if refused.code != "too_large":
            raise
        raise Refused("photo_too_large", max_mb=in_megabytes(max_kib)) from refused


@photos.get("/<sha256>")
def whole(alert_id: str, sha256: str) -> Response:
    """The photo as it is kept."""
    return _file(alert_id, sha256, thumb=False)


@photos.get("/<sha256>/thumb")
def thumb(alert_id: str, sha256: str) -> Response:
    """Its thumbnail."""
    return _file(alert_id, sha256, thumb=True)


def _file(alert_id: str, sha256: str, *, thumb: bool) -> Response:
    who, city = access(), store()
    with city.read() as session:
        organisation = city.playbook(session).organisation
        photo = _seen(session, city.seal, who, organisation, alert_id, sha256)
    note_reading(city, who, alert_id, THUMB_SEEN if thumb else PHOTO_SEEN)
    digest = photo.thumb if thumb else photo.stored
    if digest is None:
        raise Refused("not_found")
    path = photo_path(city.data_dir, digest)
    if not path.exists():
        raise Refused("not_found")
    answer = Response(path.read_bytes(), mimetype="image/jpeg")
    answer.set_etag(digest)
    # kept by the browser of whoever was allowed to see it, by nobody in between
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    answer.make_conditional(request)
    return answer


def _seen(
    session: Session,
    seal: Seal,
    who: Access,
    organisation: Organisation,
    alert_id: str,
    sha256: str,
) -> Photo:
    alert = session.get(Alert, alert_id)
    photo = session.scalar(
        select(Photo).where(Photo.alert_id == alert_id, Photo.sha256 == sha256),
    )
    if alert is None or photo is None:
        raise Refused("not_found")
    mine = alert.reporter_ref == reporter_ref(seal, alert.id, who.person_id)
    facts = alert_facts(alert, assignments_of(session, alert.id), is_reporter=mine)
    held = relations(who, facts, organisation)
    is_told = photo.purpose != "report" or may_read_words(held, household=alert.household)
    if not held or not is_told:
        raise Refused("not_found")
    return photo
