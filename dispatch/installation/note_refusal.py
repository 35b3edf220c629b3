"""Notes in the audit trail that somebody asked for what is not theirs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dispatch.domain.roles import Access
from dispatch.store.audit import ACCESS_REFUSED, done_by
from dispatch.store.transaction import Store


def note_refusal(store: Store, who: Access, address: str, codes: Mapping[str, Any]) -> None:
    """`codes`: what was asked and why it was refused. No alert: a reporter is refused what others
    are not, so that its number beside a person would tell who reported it.
    """
    by_day = who.is_kept_by_day
    event = done_by(store.seal, ACCESS_REFUSED, who.person_id, by_day=by_day, address=address)
    with store.write() as tx:
        tx.audit(replace(event, codes=dict(codes)))
