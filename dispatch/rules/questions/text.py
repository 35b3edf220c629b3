"""A question that is answered in words; numbers of phones and papers in them are masked."""

from typing import Final

from dispatch.domain.masking import mask_numbers
from dispatch.domain.reading import read_text
from dispatch.rules.questions.answers import Answer, ChoiceList, SentAnswer
from dispatch.rules.questions.comparisons import OF_TEXTS
from dispatch.rules.questions.kind import Kind

_LONGEST: Final = 500


def answer(sent: SentAnswer) -> Answer:
    """The text without blanks at its ends; None where nothing of it can be seen."""
    text = read_text(sent.path, sent.value, sent.faults, longest=_LONGEST)
    return mask_numbers(text, sent.masks) if text else None


def from_text(written: str, _choices: ChoiceList) -> Answer:
    """As it was typed."""
    return written


TEXT: Final = Kind("text", answer, from_text, OF_TEXTS)
