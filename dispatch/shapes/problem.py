"""A refusal as the body of an answer: RFC 9457, with a stable code and every fault."""

from typing_extensions import TypedDict

from dispatch.shapes.vocabulary import FaultCode, RefusalCode


class FieldFault(TypedDict):
    """What is wrong with one field, and in words what to do."""

    field: str
    code: FaultCode
    detail: str


class ProblemBody(TypedDict):
    """`detail` tells the person what to do, in the asked language."""

    type: str
    title: str
    status: int
    code: RefusalCode
    detail: str
    faults: list[FieldFault]
