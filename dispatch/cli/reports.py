"""report: print what supervisors read, as JSON, CSV, XLSX or a page of its own."""

import sys
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import click
from sqlalchemy import true

from dispatch import clock
from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.installation.note_reading import note_export
from dispatch.reports.catalogue import REPORTS
from dispatch.reports.criteria import GROUPINGS, Criteria
from dispatch.reports.formats import FORMATS
from dispatch.reports.make_report import make_report

_EXAMPLE: Final = "2026-11-23T09:30"


class IsoTime(click.ParamType[datetime | None]):
    """ISO 8601; without an offset it is read by the district's clock later."""

    name = "ISO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            return self.fail(f"{value!r} is not a time, for example {_EXAMPLE}", param, ctx)


@click.command()
@click.argument("name", type=click.Choice(list(REPORTS)))
@click.option("--from", "since", type=IsoTime(), help="Begin of the period; without: everything.")
@click.option("--to", "until", type=IsoTime(), help="End of the period, itself not in it.")
@click.option("--at", type=IsoTime(), help="The instant that is asked about; without: now.")
@click.option("--by", type=click.Choice(list(GROUPINGS)), help="What to group the figures by.")
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), default="json")
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
        criteria = Criteria(
            playbook=playbook,
            language=language(),
            now=clock.now(),
            seen=true(),
            at=_aware(at, zone),
            since=_aware(since, zone),
            until=_aware(until, zone),
            by=by,
        )
        written_so = {"from": since, "to": until, "at": at, "by": by}
        asked = {key: str(value) for key, value in written_so.items() if value is not None}
        table = make_report(session, REPORTS[name], criteria)
        written = FORMATS[kind].write(table)
        note_export(store, None, f"{name}.{kind}", asked, len(table.rows))
    sys.stdout.buffer.write(written)


def _aware(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant if instant is None or instant.tzinfo else instant.replace(tzinfo=zone)
