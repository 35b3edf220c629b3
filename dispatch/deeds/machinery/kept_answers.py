"""The answers to steps are kept, so that the same step sent twice is answered alike."""

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.errors import Refused
from dispatch.shapes.steps import StepTaken
from dispatch.store.log import canonical
from dispatch.store.marks import body_mark
from dispatch.store.rows import add_if_new
from dispatch.store.sealing import Seal
from dispatch.store.tables import TakenStep


def step_digest(seal: Seal, step: str, client_id: str, values: Mapping[str, Any]) -> str:
    """A keyed digest by which the same step is recognised."""
    body = {"step": step, "values": {name: str(value) for name, value in values.items()}}
    return body_mark(seal, client_id, hashlib.sha256(canonical(body)).hexdigest())


def first_answer(context: StepContext, taken: TakenStep) -> StepTaken:
    """The answer that this client_id got before; raises Refused step_exists for another body."""
    if not context.took(taken) or taken.body_digest != context.digest:
        raise Refused("step_exists")
    return cast("StepTaken", taken.answer)


def keep_answer(context: StepContext, answer: StepTaken) -> None:
    """With staff's id or the reporter's mark; raises Refused step_exists where the client_id was
    used at this moment for another alert.
    """
    taken = {
        "client_id": context.client_id,
        "alert_id": context.alert.id,
        "actor": None if context.is_reporters else context.access.person_id,
        "mark": context.mark if context.is_reporters else None,
        "body_digest": context.digest,
        "version_after": context.alert.version,
        "answer": answer,
    }
    if not add_if_new(context.tx.session, TakenStep, taken):
        raise Refused("step_exists")
