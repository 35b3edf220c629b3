"""A question that is answered by any number of its choices."""

from dataclasses import replace
from typing import Final

from dispatch.rules.questions import choice
from dispatch.rules.questions.answers import Answer, ChoiceList, SentAnswer
from dispatch.rules.questions.comparisons import EQUAL
from dispatch.rules.questions.kind import Kind


def answer(sent: SentAnswer) -> Answer:
    """The ids that were chosen, each once, in their order."""
    if not isinstance(sent.value, list):
        sent.faults.add(sent.path, "wrong_type", wanted="list")
        return None
    parts = (
        replace(sent, path=f"{sent.path}.{place}", value=item)
        for place, item in enumerate(sent.value)
    )
    chosen = [choice.answer(part) for part in parts]
    return tuple(str(item) for item in dict.fromkeys(chosen) if item is not None)


def from_text(written: str, choices: ChoiceList) -> Answer:
    """Ids between commas."""
    return tuple(str(choice.from_text(each, choices)) for each in written.split(","))


CHOICES: Final = Kind("choices", answer, from_text, EQUAL, say=choice.say, schema=choice.WRITTEN)
