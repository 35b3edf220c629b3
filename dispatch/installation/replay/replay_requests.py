"""Another system's requests go through the real intake, each at the moment it was opened.

Opens, closes and due rungs are merged in the order of time. Nothing is kept but the alerts
themselves: interrupted and begun again, what stands is passed over and what is missing is done.
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
from dispatch.store.people import access_of, person_by_login
from dispatch.store.replays import end_replay, note_replay
from dispatch.store.tables import Alert, Person
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_history import HistorySweep

SERVICE: Final = "import"
# Deeds in one commit: enough to share its cost, few enough to let a server beside it write.
BATCH: Final = 50

OPENED: Final = 0
CLOSED: Final = 1


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Something that happened to a request; `turn` its place among the requests."""

    at: datetime
    what: int
    turn: int


@dataclass(frozen=True, slots=True)
class _Importer:
    """The service identity that reports, and the grant by which it may."""

    access: Access
    grant: Grant


@dataclass(frozen=True, slots=True)
class _Standing:
    """An alert that is there: by what body, and whether its outcome is still missing."""

    digest: str
    is_open: bool


def replay_requests(
    store: Store,
    requests: Sequence[OutsideRequest],
    refuse: Callable[[int, Refused], None],
    advance: Callable[[int], None],
) -> None:
    """Send the requests of one source through the intake and close those that were closed.

    `refuse` hears which request (by its place) was not taken in and why; `advance` how many
    moments of history are done, after each commit: see `moments`.
    """
    if not requests:
        return
    replay = _Replay(store, _importer(store), requests, refuse)
    history = iter(moments(requests))
    while batch := list(islice(history, BATCH)):
        replay.live_through(batch)
        advance(len(batch))
    with store.write() as tx:
        end_replay(tx.session)


def moments(requests: Sequence[OutsideRequest]) -> list[Moment]:
    """All opens and closes in the order of time."""
    return sorted(_moments(requests))


def _moments(requests: Iterable[OutsideRequest]) -> Iterator[Moment]:
    for turn, request in enumerate(requests):
        yield Moment(request.opened_at, OPENED, turn)
        if request.closed_at is not None:
            yield Moment(request.closed_at, CLOSED, turn)


class _Replay:
    """History as it goes on, stretch by stretch."""

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
        self._standing = _standing(store, self._source)
        self._to_close: set[int] = set()

    def live_through(self, stretch: Sequence[Moment]) -> None:
        """One commit: each deed at its moment, after all that was due before it."""
        with self._store.history() as tx:
            note_replay(tx.session, self._source, clock.wall())
            due = HistorySweep(self._store, tx, self._source, until=stretch[-1].at)
            for moment in stretch:
                due.fire_before(moment.at)
                with clock.at(moment.at):
                    self._do(moment, due)

    def _do(self, moment: Moment, due: HistorySweep) -> None:
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
        digest = body_digest(request.report)
        known = self._standing.get(request.alert_id)
        if known is None:
            access, grant = self._importer.access, self._importer.grant
            origin = Origin(request.source, request.external_id)
            report_alert(self._store, access, grant, request.alert_id, request.report, origin)
            known = self._standing[request.alert_id] = _Standing(digest, is_open=True)
        if known.digest != digest:
            raise Refused("alert_exists")
        return known.is_open


def _standing(store: Store, source: str) -> dict[str, _Standing]:
    """The alerts that came from the same source before."""
    rows = select(Alert.id, Alert.body_digest, Alert.status).where(Alert.source == source)
    with store.read() as session:
        found = session.execute(rows.where(Alert.external_id.is_not(None)))
        return {row.id: _Standing(row.body_digest, is_open=row.status in OPEN) for row in found}


def _importer(store: Store) -> _Importer:
    """The service that reports for other systems, made when it is first needed.

    Raises Refused: name_taken where somebody has its account, forbidden where its right ended.
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
