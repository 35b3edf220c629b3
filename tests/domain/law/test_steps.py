"""What follows from the law of an alert: what is over, and which clocks a step moves.

The golden tables of statuses and steps stand in docs/domain.md (test_domain_page.py).
"""

import pytest
from paper_city import steps_from

from dispatch.domain.law.clock_changes import clock_changes
from dispatch.domain.law.statuses import OPEN, STATUSES


def test_what_is_over_offers_at_most_to_be_taken_up_again():
    offered = {name: [step.name for step in steps_from(name)] for name in STATUSES.keys() - OPEN}
    assert {name: steps for name, steps in offered.items() if steps} == {
        "closed": ["reopen"],
        "merged": ["unmerge"],
    }


@pytest.mark.parametrize(
    ("step", "source", "target", "kept", "paused", "ended", "begun"),
    [
        ("accept", "reported", "dispatched", "accept", "", "", "arrive dispose overall sign"),
        ("sign", "dispatched", "signed", "sign", "", "", "contact"),
        ("arrive", "signed", "on_site", "arrive", "", "contact", ""),
        ("return", "dispatched", "returned", "", "dispose", "arrive sign", "ruling"),
        ("rule", "returned", "dispatched", "ruling", "", "", "arrive dispose sign"),
        ("reassign", "dispatched", "dispatched", "", "", "arrive sign", "arrive sign"),
        ("reassign", "on_site", "dispatched", "", "", "", "arrive sign"),
        ("confirm", "submitted", "verifying", "dispose overall", "", "", "verify"),
        ("verify_fail", "verifying", "signed", "verify", "", "", "arrive contact dispose overall"),
        ("contact", "signed", "signed", "contact", "", "", ""),
        ("contact", "on_site", "on_site", "", "", "", ""),
        ("grant_suspension", "signed", "suspended", "", "arrive contact dispose overall", "", ""),
        ("grant_suspension", "on_site", "suspended", "", "dispose overall", "", ""),
        ("resume", "suspended", "signed", "", "", "", "arrive contact dispose overall"),
        ("resume", "suspended", "on_site", "", "", "", "dispose overall"),
        ("withdraw", "dispatched", "withdrawn", "", "", "arrive dispose overall sign", ""),
        ("rate", "resolved", "closed", "rate", "", "", ""),
        ("reopen", "closed", "signed", "", "", "", "arrive contact dispose overall"),
        ("merge", "dispatched", "merged", "", "", "arrive dispose overall sign", ""),
        ("merge", "reported", "merged", "", "", "accept", ""),
        ("unmerge", "merged", "reported", "", "", "", "accept"),
        ("void", "dispatched", "dispatched", "", "", "", ""),
        ("confirm_void", "dispatched", "voided", "", "", "arrive dispose overall sign", ""),
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


@pytest.mark.parametrize(
    ("step", "source", "ended", "begun"),
    [
        ("rule", "returned", "dispose", "arrive dispose sign"),
        ("reassign", "dispatched", "arrive dispose sign", "arrive dispose sign"),
        ("reassign", "signed", "arrive contact dispose", "arrive dispose sign"),
        ("reassign", "on_site", "dispose", "arrive dispose sign"),
    ],
)
def test_another_unit_disposes_anew_and_the_reporter_s_date_stands(step, source, ended, begun):
    changes = clock_changes(step, source, "dispatched", life_safety=False, by_another=True)
    assert (" ".join(sorted(changes.ended)), " ".join(sorted(changes.begun))) == (ended, begun)
    assert "overall" not in changes.ended | changes.begun | changes.kept
