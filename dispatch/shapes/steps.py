"""Steps: what a person may take now and what each asks, the body that takes one, its answer."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from dispatch.domain.reading import INSTANT, UUID
from dispatch.shapes.vocabulary import (
    FieldKind,
    Sent,
    Status,
    StepName,
    StepPlace,
    TimeUnit,
    WordsAudience,
)


class OfferedChoice(TypedDict):
    """One of the values that a field takes.

    `only`: what else can be chosen together with it: for another field of the step the ids that go
    with it, "" where that field may stay empty. `only_with`: the same where a third field holds a
    value: by that field, by its value. `needs`: the fields that must be filled beside it.
    """

    id: str
    label: str
    only: NotRequired[dict[str, list[str]]]
    only_with: NotRequired[dict[str, dict[str, dict[str, list[str]]]]]
    needs: NotRequired[list[str]]


class FieldBounds(TypedDict):
    """Of a number or a day: the least and the most, both included. `unit`: in which the number
    counts.
    """

    least: NotRequired[int | str]
    most: NotRequired[int | str]
    unit: NotRequired[TimeUnit]


class StepField(FieldBounds):
    """What a step asks. `kind` tells the faces how to ask.

    `proposed`: the value to begin with, of kinds that name a unit or an alert. `audience`: whom a
    text is for, where staff writes it. `spared_by`: where one of these fields is filled, a required
    one may stay empty, and the rules decide.
    """

    name: str
    kind: FieldKind
    required: bool
    label: str
    choices: list[OfferedChoice]
    proposed: NotRequired[str | None]
    audience: NotRequired[WordsAudience]
    spared_by: NotRequired[list[str]]


class StepOffer(TypedDict):
    """A step that this person may take on this alert now."""

    step: StepName
    label: str
    main: bool
    place: StepPlace
    fields: list[StepField]


class StepBody(TypedDict):
    """What takes a step, beside the fields of the step itself.

    `client_id`: a UUID that the client makes; the same one again gets the first answer. `version`:
    the one that was seen; or `after`: the client_id of the person's own earlier step.
    """

    step: StepName
    client_id: Annotated[str, Sent(UUID)]
    version: NotRequired[int | None]
    after: NotRequired[Annotated[str | None, Sent(UUID)]]
    device_at: NotRequired[Annotated[str | None, Sent(INSTANT)]]


class StepTaken(TypedDict):
    """How the alert stands after the step. `handler` null for those who are no staff. `left`: what
    to say to a person who sees it no more by the step; null where they do.
    """

    id: str
    number: str
    step: StepName
    status: Status
    version: int
    lead: str | None
    handler: str | None
    left: str | None
