"""Decides a request to void an alert."""

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.request_names import VOID
from dispatch.store.requests import open_request


def decide_void(context: StepContext, verdict: str) -> bool:
    """Writes the verdict on the undecided request; True where the same person had made it."""
    request = open_request(context.tx.session, context.alert.id, VOID)
    if request is None:
        raise LookupError(f"nobody asked to void {context.alert.id}")
    request.ruled_at, request.verdict = context.tx.now, verdict
    return bool(request.asker == context.access.person_id)
