"""An alert that should never have been: one person asks, another one decides, the log keeps it."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.errors import Refused
from dispatch.store.ids import new_id
from dispatch.store.requests import VOID, open_request
from dispatch.store.tables import Request


def ask_once(case: Case) -> None:
    """One question at a time; its clocks run on meanwhile."""
    if _asked(case) is not None:
        raise Refused("void_asked")


def ask(case: Case) -> Change:
    case.tx.session.add(
        Request(
            id=new_id(),
            alert_id=case.alert.id,
            kind=VOID,
            unit=case.alert.street or case.playbook.district.id,
            asked_at=case.tx.now,
            codes={"by": case.by_ref},
        ),
    )
    return only_words(case)


def second_person(case: Case) -> None:
    """Two pairs of eyes: nobody confirms what they asked for themselves."""
    if _request(case).codes["by"] == case.by_ref:
        raise Refused("second_person")


def confirm(case: Case) -> Change:
    _rule(case, "upheld")
    return only_words(case)


def was_asked(case: Case) -> None:
    _request(case)


def refuse(case: Case) -> Change:
    """By a second person, or taken back by the one who asked."""
    change = only_words(case)
    change.codes = {"taken_back": _request(case).codes["by"] == case.by_ref}
    _rule(case, "rejected")
    return change


def _rule(case: Case, verdict: str) -> None:
    request = _request(case)
    request.ruled_at, request.verdict = case.tx.now, verdict


def _request(case: Case) -> Request:
    request = _asked(case)
    if request is None:
        raise Refused("void_not_asked")
    return request


def _asked(case: Case) -> Request | None:
    return open_request(case.tx.session, case.alert.id, VOID)
