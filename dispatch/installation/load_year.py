"""Publishes a version of the playbook with one more year of holidays and make-up days."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from dispatch.errors import Refused
from dispatch.installation.keep_playbook import keep_draft
from dispatch.installation.publish_playbook import Publication, publish_kept
from dispatch.installation.signatories import NOBODY_NAMED, Signatories
from dispatch.rules.book.files.calendars import read_notice
from dispatch.rules.language.faults import PlaybookFault, PlaybookFaults, PlaybookRefused
from dispatch.rules.language.yaml_reader import read
from dispatch.rules.language.yaml_sections import (
    Body,
    Edited,
    NotEditableError,
    body_of,
    with_entry,
)
from dispatch.store.playbooks import active_version, files_of
from dispatch.store.transaction import Store

_FILE: Final = "calendars.yaml"
_SECTION: Final = "years"


def load_year(
    store: Store,
    year: int,
    notice: bytes | str,
    name: str = "notice.yaml",
    hands: Signatories = NOBODY_NAMED,
) -> int:
    """Publish the active playbook with one more year; the new version's number.

    `notice`: the year's YAML: source, holidays, working_days. Every calendar of the playbook gets
    them; a year that was loaded before is replaced. Promises that waited for the year are dated by
    themselves; no other moves.
    Raises PlaybookRefused naming every fault, Refused not_found without a playbook, and as
    `publish_playbook` does.
    """
    days = _read_notice(notice.encode() if isinstance(notice, str) else notice, name)
    with store.write() as tx:
        active = active_version(tx.session)
        if active is None:
            raise Refused("not_found")
        files = files_of(tx.session, active)
        edited = _with_year(files[_FILE], year, days)
        try:
            candidate = {**files, _FILE: edited.text.encode()}
            version = keep_draft(tx, candidate, f"{year}", hands.drafter)
            publish_kept(store, tx, Publication(version, f"{year}", hands))
        except PlaybookRefused as refused:
            raise PlaybookRefused(_as_written(refused.faults, edited, days, name)) from None
    store.forget_playbook()
    return version


def _with_year(calendars: bytes, year: int, days: Body) -> Edited:
    """The file with that year, in place of the year as it was loaded before.

    Raises PlaybookRefused where the author wrote the section so that nothing can be put into it.
    """
    written = calendars.removeprefix(codecs.BOM_UTF8).decode()
    try:
        edited = with_entry(written, _SECTION, str(year), days)
    except NotEditableError as wrong:
        fault = PlaybookFault(_FILE, wrong.line, wrong.column, _SECTION, "year_in_braces")
        raise PlaybookRefused([fault]) from None
    if _others(edited.text.encode(), year) != _others(calendars, year):
        raise PlaybookRefused([PlaybookFault(_FILE, 1, 1, _SECTION, "year_in_braces")])
    return edited


def _others(calendars: bytes, year: int) -> object:
    """All that the file says apart from that year; None of what nobody can read."""
    root = read(calendars, _FILE, PlaybookFaults())
    said = root.plain() if root is not None else None
    if not isinstance(said, dict):
        return None
    years = said.pop(_SECTION, None) or {}
    return said, {name: days for name, days in years.items() if name != str(year)}


def _as_written(
    faults: Iterable[PlaybookFault], edited: Edited, days: Body, name: str
) -> Iterator[PlaybookFault]:
    """What lies in the new year is told with the lines of the notice, everything else with those of
    the playbook as it is.
    """
    for fault in faults:
        before = edited.line_before(fault.line) if fault.file == _FILE else fault.line
        if before is not None:
            yield replace(fault, line=max(1, before))
        else:
            line = max(1, fault.line - edited.first) + days.above
            yield replace(fault, file=name, line=line, column=max(1, fault.column - edited.indent))


def _read_notice(notice: bytes, name: str) -> Body:
    """The lines of the notice; its faults are told with these."""
    faults = PlaybookFaults()
    root = read(notice, name, faults)
    if root is not None:
        read_notice(root, faults)
    if faults.found:
        raise PlaybookRefused(faults.found)
    return body_of(notice.removeprefix(codecs.BOM_UTF8).decode())
