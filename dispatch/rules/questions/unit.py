"""A question that is answered by a unit of the district: whoever works, chosen from a list."""

from typing import Final

from dispatch.domain.reading import echo
from dispatch.rules.questions.answers import Answer, ChoiceList, SentAnswer, Wording
from dispatch.rules.questions.comparisons import OF_TEXTS
from dispatch.rules.questions.kind import Kind


def answer(sent: SentAnswer) -> Answer:
    """The id of a unit that is offered."""
    known = {choice.id for choice in sent.offered}
    if not isinstance(sent.value, str) or sent.value not in known:
        told = "GET /api/v1/forms"  # too many to be listed
        sent.faults.add(sent.path, "unknown_value", value=echo(sent.value), known=told)
        return None
    return sent.value


def from_text(written: str, _choices: ChoiceList) -> Answer:
    """An id as it was typed."""
    return written


def say(chosen: object, wording: Wording) -> str:
    """The name of the unit."""
    return wording.unit(str(chosen))


def offer(_choices: ChoiceList, units: ChoiceList) -> ChoiceList:
    """The units: one that is only written down is nobody."""
    return units


UNIT: Final = Kind("unit", answer, from_text, OF_TEXTS, say=say, offer=offer)
