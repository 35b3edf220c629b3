"""Prints what the checks of the store found: the last part of `restore`, and all of `verify`."""

import sys
from collections.abc import Mapping
from typing import Final

import click

from dispatch.cli import language
from dispatch.installation.verify_log import LogLook
from dispatch.installation.verify_store import CHECKS, verify_store
from dispatch.promises.checks.found import Check
from dispatch.store.transaction import Store
from dispatch.translations import translate

_SHOWN: Final = 20  # differences of one check; the table counts them all


def print_checks(store: Store, look: LogLook | None = None) -> bool:
    """A row for each check, the head of the log, then what differs; True where nothing does."""
    label, look = _say("label"), look or LogLook()
    with click.progressbar(
        verify_store(store, look), length=len(CHECKS), label=label, file=sys.stderr
    ) as bar:
        checks = list(bar)
    for check in checks:
        click.echo(_row(check))
    click.echo(_say("head", head=look.head))
    for check in checks:
        _tell(check)
    return not any(check.differences for check in checks)


def _row(check: Check) -> str:
    found, noted = len(check.differences), len(check.remarks)
    mark = _say("noted", count=noted) if noted else _say("good")
    mark = _say("found", count=found) if found else mark
    return f"{check.seen:>10}  {_say(f'check.{check.name}')}: {mark}"


def _tell(check: Check) -> None:
    for each in (*check.remarks, *check.differences[:_SHOWN]):
        click.echo("  " + _say(f"differs.{each.code}", **_spoken(each.params)), err=True)
    if len(check.differences) > _SHOWN:
        click.echo("  " + _say("more", count=len(check.differences) - _SHOWN), err=True)


def _spoken(params: Mapping[str, object]) -> Mapping[str, object]:
    """Tables by their names in the city's words."""
    table = params.get("table")
    return {**params, "table": _say(f"table.{table}")} if table else params


def _say(key: str, **params: object) -> str:
    return translate(language(), f"commands.verify.{key}", **params)
