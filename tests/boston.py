"""Boston's requests of 2015 on their way into an empty city."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from dispatch.errors import Refused
from dispatch.installation.replay.replay_requests import replay_requests
from dispatch.rules.book.loading import read_folder
from dispatch.rules.intake.outside_requests import read_request
from dispatch.rules.intake.source_mapping import read_mapping
from dispatch.store.playbooks import publish_version
from dispatch.store.tables import Alert, LogEntry, Promise, Rung

EXAMPLE = Path(__file__).parent.parent / "examples" / "boston311"
SAMPLE = Path(__file__).parent / "data" / "boston311_sample.csv"
TODAY = datetime(2026, 11, 23, tzinfo=UTC)


def sample(rows=None):
    """The first rows of the sample, as the file has them."""
    with SAMPLE.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))[:rows]


def mapping_of(playbook, old="", new=""):
    """The example's mapping, changed in one place."""
    written = (EXAMPLE / "mapping.yaml").read_text(encoding="utf-8")
    assert old in written
    return read_mapping(written.replace(old, new, 1).encode(), "mapping.yaml", playbook)


class Boston:
    """The store of a city that lives by Boston's playbook, and what it refused."""

    def __init__(self, store):
        self.store = store
        with store.write() as tx:
            publish_version(tx.session, read_folder(EXAMPLE), "first", tx.now)
        with store.read() as session:
            self.playbook = store.playbook(session)
        self.mapping = mapping_of(self.playbook)
        self.refused = []

    def request(self, row):
        return read_request(self.mapping, self.playbook, row, TODAY)

    def replay(self, rows, advance=lambda _done: None):
        self.requests = [self.request(row) for row in rows]
        replay_requests(self.store, self.requests, self._refuse, advance)

    def _refuse(self, turn, why: Refused):
        self.refused.append((self.requests[turn].external_id, why.code))

    def alerts(self):
        with self.store.read() as session:
            return list(session.scalars(select(Alert).order_by(Alert.external_id)))

    def log(self, *codes: str):
        with self.store.read() as session:
            rows = select(LogEntry).order_by(LogEntry.seq)
            return list(session.scalars(rows.where(LogEntry.code.in_(codes)) if codes else rows))

    def history(self):
        """All that happened, without the ids that chance made."""
        alert = (Alert.external_id, Alert.status, Alert.lead, Alert.card, Alert.closed_at)
        promise = (Promise.clock, Promise.state, Promise.due_at, Promise.stopped_at, Promise.card)
        rung = (Rung.level, Rung.turn, Rung.state, Rung.due_at, Rung.fired_at)
        with self.store.read() as session:
            rows = session.execute(
                select(*alert, *promise, *rung)
                .join(Promise, Promise.alert_id == Alert.id)
                .join(Rung, Rung.promise_id == Promise.id)
                .order_by(Alert.external_id, Promise.clock, Rung.level, Rung.turn),
            )
            return [tuple(row) for row in rows]
