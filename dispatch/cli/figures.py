"""The command report prints what supervisors read: JSON, CSV, XLSX or a page of its own."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import click
from sqlalchemy import true

from dispatch import clock
from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.reports import files
from dispatch.reports.asked import BY, Asked
from dispatch.reports.catalogue import REPORTS, Made, make

Write = Callable[[Made, Asked], bytes]


def _html(report: Made, asked: Asked) -> bytes:
    """A table without anything around it: for a mail, or a file that outlives the server."""
    head = "".join(f"<th>{escape(heading)}</th>" for _, heading in report.columns)
    lines = files.lines(report, asked.language, asked.playbook.district.timezone)
    body = "".join(_line(line) for line in lines)
    title = escape(report.title)
    page = f'<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    return f"{page}<table><tr>{head}</tr>{body}</table>\n".encode()


def _line(line: list[Any]) -> str:
    return "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in line) + "</tr>"


_WRITERS: Final[Mapping[str, Write]] = MappingProxyType(
    {
        "json": lambda report, _: files.as_json(report) + b"\n",
        "csv": lambda report, asked: files.as_csv(
            report, asked.language, asked.playbook.district.timezone
        ),
        "xlsx": lambda report, asked: files.as_xlsx(
            report, asked.language, asked.playbook.district.timezone
        ),
        "html": _html,
    },
)


class Instant(click.ParamType[datetime | None]):
    """ISO 8601; without an offset it is read by the district's clock later."""

    name = "ISO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            return self.fail(f"{value!r} is not a time, for example 2026-11-23T09:30", param, ctx)


@click.command()
@click.argument("name", type=click.Choice(list(REPORTS)))
@click.option("--from", "since", type=Instant(), help="Begin of the period; without: everything.")
@click.option("--to", "until", type=Instant(), help="End of the period, itself not in it.")
@click.option("--at", type=Instant(), help="The instant that is asked about; without: now.")
@click.option("--by", type=click.Choice(list(BY)), help="What to break the figures down by.")
@click.option("--format", "kind", type=click.Choice(list(_WRITERS)), default="json")
def report(
    name: str,
    since: datetime | None,
    until: datetime | None,
    at: datetime | None,
    by: str | None,
    kind: str,
) -> None:
    """Print a supervisors' report of the whole district."""
    with installation() as store, store.read() as session:
        playbook = store.playbook(session)
        zone = ZoneInfo(playbook.district.timezone)
        asked = Asked(
            playbook=playbook,
            language=language(),
            now=clock.now(),
            seen=true(),
            at=_aware(at, zone),
            since=_aware(since, zone),
            until=_aware(until, zone),
            by=by,
        )
        written = _WRITERS[kind](make(name, session, asked), asked)
    sys.stdout.buffer.write(written)


def _aware(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant if instant is None or instant.tzinfo else instant.replace(tzinfo=zone)
