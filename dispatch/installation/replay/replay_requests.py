"""Replays requests of another system through the real intake, each at its own moment.

Opens, closes and due rungs are merged in the order of time. Only the alerts are kept: a replay that
was interrupted and is repeated skips those that exist.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import select

from dispatch import clock
from dispatch.deeds.record_outcome import record_outcome
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.roles import Access, Grant, may_report
from dispatch.errors import Refused
from dispatch.intake.report_alert import Origin, body_digest, report_alert
from dispatch.rules.intake.outside_requests import OutsideRequest
from dispatch.store.enrolment import NewPerson, enrol
from dispatch.store.marks import body_mark
from dispatch.store.people import access_of, person_by_login
from dispatch.store.replays import end_replay, note_replay
from dispatch.store.tables import Alert, Person
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_history import HistorySweep

SERVICE: Final = "import"
# Events in one commit: enough to share its cost, few enough to let a server write between them.
BATCH: Final = 50

OPENED: Final = 0
CLOSED: Final = 1


@dataclass(frozen=True, slots=True, order=True)
class HistoryEvent:
    """A request was opened or closed; `turn`: its position among the requests."""

    at: datetime
    what: int
    turn: int


@dataclass(frozen=True, slots=True)
class _Importer:
    """The service that reports, and the grant by which it may."""

    access: Access
    grant: Grant


@dataclass(frozen=True, slots=True)
class _KnownAlert:
    """An alert that exists: the digest of its report, and whether its outcome is missing."""

    digest: str
    is_open: bool


def replay_requests(
    store: Store,
    requests: Sequence[OutsideRequest],
    refuse: Callable[[int, Refused], None],
    advance: Callable[[int], None],
) -> None:
    """Sends the requests of one source through the intake and closes those that were closed.

    `refuse` is called with the position of a request that was refused, and the reason; `advance`
    after each commit with the number of events done (see `history_events`).
    """
    if not requests:
        return
    replay = _Replay(store, _importer(store), requests, refuse)
    history = iter(history_events(requests))
    while batch := list(islice(history, BATCH)):
        replay.live_through(batch)
        advance(len(batch))
    with store.write() as tx:
        end_replay(tx.session)


def history_events(requests: Sequence[OutsideRequest]) -> list[HistoryEvent]:
    """All openings and closings in the order of time."""
    return sorted(_moments(requests))


def _moments(requests: Iterable[OutsideRequest]) -> Iterator[HistoryEvent]:
    for turn, request in enumerate(requests):
        yield HistoryEvent(request.opened_at, OPENED, turn)
        if request.closed_at is not None:
            yield HistoryEvent(request.closed_at, CLOSED, turn)


class _Replay:
    """The replay, commit by commit."""

    def __init__(
        self,
        store: Store,
        importer: _Importer,
        requests: Sequence[OutsideRequest],
        refuse: Callable[[int, Refused], None],
    ) -> None:
        self._store = store
        self._importer = importer
        self._requests = requests
        self._refuse = refuse
        self._source = requests[0].source
        self._known = _known_alerts(store, self._source)
        self._to_close: set[int] = set()

    def live_through(self, stretch: Sequence[HistoryEvent]) -> None:
        """One commit: each event at its moment, after everything that was due before it."""
        with self._store.history() as tx:
            note_replay(tx.session, self._source, clock.wall())
            due = HistorySweep(self._store, tx, self._source, until=stretch[-1].at)
            for moment in stretch:
                due.fire_before(moment.at)
                with clock.at(moment.at):
                    self._do(moment, due)

    def _do(self, moment: HistoryEvent, due: HistorySweep) -> None:
        request = self._requests[moment.turn]
        if moment.what == CLOSED:
            if moment.turn in self._to_close:
                record_outcome(self._store, self._importer.access, request.alert_id)
            return
        try:
            if self._open(request):
                self._to_close.add(moment.turn)
                due.add(request.alert_id)
        except Refused as refused:
            self._refuse(moment.turn, refused)

    def _open(self, request: OutsideRequest) -> bool:
        """Whether its outcome is still to come; raises Refused as the intake does."""
        digest = body_mark(self._store.seal, request.alert_id, body_digest(request.report))
        known = self._known.get(request.alert_id)
        if known is None:
            access, grant = self._importer.access, self._importer.grant
            origin = Origin(request.source, request.external_id)
            report_alert(self._store, access, grant, request.alert_id, request.report, origin)
            known = self._known[request.alert_id] = _KnownAlert(digest, is_open=True)
        if known.digest != digest:
            raise Refused("alert_exists")
        return known.is_open


def _known_alerts(store: Store, source: str) -> dict[str, _KnownAlert]:
    """The alerts of this source that exist already."""
    rows = select(Alert.id, Alert.body_digest, Alert.status).where(Alert.source == source)
    with store.read() as session:
        found = session.execute(rows.where(Alert.external_id.is_not(None)))
        return {row.id: _KnownAlert(row.body_digest, is_open=row.status in OPEN) for row in found}


def _importer(store: Store) -> _Importer:
    """The service that reports for other systems, made when it is first needed.

    Raises Refused: name_taken where a person has its account, forbidden where its grant ended.
    """
    with store.write() as tx:
        organisation = store.playbook(tx.session).organisation
        person = person_by_login(tx.session, store.seal, SERVICE)
        if person is None:
            rights = (Grant("volunteer", store.playbook(tx.session).district.id),)
            new = NewPerson(SERVICE, rights, is_service=True)
            person = tx.session.get_one(Person, enrol(tx, store.seal, new))
            tx.session.flush()
        if not person.is_service:
            raise Refused("name_taken", name=SERVICE)
        access = access_of(tx.session, person, clock.wall())
    grant = None if person.disabled_at else may_report(access, organisation)
    if grant is None:
        raise Refused("forbidden")
    return _Importer(access, grant)
