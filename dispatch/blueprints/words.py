"""The city's own words over HTTP: also for whoever has not signed in, who reads the door first."""

from flask import Blueprint, Response, jsonify, request

from dispatch.blueprints.request_access import public, store
from dispatch.rules.telling.city_words import words_for_faces
from dispatch.shapes.words import OwnWords

words = Blueprint("words", __name__, url_prefix="/api/v1")


@words.get("/words/<tongue>")
@public
def own_words(tongue: str) -> Response:
    """For a tongue that the city does not speak, its own language. Kept by the browser, and asked
    for again: a publish shows at the next look.
    """
    with store().read() as session:
        told: OwnWords = words_for_faces(store().playbook(session), tongue)
    response = jsonify(told)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # a Response it stays
