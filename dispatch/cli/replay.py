"""replay: another system's requests through the real intake, from a CSV file and its mapping."""

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import click

from dispatch import clock
from dispatch.cli import language, refusal_lines
from dispatch.cli.csv_rows import numbered_rows, refuse_double_columns
from dispatch.cli.installation import installation
from dispatch.errors import Fault, Refused
from dispatch.installation.replay.replay_outcome import Agreement, ReplayOutcome, replay_outcome
from dispatch.installation.replay.replay_requests import history_events, replay_requests
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.intake.outside_requests import OutsideRequest, read_request
from dispatch.rules.intake.source_mapping import SourceMapping, read_mapping
from dispatch.rules.language.encodings import is_gbk
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.store.transaction import Store
from dispatch.translations import translate

FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
ADDED: Final = ("row", "code", "reason")
# A spreadsheet counts from 1, and the header is its first row.


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file as it was written, and its number."""

    number: int
    cells: list[str]


@dataclass
class Rejects:
    """The rows that did not go in: to a file with their columns, else told one by one."""

    header: Sequence[str]
    to: Path | None
    count: int = 0
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        if self.to is not None:
            file = self._open.enter_context(self.to.open("w", encoding="utf-8", newline=""))
            self._sheet = csv.writer(file, lineterminator="\n")
            self._sheet.writerow([*self.header, *ADDED])
        return self

    def __exit__(self, *_raised: object) -> None:
        self._open.close()

    def add(self, line: Line, refused: Refused) -> None:
        self.count += 1
        reason = " ".join(each.strip() for each in refusal_lines(refused, language()))
        if self.to is None:
            click.echo(f"{line.number}: {refused.code}: {reason}", err=True)
            return
        missing = [""] * (len(self.header) - len(line.cells))
        self._sheet.writerow([*line.cells, *missing, line.number, refused.code, reason])


@click.command("replay")
@click.argument("file", type=FILE)
@click.option("--mapping", "mapping_file", required=True, type=FILE, help="What the columns mean.")
@click.option(
    "--rejects",
    "rejects_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="CSV for the rows that did not go in; without it they are told one by one.",
)
@click.pass_context
def replay(ctx: click.Context, file: Path, mapping_file: Path, rejects_file: Path | None) -> None:
    """Send another system's requests through the real intake.

    Each row is opened and closed at its own time, the rules decide who leads, promises fall due on
    the way, and nobody is told. Safe to interrupt and to repeat. Exit code 1 where rows were
    rejected.
    """
    with installation() as store:
        mapping = _mapping(store, mapping_file)
        header, *lines = _lines(file)
        _check_header(mapping, header.cells)
        with Rejects(header.cells, rejects_file) as rejects:
            outcome = _replay(store, mapping, lines, rejects)
        for sentence in _sentences(len(lines), outcome, rejects.count):
            click.echo(sentence)
        ctx.exit(1 if rejects.count else 0)


def _replay(
    store: Store, mapping: SourceMapping, lines: Sequence[Line], rejects: Rejects
) -> ReplayOutcome:
    requests: list[OutsideRequest] = []
    origins: list[Line] = []
    for line, request in _requests(_playbook(store), mapping, lines, rejects):
        origins.append(line)
        requests.append(request)
    refused: set[int] = set()

    def refuse(turn: int, why: Refused) -> None:
        refused.add(turn)
        rejects.add(origins[turn], why)

    length = len(history_events(requests))
    with click.progressbar(length=length, file=sys.stderr, label=mapping.source) as bar:
        replay_requests(store, requests, refuse, bar.update)
    return replay_outcome(
        store, [each for turn, each in enumerate(requests) if turn not in refused]
    )


def _requests(
    playbook: Playbook, mapping: SourceMapping, lines: Sequence[Line], rejects: Rejects
) -> Iterator[tuple[Line, OutsideRequest]]:
    now = clock.now()
    for line in lines:
        try:
            row = _row(rejects.header, line)
            yield line, read_request(mapping, playbook, row, now)
        except Refused as refused:
            rejects.add(line, refused)


def _row(header: Sequence[str], line: Line) -> dict[str, str]:
    """The cells by column; missing ones at the end are empty."""
    if len(line.cells) > len(header):
        raise Refused("invalid", faults=[Fault("row", "too_many", {"most": len(header)})], count=1)
    return dict.fromkeys(header, "") | dict(zip(header, line.cells, strict=False))


def _lines(file: Path) -> list[Line]:
    """The header and the rows."""
    try:
        lines = [Line(number, cells) for number, cells in numbered_rows(file)]
    except Refused as refused:
        if refused.code != "file_not_utf8" or is_gbk(file.read_bytes()):
            raise
        raise Refused("file_unreadable", path=file) from refused
    if not lines:
        raise Refused("file_unreadable", path=file)
    refuse_double_columns(lines[0].cells, file)
    return lines


def _mapping(store: Store, file: Path) -> SourceMapping:
    try:
        return read_mapping(file.read_bytes(), file.name, _playbook(store))
    except PlaybookRefused as refused:
        where = "".join(f"\n  {fault.sentence(language())}" for fault in refused.faults)
        raise Refused("mapping_refused", where=where) from refused


def _check_header(mapping: SourceMapping, header: Sequence[str]) -> None:
    missing = sorted(set(mapping.columns()) - set(header))
    if missing:
        raise Refused("column_missing", columns=", ".join(missing), has=", ".join(header))


def _playbook(store: Store) -> Playbook:
    with store.read() as session:
        return store.playbook(session)


def _sentences(rows: int, outcome: ReplayOutcome, rejected: int) -> Iterator[str]:
    yield _say(
        "counts",
        rows=rows,
        taken_in=outcome.taken_in,
        closed=outcome.closed,
        open=outcome.open,
        rejected=rejected,
    )
    if outcome.agreement:
        yield from _compared(outcome.agreement)


def _compared(agreement: Agreement) -> Iterator[str]:
    for key, same in (("same", agreement.same), ("same_by_category", agreement.same_by_category)):
        share = f"{100 * same / agreement.compared:.2f}"
        yield _say(key, same=same, compared=agreement.compared, share=share)
    yield _say("units")
    for unit, (theirs, ours) in agreement.units.items():
        apart = f"{100 * (ours - theirs) / theirs:+.2f} %" if theirs else "–"
        yield f"  {unit:<24} {theirs:>8} {ours:>8} {apart:>10}"


def _say(key: str, **params: object) -> str:
    return translate(language(), f"commands.replay.{key}", **params)
