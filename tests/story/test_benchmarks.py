"""What the benchmarks report is something that the city takes."""

import random
import uuid

from benchmarks.intake import report


def test_reports_from_all_over_the_town_are_dispatched(city):
    places = random.Random(20261123)
    for _ in range(5):
        seen = city.volunteer().asks("PUT", f"alerts/{uuid.uuid4()}", json=report(places))
        assert (seen["status"], seen["lead"]["id"]) == ("dispatched", "JTJ")
