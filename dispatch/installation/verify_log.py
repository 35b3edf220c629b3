"""Checks that nobody rewrote log or audit trail, or changed a row that they prove."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Final

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from dispatch.promises.checks.found import Check
from dispatch.store.audit import read_audit
from dispatch.store.heads import joined, parted
from dispatch.store.installation_facts import KEPT_HEADS, fact
from dispatch.store.log_checks import chain_breaks, newest_row, read_proofs
from dispatch.store.photos import photo_path
from dispatch.store.proved import GONE, RECORD, ProvedTable, proved, proved_tables
from dispatch.store.tables import Alert, LogDetail, Photo, Promise, Proof
from dispatch.store.transaction import Store

_AT_ONCE: Final = 2000
_WORD: Final = 64  # bits of a digest; above them stands the number of its proof
_DIGEST: Final = (1 << _WORD) - 1


@dataclass
class LogLook:
    """One look at log, proofs and audit trail. `since`: heads as they were printed or sent before;
    `states`: by the number of its table and the digest of its name how each row was left last.
    """

    since: Sequence[str] = ()
    reads_files: bool = True
    log_head: str = "0"
    audit_head: str | None = None
    states: dict[int, dict[int, int]] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """How far it all reaches: for `since` of a later look."""
        return joined(self.log_head, self.audit_head)

    @property
    def checks(self) -> Mapping[str, Callable[[Store, Session, Check], None]]:
        """In their order: the proofs come first, for the others compare with them."""
        return {
            "proofs": self._proofs,
            "log": self._log,
            "rows": self._rows,
            "photos": self._photos,
            "audit": self._audit,
        }

    def _proofs(self, store: Store, session: Session, check: Check) -> None:
        """The chain of proofs from the first to the last, and that it goes on from each head."""
        self.states = {each.number: {} for each in proved_tables()}
        since = [parted(head)[0] for head in self.since]
        unproved, reached = set(since) - _kept_heads(session), 0
        for proof in read_proofs(session, store.seal.log_key):
            check.seen += 1
            self.log_head, reached = f"{proof.n}:{proof.hash}", proof.log_seq
            unproved.discard(self.log_head)
            if proof.fault:
                check.differs(f"proof_{proof.fault}", n=proof.n, seq=proof.log_seq)
            self._take(proof.n, proof.rows)
        if (last := newest_row(session)) > reached:
            check.differs("proof_behind", seq=last, proved=reached)
        for head in since:
            if head in unproved:
                check.differs("head_lost", head=head)

    def _take(self, n: int, rows: bytes) -> None:
        """Keeps how the rows of this proof were left."""
        for at in range(0, len(rows), RECORD):
            number, name = rows[at], int.from_bytes(rows[at + 1 : at + 9])
            digest = int.from_bytes(rows[at + 9 : at + RECORD])
            self.states.setdefault(number, {})[name] = n << _WORD | digest

    def _log(self, store: Store, session: Session, check: Check) -> None:
        """The chain of the log; details may be gone where a proof says that they were erased."""
        key = store.seal.log_key
        check.seen = newest_row(session)
        for each in chain_breaks(session, key, lambda seq: self._is_erased(key, seq)):
            check.differs(f"log_{each.what}", seq=each.seq)

    def _is_erased(self, key: bytes, seq: int) -> bool:
        details = proved(LogDetail)
        if details is None:
            return False
        record = details.gone(key, {"seq": seq})
        state = self.states[record[0]].get(int.from_bytes(record[1:9]))
        return state is not None and state & _DIGEST == int.from_bytes(GONE)

    def _rows(self, store: Store, session: Session, check: Check) -> None:
        """Each row is as it was written last, none is missing, and none came from elsewhere."""
        key, names = store.seal.log_key, _Names(session)
        for table in (each for each in proved_tables() if each.is_kept):
            states = self.states[table.number]
            for row in _rows_of(session, table):
                check.seen += 1
                record = table.record(key, row)
                state = states.pop(int.from_bytes(record[1:9]), None)
                code = _compared(state, record)
                if code:
                    check.differs(code, table=table.table.name, row=names.of(table, row))
            self._missing(session, check, table, states)

    def _missing(
        self, session: Session, check: Check, table: ProvedTable, states: Mapping[int, int]
    ) -> None:
        """What was written and is not there, though nothing says that it was deleted."""
        for state in states.values():
            if state & _DIGEST != int.from_bytes(GONE):
                n = state >> _WORD
                seq = session.scalar(select(Proof.log_seq).where(Proof.n == n)) or 0
                check.differs("row_missing", table=table.table.name, n=n, seq=seq)

    def _photos(self, store: Store, session: Session, check: Check) -> None:
        """Each photo that was taken in is on disk, byte by byte as it was stored."""
        kept = select(Photo.stored, Photo.thumb, Alert.number)
        rows = kept.join(Alert, Alert.id == Photo.alert_id).where(
            Photo.stored.is_not(None), Photo.declared_at.is_not(None)
        )
        for stored, thumb, number in session.execute(rows.execution_options(yield_per=1000)):
            for digest in filter(None, (stored, thumb)):
                check.seen += 1
                fault = _file_fault(
                    photo_path(store.data_dir, digest), digest, reads=self.reads_files
                )
                if fault:
                    check.differs(fault, number=number, file=digest[:12])

    def _audit(self, store: Store, session: Session, check: Check) -> None:
        """The chain of the audit trail from the first to the last row, and that it goes on from
        each head.
        """
        since = [audit for _, audit in map(parted, self.since) if audit]
        lost = set(since)
        for row in read_audit(session, store.seal):
            check.seen += 1
            self.audit_head = row.head
            lost.discard(row.head)
            if row.missing is not None:
                check.differs("audit_gap", seq=row.missing)
            if row.is_changed:
                check.differs("audit_hash", seq=row.seq)
        for head in since:
            if head in lost:
                check.differs("audit_head_lost", head=head)


def _compared(state: int | None, record: bytes) -> str | None:
    if state is None or state & _DIGEST == int.from_bytes(GONE):
        return "row_foreign"
    return None if state & _DIGEST == int.from_bytes(record[9:]) else "row_changed"


def _rows_of(session: Session, table: ProvedTable) -> Iterator[RowMapping]:
    columns = table.table.columns
    read = select(*columns).execution_options(yield_per=_AT_ONCE)
    return (row for row in session.execute(read).mappings() if not table.is_free(row))


def _file_fault(path: Path, digest: str, *, reads: bool) -> str | None:
    if not path.is_file():
        return "photo_lost"
    if not reads:
        return None
    with path.open("rb") as file:
        return None if file_digest(file, "sha256").hexdigest() == digest else "photo_changed"


def _kept_heads(session: Session) -> set[str]:
    """The heads of the log as it was before it was chained anew, which the facts keep."""
    kept = (fact(session, name) for name in KEPT_HEADS)
    return {head.replace(" ", ":") for head in kept if head}


class _Names:
    """What a person can look up of a row: the number of its alert, and its key."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[str, str | None] = {}

    def of(self, table: ProvedTable, row: RowMapping) -> str:
        key = " ".join(str(each) for each in table.name_of(row))
        number = row.get("number") or self._number(self._alert(row))
        return f"{number} {key}" if number else key

    def _alert(self, row: RowMapping) -> str | None:
        if promise := row.get("promise_id"):
            of = select(Promise.alert_id).where(Promise.id == promise)
            return self._session.scalar(of)
        return row.get("alert_id")

    def _number(self, alert: str | None) -> str | None:
        if alert and alert not in self._numbers:
            of = select(Alert.number).where(Alert.id == alert)
            self._numbers[alert] = self._session.scalar(of)
        return self._numbers.get(alert or "")
