"""Every report over HTTP, as JSON or as a file."""

from typing import Final

from flask import Blueprint, Response, request

from dispatch.blueprints.report_criteria import read_criteria, refuse_other_readers
from dispatch.blueprints.request_access import access, store
from dispatch.installation.note_reading import note_export
from dispatch.reports.catalogue import find_report
from dispatch.reports.formats import FORMATS
from dispatch.reports.make_report import make_report

reports = Blueprint("reports", __name__, url_prefix="/api/v1/reports")

_BY: Final = frozenset({"by"})


@reports.get("/<name>")
def as_json(name: str) -> Response:
    """Its title, the keys of its columns, and its rows."""
    return _written(name, "json")


@reports.get("/<name>.<any(csv, xlsx):kind>")
def as_file(name: str, kind: str) -> Response:
    """The same as a file to download."""
    response = _written(name, kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _written(name: str, kind: str) -> Response:
    """Raises Refused forbidden, unknown_report, unknown_filter or invalid."""
    refuse_other_readers()
    report, wanted = find_report(name), FORMATS[kind]
    with store().read() as session:
        table = make_report(session, report, read_criteria(session, report, _BY))
    if kind != "json":
        note_export(store(), access(), f"{name}.{kind}", request.args, len(table.rows))
    return Response(wanted.write(table), content_type=wanted.content_type)
