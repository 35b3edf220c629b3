"""Spilled gravel, reported and merged: verbs of the stories about one problem told twice."""

from datetime import datetime

# A work hour to sign, two to arrive, four to dispose.
GRAVEL = {"text": "渣土车撒了一路", "answers": {}}
MONDAY_TEN = "2026-11-23T10:00:00+08:00"


def gravel(person, **said):
    return person.reports("E0114", **GRAVEL | said)


def merged(city, alert, into):
    city.street().takes("merge", alert, into=into.seen["number"])


def due(alert, clock="dispose"):
    return datetime.fromisoformat(alert.promise(clock)["due_at"])
