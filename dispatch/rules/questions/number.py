"""A question that is answered with a number."""

from typing import Final

from dispatch.rules.questions.answers import Answer, ChoiceList, SentAnswer, UnreadableAnswerError
from dispatch.rules.questions.comparisons import OF_NUMBERS
from dispatch.rules.questions.kind import Kind

_LEAST: Final = -1e9
_MOST: Final = 1e9


def answer(sent: SentAnswer) -> Answer:
    """The number within bounds; NaN is between no two numbers."""
    value = sent.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        sent.faults.add(sent.path, "wrong_type", wanted="number")
        return None
    if not _LEAST <= value <= _MOST:
        sent.faults.add(sent.path, "out_of_range", least=_LEAST, most=_MOST)
        return None
    return value


def from_text(written: str, _choices: ChoiceList) -> Answer:
    """As it was typed, within the same bounds."""
    try:
        number = float(written)
    except ValueError:
        number = float("nan")
    if not _LEAST <= number <= _MOST:
        raise UnreadableAnswerError("not_number", written)
    return number


NUMBER: Final = Kind("number", answer, from_text, OF_NUMBERS)
