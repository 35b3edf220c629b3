"""Where log and proofs were changed after they were written, in one pass over each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.store.installation_facts import KEY_MARK, fact
from dispatch.store.log import GENESIS, detail_digest, entry_hash, key_mark, proof_hash
from dispatch.store.tables import LogDetail, LogEntry, Proof


@dataclass(frozen=True)
class ChainBreak:
    """A row at which the chain does not hold: `what` is hash, detail, gap, or erased."""

    seq: int
    what: str


def chain_breaks(
    session: Session, key: bytes, is_erased: Callable[[int], bool] | None = None
) -> Iterator[ChainBreak]:
    """Every row at which the log was changed after it was written. Details may be gone from the
    rows for which `is_erased` says so; without it from any.
    """
    previous, expected = GENESIS, 1
    for entry, detail in _whole_log(session):
        if entry.seq != expected:
            yield ChainBreak(expected, "gap")
        if entry.hash != entry_hash(_columns(entry), previous, key):
            yield ChainBreak(entry.seq, "hash")
        if detail is None and is_erased and not is_erased(entry.seq):
            yield ChainBreak(entry.seq, "erased")
        if detail is not None and entry.digest != detail_digest(detail.salt, detail.body):
            yield ChainBreak(entry.seq, "detail")
        previous, expected = entry.hash, entry.seq + 1


def _whole_log(session: Session) -> Iterable[Any]:
    return session.execute(
        select(LogEntry, LogDetail)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .order_by(LogEntry.seq)
        .execution_options(yield_per=1000),
    )


def _columns(entry: LogEntry) -> dict[str, Any]:
    return {
        column.key: getattr(entry, column.key)
        for column in LogEntry.__table__.columns
        if column.key != "hash"
    }


@dataclass(frozen=True)
class ReadProof:
    """A proof as it was read. `fault`: None, or that it is no proof of what stands there: hash,
    gap, or cut where the log does not reach so far any more.
    """

    n: int
    log_seq: int
    rows: bytes
    hash: str
    fault: str | None


def read_proofs(session: Session, key: bytes) -> Iterator[ReadProof]:
    """All proofs in their order."""
    previous, expected = GENESIS, 1
    for proof, log_hash in _all_proofs(session):
        told = {"n": proof.n, "log_seq": proof.log_seq, "rows": proof.rows}
        at = log_hash or GENESIS
        fault = "gap" if proof.n != expected else None
        if proof.log_seq and log_hash is None:
            fault = "cut"
        elif proof.hash != proof_hash(told, at, previous, key):
            fault = fault or "hash"
        yield ReadProof(proof.n, proof.log_seq, proof.rows, proof.hash, fault)
        previous, expected = proof.hash, proof.n + 1


def _all_proofs(session: Session) -> Iterable[Any]:
    return session.execute(
        select(Proof, LogEntry.hash)
        .outerjoin(LogEntry, LogEntry.seq == Proof.log_seq)
        .order_by(Proof.n)
        .execution_options(yield_per=1000),
    )


def refuse_foreign_key(session: Session, key: bytes) -> None:
    """Raises Refused foreign_seal_key where another key than this proved the log."""
    if _is_foreign_key(session, key):
        raise Refused("foreign_seal_key")


def _is_foreign_key(session: Session, key: bytes) -> bool:
    """Whether another key than this proved what is here: neither the key's mark nor the first proof
    is of this one.
    """
    mark = fact(session, KEY_MARK)
    if mark is None or mark == key_mark(key):
        return False
    first = next(read_proofs(session, key), None)
    return first is None or first.fault is not None


def newest_row(session: Session) -> int:
    """The number of the log's last row; 0 where there is none."""
    return session.scalar(select(func.max(LogEntry.seq))) or 0


def head_of(session: Session) -> str | None:
    """Number and hash of the last proof: kept elsewhere, it tells later that nothing was cut off.
    None before anything was proved.
    """
    last = session.execute(select(Proof.n, Proof.hash).order_by(Proof.n.desc()).limit(1)).first()
    return f"{last.n}:{last.hash}" if last else None
