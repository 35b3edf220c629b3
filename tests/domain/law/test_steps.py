"""The law of an alert, written out again: a change of the table is a change of this table."""

import pytest

from dispatch.domain.law.clock_changes import clock_changes
from dispatch.domain.law.statuses import OPEN, STATUSES
from dispatch.domain.law.steps import STEPS, steps_from

LAW = """
report         -                              reported    reporter
accept         reported                       dispatched  street
decline        dispatched,reported            declined    street
withdraw       dispatched,reported            withdrawn   reporter
sign           dispatched                     signed      lead_unit
assign         on_site,signed                 -           lead_unit
return         dispatched,signed              returned    lead_unit
rule           returned                       dispatched  district
reassign       dispatched,on_site,signed      dispatched  street,district
call_support    on_site,signed                 -          lead_unit,street
release_support on_site,signed,submitted       -          lead_unit,street
support_sign    (with_the_lead)                -          support_unit
support_assign  (with_the_lead)                -          support_unit
support_arrive  (with_the_lead)                -          support_handler
support_finish  (with_the_lead)                -          support_handler,support_unit
arrive         signed                         on_site     handler
note           (open)                         -           unit_staff
submit         on_site,signed                 submitted   handler
send_back      submitted                      on_site     lead_unit
confirm        submitted                      verifying   lead_unit
verify_ok      verifying                      resolved    verifier
verify_fail    verifying                      signed      verifier
rate           resolved                       closed      reporter
contact           on_site,signed                 -           lead_unit,handler
extend            on_site,signed                 -           lead_unit
grant_extension   on_site,resolved,signed,submitted,verifying -           district
refuse_extension  on_site,resolved,signed,submitted,verifying -           district
suspend           on_site,signed                 -           lead_unit
grant_suspension  on_site,signed                 suspended   district
refuse_suspension on_site,signed                 -           district
resume            suspended                      signed      lead_unit,district
urge           (open)                         -           street,supervisor
snooze         (open)            -    lead_unit,handler,support_unit,support_handler
escalate       (open)                         -           street,district,supervisor,lead_unit
void           (open)                         -           street
confirm_void   (open)                         voided      street,district
refuse_void    (open)                         -           street,district
merge          dispatched,reported,signed     merged      street
unmerge        merged                         reported    street
reopen         closed                         signed      street
record_outcome (open)                         closed      nobody
"""

TURNS = """
reported    street      accept
dispatched  lead_unit   sign,arrive,dispose
returned    district    ruling
signed      lead_unit   contact,arrive,dispose
on_site     handler     dispose
submitted   lead_unit   dispose
suspended   lead_unit   -
verifying   verifier    verify
resolved    reporter    rate
closed      nobody      -
declined    nobody      -
referred    nobody      -
merged      nobody      -
voided      nobody      -
withdrawn   nobody      -
"""


def _lines(table):
    return [line.split() for line in table.strip().splitlines()]


def _sources(step):
    if step.sources == {"dispatched", "returned", "signed", "on_site", "submitted"}:
        return "(with_the_lead)"
    return "(open)" if step.sources == OPEN else ",".join(sorted(step.sources)) or "-"


@pytest.mark.parametrize(("name", "sources", "target", "who"), _lines(LAW))
def test_a_step_leads_where_the_law_says_and_belongs_to_whom_it_says(name, sources, target, who):
    step = STEPS[name]
    assert (_sources(step), step.to or "-", ",".join(step.who)) == (sources, target, who)


def test_no_other_step_can_be_taken_yet():
    ready = {name for name, step in STEPS.items() if not step.later}
    assert ready - {line[0] for line in _lines(LAW)} == set()


@pytest.mark.parametrize(("name", "turn", "clocks"), _lines(TURNS))
def test_a_status_is_somebodys_turn_with_its_clocks(name, turn, clocks):
    status = STATUSES[name]
    assert (status.turn, ",".join(status.clocks) or "-") == (turn, clocks)


def test_every_status_stands_in_the_law():
    assert [line[0] for line in _lines(TURNS)] == list(STATUSES)


def test_what_is_over_offers_at_most_to_be_taken_up_again():
    offered = {name: [step.name for step in steps_from(name)] for name in STATUSES.keys() - OPEN}
    assert {name: steps for name, steps in offered.items() if steps} == {
        "closed": ["reopen"],
        "merged": ["unmerge"],
    }


@pytest.mark.parametrize(
    ("step", "source", "target", "kept", "paused", "ended", "begun"),
    [
        ("accept", "reported", "dispatched", "accept", "", "", "arrive dispose sign"),
        ("sign", "dispatched", "signed", "sign", "", "", "contact"),
        ("arrive", "signed", "on_site", "arrive", "", "contact", ""),
        ("return", "dispatched", "returned", "", "dispose", "arrive sign", "ruling"),
        ("rule", "returned", "dispatched", "ruling", "", "", "arrive dispose sign"),
        ("reassign", "dispatched", "dispatched", "", "", "arrive sign", "arrive sign"),
        ("reassign", "on_site", "dispatched", "", "", "", "arrive sign"),
        ("confirm", "submitted", "verifying", "dispose", "", "", "verify"),
        ("verify_fail", "verifying", "signed", "verify", "", "", "arrive contact dispose"),
        ("contact", "signed", "signed", "contact", "", "", ""),
        ("contact", "on_site", "on_site", "", "", "", ""),
        ("grant_suspension", "signed", "suspended", "", "arrive contact dispose", "", ""),
        ("grant_suspension", "on_site", "suspended", "", "dispose", "", ""),
        ("resume", "suspended", "signed", "", "", "", "arrive contact dispose"),
        ("resume", "suspended", "on_site", "", "", "", "dispose"),
        ("withdraw", "dispatched", "withdrawn", "", "", "arrive dispose sign", ""),
        ("rate", "resolved", "closed", "rate", "", "", ""),
        ("reopen", "closed", "signed", "", "", "", "arrive contact dispose"),
        ("merge", "dispatched", "merged", "", "", "arrive dispose sign", ""),
        ("merge", "reported", "merged", "", "", "accept", ""),
        ("unmerge", "merged", "reported", "", "", "", "accept"),
        ("void", "dispatched", "dispatched", "", "", "", ""),
        ("confirm_void", "dispatched", "voided", "", "", "arrive dispose sign", ""),
        ("confirm_void", "verifying", "voided", "", "", "verify", ""),
    ],
)
def test_the_clocks_follow_the_deed(step, source, target, kept, paused, ended, begun):
    changes = clock_changes(step, source, target, life_safety=False)
    told = [" ".join(sorted(each)) for each in vars(changes).values()]
    assert told == [kept, paused, ended, begun]


def test_a_returned_danger_to_life_goes_on_being_disposed():
    changes = clock_changes("return", "signed", "returned", life_safety=True)
    assert "dispose" not in changes.paused | changes.ended
