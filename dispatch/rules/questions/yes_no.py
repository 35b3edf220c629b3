"""A question that is answered by yes or no."""

from typing import Final

from dispatch.rules.questions.answers import (
    Answer,
    ChoiceList,
    SentAnswer,
    UnreadableAnswerError,
    Wording,
)
from dispatch.rules.questions.comparisons import EQUAL
from dispatch.rules.questions.kind import Kind
from dispatch.translations import translate

_WORDS: Final = ("true", "false")


def answer(sent: SentAnswer) -> Answer:
    """True or False; a word for them is neither."""
    if not isinstance(sent.value, bool):
        sent.faults.add(sent.path, "wrong_type", wanted=", ".join(_WORDS))
        return None
    return sent.value


def from_text(written: str, _choices: ChoiceList) -> Answer:
    """`true` or `false`, as a playbook writes them."""
    if written not in _WORDS:
        raise UnreadableAnswerError("not_flag", written, _WORDS)
    return written == "true"


def say(chosen: object, wording: Wording) -> str:
    """Yes or no in the reader's language."""
    return translate(wording.language, f"words.choice.{'yes' if chosen else 'no'}")


YES_NO: Final = Kind("yes_no", answer, from_text, EQUAL, say=say)
