"""A question that is answered by an instant of the past."""

from datetime import datetime
from typing import Final

from dispatch.domain.reading import read_instant
from dispatch.rules.questions.answers import (
    Answer,
    ChoiceList,
    SentAnswer,
    UnreadableAnswerError,
    Wording,
)
from dispatch.rules.questions.comparisons import OF_TEXTS
from dispatch.rules.questions.kind import Kind


def answer(sent: SentAnswer) -> Answer:
    """The instant in ISO 8601 with its offset; the future is refused."""
    moment = read_instant(sent.path, sent.value, sent.faults, now=sent.now)
    return None if moment is None else moment.isoformat()


def from_text(written: str, _choices: ChoiceList) -> Answer:
    """ISO 8601, kept as it was typed."""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        raise UnreadableAnswerError("not_date_time", written) from None
    return written


def say(chosen: object, wording: Wording) -> str:
    """Date and clock time of the district; what is no instant as it stands."""
    try:
        moment = datetime.fromisoformat(str(chosen))
    except ValueError:
        return str(chosen)
    return f"{moment.astimezone(wording.zone):%Y-%m-%d %H:%M}"


DATE_TIME: Final = Kind("date_time", answer, from_text, OF_TEXTS, say=say)
