"""A handler's tasks over HTTP, the first responses that a desk signs for, what may be verified."""

from flask import Blueprint, Response, jsonify

from dispatch import clock
from dispatch.blueprints.request_access import access, store
from dispatch.domain.visibility import scope_of
from dispatch.views.tasks import first_responses_to_sign
from dispatch.views.tasks import task_list as tasks_of
from dispatch.views.verifying import may_verify

tasks = Blueprint("tasks", __name__, url_prefix="/api/v1")


@tasks.get("/tasks")
def listed() -> Response:
    """The tasks of whoever asks; empty for people who have nothing to do."""
    who, city = access(), store()
    with city.read() as session:
        organisation = city.playbook(session).organisation
        seen, calendars = scope_of(who, organisation), city.calendars(session)
        verify = may_verify(session, who, organisation, city.seal)
        to_sign = first_responses_to_sign(session, who, organisation)
        found = tasks_of(session, seen, clock.now(), calendars, to_sign=to_sign, verify=verify)
        return jsonify(found)
