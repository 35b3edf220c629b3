"""Refusals and faults of a field, as they are raised; their codes stand in `refusals/`."""

import dataclasses
import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.refusals.faults import FAULTS
from dispatch.refusals.of_files import OF_FILES
from dispatch.refusals.of_people import OF_PEOPLE
from dispatch.refusals.of_photos import OF_PHOTOS
from dispatch.refusals.of_requests import OF_REQUESTS
from dispatch.refusals.of_servers import OF_SERVERS
from dispatch.refusals.of_steps import OF_STEPS
from dispatch.refusals.problem import Problem

# The sentences are in translations/<language>/problems.json. Tests check that none is missing, and
# that every refusal is raised with these parameters.
PROBLEMS: Final[Mapping[str, Problem]] = MappingProxyType(
    {**OF_REQUESTS, **OF_PEOPLE, **OF_STEPS, **OF_PHOTOS, **OF_FILES, **OF_SERVERS}
)


class ParametersWarning(UserWarning):
    """A refusal or a fault came with other parameters than its code declares. Users still get the
    refusal; tests treat it as an error.
    """


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field; `field` is its path, such as `answers.depth` or `photos.2`."""

    field: str
    code: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in FAULTS:
            raise LookupError(f"{self.code} has no line in dispatch/refusals/faults.py")
        _compare(self.code, FAULTS[self.code], self.params)


class Refused(Exception):  # noqa: N818 - a refusal is no error of the program
    """A request is refused; raised anywhere, made into an answer at the border."""

    def __init__(self, code: str, *, faults: Iterable[Fault] = (), **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = PROBLEMS[code].status
        _compare(code, PROBLEMS[code].params, params)
        self.faults = tuple(faults)
        self.params = params

    def __str__(self) -> str:
        return " ".join(
            (
                self.code,
                *(f"{name}={value}" for name, value in self.params.items()),
                *(f"[{fault.field}: {fault.code}]" for fault in self.faults),
            ),
        )


def _compare(code: str, declared: Collection[str], passed: Collection[str]) -> None:
    if set(declared) != set(passed):
        said = f"{code} is declared with {sorted(declared)}, and was refused with {sorted(passed)}"
        warnings.warn(said, ParametersWarning, stacklevel=4)
