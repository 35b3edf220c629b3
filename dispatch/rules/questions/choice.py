"""A question that is answered by one of its choices."""

from typing import Final

from dispatch.domain.reading import echo
from dispatch.rules.language.json_schema import LABEL, SOME, table
from dispatch.rules.questions.answers import (
    Answer,
    ChoiceList,
    SentAnswer,
    UnreadableAnswerError,
    Wording,
)
from dispatch.rules.questions.comparisons import OF_TEXTS
from dispatch.rules.questions.kind import CHOICES_KEY, Kind


def answer(sent: SentAnswer) -> Answer:
    """The id of a choice that is offered."""
    known = [choice.id for choice in sent.offered]
    if sent.value not in known:
        told = ", ".join(known)
        sent.faults.add(sent.path, "unknown_value", value=echo(sent.value), known=told)
        return None
    return str(sent.value)


def from_text(written: str, choices: ChoiceList) -> Answer:
    """The id of a choice, as it was typed."""
    known = [choice.id for choice in choices]
    if written not in known:
        raise UnreadableAnswerError("unknown_choice", written, known)
    return written


def say(chosen: object, wording: Wording) -> str:
    """The label of the choice; its id where the playbook no longer has it."""
    labels = {choice.id: choice.label[wording.tongue] for choice in wording.choices}
    return labels.get(str(chosen), str(chosen))


# Ids with labels, or ids of the question that several categories ask.
WRITTEN: Final = {CHOICES_KEY: {"anyOf": [*SOME["anyOf"], table(LABEL)]}}
CHOICE: Final = Kind("choice", answer, from_text, OF_TEXTS, say=say, schema=WRITTEN)
