"""A city with many alerts whose rungs are all due: what sweeps are measured and killed on."""

import secrets
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dispatch import clock
from dispatch.settings import load_settings
from dispatch.store.rows import add_rows
from dispatch.store.tables import Alert, Base, Promise, Rung
from dispatch.store.transaction import Store

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from stage import MONDAY, City

# So long after the report that every rung and every card of every clock is due.
AFTERWARDS = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
Row = dict[str, Any]


@contextmanager
def open_store(url: str, folder: Path) -> Iterator[Store]:
    """The store of a benchmark; commits to disk as in production."""
    settings = {"DISPATCH_DATA_DIR": str(folder), "DISPATCH_DATABASE_URL": url}
    with closing(Store(load_settings(settings))) as store:
        yield store


def found(store: Store) -> str:
    """Tables, the default playbook and one alert, the model of all others; its id."""
    store.migrate()
    with clock.at(MONDAY):
        city = City(store)
        city.report()
    return city.alert_id


def grow(
    store: Store,
    model: str,
    alerts: int,
    due_at: datetime | None = None,
    levels: tuple[int, ...] = (),
) -> int:
    """So many more alerts like the model, with its clocks and their rungs; how many rungs.

    `due_at`: all of them fall due at one instant instead of at their own. `levels`: only these.
    """
    with store.read() as session:
        alert = _columns(session.get_one(Alert, model))
        promises = [_columns(row) for row in session.scalars(_of(Promise, model))]
        rungs = [_columns(row) for row in session.scalars(_of(Rung, model))]
    rungs = [rung for rung in rungs if not levels or rung["level"] in levels]
    if due_at is not None:
        rungs = [{**rung, "due_at": due_at} for rung in rungs]
    fresh = {"state": "pending", "fired_at": None, "attempts": 0}
    rungs = [{**rung, **fresh} for rung in rungs]
    copies = [_copy(alert, promises, rungs) for _ in range(alerts)]
    with store.write() as tx:
        for table, turn in ((Alert, 0), (Promise, 1), (Rung, 2)):
            add_rows(tx.session, table, list(chain.from_iterable(each[turn] for each in copies)))
    return alerts * len(rungs)


def _of(row: type[Promise | Rung], alert_id: str) -> Any:
    return select(row).where(row.alert_id == alert_id)


def _columns(row: Base) -> Row:
    return {each.key: getattr(row, each.key) for each in row.__mapper__.column_attrs}


def _copy(alert: Row, promises: list[Row], rungs: list[Row]) -> tuple[list[Row], ...]:
    alert_id = str(uuid.uuid4())
    clocks = {promise["id"]: secrets.token_hex(16) for promise in promises}
    number, reporter = f"X-1-{secrets.token_hex(8)}-0", secrets.token_hex(32)
    unbroken = {"state": "running", "card": None, "stopped_at": None}
    return (
        [{**alert, "id": alert_id, "number": number, "reporter_ref": reporter, "card": None}],
        [{**row, **unbroken, "id": clocks[row["id"]], "alert_id": alert_id} for row in promises],
        [
            {
                **row,
                "id": secrets.token_hex(16),
                "alert_id": alert_id,
                "promise_id": clocks[row["promise_id"]],
            }
            for row in rungs
        ],
    )
