"""Publishes a version of the playbook with one more year of holidays and make-up days."""

import codecs
import re
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
from dispatch.store.playbooks import active_version, files_of
from dispatch.store.transaction import Store

_FILE: Final = "calendars.yaml"
_SECTION: Final = "years:"
_INDENT: Final = 4
_A_YEAR: Final = re.compile(r"  \S")


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
        head = _head(files[_FILE].decode(), year)
        written = head + "".join(f"    {line}".rstrip() + "\n" for line in days.splitlines())
        try:
            candidate = {**files, _FILE: written.encode()}
            version = keep_draft(tx, candidate, f"{year}", hands.drafter)
            publish_kept(store, tx, Publication(version, f"{year}", hands))
        except PlaybookRefused as refused:
            raise PlaybookRefused(_of_notice(refused.faults, head, name)) from None
    store.forget_playbook()
    return version


def _of_notice(faults: Iterable[PlaybookFault], head: str, name: str) -> Iterator[PlaybookFault]:
    """What lies in the new year is told with the lines of the notice."""
    above = head.count("\n")
    for fault in faults:
        if fault.file != _FILE or fault.line < above:
            yield fault
        else:
            line, column = max(1, fault.line - above), max(1, fault.column - _INDENT)
            yield replace(fault, file=name, line=line, column=column)


def _read_notice(notice: bytes, name: str) -> str:
    """The notice as text; its faults are told with its own lines."""
    faults = PlaybookFaults()
    root = read(notice, name, faults)
    if root is not None:
        read_notice(root, faults)
    if faults.found:
        raise PlaybookRefused(faults.found)
    return notice.removeprefix(codecs.BOM_UTF8).decode()


def _head(calendars: str, year: int) -> str:
    """The file up to the days of the year; `years` is its last section, comments stay."""
    kept = _without_year(calendars.removeprefix("\ufeff"), year)
    begun = any(line.startswith(_SECTION) for line in kept.splitlines())
    above = kept.rstrip("\n") + ("\n" if begun else f"\n\n{_SECTION}\n")
    return f'{above}  "{year}":\n'


def _without_year(calendars: str, year: int) -> str:
    """The file without that year of the section `years`, where it was loaded before."""
    lines, kept, is_inside, is_year = calendars.splitlines(), [], False, False
    for line in lines:
        if line.strip() and not line.startswith((" ", "#")):
            is_inside, is_year = line.startswith(_SECTION), False
        elif is_inside and _A_YEAR.match(line):
            is_year = str(year) in line
        if not is_year:
            kept.append(line)
    return "\n".join(kept) + "\n"
