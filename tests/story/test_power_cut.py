"""The server is killed in the middle of intake: what was acknowledged stands, nothing is half."""

from outage import Outage, moments


def test_killed_in_the_middle_of_eight_reports_nothing_acknowledged_is_lost(tmp_path, database_url):
    outage = Outage(tmp_path / "data", database_url=database_url, synchronous="FULL")
    for moment in moments(2):
        outage.cut(after=moment)
    assert all(status in {200, 201} for status in outage.repeat())
    assert outage.losses() == []
