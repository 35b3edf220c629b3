"""A handler's tasks over HTTP."""

from flask import Blueprint, Response, jsonify

from dispatch import clock
from dispatch.blueprints.request_access import access, store
from dispatch.domain.visibility import scope_of
from dispatch.views.tasks import task_list as tasks_of

tasks = Blueprint("tasks", __name__, url_prefix="/api/v1")


@tasks.get("/tasks")
def listed() -> Response:
    """The tasks of whoever asks; empty for people who handle nothing."""
    who, city = access(), store()
    with city.read() as session:
        seen = scope_of(who, city.playbook(session).organisation)
        return jsonify(tasks_of(session, seen, clock.now(), city.calendars(session)))
