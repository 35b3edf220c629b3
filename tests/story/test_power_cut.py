"""The server is killed in the middle of intake: what was acknowledged stands, nothing is half."""

import pytest
from outage import Outage, moments
from profiles import times

pytestmark = pytest.mark.both_databases


@pytest.mark.chaos
@pytest.mark.long
def test_killed_in_the_middle_of_eight_reports_nothing_acknowledged_is_lost(tmp_path, database_url):
    outage = Outage(tmp_path / "data", database_url=database_url, synchronous="FULL")
    for moment in moments(times(1, 10)):
        outage.cut(after=moment)
    assert all(status in {200, 201} for status in outage.repeat())
    assert outage.losses() == []
