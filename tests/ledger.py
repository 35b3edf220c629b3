"""The rows of the city's alerts as lines of text, and what a deed changed of them.

Ids that are drawn at random are told by the order in which they appear.
"""

import json
import re
from datetime import datetime

from sqlalchemy import select

from dispatch.store.tables import (
    Alert,
    Assignment,
    LogDetail,
    LogEntry,
    Notice,
    Photo,
    Promise,
    PromiseEvent,
    Request,
    Rung,
    Spot,
)

TABLES = (
    *(Alert, Spot, Assignment, Request, Promise, PromiseEvent, Rung, Photo),
    *(LogEntry, LogDetail, Notice),
)
# Drawn at random or computed from what is.
_LEFT_OUT = frozenset({"hash", "digest", "salt", "body_digest", "updated_at"})
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32}")


class Ledger:
    """Remembers the rows as they were when it was last asked. `people`: by id what to call them."""

    def __init__(self, store, people):
        self._store = store
        self._names = dict(people)
        self._rows = {}

    def changes(self):
        """A line for each row: what a new one holds, or which columns of another changed."""
        now, lines = self._read(), []
        for key, row in sorted(now.items(), key=lambda each: self._order(*each)):
            before = self._rows.get(key)
            if before is None:
                lines.append(self._line("+", key, {k: v for k, v in row.items() if v}))
            elif changed := {k: [before[k], v] for k, v in row.items() if before[k] != v}:
                lines.append(self._line("~", key, changed))
        gone = sorted(self._rows.keys() - now.keys(), key=str)
        lines += [self._line("-", key, {}) for key in gone]
        self._rows = now
        return lines

    def _read(self):
        found = {}
        with self._store.read() as session:
            for place, table in enumerate(TABLES):
                columns = [
                    each.key for each in table.__mapper__.column_attrs if each.key not in _LEFT_OUT
                ]
                [key] = [each.key for each in table.__table__.primary_key]
                for row in session.scalars(select(table)):
                    found[place, getattr(row, key)] = {
                        name: _plain(getattr(row, name)) for name in columns
                    }
        return found

    def _order(self, key, row):
        """By table, then as a row reads where unknown ids say nothing."""
        known = re.compile("|".join(map(re.escape, self._names)) or "$^")
        told = known.sub(lambda each: self._names[each[0]], json.dumps(row, sort_keys=True))
        serial = key[1] if isinstance(key[1], int) else 0
        return key[0], serial, _ID.sub("?", told), _ID.sub("", told)

    def _line(self, sign, key, row):
        told = json.dumps({"id": key[1]} | row, ensure_ascii=False, sort_keys=True)
        table = TABLES[key[0]].__name__
        return f"{sign} {table} {_ID.sub(lambda each: self._named(each[0]), told)}"

    def _named(self, found):
        return self._names.setdefault(found, f"#{len(self._names)}")


def _plain(value):
    if isinstance(value, datetime):
        return f"{value:%m-%d %H:%M:%S}"
    return value if isinstance(value, str | int | float | bool | dict | list | None) else str(value)
