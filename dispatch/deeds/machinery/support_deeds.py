"""What those who call a support, and the support itself, may do, and what it changes."""

from typing import Final

from dispatch.deeds.machinery import arriving
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words, words_of
from dispatch.deeds.machinery.leading import give_task
from dispatch.deeds.machinery.supports import as_row, call_in, keep_promise, let_go
from dispatch.domain.supports import INFORMED, REQUIRED
from dispatch.errors import Refused
from dispatch.store.alerts import supports_of
from dispatch.store.tables import Assignment

_TONGUE: Final = {"en": "en"}


def check_call(case: Case) -> None:
    """Not the lead, nobody who is at it already, nobody whom the alert is about (DOMAIN §9.4)."""
    unit, mode = case.unit("unit"), case.wish_values["mode"]
    if unit.id in case.barred:
        raise case.refuse_field("unit", "unknown_value", value=unit.id, known="units")
    known = case.support_of(unit.id)
    is_at_it = known is not None and known.kind == REQUIRED and known.finished_at is None
    if unit.id == case.alert.lead or is_at_it or (known is not None and mode == INFORMED):
        raise case.refuse_field("unit", "repeated")


def call_support(case: Case) -> Change:
    unit, mode = case.wish_values["unit"], case.wish_values["mode"]
    called = call_in(case, [(unit, mode)])
    codes = {"support": unit, "informed": mode == INFORMED}
    return Change(codes=codes, detail=words_of(case, "reason"), helping=called)


def check_release(case: Case) -> None:
    if case.support_of(case.wish_values["unit"]) is None:
        raise case.refuse_field(
            "unit", "unknown_value", value=case.wish_values["unit"], known=", ".join(_helping(case))
        )


def _helping(case: Case) -> tuple[str, ...]:
    return tuple(each.unit for each in supports_of(case.assignments))


def release_support(case: Case) -> Change:
    unit = case.wish_values["unit"]
    change = Change(codes={"support": unit}, detail=words_of(case, "reason"))
    support = case.support_of(unit)
    if support is not None:
        let_go(case, support)
        change.helping = [as_row(support)]
    return change


def check_turn(case: Case) -> None:
    """The step comes next for a support that the person acts for."""
    _own(case)


def check_arrival(case: Case) -> None:
    _own(case)
    arriving.check_arrival(case)


def _own(case: Case) -> Assignment:
    own = case.own_support
    if own is None:
        raise Refused("support_conflict")
    return own


def sign(case: Case) -> Change:
    own = _own(case)
    own.signed_at = case.tx.now
    given = give_task(case, own) if case.wish_values.get("to") else None
    return _told(case, own, given or Change(detail=words_of(case, "note")))


def assign(case: Case) -> Change:
    own = _own(case)
    change = give_task(case, own)
    change.codes["support"] = own.unit
    change.helping = [as_row(own)]
    return change


def arrive(case: Case) -> Change:
    own = _own(case)
    return _told(case, own, arriving.arrive_for(case, own))


def finish(case: Case) -> Change:
    own = _own(case)
    own.finished_at = case.tx.now
    own.handler = own.handler or case.access.person_id
    return _told(case, own, only_words(case))


def _told(case: Case, own: Assignment, change: Change) -> Change:
    """Whose deed it is, and what became of the support's own clocks."""
    change.codes |= {"support": own.unit, "promises": keep_promise(case, own)}
    change.helping = [as_row(own)]
    return change


def check_all_finished(case: Case) -> None:
    """The lead closes its part when everybody it waits for has finished, or was released."""
    units, tongue = case.playbook.units, _TONGUE.get(case.access.language, "zh")
    waited_for = [each.unit for each in supports_of(case.assignments) if each.is_at_work]
    if waited_for:
        labels = [units[unit].label[tongue] if unit in units else unit for unit in waited_for]
        raise Refused("supports_at_work", units=", ".join(labels), count=len(labels))
