"""The addresses of the interface: what each takes as its body, and what it answers."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from dispatch.shapes.alert import AlertPage
from dispatch.shapes.board import BoardChanges, BoardSnapshot
from dispatch.shapes.clock import ClockBody, ClockMoved
from dispatch.shapes.forms import Forms
from dispatch.shapes.health import Alive, NotReady, Readiness
from dispatch.shapes.lists import AlertList, TaskList
from dispatch.shapes.notices import DeskNotices
from dispatch.shapes.places import Places
from dispatch.shapes.report import PhotoKept, ReportBody, ReportReceipt
from dispatch.shapes.reports import MadeReport
from dispatch.shapes.session import (
    ChangePasswordBody,
    LanguageBody,
    OpenSession,
    OwnSignIns,
    PasswordBody,
    SignInBody,
    Welcomed,
)
from dispatch.shapes.steps import StepBody, StepTaken
from dispatch.shapes.words import OwnWords


@dataclass(frozen=True)
class Route:
    """One address below `/api/v1/`, or beside it where it begins with a slash.

    `answers`: the shape of a success as JSON; None: no JSON (204, or a file). `body`: the shape
    of what is sent; None: nothing, or bytes.
    """

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str
    answers: Any
    body: Any = None


ROUTES: Final = (
    Route("POST", "session", OpenSession, SignInBody),
    Route("GET", "session", OpenSession),
    Route("DELETE", "session", None),
    Route("POST", "session/here", None),
    Route("PUT", "session/language", None, LanguageBody),
    Route("PUT", "session/password", None, ChangePasswordBody),
    Route("GET", "session/sign-ins", OwnSignIns),
    Route("DELETE", "session/sign-ins", None),
    Route("DELETE", "session/sign-ins/{id}", None),
    Route("POST", "welcome/{secret}", Welcomed, PasswordBody),
    Route("GET", "forms", Forms),
    Route("GET", "places", Places),
    Route("GET", "words/{tongue}", OwnWords),
    Route("PUT", "alerts/{id}", ReportReceipt, ReportBody),
    Route("PUT", "alerts/{id}/photos/{sha256}", PhotoKept),
    Route("GET", "alerts/{id}/photos/{sha256}", None),
    Route("GET", "alerts/{id}/photos/{sha256}/thumb", None),
    Route("GET", "alerts", AlertList),
    Route("GET", "alerts/{id}", AlertPage),
    Route("POST", "alerts/{id}/steps", StepTaken, StepBody),
    Route("GET", "tasks", TaskList),
    Route("GET", "notices", DeskNotices),
    Route("GET", "board", BoardSnapshot),
    Route("GET", "board/changes", BoardChanges),
    Route("GET", "reports/{name}", MadeReport),
    Route("GET", "reports/{name}.{kind}", None),
    Route("GET", "/healthz", Alive),
    Route("GET", "/readyz", Readiness | NotReady),
    Route("POST", "/test/clock", ClockMoved, ClockBody),
)
