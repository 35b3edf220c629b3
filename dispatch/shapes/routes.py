"""The addresses of the interface: what each takes as its body, and what it answers."""

from typing import Final

from dispatch.refusals.of_photos import OF_PHOTOS
from dispatch.refusals.of_steps import OF_STEPS
from dispatch.shapes.alert import AlertPage
from dispatch.shapes.board import BoardChanges, BoardSnapshot
from dispatch.shapes.clock import ClockBody, ClockMoved
from dispatch.shapes.filters import AFTER, AUDIT_FILTERS, FILTERS
from dispatch.shapes.forms import Forms
from dispatch.shapes.health import Alive, NotReady, Readiness
from dispatch.shapes.interface import Interface
from dispatch.shapes.lists import AlertList, TaskList
from dispatch.shapes.notices import DeskNotices
from dispatch.shapes.places import Places
from dispatch.shapes.report import PhotoKept, ReportBody, ReportReceipt
from dispatch.shapes.reports import MadeReport
from dispatch.shapes.route import Route
from dispatch.shapes.session_routes import SESSION_ROUTES
from dispatch.shapes.steps import StepBody, StepTaken
from dispatch.shapes.words import OwnWords

_PHOTO: Final = ("image/jpeg",)
_BYTES: Final = (
    *("application/octet-stream", "image/jpeg", "image/png", "image/webp", "image/heic"),
)
_NARROWED: Final = ("invalid", "unknown_filter")

ROUTES: Final = (
    *SESSION_ROUTES,
    Route(
        "GET",
        "forms",
        "read_forms",
        "What can be reported, and what is asked then",
        Forms,
        is_kept=True,
    ),
    Route(
        "GET",
        "places",
        "read_places",
        "The district and its parts as GeoJSON",
        Places,
        is_kept=True,
    ),
    Route(
        "GET",
        "words/{tongue}",
        "read_words",
        "What the city says in its own words",
        OwnWords,
        is_kept=True,
        is_public=True,
    ),
    Route(
        "PUT",
        "alerts/{id}",
        "report_alert",
        "Report a problem under an id of one's own; the same again is the same alert",
        ReportReceipt,
        ReportBody,
        refuses=(
            *("forbidden", "alert_exists", "place_implausible", "accusation_elsewhere"),
            *("calendar_ends", "slow_down"),
        ),
        makes=True,
    ),
    Route(
        "PUT",
        "alerts/{id}/photos/{sha256}",
        "send_photo",
        "Send the bytes of a photo that a report or a step declared",
        PhotoKept,
        sends=_BYTES,
        refuses=("invalid", *OF_PHOTOS),
        makes=True,
    ),
    Route(
        "GET",
        "alerts/{id}/photos/{sha256}",
        "read_photo",
        "A photo, as it is kept",
        file=_PHOTO,
        is_kept=True,
    ),
    Route(
        "GET",
        "alerts/{id}/photos/{sha256}/thumb",
        "read_thumbnail",
        "A photo, small",
        file=_PHOTO,
        is_kept=True,
    ),
    Route(
        "GET",
        "alerts",
        "list_alerts",
        "The alerts that one may see, newest first, in pages",
        AlertList,
        asks=FILTERS,
        refuses=(*_NARROWED, "bad_cursor"),
    ),
    Route(
        "GET",
        "alerts/{id}",
        "read_alert",
        "One alert, whole, by its id or its number, with the steps to take now",
        AlertPage,
    ),
    Route(
        "POST",
        "alerts/{id}/steps",
        "take_step",
        "Take a step; the same client_id again gets the first answer",
        StepTaken,
        StepBody,
        refuses=("calendar_ends", "unknown_unit", *OF_STEPS),
        makes=True,
    ),
    Route("GET", "tasks", "list_tasks", "What one has to do, emergencies first", TaskList),
    Route(
        "GET",
        "notices",
        "list_notices",
        "What is told to the desks that one holds, about the installation",
        DeskNotices,
    ),
    Route(
        "GET",
        "board",
        "read_board",
        "Every open alert that one sees",
        BoardSnapshot,
        refuses=("forbidden", "unknown_filter"),
    ),
    Route(
        "GET",
        "board/changes",
        "read_changes",
        "What happened after a cursor",
        BoardChanges,
        asks=(AFTER,),
        refuses=("forbidden", *_NARROWED, "bad_cursor", "gap_too_wide"),
    ),
    Route(
        "GET",
        "reports/{name}",
        "report_{name}",
        "The report as rows",
        MadeReport,
        refuses=("forbidden", *_NARROWED, "unknown_report"),
    ),
    Route(
        "GET",
        "reports/{name}.{kind}",
        "report_{name}_{kind}",
        "The report as a file",
        file=(
            "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        refuses=("forbidden", *_NARROWED, "unknown_report"),
    ),
    Route(
        "GET",
        "audit.csv",
        "take_audit_trail",
        "The audit trail as a file, for auditors",
        file=("text/csv",),
        asks=AUDIT_FILTERS,
        refuses=(
            "forbidden",
            "admins_apart",
            "invalid",
            "unknown_filter",
            "unknown_person",
            "not_found",
        ),
    ),
    Route(
        "GET",
        "openapi.json",
        "read_interface",
        "This document",
        Interface,
        is_kept=True,
        is_public=True,
    ),
    Route("GET", "/healthz", "is_alive", "Whether the process answers", Alive, is_public=True),
    Route(
        "GET",
        "/readyz",
        "is_ready",
        "Whether the city keeps its promises, with warnings",
        Readiness | NotReady,
        is_public=True,
    ),
    Route(
        "GET",
        "/metrics",
        "read_metrics",
        "The figures for Prometheus",
        file=("text/plain",),
        refuses=("database_silent", "forbidden"),
        is_public=True,
    ),
    Route(
        "POST",
        "/test/clock",
        "move_clock",
        "Move the city's clock",
        ClockMoved,
        ClockBody,
        is_public=True,
        only_in_test=True,
    ),
)
