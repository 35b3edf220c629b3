"""A thief who has the database and not the key, and links alerts by whatever their rows tell.

Words, positions and photos are left aside: what they show, no key can hide.
"""

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from itertools import product
from math import comb

from sqlalchemy import inspect, text

ASIDE = {
    "log_detail": {"body", "salt"},
    "spot": {"lon", "lat", "accuracy_m", "crs"},
    "photo": {"sha256", "stored", "thumb", "bytes", "width", "height"},
}
_PLACE = "(place)"  # where the database keeps the row
_LEAST_INSTANT = 10**14  # microseconds since 1970, in the seventies
_FORMS = ("{}{}", "{}:{}", "{}\x1f{}", "step\x1f{1}", "person\x1f{1}", "{1}")


def adjusted_rand(found, true):
    """How well two partitions agree: 1 wholly, 0 as by chance. Both by the same keys."""
    pairs = [Counter(map(each.get, true)) for each in (found, true)]
    both = Counter((found[key], true[key]) for key in true)
    together, one, other = (sum(comb(n, 2) for n in c.values()) for c in (both, *pairs))
    chance = one * other / comb(len(true), 2)
    most = (one + other) / 2
    return (together - chance) / (most - chance) if most != chance else 0.0


def steal(store):
    """Every row of every table, in the order in which the database keeps them."""
    place = "rowid" if store.is_sqlite else "ctid"
    with store.read() as session:
        tables = inspect(session.connection()).get_table_names()
        return {
            table: [
                {name: cell for name, cell in _flat(table, row).items() if cell is not None}
                for row in _kept(session, table, place)
            ]
            for table in tables
        }


def _kept(session, table, place):
    rows = session.execute(text(f'SELECT * FROM "{table}" ORDER BY {place}'))  # noqa: S608 - ours
    for number, row in enumerate(rows.mappings()):
        yield {_PLACE: number, **row}


def _flat(table, row):
    """JSON objects as columns of their own."""
    cells = {}
    for name, cell in row.items():
        if name in ASIDE.get(table, ()):
            continue
        told = _object(cell)
        if told is None:
            cells[name] = str(cell) if isinstance(cell, list) else cell
        else:
            cells |= {f"{name}.{key}": str(value) for key, value in told.items()}
    return cells


def _object(cell):
    if isinstance(cell, str) and cell.startswith("{"):
        return json.loads(cell)
    return cell if isinstance(cell, dict) else None


def marks_in(loot):
    """Every keyed digest and digest of a body, of whichever table."""
    names = ("mark", "codes.mark", "reporter_ref", "ref", "login_ref", "body_digest")
    for rows in loot.values():
        for row in rows:
            yield from (row[name] for name in names if name in row)


def guesses(loot):
    """Partitions of the alerts: by what it is told from, a label for each alert that has one."""
    yield from _by_equal_values(loot)
    yield from _by_differences(loot)
    yield from _by_order(loot)
    yield from _by_what_came_before(loot)
    yield from _by_digests(loot)


def best_guess(loot, true):
    """How well the best of all guesses does, and what it is told from."""
    return max((adjusted_rand(_whole(labels, true), true), name) for name, labels in guesses(loot))


def _whole(labels, true):
    """Alerts without a label stand alone."""
    return {alert: labels.get(alert) or ("alone", alert) for alert in true}


def _by_equal_values(loot):
    """What stands beside an alert, or in its rows of the log by their code."""
    for table, row_of, rows in _of_alerts(loot):
        for column in _columns(rows):
            told = {}
            for row in rows:
                if column in row:
                    told.setdefault(row_of(row), set()).add(row[column])
            labels = {alert: tuple(sorted(map(str, cells))) for alert, cells in told.items()}
            yield f"{table}.{column}", labels


def _of_alerts(loot):
    for table, rows in loot.items():
        key = "id" if table == "alert" else "alert_id"
        mine = [row for row in rows if key in row]
        by_code = {}
        for row in mine if table == "log" else ():
            by_code.setdefault(row["code"], []).append(row)
        for name, some in {table: mine, **{f"log {c}": r for c, r in by_code.items()}}.items():
            yield name, (lambda row, key=key: row[key]), some


def _columns(rows):
    return dict.fromkeys(name for row in rows for name in row)


def _by_differences(loot):
    """A clock that is always wrong by the same: in minutes."""
    for table, row_of, rows in _of_alerts(loot):
        for one, other in product(_instants(rows), repeat=2):
            apart = {row_of(row): (row[one] - row[other]) // 60_000_000 for row in rows}
            yield f"{table}.{one} - {other}", {alert: (by,) for alert, by in apart.items()}


def _instants(rows):
    """The columns that are a time in every row."""
    return [name for name in _columns(rows) if all(_is_instant(row.get(name)) for row in rows)]


def _is_instant(cell):
    return isinstance(cell, int) and cell > _LEAST_INSTANT


def _by_order(loot):
    """Rows of a table without alerts, so many for each alert, laid beside the alerts; told by what
    more than one row has.
    """
    alerts = loot["alert"]
    for table, rows in loot.items():
        each, rest = divmod(len(rows), len(alerts))
        if not each or rest or "alert_id" in rows[0] or table == "alert":
            continue
        for by, column, key in product(_columns(rows), _columns(rows), (_PLACE, "id", "number")):
            laid = sorted(rows, key=lambda row, by=by: str(row[by]) if by != _PLACE else row[by])
            often = Counter(row[column] for row in rows)
            labels = {
                alert["id"]: tuple(
                    row[column]
                    for row in laid[each * place : each * (place + 1)]
                    if often[row[column]] > 1
                )
                for place, alert in enumerate(sorted(alerts, key=lambda row, key=key: row[key]))
            }
            yield f"{table}.{column} by {by} beside alerts by {key}", labels


def _by_what_came_before(loot):
    """The last row of a person before each report, by every time and in the order of the log."""
    reports = {row["alert_id"]: row for row in loot["log"] if row["code"] == "report"}
    for table, rows in loot.items():
        persons = [row for row in rows if "alert_id" not in row]
        if table in {"alert", "sealed_link"} or not persons:
            continue
        times = [
            name for name in _columns(persons) if all(_is_instant(r.get(name)) for r in persons)
        ]
        orders = [("at", name) for name in times] + [("seq", "seq")] * (table == "log")
        for asked, name in orders:
            laid = sorted(persons, key=lambda row, name=name: (row[name], row[_PLACE]))
            reached = [row[name] for row in laid]
            last = {a: bisect_right(reached, row[asked]) - 1 for a, row in reports.items()}
            for column in _columns(persons):
                labels = {a: (laid[n].get(column),) for a, n in last.items() if n >= 0}
                yield f"{table}.{column} of the last {name}", labels


def _by_digests(loot):
    """Plain digests of a person, alone or with the alert, wherever one stands."""
    standing = {cell for rows in loot.values() for row in rows for cell in row.values()
                if isinstance(cell, str)}  # fmt: skip
    labels = {}
    for alert, person, form in product(loot["alert"], loot["person"], _FORMS):
        told = form.format(alert["id"], person["id"])
        if hashlib.sha256(told.encode()).hexdigest() in standing:
            labels[alert["id"]] = (person["id"],)
    yield "digests of alert and person", labels
