"""The second person's word on a request to void."""

from dispatch.deeds.machinery.case import Case
from dispatch.domain.law.situation import VOID
from dispatch.store.requests import open_request


def close_void(case: Case, verdict: str) -> bool:
    """Writes the verdict on the request that waits; True where the same person had asked."""
    request = open_request(case.tx.session, case.alert.id, VOID)
    if request is None:
        raise LookupError(f"nobody asked to void {case.alert.id}")
    request.ruled_at, request.verdict = case.tx.now, verdict
    return bool(request.codes["by"] == case.by_ref)
