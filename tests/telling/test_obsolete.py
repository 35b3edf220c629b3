"""A notice that asks for a step is dropped once nobody has to take that step any more."""

from dataclasses import replace

import pytest

from dispatch import deeds  # noqa: F401 - fills the table of deeds
from dispatch.domain.law.deed_table import DEED_TABLE
from dispatch.store.tables import Alert, Notice
from dispatch.telling.obsolete import CurrentState, why_obsolete

NOTHING = CurrentState(running=set(), undecided=set(), asked=set(), confirmed=set(), ends={})
EXTENSION = replace(NOTHING, asked={("hole", "extend")})
SUSPENSION = replace(NOTHING, asked={("hole", "suspend")})
VOIDING = replace(NOTHING, asked={("hole", "void")})
RELEASE = replace(NOTHING, asked={("hole", "ask_release")})
CALLED = replace(NOTHING, running={("hole", "sign", "JJDD")})
ANOTHER = replace(NOTHING, running={("hole", "sign", "CGJ")})
CONFIRMED = replace(NOTHING, confirmed={"hole"})

# By code: the alert's status and what else is so while it is asked, and once it is not.
ASKED = [
    ("to_accept", ("reported", NOTHING), ("dispatched", NOTHING)),
    ("to_sign", ("dispatched", NOTHING), ("signed", NOTHING)),
    ("support_to_sign", ("signed", CALLED), ("signed", ANOTHER)),
    ("first_to_sign", ("dispatched", CALLED), ("dispatched", ANOTHER)),
    ("to_rule", ("returned", NOTHING), ("dispatched", NOTHING)),
    ("to_decide", ("on_site", EXTENSION), ("on_site", VOIDING)),
    ("to_decide", ("signed", SUSPENSION), ("signed", RELEASE)),
    ("to_decide", ("verifying", EXTENSION), ("verifying", NOTHING)),
    ("to_decide", ("signed", EXTENSION), ("voided", EXTENSION)),
    ("to_decide", ("signed", SUSPENSION), ("submitted", SUSPENSION)),
    ("to_release", ("submitted", RELEASE), ("submitted", EXTENSION)),
    ("to_confirm_void", ("reported", VOIDING), ("reported", NOTHING)),
    ("to_confirm_void", ("reported", VOIDING), ("voided", VOIDING)),
    ("to_confirm", ("submitted", NOTHING), ("on_site", NOTHING)),
    ("to_confirm", ("submitted", NOTHING), ("submitted", CONFIRMED)),
    ("sent_back", ("on_site", NOTHING), ("submitted", NOTHING)),
    ("to_verify", ("verifying", NOTHING), ("resolved", NOTHING)),
    ("please_rate", ("resolved", NOTHING), ("closed", NOTHING)),
]


@pytest.mark.parametrize(("code", "asked", "over"), ASKED)
def test_a_notice_matters_while_its_step_is_to_be_taken(code, asked, over):
    assert why(code, *asked) is None
    assert why(code, *over) == "somebody has acted"


def why(code, status, current):
    notice = Notice(alert_id="hole", to_kind="desk", to_ref="JJDD", code=code, params={})
    return why_obsolete(notice, Alert(id="hole", status=status), current)


def test_every_notice_that_asks_for_a_step_has_its_row():
    asks = {tells.notice for each in DEED_TABLE.values() for tells in each.tells if tells.asks}
    assert {code for code, *_ in ASKED} == asks


def test_a_notice_that_only_tells_is_never_dropped():
    told = {tells.notice for each in DEED_TABLE.values() for tells in each.tells}
    for code in told - {code for code, *_ in ASKED}:
        assert why(code, "closed", NOTHING) is None


def test_a_notice_asks_wherever_it_is_told():
    """Else a deed that forgets to say so would have its notice dropped, or kept, by another's."""
    every = [tells for each in DEED_TABLE.values() for tells in each.tells]
    asks = {tells.notice for tells in every if tells.asks}
    assert [tells for tells in every if tells.notice in asks and not tells.asks] == []
